//! The chain of hashes over a dossier's events: any change to what was recorded shows.

use super::event::{Act, Event, Recorded};
use super::state::Dossier;
use crate::canonical::canonical;
use crate::ids::Hash;
use serde::Serialize;
use serde_json::Value;

/// Makes the record of an event, chained to the one before ([`Hash::ZERO`] before the first).
pub fn record(previous: Hash, seq: u64, act: &Act, event: Event) -> Recorded {
    let mut recorded = Recorded {
        dossier_id: act.dossier_id,
        seq,
        at: act.at,
        actor: act.actor.clone(),
        rule_version: act.rule_version.clone(),
        event,
        previous_hash: previous,
        hash: Hash::ZERO,
    };
    recorded.hash = hash_of(&recorded);
    recorded
}

/// Makes the records of all events that follow from one act on this dossier, or on a new one.
pub fn record_all(dossier: Option<&Dossier>, act: &Act, events: Vec<Event>) -> Vec<Recorded> {
    let (mut previous, mut seq) = match dossier {
        Some(dossier) => (dossier.last_hash, dossier.version),
        None => (Hash::ZERO, 0),
    };
    let mut records = Vec::with_capacity(events.len());
    for event in events {
        seq += 1;
        let recorded = record(previous, seq, act, event);
        previous = recorded.hash;
        records.push(recorded);
    }
    records
}

/// The first place at which a chain is broken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("event {seq}: {kind}")]
pub struct ChainFault {
    /// The place of the event, from 1.
    pub seq: u64,
    /// What is wrong there.
    pub kind: ChainFaultKind,
}

/// What can be wrong in a chain.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ChainFaultKind {
    /// The content doesn't give the hash that was recorded with it.
    #[error("the content does not give its hash")]
    Content,
    /// It doesn't continue the event before.
    #[error("it does not continue the event before")]
    Link,
    /// The places are not 1, 2, 3 …: an event is missing or stands twice.
    #[error("an event is missing or out of order")]
    Place,
    /// It belongs to another dossier than the first.
    #[error("it belongs to another dossier")]
    Dossier,
}

/// Checks the whole chain of one dossier; pass every event from the first on.
///
/// # Errors
/// The first place at which something was changed, removed or added.
pub fn verify_chain(events: &[Recorded]) -> Result<(), ChainFault> {
    let mut previous = Hash::ZERO;
    for (recorded, seq) in events.iter().zip(1..) {
        let fault = if recorded.seq != seq {
            Some(ChainFaultKind::Place)
        } else if recorded.dossier_id != events[0].dossier_id {
            Some(ChainFaultKind::Dossier)
        } else if recorded.previous_hash != previous {
            Some(ChainFaultKind::Link)
        } else if recorded.hash != hash_of(recorded) {
            Some(ChainFaultKind::Content)
        } else {
            None
        };
        if let Some(kind) = fault {
            return Err(ChainFault { seq, kind });
        }
        previous = recorded.hash;
    }
    Ok(())
}

/// SHA-256 of the canonical JSON of everything but the hash itself.
fn hash_of(recorded: &Recorded) -> Hash {
    let mut value = to_value(recorded);
    if let Value::Object(fields) = &mut value {
        fields.remove("hash");
    }
    Hash::of(canonical(&value).as_bytes())
}

fn to_value(recorded: &impl Serialize) -> Value {
    serde_json::to_value(recorded).expect("a record has string keys and finite numbers only")
}

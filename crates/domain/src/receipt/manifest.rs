//! The manifest: what the portal says has arrived, where, when and under which rules.

use super::{HashedField, Seed, entered, fields_of};
use crate::canonical::canonical;
use crate::dossier::{Channel, Dossier, Event, Recorded, evolve};
use crate::ids::Hash;
use crate::time::Instant;
use serde::{Deserialize, Serialize};

/// What is signed. Its members are never changed: another form gets another word for `format`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Manifest {
    /// [`Manifest::FORMAT`].
    pub format: String,
    /// The portal that received the dossier.
    pub portal: NamedPortal,
    /// The dossier's code.
    pub code: String,
    /// The procedure in the version that it was filed under.
    pub procedure: NamedProcedure,
    /// The agency whose desk must answer.
    pub agency: NamedAgency,
    /// The way it came in.
    pub channel: Channel,
    /// When it was filed: ISO 8601 with Vietnam's offset.
    pub filed_at: String,
    /// By when the desk must answer.
    pub answer_due_at: String,
    /// The version of the rules by which that was reckoned.
    pub rule_version: String,
    /// Where the filing stands in the dossier's log of acts: who rewrites the log does not fit the receipt any more.
    pub log: PlaceInLog,
    /// The files, in the order in which they were added.
    pub files: Vec<ManifestFile>,
    /// Everything that people entered, each as a salted hash, in the order of the paths.
    pub fields: Vec<HashedField>,
}

/// A portal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NamedPortal {
    /// Where people reach it.
    pub url: String,
    /// Its name in Vietnamese.
    pub name: String,
}

/// A procedure.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NamedProcedure {
    /// Its code.
    pub code: String,
    /// Its name then.
    pub name: String,
    /// The version of the catalogue it was read from.
    pub version: String,
    /// The version of the electronic form that was answered; none for a procedure without one.
    pub form: Option<String>,
}

/// An agency.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NamedAgency {
    /// Its code.
    pub code: String,
    /// Its name then.
    pub name: String,
}

/// A place in a dossier's log.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PlaceInLog {
    /// Which event, from 1.
    pub seq: u64,
    /// Its hash, which follows from all events up to it.
    pub hash: Hash,
}

/// A file that arrived. Its name is among the fields.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ManifestFile {
    /// The document that it is for, as the procedure names it.
    pub component: String,
    /// The kind of file, found by its content.
    pub media_type: String,
    /// How many bytes it has.
    pub size: u64,
    /// The SHA-256 of its bytes.
    pub sha256: Hash,
}

impl Manifest {
    /// The word for this form.
    pub const FORMAT: &str = "motcua-receipt/1";

    /// The manifest of a dossier that has just been filed by this event; nothing when the event is not its filing.
    pub fn of(filed: &Dossier, filing: &Recorded, portal: NamedPortal, seed: &Seed) -> Option<Self> {
        let Event::Filed { code, answer_due_at, .. } = &filing.event else { return None };
        let files = filed.attachments.iter().map(|file| ManifestFile {
            component: file.component_name.clone(),
            media_type: file.media_type.clone(),
            size: file.size,
            sha256: file.hash,
        });
        let (procedure, agency) = (&filed.procedure, &filed.agency);
        Some(Self {
            format: Self::FORMAT.to_owned(),
            portal,
            code: code.to_string(),
            procedure: NamedProcedure {
                code: procedure.code.to_string(),
                name: procedure.name.clone(),
                version: procedure.catalogue_version.clone(),
                form: filed.form_version.clone(),
            },
            agency: NamedAgency { code: agency.code.to_string(), name: agency.name.clone() },
            channel: filed.channel,
            filed_at: filing.at.to_string(),
            answer_due_at: answer_due_at.to_string(),
            rule_version: filing.rule_version.clone(),
            log: PlaceInLog { seq: filing.seq, hash: filing.hash },
            files: files.collect(),
            fields: fields_of(&entered(filed, &filing.actor), seed),
        })
    }

    /// The dossier as it was filed and the event of its filing, out of its whole log; nothing when it never was.
    pub fn filing_of(log: &[Recorded]) -> Option<(Dossier, &Recorded)> {
        let mut state = None;
        for recorded in log {
            state = Some(evolve(state, recorded).ok()?);
            if matches!(recorded.event, Event::Filed { .. }) {
                return Some((state?, recorded));
            }
        }
        None
    }

    /// The text that is signed.
    pub fn canonical(&self) -> String {
        canonical(&serde_json::to_value(self).expect("a manifest has string names and whole numbers only"))
    }

    /// The SHA-256 of that text: what is printed on paper.
    pub fn digest(&self) -> Hash {
        Hash::of(self.canonical().as_bytes())
    }

    /// When it was filed; nothing when the text is no such moment.
    pub fn filed_at(&self) -> Option<Instant> {
        Instant::parse_iso(&self.filed_at)
    }
}

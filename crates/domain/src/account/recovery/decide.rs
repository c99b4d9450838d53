//! What may happen to a recovery when, and what follows.

use super::{
    Contacts, Facts, Opening, Recovery, RecoveryCommand, RecoveryEvent, RecoveryRefusal, RecoveryRules, RecoveryStatus,
    Stopper, VoidReason, check_account,
};
use crate::account::AccountStatus;
use crate::codes::{PhoneNumber, constant_time_eq};
use crate::dossier::OfficerRef;
use crate::ids::OneTimeCodeId;
use crate::time::Instant;

/// What follows from a command, or why it is refused. What was done already is not done again, and is no refusal.
///
/// # Errors
/// Why it can't be done.
pub fn decide(
    recovery: Option<&Recovery>,
    command: &RecoveryCommand,
    facts: &Facts<'_>,
    rules: &RecoveryRules,
    at: Instant,
) -> Result<Vec<RecoveryEvent>, RecoveryRefusal> {
    if let RecoveryCommand::Open(opening) = command {
        return match recovery {
            Some(_) => Err(RecoveryRefusal::AlreadyOpened),
            None => open(opening, facts, rules, at),
        };
    }
    let recovery = recovery.ok_or(RecoveryRefusal::NotOpened)?;
    match command {
        RecoveryCommand::Open(_) => Err(RecoveryRefusal::AlreadyOpened),
        RecoveryCommand::Prove { by, code } => prove(recovery, by, *code, facts, at),
        RecoveryCommand::Confirm { by, number_tail } => confirm(recovery, by, number_tail, facts, rules, at),
        RecoveryCommand::Stop(stopper) => stop(recovery, stopper, facts),
        RecoveryCommand::Advance => Ok(advance(recovery, facts, at)),
    }
}

fn open(
    opening: &Opening,
    facts: &Facts<'_>,
    rules: &RecoveryRules,
    at: Instant,
) -> Result<Vec<RecoveryEvent>, RecoveryRefusal> {
    let Opening { id, by, agency, paper, wanted, codes, reason, second_factors } = opening.clone();
    if !facts.stands(&by) {
        return Err(RecoveryRefusal::NotThisOfficer);
    }
    check_account(facts.account)?;
    let reaches_nobody = wanted.phone.is_none() && wanted.email.is_none();
    if reaches_nobody || !wanted.phone.as_ref().is_none_or(PhoneNumber::is_mobile) {
        return Err(RecoveryRefusal::NoContact);
    }
    let old = Contacts::of(facts.account);
    let is_known =
        (wanted.phone.is_some() && wanted.phone == old.phone) || (wanted.email.is_some() && wanted.email == old.email);
    if is_known {
        return Err(RecoveryRefusal::SameContact);
    }
    if paper.issued_on > at.day() {
        return Err(RecoveryRefusal::PaperFromFuture);
    }
    if paper.kind.bears_login() && !facts.has_number_ending_in(paper.number_tail()) {
        return Err(RecoveryRefusal::OtherNumber);
    }
    // Every new contact has its code.
    if codes.phone.is_some() != wanted.phone.is_some() || codes.email.is_some() != wanted.email.is_some() {
        return Err(RecoveryRefusal::NotProved);
    }
    let recovery = Recovery {
        id,
        version: 1,
        account: facts.account.id,
        agency,
        old,
        wanted,
        codes,
        paper,
        reason,
        second_factors,
        opened_by: by,
        opened_at: at,
        lapses_at: rules.lapses_at(at),
        confirmed_by: None,
        takes_effect_at: None,
        status: RecoveryStatus::Proving,
    };
    Ok(vec![RecoveryEvent::Opened { recovery: Box::new(recovery) }])
}

fn prove(
    recovery: &Recovery,
    by: &OfficerRef,
    code: OneTimeCodeId,
    facts: &Facts<'_>,
    at: Instant,
) -> Result<Vec<RecoveryEvent>, RecoveryRefusal> {
    if !facts.stands(by) {
        return Err(RecoveryRefusal::NotThisOfficer);
    }
    if recovery.status != RecoveryStatus::Proving {
        return Err(RecoveryRefusal::Past);
    }
    let ended = advance(recovery, facts, at);
    if !ended.is_empty() {
        return Ok(ended);
    }
    match recovery.codes.iter().any(|pending| pending == code) {
        true => Ok(vec![RecoveryEvent::ContactProved { by: by.clone(), code }]),
        false => Ok(Vec::new()),
    }
}

fn confirm(
    recovery: &Recovery,
    by: &OfficerRef,
    number_tail: &str,
    facts: &Facts<'_>,
    rules: &RecoveryRules,
    at: Instant,
) -> Result<Vec<RecoveryEvent>, RecoveryRefusal> {
    if !facts.stands(by) {
        return Err(RecoveryRefusal::NotThisOfficer);
    }
    if by.id == recovery.opened_by.id {
        return Err(RecoveryRefusal::SameOfficer);
    }
    match recovery.status {
        RecoveryStatus::Opened => {}
        RecoveryStatus::Proving => return Err(RecoveryRefusal::NotProved),
        // A second press of the same button.
        RecoveryStatus::Waiting if recovery.confirmed_by.as_ref().is_some_and(|before| before.id == by.id) => {
            return Ok(Vec::new());
        }
        _ => return Err(RecoveryRefusal::Past),
    }
    // What time has brought, and what the recovery no longer rests on, comes before the second officer's word.
    let ended = advance(recovery, facts, at);
    if !ended.is_empty() {
        return Ok(ended);
    }
    if !constant_time_eq(number_tail.as_bytes(), recovery.paper.number_tail().as_bytes()) {
        return Err(RecoveryRefusal::OtherPaper);
    }
    Ok(vec![RecoveryEvent::Confirmed { by: by.clone(), takes_effect_at: rules.takes_effect_at(at) }])
}

fn stop(recovery: &Recovery, stopper: &Stopper, facts: &Facts<'_>) -> Result<Vec<RecoveryEvent>, RecoveryRefusal> {
    if let Stopper::Officer { officer } = stopper
        && !facts.stands(officer)
    {
        return Err(RecoveryRefusal::NotThisOfficer);
    }
    match recovery.status {
        RecoveryStatus::Proving | RecoveryStatus::Opened | RecoveryStatus::Waiting => {
            Ok(vec![RecoveryEvent::Stopped { stopper: stopper.clone() }])
        }
        RecoveryStatus::Stopped => Ok(Vec::new()),
        RecoveryStatus::Applied | RecoveryStatus::Lapsed | RecoveryStatus::Void => Err(RecoveryRefusal::Past),
    }
}

fn advance(recovery: &Recovery, facts: &Facts<'_>, at: Instant) -> Vec<RecoveryEvent> {
    if !recovery.is_live() {
        return Vec::new();
    }
    if let Some(reason) = void_reason(recovery, facts) {
        return vec![RecoveryEvent::Voided { reason }];
    }
    match recovery.takes_effect_at {
        None if at >= recovery.lapses_at => vec![RecoveryEvent::Lapsed],
        Some(takes_effect_at) if at >= takes_effect_at => vec![RecoveryEvent::Applied],
        _ => Vec::new(),
    }
}

/// Why the recovery comes to nothing: both officers must stand to the end, and the account must be as it was.
fn void_reason(recovery: &Recovery, facts: &Facts<'_>) -> Option<VoidReason> {
    if facts.account.status != AccountStatus::Active {
        return Some(VoidReason::AccountClosed);
    }
    if Contacts::of(facts.account) != recovery.old {
        return Some(VoidReason::ContactsChanged);
    }
    let officers = [Some(&recovery.opened_by), recovery.confirmed_by.as_ref()];
    let all_stand = officers.into_iter().flatten().all(|officer| facts.stands(officer));
    (!all_stand).then_some(VoidReason::OfficerGone)
}

/// The recovery after an event; `None` when the first event is not its opening, which storage never holds.
pub fn evolve(recovery: Option<Recovery>, event: &RecoveryEvent) -> Option<Recovery> {
    let mut recovery = match (recovery, event) {
        (None, RecoveryEvent::Opened { recovery }) => return Some(recovery.as_ref().clone()),
        (None, _) => return None,
        (Some(recovery), _) => recovery,
    };
    recovery.version += 1;
    match event {
        RecoveryEvent::Opened { .. } => {}
        RecoveryEvent::ContactProved { code, .. } => {
            let codes = &mut recovery.codes;
            codes.phone = codes.phone.filter(|pending| pending != code);
            codes.email = codes.email.filter(|pending| pending != code);
            if codes.is_empty() {
                recovery.status = RecoveryStatus::Opened;
            }
        }
        RecoveryEvent::Confirmed { by, takes_effect_at } => {
            recovery.confirmed_by = Some(by.clone());
            recovery.takes_effect_at = Some(*takes_effect_at);
            recovery.status = RecoveryStatus::Waiting;
        }
        RecoveryEvent::Stopped { .. } => recovery.status = RecoveryStatus::Stopped,
        RecoveryEvent::Applied => recovery.status = RecoveryStatus::Applied,
        RecoveryEvent::Lapsed => recovery.status = RecoveryStatus::Lapsed,
        RecoveryEvent::Voided { .. } => recovery.status = RecoveryStatus::Void,
    }
    Some(recovery)
}

//! What follows from a command on a representation, or why it is refused.

use super::{Child, EndReason, Event, Matter, Party, Representation, Right, Standing, Terms, Tie, turns_fourteen_on};
use crate::account::{Account, AccountKind, AccountStatus};
use crate::codes::LoginName;
use crate::ids::RepresentationId;
use crate::policy::Acting;
use crate::time::{Day, Instant};

/// What can be asked of a representation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Command<'a> {
    /// Offer it.
    Give {
        /// The identifier of the new one.
        id: RepresentationId,
        /// The account that gives.
        principal: &'a Account,
        /// Every number that leads to that account.
        own_numbers: &'a [LoginName],
        /// What it gives.
        terms: Terms,
        /// Whoever manages members for the principal gives no more than they have.
        manager: Option<&'a Acting>,
    },
    /// Declare a child.
    DeclareChild {
        /// The identifier of the new one.
        id: RepresentationId,
        /// The account that declares.
        guardian: &'a Account,
        /// The child.
        child: Child,
    },
    /// Accept it.
    Accept {
        /// The account that accepts.
        by: &'a Account,
        /// Every number that leads to that account.
        own_numbers: &'a [LoginName],
    },
    /// Decline it, give it back or take it back.
    End {
        /// The account that ends it.
        by: &'a Account,
        /// Every number that leads to that account.
        own_numbers: &'a [LoginName],
    },
    /// End it because of what happened elsewhere.
    EndBecause(EndReason),
}

/// Why a representation is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, thiserror::Error)]
pub enum Refusal {
    /// There is no such representation, as far as this account may know.
    #[error("there is no such representation")]
    Unknown,
    /// There is already one.
    #[error("the representation exists already")]
    Exists,
    /// The account is not usable, or its kind gives or takes none of this kind.
    #[error("this account can't do that")]
    NotForThisAccount,
    /// One does not represent oneself.
    #[error("one does not represent oneself")]
    Oneself,
    /// A representative is a person.
    #[error("a representative is a person")]
    NotAPerson,
    /// Nobody passes on what they do not have, nor for longer.
    #[error("one passes on only what one has")]
    NotYours,
    /// No right was given, or one that this tie does not have.
    #[error("no right was given")]
    NoRight,
    /// The first day has passed.
    #[error("the first day has passed")]
    BeginsInThePast,
    /// It would last no day.
    #[error("the last day comes before the first")]
    EndsBeforeItBegins,
    /// It needs a last day.
    #[error("it needs a last day")]
    NeedsLastDay,
    /// It would last longer than anybody can answer for.
    #[error("it would last too long")]
    TooLong,
    /// Its last day has passed, or it was ended.
    #[error("it is over")]
    Over,
    /// The birth date lies in the future.
    #[error("the birth date lies in the future")]
    NotYetBorn,
    /// The child is 14 or older.
    #[error("the child is 14 or older")]
    NoChild,
    /// The child's number was given out for another year of birth.
    #[error("the number tells another year of birth")]
    NumberDoesNotFit,
}

/// The longest that a delegate or a mandate may last, in months.
const LONGEST_MONTHS: i32 = 10 * 12;

/// What follows. Repeating what is already so changes nothing.
///
/// # Errors
/// The reason for which it can't be done.
pub fn decide(state: Option<&Representation>, command: &Command<'_>, at: Instant) -> Result<Vec<Event>, Refusal> {
    let today = at.day();
    match (state, command) {
        (Some(_), Command::Give { .. } | Command::DeclareChild { .. }) => Err(Refusal::Exists),
        (None, Command::Give { id, principal, own_numbers, terms, manager }) => {
            check_terms(principal, own_numbers, terms, today)?;
            check_manager(*manager, terms)?;
            let terms = Terms { rights: with_view(terms), ..terms.clone() };
            Ok(vec![Event::Given { id: *id, principal: party(principal), terms }])
        }
        (None, Command::DeclareChild { id, guardian, child }) => {
            check_child(guardian, child, today)?;
            Ok(vec![Event::ChildDeclared { id: *id, guardian: party(guardian), child: child.clone() }])
        }
        (None, _) => Err(Refusal::Unknown),
        (Some(state), Command::Accept { by, own_numbers }) => accept(state, by, own_numbers, today),
        (Some(state), Command::End { by, own_numbers }) => match reason(state, by, own_numbers) {
            Some(reason) => Ok(ended(state, reason)),
            None => Err(Refusal::Unknown),
        },
        (Some(state), Command::EndBecause(reason)) => Ok(ended(state, *reason)),
    }
}

fn check_terms(principal: &Account, own: &[LoginName], terms: &Terms, today: Day) -> Result<(), Refusal> {
    let fits = match terms.tie {
        Tie::Member | Tie::Delegate => principal.kind == AccountKind::Enterprise,
        Tie::Mandate => principal.kind == AccountKind::Citizen,
        Tie::Guardian => false,
    };
    if !fits || principal.status != AccountStatus::Active {
        return Err(Refusal::NotForThisAccount);
    }
    if matches!(terms.number, LoginName::Tax(_)) {
        return Err(Refusal::NotAPerson);
    }
    if own.contains(&terms.number) || principal.login == terms.number {
        return Err(Refusal::Oneself);
    }
    let manages = terms.rights.contains(&Right::ManageMembers);
    if terms.rights.is_empty() || (manages && terms.tie == Tie::Mandate) {
        return Err(Refusal::NoRight);
    }
    if terms.from < today {
        return Err(Refusal::BeginsInThePast);
    }
    match terms.until {
        None if terms.tie == Tie::Member => Ok(()),
        None => Err(Refusal::NeedsLastDay),
        Some(until) if until < terms.from => Err(Refusal::EndsBeforeItBegins),
        Some(until) if until > today.plus_months(LONGEST_MONTHS) => Err(Refusal::TooLong),
        Some(_) => Ok(()),
    }
}

fn check_manager(manager: Option<&Acting>, terms: &Terms) -> Result<(), Refusal> {
    let Some(manager) = manager else { return Ok(()) };
    let outlasts = match (manager.until, terms.until) {
        (None, _) => false,
        (Some(_), None) => true,
        (Some(own), Some(until)) => until > own,
    };
    if !manager.has(Right::ManageMembers) || !terms.rights.is_subset(&manager.rights) || outlasts {
        return Err(Refusal::NotYours);
    }
    Ok(())
}

/// Who files, or lets others in, sees what is there.
fn with_view(terms: &Terms) -> std::collections::BTreeSet<Right> {
    terms.rights.iter().copied().chain([Right::View]).collect()
}

fn check_child(guardian: &Account, child: &Child, today: Day) -> Result<(), Refusal> {
    if guardian.kind != AccountKind::Citizen || guardian.status != AccountStatus::Active {
        return Err(Refusal::NotForThisAccount);
    }
    if child.birth_date > today {
        return Err(Refusal::NotYetBorn);
    }
    if turns_fourteen_on(child.birth_date) <= today {
        return Err(Refusal::NoChild);
    }
    match &child.number {
        Some(number) if LoginName::Personal(number.clone()) == guardian.login => Err(Refusal::Oneself),
        Some(number) if number.birth_year() != child.birth_date.year() => Err(Refusal::NumberDoesNotFit),
        _ => Ok(()),
    }
}

fn accept(state: &Representation, by: &Account, own_numbers: &[LoginName], today: Day) -> Result<Vec<Event>, Refusal> {
    let Matter::Principal { principal, terms } = &state.matter else { return Err(Refusal::Unknown) };
    match &state.representative {
        Some(representative) if representative.id != by.id => return Err(Refusal::Unknown),
        None if !own_numbers.contains(&terms.number) => return Err(Refusal::Unknown),
        _ => {}
    }
    if principal.id == by.id {
        return Err(Refusal::Oneself);
    }
    if by.kind != AccountKind::Citizen || by.status != AccountStatus::Active {
        return Err(Refusal::NotForThisAccount);
    }
    match state.standing(today) {
        Standing::Waiting => Ok(vec![Event::Accepted { representative: party(by) }]),
        Standing::ToCome | Standing::InForce => Ok(Vec::new()),
        Standing::Expired | Standing::Ended => Err(Refusal::Over),
    }
}

/// As what the account may end it; `None` when it has nothing to do with it.
fn reason(state: &Representation, by: &Account, own_numbers: &[LoginName]) -> Option<EndReason> {
    if state.principal().is_some_and(|principal| principal.id == by.id) {
        return Some(EndReason::ByPrincipal);
    }
    if let Some(representative) = &state.representative {
        return (representative.id == by.id).then_some(EndReason::ByRepresentative);
    }
    match &state.matter {
        Matter::Principal { terms, .. } if by.kind == AccountKind::Citizen && own_numbers.contains(&terms.number) => {
            Some(EndReason::Declined)
        }
        _ => None,
    }
}

fn ended(state: &Representation, reason: EndReason) -> Vec<Event> {
    if state.ended.is_some() { Vec::new() } else { vec![Event::Ended { reason }] }
}

fn party(account: &Account) -> Party {
    Party { id: account.id, name: account.name.clone() }
}

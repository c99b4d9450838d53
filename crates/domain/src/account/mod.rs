//! Accounts of citizens and enterprises: registered, confirmed through e-mail, closed (leaflet R37–R43).

mod password;

pub use password::{PasswordError, PasswordFault, check_password, composed_password};

use crate::codes::{EmailAddress, LoginName, PartyName, PhoneNumber};
use crate::ids::AccountId;
use crate::partial_date::PartialDate;
use crate::time::Instant;
use serde::{Deserialize, Serialize};

/// Who holds an account (leaflet R38: the provincial portal has these two).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AccountKind {
    /// Công dân.
    Citizen,
    /// Doanh nghiệp.
    Enterprise,
}

/// Where an account stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AccountStatus {
    /// Registered; the e-mail has not been confirmed (leaflet R41).
    PendingConfirmation,
    /// Usable.
    Active,
    /// Closed for good; its dossiers stay.
    Closed,
}

/// How well the holder's identity was checked (domain.md §1.7).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Assurance {
    /// Self-declared.
    Ial1,
    /// Checked by telephone subscription, social-insurance number or post office.
    Ial2,
    /// By digital certificate or in person.
    Ial3,
}

/// An account, as its events made it; the password's hash is kept apart.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Account {
    /// Its identifier.
    pub id: AccountId,
    /// How many events it has had.
    pub version: u64,
    /// Citizen or enterprise.
    pub kind: AccountKind,
    /// Where it stands.
    pub status: AccountStatus,
    /// The number to sign in with.
    pub login: LoginName,
    /// The holder's name.
    pub name: PartyName,
    /// The holder's birth date; enterprises have none.
    pub birth_date: Option<PartialDate>,
    /// The address that confirmed the account, or shall.
    pub email: EmailAddress,
    /// A telephone number.
    pub phone: Option<PhoneNumber>,
    /// How well the identity was checked.
    pub assurance: Assurance,
    /// When it was registered.
    pub registered_at: Instant,
    /// When the present e-mail address was confirmed.
    pub email_confirmed_at: Option<Instant>,
    /// When it was closed.
    pub closed_at: Option<Instant>,
}

/// What a person enters to register.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Registration {
    /// The new account's identifier.
    pub id: AccountId,
    /// Citizen or enterprise.
    pub kind: AccountKind,
    /// The number to sign in with.
    pub login: LoginName,
    /// The holder's name.
    pub name: PartyName,
    /// The holder's birth date.
    pub birth_date: Option<PartialDate>,
    /// Where the confirmation goes.
    pub email: EmailAddress,
    /// A telephone number.
    pub phone: Option<PhoneNumber>,
    /// How well the identity was checked.
    pub assurance: Assurance,
}

/// What can be asked of an account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AccountCommand {
    /// Open it.
    Register(Registration),
    /// Confirm that the holder reads the address.
    ConfirmEmail(EmailAddress),
    /// Take another address; it must be confirmed again, meanwhile the account stays usable.
    ChangeEmail(EmailAddress),
    /// Take another telephone number, or none.
    ChangePhone(Option<PhoneNumber>),
    /// Close it for good.
    Close,
}

/// What happened to an account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum AccountEvent {
    /// It was opened.
    Registered {
        /// What was entered.
        registration: Registration,
    },
    /// The address was confirmed.
    EmailConfirmed {
        /// The address.
        email: EmailAddress,
    },
    /// Another address was taken.
    EmailChanged {
        /// The address.
        email: EmailAddress,
    },
    /// Another telephone number was taken.
    PhoneChanged {
        /// The number.
        phone: Option<PhoneNumber>,
    },
    /// It was closed.
    Closed,
}

/// Why an account refuses.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AccountRefusal {
    /// There is no such account.
    #[error("there is no such account")]
    NotRegistered,
    /// There is already one.
    #[error("the account exists already")]
    AlreadyRegistered,
    /// It is closed.
    #[error("the account is closed")]
    Closed,
    /// A citizen signs in with an identity number, an enterprise with a tax number.
    #[error("this kind of number does not fit this kind of account")]
    LoginDoesNotFitKind,
    /// The birth date lies in the future.
    #[error("the birth date lies in the future")]
    BirthDateInFuture,
    /// The confirmation is for an address that is no longer the account's.
    #[error("the address to confirm is not the account's")]
    OtherEmail,
}

/// What follows from a command, or why it is refused. Repeating a command that is already fulfilled changes nothing.
///
/// # Errors
/// The reason for which it can't be done.
pub fn decide(
    account: Option<&Account>,
    command: &AccountCommand,
    at: Instant,
) -> Result<Vec<AccountEvent>, AccountRefusal> {
    if let AccountCommand::Register(registration) = command {
        return match account {
            Some(_) => Err(AccountRefusal::AlreadyRegistered),
            None => register(registration, at),
        };
    }
    let Some(account) = account else {
        return Err(AccountRefusal::NotRegistered);
    };
    if account.status == AccountStatus::Closed {
        return match command {
            AccountCommand::Close => Ok(Vec::new()),
            _ => Err(AccountRefusal::Closed),
        };
    }
    match command {
        AccountCommand::Register(_) => Err(AccountRefusal::AlreadyRegistered),
        AccountCommand::ConfirmEmail(email) if *email != account.email => Err(AccountRefusal::OtherEmail),
        AccountCommand::ConfirmEmail(_) if account.email_confirmed_at.is_some() => Ok(Vec::new()),
        AccountCommand::ConfirmEmail(email) => Ok(vec![AccountEvent::EmailConfirmed { email: email.clone() }]),
        AccountCommand::ChangeEmail(email) if *email == account.email => Ok(Vec::new()),
        AccountCommand::ChangeEmail(email) => Ok(vec![AccountEvent::EmailChanged { email: email.clone() }]),
        AccountCommand::ChangePhone(phone) if *phone == account.phone => Ok(Vec::new()),
        AccountCommand::ChangePhone(phone) => Ok(vec![AccountEvent::PhoneChanged { phone: phone.clone() }]),
        AccountCommand::Close => Ok(vec![AccountEvent::Closed]),
    }
}

fn register(registration: &Registration, at: Instant) -> Result<Vec<AccountEvent>, AccountRefusal> {
    let fits = match (registration.kind, &registration.login) {
        (AccountKind::Enterprise, LoginName::Tax(_)) => true,
        // Household businesses use their owner's personal number since 2025-07-01 (domain.md §2.3).
        (AccountKind::Enterprise, LoginName::Personal(_)) => true,
        (AccountKind::Enterprise, LoginName::OldIdentity(_)) => false,
        (AccountKind::Citizen, LoginName::Tax(_)) => false,
        (AccountKind::Citizen, LoginName::Personal(_) | LoginName::OldIdentity(_)) => true,
    };
    if !fits {
        return Err(AccountRefusal::LoginDoesNotFitKind);
    }
    if registration.birth_date.is_some_and(|date| date.earliest() > at.day()) {
        return Err(AccountRefusal::BirthDateInFuture);
    }
    Ok(vec![AccountEvent::Registered { registration: registration.clone() }])
}

/// The account after an event; `None` when the first event is not a registration, which storage never holds.
pub fn evolve(account: Option<Account>, event: &AccountEvent, at: Instant) -> Option<Account> {
    let mut account = match (account, event) {
        (None, AccountEvent::Registered { registration }) => return Some(opened(registration, at)),
        (None, _) => return None,
        (Some(account), _) => account,
    };
    account.version += 1;
    match event {
        AccountEvent::Registered { .. } => {}
        AccountEvent::EmailConfirmed { email } => {
            account.email = email.clone();
            account.email_confirmed_at = Some(at);
            account.status = AccountStatus::Active;
        }
        AccountEvent::EmailChanged { email } => {
            account.email = email.clone();
            account.email_confirmed_at = None;
        }
        AccountEvent::PhoneChanged { phone } => account.phone = phone.clone(),
        AccountEvent::Closed => {
            account.status = AccountStatus::Closed;
            account.closed_at = Some(at);
        }
    }
    Some(account)
}

fn opened(registration: &Registration, at: Instant) -> Account {
    Account {
        id: registration.id,
        version: 1,
        kind: registration.kind,
        status: AccountStatus::PendingConfirmation,
        login: registration.login.clone(),
        name: registration.name.clone(),
        birth_date: registration.birth_date,
        email: registration.email.clone(),
        phone: registration.phone.clone(),
        assurance: registration.assurance,
        registered_at: at,
        email_confirmed_at: None,
        closed_at: None,
    }
}

#[cfg(test)]
mod tests;

//! Accounts of citizens, enterprises and state agencies: registered, confirmed, changed, closed (leaflet R26–R43).

mod backup_code;
mod one_time_code;
mod password;
mod reason;
pub mod recovery;
mod representative;
mod weak_password;

pub use backup_code::{BACKUP_CODES, BackupCode};
pub use one_time_code::{Answer, Challenge, CodeRules, OneTimeCode, OneTimeCodeError, ResendRefusal};
pub use password::{PasswordError, PasswordFault, check_password, composed_password};
pub use reason::{Reason, ReasonError};
pub use representative::LegalRepresentative;
pub use weak_password::{Weakness, common_forms, is_personal};

use self::recovery::Contacts;
use crate::codes::{EmailAddress, LoginName, PartyName, PersonalNumber, PhoneNumber};
use crate::dossier::OfficerRef;
use crate::ids::AccountId;
use crate::partial_date::PartialDate;
use crate::time::Instant;
use serde::{Deserialize, Serialize};

/// Who holds an account (leaflet R27; the provincial portal has the first two, R38).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AccountKind {
    /// Công dân.
    Citizen,
    /// Doanh nghiệp.
    Enterprise,
    /// Cơ quan nhà nước.
    StateAgency,
}

/// By what an account was confirmed when it was opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Proof {
    /// By a link that is sent to the e-mail address afterwards (leaflet R41).
    Email,
    /// By a code that was sent to the telephone and typed before the account was opened (leaflet R31).
    Phone,
    /// By another system where the holder has an account and has just signed in (leaflet R33, R50).
    Provider,
}

/// Where an account stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AccountStatus {
    /// Registered; the e-mail has not been confirmed (leaflet R41).
    PendingConfirmation,
    /// Registered for a state agency; an administrator has not approved it.
    PendingApproval,
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
    /// Who answers for the enterprise; persons and agencies have nobody.
    pub representative: Option<LegalRepresentative>,
    /// Where letters go; the national portal does not ask for one (leaflet R29).
    pub email: Option<EmailAddress>,
    /// A telephone number.
    pub phone: Option<PhoneNumber>,
    /// How well the identity was checked.
    pub assurance: Assurance,
    /// When it was registered.
    pub registered_at: Instant,
    /// When the present e-mail address was confirmed.
    pub email_confirmed_at: Option<Instant>,
    /// When a code that was sent to the present telephone number was typed.
    pub phone_confirmed_at: Option<Instant>,
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
    /// Who answers for the enterprise.
    pub representative: Option<LegalRepresentative>,
    /// Where letters go, and the confirmation when that is the proof.
    pub email: Option<EmailAddress>,
    /// A telephone number.
    pub phone: Option<PhoneNumber>,
    /// How well the identity was checked.
    pub assurance: Assurance,
    /// By what the account is confirmed.
    pub proof: Proof,
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
    /// Take another telephone number, to which a code was sent that was typed.
    ChangePhone(PhoneNumber),
    /// Take another name.
    ChangeName(PartyName),
    /// Take the new number of the same person: CCCD instead of CMND (leaflet I6).
    ReplaceNumber(PersonalNumber),
    /// Let a state agency's account be used.
    Approve {
        /// Who decides.
        officer: OfficerRef,
    },
    /// Let a state agency's account never be used; its number is free again.
    RefuseRegistration {
        /// Who decides.
        officer: OfficerRef,
        /// Why.
        reason: Reason,
    },
    /// Put other contacts, proved at the desk, in the place of both that were lost.
    RecoverContacts {
        /// The contacts from then on.
        contacts: Contacts,
        /// The two officers who answer for it.
        officers: [OfficerRef; 2],
    },
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
        phone: PhoneNumber,
    },
    /// Another name was taken.
    NameChanged {
        /// The name.
        name: PartyName,
    },
    /// The person has a new number; the old one stays theirs.
    NumberReplaced {
        /// The number until now.
        old: LoginName,
        /// The number from now on.
        new: LoginName,
    },
    /// An administrator approved it.
    Approved {
        /// Who decided.
        officer: OfficerRef,
    },
    /// An administrator refused it; it is closed.
    RegistrationRefused {
        /// Who decided.
        officer: OfficerRef,
        /// Why.
        reason: Reason,
    },
    /// Both contacts were lost, and others were proved at the desk.
    ContactsRecovered {
        /// The contacts from then on.
        contacts: Contacts,
        /// The two officers who answer for it.
        officers: [OfficerRef; 2],
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
    /// An enterprise has a legal representative.
    #[error("the enterprise's legal representative is missing")]
    RepresentativeMissing,
    /// Only enterprises have one, who is a person; a household business has its owner.
    #[error("the legal representative does not fit the account")]
    RepresentativeDoesNotFit,
    /// The confirmation is for an address that is no longer the account's.
    #[error("the address to confirm is not the account's")]
    OtherEmail,
    /// It is to be confirmed by an address, or a telephone, that it does not have.
    #[error("there is nothing to confirm the account by")]
    ProofMissing,
    /// Only a CMND is replaced, and only by a CCCD.
    #[error("only an old identity number is replaced")]
    NumberStays,
    /// It waits for no approval.
    #[error("the account waits for no approval")]
    NotWaiting,
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
            AccountCommand::Close | AccountCommand::RefuseRegistration { .. } => Ok(Vec::new()),
            _ => Err(AccountRefusal::Closed),
        };
    }
    match command {
        AccountCommand::Register(_) => Err(AccountRefusal::AlreadyRegistered),
        AccountCommand::ConfirmEmail(email) if Some(email) != account.email.as_ref() => Err(AccountRefusal::OtherEmail),
        AccountCommand::ConfirmEmail(_) if account.email_confirmed_at.is_some() => Ok(Vec::new()),
        AccountCommand::ConfirmEmail(email) => Ok(vec![AccountEvent::EmailConfirmed { email: email.clone() }]),
        AccountCommand::ChangeEmail(email) if Some(email) == account.email.as_ref() => Ok(Vec::new()),
        AccountCommand::ChangeEmail(email) => Ok(vec![AccountEvent::EmailChanged { email: email.clone() }]),
        AccountCommand::ChangePhone(phone)
            if Some(phone) == account.phone.as_ref() && account.phone_confirmed_at.is_some() =>
        {
            Ok(Vec::new())
        }
        AccountCommand::ChangePhone(phone) => Ok(vec![AccountEvent::PhoneChanged { phone: phone.clone() }]),
        AccountCommand::ChangeName(name) if *name == account.name => Ok(Vec::new()),
        AccountCommand::ChangeName(name) => Ok(vec![AccountEvent::NameChanged { name: name.clone() }]),
        AccountCommand::ReplaceNumber(number) => replace_number(account, number),
        AccountCommand::Approve { .. } if account.status != AccountStatus::PendingApproval => Ok(Vec::new()),
        AccountCommand::Approve { officer } => Ok(vec![AccountEvent::Approved { officer: officer.clone() }]),
        AccountCommand::RefuseRegistration { .. } if account.status != AccountStatus::PendingApproval => {
            Err(AccountRefusal::NotWaiting)
        }
        AccountCommand::RefuseRegistration { officer, reason } => {
            Ok(vec![AccountEvent::RegistrationRefused { officer: officer.clone(), reason: reason.clone() }])
        }
        AccountCommand::RecoverContacts { contacts, officers } => {
            let (contacts, officers) = (contacts.clone(), officers.clone());
            Ok(vec![AccountEvent::ContactsRecovered { contacts, officers }])
        }
        AccountCommand::Close => Ok(vec![AccountEvent::Closed]),
    }
}

fn replace_number(account: &Account, number: &PersonalNumber) -> Result<Vec<AccountEvent>, AccountRefusal> {
    let new = LoginName::Personal(number.clone());
    match &account.login {
        login if *login == new => Ok(Vec::new()),
        LoginName::OldIdentity(_) if account.kind == AccountKind::Citizen => {
            Ok(vec![AccountEvent::NumberReplaced { old: account.login.clone(), new }])
        }
        _ => Err(AccountRefusal::NumberStays),
    }
}

fn register(registration: &Registration, at: Instant) -> Result<Vec<AccountEvent>, AccountRefusal> {
    let fits = match (registration.kind, &registration.login) {
        (AccountKind::Enterprise, LoginName::Tax(_)) => true,
        // Household businesses use their owner's personal number since 2025-07-01 (domain.md §2.3).
        (AccountKind::Enterprise, LoginName::Personal(_)) => true,
        (AccountKind::Enterprise, LoginName::OldIdentity(_)) => false,
        (AccountKind::StateAgency, LoginName::Tax(_)) => true,
        (AccountKind::StateAgency, LoginName::Personal(_) | LoginName::OldIdentity(_)) => false,
        (AccountKind::Citizen, LoginName::Tax(_)) => false,
        (AccountKind::Citizen, LoginName::Personal(_) | LoginName::OldIdentity(_)) => true,
    };
    if !fits {
        return Err(AccountRefusal::LoginDoesNotFitKind);
    }
    let proof_missing = match registration.proof {
        Proof::Email => registration.email.is_none(),
        Proof::Phone => !registration.phone.as_ref().is_some_and(PhoneNumber::is_mobile),
        Proof::Provider => false,
    };
    if proof_missing {
        return Err(AccountRefusal::ProofMissing);
    }
    if registration.birth_date.is_some_and(|date| date.earliest() > at.day()) {
        return Err(AccountRefusal::BirthDateInFuture);
    }
    representative::check(registration, at.day())?;
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
            account.email = Some(email.clone());
            account.email_confirmed_at = Some(at);
            if account.status == AccountStatus::PendingConfirmation {
                account.status = AccountStatus::Active;
            }
        }
        AccountEvent::EmailChanged { email } => {
            account.email = Some(email.clone());
            account.email_confirmed_at = None;
        }
        AccountEvent::PhoneChanged { phone } => {
            account.phone = Some(phone.clone());
            account.phone_confirmed_at = Some(at);
        }
        AccountEvent::NameChanged { name } => account.name = name.clone(),
        AccountEvent::NumberReplaced { new, .. } => account.login = new.clone(),
        AccountEvent::Approved { .. } => account.status = AccountStatus::Active,
        AccountEvent::ContactsRecovered { contacts: Contacts { phone, email }, .. } => {
            account.phone_confirmed_at = phone.as_ref().map(|_| at);
            account.email_confirmed_at = email.as_ref().map(|_| at);
            (account.phone, account.email) = (phone.clone(), email.clone());
        }
        AccountEvent::RegistrationRefused { .. } | AccountEvent::Closed => {
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
        status: match (registration.proof, registration.kind) {
            (Proof::Email, _) => AccountStatus::PendingConfirmation,
            (Proof::Phone | Proof::Provider, AccountKind::StateAgency) => AccountStatus::PendingApproval,
            (Proof::Phone | Proof::Provider, _) => AccountStatus::Active,
        },
        login: registration.login.clone(),
        name: registration.name.clone(),
        birth_date: registration.birth_date,
        representative: registration.representative.clone(),
        email: registration.email.clone(),
        phone: registration.phone.clone(),
        assurance: registration.assurance,
        registered_at: at,
        email_confirmed_at: None,
        phone_confirmed_at: (registration.proof == Proof::Phone).then_some(at),
        closed_at: None,
    }
}

#[cfg(test)]
mod tests;

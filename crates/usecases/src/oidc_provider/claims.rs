//! An account as a client may see it.

use domain::account::{Account, AccountKind, Assurance};
use domain::codes::LoginName;
use domain::partial_date::PartialDate;
use domain::time::Instant;
use oidc::provider::{Birth, Contact, Kind, Person};
use storage::{Tx, accounts};

use super::moment;
use crate::errors::UsecaseError;

/// By whom people were checked who have an account of this portal: by the portal itself.
const OWN_ACCOUNT: &str = "DVCQG";

/// The account with everything that any scope opens.
pub(super) async fn person(tx: &mut Tx<'_>, account: Account) -> Result<Person, UsecaseError> {
    let former = accounts::list_former_numbers(tx, account.id).await?;
    let events = accounts::list_events(tx, account.id).await?;
    let changed_at = events.first().map_or(account.registered_at, |(at, _)| *at);
    Ok(person_of(account, &former, changed_at))
}

fn person_of(account: Account, former: &[LoginName], changed_at: Instant) -> Person {
    let numbers = || std::iter::once(&account.login).chain(former);
    let number = |fits: fn(&LoginName) -> bool| numbers().find(|name| fits(name)).map(ToString::to_string);
    let is_citizen = account.kind == AccountKind::Citizen;
    Person {
        subject: subject(&account),
        kind: match account.kind {
            AccountKind::Citizen => Kind::Citizen,
            AccountKind::Enterprise => Kind::Enterprise,
            AccountKind::StateAgency => Kind::Agency,
        },
        name: account.name.to_string(),
        birth: account.birth_date.map(birth),
        citizen_number: number(|name| matches!(name, LoginName::Personal(_))),
        old_number: number(|name| matches!(name, LoginName::OldIdentity(_))),
        tax_number: number(|name| matches!(name, LoginName::Tax(_))),
        organisation: (!is_citizen).then(|| account.name.to_string()),
        phone: account
            .phone
            .as_ref()
            .map(|phone| Contact { value: phone.to_string(), is_verified: account.phone_confirmed_at.is_some() }),
        email: account
            .email
            .as_ref()
            .map(|email| Contact { value: email.to_string(), is_verified: account.email_confirmed_at.is_some() }),
        assurance: assurance(account.assurance),
        identity_provider: OWN_ACCOUNT.to_owned(),
        updated_at: moment(changed_at),
    }
}

/// The stable name of an account among all clients.
pub(super) fn subject(account: &Account) -> String {
    account.id.to_string()
}

pub(super) fn assurance(assurance: Assurance) -> oidc::Assurance {
    match assurance {
        Assurance::Ial1 => oidc::Assurance::LoA1,
        Assurance::Ial2 => oidc::Assurance::LoA2,
        Assurance::Ial3 => oidc::Assurance::LoA3,
    }
}

fn birth(date: PartialDate) -> Birth {
    let small = |number: i8| u8::try_from(number).ok();
    let (month, day) = match date {
        PartialDate::Year(_) => (None, None),
        PartialDate::Month { month, .. } => (small(month), None),
        PartialDate::Full(day) => (small(day.month()), small(day.day_of_month())),
    };
    Birth { year: u16::try_from(date.year()).unwrap_or_default(), month, day }
}

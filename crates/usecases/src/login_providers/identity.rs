//! Who somebody is at a provider, as far as an account here can be made of it.

use domain::account::{AccountKind, Assurance, Proof, Registration};
use domain::codes::{EmailAddress, LoginName, PartyName, PhoneNumber};
use domain::ids::AccountId;
use domain::partial_date::PartialDate;
use domain::time::Day;
use oidc::client::{Claims, Identity};
use serde::{Deserialize, Serialize};
use storage::provider_sessions::Origin;

use super::LoginProvider;

/// Who it is at the provider, and with which session there; kept while somebody proves that an account here is theirs.
#[derive(Clone, Serialize, Deserialize)]
pub(super) struct Proved {
    pub(super) issuer: String,
    pub(super) subject: String,
    session: Option<String>,
    id_token: String,
}

impl Proved {
    pub(super) fn of(identity: &Identity) -> Self {
        Self {
            issuer: identity.issuer.to_string(),
            subject: identity.token.subject.clone(),
            session: identity.token.session.clone(),
            id_token: identity.id_token.as_str().to_owned(),
        }
    }

    pub(super) fn origin(&self) -> Origin {
        Origin {
            issuer: self.issuer.clone(),
            subject: self.subject.clone(),
            session: self.session.clone(),
            id_token: self.id_token.clone(),
        }
    }
}

/// What a provider says of somebody.
pub(super) struct Described {
    /// The numbers under which an account here may be found, the one that a new account gets first.
    pub(super) numbers: Vec<LoginName>,
    kind: AccountKind,
    name: Option<PartyName>,
    birth_date: Option<PartialDate>,
    pub(super) email: Option<EmailAddress>,
    pub(super) phone: Option<PhoneNumber>,
    pub(super) level: Assurance,
}

impl Described {
    pub(super) fn of(identity: &Identity, provider: &LoginProvider) -> Self {
        let claims = &identity.claims;
        let read = |names: &[&str]| claims.text(names).and_then(|number| LoginName::parse(number).ok());
        let (kind, numbers) = if claims.is_citizen() {
            let card = read(&["SoDinhDanh"]).filter(|number| matches!(number, LoginName::Personal(_)));
            let old = read(&["SoCMND"]).filter(|number| matches!(number, LoginName::OldIdentity(_)));
            (AccountKind::Citizen, [card, old])
        } else {
            let tax = read(&["MaSoThue"]).filter(|number| matches!(number, LoginName::Tax(_)));
            (organisation(claims), [tax, None])
        };
        Self {
            numbers: numbers.into_iter().flatten().collect(),
            kind,
            name: claims.name().and_then(|name| PartyName::parse(name).ok()),
            birth_date: claims.birth().as_deref().and_then(birth_date),
            email: claims.verified_email().and_then(|email| EmailAddress::parse(email).ok()),
            phone: claims.verified_phone().and_then(|phone| PhoneNumber::parse(phone).ok()),
            level: provider.level(identity.token.acr.as_deref()),
        }
    }

    /// The provincial portal has no accounts of state agencies (leaflet R38).
    pub(super) fn is_offered_here(&self) -> bool {
        self.kind != AccountKind::StateAgency
    }

    /// A new account for them, when enough is known of them.
    pub(super) fn registration(&self, id: AccountId) -> Option<Registration> {
        Some(Registration {
            id,
            kind: self.kind,
            login: self.numbers.first()?.clone(),
            name: self.name.clone()?,
            birth_date: self.birth_date,
            representative: None,
            email: self.email.clone(),
            phone: self.phone.clone(),
            assurance: self.level,
            proof: Proof::Provider,
        })
    }
}

fn organisation(claims: &Claims) -> AccountKind {
    match claims.text(&["LoaiTaiKhoan"]) {
        Some("3") => AccountKind::StateAgency,
        _ => AccountKind::Enterprise,
    }
}

// `yyyyMMdd`, `yyyyMM` or `yyyy`.
fn birth_date(digits: &str) -> Option<PartialDate> {
    let number = |from: usize, to: usize| digits.get(from..to).and_then(|part| part.parse::<i16>().ok());
    let small = |from, to| number(from, to).and_then(|number| i8::try_from(number).ok());
    let year = number(0, 4)?;
    match digits.len() {
        8 => Day::new(year, small(4, 6)?, small(6, 8)?).ok().map(PartialDate::Full),
        6 => PartialDate::parse(&format!("{}-{}", &digits[..4], &digits[4..])).ok(),
        4 => PartialDate::parse(digits).ok(),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn birth_dates_are_read_as_far_as_they_are_known() {
        let cases = [
            ("19900205", Some("05/02/1990")),
            ("199002", Some("02/1990")),
            ("1990", Some("1990")),
            ("19901305", None),
            ("19900230", None),
            ("199013", None),
            ("0000", None),
            ("", None),
        ];
        for (text, expected) in cases {
            assert_eq!(birth_date(text).map(PartialDate::vietnamese).as_deref(), expected, "{text}");
        }
    }
}

//! The legal representative of an enterprise (người đại diện theo pháp luật): the person who answers for it.

use super::{AccountKind, AccountRefusal, Proof, Registration};
use crate::codes::{LoginName, PersonName};
use crate::partial_date::PartialDate;
use crate::time::Day;
use serde::{Deserialize, Serialize};

/// The person who answers for an enterprise; a household business has its owner.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LegalRepresentative {
    /// The person's full name.
    pub name: PersonName,
    /// The person's own number: CCCD, or CMND for whoever still has the older card.
    pub number: LoginName,
    /// When the person was born, as far as papers tell.
    pub birth_date: PartialDate,
}

/// What a registration must say about the representative: an enterprise has one, others have none. Only what another
/// system tells about an enterprise may leave the person out.
pub(super) fn check(registration: &Registration, today: Day) -> Result<(), AccountRefusal> {
    let Some(person) = &registration.representative else {
        let asked = registration.kind == AccountKind::Enterprise && registration.proof != Proof::Provider;
        return if asked { Err(AccountRefusal::RepresentativeMissing) } else { Ok(()) };
    };
    if registration.kind != AccountKind::Enterprise || matches!(person.number, LoginName::Tax(_)) {
        return Err(AccountRefusal::RepresentativeDoesNotFit);
    }
    // A household business registers with its owner's number, and its owner answers for it.
    if matches!(registration.login, LoginName::Personal(_)) && registration.login != person.number {
        return Err(AccountRefusal::RepresentativeDoesNotFit);
    }
    if person.birth_date.earliest() > today {
        return Err(AccountRefusal::BirthDateInFuture);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::super::tests::by_phone;
    use super::*;
    use crate::account::{AccountCommand, decide};
    use crate::deadline::fixture::at;

    fn person(number: &str, birth_date: &str) -> Option<LegalRepresentative> {
        Some(LegalRepresentative {
            name: PersonName::parse("Nguyễn Thị Hòa").unwrap(),
            number: LoginName::parse(number).unwrap(),
            birth_date: PartialDate::parse(birth_date).unwrap(),
        })
    }

    #[test]
    fn an_enterprise_names_the_person_who_answers_for_it() {
        use AccountRefusal::{BirthDateInFuture, RepresentativeDoesNotFit, RepresentativeMissing};
        let (citizen, enterprise, agency) = (AccountKind::Citizen, AccountKind::Enterprise, AccountKind::StateAgency);
        let owner = "064185001234";
        let cases = [
            (enterprise, "0100109106", person(owner, "1985-03-12"), Ok(())),
            (enterprise, "0100109106", person("230123456", "1969"), Ok(())),
            (enterprise, owner, person(owner, "1985"), Ok(())),
            (enterprise, owner, person("052078004321", "1985"), Err(RepresentativeDoesNotFit)),
            (enterprise, "0100109106", person("0301452948", "1985"), Err(RepresentativeDoesNotFit)),
            (enterprise, "0100109106", None, Err(RepresentativeMissing)),
            (enterprise, "0100109106", person(owner, "2026-11-24"), Err(BirthDateInFuture)),
            (citizen, owner, person(owner, "1985"), Err(RepresentativeDoesNotFit)),
            (citizen, owner, None, Ok(())),
            (agency, "0100109106", person(owner, "1985"), Err(RepresentativeDoesNotFit)),
        ];
        for (kind, login, representative, expected) in cases {
            let registration = Registration { representative, ..by_phone(kind, login) };
            let decided = decide(None, &AccountCommand::Register(registration.clone()), at("2026-11-23 08:00"));
            assert_eq!(decided.map(drop), expected, "{registration:?}");
        }
    }

    #[test]
    fn a_provider_need_not_tell_who_answers_for_an_enterprise() {
        let told = Registration { proof: Proof::Provider, ..by_phone(AccountKind::Enterprise, "0100109106") };
        assert_eq!(check(&told, at("2026-11-23 08:00").day()), Ok(()));
    }
}

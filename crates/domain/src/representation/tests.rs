//! What representations allow, by example.

use super::*;
use crate::account::{self, Account, AccountCommand, AccountKind, Assurance, LegalRepresentative, Proof, Registration};
use crate::codes::{PersonName, PersonalNumber, PhoneNumber};
use crate::deadline::fixture::at;
use crate::partial_date::PartialDate;

pub(super) const HOA: &str = "064185001234";
pub(super) const HUNG: &str = "052078004321";

pub(super) fn number(text: &str) -> LoginName {
    LoginName::parse(text).unwrap()
}

pub(super) fn day(text: &str) -> Day {
    Day::parse(text).unwrap()
}

pub(super) fn account(seed: u8, kind: AccountKind, login: &str) -> Account {
    let person = LegalRepresentative {
        name: PersonName::parse("Nguyễn Thị Hòa").unwrap(),
        number: number(HOA),
        birth_date: PartialDate::parse("1985").unwrap(),
    };
    let registration = Registration {
        id: AccountId::from_bytes([seed; 16]),
        kind,
        login: number(login),
        name: PartyName::parse("Nguyễn Thị Hòa").unwrap(),
        birth_date: None,
        representative: (kind == AccountKind::Enterprise).then_some(person),
        email: None,
        phone: Some(PhoneNumber::parse("0912345678").unwrap()),
        assurance: Assurance::Ial2,
        proof: Proof::Phone,
    };
    let now = at("2026-11-23 08:00");
    let events = account::decide(None, &AccountCommand::Register(registration), now).unwrap();
    account::evolve(None, &events[0], now).unwrap()
}

pub(super) fn terms(tie: Tie, to: &str, until: Option<&str>) -> Terms {
    Terms {
        tie,
        number: number(to),
        rights: BTreeSet::from([Right::File]),
        from: day("2026-11-23"),
        until: until.map(day),
    }
}

/// Does it, and checks that every event survives JSON.
pub(super) fn run(state: Option<Representation>, command: &Command<'_>, now: &str) -> Result<Representation, Refusal> {
    let now = at(now);
    let mut after = state.clone();
    for event in decide(state.as_ref(), command, now)? {
        let json = serde_json::to_string(&event).unwrap();
        assert_eq!(serde_json::from_str::<Event>(&json).unwrap(), event);
        after = evolve(after, &event, now);
    }
    Ok(after.unwrap())
}

fn give(principal: &Account, terms: Terms) -> Result<Representation, Refusal> {
    let own = [principal.login.clone()];
    let id = RepresentationId::from_bytes([7; 16]);
    run(None, &Command::Give { id, principal, own_numbers: &own, terms, manager: None }, "2026-11-23 08:00")
}

fn child(birth_date: &str, number: Option<&str>) -> Child {
    Child {
        name: PersonName::parse("Nguyễn Minh An").unwrap(),
        birth_date: day(birth_date),
        number: number.map(|number| PersonalNumber::parse(number).unwrap()),
        relation: ChildRelation::Mother,
    }
}

#[test]
fn what_is_given_holds_once_it_is_accepted_and_until_its_last_day() {
    let company = account(1, AccountKind::Enterprise, "0100109106");
    let hung = account(2, AccountKind::Citizen, HUNG);
    let own = [hung.login.clone()];
    let mut wanted = terms(Tie::Delegate, HUNG, Some("2026-12-31"));
    wanted.from = day("2026-12-01");
    let waiting = give(&company, wanted).unwrap();
    assert_eq!(waiting.standing(day("2026-12-01")), Standing::Waiting);
    assert!(waiting.rights(day("2026-12-01")).is_empty(), "nothing before it is accepted");
    let accept = Command::Accept { by: &hung, own_numbers: &own };
    let accepted = run(Some(waiting), &accept, "2026-11-24 08:00").unwrap();
    for (today, standing, may) in [
        ("2026-11-30", Standing::ToCome, false),
        ("2026-12-01", Standing::InForce, true),
        ("2026-12-31", Standing::InForce, true),
        ("2027-01-01", Standing::Expired, false),
    ] {
        assert_eq!(accepted.standing(day(today)), standing, "{today}");
        assert_eq!(accepted.rights(day(today)) == BTreeSet::from([Right::View, Right::File]), may, "{today}");
    }
    assert_eq!(run(Some(accepted.clone()), &accept, "2026-12-02 08:00").unwrap(), accepted, "twice is once");
    assert_eq!(run(Some(accepted), &accept, "2027-01-01 08:00"), Err(Refusal::Over));
}

#[test]
fn terms_that_nobody_may_give_are_refused() {
    use Refusal::*;
    let company = account(1, AccountKind::Enterprise, "0100109106");
    let household = account(3, AccountKind::Enterprise, HOA);
    let citizen = account(4, AccountKind::Citizen, HOA);
    let agency = account(5, AccountKind::StateAgency, "0301452948");
    let year = Some("2027-11-23");
    let with = |terms: Terms, rights: &[Right]| Terms { rights: rights.iter().copied().collect(), ..terms };
    let cases = [
        (&company, terms(Tie::Member, HUNG, None), Ok(())),
        (&company, terms(Tie::Delegate, HUNG, None), Err(NeedsLastDay)),
        (&citizen, terms(Tie::Mandate, HUNG, None), Err(NeedsLastDay)),
        (&citizen, terms(Tie::Mandate, HUNG, year), Ok(())),
        (&citizen, terms(Tie::Member, HUNG, year), Err(NotForThisAccount)),
        (&company, terms(Tie::Mandate, HUNG, year), Err(NotForThisAccount)),
        (&agency, terms(Tie::Member, HUNG, year), Err(NotForThisAccount)),
        (&company, terms(Tie::Guardian, HUNG, year), Err(NotForThisAccount)),
        (&citizen, terms(Tie::Mandate, HOA, year), Err(Oneself)),
        (&household, terms(Tie::Member, HOA, year), Err(Oneself)),
        (&company, terms(Tie::Member, "0301452948", None), Err(NotAPerson)),
        (&citizen, terms(Tie::Mandate, HUNG, Some("2026-11-22")), Err(EndsBeforeItBegins)),
        (&citizen, terms(Tie::Mandate, HUNG, Some("2026-11-23")), Ok(())),
        (&citizen, terms(Tie::Mandate, HUNG, Some("2036-11-23")), Ok(())),
        (&citizen, terms(Tie::Mandate, HUNG, Some("9999-12-31")), Err(TooLong)),
        (&citizen, Terms { from: day("2026-11-22"), ..terms(Tie::Mandate, HUNG, year) }, Err(BeginsInThePast)),
        (&citizen, with(terms(Tie::Mandate, HUNG, year), &[]), Err(NoRight)),
        (&citizen, with(terms(Tie::Mandate, HUNG, year), &[Right::ManageMembers]), Err(NoRight)),
        (&company, with(terms(Tie::Delegate, HUNG, year), &[Right::ManageMembers]), Ok(())),
    ];
    for (principal, terms, expected) in cases {
        assert_eq!(give(principal, terms.clone()).map(drop), expected, "{terms:?}");
    }
}

#[test]
fn only_the_person_named_accepts_and_only_the_two_sides_end_it() {
    let hoa = account(1, AccountKind::Citizen, HOA);
    let hung = account(2, AccountKind::Citizen, HUNG);
    let other = account(6, AccountKind::Citizen, "064090001234");
    // The same number as a household business is not the person.
    let business = account(8, AccountKind::Enterprise, HOA);
    let waiting = give(&hoa, terms(Tie::Mandate, HUNG, Some("2027-01-01"))).unwrap();
    let numbers = |account: &Account| [account.login.clone()];
    let now = "2026-11-24 08:00";
    for stranger in [&other, &hoa, &business] {
        let own = numbers(stranger);
        let refused = run(Some(waiting.clone()), &Command::Accept { by: stranger, own_numbers: &own }, now);
        assert_eq!(refused, Err(Refusal::Unknown));
    }
    let own = numbers(&other);
    assert_eq!(run(Some(waiting.clone()), &Command::End { by: &other, own_numbers: &own }, now), Err(Refusal::Unknown));
    let own = numbers(&hung);
    let declined = run(Some(waiting.clone()), &Command::End { by: &hung, own_numbers: &own }, now).unwrap();
    assert_eq!(declined.ended.unwrap().reason, EndReason::Declined);
    let accepted = run(Some(waiting), &Command::Accept { by: &hung, own_numbers: &own }, now).unwrap();
    let given_back = run(Some(accepted.clone()), &Command::End { by: &hung, own_numbers: &own }, now).unwrap();
    assert_eq!(given_back.ended.unwrap().reason, EndReason::ByRepresentative);
    let own = numbers(&hoa);
    let taken_back = run(Some(accepted), &Command::End { by: &hoa, own_numbers: &own }, now).unwrap();
    assert_eq!(taken_back.ended.unwrap().reason, EndReason::ByPrincipal);
    assert!(taken_back.rights(day("2026-11-24")).is_empty());
    let again = run(Some(taken_back.clone()), &Command::End { by: &hoa, own_numbers: &own }, "2026-11-25 08:00");
    assert_eq!(again.unwrap(), taken_back, "the end keeps its moment");
}

#[test]
fn a_child_is_a_child_until_its_14th_birthday() {
    for (born, fourteen) in [
        ("2012-11-24", "2026-11-24"),
        ("2012-02-29", "2026-03-01"),
        ("2016-02-29", "2030-03-01"),
        ("2012-02-28", "2026-02-28"),
        ("2012-12-31", "2026-12-31"),
    ] {
        assert_eq!(turns_fourteen_on(day(born)), day(fourteen), "{born}");
    }
    let hoa = account(1, AccountKind::Citizen, HOA);
    let company = account(2, AccountKind::Enterprise, "0100109106");
    let id = RepresentationId::from_bytes([7; 16]);
    let cases = [
        (&hoa, child("2012-11-24", None), Ok(())),
        (&hoa, child("2012-11-23", None), Err(Refusal::NoChild)),
        (&hoa, child("2026-11-23", None), Ok(())),
        (&hoa, child("2026-11-24", None), Err(Refusal::NotYetBorn)),
        (&hoa, child("2020-05-01", Some("064220001234")), Ok(())),
        (&hoa, child("2020-05-01", Some("064219001234")), Err(Refusal::NumberDoesNotFit)),
        (&company, child("2020-05-01", None), Err(Refusal::NotForThisAccount)),
    ];
    for (guardian, child, expected) in cases {
        let declared = run(None, &Command::DeclareChild { id, guardian, child: child.clone() }, "2026-11-23 08:00");
        assert_eq!(declared.clone().map(drop), expected, "{child:?}");
        if let Ok(declared) = declared {
            let birthday = turns_fourteen_on(child.birth_date);
            assert_eq!(declared.standing(birthday.previous()), Standing::InForce);
            assert_eq!(declared.standing(birthday), Standing::Expired);
        }
    }
}

#[test]
fn whoever_manages_members_passes_on_no_more_than_they_have() {
    let company = account(1, AccountKind::Enterprise, "0100109106");
    let own = [company.login.clone()];
    let manager = |rights: &[Right], until: Option<&str>| crate::policy::Acting {
        representation: RepresentationId::from_bytes([9; 16]),
        person: AccountId::from_bytes([2; 16]),
        principal: company.id,
        rights: rights.iter().copied().collect(),
        until: until.map(day),
    };
    let all = manager(Right::ALL, Some("2026-12-31"));
    let no_filing = manager(&[Right::View, Right::ManageMembers], None);
    let no_manager = manager(&[Right::View, Right::File], None);
    for (manager, terms, expected) in [
        (&all, terms(Tie::Member, HUNG, Some("2026-12-31")), Ok(())),
        (&all, terms(Tie::Member, HUNG, Some("2027-01-01")), Err(Refusal::NotYours)),
        (&all, terms(Tie::Member, HUNG, None), Err(Refusal::NotYours)),
        (&no_filing, terms(Tie::Member, HUNG, None), Err(Refusal::NotYours)),
        (&no_manager, terms(Tie::Member, HUNG, None), Err(Refusal::NotYours)),
    ] {
        let id = RepresentationId::from_bytes([7; 16]);
        let command = Command::Give { id, principal: &company, own_numbers: &own, terms, manager: Some(manager) };
        assert_eq!(run(None, &command, "2026-11-23 08:00").map(drop), expected, "{manager:?}");
    }
}

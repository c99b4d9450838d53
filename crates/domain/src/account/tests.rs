//! What accounts allow.

use super::*;
use crate::codes::PersonName;
use crate::deadline::fixture::at;

fn registration() -> Registration {
    Registration {
        id: AccountId::from_bytes([1; 16]),
        kind: AccountKind::Citizen,
        login: LoginName::parse("064090001234").unwrap(),
        name: PersonName::parse("Siu H'Bia").unwrap().into(),
        birth_date: Some(PartialDate::parse("1990").unwrap()),
        email: EmailAddress::parse("hbia@example.vn").unwrap(),
        phone: None,
        assurance: Assurance::Ial1,
    }
}

fn run(account: Option<Account>, command: AccountCommand) -> Result<Account, AccountRefusal> {
    let now = at("2026-11-23 08:00");
    let events = decide(account.as_ref(), &command, now)?;
    let mut state = account;
    for event in &events {
        let json = serde_json::to_string(event).unwrap();
        assert_eq!(serde_json::from_str::<AccountEvent>(&json).unwrap(), *event);
        state = evolve(state, event, now);
    }
    Ok(state.unwrap())
}

fn email(text: &str) -> EmailAddress {
    EmailAddress::parse(text).unwrap()
}

#[test]
fn an_account_is_usable_once_its_email_is_confirmed() {
    let pending = run(None, AccountCommand::Register(registration())).unwrap();
    assert_eq!((pending.status, pending.version), (AccountStatus::PendingConfirmation, 1));
    let active = run(Some(pending), AccountCommand::ConfirmEmail(email("hbia@example.vn"))).unwrap();
    assert_eq!((active.status, active.version), (AccountStatus::Active, 2));
    assert!(active.email_confirmed_at.is_some());
    let again = run(Some(active.clone()), AccountCommand::ConfirmEmail(email("hbia@example.vn"))).unwrap();
    assert_eq!(again, active, "following the link twice changes nothing");
    let json = serde_json::to_string(&active).unwrap();
    assert_eq!(serde_json::from_str::<Account>(&json).unwrap(), active);
}

#[test]
fn a_link_for_a_former_address_confirms_nothing() {
    let pending = run(None, AccountCommand::Register(registration())).unwrap();
    let moved = run(Some(pending), AccountCommand::ChangeEmail(email("moi@example.vn"))).unwrap();
    let refused = run(Some(moved.clone()), AccountCommand::ConfirmEmail(email("hbia@example.vn")));
    assert_eq!(refused, Err(AccountRefusal::OtherEmail));
    let active = run(Some(moved), AccountCommand::ConfirmEmail(email("moi@example.vn"))).unwrap();
    let changed = run(Some(active), AccountCommand::ChangeEmail(email("khac@example.vn"))).unwrap();
    assert_eq!(changed.status, AccountStatus::Active);
    assert_eq!(changed.email_confirmed_at, None);
}

#[test]
fn the_number_must_fit_the_kind_of_account() {
    for (kind, login, fits) in [
        (AccountKind::Citizen, "064090001234", true),
        (AccountKind::Citizen, "230123456", true),
        (AccountKind::Citizen, "0100109106", false),
        (AccountKind::Enterprise, "0100109106", true),
        (AccountKind::Enterprise, "0100109106-001", true),
        (AccountKind::Enterprise, "064090001234", true),
        (AccountKind::Enterprise, "230123456", false),
    ] {
        let login = LoginName::parse(login).unwrap();
        let result = run(None, AccountCommand::Register(Registration { kind, login, ..registration() }));
        assert_eq!(result.is_ok(), fits, "{kind:?}");
        if let Err(refusal) = result {
            assert_eq!(refusal, AccountRefusal::LoginDoesNotFitKind);
        }
    }
}

#[test]
fn a_birth_date_in_the_future_is_refused() {
    for (date, is_refused) in
        [("2026", false), ("11/2026", false), ("23/11/2026", false), ("24/11/2026", true), ("2027", true)]
    {
        let birth_date = Some(PartialDate::parse(date).unwrap());
        let result = run(None, AccountCommand::Register(Registration { birth_date, ..registration() }));
        assert_eq!(result == Err(AccountRefusal::BirthDateInFuture), is_refused, "{date}");
    }
}

#[test]
fn a_closed_account_takes_nothing_more() {
    let account = run(None, AccountCommand::Register(registration())).unwrap();
    let closed = run(Some(account), AccountCommand::Close).unwrap();
    assert_eq!(closed.status, AccountStatus::Closed);
    assert_eq!(run(Some(closed.clone()), AccountCommand::Close), Ok(closed.clone()));
    for command in [
        AccountCommand::ConfirmEmail(email("hbia@example.vn")),
        AccountCommand::ChangeEmail(email("moi@example.vn")),
        AccountCommand::ChangePhone(None),
    ] {
        assert_eq!(run(Some(closed.clone()), command), Err(AccountRefusal::Closed));
    }
    assert_eq!(run(Some(closed), AccountCommand::Register(registration())), Err(AccountRefusal::AlreadyRegistered));
}

#[test]
fn nothing_happens_to_an_account_that_does_not_exist() {
    let now = at("2026-11-23 08:00");
    assert_eq!(decide(None, &AccountCommand::Close, now), Err(AccountRefusal::NotRegistered));
    assert_eq!(evolve(None, &AccountEvent::Closed, now), None);
}

#[test]
fn a_telephone_number_can_be_changed_and_removed() {
    let phone = Some(PhoneNumber::parse("0912345678").unwrap());
    let account = run(None, AccountCommand::Register(registration())).unwrap();
    let account = run(Some(account), AccountCommand::ChangePhone(phone.clone())).unwrap();
    assert_eq!((account.phone.clone(), account.version), (phone.clone(), 2));
    let same = run(Some(account.clone()), AccountCommand::ChangePhone(phone)).unwrap();
    assert_eq!(same.version, 2);
    assert_eq!(run(Some(account), AccountCommand::ChangePhone(None)).unwrap().phone, None);
}

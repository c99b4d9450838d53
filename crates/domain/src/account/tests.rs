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
        representative: None,
        email: Some(EmailAddress::parse("hbia@example.vn").unwrap()),
        phone: None,
        assurance: Assurance::Ial1,
        proof: Proof::Email,
    }
}

pub(super) fn by_phone(kind: AccountKind, login: &str) -> Registration {
    Registration {
        kind,
        login: LoginName::parse(login).unwrap(),
        email: None,
        phone: Some(phone("0912345678")),
        assurance: Assurance::Ial2,
        proof: Proof::Phone,
        ..registration()
    }
}

fn phone(text: &str) -> PhoneNumber {
    PhoneNumber::parse(text).unwrap()
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

fn officer() -> OfficerRef {
    OfficerRef { id: crate::ids::OfficerId::from_bytes([7; 16]), name: "Nguyễn Văn An".into() }
}

fn refuse() -> AccountCommand {
    AccountCommand::RefuseRegistration { officer: officer(), reason: Reason::parse("Thiếu quyết định").unwrap() }
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
        let owner = LegalRepresentative {
            name: PersonName::parse("Siu H'Bia").unwrap(),
            number: LoginName::parse("064090001234").unwrap(),
            birth_date: PartialDate::parse("1990").unwrap(),
        };
        let representative = (kind == AccountKind::Enterprise).then_some(owner);
        let asked = Registration { kind, login, representative, ..registration() };
        let result = run(None, AccountCommand::Register(asked));
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
        AccountCommand::ChangePhone(phone("0912345678")),
        AccountCommand::ChangeName(PersonName::parse("Siu Bia").unwrap().into()),
        AccountCommand::ReplaceNumber(PersonalNumber::parse("064090001234").unwrap()),
        AccountCommand::Approve { officer: officer() },
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
fn an_account_that_a_code_confirmed_is_usable_at_once_unless_an_agency_waits_for_approval() {
    let citizen = run(None, AccountCommand::Register(by_phone(AccountKind::Citizen, "064090001234"))).unwrap();
    assert_eq!(citizen.status, AccountStatus::Active);
    assert!(citizen.phone_confirmed_at.is_some());
    let agency = run(None, AccountCommand::Register(by_phone(AccountKind::StateAgency, "0100109106"))).unwrap();
    assert_eq!(agency.status, AccountStatus::PendingApproval);
    let mail = run(Some(agency), AccountCommand::ChangeEmail(email("ubnd@example.vn"))).unwrap();
    let mail = run(Some(mail), AccountCommand::ConfirmEmail(email("ubnd@example.vn"))).unwrap();
    assert_eq!(mail.status, AccountStatus::PendingApproval, "a mailbox approves nobody");
    let approved = run(Some(mail), AccountCommand::Approve { officer: officer() }).unwrap();
    assert_eq!(approved.status, AccountStatus::Active);
    assert_eq!(run(Some(approved.clone()), AccountCommand::Approve { officer: officer() }), Ok(approved.clone()));
    assert_eq!(run(Some(approved), refuse()), Err(AccountRefusal::NotWaiting));
}

#[test]
fn a_refused_agency_is_closed_and_stays_so() {
    let agency = run(None, AccountCommand::Register(by_phone(AccountKind::StateAgency, "0100109106"))).unwrap();
    let refused = run(Some(agency), refuse()).unwrap();
    assert_eq!((refused.status, refused.version), (AccountStatus::Closed, 2));
    assert!(refused.closed_at.is_some());
    assert_eq!(run(Some(refused.clone()), refuse()), Ok(refused.clone()));
    assert_eq!(run(Some(refused), AccountCommand::Approve { officer: officer() }), Err(AccountRefusal::Closed));
    let citizen = run(None, AccountCommand::Register(registration())).unwrap();
    assert_eq!(run(Some(citizen), refuse()), Err(AccountRefusal::NotWaiting), "only what waits is refused");
}

#[test]
fn what_confirms_an_account_must_be_there() {
    let cases = [
        Registration { email: None, ..registration() },
        Registration { phone: None, ..by_phone(AccountKind::Citizen, "064090001234") },
        Registration { phone: Some(phone("02693844789")), ..by_phone(AccountKind::Citizen, "064090001234") },
    ];
    for registration in cases {
        assert_eq!(run(None, AccountCommand::Register(registration)), Err(AccountRefusal::ProofMissing));
    }
}

#[test]
fn a_telephone_number_can_be_changed() {
    let account = run(None, AccountCommand::Register(registration())).unwrap();
    let account = run(Some(account), AccountCommand::ChangePhone(phone("0912345678"))).unwrap();
    assert_eq!((account.phone.clone(), account.version), (Some(phone("0912345678")), 2));
    assert!(account.phone_confirmed_at.is_some());
    let same = run(Some(account.clone()), AccountCommand::ChangePhone(phone("+84912345678"))).unwrap();
    assert_eq!(same.version, 2);
    let named = run(Some(account), AccountCommand::ChangeName(PersonName::parse("Siu Bia").unwrap().into())).unwrap();
    assert_eq!(named.name.as_str(), "Siu Bia");
}

#[test]
fn an_old_identity_number_is_replaced_once_by_a_personal_number() {
    let old = Registration { login: LoginName::parse("230123456").unwrap(), ..registration() };
    let account = run(None, AccountCommand::Register(old)).unwrap();
    let replace = |text: &str| AccountCommand::ReplaceNumber(PersonalNumber::parse(text).unwrap());
    let account = run(Some(account), replace("064090001234")).unwrap();
    assert_eq!(account.login.as_str(), "064090001234");
    assert_eq!(run(Some(account.clone()), replace("064090001234")), Ok(account.clone()));
    assert_eq!(run(Some(account), replace("064090009999")), Err(AccountRefusal::NumberStays));
}

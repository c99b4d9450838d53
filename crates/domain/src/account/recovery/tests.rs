//! Two officers, a wait, and whoever may stop it: examples, and what holds whatever happens.

use super::*;
use crate::account::{
    AccountCommand, Assurance, Proof, Registration, decide as decide_account, evolve as evolve_account,
};
use crate::codes::PersonName;
use crate::deadline::fixture::at;
use crate::time::Day;
use proptest::prelude::*;

const RULES: RecoveryRules = RecoveryRules { waiting_hours: 72, lapse_hours: 24 };
const ALL: [OfficerId; 4] = [id(1), id(2), id(3), id(4)];
const PHONE_CODE: OneTimeCodeId = OneTimeCodeId::from_bytes([1; 16]);
const EMAIL_CODE: OneTimeCodeId = OneTimeCodeId::from_bytes([2; 16]);

const fn id(number: u8) -> OfficerId {
    OfficerId::from_bytes([number; 16])
}

fn officer(number: u8) -> OfficerRef {
    OfficerRef { id: id(number), name: format!("Cán bộ {number}") }
}

fn opened_at() -> Instant {
    at("2026-11-23 08:00")
}

fn after(hours: i64) -> Instant {
    opened_at().plus_millis(hours * HOUR_MILLIS)
}

fn email(text: &str) -> EmailAddress {
    EmailAddress::parse(text).unwrap()
}

fn phone(text: &str) -> PhoneNumber {
    PhoneNumber::parse(text).unwrap()
}

fn paper(kind: PaperKind, tail: &str, issued_on: &str) -> SeenPaper {
    SeenPaper::new(kind, tail, Day::parse(issued_on).unwrap()).unwrap()
}

fn account() -> Account {
    let registration = Registration {
        id: AccountId::from_bytes([1; 16]),
        kind: AccountKind::Citizen,
        login: LoginName::parse("064090001234").unwrap(),
        name: PersonName::parse("Siu H'Bia").unwrap().into(),
        birth_date: None,
        email: Some(email("cu@example.vn")),
        phone: Some(phone("0912345678")),
        assurance: Assurance::Ial1,
        proof: Proof::Phone,
        representative: None,
    };
    run_account(None, AccountCommand::Register(registration))
}

fn run_account(account: Option<Account>, command: AccountCommand) -> Account {
    let events = decide_account(account.as_ref(), &command, opened_at()).unwrap();
    events.iter().fold(account, |account, event| evolve_account(account, event, opened_at())).unwrap()
}

fn facts(account: &Account) -> Facts<'_> {
    Facts { account, former_numbers: &[], officers: &ALL }
}

fn opening() -> Opening {
    Opening {
        id: RecoveryId::from_bytes([7; 16]),
        by: officer(1),
        agency: AgencyCode::parse("H21.58").unwrap(),
        paper: paper(PaperKind::IdentityCard, "1234", "2021-05-01"),
        wanted: Contacts { phone: Some(phone("0961234567")), email: None },
        codes: PendingCodes { phone: Some(PHONE_CODE), email: None },
        reason: Reason::parse("Mất điện thoại, quên mật khẩu hộp thư").unwrap(),
        second_factors: SecondFactorFate::Kept,
    }
}

fn open_with(opening: Opening, facts: &Facts<'_>) -> Result<Recovery, RecoveryRefusal> {
    let events = decide(None, &RecoveryCommand::Open(Box::new(opening)), facts, &RULES, opened_at())?;
    Ok(events.iter().fold(None, evolve).unwrap())
}

fn begun() -> Recovery {
    open_with(opening(), &facts(&account())).unwrap()
}

fn run(
    recovery: &Recovery,
    command: RecoveryCommand,
    facts: &Facts<'_>,
    at: Instant,
) -> Result<Recovery, RecoveryRefusal> {
    let events = decide(Some(recovery), &command, facts, &RULES, at)?;
    for event in &events {
        let json = serde_json::to_string(event).unwrap();
        assert_eq!(serde_json::from_str::<RecoveryEvent>(&json).unwrap(), *event);
    }
    Ok(events.iter().fold(Some(recovery.clone()), evolve).unwrap())
}

fn prove(code: OneTimeCodeId) -> RecoveryCommand {
    RecoveryCommand::Prove { by: officer(1), code }
}

fn confirm(number: u8) -> RecoveryCommand {
    RecoveryCommand::Confirm { by: officer(number), number_tail: "1234".into() }
}

fn opened() -> Recovery {
    run(&begun(), prove(PHONE_CODE), &facts(&account()), opened_at()).unwrap()
}

fn confirmed() -> Recovery {
    run(&opened(), confirm(2), &facts(&account()), after(1)).unwrap()
}

fn status_at(recovery: &Recovery, facts: &Facts<'_>, at: Instant) -> RecoveryStatus {
    run(recovery, RecoveryCommand::Advance, facts, at).unwrap().status
}

#[test]
fn two_officers_and_three_days_bring_the_new_contacts() {
    let account = account();
    let waiting = confirmed();
    assert_eq!((waiting.status, waiting.takes_effect_at), (RecoveryStatus::Waiting, Some(after(73))));
    let almost = after(73).plus_millis(-1);
    assert_eq!(status_at(&waiting, &facts(&account), almost), RecoveryStatus::Waiting);
    let applied = run(&waiting, RecoveryCommand::Advance, &facts(&account), after(73)).unwrap();
    assert_eq!(applied.status, RecoveryStatus::Applied);
    assert_eq!(status_at(&applied, &facts(&account), after(999)), RecoveryStatus::Applied, "once is enough");
    let late = run(&applied, RecoveryCommand::Stop(Stopper::Holder), &facts(&account), after(74));
    assert_eq!(late, Err(RecoveryRefusal::Past));
}

#[test]
fn both_new_contacts_are_proved_before_a_colleague_is_asked() {
    let account = account();
    let facts = facts(&account);
    assert_eq!(run(&begun(), confirm(2), &facts, after(1)), Err(RecoveryRefusal::NotProved));
    let wanted = Contacts { email: Some(email("moi@example.vn")), ..opening().wanted };
    let codes = PendingCodes { phone: Some(PHONE_CODE), email: Some(EMAIL_CODE) };
    let both = open_with(Opening { wanted: wanted.clone(), codes, ..opening() }, &facts).unwrap();
    let first = run(&both, prove(EMAIL_CODE), &facts, after(0)).unwrap();
    assert_eq!(first.status, RecoveryStatus::Proving);
    assert_eq!(run(&first, prove(EMAIL_CODE), &facts, after(0)), Ok(first.clone()), "a second press");
    assert_eq!(run(&first, confirm(2), &facts, after(1)), Err(RecoveryRefusal::NotProved));
    assert_eq!(run(&first, prove(PHONE_CODE), &facts, after(0)).unwrap().status, RecoveryStatus::Opened);
    let unasked = open_with(Opening { wanted, ..opening() }, &facts);
    assert_eq!(unasked, Err(RecoveryRefusal::NotProved), "a contact without a code is never proved");
}

#[test]
fn the_second_officer_is_another_one_who_reads_the_same_paper() {
    let account = account();
    let facts = facts(&account);
    for (number, expected) in [
        (2, Ok(RecoveryStatus::Waiting)),
        (1, Err(RecoveryRefusal::SameOfficer)),
        (9, Err(RecoveryRefusal::NotThisOfficer)),
    ] {
        let result = run(&opened(), confirm(number), &facts, after(1));
        assert_eq!(result.map(|recovery| recovery.status), expected, "officer {number}");
    }
    for tail in ["4321", "", "123", "12345"] {
        let other = RecoveryCommand::Confirm { by: officer(2), number_tail: tail.into() };
        assert_eq!(run(&opened(), other, &facts, after(1)), Err(RecoveryRefusal::OtherPaper), "{tail:?}");
    }
    let waiting = confirmed();
    let again = |number| run(&waiting, confirm(number), &facts, after(2));
    assert_eq!(again(2), Ok(waiting.clone()), "a second press changes nothing, not even the time");
    assert_eq!(again(3), Err(RecoveryRefusal::Past));
}

#[test]
fn a_desk_opens_it_with_a_paper_for_a_citizen_who_can_be_reached_afterwards() {
    let account = account();
    let all = || facts(&account);
    let refusal = |change: fn(&mut Opening)| {
        let mut changed = opening();
        change(&mut changed);
        open_with(changed, &all()).err()
    };
    assert_eq!(refusal(|_| ()), None);
    assert_eq!(refusal(|opening| opening.by = officer(9)), Some(RecoveryRefusal::NotThisOfficer));
    assert_eq!(refusal(|opening| opening.wanted = Contacts::default()), Some(RecoveryRefusal::NoContact));
    assert_eq!(refusal(|opening| opening.wanted.phone = Some(phone("02693844789"))), Some(RecoveryRefusal::NoContact));
    assert_eq!(refusal(|opening| opening.wanted.phone = Some(phone("0912345678"))), Some(RecoveryRefusal::SameContact));
    assert_eq!(
        refusal(|opening| opening.wanted.email = Some(email("cu@example.vn"))),
        Some(RecoveryRefusal::SameContact)
    );
    for (kind, tail, issued_on, expected) in [
        (PaperKind::IdentityCard, "1234", "2026-11-23", None),
        (PaperKind::IdentityCard, "1234", "2026-11-24", Some(RecoveryRefusal::PaperFromFuture)),
        (PaperKind::IdentityCard, "9999", "2021-05-01", Some(RecoveryRefusal::OtherNumber)),
        (PaperKind::OldIdentityCard, "9999", "2011-05-01", Some(RecoveryRefusal::OtherNumber)),
        (PaperKind::Passport, "9999", "2021-05-01", None),
    ] {
        let paper = paper(kind, tail, issued_on);
        assert_eq!(open_with(Opening { paper, ..opening() }, &all()).err(), expected, "{kind:?} {tail} {issued_on}");
    }
    let former = [LoginName::parse("230129999").unwrap()];
    let paper = paper(PaperKind::OldIdentityCard, "9999", "2011-05-01");
    assert!(open_with(Opening { paper, ..opening() }, &Facts { former_numbers: &former, ..all() }).is_ok());
    let closed = run_account(Some(account.clone()), AccountCommand::Close);
    assert_eq!(open_with(opening(), &facts(&closed)), Err(RecoveryRefusal::AccountNotUsable));
    let enterprise = Account { kind: AccountKind::Enterprise, ..account.clone() };
    assert_eq!(open_with(opening(), &facts(&enterprise)), Err(RecoveryRefusal::NotACitizen));
}

#[test]
fn it_lapses_when_nobody_confirms_it_in_time() {
    let account = account();
    let facts = facts(&account);
    let confirm_at = |at| run(&opened(), confirm(2), &facts, at).unwrap();
    assert_eq!(confirm_at(after(24).plus_millis(-1)).status, RecoveryStatus::Waiting);
    let late = confirm_at(after(24));
    assert_eq!((late.status, late.confirmed_by.as_ref(), late.takes_effect_at), (RecoveryStatus::Lapsed, None, None));
    for recovery in [begun(), opened()] {
        assert_eq!(status_at(&recovery, &facts, after(24)), RecoveryStatus::Lapsed);
    }
    assert_eq!(run(&begun(), prove(PHONE_CODE), &facts, after(24)).unwrap().status, RecoveryStatus::Lapsed);
    assert_eq!(run(&late, confirm(3), &facts, after(25)), Err(RecoveryRefusal::Past));
}

#[test]
fn it_comes_to_nothing_when_what_it_rests_on_is_gone() {
    let account = account();
    let closed = run_account(Some(account.clone()), AccountCommand::Close);
    let moved = run_account(Some(account.clone()), AccountCommand::ChangePhone(phone("0987654321")));
    for gone in [1, 2] {
        let left: Vec<OfficerId> = ALL.into_iter().filter(|officer| *officer != id(gone)).collect();
        let facts = Facts { officers: &left, ..facts(&account) };
        assert_eq!(status_at(&confirmed(), &facts, after(73)), RecoveryStatus::Void, "officer {gone} is gone");
    }
    // The first officer was sent away before the second spoke.
    let left = [id(2), id(3)];
    let without_first = Facts { officers: &left, ..facts(&account) };
    let result = run(&opened(), confirm(2), &without_first, after(1)).unwrap();
    assert_eq!((result.status, result.confirmed_by), (RecoveryStatus::Void, None));
    for changed in [&closed, &moved] {
        for recovery in [opened(), confirmed()] {
            assert_eq!(status_at(&recovery, &facts(changed), after(2)), RecoveryStatus::Void);
        }
    }
}

#[test]
fn whoever_holds_an_old_contact_or_the_password_stops_it_once_and_for_all() {
    let account = account();
    let by_officer = |number| Stopper::Officer { officer: officer(number) };
    for stopper in [Stopper::Holder, Stopper::OldContact, by_officer(3)] {
        for recovery in [begun(), opened(), confirmed()] {
            let stop = RecoveryCommand::Stop(stopper.clone());
            let stopped = run(&recovery, stop.clone(), &facts(&account), after(2)).unwrap();
            assert_eq!(stopped.status, RecoveryStatus::Stopped);
            assert_eq!(run(&stopped, stop, &facts(&account), after(3)), Ok(stopped.clone()));
            assert_eq!(status_at(&stopped, &facts(&account), after(999)), RecoveryStatus::Stopped);
            assert_eq!(run(&stopped, confirm(2), &facts(&account), after(3)), Err(RecoveryRefusal::Past));
        }
    }
    let stranger = RecoveryCommand::Stop(by_officer(9));
    assert_eq!(run(&confirmed(), stranger, &facts(&account), after(2)), Err(RecoveryRefusal::NotThisOfficer));
}

#[test]
fn the_account_has_the_new_contacts_alone_and_both_officers_stand_in_its_log() {
    let officers = [officer(1), officer(2)];
    let contacts = Contacts { phone: Some(phone("0961234567")), email: None };
    let recovered =
        run_account(Some(account()), AccountCommand::RecoverContacts { contacts: contacts.clone(), officers });
    assert_eq!(Contacts::of(&recovered), contacts, "a mailbox that was lost leads nowhere any more");
    assert_eq!((recovered.phone_confirmed_at, recovered.email_confirmed_at), (Some(opened_at()), None));
}

/// One thing that somebody tries, so many hours after the step before.
fn some_step() -> impl Strategy<Value = (i64, u8, u8)> {
    (0_i64..60, 0_u8..5, 1_u8..5)
}

proptest! {
    #[test]
    fn no_order_of_tries_evades_the_second_officer_or_the_wait(steps in prop::collection::vec(some_step(), 0..12)) {
        let account = account();
        let facts = facts(&account);
        let (mut recovery, mut hours, mut stopped) = (begun(), 0, false);
        for (wait, what, number) in steps {
            hours += wait;
            let command = match what {
                0 | 1 => confirm(number),
                2 => prove(PHONE_CODE),
                3 if number == 4 => RecoveryCommand::Stop(Stopper::OldContact),
                _ => RecoveryCommand::Advance,
            };
            if let Ok(next) = run(&recovery, command, &facts, after(hours)) {
                recovery = next;
            }
            stopped |= recovery.status == RecoveryStatus::Stopped;
            if recovery.status == RecoveryStatus::Applied {
                prop_assert!(!stopped);
                prop_assert!(recovery.codes.is_empty());
                let second = recovery.confirmed_by.as_ref().map(|officer| officer.id);
                prop_assert!(second.is_some() && second != Some(recovery.opened_by.id));
                prop_assert!(hours >= 72 && after(hours) >= recovery.takes_effect_at.unwrap());
            }
        }
    }
}

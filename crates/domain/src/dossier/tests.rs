//! What a dossier allows, by example.

use super::samples::{
    History, accept, after_steps, ask, attachment, code, due_date, explain, file, filed, finish, give_back, officer,
    owner, refuse, send, start, supply, whole_way, withdraw,
};
use super::*;
use crate::deadline::fixture::at;
use crate::ids::{AttachmentId, Hash};

fn refused(history: &mut History, command: &Command) -> DossierRefusal {
    history.act(command).unwrap_err()
}

#[test]
fn a_dossier_goes_from_draft_to_returned() {
    let statuses: Vec<Status> = (1..=10).map(|count| after_steps(count).status).collect();
    use Status::{Accepted, Draft, Filed, Finished, Returned};
    assert_eq!(statuses, [Draft, Draft, Draft, Draft, Draft, Draft, Filed, Accepted, Finished, Returned]);
    let dossier = after_steps(10);
    assert_eq!(dossier.code, Some(code(1)));
    assert_eq!(dossier.attachments, [attachment(2)]);
    assert_eq!(dossier.results, [attachment(200)]);
    assert_eq!(dossier.accepted_by, Some(officer()));
    assert_eq!(dossier.due, Some(due_date()));
    assert_eq!(dossier.version, 10);
    assert!(dossier.status.is_final());
}

#[test]
fn a_refused_dossier_keeps_its_reasons_and_ends() {
    let mut history = History::after(&whole_way()[..7]);
    history.act(&refuse()).unwrap();
    let dossier = history.state().clone();
    assert_eq!(dossier.status, Status::Refused);
    assert_eq!(dossier.refusal.as_ref().unwrap().items(), ["Thiếu Giấy chứng sinh"]);
    assert_eq!(refused(&mut history, &accept()), DossierRefusal::NotInStatus { status: Status::Refused });
}

#[test]
fn filing_twice_files_once_with_the_same_code() {
    let mut history = History::after(&whole_way()[..7]);
    assert_eq!(refused(&mut history, &file(2)), DossierRefusal::AlreadyFiled(code(1)));
    history.act(&accept()).unwrap();
    assert_eq!(refused(&mut history, &file(3)), DossierRefusal::AlreadyFiled(code(1)));
    history.act(&finish()).unwrap();
    history.act(&give_back()).unwrap();
    assert_eq!(refused(&mut history, &file(4)), DossierRefusal::AlreadyFiled(code(1)));
}

#[test]
fn what_is_missing_is_named_when_filing() {
    let way = whole_way();
    let mut history = History::after(&way[..1]);
    assert_eq!(refused(&mut history, &file(1)), DossierRefusal::OwnerMissing);
    let without_number = Owner { number: None, ..owner("Kpă Thu") };
    assert_eq!(refused(&mut history, &Command::EnterOwner(without_number)), DossierRefusal::OwnerNumberMissing);
    history.act(&way[1]).unwrap();
    assert_eq!(refused(&mut history, &file(1)), DossierRefusal::DeliveryMissing);
    history.act(&way[2]).unwrap();
    history.act(&file(1)).unwrap();
}

#[test]
fn a_filed_dossier_is_no_longer_edited() {
    for command in [
        Command::EnterOwner(owner("Kpă Thu")),
        Command::ChooseDelivery(Delivery::AtDesk),
        Command::AttachFile(attachment(3)),
        Command::RemoveFile(attachment(2).id),
    ] {
        let mut history = History::after(&whole_way()[..7]);
        assert_eq!(refused(&mut history, &command), DossierRefusal::NotInStatus { status: Status::Filed });
    }
}

#[test]
fn officers_act_only_in_the_order_of_the_process() {
    for (steps, command) in [
        (6, accept()),
        (6, refuse()),
        (6, finish()),
        (7, finish()),
        (7, give_back()),
        (8, accept()),
        (8, refuse()),
        (8, give_back()),
        (9, accept()),
        (9, finish()),
        (10, give_back()),
    ] {
        let mut history = History::after(&whole_way()[..steps]);
        let status = history.state().status;
        assert_eq!(refused(&mut history, &command), DossierRefusal::NotInStatus { status }, "{steps}");
    }
}

#[test]
fn a_draft_is_started_once_and_nothing_comes_before() {
    let mut history = History::default();
    assert_eq!(refused(&mut history, &file(1)), DossierRefusal::NotStarted);
    history.act(&start()).unwrap();
    assert_eq!(refused(&mut history, &start()), DossierRefusal::AlreadyStarted);
}

#[test]
fn repeating_what_is_there_leaves_no_event() {
    let mut history = History::after(&whole_way()[..5]);
    for command in &whole_way()[1..5] {
        assert_eq!(history.act(command), Ok(0), "{command:?}");
    }
    assert_eq!(history.act(&Command::EnterOwner(owner("Kpă Thu"))), Ok(1));
}

#[test]
fn files_are_checked() {
    let mut history = History::after(&whole_way()[..4]);
    let empty = Attachment { size: 0, ..attachment(5) };
    assert_eq!(refused(&mut history, &Command::AttachFile(empty.clone())), DossierRefusal::EmptyFile);
    let other = Attachment { hash: Hash::of(b"other"), ..attachment(1) };
    assert_eq!(refused(&mut history, &Command::AttachFile(other)), DossierRefusal::FileIdTaken);
    let unknown = AttachmentId::from_bytes([99; 16]);
    assert_eq!(refused(&mut history, &Command::RemoveFile(unknown)), DossierRefusal::UnknownFile);

    let mut accepted = History::after(&whole_way()[..8]);
    let result =
        |results, note: Option<&str>| Command::Finish { results, note: note.map(str::to_owned), officer: officer() };
    assert_eq!(refused(&mut accepted, &result(vec![], None)), DossierRefusal::NoResult);
    assert_eq!(refused(&mut accepted, &result(vec![], Some("  "))), DossierRefusal::NoResult);
    assert_eq!(refused(&mut accepted, &result(vec![empty], None)), DossierRefusal::EmptyFile);
    assert_eq!(refused(&mut accepted, &result(vec![attachment(2)], None)), DossierRefusal::FileIdTaken);
    let twice = vec![attachment(6), attachment(6)];
    assert_eq!(refused(&mut accepted, &result(twice, None)), DossierRefusal::FileIdTaken);
    assert_eq!(accepted.act(&result(vec![], Some("Giấy khai sinh số 12"))), Ok(1));
    assert_eq!(accepted.state().result_note.as_deref(), Some("Giấy khai sinh số 12"));
}

#[test]
fn a_dossier_holds_a_hundred_files() {
    let mut history = History::after(&whole_way()[..3]);
    for number in 0..100 {
        history.act(&Command::AttachFile(attachment(number))).unwrap();
    }
    let one_more = Command::AttachFile(attachment(100));
    assert_eq!(refused(&mut history, &one_more), DossierRefusal::TooManyFiles { max: MAX_ATTACHMENTS });
}

#[test]
fn a_clock_that_has_run_out_is_not_started() {
    let mut history = History::after(&whole_way()[..6]);
    let late = at("2026-11-30 08:00");
    assert_eq!(history.act_at(&file(1), late), Err(DossierRefusal::DueInThePast));
    history.act(&file(1)).unwrap();
    assert_eq!(history.act_at(&accept(), late), Err(DossierRefusal::DueInThePast));
}

#[test]
fn the_clock_that_runs_is_that_of_the_status() {
    let answer = at("2026-11-25 08:00");
    let dossier = filed();
    assert_eq!(dossier.running_due_at(), Some(answer));
    assert!(!dossier.is_overdue(answer));
    assert!(dossier.is_overdue(answer.plus_millis(1)));
    assert!(dossier.was_answered_late(answer.plus_millis(1)));
    let accepted = after_steps(8);
    assert_eq!(accepted.running_due_at(), Some(due_date().due_at));
    assert!(!accepted.was_answered_late(at("2027-01-01 08:00")), "it was answered in time");
    assert!(accepted.is_late(at("2027-01-01 08:00")));
    assert!(!after_steps(9).is_late(at("2027-01-01 08:00")), "it was finished in time");
    assert_eq!(after_steps(3).running_due_at(), None);
    assert_eq!(after_steps(10).running_due_at(), None);
}

#[test]
fn someone_holds_every_dossier_that_was_filed() {
    assert_eq!(after_steps(6).holder, None);
    let holder = filed().holder.unwrap();
    assert_eq!((holder.agency.code.as_str(), holder.officer), ("H21.58", None));
    let accepted = after_steps(8);
    assert_eq!(accepted.holder.as_ref().unwrap().officer, Some(officer()));
    assert_eq!(after_steps(9).holder, accepted.holder, "the same officer keeps the earlier time");
}

#[test]
fn refusals_need_sentences() {
    use RefusalReasonsError::{ControlCharacter, Empty, TooLong, TooMany};
    let none: [&str; 0] = [];
    assert_eq!(RefusalReasons::new(&none, None), Err(Empty));
    assert_eq!(RefusalReasons::new(&[" ", "\n"], Some("x")), Err(Empty));
    assert_eq!(RefusalReasons::new(&["a\0"], None), Err(ControlCharacter));
    assert_eq!(RefusalReasons::new(&["a".repeat(2_001)], None), Err(TooLong { max: 2_000 }));
    assert_eq!(RefusalReasons::new(&["a"; 31], None), Err(TooMany { max: 30 }));
    let reasons = RefusalReasons::new(&[" Thiếu chữ ký ", ""], Some("  ")).unwrap();
    assert_eq!((reasons.items(), reasons.legal_ground()), (&["Thiếu chữ ký".to_owned()][..], None));
    assert!(serde_json::from_str::<RefusalReasons>(r#"{"items":[],"legal_ground":null}"#).is_err());
}

#[test]
fn a_status_has_its_number_for_other_portals() {
    let codes: Vec<Option<u8>> = Status::ALL.iter().map(|status| status.wire_code()).collect();
    assert_eq!(codes, [None, Some(1), Some(2), Some(5), Some(3), Some(7), Some(9), Some(10)]);
}

#[test]
fn the_word_of_an_event_is_the_tag_of_its_json() {
    let mut history = History::after(&whole_way());
    history.records.extend(History::after(&[&whole_way()[..7], &[refuse()]].concat()).records);
    let supplemented = [ask(), supply(0, 10), explain(1), explain(2), Command::TakeBackFile(attachment(10).id)];
    let sent = [supply(0, 11), send(1, false), withdraw()];
    history.records.extend(History::after(&[&whole_way()[..7], &supplemented, &sent].concat()).records);
    for recorded in history.records {
        let json = serde_json::to_value(&recorded.event).unwrap();
        assert_eq!(json["kind"], recorded.event.kind());
    }
}

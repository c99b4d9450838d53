//! What supplements and withdrawals allow, by example.

use super::samples::{
    History, accept, answer, ask, attachment, explain, file, finish, give_back, now, officer, refuse, send, supply,
    whole_way, withdraw,
};
use super::*;
use crate::deadline::fixture::at;
use serde_json::json;

fn refused(history: &mut History, command: &Command) -> DossierRefusal {
    history.act(command).unwrap_err()
}

/// A filed dossier that waits for its supplement.
fn asked() -> History {
    History::after(&[&whole_way()[..7], &[ask()]].concat())
}

fn answered() -> History {
    let mut history = asked();
    for command in [supply(0, 10), answer("child.name", "Siu H'Bia"), explain(2)] {
        assert_eq!(history.act(&command), Ok(1));
    }
    history
}

#[test]
fn what_was_named_is_answered_in_place_and_counts_once_it_is_sent() {
    let mut history = answered();
    let waiting = history.state().clone();
    assert_eq!(waiting.status, Status::AwaitingSupplement);
    assert_eq!(waiting.running_due_at(), None, "the desk's clock stands still");
    assert!(!waiting.is_overdue(at("2027-01-01 08:00")));
    assert_eq!((waiting.attachments.len(), waiting.answers.len()), (1, 0), "nothing counts yet");
    assert_eq!(history.act(&send(1, false)), Ok(1));
    let dossier = history.state();
    assert_eq!(dossier.status, Status::Filed);
    assert_eq!(dossier.answer_due_at, Some(at("2026-11-27 08:00")));
    assert_eq!(dossier.attachments, [attachment(10)]);
    assert_eq!(dossier.answers["child.name"], json!("Siu H'Bia"));
    let replaced: Vec<_> = dossier.replaced.iter().map(|old| (old.attachment.id, old.by)).collect();
    assert_eq!(replaced, [(attachment(2).id, 1)]);
    assert_eq!(dossier.supplement_count(), 1);
}

#[test]
fn sending_twice_sends_once_and_a_second_request_is_counted() {
    let mut history = answered();
    history.act(&send(1, false)).unwrap();
    assert_eq!(refused(&mut history, &send(1, false)), DossierRefusal::AlreadySupplemented);
    history.act(&accept()).unwrap();
    history.act(&ask()).unwrap();
    assert_eq!(history.state().supplement_count(), 2);
    assert_eq!(refused(&mut history, &send(1, true)), DossierRefusal::AlreadySupplemented);
    assert_eq!(refused(&mut history, &send(2, true)), DossierRefusal::SupplementIncomplete { missing: 3 });
    for item in 0..3 {
        history.act(&explain(item)).unwrap();
    }
    let wrong_clock = refused(&mut history, &send(2, false));
    assert_eq!(wrong_clock, DossierRefusal::NotInStatus { status: Status::AwaitingSupplement });
    history.act(&send(2, true)).unwrap();
    assert_eq!(history.state().status, Status::Accepted);
    assert_eq!(history.state().attachments, [attachment(10)], "an explanation replaces no paper");
}

#[test]
fn only_what_was_named_may_be_answered() {
    let mut history = asked();
    assert_eq!(refused(&mut history, &supply(1, 10)), DossierRefusal::NotAskedFor, "a question takes no file");
    assert_eq!(refused(&mut history, &supply(3, 10)), DossierRefusal::NotAskedFor);
    assert_eq!(refused(&mut history, &answer("mother.name", "Siu")), DossierRefusal::NotAskedFor);
    assert_eq!(refused(&mut history, &explain(3)), DossierRefusal::NotAskedFor);
    assert_eq!(refused(&mut history, &supply(0, 2)), DossierRefusal::FileIdTaken);
    let empty = Command::SupplyFile { item: 0, attachment: Attachment { size: 0, ..attachment(10) } };
    assert_eq!(refused(&mut history, &empty), DossierRefusal::EmptyFile);
    assert_eq!(refused(&mut history, &Command::TakeBackFile(attachment(2).id)), DossierRefusal::UnknownFile);
    assert_eq!(history.act(&supply(2, 10)), Ok(1), "what is asked for in words may be a file");
    assert_eq!(history.act(&Command::TakeBackFile(attachment(10).id)), Ok(1));
    assert_eq!(history.act(&explain(0)), Ok(1));
    assert_eq!(history.act(&explain(0)), Ok(0), "the same again leaves no event");
    for command in [accept(), refuse(), finish(), give_back(), ask(), Command::AttachFile(attachment(20))] {
        let refusal = refused(&mut history, &command);
        assert_eq!(refusal, DossierRefusal::NotInStatus { status: Status::AwaitingSupplement }, "{command:?}");
    }
}

#[test]
fn a_supplement_is_asked_only_while_somebody_works_on_the_dossier() {
    for (steps, is_allowed) in [(6, false), (7, true), (8, true), (9, false), (10, false)] {
        let mut history = History::after(&whole_way()[..steps]);
        let status = history.state().status;
        let asked = history.act(&ask());
        assert_eq!(asked.is_ok(), is_allowed, "{steps}");
        if !is_allowed {
            assert_eq!(asked, Err(DossierRefusal::NotInStatus { status }));
        }
        for command in [supply(0, 10), explain(0), send(1, false)] {
            let mut history = History::after(&whole_way()[..steps]);
            assert_eq!(refused(&mut history, &command), DossierRefusal::NotInStatus { status }, "{command:?}");
        }
    }
    let mut history = History::after(&whole_way()[..7]);
    let Command::RequestSupplement { request, .. } = ask() else { unreachable!("it is a request") };
    let today = Command::RequestSupplement { request, respond_by: now().day(), officer: officer() };
    assert_eq!(refused(&mut history, &today), DossierRefusal::DueInThePast);
}

#[test]
fn a_dossier_is_withdrawn_before_there_is_a_result_and_then_nothing_follows() {
    for before in [vec![], vec![accept()], vec![ask()], vec![accept(), ask()]] {
        let mut history = History::after(&[&whole_way()[..7], &before].concat());
        assert_eq!(history.act(&withdraw()), Ok(1), "{before:?}");
        let dossier = history.state();
        assert!(dossier.status == Status::Withdrawn && dossier.status.is_final());
        assert_eq!(dossier.withdrawal.as_ref().unwrap().reason.as_str(), "Tôi nộp nhầm nơi.");
        assert_eq!(dossier.running_due_at(), None);
        assert!(!dossier.was_answered_late(at("2027-01-01 08:00")));
        assert_eq!(refused(&mut history, &withdraw()), DossierRefusal::AlreadyWithdrawn);
        for command in [accept(), refuse(), ask(), finish(), give_back(), supply(0, 10), explain(0), send(1, false)] {
            let refusal = refused(&mut history, &command);
            assert_eq!(refusal, DossierRefusal::NotInStatus { status: Status::Withdrawn }, "{command:?}");
        }
        assert!(matches!(refused(&mut history, &file(2)), DossierRefusal::AlreadyFiled(_)));
    }
    for steps in [6, 9, 10] {
        let mut history = History::after(&whole_way()[..steps]);
        let status = history.state().status;
        assert_eq!(refused(&mut history, &withdraw()), DossierRefusal::NotInStatus { status });
    }
}

#[test]
fn an_answer_that_did_not_come_is_noted_once_for_each_clock() {
    let late = at("2026-11-25 08:00").plus_millis(1);
    let mut history = History::after(&whole_way()[..7]);
    assert_eq!(history.act_at(&Command::NoteAnswerOverdue, at("2026-11-25 08:00")), Ok(0), "it may still come");
    assert_eq!(history.act_at(&Command::NoteAnswerOverdue, late), Ok(1));
    assert_eq!(history.state().answer_overdue_at, Some(late));
    assert_eq!(history.act_at(&Command::NoteAnswerOverdue, late.plus_millis(1)), Ok(0));
    for command in [ask(), explain(0), explain(1), explain(2), send(1, false)] {
        history.act_at(&command, late).unwrap();
    }
    assert_eq!(history.state().answer_overdue_at, None, "another clock runs");
    assert_eq!(history.act_at(&Command::NoteAnswerOverdue, at("2026-11-27 08:01")), Ok(1));
    history.act_at(&refuse(), at("2026-11-27 09:00")).unwrap();
    let refusal = history.act_at(&Command::NoteAnswerOverdue, at("2026-11-27 09:01"));
    assert_eq!(refusal, Err(DossierRefusal::NotInStatus { status: Status::Refused }));
}

#[test]
fn a_request_names_something_and_each_thing_once() {
    let Command::RequestSupplement { request, .. } = ask() else { unreachable!("it is a request") };
    let items = request.items();
    assert_eq!(SupplementRequest::new(vec![], None), Err(SupplementRequestError::Empty));
    let twice = vec![items[0].clone(), items[0].clone()];
    assert_eq!(SupplementRequest::new(twice, None), Err(SupplementRequestError::NamedTwice));
    let in_words = vec![items[2].clone(), items[2].clone()];
    assert!(SupplementRequest::new(in_words, None).is_ok(), "two things in words may look alike");
    let many = vec![items[2].clone(); 51];
    assert_eq!(SupplementRequest::new(many, None), Err(SupplementRequestError::TooMany { max: 50 }));
    assert!(serde_json::from_str::<SupplementRequest>(r#"{"items":[],"legal_ground":null}"#).is_err());
}

#[test]
fn a_dossier_from_before_supplements_reads_as_one_without() {
    let mut json = serde_json::to_value(super::samples::filed()).unwrap();
    for absent in ["supplements", "replaced", "withdrawal", "answer_overdue_at"] {
        assert_eq!(json.as_object_mut().unwrap().remove(absent), None, "{absent} is written only when there is one");
    }
    assert_eq!(serde_json::from_value::<Dossier>(json).unwrap(), super::samples::filed());
}

//! What holds of a dossier under any sequence of acts.

use super::samples::{
    History, accept, ask, attachment, explain, file, finish, give_back, owner, refuse, send, start, supply, withdraw,
};
use super::*;
use crate::ids::AttachmentId;
use proptest::prelude::*;

fn some_command() -> impl Strategy<Value = Command> {
    prop_oneof![
        1 => Just(start()),
        3 => prop_oneof!["Siu", "Kpă Thu"].prop_map(|name| Command::EnterOwner(owner(&name))),
        3 => prop_oneof![Just(Delivery::AtDesk), Just(Delivery::Online)].prop_map(Command::ChooseDelivery),
        4 => (0_u8..6).prop_map(|number| Command::AttachFile(attachment(number))),
        2 => (0_u8..6).prop_map(|number| Command::RemoveFile(attachment(number).id)),
        3 => (1_u32..5).prop_map(file),
        2 => Just(accept()),
        1 => Just(refuse()),
        2 => Just(finish()),
        1 => Just(give_back()),
        2 => Just(ask()),
        2 => (0_u32..4, 10_u8..14).prop_map(|(item, number)| supply(item, number)),
        1 => (10_u8..14).prop_map(|number| Command::TakeBackFile(attachment(number).id)),
        3 => (0_u32..4).prop_map(explain),
        3 => (1_u32..3, any::<bool>()).prop_map(|(number, accepted)| send(number, accepted)),
        1 => Just(withdraw()),
        2 => Just(Command::NoteAnswerOverdue),
    ]
}

/// What must hold of any dossier, whatever was done to it.
fn check_invariants(dossier: &Dossier) {
    let was_filed = dossier.status != Status::Draft;
    assert_eq!(dossier.code.is_some(), was_filed);
    assert_eq!(dossier.secret.is_some(), was_filed);
    assert_eq!(dossier.filed_at.is_some(), was_filed);
    assert_eq!(dossier.answer_due_at.is_some(), was_filed);
    assert_eq!(dossier.holder.is_some(), was_filed);
    if was_filed {
        // Which papers must be there is for whoever knows the procedure.
        assert!(dossier.owner.is_some() && dossier.delivery.is_some());
    }
    let stage = match dossier.open_supplement() {
        Some(open) => open.stage,
        None => dossier.status,
    };
    assert_eq!(dossier.open_supplement().is_some(), dossier.status == Status::AwaitingSupplement);
    let was_accepted = match stage {
        // Either may be withdrawn.
        Status::Withdrawn => dossier.accepted_at.is_some(),
        other => matches!(other, Status::Accepted | Status::Finished | Status::Returned),
    };
    assert_eq!(dossier.accepted_at.is_some(), was_accepted);
    assert_eq!(dossier.withdrawal.is_some(), dossier.status == Status::Withdrawn);
    for sent in dossier.supplements.iter().filter(|supplement| supplement.sent_at.is_some()) {
        assert!(sent.unanswered().is_empty(), "sent without an answer to every item");
    }
    assert_eq!(dossier.due.is_some(), was_accepted);
    let was_finished = matches!(dossier.status, Status::Finished | Status::Returned);
    assert_eq!(dossier.finished_at.is_some(), was_finished);
    assert_eq!(dossier.refusal.is_some(), dossier.status == Status::Refused);
    assert_eq!(dossier.returned_at.is_some(), dossier.status == Status::Returned);
    let mut ids: Vec<AttachmentId> = dossier.all_files().map(|file| file.id).collect();
    let count = ids.len();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), count);
}

proptest! {
    #[test]
    fn any_sequence_of_acts_keeps_the_rules(commands in prop::collection::vec(some_command(), 0..60)) {
        let mut history = History::default();
        for command in &commands {
            let before = history.clone();
            match history.act(command) {
                Ok(count) => {
                    let before_status = before.dossier.as_ref().map(|dossier| dossier.status);
                    prop_assert!(!(count > 0 && before_status.is_some_and(Status::is_final)), "an act after the end");
                    let dossier = history.state();
                    check_invariants(dossier);
                    let was_asked = before_status == Some(Status::AwaitingSupplement);
                    if count > 0 && was_asked && dossier.status == Status::AwaitingSupplement {
                        let old = before.dossier.as_ref().expect("it was asked");
                        prop_assert_eq!(&dossier.attachments, &old.attachments, "only sending changes the files");
                        prop_assert_eq!(&dossier.answers, &old.answers, "only sending changes the answers");
                    }
                    prop_assert_eq!(dossier.version, history.records.len() as u64);
                    prop_assert_eq!(dossier.last_hash, history.records.last().unwrap().hash);
                    if let Some(code) = before.dossier.as_ref().and_then(|dossier| dossier.code.clone()) {
                        prop_assert_eq!(dossier.code.clone(), Some(code), "the code stays");
                    }
                }
                Err(refusal) => {
                    prop_assert_eq!(&history.dossier, &before.dossier);
                    let code = before.dossier.as_ref().and_then(|dossier| dossier.code.clone());
                    if let (Command::File { .. }, Some(code)) = (command, code) {
                        prop_assert_eq!(refusal, DossierRefusal::AlreadyFiled(code));
                    }
                }
            }
        }
        prop_assert_eq!(verify_chain(&history.records), Ok(()));
        if let Some(dossier) = &history.dossier {
            prop_assert_eq!(&replay(&history.records).unwrap(), dossier);
            let json = serde_json::to_string(dossier).unwrap();
            prop_assert_eq!(&serde_json::from_str::<Dossier>(&json).unwrap(), dossier);
            let json = serde_json::to_string(&history.records).unwrap();
            let stored: Vec<Recorded> = serde_json::from_str(&json).unwrap();
            prop_assert_eq!(&stored, &history.records);
            prop_assert_eq!(verify_chain(&stored), Ok(()));
        }
    }
}

//! What a dossier allows, by example and by random sequences of acts.

use super::samples::{
    History, accept, after_steps, attachment, code, dossier_id, due_date, file, filed, finish,
    give_back, now, officer, owner, refuse, start, start_with_components, whole_way,
};
use super::*;
use crate::deadline::fixture::at;
use crate::ids::{AttachmentId, DossierId, Hash};
use proptest::prelude::*;

fn refused(history: &mut History, command: &Command) -> DossierRefusal {
    history.act(command).unwrap_err()
}

#[test]
fn a_dossier_goes_from_draft_to_returned() {
    let statuses: Vec<Status> = (1..=10).map(|count| after_steps(count).status).collect();
    use Status::{Accepted, Draft, Filed, Finished, Returned};
    assert_eq!(
        statuses,
        [
            Draft, Draft, Draft, Draft, Draft, Draft, Filed, Accepted, Finished, Returned
        ]
    );
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
    assert_eq!(
        dossier.refusal.as_ref().unwrap().items(),
        ["Thiếu Giấy chứng sinh"]
    );
    assert_eq!(
        refused(&mut history, &accept()),
        DossierRefusal::NotInStatus {
            status: Status::Refused
        }
    );
}

#[test]
fn filing_twice_files_once_with_the_same_code() {
    let mut history = History::after(&whole_way()[..7]);
    assert_eq!(
        refused(&mut history, &file(2)),
        DossierRefusal::AlreadyFiled(code(1))
    );
    history.act(&accept()).unwrap();
    assert_eq!(
        refused(&mut history, &file(3)),
        DossierRefusal::AlreadyFiled(code(1))
    );
    history.act(&finish()).unwrap();
    history.act(&give_back()).unwrap();
    assert_eq!(
        refused(&mut history, &file(4)),
        DossierRefusal::AlreadyFiled(code(1))
    );
}

#[test]
fn what_is_missing_is_named_when_filing() {
    let way = whole_way();
    let mut history = History::after(&way[..1]);
    assert_eq!(
        refused(&mut history, &file(1)),
        DossierRefusal::OwnerMissing
    );
    history.act(&way[1]).unwrap();
    assert_eq!(
        refused(&mut history, &file(1)),
        DossierRefusal::DeliveryMissing
    );
    history.act(&way[2]).unwrap();
    assert_eq!(refused(&mut history, &file(1)), DossierRefusal::NoFile);
    history.act(&way[3]).unwrap();
    history.act(&Command::RemoveFile(attachment(1).id)).unwrap();
    assert_eq!(refused(&mut history, &file(1)), DossierRefusal::NoFile);
    history.act(&way[4]).unwrap();
    history.act(&file(1)).unwrap();
}

#[test]
fn a_procedure_without_documents_is_filed_without_files() {
    let mut history = History::after(&[start_with_components(0)]);
    history.act(&whole_way()[1]).unwrap();
    history.act(&whole_way()[2]).unwrap();
    history.act(&file(1)).unwrap();
    assert_eq!(history.state().status, Status::Filed);
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
        assert_eq!(
            refused(&mut history, &command),
            DossierRefusal::NotInStatus {
                status: Status::Filed
            }
        );
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
        assert_eq!(
            refused(&mut history, &command),
            DossierRefusal::NotInStatus { status },
            "{steps}"
        );
    }
}

#[test]
fn a_draft_is_started_once_and_nothing_comes_before() {
    let mut history = History::default();
    assert_eq!(refused(&mut history, &file(1)), DossierRefusal::NotStarted);
    history.act(&start()).unwrap();
    assert_eq!(
        refused(&mut history, &start()),
        DossierRefusal::AlreadyStarted
    );
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
    let empty = Attachment {
        size: 0,
        ..attachment(5)
    };
    assert_eq!(
        refused(&mut history, &Command::AttachFile(empty.clone())),
        DossierRefusal::EmptyFile
    );
    let other = Attachment {
        hash: Hash::of(b"other"),
        ..attachment(1)
    };
    assert_eq!(
        refused(&mut history, &Command::AttachFile(other)),
        DossierRefusal::FileIdTaken
    );
    let unknown = AttachmentId::from_bytes([99; 16]);
    assert_eq!(
        refused(&mut history, &Command::RemoveFile(unknown)),
        DossierRefusal::UnknownFile
    );

    let mut accepted = History::after(&whole_way()[..8]);
    let result = |results, note: Option<&str>| Command::Finish {
        results,
        note: note.map(str::to_owned),
        officer: officer(),
    };
    assert_eq!(
        refused(&mut accepted, &result(vec![], None)),
        DossierRefusal::NoResult
    );
    assert_eq!(
        refused(&mut accepted, &result(vec![], Some("  "))),
        DossierRefusal::NoResult
    );
    assert_eq!(
        refused(&mut accepted, &result(vec![empty], None)),
        DossierRefusal::EmptyFile
    );
    assert_eq!(
        refused(&mut accepted, &result(vec![attachment(2)], None)),
        DossierRefusal::FileIdTaken
    );
    let twice = vec![attachment(6), attachment(6)];
    assert_eq!(
        refused(&mut accepted, &result(twice, None)),
        DossierRefusal::FileIdTaken
    );
    assert_eq!(
        accepted.act(&result(vec![], Some("Giấy khai sinh số 12"))),
        Ok(1)
    );
    assert_eq!(
        accepted.state().result_note.as_deref(),
        Some("Giấy khai sinh số 12")
    );
}

#[test]
fn a_dossier_holds_a_hundred_files() {
    let mut history = History::after(&whole_way()[..3]);
    for number in 0..100 {
        history
            .act(&Command::AttachFile(attachment(number)))
            .unwrap();
    }
    let one_more = Command::AttachFile(attachment(100));
    assert_eq!(
        refused(&mut history, &one_more),
        DossierRefusal::TooManyFiles {
            max: MAX_ATTACHMENTS
        }
    );
}

#[test]
fn a_clock_that_has_run_out_is_not_started() {
    let mut history = History::after(&whole_way()[..6]);
    let late = at("2026-11-30 08:00");
    assert_eq!(
        history.act_at(&file(1), late),
        Err(DossierRefusal::DueInThePast)
    );
    history.act(&file(1)).unwrap();
    assert_eq!(
        history.act_at(&accept(), late),
        Err(DossierRefusal::DueInThePast)
    );
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
    assert!(
        !accepted.was_answered_late(at("2027-01-01 08:00")),
        "it was answered in time"
    );
    assert!(accepted.is_late(at("2027-01-01 08:00")));
    assert!(
        !after_steps(9).is_late(at("2027-01-01 08:00")),
        "it was finished in time"
    );
    assert_eq!(after_steps(3).running_due_at(), None);
    assert_eq!(after_steps(10).running_due_at(), None);
}

#[test]
fn someone_holds_every_dossier_that_was_filed() {
    assert_eq!(after_steps(6).holder, None);
    let holder = filed().holder.unwrap();
    assert_eq!(
        (holder.agency.code.as_str(), holder.officer),
        ("H21.58", None)
    );
    let accepted = after_steps(8);
    assert_eq!(accepted.holder.as_ref().unwrap().officer, Some(officer()));
    assert_eq!(
        after_steps(9).holder,
        accepted.holder,
        "the same officer keeps the earlier time"
    );
}

#[test]
fn refusals_need_sentences() {
    use RefusalReasonsError::{ControlCharacter, Empty, TooLong, TooMany};
    let none: [&str; 0] = [];
    assert_eq!(RefusalReasons::new(&none, None), Err(Empty));
    assert_eq!(RefusalReasons::new(&[" ", "\n"], Some("x")), Err(Empty));
    assert_eq!(RefusalReasons::new(&["a\0"], None), Err(ControlCharacter));
    assert_eq!(
        RefusalReasons::new(&["a".repeat(2_001)], None),
        Err(TooLong { max: 2_000 })
    );
    assert_eq!(
        RefusalReasons::new(&["a"; 31], None),
        Err(TooMany { max: 30 })
    );
    let reasons = RefusalReasons::new(&[" Thiếu chữ ký ", ""], Some("  ")).unwrap();
    assert_eq!(
        (reasons.items(), reasons.legal_ground()),
        (&["Thiếu chữ ký".to_owned()][..], None)
    );
    assert!(serde_json::from_str::<RefusalReasons>(r#"{"items":[],"legal_ground":null}"#).is_err());
}

#[test]
fn a_status_has_its_number_for_other_portals() {
    let codes: Vec<Option<u8>> = Status::ALL
        .iter()
        .map(|status| status.wire_code())
        .collect();
    assert_eq!(codes, [None, Some(1), Some(2), Some(3), Some(9), Some(10)]);
}

#[test]
fn the_word_of_an_event_is_the_tag_of_its_json() {
    let mut history = History::after(&whole_way());
    history
        .records
        .extend(History::after(&[&whole_way()[..7], &[refuse()]].concat()).records);
    for recorded in history.records {
        let json = serde_json::to_value(&recorded.event).unwrap();
        assert_eq!(json["kind"], recorded.event.kind());
    }
}

#[test]
fn the_first_record_of_a_known_dossier_has_a_known_hash() {
    // Anyone can recompute it: SHA-256 of the record's JSON without "hash", names sorted, no spaces.
    let history = History::after(&[start()]);
    let canonical = concat!(
        r#"{"actor":{"id":"01010101010101010101010101010101","name":"Siu H'Bia","who":"account"},"#,
        r#""at":1795395600000,"dossier_id":"07070707070707070707070707070707","#,
        r#""event":{"agency":{"code":"H21.58","name":"UBND huyện Ia Grai"},"channel":"online","#,
        r#""filer":"01010101010101010101010101010101","id":"07070707070707070707070707070707","#,
        r#""kind":"draft_started","procedure":{"catalogue_version":"2026-07-19","code":"1.001193","#,
        r#""component_count":2,"name":"Đăng ký khai sinh"}},"#,
        r#""previous_hash":"0000000000000000000000000000000000000000000000000000000000000000","#,
        r#""rule_version":"2026-11-01","seq":1}"#,
    );
    assert_eq!(history.records[0].hash, Hash::of(canonical.as_bytes()));
}

#[test]
fn removed_added_and_swapped_records_are_found() {
    let records = History::after(&whole_way()).records;
    assert_eq!(verify_chain(&records), Ok(()));
    assert_eq!(verify_chain(&[]), Ok(()));
    for index in 0..records.len() - 1 {
        let mut shorter = records.clone();
        shorter.remove(index);
        assert!(verify_chain(&shorter).is_err(), "record {index} removed");
        let mut swapped = records.clone();
        swapped.swap(index, index + 1);
        assert!(verify_chain(&swapped).is_err(), "record {index} swapped");
        let mut doubled = records.clone();
        doubled.insert(index, records[index].clone());
        assert!(verify_chain(&doubled).is_err(), "record {index} doubled");
    }
}

#[test]
fn a_rewritten_record_breaks_the_link_of_the_next() {
    let mut records = History::after(&whole_way()).records;
    let act = Act {
        dossier_id: dossier_id(),
        at: now(),
        actor: Actor::System,
        rule_version: "forged".to_owned(),
    };
    records[3] = record(records[2].hash, 4, &act, records[3].event.clone());
    assert_eq!(
        verify_chain(&records),
        Err(ChainFault {
            seq: 5,
            kind: ChainFaultKind::Link
        })
    );
}

#[test]
fn events_that_are_no_history_are_told() {
    let records = History::after(&whole_way()).records;
    assert_eq!(replay(&[]), Err(ReplayError::Empty));
    assert_eq!(replay(&records[1..]), Err(ReplayError::NotStarted));
    let gap = [records[0].clone(), records[2].clone()];
    assert_eq!(
        replay(&gap),
        Err(ReplayError::WrongPlace {
            expected: 2,
            found: 3
        })
    );
    let again = Recorded {
        seq: 2,
        ..records[0].clone()
    };
    assert_eq!(
        replay(&[records[0].clone(), again]),
        Err(ReplayError::StartedTwice { seq: 2 })
    );
    let other = Recorded {
        dossier_id: DossierId::from_bytes([8; 16]),
        ..records[1].clone()
    };
    assert_eq!(
        replay(&[records[0].clone(), other]),
        Err(ReplayError::OtherDossier { seq: 2 })
    );
}

/// Every place in a JSON value, as a path.
fn leaves(value: &serde_json::Value, path: &str, found: &mut Vec<String>) {
    match value {
        serde_json::Value::Object(fields) => {
            for (name, member) in fields {
                leaves(member, &format!("{path}/{name}"), found);
            }
        }
        serde_json::Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                leaves(item, &format!("{path}/{index}"), found);
            }
        }
        _ => found.push(path.to_owned()),
    }
}

/// Another value of the same kind, so that the record still reads.
fn tampered(value: &serde_json::Value) -> Vec<serde_json::Value> {
    use serde_json::{Value, json};
    match value {
        Value::Number(number) => vec![json!(number.as_i64().unwrap() + 1)],
        Value::String(text) => {
            let mut others = vec![json!(format!("{text}x"))];
            if let Some(last) = text.chars().last() {
                let next = if last == '1' { '2' } else { '1' };
                let kept: String = text.chars().take(text.chars().count() - 1).collect();
                others.push(json!(format!("{kept}{next}")));
            }
            others
        }
        Value::Bool(flag) => vec![json!(!flag)],
        _ => vec![json!("x"), json!("1975"), json!("ten@example.vn")],
    }
}

#[test]
fn a_change_to_any_field_of_any_record_is_found() {
    let mut commands = whole_way();
    commands.truncate(7);
    let refused = History::after(&[commands, vec![refuse()]].concat()).records;
    let mut changed = 0;
    for records in [History::after(&whole_way()).records, refused] {
        for (index, recorded) in records.iter().enumerate() {
            let json = serde_json::to_value(recorded).unwrap();
            let mut places = Vec::new();
            leaves(&json, "", &mut places);
            for place in places {
                for other in tampered(json.pointer(&place).unwrap()) {
                    let mut copy = json.clone();
                    *copy.pointer_mut(&place).unwrap() = other;
                    // What doesn't read any more is found without a hash.
                    let Ok(forged) = serde_json::from_value::<Recorded>(copy) else {
                        continue;
                    };
                    if forged == *recorded {
                        continue;
                    }
                    let mut chain = records.clone();
                    chain[index] = forged;
                    assert!(verify_chain(&chain).is_err(), "{place} of record {index}");
                    changed += 1;
                }
            }
        }
    }
    assert!(changed > 150, "only {changed} forgeries could be read");
}

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
        assert!(
            dossier.owner.is_some()
                && dossier.delivery.is_some()
                && !dossier.attachments.is_empty()
        );
    }
    let was_accepted = matches!(
        dossier.status,
        Status::Accepted | Status::Finished | Status::Returned
    );
    assert_eq!(dossier.accepted_at.is_some(), was_accepted);
    assert_eq!(dossier.due.is_some(), was_accepted);
    let was_finished = matches!(dossier.status, Status::Finished | Status::Returned);
    assert_eq!(dossier.finished_at.is_some(), was_finished);
    assert_eq!(dossier.refusal.is_some(), dossier.status == Status::Refused);
    assert_eq!(
        dossier.returned_at.is_some(),
        dossier.status == Status::Returned
    );
    let mut ids: Vec<AttachmentId> = dossier.attachments.iter().map(|file| file.id).collect();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), dossier.attachments.len());
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
                    prop_assert_eq!(dossier.version, history.records.len() as u64);
                    prop_assert_eq!(dossier.last_hash, history.records.last().unwrap().hash);
                    if let Some(code) = before.dossier.as_ref().and_then(|dossier| dossier.code.clone()) {
                        prop_assert_eq!(dossier.code.clone(), Some(code), "the code stays");
                    }
                }
                Err(refusal) => {
                    prop_assert_eq!(&history.dossier, &before.dossier);
                    if let (Command::File { .. }, Some(dossier)) = (command, &before.dossier) {
                        if let Some(code) = &dossier.code {
                            prop_assert_eq!(refusal, DossierRefusal::AlreadyFiled(code.clone()));
                        }
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

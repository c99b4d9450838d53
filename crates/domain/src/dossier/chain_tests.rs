//! What the chain of hashes finds.

use super::samples::{History, dossier_id, now, refuse, start, whole_way};
use super::*;
use crate::ids::{DossierId, Hash};

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
    let act = Act { dossier_id: dossier_id(), at: now(), actor: Actor::System, rule_version: "forged".to_owned() };
    records[3] = record(records[2].hash, 4, &act, records[3].event.clone());
    assert_eq!(verify_chain(&records), Err(ChainFault { seq: 5, kind: ChainFaultKind::Link }));
}

#[test]
fn events_that_are_no_history_are_told() {
    let records = History::after(&whole_way()).records;
    assert_eq!(replay(&[]), Err(ReplayError::Empty));
    assert_eq!(replay(&records[1..]), Err(ReplayError::NotStarted));
    let gap = [records[0].clone(), records[2].clone()];
    assert_eq!(replay(&gap), Err(ReplayError::WrongPlace { expected: 2, found: 3 }));
    let again = Recorded { seq: 2, ..records[0].clone() };
    assert_eq!(replay(&[records[0].clone(), again]), Err(ReplayError::StartedTwice { seq: 2 }));
    let other = Recorded { dossier_id: DossierId::from_bytes([8; 16]), ..records[1].clone() };
    assert_eq!(replay(&[records[0].clone(), other]), Err(ReplayError::OtherDossier { seq: 2 }));
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

//! What holds of every receipt.

use super::*;
use crate::canonical::canonical;
use crate::dossier::samples::{History, file, whole_way};
use crate::ids::Hash;
use proptest::prelude::*;
use serde_json::{Value, json};

const SEED: Seed = Seed::from_bytes([5; 32]);

fn portal() -> NamedPortal {
    NamedPortal { url: "https://dichvucong.vi-du.example".to_owned(), name: "Cổng thử".to_owned() }
}

fn receipt() -> SignedReceipt {
    let records = History::after(&whole_way()).records;
    let (filed, filing) = Manifest::filing_of(&records).unwrap();
    let manifest = Manifest::of(&filed, filing, portal(), &SEED).unwrap();
    let opened = open_all(&entered(&filed, &filing.actor), &SEED);
    SignedReceipt { manifest, opened, signature: "header..signature".to_owned() }
}

#[test]
fn the_same_log_gives_the_same_manifest_whatever_followed() {
    let whole = receipt().manifest;
    let place = whole_way().iter().position(|command| *command == file(1)).expect("it is filed on the way");
    let records = History::after(&whole_way()[..=place]).records;
    let (filed, filing) = Manifest::filing_of(&records).unwrap();
    assert_eq!(Manifest::of(&filed, filing, portal(), &SEED).unwrap(), whole);
    assert_eq!(Manifest::filing_of(&records[..records.len() - 1]), None);
    assert_eq!(Manifest::of(&filed, &records[0], portal(), &SEED), None);
}

#[test]
fn a_manifest_says_what_arrived_and_nothing_about_anybody() {
    let receipt = receipt();
    let text = receipt.manifest.canonical();
    for told in
        ["1.001193", "2026-07-19", "H21.58", "2026-11-25T08:00:00.000+07:00", "motcua-receipt/1", "/owner/address"]
    {
        assert!(text.contains(told), "{told}");
    }
    for hidden in ["Siu H'Bia", "064090001234", "0912345678", "912345678", "Làng Jut", "to-khai-2.pdf", "7KP3"] {
        assert!(!text.contains(hidden), "{hidden}");
        assert!(!receipt.clone().without_values().to_text().contains(hidden), "{hidden}");
    }
    assert!(receipt.to_text().contains("Siu H'Bia"));
}

#[test]
fn anybody_can_recompute_a_field() {
    let field = receipt().opened.iter().find(|opened| opened.path == "/owner/address").unwrap().clone();
    let Value::String(salt) = serde_json::to_value(&field.salt).unwrap() else { panic!("a salt is a text") };
    let hashed = format!(r#"["{salt}","/owner/address","Làng Jut, xã Ia Dêr"]"#);
    assert_eq!(field.field().hash, Hash::of(hashed.as_bytes()));
}

#[test]
fn fields_that_are_shown_are_judged_one_by_one() {
    let mut receipt = receipt();
    let (judged, hidden) = receipt.judge_fields();
    assert!(judged.iter().all(|(_, is_right)| *is_right) && hidden == 0);
    assert_eq!(receipt.clone().without_values().judge_fields(), (Vec::new(), judged.len()));
    receipt.opened.remove(0);
    receipt.opened[1].value = json!("another");
    receipt.opened[2].path = "/none".to_owned();
    let (judged, hidden) = receipt.judge_fields();
    let wrong: Vec<_> =
        judged.iter().enumerate().filter(|(_, (_, is_right))| !is_right).map(|(place, _)| place).collect();
    assert_eq!((wrong, hidden), (vec![1, 2], 2));
}

#[test]
fn every_leaf_is_a_field_of_its_own() {
    let entered = json!({
        "a/b": {"~": [1, [], {}]}, "none": null, "yes": true, "area": 120.5, "huge": 18_446_744_073_709_551_615_u64,
    });
    let found: Vec<_> = open_all(&entered, &SEED).into_iter().map(|field| (field.path, field.value)).collect();
    let expected = [
        ("/area", json!("120.5")),
        ("/a~1b/~0/0", json!(1)),
        ("/a~1b/~0/1", json!([])),
        ("/a~1b/~0/2", json!({})),
        ("/huge", json!("18446744073709551615")),
        ("/none", json!(null)),
        ("/yes", json!(true)),
    ];
    assert_eq!(found, expected.map(|(path, value)| (path.to_owned(), value)));
}

#[test]
fn one_salt_leads_to_no_other() {
    let (one, other) = (Seed::from_bytes([5; 32]), Seed::from_bytes([6; 32]));
    let entered = json!({"a": "x", "b": "x"});
    let salts = |seed: &Seed| open_all(&entered, seed).into_iter().map(|field| field.salt).collect::<Vec<_>>();
    assert_eq!(salts(&one), salts(&one));
    let all = [salts(&one), salts(&other)].concat();
    let different: std::collections::BTreeSet<_> = all.iter().map(|salt| format!("{salt:?}")).collect();
    assert_eq!(different.len(), 4);
    assert_eq!(format!("{one:?}"), "Seed(…)");
}

#[test]
fn what_is_no_receipt_is_told() {
    let text = receipt().to_text();
    let deep = format!("{}1{}", "[".repeat(100_000), "]".repeat(100_000));
    let cases: [(&[u8], ReceiptError); 10] = [
        (b"", ReceiptError::Empty),
        (b" \r\n", ReceiptError::Empty),
        (b"\xff\xfe{", ReceiptError::NotText),
        (b"%PDF-1.7", ReceiptError::NotJson),
        (&text.as_bytes()[..text.len() - 1], ReceiptError::NotJson),
        (deep.as_bytes(), ReceiptError::TooDeep),
        (b"[]", ReceiptError::OtherForm),
        (b"{\"manifest\":{}}", ReceiptError::OtherForm),
        (&[b' '; SignedReceipt::MAX_BYTES + 1], ReceiptError::TooLarge),
        (b"1e999", ReceiptError::NotJson),
    ];
    for (bytes, expected) in cases {
        assert_eq!(
            SignedReceipt::read(bytes),
            Err(expected),
            "{}",
            String::from_utf8_lossy(&bytes[..bytes.len().min(40)])
        );
    }
    let other = text.replace("motcua-receipt/1", "motcua-receipt/2");
    assert_eq!(SignedReceipt::read(other.as_bytes()), Err(ReceiptError::OtherForm));
    let more = text.replacen("\"manifest\":{", "\"manifest\":{\"x\":1,", 1);
    assert_eq!(SignedReceipt::read(more.as_bytes()), Err(ReceiptError::OtherForm));
}

#[test]
fn the_one_form_is_known_from_all_others() {
    let text = receipt().to_text();
    let is_exact = |text: &str| SignedReceipt::read(text.as_bytes()).map(|(_, is_exact)| is_exact);
    for same in [text.clone(), format!("\u{feff}{text}\r\n")] {
        assert_eq!(SignedReceipt::read(same.as_bytes()), Ok((receipt(), true)));
    }
    let value: Value = serde_json::from_str(&text).unwrap();
    assert_eq!(is_exact(&serde_json::to_string_pretty(&value).unwrap()), Ok(false));
    assert_eq!(is_exact(&text.replacen("\"code\":", "\"code\": ", 1)), Ok(false));
    assert_eq!(is_exact(&text.replacen("Siu", "\\u0053iu", 1)), Ok(false));
    // The later of two members with one name counts for us, and the first for another reader.
    let doubled = text.replacen("{\"manifest\"", "{\"signature\":\"other\",\"manifest\"", 1);
    assert!(is_exact(&doubled) != Ok(true));
    let doubled = text.replacen("\"value\":", "\"value\":\"\",\"value\":", 1);
    assert!(is_exact(&doubled) != Ok(true));
    for number in ["1002.0", "1.002e3", "1002.00000000000000001"] {
        assert!(is_exact(&text.replacen(":1002}", &format!(":{number}}}"), 1)) != Ok(true), "{number}");
    }
}

#[test]
fn a_changed_byte_anywhere_shows() {
    // The signature itself stands for the manifest: what is not found here is found by it.
    let original = receipt();
    let text = original.to_text();
    for place in 0..text.len() {
        for change in [1_u8, 2, 32] {
            let mut bytes = text.clone().into_bytes();
            bytes[place] ^= change;
            let Ok((read, true)) = SignedReceipt::read(&bytes) else { continue };
            let signed_differs = read.manifest.canonical() != original.manifest.canonical();
            let signature_differs = read.signature != original.signature;
            let value_differs = read.judge_fields().0.iter().any(|(_, is_right)| !is_right);
            assert!(
                signed_differs || signature_differs || value_differs,
                "byte {place}: {}",
                String::from_utf8_lossy(&bytes)
            );
        }
    }
}

fn some_entered() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        any::<String>().prop_map(Value::from),
    ];
    leaf.prop_recursive(3, 24, 5, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..5).prop_map(Value::from),
            prop::collection::vec(("[a-z/~é]{0,3}", inner), 0..5)
                .prop_map(|members| Value::Object(members.into_iter().collect())),
        ]
    })
}

proptest! {
    #[test]
    fn fields_are_the_same_in_whatever_order_they_were_entered(entered in some_entered()) {
        let again: Value = serde_json::from_str(&canonical(&entered)).unwrap();
        let (one, other) = (fields_of(&entered, &SEED), fields_of(&again, &SEED));
        let paths: Vec<_> = one.iter().map(|field| field.path.clone()).collect();
        prop_assert_eq!(&paths, &other.iter().map(|field| field.path.clone()).collect::<Vec<_>>());
        let mut sorted = paths.clone();
        sorted.sort();
        sorted.dedup();
        prop_assert_eq!(sorted, paths);
    }

    #[test]
    fn another_leaf_is_another_field_and_the_rest_stay(entered in some_entered(), pick in any::<prop::sample::Index>()) {
        let mut opened = open_all(&entered, &SEED);
        let before: Vec<_> = opened.iter().map(OpenedField::field).collect();
        let place = pick.index(opened.len());
        let other = json!([canonical(&opened[place].value)]);
        opened[place].value = other;
        let after: Vec<_> = opened.iter().map(OpenedField::field).collect();
        for (index, (before, after)) in before.iter().zip(&after).enumerate() {
            prop_assert_eq!(before == after, index != place);
        }
    }

    #[test]
    fn whatever_is_read_is_judged_without_a_panic(bytes in prop::collection::vec(any::<u8>(), 0..400), place in any::<prop::sample::Index>()) {
        let _ = SignedReceipt::read(&bytes);
        let mut text = receipt().to_text().into_bytes();
        let place = place.index(text.len());
        text.splice(place..place, bytes);
        let _ = SignedReceipt::read(&text);
    }
}

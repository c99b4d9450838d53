//! JSON in the one form that is hashed and signed (RFC 8785): no spaces, the members of every object in a fixed order.

use serde_json::Value;
use std::fmt::Write;

/// The greatest whole number that every reader of JSON knows exactly: 2^53 − 1.
pub const MAX_WHOLE: u64 = (1 << 53) - 1;

/// The canonical text of a value; members stand in the order of their names' UTF-16 code units, whatever order the map keeps.
///
/// It is RFC 8785's for texts, truth values and whole numbers; see [`has_plain_numbers`] for the others.
pub fn canonical(value: &Value) -> String {
    let mut text = String::new();
    write_canonical(value, &mut text);
    text
}

/// Whether all numbers are whole and within ±[`MAX_WHOLE`]: two programs may not agree about how to write any other.
pub fn has_plain_numbers(value: &Value) -> bool {
    match value {
        Value::Number(number) => {
            number.as_u64().or(number.as_i64().map(i64::unsigned_abs)).is_some_and(|size| size <= MAX_WHOLE)
        }
        Value::Array(items) => items.iter().all(has_plain_numbers),
        Value::Object(members) => members.values().all(has_plain_numbers),
        Value::Null | Value::Bool(_) | Value::String(_) => true,
    }
}

fn write_canonical(value: &Value, out: &mut String) {
    match value {
        Value::Object(members) => {
            let mut sorted: Vec<_> = members.iter().collect();
            sorted.sort_by(|(one, _), (other, _)| one.encode_utf16().cmp(other.encode_utf16()));
            out.push('{');
            for (index, (name, member)) in sorted.into_iter().enumerate() {
                if index > 0 {
                    out.push(',');
                }
                write_canonical(&Value::String(name.clone()), out);
                out.push(':');
                write_canonical(member, out);
            }
            out.push('}');
        }
        Value::Array(items) => {
            out.push('[');
            for (index, item) in items.iter().enumerate() {
                if index > 0 {
                    out.push(',');
                }
                write_canonical(item, out);
            }
            out.push(']');
        }
        scalar => write!(out, "{scalar}").expect("writing to a string does not fail"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use serde_json::json;

    #[test]
    fn texts_and_names_are_written_as_rfc_8785_shows() {
        // RFC 8785, 3.2.3 (order of names) and 3.2.2.2 (texts).
        let names = json!({
            "\u{20ac}": "Euro Sign", "\r": "Carriage Return", "\u{fb33}": "Hebrew Letter Dalet With Dagesh", "1": "One",
            "\u{1f600}": "Emoji: Grinning Face", "\u{80}": "Control", "\u{f6}": "Latin Small Letter O With Diaeresis",
        });
        let expected = concat!(
            r#"{"\r":"Carriage Return","1":"One",""#,
            "\u{80}\":\"Control\",\"\u{f6}\":\"Latin Small Letter O With Diaeresis\",\"\u{20ac}\":\"Euro Sign\",",
            "\"\u{1f600}\":\"Emoji: Grinning Face\",\"\u{fb33}\":\"Hebrew Letter Dalet With Dagesh\"}"
        );
        assert_eq!(canonical(&names), expected);
        let text = json!("\u{20ac}$\u{f}\nA'B\"\\\\\"/");
        assert_eq!(canonical(&text), r#""€$\u000f\nA'B\"\\\\\"/""#);
        assert_eq!(
            canonical(&json!({"literals": [null, true, false], "n": [0, -7]})),
            r#"{"literals":[null,true,false],"n":[0,-7]}"#
        );
    }

    #[test]
    fn only_whole_numbers_that_everybody_knows_are_plain() {
        for plain in ["0", "-1", "9007199254740991", "-9007199254740991", r#"["1.5",{"a":3}]"#] {
            assert!(has_plain_numbers(&serde_json::from_str(plain).unwrap()), "{plain}");
        }
        for other in ["1.0", "-0", "1e3", "0.5", "9007199254740992", "-9007199254740992", r#"{"a":[1e30]}"#] {
            assert!(!has_plain_numbers(&serde_json::from_str(other).unwrap()), "{other}");
        }
    }

    /// JSON of any shape, with plain numbers.
    fn any_json() -> impl Strategy<Value = Value> {
        let scalar = prop_oneof![
            Just(Value::Null),
            any::<bool>().prop_map(Value::from),
            any::<i32>().prop_map(Value::from),
            any::<String>().prop_map(Value::from),
        ];
        scalar.prop_recursive(4, 40, 6, |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..6).prop_map(Value::from),
                prop::collection::vec((any::<String>(), inner), 0..6)
                    .prop_map(|members| Value::Object(members.into_iter().collect())),
            ]
        })
    }

    /// The same value in a form that nobody hashes: members backwards, spaces everywhere.
    fn otherwise(value: &Value) -> String {
        match value {
            Value::Object(members) => {
                let members = members.iter().rev();
                let members =
                    members.map(|(name, member)| format!("{} : {}", Value::from(name.as_str()), otherwise(member)));
                format!("{{\n{} }}", members.collect::<Vec<_>>().join(" ,\t"))
            }
            Value::Array(items) => format!("[ {} ]", items.iter().map(otherwise).collect::<Vec<_>>().join(" , ")),
            scalar => format!(" {scalar} "),
        }
    }

    proptest! {
        #[test]
        fn one_value_has_one_form_whatever_form_it_came_in(value in any_json()) {
            let form = canonical(&value);
            let read: Value = serde_json::from_str(&form).unwrap();
            prop_assert_eq!(&read, &value);
            prop_assert_eq!(canonical(&read), form.clone());
            let read: Value = serde_json::from_str(&otherwise(&value)).unwrap();
            prop_assert_eq!(canonical(&read), form);
        }

        #[test]
        fn two_values_never_share_a_form(one in any_json(), other in any_json()) {
            prop_assert_eq!(canonical(&one) == canonical(&other), one == other);
        }
    }
}

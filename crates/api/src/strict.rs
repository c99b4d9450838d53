//! JSON from programs, read strictly: a name once, nothing too deep, nothing unknown, every fault with its place.

use std::collections::BTreeMap;
use std::fmt;

use axum::body::Bytes;
use axum::http::HeaderMap;
use axum::http::header::CONTENT_TYPE;
use serde::de::{DeserializeSeed, Error, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Number, Value};
use web::i18n::{TextKey, Texts};

use crate::problem::{FieldFault, INVALID, NOT_JSON, OTHER_TYPE, Refused};

/// How deep lists and objects may lie in one another: an answer is a table of rows at most.
const DEEPEST: usize = 12;

/// The object that stands in a body.
pub(crate) fn read_object(headers: &HeaderMap, body: &Bytes, t: &Texts) -> Result<Map<String, Value>, Refused> {
    let kind = headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let kind = kind.split(';').next().unwrap_or_default().trim();
    if !kind.eq_ignore_ascii_case("application/json") {
        return Err(OTHER_TYPE.refused(t));
    }
    match parse(body) {
        Some(Value::Object(object)) => Ok(object),
        _ => Err(NOT_JSON.refused(t)),
    }
}

/// One value, when it is JSON in which no name comes twice and nothing lies too deep.
fn parse(bytes: &[u8]) -> Option<Value> {
    let mut reader = serde_json::Deserializer::from_slice(bytes);
    let value = Strict { deeper: DEEPEST }.deserialize(&mut reader).ok()?;
    reader.end().ok().map(|()| value)
}

/// Faults of a body, gathered while it is read.
pub(crate) struct Faults {
    found: Vec<FieldFault>,
    t: &'static Texts,
}

impl Faults {
    /// None so far.
    pub(crate) fn new(t: &'static Texts) -> Self {
        Self { found: Vec::new(), t }
    }

    /// Refuses the part at this place with the text of this key.
    pub(crate) fn refuse(&mut self, pointer: String, key: TextKey) {
        let detail = self.t.k(key).to_owned();
        self.refuse_with(pointer, detail);
    }

    /// The same with a finished sentence.
    pub(crate) fn refuse_with(&mut self, pointer: String, detail: String) {
        self.found.push(FieldFault { pointer, detail });
    }

    /// The answer, when something is wrong.
    pub(crate) fn end(self) -> Result<(), Refused> {
        if self.found.is_empty() {
            return Ok(());
        }
        let mut document = INVALID.document(self.t);
        document.errors = self.found;
        Err(document.into())
    }
}

/// An object that is read name by name; what is left is refused by name.
pub(crate) struct Reader {
    pointer: String,
    object: Map<String, Value>,
}

impl Reader {
    /// The object at this place; the pointer of a whole body is empty.
    pub(crate) fn new(pointer: &str, object: Map<String, Value>) -> Self {
        Self { pointer: pointer.to_owned(), object }
    }

    /// The value of a name, whatever it is.
    pub(crate) fn take(&mut self, name: &str) -> Option<Value> {
        self.object.remove(name)
    }

    /// A text; nothing when it is absent or null.
    pub(crate) fn text(&mut self, name: &str, faults: &mut Faults) -> Option<String> {
        match self.object.remove(name) {
            None | Some(Value::Null) => None,
            Some(Value::String(text)) => Some(text),
            Some(_) => {
                faults.refuse(self.place(name), TextKey("api-fault-text"));
                None
            }
        }
    }

    /// A text that must be there.
    pub(crate) fn needed_text(&mut self, name: &str, faults: &mut Faults) -> Option<String> {
        if matches!(self.object.get(name), None | Some(Value::Null)) {
            faults.refuse(self.place(name), TextKey("api-fault-missing"));
        }
        self.text(name, faults)
    }

    /// An object; nothing when it is absent.
    pub(crate) fn object(&mut self, name: &str, faults: &mut Faults) -> Option<Reader> {
        let place = self.place(name);
        match self.object.remove(name)? {
            Value::Object(object) => Some(Reader::new(&place, object)),
            _ => {
                faults.refuse(place, TextKey("api-fault-object"));
                None
            }
        }
    }

    /// All names with their values.
    pub(crate) fn into_entries(self) -> BTreeMap<String, Value> {
        self.object.into_iter().collect()
    }

    /// Where the value of a name stands.
    pub(crate) fn place(&self, name: &str) -> String {
        // RFC 6901, 3.
        format!("{}/{}", self.pointer, name.replace('~', "~0").replace('/', "~1"))
    }

    /// Refuses every name that nobody has asked for.
    pub(crate) fn end(self, faults: &mut Faults) {
        for name in self.object.keys() {
            faults.refuse(self.place(name), TextKey("api-fault-unknown"));
        }
    }
}

#[derive(Clone, Copy)]
struct Strict {
    deeper: usize,
}

impl<'de> DeserializeSeed<'de> for Strict {
    type Value = Value;

    fn deserialize<D: serde::Deserializer<'de>>(self, reader: D) -> Result<Value, D::Error> {
        reader.deserialize_any(self)
    }
}

impl Strict {
    fn inside<E: Error>(self) -> Result<Self, E> {
        let deeper = self.deeper.checked_sub(1).ok_or_else(|| E::custom("too deep"))?;
        Ok(Self { deeper })
    }
}

impl<'de> Visitor<'de> for Strict {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(Value::Bool(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_u64<E>(self, value: u64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<Value, E> {
        Number::from_f64(value).map(Value::Number).ok_or_else(|| E::custom("no number"))
    }

    fn visit_str<E>(self, value: &str) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_string<E>(self, value: String) -> Result<Value, E> {
        Ok(Value::String(value))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Value, A::Error> {
        let inside = self.inside()?;
        let mut list = Vec::new();
        while let Some(item) = items.next_element_seed(inside)? {
            list.push(item);
        }
        Ok(Value::Array(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Value, A::Error> {
        let inside = self.inside()?;
        let mut object = Map::new();
        while let Some(name) = entries.next_key::<String>()? {
            let value = entries.next_value_seed(inside)?;
            if object.insert(name, value).is_some() {
                return Err(A::Error::custom("a name comes twice"));
            }
        }
        Ok(Value::Object(object))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::{any, prop, proptest};
    use serde_json::json;

    use super::*;

    #[test]
    fn what_could_be_read_in_two_ways_is_not_read() {
        let deep = |levels: usize| format!("{}{}", "[".repeat(levels), "]".repeat(levels));
        let (fits, too_deep, far_too_deep) = (deep(DEEPEST), deep(DEEPEST + 1), deep(100_000));
        for good in ["{}", r#"{"a":{"a":1},"b":[null,true,-1,1.5,"x"]}"#, &fits, " 1 "] {
            assert_eq!(parse(good.as_bytes()), serde_json::from_str(good).ok(), "{good}");
        }
        let twice = r#"{"a":[{"b":1,"c":2,"b":1}]}"#;
        for bad in
            ["", "{", "{}{}", "{\"a\":1,}", twice, "{\"a\":1,\"\\u0061\":2}", "1e400", "NaN", &too_deep, &far_too_deep]
        {
            assert_eq!(parse(bad.as_bytes()), None, "{bad}");
        }
        assert_eq!(parse(b"\"\xff\""), None);
    }

    #[test]
    fn every_fault_is_named_by_its_place() {
        let Value::Object(object) = json!({"a": 1, "b/c~d": 2, "e": {"f": null, "g": []}}) else { unreachable!() };
        let (mut reader, mut faults) = (Reader::new("", object), Faults::new(Texts::of(web::i18n::Locale::Vi)));
        assert_eq!(reader.text("a", &mut faults), None);
        let mut inner = reader.object("e", &mut faults).unwrap();
        assert_eq!(inner.needed_text("f", &mut faults), None);
        inner.end(&mut faults);
        reader.end(&mut faults);
        let places: Vec<&str> = faults.found.iter().map(|fault| fault.pointer.as_str()).collect();
        assert_eq!(places, ["/a", "/e/f", "/e/g", "/b~1c~0d"]);
    }

    proptest! {
        #[test]
        fn no_bytes_make_it_panic(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
            if let Some(value) = parse(&bytes) {
                assert_eq!(serde_json::from_slice::<Value>(&bytes).ok(), Some(value));
            }
        }
    }
}

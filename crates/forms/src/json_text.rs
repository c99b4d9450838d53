//! JSON together with the line on which every value stands.

use std::collections::HashMap;

use jsonc_parser::ast::Value as Node;
use jsonc_parser::common::Ranged;
use jsonc_parser::{CollectOptions, ParseOptions, parse_to_ast};
use serde_json::{Map, Value};

use crate::refusal::Refusal;
use crate::words::Words;

/// Strict JSON: what the library allows beyond it would not be read by others.
const STRICT: ParseOptions = ParseOptions {
    allow_comments: false,
    allow_loose_object_property_names: false,
    allow_trailing_commas: false,
    allow_missing_commas: false,
    allow_single_quoted_strings: false,
    allow_hexadecimal_numbers: false,
    allow_unary_plus_numbers: false,
};

/// A file of JSON.
pub(crate) struct JsonText {
    file: String,
    text: String,
    pub(crate) value: Value,
    /// Where the value at each JSON pointer starts, in bytes.
    starts: HashMap<String, usize>,
}

impl JsonText {
    /// Reads a file's text.
    pub(crate) fn parse(file: &str, text: &str) -> Result<Self, Refusal> {
        let refuse =
            |offset: usize, reason: String| Refusal { file: file.to_owned(), line: line_at(text, offset), reason };
        let parsed = parse_to_ast(text, &CollectOptions::default(), &STRICT)
            .map_err(|error| refuse(error.range().start, format!("no JSON: {}", error.kind())))?;
        let node = parsed.value.ok_or_else(|| refuse(0, "the file is empty".to_owned()))?;
        let mut places = Places::default();
        places.walk(&node, &mut String::new());
        if let Some((offset, name)) = places.doubled {
            return Err(refuse(offset, format!("{name:?} stands here twice")));
        }
        let value = serde_json::from_str(text).map_err(|error| Refusal {
            file: file.to_owned(),
            line: error.line(),
            reason: format!("no JSON: {error}"),
        })?;
        Ok(Self { file: file.to_owned(), text: text.to_owned(), value, starts: places.starts })
    }

    /// A refusal of the value at this JSON pointer, or of the nearest one around it.
    pub(crate) fn refuse(&self, pointer: &str, reason: impl Into<String>) -> Refusal {
        let mut place = pointer;
        let start = loop {
            match (self.starts.get(place), place.rfind('/')) {
                (Some(start), _) => break *start,
                (None, Some(end)) => place = &place[..end],
                (None, None) => break 0,
            }
        };
        Refusal { file: self.file.clone(), line: line_at(&self.text, start), reason: reason.into() }
    }

    /// The names of an object's members in the order in which they are written.
    pub(crate) fn names(&self, pointer: &str) -> Result<Vec<&str>, Refusal> {
        let mut names: Vec<&str> = self.object(pointer)?.keys().map(String::as_str).collect();
        names.sort_by_key(|name| self.starts.get(&child(pointer, name)));
        Ok(names)
    }

    /// The object at a pointer.
    pub(crate) fn object(&self, pointer: &str) -> Result<&Map<String, Value>, Refusal> {
        let found = self.value.pointer(pointer).and_then(Value::as_object);
        found.ok_or_else(|| self.refuse(pointer, "an object is expected"))
    }

    /// A text that must be there.
    pub(crate) fn text(&self, pointer: &str, name: &str) -> Result<&str, Refusal> {
        let found = self.object(pointer)?.get(name).and_then(Value::as_str).filter(|text| !text.trim().is_empty());
        found.ok_or_else(|| self.refuse(pointer, format!("{name:?} is missing or no text")))
    }

    /// A text in both languages: `name` and `x-name-en`; none when the Vietnamese one is missing.
    pub(crate) fn words(&self, pointer: &str, name: &str) -> Result<Option<Words>, Refusal> {
        if !self.object(pointer)?.contains_key(name) {
            return Ok(None);
        }
        let plain = name.trim_start_matches("x-");
        let vi = self.text(pointer, name)?.to_owned();
        let en = self.text(pointer, &format!("x-{plain}-en"))?.to_owned();
        Ok(Some(Words { vi, en }))
    }

    /// Refuses members that nobody reads, so that a slip of the pen does not go unnoticed.
    pub(crate) fn allow(&self, pointer: &str, known: &[&str]) -> Result<(), Refusal> {
        match self.object(pointer)?.keys().find(|name| !known.contains(&name.as_str())) {
            None => Ok(()),
            Some(name) => Err(self.refuse(&child(pointer, name), format!("{name:?} is not used in forms"))),
        }
    }
}

/// The pointer of a member or an item.
pub(crate) fn child(pointer: &str, name: &str) -> String {
    format!("{pointer}/{}", name.replace('~', "~0").replace('/', "~1"))
}

#[derive(Default)]
struct Places {
    starts: HashMap<String, usize>,
    /// The first member that stands twice in its object.
    doubled: Option<(usize, String)>,
}

impl Places {
    fn walk(&mut self, node: &Node<'_>, pointer: &mut String) {
        self.starts.entry(pointer.clone()).or_insert_with(|| node.range().start);
        let length = pointer.len();
        match node {
            Node::Object(object) => {
                for property in &object.properties {
                    let name = property.name.as_str();
                    *pointer = child(pointer, name);
                    if self.starts.insert(pointer.clone(), property.range.start).is_some() {
                        self.doubled.get_or_insert((property.range.start, name.to_owned()));
                    }
                    self.walk(&property.value, pointer);
                    pointer.truncate(length);
                }
            }
            Node::Array(array) => {
                for (place, item) in array.elements.iter().enumerate() {
                    *pointer = child(pointer, &place.to_string());
                    self.walk(item, pointer);
                    pointer.truncate(length);
                }
            }
            _ => {}
        }
    }
}

fn line_at(text: &str, offset: usize) -> usize {
    1 + text.as_bytes()[..offset.min(text.len())].iter().filter(|byte| **byte == b'\n').count()
}

//! JSON or TOML together with the line on which every value stands.

use std::collections::HashMap;

use jsonc_parser::ast::Value as Node;
use jsonc_parser::common::Ranged;
use jsonc_parser::{CollectOptions, ParseOptions, parse_to_ast};
use serde_json::{Map, Value};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

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

/// A file of JSON or TOML; its values are those of JSON, a day or time of TOML is a text.
#[derive(Debug)]
pub struct SourceText {
    file: String,
    text: String,
    /// What it says.
    pub value: Value,
    /// Where the value at each JSON pointer starts, in bytes.
    starts: HashMap<String, usize>,
    /// The line of its file on which the text begins, from 1.
    first_line: usize,
    /// How the English words beside a text are called.
    english: fn(&str) -> String,
}

impl SourceText {
    /// Reads a file of JSON.
    ///
    /// # Errors
    /// When it is none, or a name stands twice in an object.
    pub fn json(file: &str, text: &str) -> Result<Self, Refusal> {
        Self::json_at(file, text, 1)
    }

    /// Reads JSON that begins on this line of a file.
    ///
    /// # Errors
    /// When it is none, or a name stands twice in an object.
    pub fn json_at(file: &str, text: &str, first_line: usize) -> Result<Self, Refusal> {
        let refuse = |offset: usize, reason: String| Refusal {
            file: file.to_owned(),
            line: first_line - 1 + line_at(text, offset),
            reason,
        };
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
            line: first_line - 1 + error.line(),
            reason: format!("no JSON: {error}"),
        })?;
        let english = |name: &str| format!("x-{}-en", name.trim_start_matches("x-"));
        Ok(Self { file: file.to_owned(), text: text.to_owned(), value, starts: places.starts, first_line, english })
    }

    /// Reads a file of TOML.
    ///
    /// # Errors
    /// When it is none.
    pub fn toml(file: &str, text: &str) -> Result<Self, Refusal> {
        let parsed = DeTable::parse(text).map_err(|error| Refusal {
            file: file.to_owned(),
            line: line_at(text, error.span().map_or(0, |span| span.start)),
            reason: format!("no TOML: {}", error.message()),
        })?;
        let mut starts = HashMap::new();
        starts.insert(String::new(), 0);
        let value = json_of_table(parsed.get_ref(), "", &mut starts);
        let english = |name: &str| format!("{name}_en");
        Ok(Self { file: file.to_owned(), text: text.to_owned(), value, starts, first_line: 1, english })
    }

    /// A refusal of the value at this JSON pointer, or of the nearest one around it.
    pub fn refuse(&self, pointer: &str, reason: impl Into<String>) -> Refusal {
        let mut place = pointer;
        let start = loop {
            match (self.starts.get(place), place.rfind('/')) {
                (Some(start), _) => break *start,
                (None, Some(end)) => place = &place[..end],
                (None, None) => break 0,
            }
        };
        let line = self.first_line - 1 + line_at(&self.text, start);
        Refusal { file: self.file.clone(), line, reason: reason.into() }
    }

    /// The names of an object's members in the order in which they are written.
    ///
    /// # Errors
    /// When there is no object.
    pub fn names(&self, pointer: &str) -> Result<Vec<&str>, Refusal> {
        let mut names: Vec<&str> = self.object(pointer)?.keys().map(String::as_str).collect();
        names.sort_by_key(|name| self.starts.get(&child(pointer, name)));
        Ok(names)
    }

    /// The object at a pointer.
    ///
    /// # Errors
    /// When there is none.
    pub fn object(&self, pointer: &str) -> Result<&Map<String, Value>, Refusal> {
        let found = self.value.pointer(pointer).and_then(Value::as_object);
        found.ok_or_else(|| self.refuse(pointer, "an object is expected"))
    }

    /// A text that must be there.
    ///
    /// # Errors
    /// When it is missing, empty or no text.
    pub fn text(&self, pointer: &str, name: &str) -> Result<&str, Refusal> {
        let found = self.object(pointer)?.get(name).and_then(Value::as_str).filter(|text| !text.trim().is_empty());
        found.ok_or_else(|| self.refuse(pointer, format!("{name:?} is missing or no text")))
    }

    /// A yes or no that must be there.
    ///
    /// # Errors
    /// When it is missing or neither.
    pub fn flag(&self, pointer: &str, name: &str) -> Result<bool, Refusal> {
        let found = self.object(pointer)?.get(name).and_then(Value::as_bool);
        found
            .ok_or_else(|| self.refuse(&child(pointer, name), format!("{name:?} is missing or neither true nor false")))
    }

    /// The pointers of a list's items; none when there is no list.
    pub fn items(&self, pointer: &str, name: &str) -> Vec<String> {
        let place = child(pointer, name);
        let count = self.value.pointer(&place).and_then(Value::as_array).map_or(0, Vec::len);
        (0..count).map(|index| child(&place, &index.to_string())).collect()
    }

    /// A text in both languages: `name` and `x-name-en` in JSON, `name_en` in TOML; none when the Vietnamese one is missing.
    ///
    /// # Errors
    /// When the English words are missing.
    pub fn words(&self, pointer: &str, name: &str) -> Result<Option<Words>, Refusal> {
        if !self.object(pointer)?.contains_key(name) {
            return Ok(None);
        }
        let vi = self.text(pointer, name)?.to_owned();
        let en = self.text(pointer, &(self.english)(name))?.to_owned();
        Ok(Some(Words { vi, en }))
    }

    /// Refuses members that nobody reads, so that a slip of the pen does not go unnoticed.
    ///
    /// # Errors
    /// When there is one.
    pub fn allow(&self, pointer: &str, known: &[&str]) -> Result<(), Refusal> {
        match self.object(pointer)?.keys().find(|name| !known.contains(&name.as_str())) {
            None => Ok(()),
            Some(name) => Err(self.refuse(&child(pointer, name), format!("{name:?} is not known here"))),
        }
    }
}

/// The pointer of a member or an item.
pub fn child(pointer: &str, name: &str) -> String {
    format!("{pointer}/{}", name.replace('~', "~0").replace('/', "~1"))
}

/// A TOML table as JSON; where each value starts is noted.
fn json_of_table(table: &DeTable<'_>, pointer: &str, starts: &mut HashMap<String, usize>) -> Value {
    let mut object = Map::new();
    for (name, value) in table {
        let place = child(pointer, name.get_ref());
        starts.insert(place.clone(), name.span().start);
        object.insert(name.get_ref().to_string(), json_of(value, &place, starts));
    }
    Value::Object(object)
}

fn json_of(value: &Spanned<DeValue<'_>>, pointer: &str, starts: &mut HashMap<String, usize>) -> Value {
    match value.get_ref() {
        DeValue::String(text) => Value::String(text.to_string()),
        DeValue::Integer(number) => {
            i64::from_str_radix(number.as_str(), number.radix()).map_or(Value::Null, Value::from)
        }
        DeValue::Float(number) => number.as_str().parse::<f64>().map_or(Value::Null, Value::from),
        DeValue::Boolean(yes) => Value::Bool(*yes),
        DeValue::Datetime(time) => Value::String(time.to_string()),
        DeValue::Array(items) => {
            let items = items.iter().enumerate().map(|(place, item)| {
                let place = child(pointer, &place.to_string());
                starts.insert(place.clone(), item.span().start);
                json_of(item, &place, starts)
            });
            Value::Array(items.collect())
        }
        DeValue::Table(table) => json_of_table(table, pointer, starts),
    }
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

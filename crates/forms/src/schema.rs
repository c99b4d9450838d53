//! The questions of a schema: the part of JSON Schema 2020-12 that forms may use.

use serde_json::Value;

use crate::question::{Choice, Kind, Question};
use crate::refusal::Refusal;
use crate::source_text::{SourceText, child};
use crate::words::Words;

/// Where forms find what several of them use.
pub(crate) const SHARED: &str = "urn:motcua:shared";

/// How deep objects and references may lie in one another.
const DEEPEST: usize = 6;

/// What the system may know already (R8), by the names under which forms ask for it.
pub const SOURCES: [&str; 12] = [
    "filer.name",
    "filer.number",
    "filer.birth_date",
    "filer.phone",
    "filer.email",
    "owner.kind",
    "owner.name",
    "owner.number",
    "owner.birth_date",
    "owner.phone",
    "owner.email",
    "owner.address",
];

const ROOT: &[&str] = &[
    "$schema",
    "$id",
    "$defs",
    "title",
    "x-title-en",
    "description",
    "x-description-en",
    "type",
    "properties",
    "required",
    "additionalProperties",
    "x-ground",
];
const OBJECT: &[&str] = &[
    "$ref",
    "title",
    "x-title-en",
    "description",
    "x-description-en",
    "type",
    "properties",
    "required",
    "additionalProperties",
    "x-ground",
    "x-reuse",
];
const LEAF: &[&str] = &[
    "$ref",
    "title",
    "x-title-en",
    "description",
    "x-description-en",
    "type",
    "format",
    "minLength",
    "maxLength",
    "pattern",
    "minimum",
    "maximum",
    "oneOf",
    "items",
    "minItems",
    "maxItems",
    "uniqueItems",
    "x-unit",
    "x-unit-en",
    "x-ground",
    "x-source",
    "x-not-after",
    "x-reuse",
    "default",
];

/// What stands around a field.
#[derive(Clone)]
struct Around {
    path: String,
    ground: Option<String>,
    is_reusable: bool,
    depth: usize,
    /// The nearest place of the form's own schema.
    at: String,
}

/// Reads the fields of a schema in their order.
pub(crate) struct SchemaReader<'s> {
    pub(crate) schema: &'s SourceText,
    pub(crate) shared: &'s SourceText,
    /// The fields found so far, each with its place in the schema.
    pub(crate) fields: Vec<(Question, String)>,
    pub(crate) refusals: Vec<Refusal>,
}

/// A value of the schema or of what is shared.
#[derive(Clone, Copy)]
struct Node<'s> {
    text: &'s SourceText,
}

impl<'s> SchemaReader<'s> {
    /// Reads everything; what is refused is collected.
    pub(crate) fn read(schema: &'s SourceText, shared: &'s SourceText) -> Self {
        let mut reader = Self { schema, shared, fields: Vec::new(), refusals: Vec::new() };
        let root = Around { path: String::new(), ground: None, is_reusable: false, depth: 0, at: String::new() };
        let node = Node { text: schema };
        let read = schema.allow("", ROOT).and_then(|()| reader.object(node, "", &root));
        if let Err(refusal) = read {
            reader.refusals.push(refusal);
        }
        reader
    }

    fn object(&mut self, node: Node<'s>, pointer: &str, around: &Around) -> Result<(), Refusal> {
        let object = node.text.object(pointer)?;
        if object.get("type").and_then(Value::as_str) != Some("object") {
            return Err(node.text.refuse(pointer, "\"type\": \"object\" is expected"));
        }
        if object.get("additionalProperties") != Some(&Value::Bool(false)) {
            return Err(node.text.refuse(pointer, "\"additionalProperties\": false is expected"));
        }
        let place = child(pointer, "properties");
        let names = node.text.names(&place)?;
        let required = required(node.text, pointer)?;
        if let Some(missing) = required.iter().find(|name| !names.contains(name)) {
            let refusal = node.text.refuse(&child(pointer, "required"), format!("there is no property {missing:?}"));
            self.refusals.push(refusal);
        }
        let ground = object.get("x-ground").and_then(Value::as_str).map(str::to_owned);
        let inside = Around { ground: ground.or_else(|| around.ground.clone()), ..around.clone() };
        for name in names {
            let pointer = child(&place, name);
            let read = self.property(node, &pointer, name, required.contains(&name), &inside);
            self.refusals.extend(read.err());
        }
        Ok(())
    }

    fn property(
        &mut self,
        node: Node<'s>,
        pointer: &str,
        name: &str,
        is_required: bool,
        around: &Around,
    ) -> Result<(), Refusal> {
        if around.depth == DEEPEST {
            return Err(node.text.refuse(pointer, "objects lie too deep in one another"));
        }
        if name.is_empty()
            || !name.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_')
        {
            return Err(node.text.refuse(pointer, "a name has small letters, digits and \"_\" only"));
        }
        let path = if around.path.is_empty() { name.to_owned() } else { format!("{}.{name}", around.path) };
        let own = node.text.object(pointer)?;
        let ground = own.get("x-ground").and_then(Value::as_str).map(str::to_owned).or_else(|| around.ground.clone());
        let at = if std::ptr::eq(node.text, self.schema) { pointer.to_owned() } else { around.at.clone() };
        let is_reusable = match own.get("x-reuse") {
            None => around.is_reusable,
            Some(Value::Bool(said)) => *said,
            Some(_) => return Err(node.text.refuse(&child(pointer, "x-reuse"), "\"x-reuse\" is true or false")),
        };
        let (depth, ground_inside) = (around.depth + 1, ground.clone());
        let inside = Around { path: path.clone(), ground: ground_inside, is_reusable, depth, at: at.clone() };
        let (target, place) = self.resolve(node, pointer)?;
        let is_object = target.text.object(&place)?.get("type").and_then(Value::as_str) == Some("object");
        node.text.allow(pointer, if is_object { OBJECT } else { LEAF })?;
        if is_object {
            return self.object(target, &place, &inside);
        }
        target.text.allow(&place, LEAF)?;
        let title = match node.text.words(pointer, "title")? {
            Some(title) => title,
            None => {
                target.text.words(&place, "title")?.ok_or_else(|| node.text.refuse(pointer, "\"title\" is missing"))?
            }
        };
        let hint = match node.text.words(pointer, "description")? {
            Some(hint) => hint,
            None => target.text.words(&place, "description")?.unwrap_or_default(),
        };
        let ground = ground
            .ok_or_else(|| node.text.refuse(pointer, format!("{path} has no \"x-ground\": why may it be asked?")))?;
        let source = own.get("x-source").and_then(Value::as_str).map(str::to_owned);
        if let Some(unknown) = source.as_deref().filter(|source| !SOURCES.contains(source)) {
            return Err(node.text.refuse(&child(pointer, "x-source"), format!("nothing is known as {unknown:?}")));
        }
        let kind = self.kind(target, &place, around)?;
        let not_after = own.get("x-not-after").or_else(|| target.text.object(&place).ok()?.get("x-not-after"));
        let is_past = match not_after.map(Value::as_str) {
            None => false,
            Some(Some("today")) if matches!(kind, Kind::Date | Kind::PartialDate) => true,
            Some(_) => return Err(node.text.refuse(pointer, "\"x-not-after\" is \"today\", for days only")),
        };
        let default = own.get("default").cloned();
        if let (Kind::One(choices), Some(default)) = (&kind, &default)
            && !choices.iter().any(|choice| default == choice.value.as_str())
        {
            return Err(node.text.refuse(&child(pointer, "default"), format!("{default} is none of the answers")));
        }
        let question = Question { path, title, hint, kind, is_required, ground, is_past, default, source, is_reusable };
        self.fields.push((question, at));
        Ok(())
    }

    /// Where a property is described: at its place, or where its reference leads.
    fn resolve(&self, node: Node<'s>, pointer: &str) -> Result<(Node<'s>, String), Refusal> {
        let (mut node, mut pointer) = (node, pointer.to_owned());
        for _ in 0..DEEPEST {
            let Some(reference) = node.text.object(&pointer)?.get("$ref") else { return Ok((node, pointer)) };
            let refused = || node.text.refuse(&child(&pointer, "$ref"), format!("there is nothing at {reference}"));
            let reference = reference.as_str().ok_or_else(refused)?;
            let (target, place) = match reference.strip_prefix(SHARED) {
                Some(place) => (Node { text: self.shared }, place),
                None => (node, reference),
            };
            let place = place.strip_prefix('#').filter(|place| place.starts_with("/$defs/")).ok_or_else(refused)?;
            target.text.value.pointer(place).ok_or_else(refused)?;
            (node, pointer) = (target, place.to_owned());
        }
        Err(node.text.refuse(&pointer, "references lead in a circle"))
    }

    fn kind(&mut self, node: Node<'s>, pointer: &str, around: &Around) -> Result<Kind, Refusal> {
        let object = node.text.object(pointer)?;
        let of = |name: &str| object.get(name).and_then(Value::as_str);
        let count = |name: &str| object.get(name).and_then(Value::as_u64);
        let refuse = |reason: &str| Err(node.text.refuse(pointer, reason));
        if object.contains_key("oneOf") {
            return Ok(Kind::One(choices(node.text, pointer)?));
        }
        match (of("type"), of("format")) {
            (Some("boolean"), None) => Ok(Kind::YesNo),
            (Some("integer"), None) => Ok(Kind::Whole { unit: unit(node.text, pointer)? }),
            (Some("number"), None) => Ok(Kind::Decimal { unit: unit(node.text, pointer)? }),
            (Some("string"), Some("line")) => match count("maxLength") {
                Some(max @ 1..=500) => Ok(Kind::Line { max }),
                _ => refuse("a line has a \"maxLength\" up to 500"),
            },
            (Some("string"), Some("paragraph")) => match count("maxLength") {
                Some(max @ 1..=10_000) => Ok(Kind::Paragraph { max }),
                _ => refuse("a paragraph has a \"maxLength\" up to 10000"),
            },
            (Some("string"), Some("person-name")) => Ok(Kind::PersonName),
            (Some("string"), Some("date")) => Ok(Kind::Date),
            (Some("string"), Some("rough-date")) => Ok(Kind::PartialDate),
            (Some("string"), Some("time-of-day")) => Ok(Kind::Time),
            (Some("string"), Some("address")) => Ok(Kind::Address),
            (Some("string"), Some("phone")) => Ok(Kind::Phone),
            (Some("string"), Some("mailbox")) => Ok(Kind::Email),
            (Some("string"), Some("personal-number")) => Ok(Kind::PersonalNumber),
            (Some("string"), Some("identity-number")) => Ok(Kind::IdentityNumber),
            (Some("string"), Some("tax-number")) => Ok(Kind::TaxNumber),
            (Some("string"), _) => refuse("a string has a \"format\" that forms know, or \"oneOf\""),
            (Some("array"), None) => self.list(node, pointer, around),
            _ => refuse("\"type\" is missing or not used in forms"),
        }
    }

    /// Several answers of a list, or a table.
    fn list(&mut self, node: Node<'s>, pointer: &str, around: &Around) -> Result<Kind, Refusal> {
        let items = child(pointer, "items");
        if node.text.value.pointer(&items).is_none() {
            return Err(node.text.refuse(pointer, "\"items\" is missing"));
        }
        let (target, place) = self.resolve(node, &items)?;
        if target.text.object(&place)?.contains_key("oneOf") {
            if node.text.object(pointer)?.get("uniqueItems") != Some(&Value::Bool(true)) {
                return Err(node.text.refuse(pointer, "several answers have \"uniqueItems\": true"));
            }
            return Ok(Kind::Many(choices(target.text, &place)?));
        }
        let bound = |name: &str| node.text.object(pointer).ok()?.get(name)?.as_u64();
        let max = bound("maxItems").filter(|max| (1..=200).contains(max));
        let max = max.ok_or_else(|| node.text.refuse(pointer, "a table has \"maxItems\" up to 200"))?;
        // The rows are read by a reader of their own, so that their fields do not stand among the form's.
        let mut rows = Self { schema: self.schema, shared: self.shared, fields: Vec::new(), refusals: Vec::new() };
        let row = Around { path: String::new(), depth: around.depth + 1, ..around.clone() };
        rows.object(target, &place, &row)?;
        self.refusals.append(&mut rows.refusals);
        let columns: Vec<Question> = rows.fields.into_iter().map(|(field, _)| field).collect();
        let is_flat = columns.iter().all(|column| {
            !column.path.contains('.')
                && !matches!(column.kind, Kind::Table { .. } | Kind::Many(_) | Kind::Paragraph { .. })
        });
        if columns.is_empty() || !is_flat {
            return Err(node.text.refuse(&items, "the rows of a table have single answers only"));
        }
        Ok(Kind::Table { columns, min: bound("minItems").unwrap_or(0), max })
    }
}

fn required<'t>(text: &'t SourceText, pointer: &str) -> Result<Vec<&'t str>, Refusal> {
    let Some(listed) = text.object(pointer)?.get("required") else { return Ok(Vec::new()) };
    let names = listed.as_array().and_then(|names| names.iter().map(Value::as_str).collect::<Option<Vec<_>>>());
    names.ok_or_else(|| text.refuse(&child(pointer, "required"), "a list of names is expected"))
}

fn unit(text: &SourceText, pointer: &str) -> Result<Words, Refusal> {
    Ok(text.words(pointer, "x-unit")?.unwrap_or_default())
}

/// The answers of `oneOf`, each a constant with its words.
fn choices(text: &SourceText, pointer: &str) -> Result<Vec<Choice>, Refusal> {
    let place = child(pointer, "oneOf");
    let count = text.value.pointer(&place).and_then(Value::as_array).map_or(0, Vec::len);
    if count < 2 {
        return Err(text.refuse(&place, "a choice has two answers at least"));
    }
    let mut choices: Vec<Choice> = Vec::with_capacity(count);
    for index in 0..count {
        let at = child(&place, &index.to_string());
        text.allow(&at, &["const", "title", "x-title-en"])?;
        let value = text.text(&at, "const")?.to_owned();
        let title = text.words(&at, "title")?.ok_or_else(|| text.refuse(&at, "\"title\" is missing"))?;
        if choices.iter().any(|choice| choice.value == value) {
            return Err(text.refuse(&at, format!("the answer {value:?} stands here twice")));
        }
        choices.push(Choice { value, title });
    }
    Ok(choices)
}

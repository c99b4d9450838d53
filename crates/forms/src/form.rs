//! A form as it is used: its pages and questions, which of them are asked, and how it is made from its text.

use std::collections::BTreeMap;

use jsonschema::{Draft, Validator};
use serde_json::{Map, Value};

use crate::formats::with_formats;
use crate::layout::{Element, LayoutReader, Page, Rule};
use crate::question::Question;
use crate::refusal::Refusal;
use crate::schema::{SHARED, SchemaReader};
use crate::source_text::SourceText;
use crate::words::Words;

/// The texts of a form, each with the name of its file.
#[derive(Clone, Copy, Debug)]
pub struct FormSource<'t> {
    /// `form.schema.json`.
    pub schema: (&'t str, &'t str),
    /// `form.ui.json`.
    pub layout: (&'t str, &'t str),
    /// What several forms use.
    pub shared: (&'t str, &'t str),
}

/// A form.
#[derive(Debug)]
pub struct Form {
    /// What it is called.
    pub title: Words,
    /// What the person declares with it; may be empty.
    pub declaration: Words,
    /// Its pages in their order.
    pub pages: Vec<Page>,
    /// Its questions in the order of the schema.
    pub fields: Vec<Question>,
    /// The place at which each question is asked.
    pub(crate) order: Vec<usize>,
    pub(crate) validator: Validator,
    /// `form.schema.json` as it stands, for programs; as text, since a tree takes a multiple of it in memory.
    schema: Box<str>,
    /// `form.ui.json` as it stands, for programs.
    layout: Box<str>,
}

impl Form {
    /// Makes a form from its text.
    ///
    /// # Errors
    /// Everything that is wrong with it, in the order of files and lines.
    pub fn compile(source: FormSource<'_>) -> Result<Self, Vec<Refusal>> {
        let parse = |(file, text): (&str, &str)| SourceText::json(file, text).map_err(|refusal| vec![refusal]);
        let (schema, layout, shared) = (parse(source.schema)?, parse(source.layout)?, parse(source.shared)?);
        let SchemaReader { fields, mut refusals, .. } = SchemaReader::read(&schema, &shared);
        let words = |name| schema.words("", name).map_err(|refusal| vec![refusal]);
        let (title, declaration) = (words("title")?.unwrap_or_default(), words("description")?.unwrap_or_default());
        if title.is_empty() {
            refusals.push(schema.refuse("", "\"title\" is missing"));
        }
        let validator = build(&schema, &shared).map_err(|refusal| refusals.push(refusal)).ok();
        // One slip is told once: what builds on a text that was refused is not looked at.
        let Some(validator) = validator.filter(|_| refusals.is_empty()) else { return Err(sorted(refusals)) };
        let mut reader = LayoutReader::new(&layout, &fields);
        let pages = reader.pages();
        let mut refusals = std::mem::take(&mut reader.refusals);
        if refusals.is_empty() {
            refusals.extend(reader.forgotten().map(|(field, pointer)| {
                schema.refuse(pointer, format!("{} stands on no page of the layout", field.path))
            }));
        }
        if !refusals.is_empty() {
            return Err(sorted(refusals));
        }
        let order = order_of(&pages, fields.len());
        let fields = fields.into_iter().map(|(field, _)| field).collect();
        let (schema, layout) = (source.schema.1.into(), source.layout.1.into());
        Ok(Self { title, declaration, pages, fields, order, validator, schema, layout })
    }

    /// `form.schema.json` as it stands.
    pub fn schema(&self) -> Value {
        serde_json::from_str(&self.schema).expect("it was read before")
    }

    /// `form.ui.json` as it stands.
    pub fn layout(&self) -> Value {
        serde_json::from_str(&self.layout).expect("it was read before")
    }

    /// A question by its path.
    pub fn field(&self, path: &str) -> Option<&Question> {
        self.fields.iter().find(|field| field.path == path)
    }

    /// A page by its part of the address.
    pub fn page(&self, key: &str) -> Option<&Page> {
        self.pages.iter().find(|page| page.key == key)
    }

    /// The page on which a question stands.
    pub fn page_of(&self, question: &Question) -> Option<&Page> {
        self.pages.iter().find(|page| self.fields_on(page).any(|other| other.path == question.path))
    }

    /// All questions of a page in its order, whether they are asked or not.
    pub fn fields_on(&self, page: &Page) -> impl Iterator<Item = &Question> {
        let mut places = Vec::new();
        questions(&page.elements, &mut places);
        places.into_iter().map(|place| &self.fields[place])
    }

    /// What is asked of somebody who has answered this.
    pub fn asked<'f>(&'f self, answers: &'f BTreeMap<String, Value>) -> Asked<'f> {
        let mut asked = Asked { form: self, answers: BTreeMap::new(), is_asked: vec![false; self.fields.len()] };
        for page in &self.pages {
            if asked.is_open(page.rule.as_ref()) {
                asked.walk(&page.elements, answers);
            }
        }
        asked
    }
}

/// The questions that are asked, given what was answered: an answer to a question that is not asked does not count.
#[derive(Debug)]
pub struct Asked<'f> {
    pub(crate) form: &'f Form,
    answers: BTreeMap<&'f str, &'f Value>,
    is_asked: Vec<bool>,
}

impl<'f> Asked<'f> {
    /// Whether something with this rule is asked.
    pub fn is_open(&self, rule: Option<&Rule>) -> bool {
        rule.is_none_or(|rule| rule.condition.applies(&|path| self.answers.get(path).copied()) == rule.when)
    }

    /// Whether this question is asked.
    pub fn asks(&self, field: usize) -> bool {
        self.is_asked.get(field).copied().unwrap_or(false)
    }

    /// The pages that are asked.
    pub fn pages(&self) -> impl Iterator<Item = &'f Page> {
        let form = self.form;
        form.pages.iter().filter(|page| self.is_open(page.rule.as_ref()))
    }

    /// The questions of a page that are asked, in its order.
    pub fn fields_of(&self, page: &Page) -> Vec<&'f Question> {
        let mut places = Vec::new();
        questions(&page.elements, &mut places);
        let form = self.form;
        places.into_iter().filter(|place| self.asks(*place)).map(|place| &form.fields[place]).collect()
    }

    /// The answer at a path, when it counts.
    pub fn answer(&self, path: &str) -> Option<&'f Value> {
        self.answers.get(path).copied()
    }

    /// The answers that count, as one JSON object in which objects lie in one another as in the schema.
    pub fn to_json(&self) -> Value {
        let mut root = Map::new();
        for (_, field) in self.is_asked.iter().zip(&self.form.fields).filter(|(is_asked, _)| **is_asked) {
            let mut names: Vec<&str> = field.path.split('.').collect();
            let last = names.pop().unwrap_or_default();
            let mut object = &mut root;
            for name in names {
                let next = object.entry(name).or_insert_with(|| Value::Object(Map::new()));
                let Value::Object(inside) = next else { unreachable!("a field lies in objects, see SchemaReader") };
                object = inside;
            }
            if let Some(answer) = self.answers.get(field.path.as_str()) {
                object.insert(last.to_owned(), (*answer).clone());
            }
        }
        Value::Object(root)
    }

    fn walk(&mut self, elements: &[Element], given: &'f BTreeMap<String, Value>) {
        for element in elements {
            match element {
                Element::Question { field, rule } => {
                    if self.is_open(rule.as_ref()) {
                        self.is_asked[*field] = true;
                        if let Some((path, answer)) = given.get_key_value(&self.form.fields[*field].path) {
                            self.answers.insert(path, answer);
                        }
                    }
                }
                Element::Group { rule, elements, .. } => {
                    if self.is_open(rule.as_ref()) {
                        self.walk(elements, given);
                    }
                }
                Element::Note { .. } => {}
            }
        }
    }
}

/// The places of all questions among these elements.
pub(crate) fn questions(elements: &[Element], places: &mut Vec<usize>) {
    for element in elements {
        match element {
            Element::Question { field, .. } => places.push(*field),
            Element::Group { elements, .. } => questions(elements, places),
            Element::Note { .. } => {}
        }
    }
}

fn sorted(mut refusals: Vec<Refusal>) -> Vec<Refusal> {
    refusals.sort();
    refusals.dedup();
    refusals
}

/// For each question the place at which it is asked.
fn order_of(pages: &[Page], count: usize) -> Vec<usize> {
    let mut places = Vec::with_capacity(count);
    for page in pages {
        questions(&page.elements, &mut places);
    }
    let mut order = vec![0; count];
    for (at, place) in places.into_iter().enumerate() {
        order[place] = at;
    }
    order
}

fn build(schema: &SourceText, shared: &SourceText) -> Result<Validator, Refusal> {
    if schema.value.get("$schema").and_then(Value::as_str) != Some("https://json-schema.org/draft/2020-12/schema") {
        return Err(schema.refuse("", "\"$schema\" of 2020-12 is expected"));
    }
    let registry = jsonschema::Registry::new()
        .add(SHARED, Draft::Draft202012.create_resource(shared.value.clone()))
        .and_then(|registry| registry.prepare())
        .map_err(|error| shared.refuse("", error.to_string()))?;
    let options = with_formats(jsonschema::options().with_draft(Draft::Draft202012)).with_registry(&registry);
    options.build(&schema.value).map_err(|error| schema.refuse(error.instance_path().as_str(), error.to_string()))
}

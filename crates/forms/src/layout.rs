//! The layout of a form (JSON Forms UI schema): pages, groups, questions, and the rules under which they are shown.

use std::collections::HashMap;

use serde_json::Value;

use crate::allowed::never_answered;
use crate::condition::{Condition, path_of};
use crate::question::Question;
use crate::refusal::Refusal;
use crate::source_text::{SourceText, child};
use crate::words::Words;

/// One page: one group of questions.
#[derive(Clone, Debug, PartialEq)]
pub struct Page {
    /// Its part of the address, such as `nguoi-me`.
    pub key: String,
    /// Its heading.
    pub title: Words,
    /// When it is asked; always when there is none.
    pub rule: Option<Rule>,
    /// What stands on it.
    pub elements: Vec<Element>,
}

/// Something on a page.
#[derive(Clone, Debug, PartialEq)]
pub enum Element {
    /// A question, by its place among the form's fields.
    Question {
        /// The place.
        field: usize,
        /// When it is asked.
        rule: Option<Rule>,
    },
    /// Questions under a heading.
    Group {
        /// The heading; may be empty.
        title: Words,
        /// When they are asked.
        rule: Option<Rule>,
        /// The questions.
        elements: Vec<Element>,
    },
    /// A sentence.
    Note {
        /// What it says.
        text: Words,
        /// When it is shown.
        rule: Option<Rule>,
    },
}

/// When something is asked.
#[derive(Clone, Debug, PartialEq)]
pub struct Rule {
    /// Shown, or able to be answered, when the condition applies; otherwise when it does not.
    pub when: bool,
    /// Whether it stays on the page while it is not asked.
    pub keeps_place: bool,
    /// The condition.
    pub condition: Condition,
}

/// Reads a layout over these fields.
pub(crate) struct LayoutReader<'s> {
    pub(crate) layout: &'s SourceText,
    pub(crate) fields: &'s [(Question, String)],
    /// Fields by path.
    places: HashMap<&'s str, usize>,
    /// Where each field stands in the order in which it is asked, once it was placed.
    placed: Vec<Option<String>>,
    pub(crate) refusals: Vec<Refusal>,
}

impl<'s> LayoutReader<'s> {
    pub(crate) fn new(layout: &'s SourceText, fields: &'s [(Question, String)]) -> Self {
        let places = fields.iter().enumerate().map(|(place, (field, _))| (field.path.as_str(), place)).collect();
        Self { layout, fields, places, placed: vec![None; fields.len()], refusals: Vec::new() }
    }

    /// The pages; what is refused is collected.
    pub(crate) fn pages(&mut self) -> Vec<Page> {
        let mut pages: Vec<Page> = Vec::new();
        for pointer in self.elements_of("", &["type", "elements"], "Categorization") {
            match self.page(&pointer) {
                Ok(page) if pages.iter().any(|other| other.key == page.key) => {
                    self.refusals.push(self.layout.refuse(&pointer, format!("two pages are called {:?}", page.key)));
                }
                Ok(page) => pages.push(page),
                Err(refusal) => self.refusals.push(refusal),
            }
        }
        pages
    }

    /// The fields that stand on no page.
    pub(crate) fn forgotten(&self) -> impl Iterator<Item = &'s (Question, String)> {
        self.fields.iter().zip(&self.placed).filter(|(_, placed)| placed.is_none()).map(|(field, _)| field)
    }

    fn elements_of(&mut self, pointer: &str, known: &[&str], wanted: &str) -> Vec<String> {
        let read = self.layout.allow(pointer, known).and_then(|()| {
            let kind = self.layout.text(pointer, "type")?;
            if kind != wanted {
                return Err(self.layout.refuse(pointer, format!("\"type\": {wanted:?} is expected")));
            }
            let place = child(pointer, "elements");
            match self.layout.value.pointer(&place).and_then(Value::as_array).map_or(0, Vec::len) {
                0 => Err(self.layout.refuse(pointer, "\"elements\" is missing or empty")),
                count => Ok((0..count).map(|index| child(&place, &index.to_string())).collect()),
            }
        });
        read.unwrap_or_else(|refusal| {
            self.refusals.push(refusal);
            Vec::new()
        })
    }

    fn page(&mut self, pointer: &str) -> Result<Page, Refusal> {
        let known = ["type", "label", "x-label-en", "x-key", "rule", "elements"];
        let inside = self.elements_of(pointer, &known, "Category");
        let key = self.layout.text(pointer, "x-key")?.to_owned();
        if !key.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-') {
            return Err(self.layout.refuse(&child(pointer, "x-key"), "small letters, digits and \"-\" are expected"));
        }
        let title = self.label(pointer)?;
        let rule = self.rule(pointer)?;
        let elements = self.all(&inside);
        Ok(Page { key, title, rule, elements })
    }

    fn all(&mut self, pointers: &[String]) -> Vec<Element> {
        let mut elements = Vec::with_capacity(pointers.len());
        for pointer in pointers {
            match self.element(pointer) {
                Ok(element) => elements.push(element),
                Err(refusal) => self.refusals.push(refusal),
            }
        }
        elements
    }

    fn element(&mut self, pointer: &str) -> Result<Element, Refusal> {
        match self.layout.text(pointer, "type")? {
            "Control" => self.control(pointer),
            "Group" => {
                let rule = self.rule(pointer)?;
                let title = self.label(pointer)?;
                let inside = self.elements_of(pointer, &["type", "label", "x-label-en", "rule", "elements"], "Group");
                Ok(Element::Group { title, rule, elements: self.all(&inside) })
            }
            "Label" => {
                self.layout.allow(pointer, &["type", "text", "x-text-en", "rule"])?;
                let text = self.layout.words(pointer, "text")?;
                let text = text.ok_or_else(|| self.layout.refuse(pointer, "\"text\" is missing"))?;
                Ok(Element::Note { text, rule: self.rule(pointer)? })
            }
            other => Err(self.layout.refuse(&child(pointer, "type"), format!("{other:?} is not used in forms"))),
        }
    }

    /// A question, or all questions of an object.
    fn control(&mut self, pointer: &str) -> Result<Element, Refusal> {
        self.layout.allow(pointer, &["type", "scope", "label", "x-label-en", "rule"])?;
        let rule = self.rule(pointer)?;
        let scope = self.layout.text(pointer, "scope")?;
        let place = child(pointer, "scope");
        let path =
            path_of(scope).ok_or_else(|| self.layout.refuse(&place, format!("{scope:?} is no scope of a field")))?;
        if let Some(field) = self.places.get(path.as_str()).copied() {
            self.put(field, &place)?;
            return Ok(Element::Question { field, rule });
        }
        let inside: Vec<usize> = (0..self.fields.len())
            .filter(|index| self.fields[*index].0.path.strip_prefix(&path).is_some_and(|rest| rest.starts_with('.')))
            .collect();
        if inside.is_empty() {
            return Err(self.layout.refuse(&place, format!("there is no field {path}")));
        }
        let title = self.label(pointer)?;
        let mut elements = Vec::with_capacity(inside.len());
        for field in inside {
            self.put(field, &place)?;
            elements.push(Element::Question { field, rule: None });
        }
        Ok(Element::Group { title, rule, elements })
    }

    fn put(&mut self, field: usize, place: &str) -> Result<(), Refusal> {
        let path = &self.fields[field].0.path;
        match self.placed[field].replace(place.to_owned()) {
            None => Ok(()),
            Some(_) => Err(self.layout.refuse(place, format!("{path} stands on a page already"))),
        }
    }

    fn label(&self, pointer: &str) -> Result<Words, Refusal> {
        let label = self.layout.words(pointer, "label")?;
        label.ok_or_else(|| self.layout.refuse(pointer, "\"label\" is missing"))
    }

    fn rule(&self, pointer: &str) -> Result<Option<Rule>, Refusal> {
        if !self.layout.object(pointer)?.contains_key("rule") {
            return Ok(None);
        }
        let place = child(pointer, "rule");
        self.layout.allow(&place, &["effect", "condition"])?;
        let (when, keeps_place) = match self.layout.text(&place, "effect")? {
            "SHOW" => (true, false),
            "HIDE" => (false, false),
            "ENABLE" => (true, true),
            "DISABLE" => (false, true),
            other => return Err(self.layout.refuse(&child(&place, "effect"), format!("{other:?} is no effect"))),
        };
        let at = child(&place, "condition");
        let condition = Condition::read(self.layout, &at)?;
        for (path, fits) in condition.comparisons() {
            match self.places.get(path) {
                None => return Err(self.layout.refuse(&at, format!("there is no field {path}"))),
                // Whoever reads the form from the top must have met the question.
                Some(field) if self.placed[*field].is_none() => {
                    return Err(self.layout.refuse(&at, format!("{path} is asked after this rule, or never")));
                }
                Some(field) => {
                    if let Some(wanted) = never_answered(&self.fields[*field].0, fits) {
                        return Err(self.layout.refuse(&at, format!("{path} is never answered by {wanted}")));
                    }
                }
            }
        }
        Ok(Some(Rule { when, keeps_place, condition }))
    }
}

//! What stands on a page of questions, one thing after the other, as its template walks through it.

use std::collections::BTreeMap;

use forms::{Asked as Counted, Choice as Answer, Element, Form, Kind, Page, Question, Rule};
use serde_json::{Map, Value};
use web::answers::words;
use web::i18n::Texts;
use web::view::form::Choice;

/// As many answers as are all shown; more are a list to open.
const MOST_RADIOS: usize = 5;
/// The most characters of an answer in a list to open: a telephone shows no more.
const LONGEST_IN_LIST: usize = 80;

/// One thing on the page.
pub(crate) enum Item {
    /// Something begins that belongs together.
    Open {
        /// Its heading; empty for none.
        title: String,
        /// When it is asked, for the script; empty for always.
        rule: String,
    },
    /// It ends.
    Close,
    /// A sentence.
    Note(String),
    /// A question.
    Ask(Box<Asked>),
    /// The button that adds a row to a table.
    MoreRows(String),
}

/// A question as it is shown.
pub(crate) struct Asked {
    /// The name of its box.
    pub(crate) name: String,
    /// What is asked, with the unit.
    pub(crate) label: String,
    /// How to answer it.
    pub(crate) hint: String,
    /// Whether it may be left out.
    pub(crate) optional: bool,
    /// What kind of box it is.
    pub(crate) widget: Widget,
    /// The answers that are offered.
    choices: Vec<Choice>,
    /// The most characters that are counted for the person; 0 for none.
    limit: u64,
}

impl Asked {
    pub(crate) fn limit(&self) -> u64 {
        self.limit
    }

    pub(crate) fn choices(&self) -> &[Choice] {
        &self.choices
    }
}

/// A kind of box.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Widget {
    Line,
    Address,
    Short,
    Number,
    Telephone,
    Mailbox,
    Paragraph,
    Day,
    Radios,
    List,
    Boxes,
}

/// The things of a page in order. `grown` is the table that gets a row more.
pub(crate) fn items(
    form: &Form,
    page: &Page,
    answers: &BTreeMap<String, Value>,
    grown: Option<&str>,
    t: &'static Texts,
) -> Vec<Item> {
    let asked = form.asked(answers);
    let mut walk = Walk { form, answers, asked, grown, t, own: paths(form, page), items: Vec::new() };
    walk.all(&page.elements);
    walk.items
}

/// One question by itself, with its rows when it is a table.
pub(crate) fn items_of_question(
    form: &Form,
    field: &Question,
    answers: &BTreeMap<String, Value>,
    grown: Option<&str>,
    t: &'static Texts,
) -> Vec<Item> {
    let asked = form.asked(answers);
    let mut walk = Walk { form, answers, asked, grown, t, own: Vec::new(), items: Vec::new() };
    walk.question(field);
    walk.items
}

/// The names of the boxes for addresses.
pub(crate) fn addresses(items: &[Item]) -> impl Iterator<Item = &str> {
    items.iter().filter_map(|item| match item {
        Item::Ask(asked) if asked.widget == Widget::Address => Some(asked.name.as_str()),
        _ => None,
    })
}

/// The answers of other pages on which this page's rules look, as JSON for the script.
pub(crate) fn known(form: &Form, page: &Page, answers: &BTreeMap<String, Value>) -> String {
    let own = paths(form, page);
    let asked = form.asked(answers);
    let mut known = Map::new();
    let mut rules = Vec::new();
    collect(&page.elements, &mut rules);
    for path in rules.iter().flat_map(|rule| rule.condition.paths()).filter(|path| !own.contains(path)) {
        if let Some(answer) = asked.answer(path) {
            known.insert(path.to_owned(), answer.clone());
        }
    }
    Value::Object(known).to_string()
}

fn paths<'f>(form: &'f Form, page: &'f Page) -> Vec<&'f str> {
    form.fields_on(page).map(|field| field.path.as_str()).collect()
}

fn collect<'p>(elements: &'p [Element], rules: &mut Vec<&'p Rule>) {
    for element in elements {
        let (Element::Question { rule, .. } | Element::Group { rule, .. } | Element::Note { rule, .. }) = element;
        rules.extend(rule);
        if let Element::Group { elements, .. } = element {
            collect(elements, rules);
        }
    }
}

struct Walk<'a> {
    form: &'a Form,
    answers: &'a BTreeMap<String, Value>,
    /// What is asked, given what was answered.
    asked: Counted<'a>,
    grown: Option<&'a str>,
    t: &'static Texts,
    own: Vec<&'a str>,
    items: Vec<Item>,
}

impl Walk<'_> {
    fn all(&mut self, elements: &[Element]) {
        for element in elements {
            let (Element::Question { rule, .. } | Element::Group { rule, .. } | Element::Note { rule, .. }) = element;
            // What depends on other pages is known here; what depends on this one is shown, and hidden by the script.
            let depends_here =
                rule.as_ref().is_some_and(|rule| rule.condition.paths().iter().any(|path| self.own.contains(path)));
            if !depends_here && !self.asked.is_open(rule.as_ref()) {
                continue;
            }
            let rule = rule.as_ref().filter(|_| depends_here).map(rule_json).unwrap_or_default();
            match element {
                Element::Question { field, .. } => {
                    let (form, has_rule) = (self.form, !rule.is_empty());
                    if has_rule {
                        self.items.push(Item::Open { title: String::new(), rule });
                    }
                    self.question(&form.fields[*field]);
                    if has_rule {
                        self.items.push(Item::Close);
                    }
                }
                Element::Group { title, elements, .. } => {
                    self.items.push(Item::Open { title: words(title, self.t).to_owned(), rule });
                    self.all(elements);
                    self.items.push(Item::Close);
                }
                Element::Note { text, .. } => self.items.push(Item::Note(words(text, self.t).to_owned())),
            }
        }
    }

    fn question(&mut self, field: &Question) {
        let Kind::Table { columns, min, max } = &field.kind else {
            self.items.push(Item::Ask(Box::new(question(field, field.path.clone(), self.t))));
            return;
        };
        let rows = self.answers.get(&field.path).and_then(Value::as_array).map_or(0, Vec::len);
        let wanted = rows + usize::from(self.grown == Some(&field.path));
        let least = usize::try_from(*min).unwrap_or(1).max(1);
        let shown = wanted.max(least).min(usize::try_from(*max).unwrap_or(usize::MAX));
        let title = words(&field.title, self.t).to_owned();
        self.items.push(Item::Open { title: title.clone(), rule: String::new() });
        self.items.push(Item::Note(match field.hint.is_empty() {
            true => self.t.m("answers-rows-hint").to_owned(),
            false => words(&field.hint, self.t).to_owned(),
        }));
        for row in 0..shown {
            let n = row + 1;
            let title = self.t.f("answers-row", [("what", title.clone().into()), ("n", n.into())]);
            self.items.push(Item::Open { title, rule: String::new() });
            for column in columns {
                let name = format!("{}.{row}.{}", field.path, column.path);
                self.items.push(Item::Ask(Box::new(question(column, name, self.t))));
            }
            self.items.push(Item::Close);
        }
        if (shown as u64) < *max {
            self.items.push(Item::MoreRows(field.path.clone()));
        }
        self.items.push(Item::Close);
    }
}

fn has_long_answers(answers: &[Answer], t: &Texts) -> bool {
    answers.iter().any(|answer| words(&answer.title, t).chars().count() > LONGEST_IN_LIST)
}

fn rule_json(rule: &Rule) -> String {
    serde_json::json!({ "when": rule.when, "keeps": rule.keeps_place, "if": rule.condition.to_json() }).to_string()
}

fn question(field: &Question, name: String, t: &'static Texts) -> Asked {
    let titles = |answers: &[Answer]| {
        answers.iter().map(|answer| Choice::new(answer.value.as_str(), words(&answer.title, t))).collect::<Vec<_>>()
    };
    let (widget, choices) = match &field.kind {
        Kind::Line { max } if *max <= 40 => (Widget::Short, Vec::new()),
        Kind::Line { .. } | Kind::PersonName | Kind::Table { .. } => (Widget::Line, Vec::new()),
        Kind::Address => (Widget::Address, Vec::new()),
        Kind::Paragraph { .. } => (Widget::Paragraph, Vec::new()),
        Kind::Date | Kind::PartialDate => (Widget::Day, Vec::new()),
        Kind::Time => (Widget::Short, Vec::new()),
        Kind::Whole { .. } | Kind::Decimal { .. } | Kind::PersonalNumber | Kind::TaxNumber => {
            (Widget::Number, Vec::new())
        }
        Kind::IdentityNumber => (Widget::Short, Vec::new()),
        Kind::Phone => (Widget::Telephone, Vec::new()),
        Kind::Email => (Widget::Mailbox, Vec::new()),
        Kind::YesNo => {
            (Widget::Radios, vec![Choice::new("yes", t.m("answer-yes")), Choice::new("no", t.m("answer-no"))])
        }
        Kind::One(answers) if answers.len() <= MOST_RADIOS || has_long_answers(answers, t) => {
            (Widget::Radios, titles(answers))
        }
        Kind::One(answers) => (Widget::List, titles(answers)),
        Kind::Many(answers) => (Widget::Boxes, titles(answers)),
    };
    let limit = match field.kind {
        Kind::Paragraph { max } => max,
        _ => 0,
    };
    let label = match &field.kind {
        Kind::Whole { unit } | Kind::Decimal { unit } if !unit.is_empty() => {
            format!("{} ({})", words(&field.title, t), words(unit, t))
        }
        _ => words(&field.title, t).to_owned(),
    };
    Asked { name, label, hint: words(&field.hint, t).to_owned(), optional: !field.is_required, widget, choices, limit }
}

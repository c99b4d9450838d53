//! Answers to an electronic form in words: what people read of them, and what is said beside one that is wrong.

use ::procedures::{Change, differences};
use domain::dossier::{Delivery, Dossier};
use domain::time::Day;
use forms::{Doubt, DoubtKind, Form, Kind, Page, Problem, ProblemKind, Question, Reading, Words};
use serde_json::Value;
use std::collections::BTreeMap;
use usecases::{filed_version, version_before, version_of};

use crate::addresses::address_doubt;
use crate::i18n::{Locale, Texts};
use crate::portal::Portal;
use crate::view::parts::SummaryRow;

/// A form's words in the language of the page.
pub fn words<'w>(words: &'w Words, t: &Texts) -> &'w str {
    match t.locale() {
        Locale::Vi => &words.vi,
        Locale::En => &words.en,
    }
}

/// A page of a form with its answers.
pub struct AnsweredPage {
    /// Its heading.
    pub title: String,
    rows: Vec<SummaryRow>,
}

impl AnsweredPage {
    /// A row for each question that was asked.
    pub fn rows(&self) -> &[SummaryRow] {
        &self.rows
    }
}

/// What was answered, page by page. `change` tells where a question of a page is answered anew, when it can be.
pub fn answered_pages(
    form: &Form,
    answers: &BTreeMap<String, Value>,
    change: impl Fn(&Page, &Question) -> Option<String>,
    t: &Texts,
) -> Vec<AnsweredPage> {
    let asked = form.asked(answers);
    let row = |page: &Page, field: &Question| {
        let value = asked.answer(&field.path).map(|answer| answer_words(field, answer, t)).unwrap_or_default();
        let row = SummaryRow::new(words(&field.title, t), value);
        match change(page, field) {
            Some(place) => row.changed_at(place),
            None => row,
        }
    };
    let page_of = |page: &Page| {
        let rows = asked.fields_of(page).into_iter().map(|field| row(page, field)).collect();
        AnsweredPage { title: words(&page.title, t).to_owned(), rows }
    };
    asked.pages().map(page_of).collect()
}

/// What was answered in a dossier that is filed; nothing when its procedure has no form of its own.
pub fn answered(portal: &Portal, dossier: &Dossier, t: &Texts) -> Vec<AnsweredPage> {
    let own = filed_version(portal.app(), dossier);
    own.map(|own| answered_pages(&own.form, &dossier.answers, |_, _| None, t)).unwrap_or_default()
}

/// What the version that counts on this day asks otherwise than the one under which the draft was begun; nothing when that
/// is the same one.
pub fn moved(portal: &Portal, dossier: &Dossier, today: Day, t: &Texts) -> Vec<String> {
    let now = version_of(portal.app(), dossier, today);
    let Some((before, now)) = version_before(portal.app(), dossier, today).zip(now) else { return Vec::new() };
    let day = now.valid_from.vietnamese();
    let sentence = |change: &Change<'_>| match change {
        Change::Added(title) => t.f("answers-moved-added", [("what", words(title, t).into())]),
        Change::Removed(title) => t.f("answers-moved-removed", [("what", words(title, t).into())]),
        Change::Changed(title) => t.f("answers-moved-changed", [("what", words(title, t).into())]),
    };
    let head = t.f("answers-moved", [("day", day.into())]);
    [head].into_iter().chain(differences(&before.form, &now.form).iter().map(sentence)).collect()
}

/// What fits ill together and may be right all the same, for whoever looks again: by the version that counts for the
/// dossier on this day.
pub fn doubts(portal: &Portal, dossier: &Dossier, today: Day, t: &Texts) -> Vec<String> {
    let mut sentences = address_doubts(portal, dossier, t);
    let Some(own) = version_of(portal.app(), dossier, today) else { return sentences };
    let title = |path: &str| {
        let page = field_of(&own.form, path).and_then(|field| own.form.page_of(field));
        let page = page.map(|page| words(&page.title, t)).unwrap_or_default();
        let field = field_at(&own.form, path).map(|field| words(&field.title, t)).unwrap_or_default();
        format!("{page}, {}", lower_first(field))
    };
    let sentence = |doubt: Doubt| {
        let (what, number) = (title(&doubt.path), title(&doubt.number_path));
        match doubt.kind {
            DoubtKind::BirthYear { in_number } => t.f(
                "answer-doubt-birth",
                [("what", what.into()), ("number", number.into()), ("year", in_number.to_string().into())],
            ),
            DoubtKind::Sex => t.f("answer-doubt-sex", [("what", what.into()), ("number", number.into())]),
        }
    };
    sentences.extend(own.form.doubts(&dossier.answers).into_iter().map(sentence));
    let addresses = own.form.addresses(&dossier.answers).into_iter();
    sentences.extend(addresses.filter_map(|(path, line)| address_doubt(portal, &title(&path), line, t)));
    sentences
}

/// What is doubtful about the owner's address, and about the one that the post goes to when it is another.
fn address_doubts(portal: &Portal, dossier: &Dossier, t: &Texts) -> Vec<String> {
    let owner = dossier.owner.as_ref().map(|owner| owner.address.as_str());
    let post = match &dossier.delivery {
        Some(Delivery::ByPost { address, .. }) if Some(address.as_str()) != owner => Some(address.as_str()),
        _ => None,
    };
    let lines = [(t.m("place-of-owner"), owner), (t.m("place-of-post"), post)];
    lines.into_iter().filter_map(|(what, line)| address_doubt(portal, what, line?, t)).collect()
}

/// An answer as it is read; each line is a line of its own.
pub fn answer_words(field: &Question, answer: &Value, t: &Texts) -> String {
    let of: fn(&Words) -> &str = match t.locale() {
        Locale::Vi => |words| &words.vi,
        Locale::En => |words| &words.en,
    };
    let reading = Reading { of, yes: t.m("answer-yes"), no: t.m("answer-no") };
    forms::answer_words(field, answer, reading)
}

/// The question at a problem's path: a question of the form, or a column of one of its tables.
fn field_at<'f>(form: &'f Form, path: &str) -> Option<&'f Question> {
    if let Some(field) = form.field(path) {
        return Some(field);
    }
    let (row, column) = path.rsplit_once('.')?;
    let Kind::Table { columns, .. } = &form.field(row.rsplit_once('.')?.0)?.kind else { return None };
    columns.iter().find(|field| field.path == column)
}

/// The question of the form whose answer, or a part of whose answer, stands at a path.
fn field_of<'f>(form: &'f Form, path: &str) -> Option<&'f Question> {
    form.field(path).or_else(|| field_of(form, path.rsplit_once('.')?.0))
}

/// The sentence beside a question: what is wrong and what to do.
pub fn problem_words(form: &Form, problem: &Problem, t: &Texts) -> String {
    let Some(field) = field_at(form, &problem.path) else { return t.m("answer-wrong").to_owned() };
    let title = words(&field.title, t);
    let number = |n: f64| n.to_string().replace('.', ",");
    match &problem.kind {
        ProblemKind::Missing if title.ends_with('?') => t.m("answer-question-missing").to_owned(),
        ProblemKind::Missing => {
            let key = match field.kind {
                Kind::One(_) | Kind::Many(_) | Kind::YesNo => "answer-choice-missing",
                _ => "answer-missing",
            };
            t.f(key, [("what", lower_first(title).into())])
        }
        ProblemKind::TooLong { max } => t.f("answer-too-long", [("what", title.into()), ("max", (*max).into())]),
        ProblemKind::TooShort { min } => t.f("answer-too-short", [("what", title.into()), ("min", (*min).into())]),
        ProblemKind::TooSmall { min } => {
            t.f("answer-too-small", [("what", title.into()), ("min", number(*min).into())])
        }
        ProblemKind::TooLarge { max } => {
            t.f("answer-too-large", [("what", title.into()), ("max", number(*max).into())])
        }
        ProblemKind::TooFewRows { min } => t.f("answer-too-few-rows", [("min", (*min).into())]),
        ProblemKind::TooManyRows { max } => t.f("answer-too-many-rows", [("max", (*max).into())]),
        ProblemKind::InFuture => t.f("answer-in-future", [("what", title.into())]),
        ProblemKind::NotAChoice => t.f("answer-choice-missing", [("what", lower_first(title).into())]),
        ProblemKind::NotAsked => t.m("answer-wrong").to_owned(),
        ProblemKind::WrongForm => t.m(wrong_form_key(&field.kind)).to_owned(),
    }
}

fn wrong_form_key(kind: &Kind) -> &'static str {
    match kind {
        Kind::PersonName => "input-name-character",
        Kind::Date => "answer-date-wrong",
        Kind::PartialDate => "answer-partial-date-wrong",
        Kind::Time => "answer-time-wrong",
        Kind::Whole { .. } => "answer-whole-wrong",
        Kind::Decimal { .. } => "answer-decimal-wrong",
        Kind::Phone => "input-phone-wrong",
        Kind::Email => "input-email-wrong",
        Kind::PersonalNumber => "answer-personal-number-wrong",
        Kind::IdentityNumber => "answer-identity-number-wrong",
        Kind::TaxNumber => "answer-tax-number-wrong",
        Kind::Line { .. } | Kind::Paragraph { .. } | Kind::Address => "input-control-character",
        Kind::YesNo | Kind::One(_) | Kind::Many(_) | Kind::Table { .. } => "answer-wrong",
    }
}

/// A title inside a sentence; names in capitals keep them.
fn lower_first(title: &str) -> String {
    let mut characters = title.chars();
    let Some(first) = characters.next() else { return String::new() };
    if characters.clone().next().is_some_and(char::is_uppercase) {
        return title.to_owned();
    }
    first.to_lowercase().chain(characters).collect()
}

//! Samples: filings with what is expected of them, so that a change of a procedure shows in real cases.

use std::collections::BTreeMap;

use domain::calendar::{OfficeHours, WorkCalendar};
use domain::deadline::{DeadlineRule, due};
use domain::time::{Day, Instant};
use forms::{Problem, ProblemKind, Refusal, SourceText, child};
use serde_json::Value;

use crate::letters::LetterKind;
use crate::version::Version;

/// By what due dates are counted.
#[derive(Clone, Copy, Debug)]
pub struct Counting<'c> {
    /// The rule.
    pub rule: &'c DeadlineRule,
    /// The days.
    pub calendar: &'c WorkCalendar,
    /// The hours.
    pub hours: &'c OfficeHours,
}

/// Whether a dossier can be filed as a sample has it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Everything is there.
    Complete,
    /// Something is missing or wrong.
    Incomplete,
}

/// Files a sample in thought and compares what comes out with what it expects.
///
/// # Errors
/// Everything in which they differ, and whatever of the sample cannot be read.
pub fn check_sample(
    version: &Version,
    file: &str,
    text: &str,
    counting: Counting<'_>,
) -> Result<Verdict, Vec<Refusal>> {
    let source = SourceText::toml(file, text).map_err(|refusal| vec![refusal])?;
    let sample = Sample::read(&source, version).map_err(|refusal| vec![refusal])?;
    let refusals = sample.compare(&source, version, counting);
    match refusals.is_empty() {
        true => Ok(sample.verdict),
        false => Err(refusals),
    }
}

struct Sample {
    at: Instant,
    answers: BTreeMap<String, Value>,
    papers: Vec<String>,
    verdict: Verdict,
    problems: Vec<String>,
    route: Vec<String>,
    /// The name of the letter that it leads to.
    letter: Option<String>,
    fee: Option<u64>,
    due_at: Option<Instant>,
}

impl Sample {
    fn read(source: &SourceText, version: &Version) -> Result<Self, Refusal> {
        source.allow("", &["title", "kind", "at", "papers", "answers", "expect"])?;
        source.text("", "title")?;
        source.allow("/expect", &["verdict", "problems", "route", "letter", "fee", "due_at"])?;
        let verdict = match source.text("/expect", "verdict")? {
            "complete" => Verdict::Complete,
            "incomplete" => Verdict::Incomplete,
            _ => return Err(source.refuse("/expect/verdict", "\"verdict\" is complete or incomplete")),
        };
        match (source.text("", "kind")?, verdict) {
            ("right", Verdict::Complete) | ("wrong", Verdict::Incomplete) | ("edge", _) => {}
            ("right" | "wrong", _) => {
                return Err(source.refuse("/kind", "a right sample is complete, a wrong one is incomplete"));
            }
            _ => return Err(source.refuse("/kind", "\"kind\" is right, wrong or edge")),
        }
        let papers = texts(source, "", "papers")?;
        if let Some(unknown) = papers.iter().position(|code| version.papers.iter().all(|paper| paper.code != *code)) {
            let place = format!("/papers/{unknown}");
            return Err(source.refuse(&place, format!("{:?} is no paper of this procedure", papers[unknown])));
        }
        let mut answers = BTreeMap::new();
        if let Some(given) = source.value.pointer("/answers") {
            flatten(source, version, "/answers", "", given, &mut answers)?;
        }
        Ok(Self {
            at: local_time(source, "", "at")?.ok_or_else(|| source.refuse("", "\"at\" is missing"))?,
            answers,
            papers,
            verdict,
            problems: texts(source, "/expect", "problems")?,
            route: texts(source, "/expect", "route")?,
            letter: source.value.pointer("/expect/letter").and_then(Value::as_str).map(str::to_owned),
            fee: source.value.pointer("/expect/fee").and_then(Value::as_u64),
            due_at: local_time(source, "/expect", "due_at")?,
        })
    }

    fn compare(&self, source: &SourceText, version: &Version, counting: Counting<'_>) -> Vec<Refusal> {
        let mut refusals = Vec::new();
        let mut differ = |name: &str, expected: String, found: String| {
            if expected != found {
                let place = child("/expect", name);
                refusals.push(source.refuse(&place, format!("{name}: {expected} is expected, {found} comes out")));
            }
        };
        let problems = self.problems_of(version);
        let verdict = if problems.is_empty() { Verdict::Complete } else { Verdict::Incomplete };
        differ("verdict", format!("{:?}", self.verdict), format!("{verdict:?}"));
        differ("problems", format!("{:?}", self.problems), format!("{problems:?}"));
        if self.verdict == Verdict::Complete {
            let asked = version.form.asked(&self.answers);
            let route: Vec<&str> = version.process.route(Some(&asked)).iter().map(|task| task.id.as_str()).collect();
            differ("route", format!("{:?}", self.route), format!("{route:?}"));
            let results =
                version.letters_of(&self.answers).into_iter().filter(|letter| letter.kind == LetterKind::Result);
            let results: Vec<&str> = results.map(|letter| letter.name.as_str()).collect();
            let none = || "nothing".to_owned();
            differ(
                "letter",
                self.letter.clone().unwrap_or_else(none),
                Some(results.join(", ")).filter(|names| !names.is_empty()).unwrap_or_else(none),
            );
            let fee = version.fee_due(&self.answers).total;
            differ("fee", self.fee.map_or("nothing".to_owned(), |fee| fee.to_string()), fee.to_string());
            let due_at =
                version.limit.map(|limit| due(self.at, limit, counting.rule, counting.calendar, counting.hours).due_at);
            let words = |at: Option<Instant>| at.map_or("nothing".to_owned(), |at| at.vietnamese());
            differ("due_at", words(self.due_at), words(due_at));
        }
        refusals
    }

    fn problems_of(&self, version: &Version) -> Vec<String> {
        let of_form = version.problems(&self.answers, self.at.day());
        let given: Vec<&str> = self.papers.iter().map(String::as_str).collect();
        let missing = version.papers_missing(&self.answers, &given);
        let papers = missing.iter().map(|paper| format!("paper {}: missing", paper.code));
        of_form.iter().map(words_of).chain(papers).collect()
    }
}

fn words_of(problem: &Problem) -> String {
    let word = match problem.kind {
        ProblemKind::Missing => "missing",
        ProblemKind::TooLong { .. } => "too_long",
        ProblemKind::TooShort { .. } => "too_short",
        ProblemKind::TooSmall { .. } => "too_small",
        ProblemKind::TooLarge { .. } => "too_large",
        ProblemKind::TooFewRows { .. } => "too_few_rows",
        ProblemKind::TooManyRows { .. } => "too_many_rows",
        ProblemKind::NotAChoice => "not_a_choice",
        ProblemKind::WrongForm => "wrong_form",
        ProblemKind::InFuture => "in_future",
        ProblemKind::NotAsked => "not_asked",
    };
    format!("{}: {word}", problem.path)
}

fn texts(source: &SourceText, at: &str, name: &str) -> Result<Vec<String>, Refusal> {
    let items = source.items(at, name);
    let text = |item: &String| {
        let found = source.value.pointer(item).and_then(Value::as_str);
        found.map(str::to_owned).ok_or_else(|| source.refuse(item, "a text is expected"))
    };
    items.iter().map(text).collect()
}

/// A local time of Vietnam, `2026-11-23T09:00:00`.
fn local_time(source: &SourceText, at: &str, name: &str) -> Result<Option<Instant>, Refusal> {
    let place = child(at, name);
    let Some(value) = source.value.pointer(&place) else { return Ok(None) };
    let time = value.as_str().and_then(|text| {
        let (day, time) = text.split_once('T')?;
        let mut parts = time.split(':').map(|part| part.parse::<u16>().ok());
        let (hour, minute) = (parts.next()??, parts.next()??);
        Some(Day::parse(day).ok()?.at_minute(hour * 60 + minute))
    });
    time.map(Some).ok_or_else(|| source.refuse(&place, format!("{name:?} is no local time")))
}

/// Answers by path: objects of the file lie in one another as in the schema.
fn flatten(
    source: &SourceText,
    version: &Version,
    pointer: &str,
    path: &str,
    value: &Value,
    answers: &mut BTreeMap<String, Value>,
) -> Result<(), Refusal> {
    let Value::Object(object) = value else {
        if version.form.field(path).is_none() {
            return Err(source.refuse(pointer, format!("there is no field {path}")));
        }
        answers.insert(path.to_owned(), value.clone());
        return Ok(());
    };
    for (name, inside) in object {
        let path = if path.is_empty() { name.clone() } else { format!("{path}.{name}") };
        flatten(source, version, &child(pointer, name), &path, inside, answers)?;
    }
    Ok(())
}

//! One version of a procedure, compiled from its files.

use std::collections::BTreeMap;
use std::sync::Arc;

use domain::deadline::TimeLimit;
use domain::time::Day;
use forms::{Form, FormSource, Problem, Refusal, SourceText, child};
use serde_json::Value;

use crate::fees::{Due, Fee};
use crate::letters::{Letter, read_letters};
use crate::papers::Paper;
use crate::process::Process;
use crate::registers::Registers;

/// A file with its name.
pub type File<'t> = (&'t str, &'t str);

/// The texts of one version.
#[derive(Clone, Copy, Debug)]
pub struct VersionSource<'t> {
    /// `procedure.toml`.
    pub facts: File<'t>,
    /// `form.schema.json` and `form.ui.json` with what several forms use.
    pub form: FormSource<'t>,
    /// `process.bpmn`; the standard process when there is none.
    pub process: Option<File<'t>>,
    /// The files of `letters/`, in order.
    pub letters: &'t [File<'t>],
}

/// What the record of the national database says of the procedure.
#[derive(Clone, Debug)]
pub struct Record {
    /// Its code.
    pub code: String,
    /// The statutory limit, when it can be counted.
    pub limit: Option<TimeLimit>,
}

/// One version of a procedure.
#[derive(Debug)]
pub struct Version {
    /// Its name, which a dossier keeps.
    pub version: String,
    /// The day from which it counts.
    pub valid_from: Day,
    /// The law that prescribes its form.
    pub ground: String,
    /// Whether it was compared with the official form.
    pub is_sure: bool,
    /// Whether it is the general one: made from the record, which says what is paid.
    pub is_general: bool,
    /// The form; general versions that ask the same share one.
    pub form: Arc<Form>,
    /// The statutory limit; none when neither its files nor its record has one that can be counted.
    pub limit: Option<TimeLimit>,
    /// What is paid.
    pub fees: Vec<Fee>,
    /// The papers; when there is none, those of the record are shown.
    pub papers: Vec<Paper>,
    /// What the agency sends in the end: results and refusals.
    pub letters: Vec<Letter>,
    /// The kind of paper that its result is, by which registers and stores know it; none when it is none of them.
    pub result: Option<String>,
    /// Its steps.
    pub process: Process,
}

impl Version {
    /// Compiles a version.
    ///
    /// # Errors
    /// Everything that is wrong with its files, in their order.
    pub fn compile(source: VersionSource<'_>, record: &Record, registers: &Registers) -> Result<Self, Vec<Refusal>> {
        let facts = SourceText::toml(source.facts.0, source.facts.1).map_err(|refusal| vec![refusal])?;
        // What refers to the form is read once the form stands.
        let form = Form::compile(source.form)?;
        let mut refusals = Vec::new();
        let mut keep = |refusal| refusals.push(refusal);
        let head = Head::read(&facts, record, registers).map_err(&mut keep).ok();
        let fees: Vec<Fee> = list(&facts, "fees", &mut keep, |at| Fee::read(&facts, at, &form));
        let papers: Vec<Paper> = list(&facts, "components", &mut keep, |at| Paper::read(&facts, at, &form, registers));
        if let Some(refusal) = doubled(&facts, "fees", "key").or_else(|| doubled(&facts, "components", "code")) {
            refusals.push(refusal);
        }
        let limit = head.as_ref().and_then(|head| head.limit);
        let process = match source.process {
            None => Some(Process::standard(limit)),
            // Without the limit nothing can be said of the hours.
            Some(_) if head.is_none() => None,
            Some((file, text)) => Process::read(file, text, &form, limit).map_err(|more| refusals.extend(more)).ok(),
        };
        let letters = match &process {
            // What stands at a step is read once the steps stand.
            None => Vec::new(),
            Some(process) => {
                read_letters(source.letters, &form, process).map_err(|more| refusals.extend(more)).unwrap_or_default()
            }
        };
        match (head, process) {
            (Some(head), Some(process)) if refusals.is_empty() => {
                let Head { version, valid_from, ground, is_sure, limit, result } = head;
                Ok(Self {
                    version,
                    valid_from,
                    ground,
                    is_sure,
                    is_general: false,
                    form: Arc::new(form),
                    limit,
                    fees,
                    papers,
                    letters,
                    result,
                    process,
                })
            }
            _ => Err(refusals),
        }
    }

    /// What must be put right in the form before a dossier with these answers can be filed on this day.
    pub fn problems(&self, answers: &BTreeMap<String, Value>, today: Day) -> Vec<Problem> {
        self.form.problems(answers, today)
    }

    /// The papers that are asked for of somebody who answered this; none when the record's list counts.
    pub fn papers_asked(&self, answers: &BTreeMap<String, Value>) -> Vec<&Paper> {
        let asked = self.form.asked(answers);
        self.papers.iter().filter(|paper| paper.is_asked(&asked)).collect()
    }

    /// The papers that are missing, when those with these codes are there.
    pub fn papers_missing(&self, answers: &BTreeMap<String, Value>, given: &[&str]) -> Vec<&Paper> {
        let mut missing = self.papers_asked(answers);
        missing.retain(|paper| paper.is_required && !given.contains(&paper.code.as_str()));
        missing
    }

    /// The letters of the case of somebody who answered this: what may be sent in the end.
    pub fn letters_of(&self, answers: &BTreeMap<String, Value>) -> Vec<&Letter> {
        let asked = self.form.asked(answers);
        let route = self.process.route(Some(&asked));
        self.letters.iter().filter(|letter| letter.is_of(&asked, &route)).collect()
    }

    /// What somebody who answered this pays.
    pub fn fee_due(&self, answers: &BTreeMap<String, Value>) -> Due<'_> {
        Fee::due(&self.fees, &self.form.asked(answers))
    }
}

/// What stands at the head of `procedure.toml`.
struct Head {
    version: String,
    valid_from: Day,
    ground: String,
    is_sure: bool,
    limit: Option<TimeLimit>,
    result: Option<String>,
}

impl Head {
    fn read(facts: &SourceText, record: &Record, registers: &Registers) -> Result<Self, Refusal> {
        let known = ["code", "form_version", "valid_from", "ground", "sure", "limit", "result", "fees", "components"];
        facts.allow("", &known)?;
        if facts.text("", "code")? != record.code {
            return Err(facts.refuse("/code", "\"code\" is not the folder's, or no procedure's"));
        }
        let valid_from = Day::parse(facts.text("", "valid_from")?)
            .map_err(|_| facts.refuse("/valid_from", "\"valid_from\" is no day"))?;
        let limit = match facts.object("")?.contains_key("limit") {
            true => Some(limit(facts, "/limit")?),
            false => record.limit,
        };
        let result = match facts.object("")?.contains_key("result") {
            true => Some(facts.text("", "result")?.to_owned()),
            false => None,
        };
        if let Some(unknown) = result.as_deref().filter(|kind| registers.document(kind).is_none()) {
            return Err(facts.refuse("/result", format!("{unknown:?} is no kind of document in registers.toml")));
        }
        Ok(Self {
            version: facts.text("", "form_version")?.to_owned(),
            valid_from,
            ground: facts.text("", "ground")?.to_owned(),
            is_sure: facts.flag("", "sure")?,
            limit,
            result,
        })
    }
}

fn limit(facts: &SourceText, at: &str) -> Result<TimeLimit, Refusal> {
    facts.allow(at, &["amount", "unit", "ground"])?;
    facts.text(at, "ground")?;
    let amount = facts.object(at)?.get("amount").and_then(Value::as_f64).filter(|amount| *amount > 0.0);
    let amount = amount.ok_or_else(|| facts.refuse(&child(at, "amount"), "\"amount\" is no number above zero"))?;
    let unit = facts.object(at)?.get("unit").cloned().unwrap_or_default();
    let raw = serde_json::json!({ "amount_milli": (amount * 1_000.0).round() as i64, "unit": unit });
    serde_json::from_value(raw)
        .map_err(|_| facts.refuse(&child(at, "unit"), "no limit in hour, half_day, working_day, day, month or year"))
}

fn list<T>(
    facts: &SourceText,
    name: &str,
    keep: &mut dyn FnMut(Refusal),
    read: impl Fn(&str) -> Result<T, Refusal>,
) -> Vec<T> {
    facts.items("", name).iter().filter_map(|at| read(at).map_err(&mut *keep).ok()).collect()
}

/// The first entry of a list that is called as one before it.
fn doubled(facts: &SourceText, list: &str, name: &str) -> Option<Refusal> {
    let mut seen = Vec::new();
    for at in facts.items("", list) {
        let key = facts.value.pointer(&child(&at, name)).and_then(Value::as_str).unwrap_or_default();
        if seen.contains(&key) {
            return Some(facts.refuse(&child(&at, name), format!("two entries are called {key:?}")));
        }
        seen.push(key);
    }
    None
}

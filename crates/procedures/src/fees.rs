//! What is paid for a procedure.

use forms::{Asked, Condition, Form, Refusal, SourceText, Words, child};
use serde_json::Value;

/// One fee or charge.
#[derive(Clone, Debug, PartialEq)]
pub struct Fee {
    /// Its name in the file.
    pub key: String,
    /// What it is paid for.
    pub title: Words,
    /// Whole đồng; for each where `per` names a question.
    pub amount: u64,
    /// The question whose answer says how many times it is paid.
    pub per: Option<String>,
    /// When it is paid; always when there is none.
    pub when: Option<Condition>,
    /// The law that sets it.
    pub ground: String,
    /// Whether a document confirms it.
    pub is_sure: bool,
}

/// What one fee comes to for one dossier.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FeeLine<'f> {
    /// What it is paid for.
    pub title: &'f Words,
    /// How many times.
    pub times: u64,
    /// Whole đồng for all of them.
    pub amount: u64,
}

/// What one dossier costs.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Due<'f> {
    /// Fee by fee.
    pub lines: Vec<FeeLine<'f>>,
    /// Whole đồng.
    pub total: u64,
}

impl Fee {
    /// What these fees come to for somebody who answered this.
    pub fn due<'f>(fees: &'f [Fee], asked: &Asked<'_>) -> Due<'f> {
        let mut due = Due::default();
        for fee in fees {
            let applies = fee.when.as_ref().is_none_or(|when| when.applies(&|path| asked.answer(path)));
            let times = match &fee.per {
                None => 1,
                Some(path) => asked.answer(path).and_then(Value::as_u64).unwrap_or(0),
            };
            if applies && times > 0 {
                let amount = fee.amount.saturating_mul(times);
                due.lines.push(FeeLine { title: &fee.title, times, amount });
                due.total = due.total.saturating_add(amount);
            }
        }
        due
    }

    /// Reads the fee at a pointer of `procedure.toml`.
    pub(crate) fn read(facts: &SourceText, at: &str, form: &Form) -> Result<Self, Refusal> {
        facts.allow(at, &["key", "title", "title_en", "amount", "per", "when", "ground", "sure"])?;
        let number = facts.object(at)?.get("amount").and_then(Value::as_u64);
        let amount =
            number.ok_or_else(|| facts.refuse(&child(at, "amount"), "\"amount\" is no whole number of đồng"))?;
        let per = match facts.object(at)?.contains_key("per") {
            true => Some(form.allow_count(facts, &child(at, "per"), facts.text(at, "per")?)?),
            false => None,
        };
        let when = form.condition_at(facts, &child(at, "when"))?;
        let title = facts.words(at, "title")?.ok_or_else(|| facts.refuse(at, "\"title\" is missing"))?;
        let (key, ground) = (facts.text(at, "key")?.to_owned(), facts.text(at, "ground")?.to_owned());
        let is_sure = facts.flag(at, "sure")?;
        Ok(Self { key, title, amount, per, when, ground, is_sure })
    }
}

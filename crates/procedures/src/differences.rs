//! What a new version of a form asks otherwise than the one before: shown to whoever has begun under the old one.

use forms::{Form, Question, Words};

/// A question that the versions treat otherwise.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change<'f> {
    /// Only the new one asks it.
    Added(&'f Words),
    /// Only the old one asked it.
    Removed(&'f Words),
    /// Both ask it, with other words, other possible answers, or now it must be answered.
    Changed(&'f Words),
}

/// The differences in the order of the new form; what is no longer asked comes last.
pub fn differences<'f>(old: &'f Form, new: &'f Form) -> Vec<Change<'f>> {
    let in_new = new.fields.iter().filter_map(|question| match old.field(&question.path) {
        None => Some(Change::Added(&question.title)),
        Some(before) => (!asks_the_same(before, question)).then_some(Change::Changed(&question.title)),
    });
    let gone = old.fields.iter().filter(|question| new.field(&question.path).is_none());
    in_new.chain(gone.map(|question| Change::Removed(&question.title))).collect()
}

fn asks_the_same(before: &Question, now: &Question) -> bool {
    before.title == now.title
        && before.hint == now.hint
        && before.kind == now.kind
        && (before.is_required || !now.is_required)
        && before.is_past == now.is_past
}

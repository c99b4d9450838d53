//! What the index over procedures is made of.

use content::Content;
use domain::catalogue::{Fileability, Level, ProcedureSummary};
use search::{Entry, Index, Lexicon};

/// The index over all procedures; a hit's number is the procedure's number in the catalogue.
pub fn build_index(content: &Content) -> Index {
    let lexicon = Lexicon::new(content.synonyms.pairs(), std::iter::empty());
    let entries = (0_u32..).zip(content.procedures.all()).map(|(number, procedure)| Entry {
        code: procedure.code.as_str(),
        name: &procedure.name,
        field: content.fields.find(&procedure.field_code).map_or("", |field| &field.name),
        prior: prior(procedure, content.assignment.fileability(number) == Fileability::Here),
    });
    Index::build(entries, &lexicon)
}

/// How likely a procedure is meant among those whose titles answer alike: what people do at their commune comes before
/// what enterprises do at a ministry, and what can be filed here before what cannot.
fn prior(procedure: &ProcedureSummary, is_fileable: bool) -> f32 {
    let level = if procedure.levels.contains(Level::Commune) {
        0.6
    } else if procedure.levels.contains(Level::Province) {
        0.3
    } else {
        0.0
    };
    level + if is_fileable { 0.4 } else { 0.0 }
}

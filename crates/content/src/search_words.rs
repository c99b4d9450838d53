//! What the search must know besides titles: everyday words, empty phrases, and what is asked for most.

use domain::catalogue::{Fileability, Level, NotFileable, ProcedureSummary};
use domain::codes::ProcedureCode;
use serde::Deserialize;

use crate::Content;
use crate::error::{ContentError, refuse};
use crate::files::Files;
use crate::procedures::Procedures;

const PATH: &str = "search/synonyms.toml";

/// Words for the search, from `search/synonyms.toml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SearchWords {
    ignored: Vec<String>,
    fillers: Vec<String>,
    popular: Vec<ProcedureCode>,
    synonym: Vec<Synonym>,
}

/// What people type for what the catalogue says.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Synonym {
    typed: Vec<String>,
    means: Vec<String>,
}

impl SearchWords {
    pub(crate) fn load(files: &Files, procedures: &Procedures) -> Result<Self, ContentError> {
        let words: Self = files.toml(PATH)?;
        match words.popular.iter().find(|code| procedures.find(code).is_none()) {
            Some(code) => Err(refuse(PATH, 1, format!("procedure «{code}» is not in the catalogue"))),
            None => Ok(words),
        }
    }

    /// Every pair of what is typed and what it means.
    pub fn synonyms(&self) -> impl Iterator<Item = (&str, &str)> {
        self.synonym.iter().flat_map(|group| {
            let means = group.means.iter();
            means.flat_map(|means| group.typed.iter().map(move |typed| (typed.as_str(), means.as_str())))
        })
    }

    /// Phrases that say nothing about what is looked for.
    pub fn ignored(&self) -> impl Iterator<Item = &str> {
        self.ignored.iter().map(String::as_str)
    }

    /// Small words that may stand between the words of a phrase.
    pub fn fillers(&self) -> impl Iterator<Item = &str> {
        self.fillers.iter().map(String::as_str)
    }

    /// The procedures that are asked for most, the first the most.
    pub fn popular(&self) -> &[ProcedureCode] {
        &self.popular
    }
}

/// A procedure as the search takes it; its place in the order is its place in the catalogue.
#[derive(Clone, Copy, Debug)]
pub struct SearchRow<'a> {
    /// Its code.
    pub code: &'a str,
    /// Its title.
    pub name: &'a str,
    /// The name of its field.
    pub field: &'a str,
    /// From 0 to 1: how likely it is what is meant, when titles answer alike.
    pub prior: f32,
}

impl Content {
    /// What an index for the search is built from, in the order of [`Procedures::all`].
    pub fn search_rows(&self) -> impl Iterator<Item = SearchRow<'_>> {
        (0_u32..).zip(self.procedures.all()).map(|(index, procedure)| SearchRow {
            code: procedure.code.as_str(),
            name: &procedure.name,
            field: self.fields.find(&procedure.field_code).map_or("", |field| &field.name),
            prior: self.prior(index, procedure),
        })
    }

    fn prior(&self, index: u32, procedure: &ProcedureSummary) -> f32 {
        if self.search_words.popular.contains(&procedure.code) {
            return 1.0;
        }
        let is_near = procedure.levels.contains(Level::Commune);
        match self.assignment.fileability(index) {
            Fileability::Here if is_near => 0.85,
            Fileability::Here => 0.8,
            Fileability::NotHere(NotFileable::OfflineOnly) => 0.75,
            Fileability::NotHere(NotFileable::VerticalSector) if is_near => 0.75,
            Fileability::NotHere(NotFileable::VerticalSector | NotFileable::NoReceivingAgency) => 0.7,
            Fileability::NotHere(NotFileable::NotOfferedHere) if procedure.has_detail() => 0.4,
            Fileability::NotHere(NotFileable::NotOfferedHere | NotFileable::Internal) => 0.0,
        }
    }
}

//! What may stand between braces in a letter: an answer, something of the dossier or its agency, or what the officer fills in.

use forms::{Condition, Form, Kind};

use super::Blank;

/// Something that is known of every dossier, or will be once the letter is issued.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum LetterFact {
    /// `{dossier.code}`.
    DossierCode,
    /// `{dossier.procedure}`: the procedure's name.
    ProcedureName,
    /// `{dossier.filed_on}`.
    FiledOn,
    /// `{dossier.accepted_on}`.
    AcceptedOn,
    /// `{dossier.owner}`: the owner's full name.
    OwnerName,
    /// `{dossier.owner_number}`: the personal or tax number.
    OwnerNumber,
    /// `{dossier.owner_address}`.
    OwnerAddress,
    /// `{agency.name}`: the agency that decides, written out.
    AgencyName,
    /// `{agency.place}`: its commune, district or province.
    AgencyPlace,
    /// `{decision.number}`: known once it is issued.
    DecisionNumber,
    /// `{decision.date}`: known once it is issued.
    DecisionDate,
}

const FACTS: [(&str, LetterFact); 11] = [
    ("dossier.code", LetterFact::DossierCode),
    ("dossier.procedure", LetterFact::ProcedureName),
    ("dossier.filed_on", LetterFact::FiledOn),
    ("dossier.accepted_on", LetterFact::AcceptedOn),
    ("dossier.owner", LetterFact::OwnerName),
    ("dossier.owner_number", LetterFact::OwnerNumber),
    ("dossier.owner_address", LetterFact::OwnerAddress),
    ("agency.name", LetterFact::AgencyName),
    ("agency.place", LetterFact::AgencyPlace),
    ("decision.number", LetterFact::DecisionNumber),
    ("decision.date", LetterFact::DecisionDate),
];

/// What stands between a pair of braces.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Placeholder {
    pub(super) name: Name,
    /// What stands there when nothing was answered.
    pub(super) fallback: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Name {
    Fact(LetterFact),
    /// By its key.
    Blank(String),
    /// By its path.
    Answer(String),
}

impl Placeholder {
    /// Reads what stands between the braces. `given` applies wherever the text stands.
    ///
    /// # Errors
    /// In words: what it names is not there, or may be missing.
    pub(super) fn read(inside: &str, form: &Form, blanks: &[Blank], given: &[&Condition]) -> Result<Self, String> {
        let (name, fallback) = match inside.split_once('|') {
            Some((name, fallback)) => (name.trim(), Some(fallback.trim().to_owned())),
            None => (inside.trim(), None),
        };
        if let Some(key) = name.strip_prefix("blank.") {
            return match blanks.iter().any(|blank| blank.key == key) {
                true => Ok(Self { name: Name::Blank(key.to_owned()), fallback }),
                false => Err(format!("there is no blank {key}")),
            };
        }
        if let Some((_, fact)) = FACTS.iter().find(|(known, _)| *known == name) {
            return Ok(Self { name: Name::Fact(*fact), fallback });
        }
        let Some(question) = form.field(name) else { return Err(format!("there is no field {name}")) };
        if matches!(question.kind, Kind::Table { .. }) {
            return Err(format!("{name} is a table: \"table\" shows it"));
        }
        if fallback.is_none() && !form.is_certain(name, given) {
            return Err(format!("{name} may be unanswered: say {{{name}|what stands there then}}"));
        }
        Ok(Self { name: Name::Answer(name.to_owned()), fallback })
    }
}

//! The lists that procedures refer to: fields, issuers, kinds of applicant, legal documents.

use super::Level;
use super::kinds::words;
use serde::{Deserialize, Serialize};

/// A field of administration (lĩnh vực).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Field {
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// How many procedures it has.
    pub procedure_count: u32,
}

/// A body that announces procedures.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Issuer {
    /// Its code: an agency code, or a tax number for state corporations.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Its level.
    pub level: Level,
    /// How many procedures it announced.
    pub procedure_count: u32,
}

/// A kind of applicant (đối tượng thực hiện).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ApplicantKind {
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// The group it belongs to.
    pub group: ApplicantGroup,
    /// How many procedures it can use.
    pub procedure_count: u32,
}

/// The groups of applicants.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ApplicantGroup {
    /// Persons.
    Citizen,
    /// Enterprises and cooperatives.
    Business,
    /// Other organisations.
    Organisation,
    /// Officials in that capacity.
    Official,
    /// The source doesn't say.
    Unknown,
}

words!(ApplicantGroup {
    Citizen = "citizen",
    Business = "business",
    Organisation = "organisation",
    Official = "official",
    Unknown = "unknown",
});

/// A legal document that procedures cite.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LegalDocument {
    /// Its identifier in the packaged data.
    pub id: String,
    /// Its number, such as `54/2014/QH13`.
    pub number: String,
    /// Its title.
    pub title: String,
}

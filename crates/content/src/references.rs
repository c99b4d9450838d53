//! The lists that procedures refer to: fields, issuers, kinds of applicant, legal documents, levels of 2022.

use std::collections::HashMap;

use domain::catalogue::{ApplicantGroup, ApplicantKind, Field, Issuer, LegalDocument, Level, LevelSet};
use domain::codes::ProcedureCode;

use crate::error::ContentError;
use crate::files::Files;
use crate::table::{self, Row};

/// A list whose members are found by their code.
#[derive(Debug)]
pub struct Coded<T> {
    members: Vec<T>,
    by_code: HashMap<String, usize>,
}

impl<T> Coded<T> {
    fn new(members: Vec<T>, code: impl Fn(&T) -> &str) -> Self {
        let by_code = members.iter().enumerate().map(|(index, member)| (code(member).to_owned(), index)).collect();
        Self { members, by_code }
    }

    /// The member with that code.
    pub fn find(&self, code: &str) -> Option<&T> {
        self.by_code.get(code).map(|index| &self.members[*index])
    }

    /// Every member, in the order of codes.
    pub fn all(&self) -> &[T] {
        &self.members
    }
}

pub(crate) fn fields(files: &Files) -> Result<Coded<Field>, ContentError> {
    let header = &["code", "name", "procedure_count"];
    let fields = table::read(files, "national/fields.csv", header, |row| {
        Ok(Field { code: row.text("code"), name: row.text("name"), procedure_count: count(row)? })
    })?;
    Ok(Coded::new(fields, |field| &field.code))
}

pub(crate) fn issuers(files: &Files) -> Result<Coded<Issuer>, ContentError> {
    let header = &["code", "name", "level", "procedure_count"];
    let issuers = table::read(files, "national/issuers.csv", header, |row| {
        Ok(Issuer {
            code: row.text("code"),
            name: row.text("name"),
            level: row.parse("level", Level::parse)?,
            procedure_count: count(row)?,
        })
    })?;
    Ok(Coded::new(issuers, |issuer| &issuer.code))
}

pub(crate) fn applicant_kinds(files: &Files) -> Result<Coded<ApplicantKind>, ContentError> {
    let header = &["code", "name", "group", "procedure_count"];
    let kinds = table::read(files, "national/applicant_kinds.csv", header, |row| {
        Ok(ApplicantKind {
            code: row.text("code"),
            name: row.text("name"),
            group: row.parse("group", ApplicantGroup::parse)?,
            procedure_count: count(row)?,
        })
    })?;
    Ok(Coded::new(kinds, |kind| &kind.code))
}

pub(crate) fn legal_documents(files: &Files) -> Result<Coded<LegalDocument>, ContentError> {
    let header = &["id", "number", "title"];
    let documents = table::read(files, "national/legal_documents.csv.br", header, |row| {
        Ok(LegalDocument { id: row.text("id"), number: row.text("number"), title: row.text("title") })
    })?;
    Ok(Coded::new(documents, |document| &document.id))
}

/// At which levels a procedure was carried out in July 2022, when districts still existed.
pub(crate) fn levels_2022(files: &Files) -> Result<HashMap<ProcedureCode, LevelSet>, ContentError> {
    let header = &["code", "levels"];
    let rows = table::read(files, "national/levels_2022.csv", header, |row| {
        let levels: Result<Vec<Level>, _> = row.list("levels").map(Level::parse).collect();
        let levels = levels.map_err(|error| row.refuse(error.to_string()))?;
        Ok((row.parse("code", ProcedureCode::parse)?, LevelSet::from_iter(levels)))
    })?;
    Ok(rows.into_iter().collect())
}

fn count(row: &Row<'_>) -> Result<u32, ContentError> {
    row.parse("procedure_count", str::parse)
}

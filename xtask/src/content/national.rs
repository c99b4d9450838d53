//! The small national tables: fields, issuers, kinds of applicant, legal documents, and the levels of 2022.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use super::catalogue::Catalogue;
use super::output::Packed;
use super::source::{ContentError, Source, finish, write_record, writer};

const FIELDS: &[&str] = &["code", "name", "procedure_count"];
const ISSUERS: &[&str] = &["code", "name", "level", "procedure_count"];
const APPLICANT_KINDS: &[&str] = &["code", "name", "group", "procedure_count"];
const LEGAL_DOCUMENTS: &[&str] = &["id", "number", "title"];
const LEGACY: &[&str] =
    &["id", "level", "department", "name", "national_code", "code_source", "unit_count", "in_current_catalogue"];

/// What the procedures may refer to.
pub(crate) struct Names {
    pub(crate) fields: HashSet<String>,
    pub(crate) issuers: HashSet<String>,
    pub(crate) applicant_kinds: HashSet<String>,
    pub(crate) legal_documents: HashSet<String>,
}

pub(crate) fn pack_names(source: &Source, packed: &mut Vec<Packed>) -> Result<Names, ContentError> {
    let fields = source.table("procedures/fields.csv", FIELDS)?;
    let issuers = source.table("procedures/issuers.csv", ISSUERS)?;
    let applicant_kinds = source.table("procedures/applicant_kinds.csv", APPLICANT_KINDS)?;
    let legal_documents = source.table("procedures/legal_documents.csv", LEGAL_DOCUMENTS)?;
    for row in &issuers.rows {
        row.one_of("level", &["ministry", "province", "other"])?;
    }
    for row in &applicant_kinds.rows {
        row.one_of("group", &["citizen", "business", "organisation", "official", "unknown"])?;
    }
    packed.push(Packed::plain("national/fields.csv", fields.columns(FIELDS)));
    packed.push(Packed::plain("national/issuers.csv", issuers.columns(ISSUERS)));
    packed.push(Packed::plain("national/applicant_kinds.csv", applicant_kinds.columns(APPLICANT_KINDS)));
    packed.push(Packed::compressed("national/legal_documents.csv", legal_documents.columns(LEGAL_DOCUMENTS)));
    Ok(Names {
        fields: fields.unique("code")?,
        issuers: issuers.unique("code")?,
        applicant_kinds: applicant_kinds.unique("code")?,
        legal_documents: legal_documents.unique("id")?,
    })
}

/// At which levels a procedure of today's catalogue was carried out in July 2022.
pub(crate) fn pack_levels_2022(source: &Source, catalogue: &Catalogue) -> Result<Packed, ContentError> {
    let legacy = source.table("procedures/legacy_2022.csv", LEGACY)?;
    legacy.unique("id")?;
    let mut levels: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for row in &legacy.rows {
        let level = row.one_of("level", &["commune", "district", "province"])?;
        let code = row.get("national_code");
        let stated = row.one_of("in_current_catalogue", &["yes", "no"])? == "yes";
        if stated != catalogue.contains(code) {
            return Err(row.refuse(format!("in_current_catalogue is wrong for «{code}»")));
        }
        if stated {
            levels.entry(code).or_default().insert(level);
        }
    }
    let mut table = writer();
    write_record(&mut table, &["code", "levels"]);
    for (code, levels) in levels {
        let levels: Vec<&str> = levels.into_iter().collect();
        write_record(&mut table, &[code, &levels.join("|")]);
    }
    Ok(Packed::plain("national/levels_2022.csv", finish(table)))
}

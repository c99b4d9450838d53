//! The catalogue: one row for every procedure of the national database.

use std::collections::HashMap;

use super::detail::Detail;
use super::national::Names;
use super::source::{ContentError, Row, Source, finish, write_record, writer};

const FILE: &str = "procedures/catalogue.csv";
const HEADER: &[&str] = &[
    "code",
    "name",
    "field_code",
    "field_name",
    "issuer_code",
    "issuer_name",
    "scope",
    "levels",
    "kind",
    "online_level",
    "applicant_kinds",
    "executing_agencies",
    "decision_number",
    "decision_date",
    "processing_time_max",
    "processing_unit",
    "is_free",
    "component_count",
    "template_count",
    "state",
    "updated_at",
    "source_id",
    "detail_file",
];

/// The columns of the packed catalogue; the flags stand in the details of the source.
const PACKED: &[&str] = &[
    "code",
    "name",
    "field_code",
    "issuer_code",
    "scope",
    "levels",
    "kind",
    "online_level",
    "flags",
    "applicant_kinds",
    "executing_agencies",
    "decision_number",
    "decision_date",
    "processing_time_max",
    "processing_unit",
    "is_free",
    "component_count",
    "template_count",
    "state",
    "updated_at",
    "source_id",
];

/// The source marks a procedure that it deleted by this ending of its code.
const DELETED: &str = "-Xoa";

pub(crate) struct Catalogue {
    pub(crate) rows: Vec<Row>,
    pub(crate) left_out: usize,
    /// The newest `updated_at`, which dates the content.
    pub(crate) newest_update: String,
    index: HashMap<String, usize>,
}

impl Catalogue {
    pub(crate) fn contains(&self, code: &str) -> bool {
        self.index.contains_key(code)
    }

    pub(crate) fn find(&self, code: &str) -> Option<&Row> {
        self.index.get(code).map(|index| &self.rows[*index])
    }
}

pub(crate) fn read(source: &Source, names: &Names) -> Result<Catalogue, ContentError> {
    let table = source.table(FILE, HEADER)?;
    table.unique("code")?;
    let total = table.rows.len();
    let rows: Vec<Row> = table.rows.into_iter().filter(|row| !row.get("code").ends_with(DELETED)).collect();
    let mut index = HashMap::with_capacity(rows.len());
    let mut newest_update = String::new();
    for (position, row) in rows.iter().enumerate() {
        check(row, names)?;
        index.insert(row.get("code").to_owned(), position);
        if row.get("updated_at") > newest_update.as_str() {
            newest_update = row.get("updated_at").to_owned();
        }
    }
    Ok(Catalogue { left_out: total - rows.len(), rows, newest_update, index })
}

fn check(row: &Row, names: &Names) -> Result<(), ContentError> {
    let code = row.filled("code")?;
    if !is_procedure_code(code) {
        return Err(row.refuse(format!("code «{code}» is not of the form 1.000000")));
    }
    row.filled("name")?;
    row.filled("source_id")?;
    row.filled("field_code")?;
    row.reference("field_code", &names.fields)?;
    row.filled("issuer_code")?;
    row.reference("issuer_code", &names.issuers)?;
    let scope = row.one_of("scope", &["commune", "province", "gia_lai", "central", "other_province"])?;
    row.filled("levels")?;
    for level in row.list("levels") {
        if !["ministry", "province", "commune", "other"].contains(&level) {
            return Err(row.refuse(format!("level «{level}» is not known")));
        }
    }
    row.one_of("kind", &["standard", "local_specific", "internal"])?;
    row.one_of("online_level", &["full", "partial", "none"])?;
    for kind in row.list("applicant_kinds") {
        if !names.applicant_kinds.contains(kind) {
            return Err(row.refuse(format!("applicant kind «{kind}» is not known")));
        }
    }
    row.day("decision_date")?;
    let time = row.get("processing_time_max");
    if !time.is_empty() && !time.parse::<f64>().is_ok_and(|value| value.is_finite() && value >= 0.0) {
        return Err(row.refuse(format!("processing_time_max «{time}» is not a number")));
    }
    let unit = row.one_of("processing_unit", &["", "working_day", "day", "hour", "month", "year", "other"])?;
    if time.is_empty() != unit.is_empty() {
        return Err(row.refuse("processing_time_max and processing_unit do not go together"));
    }
    row.one_of("is_free", &["yes", "no", "see_note", ""])?;
    row.count("component_count")?;
    row.count("template_count")?;
    row.one_of("state", &["active", "updated"])?;
    row.filled("updated_at")?;
    row.day("updated_at")?;
    let expected = match scope {
        "other_province" => String::new(),
        scope => format!("procedures_{scope}.jsonl"),
    };
    if row.get("detail_file") != expected {
        return Err(row.refuse(format!("detail_file is not «{expected}» though scope is «{scope}»")));
    }
    Ok(())
}

fn is_procedure_code(code: &str) -> bool {
    let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    code.split_once('.')
        .is_some_and(|(group, number)| group.len() == 1 && digits(group) && number.len() >= 6 && digits(number))
}

pub(crate) fn write(catalogue: &Catalogue, details: &HashMap<String, Detail>) -> Vec<u8> {
    let mut table = writer();
    write_record(&mut table, PACKED);
    for row in &catalogue.rows {
        let detail = details.get(row.get("code"));
        let flags = detail.map(Detail::flags).unwrap_or_default();
        let cells: Vec<&str> =
            PACKED.iter().map(|column| if *column == "flags" { flags.as_str() } else { row.get(column) }).collect();
        write_record(&mut table, &cells);
    }
    finish(table)
}

//! The details of procedures: read from JSON lines, checked against the catalogue, written as `domain` reads them.

use std::collections::{HashMap, HashSet};

use serde::{Deserialize, Serialize};

use super::catalogue::Catalogue;
use super::national::Names;
use super::source::{ContentError, Row, Source, refuse};

const SCOPES: [&str; 4] = ["commune", "province", "gia_lai", "central"];

/// One line of `procedures_*.jsonl`.
#[derive(Debug, Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Detail {
    code: String,
    source_id: String,
    name: String,
    field_code: String,
    field_name: String,
    issuer_code: String,
    issuer_name: String,
    scope: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    decision_number: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    decision_date: Option<String>,
    levels: Vec<String>,
    kind: String,
    online_level: String,
    state: String,
    updated_at: String,
    applicant_kinds: Vec<String>,
    executing_agencies: Vec<String>,
    is_full_online: bool,
    is_shared_service: bool,
    is_vertical_sector: bool,
    is_offline_only: bool,
    is_non_territorial: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    created_at: Option<String>,
    legal_assignment: String,
    competent_agencies: Vec<String>,
    coordinating_agencies: Vec<String>,
    delegated_agencies: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    receiving_address: Option<String>,
    submission_methods: Vec<Method>,
    fees: Vec<Fee>,
    cases: Vec<Case>,
    dossier_groups: Vec<Group>,
    #[serde(default)]
    steps: Vec<Step>,
    legal_basis: Vec<String>,
    results: Vec<Named>,
    #[serde(skip_serializing_if = "Option::is_none")]
    conditions: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    keywords: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    note: Option<String>,
    life_events: Vec<String>,
}

#[derive(Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct Method {
    method: MethodKind,
    #[serde(deserialize_with = "read_time")]
    processing_time: Time,
    processing_unit: Unit,
    fee_ids: Vec<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    note: Option<String>,
}

#[derive(Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct Fee {
    id: u32,
    r#type: FeeKind,
    #[serde(skip_serializing_if = "Option::is_none")]
    amount: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    currency: Option<Currency>,
    is_suspect: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    note: Option<String>,
}

#[derive(Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct Case {
    code: String,
    name: String,
    #[serde(deserialize_with = "read_time")]
    processing_time: Time,
    processing_unit: Unit,
}

#[derive(Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct Group {
    name: String,
    components: Vec<Component>,
}

#[derive(Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct Component {
    code: String,
    name: String,
    originals: u32,
    copies: u32,
    templates: Vec<String>,
}

#[derive(Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct Step {
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<String>,
    text: String,
}

#[derive(Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct Named {
    code: String,
    name: String,
}

#[derive(Debug, Deserialize, Serialize, PartialEq, Eq)]
#[serde(rename_all = "snake_case")]
enum MethodKind {
    Online,
    Postal,
    Direct,
}

#[derive(Debug, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
enum FeeKind {
    Fee,
    Charge,
    Price,
}

#[derive(Debug, Deserialize, Serialize)]
enum Currency {
    #[serde(rename = "VND")]
    Dong,
    #[serde(rename = "USD")]
    Dollar,
}

#[derive(Debug, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
enum Unit {
    WorkingDay,
    Day,
    Hour,
    Month,
    Year,
    Other,
}

/// A time is a number of units, or words («Không quy định»). The source also has numbers written as words.
#[derive(Debug, Serialize)]
#[serde(untagged)]
enum Time {
    Whole(u32),
    Fraction(f64),
    Words(String),
}

fn read_time<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Time, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Written {
        Whole(u32),
        Fraction(f64),
        Words(String),
    }
    Ok(match Written::deserialize(deserializer)? {
        Written::Whole(whole) => Time::Whole(whole),
        Written::Fraction(fraction) if fraction >= 0.0 => Time::Fraction(fraction),
        Written::Fraction(fraction) => {
            return Err(serde::de::Error::custom(format!("a time of {fraction}")));
        }
        Written::Words(words) => match words.trim().parse() {
            Ok(whole) => Time::Whole(whole),
            Err(_) => Time::Words(words.trim().to_owned()),
        },
    })
}

impl Detail {
    /// What the catalogue alone says of a procedure: all there is of those of other provinces.
    fn of_row(row: &Row) -> Self {
        let text = |column: &str| row.get(column).to_owned();
        let filled = |column: &str| Some(text(column)).filter(|value| !value.is_empty());
        let list = |column: &str| row.list(column).map(str::to_owned).collect();
        Self {
            code: text("code"),
            source_id: text("source_id"),
            name: text("name"),
            field_code: text("field_code"),
            field_name: text("field_name"),
            issuer_code: text("issuer_code"),
            issuer_name: text("issuer_name"),
            scope: text("scope"),
            decision_number: filled("decision_number"),
            decision_date: filled("decision_date"),
            levels: list("levels"),
            kind: text("kind"),
            online_level: text("online_level"),
            state: text("state"),
            updated_at: text("updated_at"),
            applicant_kinds: list("applicant_kinds"),
            executing_agencies: list("executing_agencies"),
            legal_assignment: "other".to_owned(),
            ..Self::default()
        }
    }

    /// The flags that are set, for the catalogue.
    pub(crate) fn flags(&self) -> String {
        let flags = [
            (self.is_vertical_sector, "vertical_sector"),
            (self.is_offline_only, "offline_only"),
            (self.is_non_territorial, "non_territorial"),
            (self.is_full_online, "full_online"),
            (self.is_shared_service, "shared_service"),
        ];
        let set: Vec<&str> = flags.iter().filter(|(set, _)| *set).map(|(_, flag)| *flag).collect();
        set.join("|")
    }
}

pub(crate) fn read(
    source: &Source,
    catalogue: &Catalogue,
    names: &Names,
) -> Result<HashMap<String, Detail>, ContentError> {
    let mut details = HashMap::new();
    for scope in SCOPES {
        let file = format!("procedures/procedures_{scope}.jsonl");
        let text = source.text(&file)?;
        for (index, line) in text.lines().enumerate() {
            let detail: Detail =
                serde_json::from_str(line).map_err(|error| refuse(&file, index + 1, error.to_string()))?;
            check(&detail, scope, catalogue, names).map_err(|reason| refuse(&file, index + 1, reason))?;
            if let Some(first) = details.insert(detail.code.clone(), detail) {
                return Err(refuse(&file, index + 1, format!("code «{}» stands twice", first.code)));
            }
        }
    }
    for row in &catalogue.rows {
        if row.get("scope") != "other_province" && !details.contains_key(row.get("code")) {
            return Err(row.refuse(format!("«{}» has no line in {}", row.get("code"), row.get("detail_file"))));
        }
    }
    Ok(details)
}

fn check(detail: &Detail, scope: &str, catalogue: &Catalogue, names: &Names) -> Result<(), String> {
    let Some(row) = catalogue.find(&detail.code) else {
        return Err(format!("«{}» is not in the catalogue", detail.code));
    };
    let same = [
        ("scope", scope, row.get("scope")),
        ("scope", detail.scope.as_str(), row.get("scope")),
        ("name", &detail.name, row.get("name")),
        ("source_id", &detail.source_id, row.get("source_id")),
        ("field_code", &detail.field_code, row.get("field_code")),
        ("field_name", &detail.field_name, row.get("field_name")),
        ("issuer_code", &detail.issuer_code, row.get("issuer_code")),
        ("issuer_name", &detail.issuer_name, row.get("issuer_name")),
        ("decision_number", detail.decision_number.as_deref().unwrap_or_default(), row.get("decision_number")),
        ("decision_date", detail.decision_date.as_deref().unwrap_or_default(), row.get("decision_date")),
        ("levels", &detail.levels.join("|"), row.get("levels")),
        ("kind", &detail.kind, row.get("kind")),
        ("online_level", &detail.online_level, row.get("online_level")),
        ("state", &detail.state, row.get("state")),
        ("updated_at", &detail.updated_at, row.get("updated_at")),
        ("applicant_kinds", &detail.applicant_kinds.join("|"), row.get("applicant_kinds")),
        ("executing_agencies", &detail.executing_agencies.join("|"), row.get("executing_agencies")),
    ];
    for (column, here, there) in same {
        if here != there {
            return Err(format!("{column} of «{}» is «{here}» here and «{there}» in the catalogue", detail.code));
        }
    }
    let fee_ids: HashSet<u32> = detail.fees.iter().map(|fee| fee.id).collect();
    if fee_ids.len() != detail.fees.len() {
        return Err(format!("a fee of «{}» stands twice", detail.code));
    }
    if let Some(id) =
        detail.submission_methods.iter().flat_map(|method| &method.fee_ids).find(|id| !fee_ids.contains(id))
    {
        return Err(format!("fee {id} of «{}» is not known", detail.code));
    }
    if let Some(id) = detail.legal_basis.iter().find(|id| !names.legal_documents.contains(*id)) {
        return Err(format!("legal document «{id}» of «{}» is not known", detail.code));
    }
    let has_online = detail.submission_methods.iter().any(|method| method.method == MethodKind::Online);
    if has_online == (detail.online_level == "none") {
        return Err(format!("online_level of «{}» contradicts its ways of filing", detail.code));
    }
    Ok(())
}

/// One line a procedure, in the order of the catalogue.
pub(crate) fn write(catalogue: &Catalogue, details: &HashMap<String, Detail>) -> Vec<u8> {
    let mut lines = Vec::new();
    for row in &catalogue.rows {
        let line = match details.get(row.get("code")) {
            Some(detail) => serde_json::to_vec(detail),
            None => serde_json::to_vec(&Detail::of_row(row)),
        };
        lines.extend(line.expect("what was read as JSON can be written as JSON"));
        lines.push(b'\n');
    }
    lines
}

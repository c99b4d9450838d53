//! A procedure in full; its JSON is the format of the packaged detail files.

use super::processing::{ProcessingTime, ProcessingUnit, time_limit};
use super::{LevelSet, Method, OnlineLevel, ProcedureKind, ProcedureState, Scope};
use crate::codes::ProcedureCode;
use crate::deadline::TimeLimit;
use crate::time::Day;
use serde::{Deserialize, Serialize};

/// Everything the national database says about one procedure (Decree 63/2010, art. 8 §2).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ProcedureDetail {
    /// Its code in the national database.
    pub code: ProcedureCode,
    /// The record's identifier at the national portal.
    pub source_id: String,
    /// Its name, as announced.
    pub name: String,
    /// Code of its field.
    pub field_code: String,
    /// Name of its field.
    pub field_name: String,
    /// Code of the body that announced it.
    pub issuer_code: String,
    /// Name of that body.
    pub issuer_name: String,
    /// Which detail file holds it.
    pub scope: Scope,
    /// The decision that announced it.
    pub decision_number: Option<String>,
    /// The day of that decision.
    pub decision_date: Option<Day>,
    /// The levels that carry it out.
    pub levels: LevelSet,
    /// How the law assigns it: a word of the source.
    pub legal_assignment: String,
    /// Who laid it down, and for whom.
    pub kind: ProcedureKind,
    /// Whether the source marks it as wholly online.
    pub is_full_online: bool,
    /// A flag of the source that it doesn't explain.
    pub is_shared_service: bool,
    /// Received by the sector's own system: police, tax, customs, treasury, social insurance.
    pub is_vertical_sector: bool,
    /// Whether the source excludes filing online.
    pub is_offline_only: bool,
    /// Whether it may be filed anywhere in the province (phi địa giới).
    pub is_non_territorial: bool,
    /// Codes of the kinds of applicant.
    pub applicant_kinds: Vec<String>,
    /// Names of the classes of agency that carry it out.
    pub executing_agencies: Vec<String>,
    /// Names of the classes of agency that decide.
    pub competent_agencies: Vec<String>,
    /// Names of cooperating agencies.
    pub coordinating_agencies: Vec<String>,
    /// Names of agencies that decide by delegation.
    pub delegated_agencies: Vec<String>,
    /// Where to bring the papers, as text.
    pub receiving_address: Option<String>,
    /// How far it runs online.
    pub online_level: OnlineLevel,
    /// The ways of filing; one way may stand several times with different times.
    pub submission_methods: Vec<SubmissionMethod>,
    /// The fees that the ways of filing refer to.
    pub fees: Vec<Fee>,
    /// The cases, with their own times.
    pub cases: Vec<Case>,
    /// The lists of documents.
    pub dossier_groups: Vec<ComponentGroup>,
    /// The sequence of steps; most records put all in one text, central ones have none.
    #[serde(default)]
    pub steps: Vec<Step>,
    /// Identifiers of the legal documents it rests on.
    pub legal_basis: Vec<String>,
    /// What the person receives.
    pub results: Vec<ProcedureResult>,
    /// Requirements and conditions.
    #[serde(default)]
    pub conditions: Option<String>,
    /// Search words of the source.
    #[serde(default)]
    pub keywords: Option<String>,
    /// A note of the source.
    #[serde(default)]
    pub note: Option<String>,
    /// Life events it belongs to.
    #[serde(default)]
    pub life_events: Vec<String>,
    /// The state of the record.
    pub state: ProcedureState,
    /// The day the record was made.
    pub created_at: Option<Day>,
    /// The day it last changed.
    pub updated_at: Option<Day>,
}

impl ProcedureDetail {
    /// The time limit for this way of filing: the longest it names, or the longest of the cases when it names none
    /// in a unit that can be counted (domain.md §2.5: the limit hangs on the way of filing, not on the procedure).
    pub fn time_limit(&self, method: Method) -> Option<TimeLimit> {
        let of_method = self
            .submission_methods
            .iter()
            .filter(|way| way.method == method)
            .filter_map(SubmissionMethod::time_limit)
            .max_by_key(|limit| limit.approximate_minutes());
        of_method
            .or_else(|| self.cases.iter().filter_map(Case::time_limit).max_by_key(|limit| limit.approximate_minutes()))
    }

    /// The documents that are really asked for: at least one original or copy.
    pub fn components(&self) -> impl Iterator<Item = &Component> {
        self.all_components().filter(|component| component.is_document())
    }

    /// The remarks that the source entered as documents: neither originals nor copies.
    pub fn component_notes(&self) -> impl Iterator<Item = &Component> {
        self.all_components().filter(|component| !component.is_document())
    }

    fn all_components(&self) -> impl Iterator<Item = &Component> {
        self.dossier_groups.iter().flat_map(|group| &group.components)
    }

    /// Whether this way of filing is offered.
    pub fn offers(&self, method: Method) -> bool {
        self.submission_methods.iter().any(|way| way.method == method)
    }

    /// The fees of one way of filing.
    pub fn fees_of<'a>(&'a self, way: &'a SubmissionMethod) -> impl Iterator<Item = &'a Fee> {
        self.fees.iter().filter(|fee| way.fee_ids.contains(&fee.id))
    }
}

/// One way of filing, with its time and fees.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SubmissionMethod {
    /// Online, by post or at the desk.
    pub method: Method,
    /// How long it takes.
    pub processing_time: ProcessingTime,
    /// The unit of that time.
    pub processing_unit: ProcessingUnit,
    /// Which fees apply.
    pub fee_ids: Vec<u32>,
    /// A remark of the source.
    pub note: Option<String>,
}

impl SubmissionMethod {
    /// The time limit, when the source gives one that can be counted.
    pub fn time_limit(&self) -> Option<TimeLimit> {
        time_limit(&self.processing_time, self.processing_unit)
    }
}

/// A case of a procedure.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Case {
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// How long it takes.
    pub processing_time: ProcessingTime,
    /// The unit of that time.
    pub processing_unit: ProcessingUnit,
}

impl Case {
    /// The time limit, when the source gives one that can be counted.
    pub fn time_limit(&self) -> Option<TimeLimit> {
        time_limit(&self.processing_time, self.processing_unit)
    }
}

/// One fee of a procedure.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fee {
    /// Its number within the procedure.
    pub id: u32,
    /// Phí, lệ phí or mức giá.
    #[serde(rename = "type")]
    pub kind: FeeKind,
    /// The amount in whole units; 0 may mean free, or «see the note».
    pub amount: Option<i64>,
    /// The currency, where the source gives one.
    pub currency: Option<Currency>,
    /// Whether the amount is likely a slip: often thousands of đồng, as the note then says.
    pub is_suspect: bool,
    /// A remark of the source.
    pub note: Option<String>,
}

/// What a fee is in law.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FeeKind {
    /// Phí.
    Fee,
    /// Lệ phí.
    Charge,
    /// Mức giá.
    Price,
}

/// The currency of a fee.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum Currency {
    /// Đồng.
    Vnd,
    /// US dollars.
    Usd,
}

/// A list of documents, often with a heading such as «* Giấy tờ phải nộp:».
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ComponentGroup {
    /// The heading; it may be empty.
    pub name: String,
    /// The documents and the remarks among them.
    pub components: Vec<Component>,
}

/// One required document (thành phần hồ sơ).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Component {
    /// Its identifier; opaque (`000.00.00.G12-KQ0754`).
    pub code: String,
    /// Its name.
    pub name: String,
    /// How many originals are asked for.
    pub originals: u32,
    /// How many copies are asked for.
    pub copies: u32,
    /// File names of form templates.
    pub templates: Vec<String>,
}

impl Component {
    /// Whether a document is asked for at all; a remark has neither originals nor copies.
    pub fn is_document(&self) -> bool {
        self.originals > 0 || self.copies > 0
    }

    /// Its name without the mark of a list that the record puts before it.
    pub fn title(&self) -> &str {
        self.name.trim_start_matches(['-', '+', '*', ' '])
    }
}

/// A step of the sequence.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Step {
    /// Its name.
    pub name: Option<String>,
    /// What happens.
    pub text: String,
}

/// A result that the person receives.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProcedureResult {
    /// Its code, such as `KQ.G15.000032`.
    pub code: String,
    /// Its name.
    pub name: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A civil-status procedure as the packaged files write it, shortened.
    const BIRTH: &str = r#"{"code":"1.001193","source_id":"s","name":"Đăng ký khai sinh","field_code":"G15-HT",
        "field_name":"Hộ tịch","issuer_code":"G15","issuer_name":"Bộ Tư pháp","scope":"commune",
        "decision_number":null,"decision_date":null,"levels":["commune","ministry"],"legal_assignment":"assigned_regulation",
        "kind":"standard","is_full_online":true,"is_shared_service":false,"is_vertical_sector":false,
        "is_offline_only":false,"is_non_territorial":true,"applicant_kinds":["ĐT1"],
        "executing_agencies":["Ủy ban nhân dân cấp xã"],"competent_agencies":[],"coordinating_agencies":[],
        "delegated_agencies":[],"receiving_address":null,"online_level":"full",
        "submission_methods":[
            {"method":"online","processing_time":1,"processing_unit":"other","fee_ids":[1],"note":null},
            {"method":"direct","processing_time":7.5,"processing_unit":"working_day","fee_ids":[],"note":"n"},
            {"method":"direct","processing_time":2,"processing_unit":"day","fee_ids":[],"note":null},
            {"method":"postal","processing_time":"Không quy định","processing_unit":"other","fee_ids":[],"note":null}],
        "fees":[{"id":1,"type":"charge","amount":0,"currency":"VND","is_suspect":false,"note":null},
            {"id":2,"type":"fee","amount":null,"currency":null,"is_suspect":false,"note":null}],
        "cases":[{"code":"c1","name":"Thường","processing_time":1,"processing_unit":"working_day"},
            {"code":"c2","name":"Xác minh","processing_time":5,"processing_unit":"working_day"}],
        "dossier_groups":[{"name":"* Giấy tờ phải nộp:","components":[
            {"code":"k1","name":"Tờ khai","originals":1,"copies":0,"templates":["tk.docx"]},
            {"code":"k2","name":"* Lưu ý","originals":0,"copies":0,"templates":[]}]}],
        "legal_basis":["L00001"],"results":[{"code":"KQ.G15.000032","name":"Giấy khai sinh"}],
        "life_events":[],"state":"active","created_at":"2026-04-16","updated_at":"2026-04-16"}"#;

    fn birth() -> ProcedureDetail {
        serde_json::from_str(BIRTH).unwrap()
    }

    #[test]
    fn the_limit_is_that_of_the_way_of_filing_or_of_the_longest_case() {
        let limit = |method| birth().time_limit(method).map(|limit| limit.to_string());
        assert_eq!(limit(Method::Direct).as_deref(), Some("7,5 ngày làm việc"));
        assert_eq!(limit(Method::Online).as_deref(), Some("5 ngày làm việc"));
        assert_eq!(limit(Method::Postal).as_deref(), Some("5 ngày làm việc"));
        let mut without_cases = birth();
        without_cases.cases.clear();
        assert_eq!(without_cases.time_limit(Method::Online), None);
    }

    #[test]
    fn remarks_are_told_from_documents() {
        let birth = birth();
        let names = |components: Vec<&Component>| components.iter().map(|part| part.code.clone()).collect::<Vec<_>>();
        assert_eq!(names(birth.components().collect()), ["k1"]);
        assert_eq!(names(birth.component_notes().collect()), ["k2"]);
        assert!(birth.offers(Method::Postal));
        assert_eq!(birth.fees_of(&birth.submission_methods[0]).count(), 1);
    }

    #[test]
    fn a_detail_survives_json() {
        let birth = birth();
        let json = serde_json::to_string(&birth).unwrap();
        assert_eq!(serde_json::from_str::<ProcedureDetail>(&json).unwrap(), birth);
        assert!(json.contains("\"processing_time\":7.5"), "fractions stay numbers");
        assert!(json.contains("\"processing_time\":1,"), "whole numbers stay whole");
    }

    #[test]
    fn levels_are_a_set_in_order() {
        let levels: Vec<Level> = birth().levels.iter().collect();
        assert_eq!(levels, [Level::Ministry, Level::Commune]);
    }

    use crate::catalogue::Level;
}

//! The general form (tờ khai chung): what is asked where nobody has fitted a form to a procedure, made from its record.

use std::sync::{Arc, OnceLock};

use domain::catalogue::{ComponentGroup, Method, ProcedureDetail};
use domain::text::{clean_line, fold};
use domain::time::Day;
use forms::{Form, FormSource, Refusal};
use serde_json::{Map, Value, json};

use crate::process::Process;
use crate::version::Version;

/// What the general form's version is called. Its answers can be read without the record from which it was made: a case
/// is answered by its own words.
const GENERAL: &str = "chung-1";
/// The path of the question which case it is.
pub const CASE_PATH: &str = "request.case";
/// The answer of whoever does not find the own case.
const OTHER_CASE: &str = "other";
/// The parts of a procedure's record (Decree 63/2010, art. 8 §2): papers, forms, who may ask.
const GROUND: &str = "Nghị định số 63/2010/NĐ-CP, Điều 8 khoản 2";
/// The longest words for a case, in characters.
const LONGEST_CASE: usize = 300;
/// The general form uses nothing that several forms share.
const SHARED: &str = r#"{"$id": "urn:motcua:shared", "$defs": {}}"#;

/// Who may ask for a procedure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Applicants {
    /// Whether persons may.
    pub persons: bool,
    /// Whether enterprises and other organisations may.
    pub organisations: bool,
}

/// The general forms that leave nothing to choose between cases: most procedures share these.
#[derive(Debug, Default)]
pub struct GeneralForms([OnceLock<Arc<Form>>; 4]);

impl GeneralForms {
    /// The form of a procedure, made or shared.
    fn form(&self, detail: &ProcedureDetail, applicants: Applicants) -> Result<Arc<Form>, Vec<Refusal>> {
        let shared = &self.0[usize::from(applicants.persons) + 2 * usize::from(applicants.organisations)];
        let has_cases = !cases(detail).is_empty();
        if let Some(form) = shared.get().filter(|_| !has_cases) {
            return Ok(form.clone());
        }
        let file = |name: &str| format!("{}/{name}", detail.code);
        let (schema, layout) = (schema(detail, applicants).to_string(), layout(detail, applicants).to_string());
        let form = Arc::new(Form::compile(FormSource {
            schema: (&file("form.schema.json"), &schema),
            layout: (&file("form.ui.json"), &layout),
            shared: (&file("shared.schema.json"), SHARED),
        })?);
        Ok(if has_cases { form } else { shared.get_or_init(|| form).clone() })
    }
}

impl Version {
    /// The version of a procedure without files of its own: its form is made from its record.
    ///
    /// # Errors
    /// When the record makes no form; a test over all procedures excludes that.
    pub fn general(
        detail: &ProcedureDetail,
        applicants: Applicants,
        forms: &GeneralForms,
    ) -> Result<Self, Vec<Refusal>> {
        let form = forms.form(detail, applicants)?;
        let limit = detail.time_limit(Method::Online);
        Ok(Self {
            version: GENERAL.to_owned(),
            valid_from: Day::new(2025, 1, 1).expect("a day of the calendar"),
            ground: GROUND.to_owned(),
            is_sure: false,
            is_general: true,
            form,
            limit,
            fees: Vec::new(),
            papers: Vec::new(),
            letters: Vec::new(),
            result: None,
            process: Process::standard(limit),
        })
    }

    /// Whether a version of this name is the general one.
    pub fn is_named_general(name: &str) -> bool {
        name == GENERAL
    }
}

/// The cases among which somebody chooses, by their words; none when there is nothing to choose. The source writes them as
/// headings over lists of papers, or as cases with their own times.
fn cases(detail: &ProcedureDetail) -> Vec<String> {
    let headings: Vec<String> = of_one_case(detail).map(|group| title(&group.name)).collect();
    let names = detail.cases.iter().map(|case| title(&case.name)).collect();
    let mut cases: Vec<String> = if headings.len() > 1 { headings } else { names };
    let mut seen = Vec::new();
    cases.retain(|case| {
        let key = fold(case);
        let is_new = !key.is_empty() && !seen.contains(&key);
        seen.push(key);
        is_new
    });
    if cases.len() > 1 { cases } else { Vec::new() }
}

/// The lists of papers that are for one case each.
fn of_one_case(detail: &ProcedureDetail) -> impl Iterator<Item = &ComponentGroup> {
    detail.dossier_groups.iter().filter(|group| is_of_one_case(group))
}

fn is_of_one_case(group: &ComponentGroup) -> bool {
    let name = fold(&group.name);
    let is_case = ["truong hop", "doi voi"].iter().any(|words| name.contains(words));
    is_case && group.components.iter().any(|component| component.is_document())
}

/// The lists of papers that somebody reads who has chosen this case: those of every case first, then the case's own.
pub fn papers_of_case<'d>(detail: &'d ProcedureDetail, chosen: Option<&str>) -> Vec<&'d ComponentGroup> {
    let has_choice = of_one_case(detail).count() > 1;
    let is_asked = |group: &&ComponentGroup| {
        let is_known = chosen.filter(|chosen| of_one_case(detail).any(|group| title(&group.name) == **chosen));
        !has_choice || !is_of_one_case(group) || is_known.is_none_or(|chosen| title(&group.name) == chosen)
    };
    let (own, common): (Vec<_>, Vec<_>) =
        detail.dossier_groups.iter().filter(is_asked).partition(|group| has_choice && is_of_one_case(group));
    common.into_iter().chain(own).collect()
}

/// A heading without the signs around it: «* Trường hợp mất:» is «Trường hợp mất».
fn title(name: &str) -> String {
    let name = name.trim_matches(|one: char| one.is_whitespace() || matches!(one, '*' | ':' | '-' | '+' | ';' | '.'));
    let short: String = name.chars().take(LONGEST_CASE).collect();
    clean_line(&short, LONGEST_CASE).unwrap_or_default()
}

fn schema(detail: &ProcedureDetail, applicants: Applicants) -> Value {
    let mut request = Map::new();
    let mut required = vec!["content"];
    if applicants.persons && applicants.organisations {
        required.push("applicant");
        request.insert("applicant".into(), applicant());
    }
    let cases = cases(detail);
    if !cases.is_empty() {
        required.push("case");
        request.insert("case".into(), case_question(&cases));
    }
    request.insert(
        "content".into(),
        json!({
            "type": "string", "format": "paragraph", "maxLength": 4000,
            "title": "Nội dung đề nghị", "x-title-en": "What you ask for",
            "description": "Viết bằng lời của quý vị: đề nghị việc gì, cho ai, vì sao. Giấy tờ được gửi ở bước sau.",
            "x-description-en": "In your own words: what you ask for, for whom, and why. Papers are sent in a later step."
        }),
    );
    let mut properties = Map::new();
    properties.insert("request".into(), object(request, &required));
    if applicants.persons {
        properties.insert("person".into(), object(person(), &["full_name", "number", "address", "phone"]));
    }
    if applicants.organisations {
        let required = ["name", "address", "phone", "representative"];
        properties.insert("organisation".into(), object(organisation(), &required));
    }
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Đơn đề nghị", "x-title-en": "Request",
        "description": "Tôi cam đoan những nội dung kê khai và giấy tờ gửi kèm là đúng sự thật, và chịu trách nhiệm trước pháp luật về những nội dung đó.",
        "x-description-en": "I declare that what I have stated and the papers that I send are true, and answer for them before the law.",
        "type": "object", "additionalProperties": false, "x-ground": GROUND,
        "properties": properties
    })
}

fn object(properties: Map<String, Value>, required: &[&str]) -> Value {
    json!({ "type": "object", "additionalProperties": false, "properties": properties, "required": required })
}

fn applicant() -> Value {
    json!({
        "type": "string", "title": "Người đề nghị là", "x-title-en": "The applicant is", "x-source": "owner.kind",
        "oneOf": [
            {"const": "person", "title": "Cá nhân", "x-title-en": "A person"},
            {"const": "organisation", "title": "Tổ chức, doanh nghiệp", "x-title-en": "An organisation or enterprise"}
        ]
    })
}

fn case_question(cases: &[String]) -> Value {
    // The record has no English words for them.
    let mut choices: Vec<Value> =
        cases.iter().map(|case| json!({ "const": case, "title": case, "x-title-en": case })).collect();
    choices.push(json!({
        "const": OTHER_CASE,
        "title": "Trường hợp khác, hoặc tôi chưa rõ",
        "x-title-en": "Another case, or I am not sure"
    }));
    json!({
        "type": "string", "title": "Quý vị thuộc trường hợp nào?", "x-title-en": "Which case is yours?",
        "description": "Giấy tờ và thời hạn tùy theo trường hợp.",
        "x-description-en": "The papers and the time limit depend on the case.",
        "oneOf": choices
    })
}

fn person() -> Map<String, Value> {
    let Value::Object(person) = json!({
        "full_name": {"type": "string", "format": "person-name", "title": "Họ và tên", "x-title-en": "Full name", "x-source": "owner.name"},
        "number": {"type": "string", "format": "identity-number", "title": "Số căn cước hoặc hộ chiếu", "x-title-en": "Number of the identity card or passport", "x-source": "owner.number"},
        "birth_date": {"type": "string", "format": "rough-date", "x-not-after": "today", "title": "Ngày sinh", "x-title-en": "Date of birth", "x-source": "owner.birth_date"},
        "address": {"type": "string", "format": "address", "title": "Nơi cư trú", "x-title-en": "Residence", "x-source": "owner.address"},
        "phone": {"type": "string", "format": "phone", "title": "Số điện thoại", "x-title-en": "Telephone", "x-source": "owner.phone"}
    }) else {
        unreachable!("an object is written above")
    };
    person
}

fn organisation() -> Map<String, Value> {
    let Value::Object(organisation) = json!({
        "name": {"type": "string", "format": "line", "maxLength": 300, "title": "Tên tổ chức, doanh nghiệp", "x-title-en": "Name of the organisation or enterprise", "x-source": "owner.name"},
        "number": {
            "type": "string", "format": "line", "maxLength": 40,
            "title": "Mã số thuế, mã số doanh nghiệp hoặc số quyết định thành lập",
            "x-title-en": "Tax number, enterprise number or number of the founding decision", "x-source": "owner.number"
        },
        "address": {"type": "string", "format": "address", "title": "Địa chỉ trụ sở", "x-title-en": "Address of the head office", "x-source": "owner.address"},
        "phone": {"type": "string", "format": "phone", "title": "Số điện thoại", "x-title-en": "Telephone", "x-source": "owner.phone"},
        "representative": {
            "type": "string", "format": "person-name",
            "title": "Người đại diện theo pháp luật", "x-title-en": "Legal representative"
        },
        "position": {"type": "string", "format": "line", "maxLength": 100, "title": "Chức vụ", "x-title-en": "Position"}
    }) else {
        unreachable!("an object is written above")
    };
    organisation
}

fn layout(detail: &ProcedureDetail, applicants: Applicants) -> Value {
    let control = |path: &str| json!({ "type": "Control", "scope": format!("#/properties/{path}") });
    let both = applicants.persons && applicants.organisations;
    let mut first = vec![];
    if both {
        first.push(control("request/properties/applicant"));
    }
    if !cases(detail).is_empty() {
        first.push(control("request/properties/case"));
    }
    first.push(control("request/properties/content"));
    let page = |key: &str, (vi, en): (&str, &str), elements: Vec<Value>, applicant: Option<&str>| {
        let mut page = json!({ "type": "Category", "label": vi, "x-label-en": en, "x-key": key, "elements": elements });
        if let (Some(applicant), Value::Object(page)) = (applicant, &mut page) {
            let scope = "#/properties/request/properties/applicant";
            let rule = json!({ "effect": "SHOW", "condition": { "scope": scope, "schema": { "const": applicant } } });
            page.insert("rule".into(), rule);
        }
        page
    };
    let mut pages = vec![page("noi-dung", ("Nội dung đề nghị", "The request"), first, None)];
    let inside = |object: &str, names: &[&str]| -> Vec<Value> {
        names.iter().map(|name| control(&format!("{object}/properties/{name}"))).collect()
    };
    if applicants.persons {
        let questions = inside("person", &["full_name", "number", "birth_date", "address", "phone"]);
        pages.push(page("nguoi-de-nghi", ("Người đề nghị", "The applicant"), questions, both.then_some("person")));
    }
    if applicants.organisations {
        let names = ["name", "number", "address", "phone", "representative", "position"];
        let questions = inside("organisation", &names);
        let title = ("Tổ chức đề nghị", "The organisation");
        pages.push(page("to-chuc", title, questions, both.then_some("organisation")));
    }
    json!({ "type": "Categorization", "elements": pages })
}

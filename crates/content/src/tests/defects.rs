//! Defects in the files of procedures, as people make them: each is refused with its file and its line.

use tempfile::TempDir;

use ::procedures::Counting;

use super::CONTENT;
use crate::files::{EMBEDDED, Files, PROCEDURES};
use crate::procedure_versions::ProcedureVersions;

/// The files of procedures and registers with one passage of one file replaced, read and filed in thought.
fn refused(path: &str, from: &str, to: &str) -> String {
    let copy = TempDir::new().unwrap();
    let ours = EMBEDDED.iter().filter(|(name, _)| *name == "registers.toml").chain(PROCEDURES);
    for (name, bytes) in ours {
        let target = copy.path().join(name);
        std::fs::create_dir_all(target.parent().unwrap()).unwrap();
        let mut text = String::from_utf8(bytes.to_vec()).unwrap();
        if *name == path {
            assert!(text.contains(from), "{path} holds «{from}»");
            text = text.replacen(from, to, 1);
        }
        std::fs::write(target, text).unwrap();
    }
    let files = Files::Folder(copy.path().to_owned());
    let counting =
        Counting { rule: &CONTENT.rules.deadline, calendar: &CONTENT.calendar, hours: &CONTENT.rules.office_hours };
    let read = ProcedureVersions::load(&files, &CONTENT.procedures).and_then(|all| all.check_samples(&files, counting));
    read.map(|count| format!("{count} samples pass")).unwrap_or_else(|error| error.to_string())
}

/// The line, from 1, on which a passage of a shipped file begins.
fn line_of(path: &str, passage: &str) -> usize {
    let (_, bytes) = PROCEDURES.iter().chain(EMBEDDED).find(|(name, _)| *name == path).unwrap();
    let text = std::str::from_utf8(bytes).unwrap();
    1 + text[..text.find(passage).unwrap()].matches('\n').count()
}

#[test]
fn the_shipped_procedures_pass_and_each_has_five_samples_and_a_process() {
    let files = Files::Embedded;
    for code in CONTENT.whole_procedures.codes() {
        let samples = files.samples(&code.to_string());
        assert!(samples.len() >= 5, "{code} has {} samples", samples.len());
        assert!(files.has(&format!("procedures/{code}/process.bpmn")), "{code} has a process of its own");
        let kinds: Vec<String> = samples.iter().map(|sample| files.text(sample).unwrap()).collect();
        for kind in ["right", "wrong", "edge"] {
            assert!(kinds.iter().any(|text| text.contains(&format!("kind = {kind:?}"))), "{code}: {kind}");
        }
    }
    assert!(CONTENT.whole_procedures.codes().count() >= 15);
    assert!(CONTENT.check_samples(None).unwrap() >= 75);
}

/// The file, what stands there, what is written instead, what is said of it, and what stands on the line that is named
/// where that is another one: the step that is not reached, the whole entry in which something is missing.
type Defect = (&'static str, &'static str, &'static str, &'static str, &'static str);

const BIRTH_FACTS: &str = "procedures/1.001193/procedure.toml";
const BIRTH_SCHEMA: &str = "procedures/1.001193/form.schema.json";
const BIRTH_LAYOUT: &str = "procedures/1.001193/form.ui.json";
const DEATH: &str = "procedures/1.000656/process.bpmn";
/// One on the edge may be complete or not: only filing it tells.
const EDGE_SAMPLE: &str = "procedures/1.001193/samples/tre-bi-bo-roi.toml";
const SAMPLE: &str = "procedures/1.001193/samples/sinh-tai-benh-vien.toml";

const LETTER: &str = "procedures/1.004873/letters/giay-xac-nhan-tinh-trang-hon-nhan.toml";
const OTHER_LETTER: &str = "procedures/1.004873/letters/tra-loi-khong-xac-nhan.toml";
const DEATH_LETTER: &str = "procedures/1.000656/letters/trich-luc-khai-tu.toml";
const BIRTH_LETTER: &str = "procedures/1.001193/letters/giay-khai-sinh.toml";
const BUSINESS_LETTER: &str = "procedures/1.001612/letters/giay-chung-nhan-ho-kinh-doanh.toml";

const DEFECTS: &[Defect] = &[
    // The process.
    (
        DEATH,
        "targetRef=\"xac-minh\"",
        "targetRef=\"ky\"",
        "xac-minh is never reached",
        "<bpmn:userTask id=\"xac-minh\"",
    ),
    (DEATH, " motcua:role=\"leader\"", "", "the step ky has no role", ""),
    (DEATH, "motcua:role=\"leader\"", "motcua:role=\"boss\"", "\"boss\" is no role", ""),
    (DEATH, " motcua:hours=\"24\"", "", "the step xac-minh has no hour budget", ""),
    (DEATH, "motcua:hours=\"24\"", "motcua:hours=\"-1\"", "\"-1\" is no number of hours", ""),
    (DEATH, "motcua:hours=\"24\"", "motcua:hours=\"2400\"", "the statutory limit is", "<bpmn:userTask id=\"xac-minh\""),
    (
        DEATH,
        "sourceRef=\"ky\" targetRef=\"dong-dau\"",
        "sourceRef=\"ky\" targetRef=\"tham-tra\"",
        "comes back to",
        "<bpmn:userTask id=\"tham-tra\"",
    ),
    (
        DEATH,
        "sourceRef=\"ky\" targetRef=\"dong-dau\"",
        "sourceRef=\"ky\" targetRef=\"dong\"",
        "\"dong\", which is not there",
        "",
    ),
    (
        DEATH,
        "/death_notice/properties/is_given",
        "/death_notice/properties/was_given",
        "there is no field death_notice.was_given",
        "",
    ),
    (DEATH, "{\"const\": false}", "{\"const\": \"no\"}", "is never answered by \"no\"", ""),
    (DEATH, " default=\"co-giay-bao-tu-khac\"", "", "has no default", ""),
    (
        DEATH,
        "<bpmn:userTask id=\"dong-dau\"",
        "<bpmn:scriptTask id=\"dong-dau\"",
        "\"scriptTask\" is not known here",
        "",
    ),
    (DEATH, "motcua:hours=\"8\"", "motcua:hours=\"9\"", "the desk answers within 8 working hours", ""),
    // The facts.
    (BIRTH_FACTS, "code = \"1.001193\"", "code = \"1.001194\"", "not the folder's", ""),
    (BIRTH_FACTS, "per = \"copies.copy_count\"", "per = \"copies.count\"", "there is no field copies.count", ""),
    (BIRTH_FACTS, "amount = 8000", "amount = \"8000\"", "no whole number of đồng", ""),
    (BIRTH_FACTS, "document = \"birth_notification\"", "document = \"birth_paper\"", "no kind of document", ""),
    (
        BIRTH_FACTS,
        "document = \"birth_notification\"",
        "document = \"identity_paper\"",
        "may not be required: the register population holds it",
        "",
    ),
    (BIRTH_FACTS, "schema = { const = \"1\" }", "schema = { const = \"11\" }", "is never answered by \"11\"", ""),
    (BIRTH_FACTS, "code = \"van-ban-lam-chung\"", "code = \"000.00.00.G15-KQ004389\"", "two entries are called", ""),
    (BIRTH_FACTS, "title_en = \"Hospital's certificate of birth\"\n", "", "\"title_en\" is missing", "[[components]]"),
    // The form.
    (
        BIRTH_LAYOUT,
        "#/properties/mother/properties/full_name",
        "#/properties/mother/properties/name",
        "there is no field mother.name",
        "",
    ),
    (BIRTH_SCHEMA, "\"minimum\"", "\"minimun\"", "\"minimun\" is not known here", ""),
    (
        BIRTH_SCHEMA,
        "  \"x-ground\": \"Thông tư số 04/2020/TT-BTP (sửa đổi bởi Thông tư số 03/2023/TT-BTP, 04/2024/TT-BTP)\",\n",
        "\n",
        "ground",
        "\"full_name\": {",
    ),
    (BIRTH_SCHEMA, "\"person-name\"", "\"persons-name\"", "Unknown format: 'persons-name'", ""),
    // The samples.
    (SAMPLE, "kind = \"right\"", "kind = \"wrong\"", "a right sample is complete", ""),
    (
        EDGE_SAMPLE,
        "verdict = \"complete\"",
        "verdict = \"incomplete\"",
        "verdict: Incomplete is expected, Complete comes out",
        "",
    ),
    (SAMPLE, "\"ghi-so\", ", "", "route:", ""),
    (SAMPLE, "fee = 16000", "fee = 15000", "fee: 15000 is expected, 16000 comes out", ""),
    (
        SAMPLE,
        "due_at = 2026-11-25T09:00:00",
        "due_at = 2026-11-25T10:00:00",
        "due_at: 10:00 25/11/2026 is expected",
        "",
    ),
    (SAMPLE, "full_name = \"Puih Thuân\"", "ful_name = \"Puih Thuân\"", "there is no field father.ful_name", ""),
    (
        SAMPLE,
        "letter = \"giay-khai-sinh\"",
        "letter = \"trich-luc\"",
        "letter: trich-luc is expected, giay-khai-sinh comes out",
        "",
    ),
    // The letters.
    (LETTER, "title_en = \"Certificate of marital status\"\n", "", "\"title_en\" is missing", "title ="),
    (LETTER, "signed_by", "signed", "\"signed\" is not known here", ""),
    (LETTER, "kind = \"result\"", "kind = \"decision\"", "\"kind\" is result or refusal", ""),
    (LETTER, "step = \"tham-tra\"", "step = \"tham-dinh\"", "there is no step tham-dinh in the process", ""),
    (LETTER, "step = \"tham-tra\"", "step = \"tiep-nhan\"", "tiep-nhan is no step between", ""),
    (LETTER, "{subject.full_name}", "{subject.name}", "there is no field subject.name", ""),
    (LETTER, "{subject.gender}", "{subject.gender", "\"{subject.gender\" is not closed", ""),
    (LETTER, "{subject.ethnicity}", "subject.ethnicity}", "\"}\" closes nothing", ""),
    (LETTER, "{status.residence_at|}", "{status.residence_at}", "status.residence_at may be unanswered", ""),
    (LETTER, "enum = [\"3\", \"4\"]", "enum = [\"3\", \"9\"]", "status.marital_status is never answered by \"9\"", ""),
    (
        LETTER,
        "when = { scope = \"#/properties/status/properties/marital_status\"",
        "when = { scope = \"#/properties/status/properties/kind\"",
        "there is no field status.kind",
        "",
    ),
    (LETTER, "heading = \"XÁC NHẬN:\"", "headline = \"XÁC NHẬN:\"", "\"headline\" is not known here", ""),
    (
        LETTER,
        "[[body]]\ntext = \"Giấy này có giá trị 06 tháng kể từ ngày cấp.\"",
        "[[body]]\ntext = \" \"",
        "\"text\" is missing or no text",
        "",
    ),
    (
        OTHER_LETTER,
        "title = \"Công văn trả lời không cấp Giấy xác nhận tình trạng hôn nhân\"",
        "title = \"Giấy xác nhận tình trạng hôn nhân\"",
        "two letters are called",
        "",
    ),
    (OTHER_LETTER, "key = \"legal_ground\"", "key = \"reason\"", "two blanks are called \"reason\"", ""),
    (DEATH_LETTER, "{blank.register}", "{blank.book}", "there is no blank book", ""),
    (DEATH_LETTER, "{blank.register}", "………", "the blank register stands nowhere", "[[blanks]]"),
    (
        BIRTH_LETTER,
        "when = { scope = \"#/properties/mother/properties/is_given\", schema = { const = true } }\n",
        "\n",
        "mother.full_name may be unanswered",
        "[\"Họ, chữ đệm, tên người mẹ\"",
    ),
    (
        BIRTH_LETTER,
        "father/properties/is_given\", schema = { const = true }",
        "father/properties/is_given\", schema = { const = false }",
        "father.full_name may be unanswered",
        "[\"Họ, chữ đệm, tên người cha\"",
    ),
    (BUSINESS_LETTER, "{office.address}", "{lines.business_lines}", "is a table", ""),
    (BUSINESS_LETTER, "[\"Mã ngành\", \"code\"]", "[\"Mã ngành\", \"number\"]", "has no column number", ""),
    (
        BUSINESS_LETTER,
        "table = \"lines.business_lines\"",
        "table = \"office.address\"",
        "office.address is no table",
        "",
    ),
];

#[test]
fn every_seeded_defect_is_refused_with_its_file_and_line() {
    let mut faults = Vec::new();
    for (path, from, to, expected, at) in DEFECTS {
        let refusal = refused(path, from, to);
        let line = line_of(path, if at.is_empty() { from } else { at });
        let place = format!("{path}, line {line}: ");
        if !refusal.lines().any(|told| told.starts_with(&place) && told.contains(expected)) {
            faults.push(format!("{to}\nshould be refused by: {place}…{expected}…\nis refused by: {refusal}"));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n\n"));
}

#[test]
fn a_letter_without_a_body_is_refused() {
    let (_, bytes) = PROCEDURES.iter().find(|(name, _)| *name == LETTER).unwrap();
    let text = std::str::from_utf8(bytes).unwrap();
    let refusal = refused(LETTER, &text[text.find("[[body]]").unwrap()..], "");
    assert_eq!(refusal, format!("{LETTER}, line 1: the letter has no body"));
}

#[test]
fn at_least_eight_procedures_have_letters() {
    let of = |code| CONTENT.whole_procedures.of(code).last().map(|version| version.letters.len()).unwrap_or_default();
    assert!(CONTENT.whole_procedures.codes().filter(|code| of(code) > 0).count() >= 8);
}

#[test]
fn a_shared_statutory_document_that_a_register_gains_is_refused_where_it_is_demanded() {
    let refusal = refused("registers.toml", "holds = [", "holds = [\"birth_notification\", ");
    assert!(refusal.contains("procedures/1.001193/procedure.toml"), "{refusal}");
    assert!(refusal.contains("may not be required"), "{refusal}");
}

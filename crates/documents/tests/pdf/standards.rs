//! That every document can be archived and read aloud: PDF/A-2a and PDF/UA-1.

use documents::Typesetter;

use crate::page::metadata;
use crate::samples;

#[test]
fn every_document_declares_its_standards_title_language_and_date() {
    let typesetter = Typesetter::new().unwrap();
    let documents = [
        (
            typesetter.receipt(&samples::receipt()).unwrap(),
            "Giấy xác nhận đã nộp hồ sơ trực tuyến",
            "2026-11-22T14:05:00+07:00",
        ),
        (
            typesetter.acceptance_slip(&samples::acceptance_slip()).unwrap(),
            "Giấy tiếp nhận hồ sơ và hẹn trả kết quả",
            "2026-11-23T08:40:00+07:00",
        ),
        (
            typesetter.refusal_slip(&samples::refusal_slip()).unwrap(),
            "Phiếu từ chối tiếp nhận, giải quyết hồ sơ",
            "2026-11-23T09:12:00+07:00",
        ),
        (
            typesetter.supplement_slip(&samples::supplement_slip()).unwrap(),
            "Phiếu yêu cầu bổ sung, hoàn thiện hồ sơ",
            "2026-11-23T10:30:00+07:00",
        ),
        (
            typesetter.letter(&samples::letter()).unwrap(),
            "Quyết định hỗ trợ chi phí mai táng",
            "2026-11-24T08:15:00+07:00",
        ),
        (
            typesetter.letter(&samples::official_letter()).unwrap(),
            "Công văn trả lời không cấp giấy phép xây dựng",
            "2026-11-24T08:15:00+07:00",
        ),
    ];
    for (pdf, title, date) in documents {
        let metadata = metadata(&pdf);
        for expected in [
            "<pdfaid:part>2</pdfaid:part>",
            "<pdfaid:conformance>A</pdfaid:conformance>",
            "<pdfuaid:part>1</pdfuaid:part>",
            &format!("{title} H21.58-261122-0001"),
            "<rdf:li>vi-VN</rdf:li>",
            date,
        ] {
            assert!(metadata.contains(expected), "«{expected}» is not in: {metadata}");
        }
    }
}

#[test]
fn the_same_document_is_the_same_bytes() {
    let first = Typesetter::new().unwrap().receipt(&samples::receipt()).unwrap();
    let second = Typesetter::new().unwrap().receipt(&samples::receipt()).unwrap();
    assert!(first == second, "two runs make different bytes");
    let first = Typesetter::new().unwrap().letter(&samples::letter()).unwrap();
    let second = Typesetter::new().unwrap().letter(&samples::letter()).unwrap();
    assert!(first == second, "two runs make different letters");
}

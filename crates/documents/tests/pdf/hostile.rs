//! What people send by mistake or on purpose: each time the document is made, and keeps its standards.

use documents::{
    AcceptanceSlip, Applicant, DocumentError, Letter, LetterBlock, Letterhead, Moment, PortalSignature, Receipt,
    ReceivedFile, RefusalReason, RefusalSlip, RequestedItem, Signature, SubmittedComponent, SupplementSlip, Typesetter,
};

use crate::page::{metadata, pages, text_edges, words};
use crate::samples::{self, LONG_NAME};

#[test]
fn every_hostile_text_is_set_in_every_field() {
    let typesetter = Typesetter::new().unwrap();
    let cases = [
        ("markup", "#panic(\"a\") *b* _c_ $x$ `d` <e> @f [g] // h \\ #include \"/etc/passwd\" = i"),
        ("json", "\"},{\"code\":\"x"),
        ("arabic and hebrew", "محمد بن سلمان \u{202E}אבג\u{202C}"),
        ("emoji", "👨‍👩‍👧‍👦 🇻🇳 👍🏽 ❤️"),
        ("marks alone", "\u{306}\u{301}\u{323}"),
        ("a tower of marks", &format!("a{}", "\u{301}\u{306}\u{323}".repeat(200))),
        ("marks the fonts lack", "a\u{489}\u{20DD}ệ\u{331}∕\u{301}�\u{301}"),
        ("control characters", "a\0b\u{1}c\u{7f}d\u{85}e\u{2028}f\u{FFFE}g\u{FEFF}h"),
        ("line ends", "a\r\nb\n\n\nc\rd\te"),
        ("private use", "\u{E000}\u{F8FF}\u{F0000}"),
        ("blank", "   "),
        ("empty", ""),
        ("one long word", &"Ẫ".repeat(300)),
        ("letters that capitals make longer", "ßŉǰΐﬁﬀŷ"),
    ];
    for (name, text) in cases {
        let text = text.to_owned();
        let letterhead = Letterhead { agency: text.clone(), desk: text.clone() };
        let applicant =
            Applicant { name: text.clone(), address: text.clone(), phone: text.clone(), email: text.clone() };
        let signature = Signature { name: text.clone(), instead: text.clone() };
        let receipt = Receipt {
            letterhead: letterhead.clone(),
            code: text.clone(),
            secret: text.clone(),
            procedure_code: text.clone(),
            procedure_name: text.clone(),
            catalogue_version: text.clone(),
            owner_name: text.clone(),
            owner_number: text.clone(),
            filer_name: text.clone(),
            delivery: text.clone(),
            files: vec![ReceivedFile {
                component: text.clone(),
                file_name: text.clone(),
                size: u64::MAX,
                sha256: text.clone(),
            }],
            look_up_page: text.clone(),
            help_phone: text.clone(),
            answer_hours: u32::MAX,
            portal_signature: Some(PortalSignature {
                digest: text.clone(),
                signature: text.clone(),
                check_page: text.clone(),
                ..samples::portal_signature()
            }),
            ..samples::receipt()
        };
        check(name, typesetter.receipt(&receipt));
        let acceptance = AcceptanceSlip {
            letterhead: letterhead.clone(),
            number: text.clone(),
            place: text.clone(),
            code: text.clone(),
            applicant: applicant.clone(),
            procedure_code: text.clone(),
            procedure_name: text.clone(),
            components: vec![SubmittedComponent { name: text.clone(), quantity: text.clone() }],
            sets: u32::MAX,
            time_limit: text.clone(),
            due_derivation: text.clone(),
            delivery: text.clone(),
            register_book: text.clone(),
            register_ordinal: text.clone(),
            filer: signature.clone(),
            receiver: signature.clone(),
            look_up_page: text.clone(),
            help_phone: text.clone(),
            ..samples::acceptance_slip()
        };
        check(name, typesetter.acceptance_slip(&acceptance));
        let refusal = RefusalSlip {
            letterhead,
            number: text.clone(),
            place: text.clone(),
            code: text.clone(),
            applicant,
            procedure_code: text.clone(),
            procedure_name: text.clone(),
            reasons: vec![RefusalReason { text: text.clone(), legal_ground: text.clone() }],
            advice: text.clone(),
            filer: signature.clone(),
            officer: signature.clone(),
            look_up_page: text.clone(),
            help_phone: text.clone(),
            ..samples::refusal_slip()
        };
        check(name, typesetter.refusal_slip(&refusal));
        let supplement = SupplementSlip {
            number: text.clone(),
            place: text.clone(),
            code: text.clone(),
            procedure_code: text.clone(),
            procedure_name: text.clone(),
            respond_by: text.clone(),
            items: vec![RequestedItem { name: text.clone(), reason: text.clone(), text: text.clone() }],
            legal_ground: text.clone(),
            officer: signature,
            look_up_page: text.clone(),
            help_phone: text.clone(),
            ..samples::supplement_slip()
        };
        check(name, typesetter.supplement_slip(&supplement));
        for to in [String::new(), text.clone()] {
            check(name, typesetter.letter(&hostile_letter(&text, to)));
        }
    }
}

/// A letter in which every text is this one.
fn hostile_letter(text: &str, to: String) -> Letter {
    let text = text.to_owned();
    Letter {
        above: text.clone(),
        agency: text.clone(),
        place: text.clone(),
        symbol: text.clone(),
        heading: text.clone(),
        title: text.clone(),
        subject: text.clone(),
        to,
        grounds: vec![text.clone()],
        body: vec![
            LetterBlock::Heading(text.clone()),
            LetterBlock::Paragraph { lead: text.clone(), text: text.clone() },
            LetterBlock::Rows(vec![(text.clone(), text.clone())]),
            LetterBlock::Table { head: vec![text.clone()], rows: vec![vec![text.clone()]] },
            LetterBlock::Rows(Vec::new()),
            LetterBlock::Table { head: vec![text.clone()], rows: Vec::new() },
        ],
        receivers: vec![text.clone()],
        on_behalf: text.clone(),
        post: text.clone(),
        code: text,
        ..samples::letter()
    }
}

#[test]
fn markup_in_an_answer_is_shown_in_a_letter_as_it_is() {
    let text = "#panic(\"a\") [b] *c* _d_ $e$ `f` <g> @h #include \"/etc/passwd\"";
    let words = words(&Typesetter::new().unwrap().letter(&hostile_letter(text, String::new())).unwrap());
    assert!(words.matches(text).count() >= 6, "{words}");
}

#[test]
fn nothing_runs_into_the_margins() {
    let typesetter = Typesetter::new().unwrap();
    let word = "Ẫ".repeat(300);
    let mut receipt = samples::receipt();
    receipt.letterhead = Letterhead { agency: word.clone(), desk: word.clone() };
    receipt.code = word.clone();
    receipt.secret = word.clone();
    receipt.procedure_name = LONG_NAME.to_owned();
    receipt.owner_name = word.clone();
    receipt.look_up_page = word.clone();
    receipt.files = vec![samples::file(&word, &word, u64::MAX)];
    let mut slip = samples::acceptance_slip();
    slip.number = word.clone();
    slip.code = word.clone();
    slip.applicant.email = word.clone();
    slip.components[0].name = word.clone();
    slip.filer = Signature { name: word.clone(), instead: word.clone() };
    slip.receiver = Signature { name: word.clone(), instead: String::new() };
    let mut refusal = samples::refusal_slip();
    refusal.place = word.clone();
    refusal.reasons[0].legal_ground = word.clone();
    refusal.advice = word.clone();
    let mut supplement = samples::supplement_slip();
    supplement.items[0].text = word.clone();
    supplement.officer.name = word.clone();
    let documents = [
        typesetter.receipt(&receipt).unwrap(),
        typesetter.acceptance_slip(&slip).unwrap(),
        typesetter.refusal_slip(&refusal).unwrap(),
        typesetter.supplement_slip(&supplement).unwrap(),
        typesetter.letter(&hostile_letter(&word, String::new())).unwrap(),
    ];
    for pdf in documents {
        let (left, right) = text_edges(&pdf);
        // The margins are 20 mm, 56.7 points, on a page of 595.3.
        assert!(left > 56.0 && right < 539.3, "the text goes from {left} to {right}");
    }
}

#[test]
fn ten_thousand_characters_are_set_and_none_is_lost() {
    let typesetter = Typesetter::new().unwrap();
    for text in ["Nguyễn Thị Hồng ".repeat(625), "Ẫ".repeat(10_000)] {
        let mut receipt = samples::receipt();
        receipt.owner_name = text.clone();
        receipt.files[0].file_name = text.clone();
        let pdf = typesetter.receipt(&receipt).unwrap();
        let letter = text.chars().last().filter(|letter| *letter != ' ').unwrap_or('ồ');
        let expected = 2 * text.matches(letter).count();
        assert!(words(&pdf).matches(letter).count() >= expected, "some of {expected} {letter} are lost");
        let mut slip = samples::refusal_slip();
        slip.reasons[0].text = text.clone();
        slip.officer.name = text;
        check("long", typesetter.refusal_slip(&slip));
    }
}

#[test]
fn every_character_that_can_be_drawn_keeps_the_standards() {
    let typesetter = Typesetter::new().unwrap();
    let letters: String = (0..0x2400).filter_map(char::from_u32).collect();
    let signs: String =
        (0x2400..0x3200).chain(0xA600..0xAC00).chain(0xF900..0x1_0000).filter_map(char::from_u32).collect();
    for text in [letters, signs, "a\u{FFFD}".repeat(500_000)] {
        let mut receipt = samples::receipt();
        receipt.owner_name = text.clone();
        receipt.files[0].sha256 = text;
        check("characters", typesetter.receipt(&receipt));
    }
}

fn check(name: &str, made: Result<Vec<u8>, DocumentError>) {
    let pdf = made.unwrap_or_else(|error| panic!("{name}: {error}"));
    assert!(metadata(&pdf).contains("<pdfaid:conformance>A</pdfaid:conformance>"), "{name}");
}

#[test]
fn markup_in_a_name_is_shown_as_it_is() {
    let mut receipt = samples::receipt();
    receipt.owner_name = "#eval(\"1+1\") *đậm* $x^2$ \\u{41} <b>".to_owned();
    let words = words(&Typesetter::new().unwrap().receipt(&receipt).unwrap());
    assert!(words.contains("#eval(\"1+1\") *đậm* $x^2$ \\u{41} <b>"), "{words}");
}

#[test]
fn a_file_name_cannot_turn_its_ending_round() {
    let mut receipt = samples::receipt();
    receipt.files = vec![samples::file("Ảnh", "anh\u{202E}fdp.exe", 1)];
    let words = words(&Typesetter::new().unwrap().receipt(&receipt).unwrap());
    assert!(words.contains("anh\u{FFFD}fdp.exe"), "{words}");
}

#[test]
fn a_letter_of_jrai_or_bahnar_is_kept() {
    let mut receipt = samples::receipt();
    receipt.owner_name =
        "Kpă Đŏng, Hmŭk ĕĭĔĬŎŬ ơ\u{306}ư\u{306}ô\u{306}ê\u{306}Ơ\u{306}Ư\u{306}Ô\u{306}Ê\u{306} b\u{306}B\u{306} ƀɃñč"
            .to_owned();
    let words = words(&Typesetter::new().unwrap().receipt(&receipt).unwrap());
    assert!(words.contains(&receipt.owner_name), "{words}");
}

#[test]
fn two_hundred_files_are_all_listed() {
    let mut receipt = samples::receipt();
    receipt.procedure_name = LONG_NAME.to_owned();
    receipt.files =
        (1..=200).map(|number| samples::file("Bản vẽ", &format!("ban-ve-{number:03}.pdf"), number)).collect();
    let pdf = Typesetter::new().unwrap().receipt(&receipt).unwrap();
    let words = words(&pdf);
    for number in 1..=200 {
        assert!(words.contains(&format!("ban-ve-{number:03}.pdf")), "file {number} is missing");
    }
    let heads = words.matches("Thành phần hồ sơ, tên tệp và mã SHA-256").count();
    assert!(heads >= pages(&pdf) - 1, "the head of the table stands on {heads} of {} pages", pages(&pdf));
}

#[test]
fn empty_lists_are_said() {
    let typesetter = Typesetter::new().unwrap();
    let mut receipt = samples::receipt();
    receipt.files.clear();
    assert!(words(&typesetter.receipt(&receipt).unwrap()).contains("Không có tệp nào."));
    let mut acceptance = samples::acceptance_slip();
    acceptance.components.clear();
    assert!(words(&typesetter.acceptance_slip(&acceptance).unwrap()).contains("Không có."));
    let mut refusal = samples::refusal_slip();
    refusal.reasons.clear();
    assert!(words(&typesetter.refusal_slip(&refusal).unwrap()).contains("Không có lý do nào được ghi."));
}

#[test]
fn a_moment_that_does_not_exist_is_refused() {
    let typesetter = Typesetter::new().unwrap();
    let no_day = Moment { year: 2026, month: 2, day: 30, hour: 8, minute: 0 };
    let mut receipt = samples::receipt();
    receipt.answer_due_at = no_day;
    assert!(matches!(typesetter.receipt(&receipt), Err(DocumentError::NoSuchMoment { moment }) if moment == no_day));
    let mut slip = samples::acceptance_slip();
    slip.accepted_at = no_day;
    assert!(matches!(typesetter.acceptance_slip(&slip), Err(DocumentError::NoSuchMoment { .. })));
}

#[test]
fn an_address_that_fits_no_qr_code_is_refused() {
    let mut receipt = samples::receipt();
    receipt.look_up_address = "a".repeat(5_000);
    let made = Typesetter::new().unwrap().receipt(&receipt);
    assert!(matches!(made, Err(DocumentError::AddressTooLong { length: 5_000 })));
}

#[test]
fn one_typesetter_serves_many_threads() {
    let typesetter = Typesetter::new().unwrap();
    let expected = typesetter.receipt(&samples::receipt()).unwrap();
    std::thread::scope(|scope| {
        for _ in 0..4 {
            let typesetter = typesetter.clone();
            let expected = &expected;
            scope.spawn(move || {
                for _ in 0..5 {
                    assert!(typesetter.receipt(&samples::receipt()).unwrap() == *expected);
                }
            });
        }
    });
}

//! Draws every page of every procedure: each arrives within 14 KB with its stylesheet (design.md §4), and no part is lost.

use std::sync::LazyLock;

use askama::Template;
use content::Content;
use domain::catalogue::ProcedureSummary;
use web::i18n::{Locale, Texts};
use web::portal::Role;
use web::view::page::{Demo, HelpContact, Page, PageViewer};

use super::page::{Input, PartPage, ProcedurePage};
use super::part::Part;
use super::section::is_remark_heading;

/// HTML and stylesheet of a first view, as they are sent.
const FIRST_VIEW_BYTES: usize = 14_336;

static CONTENT: LazyLock<Content> = LazyLock::new(|| Content::load().unwrap());

/// The longest shell there is: with the banner of the demonstration.
fn page<'a>(path: &'a str, locale: Locale) -> Page<'a> {
    Page {
        t: Texts::of(locale),
        portal_name: "Cổng Dịch vụ công tỉnh Gia Lai",
        is_national: false,
        is_office: false,
        path: path.into(),
        is_shown_once: false,
        section: None,
        viewer: PageViewer::Anonymous,
        csrf_token: "",
        acting: None,
        acting_ended: None,
        is_being_recovered: false,
        demo: Some(Demo { simulators: "http://127.0.0.1:8002/", moved_clock: Some("14:05 02/12/2026".to_owned()) }),
        help: HelpContact {
            name: "Bộ phận tiếp nhận và trả kết quả huyện Ia Grai",
            phone: "(0269) 3844 789",
            phone_link: "+842693844789",
        },
    }
}

fn input(procedure: &ProcedureSummary) -> Input<'_> {
    Input { content: &CONTENT, procedure, role: Role::Province, province_url: None, agency: None }
}

fn first_view(procedure: &ProcedureSummary, locale: Locale) -> String {
    let path = format!("/thu-tuc/{}", procedure.code);
    ProcedurePage::new(page(&path, locale), &input(procedure)).unwrap().render().unwrap()
}

fn part_page(procedure: &ProcedureSummary, part: Part, number: usize, locale: Locale) -> String {
    let path = format!("/thu-tuc/{}/{}?trang={number}", procedure.code, part.slug());
    PartPage::new(page(&path, locale), &input(procedure), part, number).unwrap().render().unwrap()
}

/// The addresses of the parts that a first view leads to.
fn parts_linked(html: &str, procedure: &ProcedureSummary) -> Vec<Part> {
    let link = |part: &Part| format!("href=\"/thu-tuc/{}/{}\"", procedure.code, part.slug());
    Part::ALL.into_iter().filter(|part| html.contains(&link(part))).collect()
}

fn sent(html: &str) -> usize {
    let mut compressed = Vec::new();
    let parameters = brotli::enc::BrotliEncoderParams { quality: 5, ..Default::default() };
    brotli::BrotliCompress(&mut html.as_bytes(), &mut compressed, &parameters).unwrap();
    compressed.len() + web::assets::sent_size("portal.css").unwrap()
}

/// The pages of these procedures that are too large, each with its size.
fn too_large(procedures: &[ProcedureSummary], locale: Locale) -> (usize, Vec<String>) {
    let mut largest = 0;
    let mut faults = Vec::new();
    let mut measure = |html: &str, name: String| {
        let bytes = sent(html);
        largest = largest.max(bytes);
        if bytes > FIRST_VIEW_BYTES {
            faults.push(format!("{name}: {bytes}"));
        }
    };
    for procedure in procedures {
        let html = first_view(procedure, locale);
        let parts = parts_linked(&html, procedure);
        measure(&html, procedure.code.to_string());
        for part in parts {
            let mut number = 1;
            loop {
                let html = part_page(procedure, part, number, locale);
                measure(&html, format!("{}/{}?trang={number}", procedure.code, part.slug()));
                if !html.contains("rel=\"next\"") {
                    break;
                }
                number += 1;
            }
        }
    }
    (largest, faults)
}

fn check(procedures: &[ProcedureSummary], locale: Locale) {
    let (one, other) = procedures.split_at(procedures.len() / 2);
    let results = std::thread::scope(|scope| {
        let one = scope.spawn(|| too_large(one, locale));
        let other = too_large(other, locale);
        [one.join().unwrap(), other]
    });
    let faults: Vec<&String> = results.iter().flat_map(|(_, faults)| faults).collect();
    let largest = results.iter().map(|(largest, _)| largest).max();
    assert!(faults.is_empty(), "{} pages are too large, the largest has {largest:?} bytes: {faults:#?}", faults.len());
    println!("largest page: {largest:?} bytes with its stylesheet");
}

#[test]
fn every_page_of_every_procedure_arrives_within_14_kb_in_vietnamese() {
    check(CONTENT.procedures.all(), Locale::Vi);
}

/// Only the words round the record differ, so every fifth will do.
#[test]
fn pages_arrive_within_14_kb_in_english_too() {
    let some: Vec<ProcedureSummary> = CONTENT.procedures.all().iter().step_by(5).cloned().collect();
    check(&some, Locale::En);
}

/// Letters and digits of what a person reads: no tags, no marks, no spaces.
fn letters(html: &str) -> String {
    let mut text = String::with_capacity(html.len());
    for (place, part) in html.split('<').enumerate() {
        text.push_str(if place == 0 { part } else { part.split_once('>').map_or("", |(_, words)| words) });
    }
    for (written, meant) in
        [("&lt;", " "), ("&gt;", " "), ("&quot;", " "), ("&#60;", " "), ("&#62;", " "), ("&#34;", " "), ("&#39;", " ")]
    {
        text = text.replace(written, meant);
    }
    text.replace("&amp;", " ").replace("&#38;", " ").chars().filter(|c| c.is_alphanumeric()).collect()
}

/// Everything the record says is on the first view or on a page that it leads to.
#[test]
fn nothing_of_a_record_is_lost() {
    let mut lost: Vec<String> = Vec::new();
    for procedure in CONTENT.procedures.all().iter().step_by(5) {
        let html = first_view(procedure, Locale::Vi);
        let mut all = letters(&html);
        for part in parts_linked(&html, procedure) {
            for number in 1.. {
                let html = part_page(procedure, part, number, Locale::Vi);
                all.push_str(&letters(&html));
                if !html.contains("rel=\"next\"") {
                    break;
                }
            }
        }
        let detail = CONTENT.procedures.detail(&procedure.code).unwrap();
        let results = detail.results.iter().map(|result| result.name.as_str());
        let laws = detail.legal_basis.iter().filter_map(|id| CONTENT.legal_documents.find(id));
        let notes = detail.submission_methods.iter().filter_map(|way| way.note.as_deref());
        let fees = detail.fees.iter().filter_map(|fee| fee.note.as_deref());
        let texts = detail.steps.iter().map(|step| step.text.as_str()).chain(detail.conditions.as_deref());
        let texts = texts.chain(detail.note.as_deref()).chain(notes).chain(fees).chain(results);
        let papers = detail.dossier_groups.iter().flat_map(|group| &group.components).map(|paper| paper.name.as_str());
        let groups = detail.dossier_groups.iter().map(|group| group.name.as_str());
        let names = laws.map(|law| law.title.as_str()).chain(detail.executing_agencies.iter().map(String::as_str));
        for text in texts.flat_map(str::lines).chain(papers).chain(groups).chain(names) {
            let text_letters: Vec<char> = text.chars().filter(|c| c.is_alphanumeric()).collect();
            // A long line may go on over a break of pages: its two ends are looked for.
            let ends =
                [&text_letters[..text_letters.len().min(50)], &text_letters[text_letters.len().saturating_sub(50)..]];
            for end in ends.map(|end| end.iter().collect::<String>()) {
                // A group of remarks called «Lưu ý» stands under our heading of that name.
                if !all.contains(&end) && !is_remark_heading(text) {
                    lost.push(format!("{}: «{text}»", procedure.code));
                }
            }
        }
    }
    assert!(lost.is_empty(), "{} texts are lost: {:#?}", lost.len(), &lost[..lost.len().min(30)]);
}

//! `/kho-du-lieu`: what comes into the personal store, citing it in a draft, and what holds no longer.

mod again;
mod checked;
mod citing;
mod population;
mod results;
mod tampered;

use tests::app::TestApp;
use tests::http::Client;
use tests::page::Page;

use crate::steps::{CITIZEN, COMMUNE, draft, filed_by};

/// What an officer reads from the original.
const FACTS: [(&str, &str); 5] = [
    ("issuer", "Bệnh viện huyện Ia Grai"),
    ("number", "12/2026/GCS"),
    ("issued_on.day", "20"),
    ("issued_on.month", "11"),
    ("issued_on.year", "2026"),
];

/// Accepts a filed dossier at its desk.
async fn accept(app: &TestApp, code: &str) -> Client {
    let officer = app.officer(COMMUNE).await;
    let page = officer.get(&format!("/can-bo/ho-so/{code}")).await.must_be(200);
    officer.submit(&page, page.form(&format!("/can-bo/ho-so/{code}/tiep-nhan"))).await.must_be(303);
    officer
}

/// The page on which an officer confirms the first file of a dossier.
async fn check_page(officer: &Client, code: &str) -> Page {
    let desk = officer.get(&format!("/can-bo/ho-so/{code}")).await.must_be(200);
    let source = desk.source();
    let start = source.split(&format!("/can-bo/ho-so/{code}/tep/")).skip(1).find_map(|rest| {
        let path = rest.split('"').next()?;
        path.ends_with("/doi-chieu").then(|| path.to_owned())
    });
    let start = start.unwrap_or_else(|| panic!("no paper can be confirmed: {}", desk.text()));
    officer.get(&format!("/can-bo/ho-so/{code}/tep/{start}")).await.must_be(200)
}

/// Confirms the first file of a dossier with these facts over the usual ones.
async fn check(officer: &Client, code: &str, more: &[(&str, &str)]) -> Page {
    let page = check_page(officer, code).await;
    let form = FACTS.iter().chain(more).fold(page.form(page.path()), |form, (name, value)| form.fill(name, value));
    officer.submit(&page, form).await
}

/// A citizen with one checked paper in the store, and the dossier that it came from.
async fn with_checked_paper(app: &TestApp, more: &[(&str, &str)]) -> (Client, String) {
    let (citizen, code, _) = filed_by(app, CITIZEN).await;
    let officer = accept(app, &code).await;
    check(&officer, &code, more).await.must_be(303);
    (citizen, code)
}

/// Presses the button that cites the item offered on a page of files.
async fn cite(citizen: &Client, files: &Page) -> Page {
    let files = citizen.get(files.path()).await.must_be(200);
    citizen.submit(&files, files.form(&format!("{}/tu-kho", files.path()))).await
}

/// A new draft with the item cited, on the page of the files.
async fn draft_citing(citizen: &Client) -> Page {
    let files = draft(citizen).await;
    files.must_say("Dùng giấy tờ đã có trong kho");
    let cited = cite(citizen, &files).await.must_be(303);
    citizen.follow(&cited).await.must_be(200)
}

/// Files the draft of a page of files.
async fn file(citizen: &Client, files: &Page) -> Page {
    let path = files.path().split('#').next().unwrap_or_default().replace("tep-dinh-kem", "xem-lai");
    let review = citizen.get(&path).await.must_be(200);
    citizen.submit(&review, review.form(&path)).await
}

//! What follows a filing: supplements, withdrawal, the list of one's own, messages, what time brings.

mod archive;
mod drafts;
mod due_date;
mod list;
mod overdue;
mod process;
mod remarks;
mod supplement;
mod withdrawal;

use tests::app::TestApp;
use tests::http::Client;
use tests::page::Page;

use crate::steps::COMMUNE;

/// Fills in a form of the desk's page of a dossier and sends it.
async fn at_desk(officer: &Client, code: &str, name: &str, fields: &[(&str, &str)]) -> Page {
    let page = officer.get(&format!("/can-bo/ho-so/{code}")).await.must_be(200);
    let form = page.form(&format!("/can-bo/ho-so/{code}/{name}"));
    let form = fields.iter().fold(form, |form, (field, value)| form.fill(field, value));
    officer.submit(&page, form).await
}

/// Opens the page on which an officer asks for a supplement, with a verdict for every paper of the list; `wrong` names the
/// paper that cannot be read.
async fn request_page(officer: &Client, code: &str, wrong: Option<usize>) -> (Page, tests::forms::Form) {
    let page = officer.get(&format!("/can-bo/ho-so/{code}/bo-sung")).await.must_be(200);
    let mut form = page.form(&format!("/can-bo/ho-so/{code}/bo-sung"));
    let papers: Vec<String> = form
        .names()
        .into_iter()
        .filter(|name| name.starts_with("paper-") && !name.ends_with("-words"))
        .map(str::to_owned)
        .collect();
    assert!(papers.len() > 1, "{papers:?}");
    for (place, name) in papers.iter().enumerate() {
        form = match Some(place) == wrong {
            true => form.fill(name, "unreadable").fill(&format!("{name}-words"), "Ảnh bị mờ, hãy chụp lại."),
            false => form.fill(name, "fine"),
        };
    }
    (page, form)
}

/// Asks for the first paper anew and for an answer in words.
pub(crate) async fn ask(app: &TestApp, code: &str) -> Client {
    let officer = app.officer(COMMUNE).await;
    let (page, form) = request_page(&officer, code, Some(0)).await;
    officer.submit(&page, form.fill("other-0", "Cho biết ai đến nhận kết quả.")).await.must_be(303);
    officer
}

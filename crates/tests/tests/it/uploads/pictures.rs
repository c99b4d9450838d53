//! Photographs: several become one PDF, and what browsers can show is shown.

use tests::app::TestApp;
use tests::forms::FilePart;
use tests::page::Page;

use super::Sender;
use crate::steps::{CITIZEN, STRANGER, on_both_databases, paper};

on_both_databases! {
    photographs_of_one_paper_become_one_pdf;
    what_is_no_photograph_stays_as_it_is;
    files_are_shown_without_being_run;
}

const JPEG: &[u8] = include_bytes!("../../../../documents/tests/pdf/pictures/corners.jpg");
const PNG: &[u8] = include_bytes!("../../../../documents/tests/pdf/pictures/corners.png");

fn photograph(name: &str) -> FilePart {
    FilePart::new(name, "image/jpeg", JPEG)
}

/// Chooses several files for the first component at once, as without scripts.
async fn give(sender: &Sender, files: Vec<FilePart>) -> Page {
    let page = sender.client.get(&sender.page).await.must_be(200);
    let form = files.into_iter().fold(page.form(page.path()), |form, file| form.upload("file-1", file));
    let sent = sender.client.submit(&page, form.press("tep", "file-1")).await.must_be(303);
    sender.client.follow(&sent).await.must_be(200)
}

async fn merge(sender: &Sender, page: &Page) -> Page {
    sender.client.submit(page, page.form(&format!("{}/ghep", sender.page))).await
}

async fn photographs_of_one_paper_become_one_pdf(app: TestApp) {
    let sender = Sender::of(&app, CITIZEN).await;
    let pictures = vec![photograph("trang 1.jpg"), FilePart::new("trang 2.png", "image/png", PNG), paper("khác.pdf")];
    let page = give(&sender, pictures).await;
    let merged = merge(&sender, &page).await.must_be(303);
    let after = sender.client.follow(&merged).await.must_be(200);
    let pdf = sender.client.get(&after.link("Ghép 2 ảnh.pdf")).await.must_be(200);
    let text = String::from_utf8_lossy(pdf.bytes()).into_owned();
    assert!(text.starts_with("%PDF-1.7") && text.contains("/Count 2"), "{text}");
    let (jpeg, flate) = (text.find("/DCTDecode").unwrap(), text.find("/FlateDecode").unwrap());
    assert!(jpeg < flate, "the pages stand as the pictures were chosen");
    for gone in ["trang 1.jpg</a>", "trang 2.png</a>"] {
        assert!(!after.source().contains(gone), "{gone} is part of the PDF now");
    }
    after.must_say("khác.pdf");
    // Pressed twice: there is nothing to merge any more, and nothing is lost.
    merge(&sender, &page).await.must_be(303);
    after.must_say("Ghép 2 ảnh.pdf");
    assert_eq!(sender.file("Ghép 2 ảnh.pdf").await, pdf.bytes());
    assert_eq!(app.differences().await, Vec::<String>::new());
}

async fn what_is_no_photograph_stays_as_it_is(app: TestApp) {
    let sender = Sender::of(&app, CITIZEN).await;
    // It begins like a photograph and is none.
    let broken = FilePart::new("hỏng.jpg", "image/jpeg", b"\xff\xd8\xff\xe0\x00\x10JFIF\x00".to_vec());
    let page = give(&sender, vec![photograph("tốt.jpg"), broken]).await;
    let refused = merge(&sender, &page).await.must_be(422);
    refused.must_say("Chưa ghép được ảnh hỏng.jpg");
    for kept in ["tốt.jpg", "hỏng.jpg"] {
        refused.must_say(kept);
    }
    let stranger = Sender::of(&app, STRANGER).await;
    let form = page.form(&format!("{}/ghep", sender.page)).forge("csrf", &stranger.csrf);
    stranger.client.submit(&page, form).await.must_be(404);
    let one = give(&stranger, vec![photograph("một.jpg")]).await;
    assert!(!one.source().contains("/ghep"), "one photograph has nothing to be merged with");
}

async fn files_are_shown_without_being_run(app: TestApp) {
    let sender = Sender::of(&app, CITIZEN).await;
    let png = FilePart::new("b.png", "image/png", PNG);
    let page = give(&sender, vec![paper("giấy.pdf"), photograph("ảnh.jpg"), png]).await;
    for (name, kind) in [("giấy.pdf", "application/pdf"), ("ảnh.jpg", "image/jpeg"), ("b.png", "image/png")] {
        let shown = sender.client.get(&format!("{}/xem", page.link(name))).await.must_be(200);
        assert_eq!(shown.header("content-type"), Some(kind));
        assert!(shown.header("content-disposition").unwrap().starts_with("inline"));
        assert!(shown.header("content-security-policy").unwrap().starts_with("default-src 'none'"));
        assert_eq!(shown.header("x-content-type-options"), Some("nosniff"));
        let downloaded = sender.client.get(&page.link(name)).await.must_be(200);
        assert!(downloaded.header("content-disposition").unwrap().starts_with("attachment"));
        assert_eq!(downloaded.header("content-security-policy"), Some("default-src 'none'; sandbox"));
        assert_eq!(downloaded.bytes(), shown.bytes());
    }
    let stranger = app.citizen(STRANGER).await;
    stranger.get(&format!("{}/xem", page.link("giấy.pdf"))).await.must_be(404);
}

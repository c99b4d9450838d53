//! What was answered in the last dossier of the same owner is offered again, and never filled in by itself.

use tests::app::TestApp;
use tests::http::Client;
use tests::page::Page;

use crate::steps::{BIRTH, CITIZEN, COMMUNE, STRANGER, filed, on_both_databases};

on_both_databases! {
    answers_that_last_are_offered_and_filled_by_a_press;
    another_owners_answers_are_not_offered;
}

/// Begins a draft and walks through its form; the first page that offers earlier answers, and every page before it.
async fn walk(client: &Client, owner: &[(&str, &str)]) -> (Option<Page>, Vec<Page>) {
    let start = format!("/nop-ho-so/{BIRTH}");
    let page = client.get(&format!("{start}?co-quan={COMMUNE}")).await.must_be(200);
    let form = page.form(&start).fill("address", "Tổ 1");
    let form = owner.iter().fold(form, |form, (name, value)| form.fill(name, value));
    let sent = client.submit(&page, form).await.must_be(303);
    let mut page = client.follow(&sent).await.must_be(200);
    let mut before = Vec::new();
    while page.path().contains("/to-khai/") {
        if page.text().contains("Dùng lại câu trả lời") {
            return (Some(page), before);
        }
        let sent = client.submit(&page, page.form(page.path()).fill_rest()).await.must_be(303);
        before.push(page);
        page = client.follow(&sent).await.must_be(200);
    }
    (None, before)
}

async fn answers_that_last_are_offered_and_filled_by_a_press(app: TestApp) {
    let client = app.citizen(CITIZEN).await;
    let (nothing, pages) = walk(&client, &[]).await;
    assert!(nothing.is_none() && pages.len() > 3, "there is no earlier dossier yet");
    let files = client.get(&format!("{}/tep-dinh-kem", pages[0].path().split("/to-khai/").next().unwrap())).await;
    let delivery = client.get(&files.path().replace("tep-dinh-kem", "noi-nhan-ket-qua")).await.must_be(200);
    client.submit(&delivery, delivery.form(delivery.path()).fill("way", "online")).await.must_be(303);
    let review = crate::steps::review(&client, &files.must_be(200)).await;
    client.submit(&review, review.form(review.path())).await.must_be(303);
    let code = "H21.58.51-261123-0001";
    let (mut offering, before) = walk(&client, &[]).await;
    let mut offered = Vec::new();
    while let Some(page) = offering.take() {
        let words = format!("Dùng lại câu trả lời trong hồ sơ {code} ngày 23/11/2026");
        let path = page.path().to_owned();
        let taken = client.get(&page.link(&words)).await.must_be(200);
        taken.must_say("chưa lưu. Hãy kiểm tra");
        let (plain, filled) = (page.form(&path), taken.form(&path));
        let names: Vec<&str> = filled.names();
        let changed = names.iter().filter(|name| plain.value(name) != filled.value(name)).count();
        assert!(changed > 0, "{path}: the press fills something in");
        assert!(client.get(&path).await.must_be(200).text().contains(&words), "nothing is kept before it is sent");
        let sent = client.submit(&taken, filled.fill_rest()).await.must_be(303);
        assert!(!client.get(&path).await.must_be(200).text().contains(&words), "a page that was sent offers nothing");
        offered.push(path.rsplit('/').next().unwrap_or_default().to_owned());
        let mut next = client.follow(&sent).await.must_be(200);
        while next.path().contains("/to-khai/") && !next.text().contains("Dùng lại câu trả lời") {
            let sent = client.submit(&next, next.form(next.path()).fill_rest()).await.must_be(303);
            next = client.follow(&sent).await.must_be(200);
        }
        offering = Some(next).filter(|next| next.path().contains("/to-khai/"));
    }
    assert!(offered.len() >= 2, "both parents: {offered:?}");
    assert!(!offered.iter().any(|page| page == "nguoi-duoc-khai-sinh"), "the child is another one: {offered:?}");
    drop(before);
}

async fn another_owners_answers_are_not_offered(app: TestApp) {
    let client = app.citizen(CITIZEN).await;
    filed(&client).await;
    let owner = [("relation", "behalf"), ("full_name", "Siu H'Nhi"), ("number", STRANGER), ("phone", "0905123456")];
    let (offering, pages) = walk(&client, &owner).await;
    assert!(offering.is_none() && pages.len() > 3, "the dossier is somebody else's");
    // A stranger who writes the code into the address gets nothing either.
    let stranger = app.citizen("064090000789").await;
    let (_, pages) = walk(&stranger, &[]).await;
    let page = stranger.get(&format!("{}?dung-lai=H21.58.51-261123-0001", pages[0].path())).await.must_be(200);
    assert!(!page.text().contains("Đã điền câu trả lời trong hồ sơ"));
}

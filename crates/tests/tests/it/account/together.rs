//! Two people, each on two devices, at one draft: nobody overwrites another, and it is filed once.

use std::collections::BTreeSet;
use std::sync::Arc;

use tests::app::{TestApp, sign_in};
use tests::http::Client;

use super::acting::{act, represented};
use super::represent::enterprise;
use super::steps::TAX_NUMBER;
use crate::steps::{STRANGER, draft, on_both_databases, review};

on_both_databases! {
    one_draft_in_four_windows_is_filed_once;
}

/// A question of the form's first pages.
const QUESTION: &str = "child.full_name";

async fn one_draft_in_four_windows_is_filed_once(app: TestApp) {
    let company = enterprise(&app).await;
    let person = app.citizen(STRANGER).await;
    represented(&company, &person, STRANGER, &["file"]).await;
    let (company_phone, person_phone) = (app.visitor(), app.visitor());
    sign_in(&company_phone, TAX_NUMBER).await;
    sign_in(&person_phone, STRANGER).await;
    for device in [&person, &person_phone] {
        act(device).await;
    }
    let files = draft(&company).await;
    let review = review(&company, &files).await;
    let windows: Vec<Arc<Client>> = [company, company_phone, person, person_phone].into_iter().map(Arc::new).collect();
    // Everybody has the same page before them; whoever sends second is told what stands there by now.
    let source = review.source();
    let links = source.split("href=\"").skip(1).filter_map(|rest| rest.split('"').next());
    let question = links.into_iter().find(|link| link.ends_with(&format!("#{QUESTION}"))).expect("a link to change it");
    let path = question.split('#').next().unwrap().to_owned();
    let mut shown = Vec::new();
    for window in &windows {
        shown.push(window.get(&path).await.must_be(200));
    }
    for (number, (window, page)) in windows.iter().zip(&shown).enumerate() {
        let name = ["Rah Lan", "Rah Hoa", "Rah Mai", "Rah Bình"][number];
        let sent = window.submit(page, page.form(&path).fill(QUESTION, name)).await;
        match number {
            0 => drop(sent.must_be(303)),
            _ => sent.must_be(409).must_say("Ở nơi kia, Họ và tên: Rah Lan"),
        }
    }
    for window in &windows {
        let page = window.get(&path).await.must_be(200);
        assert_eq!(page.form(&path).value(QUESTION), Some("Rah Lan"));
    }
    // Whoever has looked through an older version is shown the new one before it is filed.
    let older = windows[1].get(review.path()).await.must_be(200);
    let page = windows[0].get(&path).await.must_be(200);
    windows[0].submit(&page, page.form(&path).fill(QUESTION, "Rah Hà")).await.must_be(303);
    let shown = windows[1].submit(&older, older.form(older.path())).await.must_be(409);
    shown.must_say("Hồ sơ đã được sửa trên một cửa sổ hoặc thiết bị khác sau khi quý vị mở trang này");
    shown.must_say("Rah Hà");
    // Filed from everywhere at once: one dossier, one code, one receipt.
    let mut reviews = Vec::new();
    for window in &windows {
        reviews.push(Arc::new(window.get(review.path()).await.must_be(200)));
    }
    let mut presses = Vec::new();
    for (window, review) in windows.iter().zip(&reviews) {
        for _ in 0..50 {
            let (window, review) = (window.clone(), review.clone());
            presses.push(tokio::spawn(async move { window.submit(&review, review.form(review.path())).await }));
        }
    }
    let mut places = BTreeSet::new();
    for press in presses {
        places.insert(press.await.unwrap().must_be(303).location().to_owned());
    }
    let places: Vec<String> = places.into_iter().collect();
    assert_eq!(places, ["/ho-so/H21.58.51-261123-0001/da-nop"]);
    let mut receipts = BTreeSet::new();
    for window in &windows {
        receipts.insert(window.get("/ho-so/H21.58.51-261123-0001/bien-nhan.json").await.must_be(200).source());
    }
    assert_eq!(receipts.len(), 1, "everybody holds the same receipt");
    assert_eq!(app.differences().await, Vec::<String>::new());
}

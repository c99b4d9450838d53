//! A form that changes while people fill it in: a draft moves to the new version and is told what changed, what was filed
//! before is read as it was.

use std::path::Path;
use std::time::Duration;

use serde_json::{Value, json};
use tempfile::TempDir;
use tests::app::{Engine, TestApp, sign_in};
use tests::http::Client;
use tests::page::Page;

use crate::steps::{CITIZEN, COMMUNE, STRANGER, answered, between};

/// Thủ tục đăng ký kết hôn.
const MARRIAGE: &str = "1.000894";
const DAY: u64 = 24 * 3_600;

#[tokio::test(flavor = "multi_thread")]
async fn a_draft_moves_to_the_new_version_and_a_filed_dossier_keeps_its_own() {
    let content = TempDir::with_prefix("motcua-content-").unwrap();
    two_versions(content.path());
    let app = TestApp::start_with_content(Engine::Sqlite, content.path()).await;
    let (early, late) = (app.citizen(STRANGER).await, app.citizen(CITIZEN).await);
    let before = file(&early, &review(&early).await).await;
    let draft = review(&late).await;
    assert!(!draft.text().contains("Mẫu tờ khai đã thay đổi"));
    app.advance(Duration::from_secs(10 * DAY));
    sign_in(&early, STRANGER).await;
    sign_in(&late, CITIZEN).await;
    // The draft is told what changed, keeps what it had, and asks for what is new.
    let moved = late.get(draft.path()).await.must_be(200);
    for words in [
        "Mẫu tờ khai đã thay đổi từ ngày 01/12/2026",
        "Hỏi thêm: Tên gọi khác",
        "Không hỏi nữa: Đây là lần kết hôn thứ mấy?",
        "Có thay đổi: Nơi ở hiện nay",
        "Nguyễn Văn An",
    ] {
        moved.must_say(words);
    }
    let refused = late.submit(&moved, moved.form(moved.path())).await.must_be(422);
    refused.must_say("Tên gọi khác");
    let page = late.get(&draft.path().replace("xem-lai", "to-khai/ben-nu")).await.must_be(200);
    page.must_say("Mẫu tờ khai đã thay đổi");
    let sent = late.submit(&page, page.form(page.path()).fill("bride.alias", "H'Lan")).await.must_be(303);
    late.follow(&sent).await.must_be(200);
    let again = late.get(draft.path()).await.must_be(200);
    assert!(!again.text().contains("Mẫu tờ khai đã thay đổi"), "{}", again.text());
    let after = file(&late, &again).await;
    // Each is read as it was filed.
    let old = early.get(&format!("/ho-so/{before}")).await.must_be(200);
    let asked = |page: &Page| page.text().matches("Đây là lần kết hôn thứ mấy?").count();
    assert_eq!(asked(&old), 2);
    assert!(!old.text().contains("Tên gọi khác"));
    let new = late.get(&format!("/ho-so/{after}")).await.must_be(200);
    new.must_say("Tên gọi khác");
    new.must_say("Nơi ở hiện nay");
    assert_eq!(asked(&new), 1, "only of the groom");
    let receipt = early.get(&format!("/ho-so/{before}/bien-nhan.json")).await.must_be(200);
    assert!(receipt.source().contains("2026-11-23"), "the receipt names the version");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_filed_without_a_further_answer_is_filed_under_the_version_of_that_day() {
    let content = TempDir::with_prefix("motcua-content-").unwrap();
    new_version(content.path());
    edit(&content.path().join("procedures").join(MARRIAGE).join("form.schema.json"), |schema| {
        schema["properties"]["bride"]["properties"]["residence"]["title"] = json!("Nơi ở hiện nay");
    });
    let app = TestApp::start_with_content(Engine::Sqlite, content.path()).await;
    let client = app.citizen(CITIZEN).await;
    let draft = review(&client).await;
    app.advance(Duration::from_secs(10 * DAY));
    sign_in(&client, CITIZEN).await;
    let page = client.get(draft.path()).await.must_be(200);
    page.must_say("Có thay đổi: Nơi ở hiện nay");
    let code = file(&client, &page).await;
    client.get(&format!("/ho-so/{code}")).await.must_be(200).must_say("Nơi ở hiện nay");
    let receipt = client.get(&format!("/ho-so/{code}/bien-nhan.json")).await.must_be(200);
    assert!(receipt.source().contains("2026-12-01"), "the receipt names the version of the day");
    assert!(!receipt.source().contains("2026-11-23\""), "and no other");
}

/// A draft with everything, on its review.
async fn review(client: &Client) -> Page {
    let start = format!("/nop-ho-so/{MARRIAGE}");
    let page = client.get(&format!("{start}?co-quan={COMMUNE}")).await.must_be(200);
    let sent = client.submit(&page, page.form(&start).fill("address", "Tổ 1, thị trấn Ia Kha")).await.must_be(303);
    let delivery = answered(client, client.follow(&sent).await.must_be(200)).await;
    let sent = client.submit(&delivery, delivery.form(delivery.path()).fill("way", "online")).await.must_be(303);
    client.get(&sent.location().replace("tep-dinh-kem", "xem-lai")).await.must_be(200)
}

/// Presses *Nộp hồ sơ*; the code.
async fn file(client: &Client, review: &Page) -> String {
    let sent = client.submit(review, review.form(review.path())).await.must_be(303);
    between(&client.follow(&sent).await.must_be(200), "id=\"ma-ho-so\">")
}

/// The packaged content with a second version, from the first of December, that asks for the same.
fn new_version(folder: &Path) {
    throwaway::copy_folder(Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../../content")), folder).unwrap();
    let newest = folder.join("procedures").join(MARRIAGE);
    let older = newest.join("versions/2026-11-23");
    std::fs::create_dir_all(&older).unwrap();
    for name in ["procedure.toml", "form.schema.json", "form.ui.json", "process.bpmn"] {
        std::fs::copy(newest.join(name), older.join(name)).unwrap();
    }
    let facts = std::fs::read_to_string(newest.join("procedure.toml")).unwrap();
    let facts = facts.replace("form_version = \"2026-11-23\"", "form_version = \"2026-12-01\"");
    std::fs::write(newest.join("procedure.toml"), facts.replace("= 2026-11-23", "= 2026-12-01")).unwrap();
}

/// The packaged content with a second version that asks for something else.
fn two_versions(folder: &Path) {
    new_version(folder);
    let newest = folder.join("procedures").join(MARRIAGE);
    // Its steps looked at an answer that the new form no longer asks for.
    std::fs::remove_file(newest.join("process.bpmn")).unwrap();
    // Its letters belong to those steps.
    std::fs::remove_dir_all(newest.join("letters")).unwrap();
    edit(&newest.join("form.schema.json"), |schema| {
        let bride = &mut schema["properties"]["bride"];
        bride["properties"].as_object_mut().unwrap().remove("marriage_count");
        bride["properties"]["residence"]["title"] = json!("Nơi ở hiện nay");
        bride["properties"]["alias"] = json!({ "type": "string", "format": "line", "maxLength": 100, "title": "Tên gọi khác", "x-title-en": "Other name" });
        let required = bride["required"].as_array_mut().unwrap();
        required.retain(|name| name != "marriage_count");
        required.push(json!("alias"));
    });
    edit(&newest.join("form.ui.json"), |layout| {
        let page = layout["elements"][0]["elements"].as_array_mut().unwrap();
        page.retain(|control| control["scope"] != "#/properties/bride/properties/marriage_count");
        page.push(json!({ "type": "Control", "scope": "#/properties/bride/properties/alias" }));
    });
}

fn edit(file: &Path, change: impl FnOnce(&mut Value)) {
    let mut value = serde_json::from_str(&std::fs::read_to_string(file).unwrap()).unwrap();
    change(&mut value);
    std::fs::write(file, serde_json::to_string_pretty(&value).unwrap()).unwrap();
}

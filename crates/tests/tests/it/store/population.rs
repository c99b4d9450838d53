//! The population register: it fills the owner's page for whoever is known to be the person, and is a fact at the desk.

use std::time::Duration;

use simulators::{Fault, FaultKind, Service};
use tests::app::TestApp;
use tests::http::Client;
use tests::page::Page;

use super::accept;
use crate::steps::{BIRTH, CITIZEN, COMMUNE, STRANGER, filed_by, on_both_databases};

on_both_databases! {
    what_is_registered_is_filled_in_and_stays_to_be_changed;
    a_register_that_does_not_answer_keeps_nobody_from_filing;
    an_account_that_nobody_has_checked_is_told_nothing;
    at_the_desk_the_answer_is_a_fact_and_no_refusal;
}

/// Makes every account one whose identity was checked.
async fn check_identities(app: &TestApp) {
    app.run_sql("update account set assurance = 'ial2'").await;
}

async fn owner_page(client: &Client) -> Page {
    client.get(&format!("/nop-ho-so/{BIRTH}?co-quan={COMMUNE}")).await.must_be(200)
}

async fn press(client: &Client, page: &Page) -> Page {
    let form = page.form(&format!("/nop-ho-so/{BIRTH}")).fill("email", "moi@vi-du.example").press("viec", "dan-cu");
    client.submit(page, form).await
}

async fn what_is_registered_is_filled_in_and_stays_to_be_changed(app: TestApp) {
    let client = app.citizen(CITIZEN).await;
    check_identities(&app).await;
    let page = owner_page(&client).await;
    page.must_say("Lấy thông tin từ Cơ sở dữ liệu quốc gia về dân cư");
    let filled = press(&client, &page).await.must_be(200);
    filled.must_say("Đã điền theo Cơ sở dữ liệu quốc gia về dân cư");
    for fact in ["Nữ", "04/03/1990", "Làng Mrong Yố, xã Ia Ka", "Siu Thơ (Mẹ)"] {
        filled.must_say(fact);
    }
    let action = format!("/nop-ho-so/{BIRTH}");
    let form = filled.form(&action);
    for (name, value) in [
        ("address", "Làng Mrong Yố, xã Ia Ka, huyện Chư Păh, tỉnh Gia Lai"),
        ("birth_date.day", "04"),
        ("birth_date.year", "1990"),
        ("email", "moi@vi-du.example"),
        ("relation", "self"),
    ] {
        assert_eq!(form.value(name), Some(value), "{name}");
    }
    // Nothing is kept before the person sends it, and it is the person's to change.
    assert!(client.get("/ho-so").await.must_be(200).text().contains("chưa có hồ sơ"));
    let sent = client.submit(&filled, form.fill("address", "Tổ 9, thị trấn Ia Kha")).await.must_be(303);
    let page = client.follow(&sent).await.must_be(200);
    let draft = page.path().split("/to-khai/").next().unwrap_or_default().to_owned();
    let owner = client.get(&format!("{draft}/chu-ho-so")).await.must_be(200);
    let form = owner.form(&format!("{draft}/chu-ho-so"));
    assert_eq!(form.value("address"), Some("Tổ 9, thị trấn Ia Kha"));
    let again = client.submit(&owner, form.press("viec", "dan-cu")).await.must_be(200);
    assert_eq!(again.form(&format!("{draft}/chu-ho-so")).value("birth_date.month"), Some("03"));
    let log = client.get("/kho-du-lieu").await.must_be(200);
    log.must_say("Ai đã tra cứu thông tin về quý vị");
    assert_eq!(log.source().matches("Khớp số định danh, họ tên và ngày sinh").count(), 2);
    log.must_say("Thủ tục đăng ký khai sinh");
}

async fn a_register_that_does_not_answer_keeps_nobody_from_filing(app: TestApp) {
    let client = app.citizen(CITIZEN).await;
    check_identities(&app).await;
    let kinds = [FaultKind::Temporary, FaultKind::Permanent, FaultKind::Slow(Duration::from_secs(4)), FaultKind::Cut];
    for kind in kinds {
        app.simulators().set_fault(Service::Population, Some(Fault { kind, times: Some(1) }));
        let page = owner_page(&client).await;
        let told = press(&client, &page).await.must_be(200);
        told.must_say("chưa trả lời. Quý vị cứ tự khai");
        let form = told.form(&format!("/nop-ho-so/{BIRTH}"));
        assert_eq!(form.value("email"), Some("moi@vi-du.example"), "{kind:?}: what was entered is kept");
        assert_eq!(form.value("address").unwrap_or_default(), "");
    }
    let log = client.get("/kho-du-lieu").await.must_be(200);
    assert_eq!(log.source().matches("Không có trả lời").count(), 4);
    let page = owner_page(&client).await;
    press(&client, &page).await.must_be(200).must_say("Đã điền theo");
    // What nobody can be found by is told at once, and a number that is not registered too.
    let other = app.citizen("064190120000").await;
    check_identities(&app).await;
    let page = owner_page(&other).await;
    press(&other, &page).await.must_be(200).must_say("chưa có số này");
    let differing = app.citizen("064185000123").await;
    check_identities(&app).await;
    let page = owner_page(&differing).await;
    let told = press(&differing, &page).await.must_be(200);
    told.must_say("ghi khác ở: ngày sinh");
    assert!(!told.text().contains("tỉnh Gia Lai, "), "where it differs the register tells nothing");
}

async fn an_account_that_nobody_has_checked_is_told_nothing(app: TestApp) {
    let client = app.citizen(CITIZEN).await;
    let page = owner_page(&client).await;
    assert!(!page.text().contains("Lấy thông tin từ"));
    let form = page.form(&format!("/nop-ho-so/{BIRTH}")).forge("viec", "dan-cu");
    client.submit(&page, form).await.must_be(403);
    assert!(!client.get("/kho-du-lieu").await.must_be(200).text().contains("Ai đã tra cứu"), "nothing was asked");
}

async fn at_the_desk_the_answer_is_a_fact_and_no_refusal(app: TestApp) {
    let cases = [
        (CITIZEN, "Khớp số định danh, họ tên và ngày sinh"),
        ("064185000123", "Không khớp: ngày sinh"),
        ("064190120000", "Không có số định danh này"),
    ];
    for (number, answer) in cases {
        let (citizen, code, _) = filed_by(&app, number).await;
        let officer = app.officer(COMMUNE).await;
        let path = format!("/can-bo/ho-so/{code}");
        let desk = officer.get(&path).await.must_be(200);
        desk.must_say("Chưa tra cứu chủ hồ sơ");
        let asked = officer.submit(&desk, desk.form(&format!("{path}/dan-cu"))).await.must_be(303);
        let desk = officer.follow(&asked).await.must_be(200);
        desk.must_say(answer);
        desk.must_say("không phải lý do từ chối");
        let log = citizen.get("/kho-du-lieu").await.must_be(200);
        log.must_say(answer);
        log.must_say("UBND thị trấn Ia Kha");
        log.must_say(&code);
        accept(&app, &code).await;
        citizen.get(&format!("/ho-so/{code}")).await.must_be(200).must_say("Đã tiếp nhận");
        app.officer("H21.58.53").await.get(&path).await.must_be(404);
    }
    let (_, code, _) = filed_by(&app, STRANGER).await;
    app.simulators().set_fault(Service::Population, Some(Fault { kind: FaultKind::Cut, times: None }));
    let officer = app.officer(COMMUNE).await;
    let desk = officer.get(&format!("/can-bo/ho-so/{code}")).await.must_be(200);
    let asked = officer.submit(&desk, desk.form(&format!("/can-bo/ho-so/{code}/dan-cu"))).await.must_be(303);
    officer.follow(&asked).await.must_be(200).must_say("Không có trả lời");
}

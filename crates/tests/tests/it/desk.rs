//! `/can-bo`: an officer accepts, refuses, finishes and returns; the citizen sees each step at once and gets a letter.

use tests::app::{TestApp, email_of};
use tests::http::Client;
use tests::page::Page;

use crate::steps::{CITIZEN, COMMUNE, filed_by, on_both_databases, paper};

on_both_databases! {
    a_dossier_goes_the_whole_way;
    a_refusal_tells_its_reasons;
    an_act_pressed_twice_happens_once;
}

async fn act(officer: &Client, code: &str, name: &str, fields: &[(&str, &str)]) -> Page {
    let page = officer.get(&format!("/can-bo/ho-so/{code}")).await.must_be(200);
    let form = page.form(&format!("/can-bo/ho-so/{code}/{name}"));
    let form = fields.iter().fold(form, |form, (field, value)| form.fill(field, value));
    officer.submit(&page, form).await
}

async fn a_dossier_goes_the_whole_way(app: TestApp) {
    let (citizen, code, secret) = filed_by(&app, CITIZEN).await;
    let officer = app.officer(COMMUNE).await;
    let inbox = officer.get("/can-bo").await.must_be(200);
    inbox.must_say(&code);
    inbox.must_say("08:00 25/11/2026");
    let accepted = act(&officer, &code, "tiep-nhan", &[]).await.must_be(303);
    officer.follow(&accepted).await.must_be(200).must_say("Đã tiếp nhận hồ sơ");
    let page = citizen.get(&format!("/ho-so/{code}")).await.must_be(200);
    page.must_say("Đang giải quyết");
    // One working day, accepted on Monday at 08:00: due on Wednesday, for Tuesday is 24 November, a holiday since 2026.
    page.must_say("Hạn: 08:00 25/11/2026");
    let slip = citizen.get(&format!("/ho-so/{code}/giay-to/giay-tiep-nhan.pdf")).await.must_be(200);
    assert!(slip.bytes().starts_with(b"%PDF-"));
    let page = officer.get(&format!("/can-bo/ho-so/{code}")).await.must_be(200);
    let form = page.form(&format!("/can-bo/ho-so/{code}/ket-qua")).fill("note", "Bản chính nhận tại Bộ phận Một cửa.");
    let refused = officer.submit(&page, page.form(&format!("/can-bo/ho-so/{code}/ket-qua"))).await.must_be(422);
    refused.must_say("Chọn tệp kết quả");
    officer.submit(&page, form.upload("result", paper("giấy khai sinh.pdf"))).await.must_be(303);
    // What is now says the newest state.
    let page = citizen.get(&format!("/ho-so/{code}")).await.must_be(200);
    let source = page.source();
    let (_, now) = source.split_once("aria-current=\"step\"").expect("a step is under way");
    assert!(now.split("</li>").next().unwrap().contains("Đã giải quyết xong, đang chờ trả kết quả"));
    act(&officer, &code, "tra-ket-qua", &[("way", "online")]).await.must_be(303);
    let page = citizen.get(&format!("/ho-so/{code}")).await.must_be(200);
    page.must_say("Đã trả kết quả");
    let result = citizen.get(&page.link("giấy khai sinh.pdf")).await.must_be(200);
    assert_eq!(result.bytes(), b"%PDF-1.7\n% a paper\n%%EOF\n");
    let tracked = citizen.post_form("/tra-cuu", "/tra-cuu", &[("code", &code), ("secret", &secret)]).await.must_be(200);
    for step in ["Đã nộp", "Đã tiếp nhận", "Đã giải quyết xong", "Đã trả kết quả"] {
        tracked.must_say(step);
    }
    app.run_jobs().await;
    let subjects: Vec<String> = app.letters(&email_of(CITIZEN)).iter().map(|letter| letter.subject.clone()).collect();
    for news in ["đã có kết quả", "đã giải quyết xong", "đã được tiếp nhận", "đã được chuyển đến"]
    {
        assert_eq!(subjects.iter().filter(|subject| subject.contains(news)).count(), 1, "{news}: {subjects:?}");
    }
}

async fn a_refusal_tells_its_reasons(app: TestApp) {
    let (citizen, code, secret) = filed_by(&app, CITIZEN).await;
    let officer = app.officer(COMMUNE).await;
    act(&officer, &code, "tu-choi", &[("reasons", "  \n ")]).await.must_be(422).must_say("Nhập ít nhất một lý do");
    let reasons = "Thiếu giấy chứng sinh.\nẢnh chụp không đọc được.";
    act(&officer, &code, "tu-choi", &[("reasons", reasons)]).await.must_be(303);
    let page = citizen.get(&format!("/ho-so/{code}")).await.must_be(200);
    page.must_say("Thiếu giấy chứng sinh.");
    page.must_say("Ảnh chụp không đọc được.");
    citizen.get(&format!("/ho-so/{code}/giay-to/phieu-tu-choi.pdf")).await.must_be(200);
    let again = citizen.get(&format!("/ho-so/{code}")).await.link("Nộp lại hồ sơ");
    citizen.get(&again).await.must_be(200).must_say("Chủ hồ sơ");
    citizen.get(&format!("/ho-so/{code}/giay-to/giay-tiep-nhan.pdf")).await.must_be(404);
    let tracked = citizen.post_form("/tra-cuu", "/tra-cuu", &[("code", &code), ("secret", &secret)]).await.must_be(200);
    tracked.must_say("Không được tiếp nhận");
    assert!(!tracked.text().contains("Thiếu giấy chứng sinh"), "reasons are the owner's alone");
    app.run_jobs().await;
    let letter = app.letters(&email_of(CITIZEN)).first().unwrap().clone();
    assert!(letter.text.contains("1. Thiếu giấy chứng sinh."), "{}", letter.text);
}

async fn an_act_pressed_twice_happens_once(app: TestApp) {
    let (_, code, _) = filed_by(&app, CITIZEN).await;
    let officer = app.officer(COMMUNE).await;
    let page = officer.get(&format!("/can-bo/ho-so/{code}")).await.must_be(200);
    let form = page.form(&format!("/can-bo/ho-so/{code}/tiep-nhan"));
    officer.submit(&page, form.clone()).await.must_be(303);
    officer.submit(&page, form).await.must_be(303);
    // A refusal from a page that was opened before comes too late: the dossier is shown as it stands.
    let late = page.form(&format!("/can-bo/ho-so/{code}/tu-choi")).fill("reasons", "Muộn");
    officer.submit(&page, late).await.must_be(303);
    let page = officer.get(&format!("/can-bo/ho-so/{code}")).await.must_be(200);
    page.must_say("Đang xử lý");
    assert_eq!(page.source().matches("mc-timeline__title\">Đã tiếp nhận").count(), 1);
}

//! An officer confirms that a paper was compared with its original.

use tests::app::TestApp;

use super::{FACTS, accept, check, check_page};
use crate::steps::{CITIZEN, filed_by, on_both_databases};

on_both_databases! {
    only_the_desk_of_an_accepted_dossier_confirms;
    what_no_paper_can_say_is_refused_beside_its_field;
    a_correction_takes_the_place_of_what_was_confirmed;
}

async fn only_the_desk_of_an_accepted_dossier_confirms(app: TestApp) {
    let (citizen, code, _) = filed_by(&app, CITIZEN).await;
    let officer = app.officer(crate::steps::COMMUNE).await;
    let desk = officer.get(&format!("/can-bo/ho-so/{code}")).await.must_be(200);
    assert!(!desk.text().contains("Xác nhận đã đối chiếu"), "nothing is confirmed before it is accepted");
    let file = desk.link("giấy chứng sinh.pdf");
    let early = officer.get(&format!("{file}/doi-chieu")).await.must_be(303);
    assert_eq!(early.location(), format!("/can-bo/ho-so/{code}"));
    let officer = accept(&app, &code).await;
    let page = check_page(&officer, &code).await;
    assert_eq!(page.form(page.path()).value("kind"), Some("birth_notification"), "the paper it was handed in for");
    app.officer("H21.58.53").await.get(page.path()).await.must_be(404);
    citizen.get(page.path()).await.must_be(303);
    officer.get(&format!("/can-bo/ho-so/{code}/tep/{}/doi-chieu", "0".repeat(32))).await.must_be(404);
    // What was uploaded is no checked paper until somebody has checked it.
    citizen.get("/kho-du-lieu").await.must_be(200).must_say("Kho chưa có giấy tờ nào");
    let done = check(&officer, &code, &[]).await.must_be(303);
    let desk = officer.follow(&done).await.must_be(200);
    desk.must_say("Đã xác nhận và lưu giấy tờ vào kho dữ liệu");
    desk.must_say("đã đối chiếu với bản chính ngày 23/11/2026");
    citizen.get("/kho-du-lieu").await.must_be(200).must_say("12/2026/GCS");
}

async fn what_no_paper_can_say_is_refused_beside_its_field(app: TestApp) {
    let (citizen, code, _) = filed_by(&app, CITIZEN).await;
    let officer = accept(&app, &code).await;
    let long = "1".repeat(61);
    let until =
        |day: &'static str| [("valid_until.day", day), ("valid_until.month", "11"), ("valid_until.year", "2026")];
    let cases: [(&[(&str, &str)], &str); 7] = [
        (&[("issuer", "  ")], "Nhập nơi cấp"),
        (&[("number", &long)], "tối đa 60 ký tự"),
        (&[("issued_on.day", "24")], "Ngày cấp không thể sau hôm nay"),
        (&[("issued_on.day", "31")], "Nhập một ngày có thật"),
        (&[("issued_on.day", "")], "Nhập một ngày có thật"),
        (&until("19"), "không thể trước ngày cấp"),
        (&until("22"), "đã hết giá trị"),
    ];
    for (change, sentence) in cases {
        let refused = check(&officer, &code, change).await.must_be(422);
        refused.must_say(sentence);
        let path = refused.path().to_owned();
        assert_eq!(refused.form(&path).value("issued_on.year"), Some("2026"), "what was entered is kept");
    }
    let page = check_page(&officer, &code).await;
    let form = FACTS.iter().fold(page.form(page.path()), |form, (name, value)| form.fill(name, value));
    officer.submit(&page, form.forge("kind", "giay-la")).await.must_be(422).must_say("Chọn loại giấy tờ");
    citizen.get("/kho-du-lieu").await.must_be(200).must_say("Kho chưa có giấy tờ nào");
}

async fn a_correction_takes_the_place_of_what_was_confirmed(app: TestApp) {
    let (citizen, code, _) = filed_by(&app, CITIZEN).await;
    let officer = accept(&app, &code).await;
    let page = check_page(&officer, &code).await;
    let form = FACTS.iter().fold(page.form(page.path()), |form, (name, value)| form.fill(name, value));
    // Two officers at once, and the same again: one item.
    let officer = std::sync::Arc::new(officer);
    let presses = (0..8).map(|_| {
        let (officer, page, form) = (officer.clone(), page.clone(), form.clone());
        tokio::spawn(async move { officer.submit(&page, form).await.status() })
    });
    for press in presses.collect::<Vec<_>>() {
        assert_eq!(press.await.unwrap(), 303);
    }
    let cards = |page: &tests::page::Page| page.source().matches("mc-card__title").count();
    let store = citizen.get("/kho-du-lieu").await.must_be(200);
    assert_eq!(cards(&store), 1);
    let before = check_page(&officer, &code).await;
    before.must_say("Xác nhận lần nữa sẽ thay cho lần trước");
    assert_eq!(before.form(before.path()).value("number"), Some("12/2026/GCS"));
    check(&officer, &code, &[("number", "13/2026/GCS")]).await.must_be(303);
    let store = citizen.get("/kho-du-lieu").await.must_be(200);
    assert_eq!(cards(&store), 2);
    store.must_say("Đã có bản mới");
    // What holds comes first.
    let newest = citizen.get(&store.link("Giấy chứng sinh")).await.must_be(200);
    newest.must_say("13/2026/GCS");
}

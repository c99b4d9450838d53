//! Results come into the owner's store by themselves, by the act that finishes the dossier.

use tests::app::TestApp;
use tests::http::Client;
use tests::page::Page;

use super::accept;
use crate::steps::{BIRTH, CITIZEN, COMMUNE, STRANGER, answered, between, filed_by, on_both_databases, paper, review};

on_both_databases! {
    an_electronic_result_is_kept_and_can_be_cited;
    a_result_without_a_file_is_not_kept;
    a_result_for_somebody_else_is_not_the_filers;
}

async fn finish(officer: &Client, code: &str, result: Option<&str>) -> Page {
    let page = officer.get(&format!("/can-bo/ho-so/{code}")).await.must_be(200);
    let form = page.form(&format!("/can-bo/ho-so/{code}/ket-qua")).fill("note", "Đã ký.");
    let form = match result {
        Some(name) => form.upload("result", paper(name)),
        None => form,
    };
    officer.submit(&page, form).await
}

async fn an_electronic_result_is_kept_and_can_be_cited(app: TestApp) {
    let (citizen, code, _) = filed_by(&app, CITIZEN).await;
    citizen.get("/kho-du-lieu").await.must_be(200).must_say("Kho chưa có giấy tờ nào");
    let officer = accept(&app, &code).await;
    finish(&officer, &code, Some("giấy khai sinh.pdf")).await.must_be(303);
    let store = citizen.get("/kho-du-lieu").await.must_be(200);
    store.must_say("Giấy khai sinh");
    store.must_say("UBND thị trấn Ia Kha, cấp ngày 23/11/2026");
    let item = store.link("Giấy khai sinh");
    citizen.get(&item).await.must_be(200).must_say(&code);
    let file = citizen.get(&format!("{item}/tep")).await.must_be(200);
    assert!(file.header("content-disposition").unwrap().starts_with("attachment"));
    // Corrections ask for the birth certificate.
    let start = "/nop-ho-so/1.004859";
    let page = citizen.get(&format!("{start}?co-quan={COMMUNE}")).await.must_be(200);
    let page = citizen.submit(&page, page.form(start).fill("address", "Tổ 1")).await.must_be(303);
    let page = citizen.follow(&page).await.must_be(200);
    let delivery = answered(&citizen, page).await;
    let files = citizen.submit(&delivery, delivery.form(delivery.path()).fill("way", "online")).await.must_be(303);
    let files = citizen.follow(&files).await.must_be(200);
    let cited = citizen.submit(&files, files.form(&format!("{}/tu-kho", files.path()))).await.must_be(303);
    let files = citizen.follow(&cited).await.must_be(200);
    files.must_say("Từ kho dữ liệu, là kết quả do UBND thị trấn Ia Kha cấp ngày 23/11/2026");
    assert_eq!(app.differences().await, Vec::<String>::new());
}

async fn a_result_without_a_file_is_not_kept(app: TestApp) {
    let (citizen, code, _) = filed_by(&app, CITIZEN).await;
    let officer = accept(&app, &code).await;
    finish(&officer, &code, None).await.must_be(303);
    citizen.get("/kho-du-lieu").await.must_be(200).must_say("Kho chưa có giấy tờ nào");
}

async fn a_result_for_somebody_else_is_not_the_filers(app: TestApp) {
    // Whoever merely registers another's number does not get that person's results either.
    let stranger = app.citizen(STRANGER).await;
    let citizen = app.citizen(CITIZEN).await;
    let action = format!("/nop-ho-so/{BIRTH}");
    let page = citizen.get(&format!("{action}?co-quan={COMMUNE}&cho=nguoi-khac")).await.must_be(200);
    let form = page.form(&action).fill("relation", "behalf").fill("kind", "citizen").fill("full_name", "Siu H'Nhi");
    let form = form.fill("number", STRANGER).fill("phone", "0905123456").fill("address", "Làng Jút, xã Ia Dêr");
    citizen.submit(&page, form).await.must_be(303);
    let page = citizen.get(&format!("{action}?co-quan={COMMUNE}")).await.must_be(200);
    let next = citizen.submit(&page, page.form(&action)).await.must_be(303);
    let page = answered(&citizen, citizen.follow(&next).await.must_be(200)).await;
    let files = citizen.submit(&page, page.form(page.path()).fill("way", "online")).await.must_be(303);
    let files = citizen.follow(&files).await.must_be(200);
    let review = review(&citizen, &files).await;
    let done = citizen.submit(&review, review.form(review.path())).await.must_be(303);
    let code = between(&citizen.follow(&done).await.must_be(200), "id=\"ma-ho-so\">");
    let officer = accept(&app, &code).await;
    let refused = super::check(&officer, &code, &[("kind", "birth_notification")]).await.must_be(422);
    refused.must_say("chưa có tài khoản đã xác minh");
    finish(&officer, &code, Some("kết quả.pdf")).await.must_be(303);
    for client in [&citizen, &stranger] {
        client.get("/kho-du-lieu").await.must_be(200).must_say("Kho chưa có giấy tờ nào");
    }
    // The filer has the result in the dossier all the same.
    citizen.get(&format!("/ho-so/{code}")).await.must_be(200).must_say("kết quả.pdf");
}

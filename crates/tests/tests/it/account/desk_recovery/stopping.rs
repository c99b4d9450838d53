//! A recovery is stopped by whoever holds an old contact, by the holder who is signed in, by an officer.

use std::time::Duration;

use tests::app::{TestApp, email_of, sign_in};
use tests::http::Client;
use tests::page::Page;

use super::super::steps::NUMBER;
use super::steps::*;
use crate::steps::{COMMUNE, on_both_databases};

on_both_databases! {
    the_code_of_a_text_message_stops_it;
    the_link_of_a_letter_stops_it_when_its_button_is_pressed;
    the_holder_who_is_signed_in_stops_it;
    an_officer_stops_it;
    nothing_is_stopped_once_it_has_taken_effect;
    codes_are_not_guessed;
}

const STOP: &str = "/khoi-phuc/dung";

/// A recovery in its wait, with its officers.
async fn begun(app: &TestApp) -> (Client, Client, Page) {
    let first = app.officer(COMMUNE).await;
    let second = colleague(app, "dong-nghiep", COMMUNE).await;
    let page = waiting(app, &first, &second, NUMBER).await;
    (first, second, page)
}

async fn type_stop(client: &Client, code: &str) -> Page {
    let page = client.get(STOP).await.must_be(200);
    client.submit(&page, page.form(page.path()).fill("stop_code", code)).await
}

fn link_of(app: &TestApp) -> String {
    let letters = app.letters(&email_of(NUMBER));
    let links = letters.iter().flat_map(|letter| &letter.links);
    let link = links.filter_map(|link| link.strip_prefix("http://motcua.test")).find(|link| link.contains("/dung/"));
    link.expect("the letter has the link").to_owned()
}

/// The account stays as it was, whatever time brings, and both sides are told.
async fn nothing_came_of_it(app: &TestApp) {
    assert!(texts_to(app, "+84912345678").await[0].contains("khong thay doi"));
    assert!(texts_to(app, NEW_PHONE).await[0].contains("da dung"));
    assert!(app.letters(&email_of(NUMBER))[0].subject.contains("đã dừng"));
    app.advance(Duration::from_secs(100 * 3600));
    app.run_jobs().await;
    let holder = app.visitor();
    sign_in(&holder, NUMBER).await;
    let own = holder.get("/tai-khoan").await.must_be(200);
    own.must_say("0912 345 678");
    assert!(!own.text().contains("Cán bộ tại quầy đang khôi phục"));
}

async fn the_code_of_a_text_message_stops_it(app: TestApp) {
    app.citizen(NUMBER).await;
    let (_, second, page) = begun(&app).await;
    let code = digits(&texts_to(&app, "+84912345678").await[0], 10);
    let anybody = app.visitor();
    let door = anybody.get("/quen-mat-khau").await.must_be(200);
    assert_eq!(door.link("Dừng khôi phục: quý vị nhận được tin báo mà không đề nghị?"), STOP);
    let spaced = format!("{} {}", &code[..5], &code[5..]);
    let stopped = type_stop(&anybody, &spaced).await.must_be(303);
    anybody.follow(&stopped).await.must_be(200).must_say("Đã dừng khôi phục");
    // A second press finds it stopped.
    type_stop(&anybody, &code).await.must_be(303);
    page_of(&second, &page).await.must_say("Người giữ số điện thoại hoặc email cũ dừng đề nghị");
    nothing_came_of_it(&app).await;
}

async fn the_link_of_a_letter_stops_it_when_its_button_is_pressed(app: TestApp) {
    app.citizen(NUMBER).await;
    let (_, second, page) = begun(&app).await;
    let link = link_of(&app);
    let anybody = app.visitor();
    let shown = anybody.get(&link).await.must_be(200);
    page_of(&second, &page).await.must_say("Đang trong thời gian chờ");
    anybody.submit(&shown, shown.form(&link)).await.must_be(303);
    anybody.get(&link).await.must_be(404).must_say("Không còn gì để dừng");
    page_of(&second, &page).await.must_say("Đã dừng");
    nothing_came_of_it(&app).await;
}

async fn the_holder_who_is_signed_in_stops_it(app: TestApp) {
    let holder = app.citizen(NUMBER).await;
    holder.get("/tai-khoan/khoi-phuc").await.must_be(200).must_say("không có đề nghị khôi phục nào");
    let (_, second, page) = begun(&app).await;
    let home = holder.get("/").await.must_be(200);
    let own = holder.get(&home.link("Xem và dừng")).await.must_be(200);
    own.must_say("Ksor Thứ Hai");
    assert!(!own.source().contains("234 567"), "the new contacts are masked");
    let export = holder.get("/tai-khoan/du-lieu.json").await.must_be(200);
    assert!(!export.source().contains("961234567"), "in the export too");
    let stopped = holder.submit(&own, own.form(own.path())).await.must_be(303);
    holder.follow(&stopped).await.must_be(200).must_say("không có đề nghị khôi phục nào");
    holder.submit(&own, own.form(own.path())).await.must_be(303);
    page_of(&second, &page).await.must_say("Chủ tài khoản đã đăng nhập và dừng");
    nothing_came_of_it(&app).await;
}

async fn an_officer_stops_it(app: TestApp) {
    app.citizen(NUMBER).await;
    let (first, second, page) = begun(&app).await;
    let stopped = stop(&second, &page).await.must_be(303);
    second.follow(&stopped).await.must_be(200).must_say("Đã dừng khôi phục");
    stop(&second, &page).await.must_be(303);
    page_of(&first, &page).await.must_say("Cán bộ dừng đề nghị");
    nothing_came_of_it(&app).await;
    // Before anything was proved, nobody is written to.
    let first = app.officer(COMMUNE).await;
    let page = found(&first, NUMBER).await;
    let page = first.follow(&first.submit(&page, filled(&page)).await.must_be(303)).await.must_be(200);
    let before = texts_to(&app, NEW_PHONE).await.len();
    stop(&first, &page).await.must_be(303);
    assert_eq!(texts_to(&app, NEW_PHONE).await.len(), before, "a mistyped number is somebody else's");
}

async fn nothing_is_stopped_once_it_has_taken_effect(app: TestApp) {
    let holder = app.citizen(NUMBER).await;
    let (_, _, page) = begun(&app).await;
    let code = digits(&texts_to(&app, "+84912345678").await[0], 10);
    let link = link_of(&app);
    app.advance(Duration::from_secs(72 * 3600));
    let second = back_at_work(&app, "dong-nghiep").await;
    let page = page_of(&second, &page).await;
    sign_in(&holder, NUMBER).await;
    let own = holder.get("/tai-khoan/khoi-phuc").await.must_be(200);
    // The job has not run yet: its time has come all the same.
    type_stop(&app.visitor(), &code).await.must_be(404).must_say("Không còn gì để dừng");
    holder.submit(&own, own.form(own.path())).await.must_be(303);
    app.run_jobs().await;
    for _ in 0..2 {
        type_stop(&app.visitor(), &code).await.must_be(404);
        app.visitor().get(&link).await.must_be(404);
        stop(&second, &page).await.must_be(303);
        app.run_jobs().await;
    }
    page_of(&second, &page).await.must_say("Đã khôi phục");
    set_password(&app, NUMBER, NEW_PHONE).await.get("/tai-khoan").await.must_be(200).must_say("0961 234 567");
}

async fn codes_are_not_guessed(app: TestApp) {
    app.citizen(NUMBER).await;
    let (_, second, page) = begun(&app).await;
    let guesser = app.visitor();
    for wrong in ["", "12345", "abcdefghij", "12345678901", "1234567890' or 1=1", "١٢٣٤٥٦٧٨٩٠"] {
        type_stop(&guesser, wrong).await.must_be(422).must_say("đúng 10 chữ số");
    }
    for guess in 0..20 {
        type_stop(&guesser, &format!("{guess:010}")).await.must_be(422).must_say("Mã dừng không đúng");
    }
    type_stop(&guesser, "0000000099").await.must_be(429).must_say("quá nhiều lần");
    guesser.get(&format!("{STOP}/{}", "0".repeat(64))).await.must_be(429);
    page_of(&second, &page).await.must_say("Đang trong thời gian chờ");
    // Whoever holds the message is elsewhere, and is not kept out.
    let code = digits(&texts_to(&app, "+84912345678").await[0], 10);
    type_stop(&app.visitor().from_address([10, 0, 0, 7]), &code).await.must_be(303);
}

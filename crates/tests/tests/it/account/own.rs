//! `/tai-khoan` and `/quen-mat-khau`: what holders change about their account, and who is told (I6).

use std::time::Duration;

use tests::app::{PASSWORD, TestApp, email_of, sign_in};
use tests::http::Client;
use tests::page::Page;

use super::steps::{NUMBER, try_sign_in};
use crate::steps::{STRANGER, on_both_databases};

on_both_databases! {
    another_password_ends_the_other_sessions_and_tells_the_holder;
    a_forgotten_password_is_set_anew_by_a_code;
    asking_for_a_code_tells_nothing_about_accounts;
    another_mailbox_is_confirmed_before_it_counts_and_the_old_one_is_told;
    sessions_are_seen_and_ended;
    an_old_identity_number_is_replaced_and_both_lead_to_the_account;
    a_closed_account_lets_nobody_in;
    everything_stored_can_be_taken_along;
}

const NEW: &str = "Rẫy-tiêu-mới-7?";

async fn another_password_ends_the_other_sessions_and_tells_the_holder(app: TestApp) {
    let client = app.citizen(NUMBER).await;
    let elsewhere = app.visitor();
    sign_in(&elsewhere, NUMBER).await;
    let page = client.get("/tai-khoan/mat-khau").await.must_be(200);
    let form = |present: &str, new: &str, again: &str| {
        page.form(page.path()).fill("present", present).fill("password", new).fill("password_again", again)
    };
    for (present, new, again, sentence) in [
        ("", NEW, NEW, "Nhập mật khẩu"),
        ("sai", NEW, NEW, "Mật khẩu không đúng"),
        (PASSWORD, "ngan", "ngan", "Mật khẩu chưa đúng quy tắc"),
        (PASSWORD, NEW, "khác", "không giống nhau"),
    ] {
        let refused = client.submit(&page, form(present, new, again)).await.must_be(422);
        refused.must_say(sentence);
        assert!(!refused.source().contains(NEW), "a password is never sent back");
    }
    let saved = client.submit(&page, form(PASSWORD, NEW, NEW)).await.must_be(303);
    client.follow(&saved).await.must_be(200).must_say("Đã lưu thay đổi");
    assert!(elsewhere.get("/tai-khoan").await.must_be(303).location().starts_with("/dang-nhap"));
    try_sign_in(&app.visitor(), NUMBER, PASSWORD).await.must_be(422);
    try_sign_in(&app.visitor(), NUMBER, NEW).await.must_be(303);
    app.run_jobs().await;
    let letters = app.letters(&email_of(NUMBER));
    assert!(letters.iter().any(|letter| letter.subject.contains("Mật khẩu tài khoản vừa được đổi")));
}

async fn a_forgotten_password_is_set_anew_by_a_code(app: TestApp) {
    let holder = app.citizen(NUMBER).await;
    let client = app.visitor();
    let door = client.get("/dang-nhap").await.must_be(200);
    let page = client.get(&door.link("Quên mật khẩu?")).await.must_be(200);
    let sent = client.submit(&page, page.form(page.path()).fill("number", NUMBER)).await.must_be(303);
    let page = client.follow(&sent).await.must_be(200);
    let id = page.path().rsplit('/').next().unwrap().to_owned();
    client.get(&format!("/quen-mat-khau/mat-khau/{id}")).await.must_be(404);
    let code = mailed_code(&app, &email_of(NUMBER)).await;
    let next = type_code(&client, &page, &code).await.must_be(303);
    let page = client.follow(&next).await.must_be(200);
    let form = page.form(page.path()).fill("password", NEW).fill("password_again", NEW);
    let done = client.submit(&page, form.clone()).await.must_be(303);
    client.follow(&done).await.must_be(200).must_say("Đã đặt mật khẩu mới");
    client.submit(&page, form).await.must_be(404).must_say("Không đặt được mật khẩu");
    assert!(
        holder.get("/tai-khoan").await.must_be(303).location().starts_with("/dang-nhap"),
        "all sessions have ended"
    );
    try_sign_in(&client, NUMBER, NEW).await.must_be(303);
    // A code that was typed opens the password page for a quarter of an hour only.
    let client = app.visitor();
    let asked = client.post_form("/quen-mat-khau", "/quen-mat-khau", &[("number", NUMBER)]).await.must_be(303);
    let page = client.follow(&asked).await.must_be(200);
    let code = mailed_code(&app, &email_of(NUMBER)).await;
    let next = type_code(&client, &page, &code).await.must_be(303);
    app.advance(Duration::from_secs(15 * 60));
    client.get(next.location()).await.must_be(404);
}

async fn asking_for_a_code_tells_nothing_about_accounts(app: TestApp) {
    app.citizen(NUMBER).await;
    let client = app.visitor();
    let mut texts = Vec::new();
    for number in [NUMBER, STRANGER] {
        let asked = client.post_form("/quen-mat-khau", "/quen-mat-khau", &[("number", number)]).await.must_be(303);
        let page = client.follow(&asked).await.must_be(200);
        let wrong = type_code(&client, &page, "000000").await.must_be(422);
        let id = page.path().rsplit('/').next().unwrap().to_owned();
        texts.push((page.text().replace(&id, ""), wrong.text().replace(&id, "")));
    }
    assert_eq!(texts[0], texts[1]);
    app.run_jobs().await;
    let unsent = app.simulators().messages("@khong-co.invalid");
    assert!(unsent.is_empty(), "nobody is written to");
    // Sending again looks alike too, as long as it goes on.
    app.advance(Duration::from_secs(60));
    for number in [NUMBER, STRANGER] {
        let asked = client.post_form("/quen-mat-khau", "/quen-mat-khau", &[("number", number)]).await.must_be(303);
        let page = client.follow(&asked).await.must_be(200);
        let resend = format!("{}/gui-lai", page.path());
        for _ in 0..4 {
            app.advance(Duration::from_secs(60));
            client.submit(&page, page.form(&resend)).await.must_be(303);
        }
        app.advance(Duration::from_secs(60));
        client.submit(&page, page.form(&resend)).await.must_be(429).must_say("Hãy làm lại từ đầu");
    }
    for _ in 0..3 {
        client.post_form("/quen-mat-khau", "/quen-mat-khau", &[("number", STRANGER)]).await.must_be(303);
    }
    let stopped = client.post_form("/quen-mat-khau", "/quen-mat-khau", &[("number", STRANGER)]).await.must_be(429);
    stopped.must_say("Đã thử quá nhiều lần");
}

async fn another_mailbox_is_confirmed_before_it_counts_and_the_old_one_is_told(app: TestApp) {
    let client = app.citizen(NUMBER).await;
    let page = client.get("/tai-khoan/email").await.must_be(200);
    let form = page.form(page.path()).fill("email", "moi@vi-du.example").fill("present", PASSWORD);
    let sent = client.submit(&page, form).await.must_be(303);
    let page = client.follow(&sent).await.must_be(200);
    client.get("/tai-khoan").await.must_be(200).must_say(&email_of(NUMBER));
    let code = mailed_code(&app, "moi@vi-du.example").await;
    // The code alone, in somebody else's session or in none, changes nothing.
    let stranger = app.citizen(STRANGER).await;
    stranger.post_form(page.path(), page.path(), &[("code", "000000")]).await.must_be(422);
    assert!(app.visitor().get(page.path()).await.must_be(303).location().starts_with("/dang-nhap"));
    let saved = type_code(&client, &page, &code).await.must_be(303);
    client.follow(&saved).await.must_be(200).must_say("moi@vi-du.example");
    app.run_jobs().await;
    assert!(app.letters(&email_of(NUMBER))[0].subject.contains("Địa chỉ email của tài khoản vừa được đổi"));
}

async fn sessions_are_seen_and_ended(app: TestApp) {
    let client = app.citizen(NUMBER).await;
    let (second, third) = (app.visitor(), app.visitor());
    sign_in(&second, NUMBER).await;
    sign_in(&third, NUMBER).await;
    let page = client.get("/tai-khoan/phien").await.must_be(200);
    assert_eq!(page.source().matches("/ket-thuc\"").count(), 3, "two to end one by one, one for all of them");
    let source = page.source();
    let (_, rest) = source.split_once("action=\"/tai-khoan/phien/").unwrap();
    let other = format!("/tai-khoan/phien/{}", rest.split('"').next().unwrap());
    // Another account's session is not ended by knowing its name.
    let stranger = app.citizen(STRANGER).await;
    let own = stranger.get("/tai-khoan/phien").await.must_be(200);
    let csrf = own.form("/dang-xuat").value("csrf").expect("the form's token").to_owned();
    stranger.submit(&own, page.form(&other).forge("csrf", &csrf)).await.must_be(303);
    stranger.submit(&own, page.form(&other)).await.must_be(403);
    for client in [&second, &third] {
        client.get("/tai-khoan").await.must_be(200);
    }
    client.submit(&page, page.form(&other)).await.must_be(303);
    let open = [&second, &third];
    let mut left = 0;
    for client in open {
        left += usize::from(client.get("/tai-khoan").await.status() == 200);
    }
    assert_eq!(left, 1);
    client.submit(&page, page.form("/tai-khoan/phien/khac/ket-thuc")).await.must_be(303);
    for client in open {
        assert_eq!(client.get("/tai-khoan").await.status(), 303);
    }
    client.get("/tai-khoan").await.must_be(200);
}

async fn an_old_identity_number_is_replaced_and_both_lead_to_the_account(app: TestApp) {
    let client = app.citizen("230123456").await;
    app.citizen(STRANGER).await;
    let page = client.get("/tai-khoan/can-cuoc").await.must_be(200);
    let form = |number: &str| page.form(page.path()).fill("number", number).fill("present", PASSWORD);
    client.submit(&page, form("230123456")).await.must_be(422).must_say("12 chữ số");
    client.submit(&page, form(STRANGER)).await.must_be(422).must_say("đã có tài khoản");
    client.submit(&page, form(NUMBER)).await.must_be(303);
    for number in ["230123456", NUMBER] {
        try_sign_in(&app.visitor(), number, PASSWORD).await.must_be(303);
    }
    client.get("/tai-khoan").await.must_be(200).must_say(NUMBER);
    assert_eq!(client.get("/tai-khoan/can-cuoc").await.must_be(303).location(), "/tai-khoan");
    // The old number is nobody else's.
    let taken = app.visitor().post_form("/dang-ky/cong-dan", "/dang-ky/cong-dan", &[("number", "230123456")]).await;
    taken.must_be(422).must_say("Số này đã có tài khoản");
}

async fn a_closed_account_lets_nobody_in(app: TestApp) {
    let client = app.citizen(NUMBER).await;
    let page = client.get("/tai-khoan/dong").await.must_be(200);
    client
        .submit(&page, page.form(page.path()).fill("present", "sai"))
        .await
        .must_be(422)
        .must_say("Mật khẩu không đúng");
    let closed = client.submit(&page, page.form(page.path()).fill("present", PASSWORD)).await.must_be(303);
    client.follow(&closed).await.must_be(200).must_say("Tài khoản đã đóng");
    assert_eq!(client.get("/tai-khoan").await.status(), 303);
    try_sign_in(&client, NUMBER, PASSWORD).await.must_be(422).must_say("không khớp");
    // Who closed an account may open another, which knows nothing of the first.
    app.run_jobs().await;
    let again = app.citizen(NUMBER).await;
    assert_eq!(again.get("/tai-khoan/du-lieu").await.must_be(200).source().matches("<li>08:00").count(), 2);
}

async fn everything_stored_can_be_taken_along(app: TestApp) {
    let (client, code, _) = crate::steps::filed_by(&app, NUMBER).await;
    let page = client.get("/tai-khoan/du-lieu").await.must_be(200);
    for words in ["Đăng ký tài khoản", "Xác nhận địa chỉ email"] {
        page.must_say(words);
    }
    let file = client.get("/tai-khoan/du-lieu.json").await.must_be(200);
    let data: serde_json::Value = serde_json::from_slice(file.bytes()).unwrap();
    assert_eq!(data["account"]["login"], NUMBER);
    assert_eq!(data["dossiers"][0]["dossier"]["code"], code);
    assert!(data["dossiers"][0]["log"].as_array().unwrap().len() >= 4);
    assert!(!file.source().contains("argon2"), "no hash of a password leaves the system");
    assert!(app.visitor().get("/tai-khoan/du-lieu.json").await.must_be(303).location().starts_with("/dang-nhap"));
}

async fn mailed_code(app: &TestApp, address: &str) -> String {
    app.run_jobs().await;
    let letters = app.letters(address);
    let letter = letters.iter().find(|letter| letter.subject.contains("Mã OTP")).expect("a letter arrives");
    let text = letter.text.clone();
    let digits = text.split(|c: char| !c.is_ascii_digit()).find(|run| run.len() == 6);
    digits.expect("the letter has six digits").to_owned()
}

async fn type_code(client: &Client, page: &Page, code: &str) -> Page {
    client.submit(page, page.form(page.path()).fill("code", code)).await
}

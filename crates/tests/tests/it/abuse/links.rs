//! The links of letters: each opens one account, once, for a day, and nothing else looks like one.

use std::time::Duration;

use tests::app::{PASSWORD, TestApp, email_of};
use tests::http::Client;

use super::{NUMBER, STRANGER, from_place, post};
use crate::steps::on_both_databases;

on_both_databases! {
    what_is_not_the_link_of_a_letter_confirms_nothing;
    a_link_confirms_the_account_that_it_was_sent_for;
    a_link_of_an_address_that_was_corrected_is_void;
}

/// Registers and stops before the letter is opened; the address of the page that waits for it.
async fn registered(client: &Client, number: &str) -> String {
    let email = email_of(number);
    let fields = [
        ("number", number),
        ("password", PASSWORD),
        ("password_again", PASSWORD),
        ("full_name", "Rơ Châm H'Lan"),
        ("birth_date.year", "1990"),
        ("phone", "0912345678"),
        ("email", email.as_str()),
    ];
    post(client, "/dang-ky/cong-dan/thong-tin", &fields).await.must_be(303).location().to_owned()
}

/// The token in the newest letter to this address.
async fn token_to(app: &TestApp, email: &str) -> String {
    app.run_jobs().await;
    let letter = app.letters(email).first().expect("a letter arrives").clone();
    let (_, token) = letter.links[0].split_once("?ma=").expect("the link has a token");
    token.to_owned()
}

async fn confirm(client: &Client, token: &str) -> u16 {
    let page = post(client, "/dang-ky/xac-nhan", &[("ma", token)]).await;
    if page.status() != 303 {
        assert_eq!(page.status(), 404, "{token}: {}", page.text());
        page.must_say("Liên kết không dùng được");
    }
    page.status()
}

async fn signs_in(app: &TestApp, number: &str) -> bool {
    signs_in_from(app, 1_000, number).await
}

/// The same from one place of many: a few tries in one are enough for its limit.
async fn signs_in_from(app: &TestApp, place: usize, number: &str) -> bool {
    let page =
        post(&from_place(app, place), "/dang-nhap", &[("number", number), ("password", PASSWORD)]).await.must_be(303);
    page.location() == "/"
}

async fn what_is_not_the_link_of_a_letter_confirms_nothing(app: TestApp) {
    let client = app.visitor();
    registered(&client, NUMBER).await;
    let token = token_to(&app, &email_of(NUMBER)).await;
    let digit = if token.starts_with('0') { '1' } else { '0' };
    let reversed: String = token.chars().rev().collect();
    let others = [
        String::new(),
        token[..63].to_owned(),
        token[1..].to_owned(),
        format!("{token}0"),
        format!("{token}%00"),
        format!("{digit}{}", &token[1..]),
        reversed,
        format!("{token},{token}"),
        "0".repeat(64),
        "%".repeat(64),
        "a".repeat(100_000),
        format!("{}' or '1'='1", &token[..20]),
    ];
    for (place, other) in others.iter().enumerate() {
        assert_eq!(confirm(&client, other).await, 404, "{other:.80}");
        assert!(!signs_in_from(&app, place, NUMBER).await);
    }
    // Two tokens in one form: the first counts, whichever the other is.
    let both = [("ma", "0"), ("ma", token.as_str())];
    post(&client, "/dang-ky/xac-nhan", &both).await.must_be(404);
    // Digits in capitals, and a line's end that was copied along, are the same link.
    client.get(&format!("/dang-ky/xac-nhan?ma={}", token.to_uppercase())).await.must_be(200);
    assert_eq!(confirm(&client, &format!(" {token}\r\n")).await, 303);
    assert!(signs_in(&app, NUMBER).await);
}

async fn a_link_confirms_the_account_that_it_was_sent_for(app: TestApp) {
    let (client, thief) = (app.visitor(), app.visitor());
    registered(&client, NUMBER).await;
    registered(&thief, STRANGER).await;
    let (own, thiefs) = (token_to(&app, &email_of(NUMBER)).await, token_to(&app, &email_of(STRANGER)).await);
    assert_eq!(confirm(&client, &thiefs).await, 303);
    assert!(signs_in(&app, STRANGER).await && !signs_in(&app, NUMBER).await, "the one whose link it was");
    // Used again by whoever finds it, a link opens no session and changes nothing.
    let finder = app.visitor();
    assert_eq!(confirm(&finder, &thiefs).await, 303);
    assert!(finder.get("/tai-khoan").await.must_be(303).location().starts_with("/dang-nhap"));
    app.advance(Duration::from_secs(24 * 3_600));
    assert_eq!(confirm(&client, &own).await, 404, "a day has passed");
    assert_eq!(confirm(&client, &thiefs).await, 404);
    assert!(!signs_in(&app, NUMBER).await);
}

async fn a_link_of_an_address_that_was_corrected_is_void(app: TestApp) {
    let client = app.visitor();
    let waiting = registered(&client, NUMBER).await;
    let old = token_to(&app, &email_of(NUMBER)).await;
    let correct = format!("{}/email", waiting.split('?').next().unwrap());
    post(&client, &correct, &[("email", "moi@vi-du.example"), ("password", PASSWORD)]).await.must_be(303);
    let new = token_to(&app, "moi@vi-du.example").await;
    assert_ne!(old, new);
    assert_eq!(confirm(&client, &old).await, 404);
    assert!(!signs_in(&app, NUMBER).await);
    assert_eq!(confirm(&client, &new).await, 303);
    assert!(signs_in(&app, NUMBER).await);
    // An address that was changed later is not taken back by the link of the one before.
    let holder = app.visitor();
    post(&holder, "/dang-nhap", &[("number", NUMBER), ("password", PASSWORD)]).await.must_be(303);
    let page = holder.get("/tai-khoan/email").await.must_be(200);
    let form = page.form(page.path()).fill("email", "sau@vi-du.example").fill("present", PASSWORD);
    let sent = holder.submit(&page, form).await.must_be(303);
    let page = holder.follow(&sent).await.must_be(200);
    let code = super::code_to(&app, "sau@vi-du.example").await;
    holder.submit(&page, page.form(page.path()).fill("code", &code)).await.must_be(303);
    for token in [&old, &new] {
        assert_eq!(confirm(&client, token).await, 404, "the account has another address");
    }
    holder.get("/tai-khoan").await.must_be(200).must_say("sau@vi-du.example");
}

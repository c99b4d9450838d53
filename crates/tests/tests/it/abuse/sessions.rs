//! Sessions that somebody else put into a browser, or took out of it: no step leaves such a token worth anything.

use tests::app::{PASSWORD, TestApp, email_of, register};
use tests::http::Client;
use tests::portals::national_account;

use super::{NUMBER, OTHER_PHONE, PHONE, STRANGER, at_the_nation, code_to, half_way, post, post_with};
use crate::steps::on_both_databases;

on_both_databases! {
    a_session_that_was_planted_before_signing_in_is_worth_nothing;
    a_session_that_was_planted_before_registering_is_worth_nothing;
    a_token_that_was_stolen_before_a_change_of_password_is_dead_after_it;
}

at_the_nation! {
    a_session_that_was_planted_before_the_second_step_is_worth_nothing;
}

const PROVINCE: &str = "motcua-province";
const NATION: &str = "motcua-national";
const NEW: &str = "Rẫy-tiêu-mới-7?";

/// What an attacker can plant without having an account: a token of the right form, and others.
fn forged() -> [String; 4] {
    ["a".repeat(64), "0123456789abcdef".repeat(4), "0".repeat(64), "x".repeat(3_000)]
}

/// Somebody who holds nothing but this token.
async fn with_token(app: &TestApp, cookie: &str, token: &str) -> u16 {
    let thief = app.visitor();
    thief.set_cookie(cookie, token);
    thief.get("/tai-khoan").await.status()
}

async fn csrf(client: &Client) -> String {
    let page = client.get("/tai-khoan").await.must_be(200);
    page.form("/dang-xuat").value("csrf").expect("the form's token").to_owned()
}

async fn a_session_that_was_planted_before_signing_in_is_worth_nothing(app: TestApp) {
    register(&app, &app.visitor(), NUMBER).await;
    for planted in forged() {
        let victim = app.visitor();
        victim.set_cookie(PROVINCE, &planted);
        victim.get("/").await.must_be(200);
        post(&victim, "/dang-nhap", &[("number", NUMBER), ("password", PASSWORD)]).await.must_be(303);
        let given = victim.cookie(PROVINCE).unwrap();
        assert_ne!(given, planted);
        assert_eq!(given.len(), 64);
        assert_eq!(with_token(&app, PROVINCE, &planted).await, 303);
        assert_eq!(with_token(&app, PROVINCE, &given).await, 200);
    }
    // A living session of the attacker's own account: signing in asks for a form of its own, ends it, and gives another.
    let attacker = app.citizen(STRANGER).await;
    let planted = attacker.cookie(PROVINCE).unwrap();
    let victim = app.visitor();
    victim.set_cookie(PROVINCE, &planted);
    post(&victim, "/dang-nhap", &[("number", NUMBER), ("password", PASSWORD)]).await.must_be(403);
    let csrf = csrf(&victim).await;
    let fields = [("number", NUMBER), ("password", PASSWORD), ("csrf", csrf.as_str())];
    post(&victim, "/dang-nhap", &fields).await.must_be(303);
    assert!(victim.get("/tai-khoan").await.must_be(200).text().contains(NUMBER));
    assert_ne!(victim.cookie(PROVINCE), Some(planted.clone()));
    assert_eq!(with_token(&app, PROVINCE, &planted).await, 303, "the planted session has ended");
    // Two cookies of one name, as a neighbouring site can set them: neither mixes with the other.
    let given = victim.cookie(PROVINCE).unwrap();
    let both = format!("{PROVINCE}={}; {PROVINCE}={given}", "b".repeat(64));
    let mixed = post_with(&app.visitor(), "/tai-khoan/mat-khau", &[], &[("cookie", &both)]).await;
    assert!([303, 403].contains(&mixed.status()), "{}", mixed.status());
}

async fn a_session_that_was_planted_before_registering_is_worth_nothing(app: TestApp) {
    let planted = "c".repeat(64);
    let victim = app.visitor();
    victim.set_cookie(PROVINCE, &planted);
    register(&app, &victim, NUMBER).await;
    assert_eq!(with_token(&app, PROVINCE, &planted).await, 303, "registering signs nobody in");
    assert_eq!(victim.get("/tai-khoan").await.status(), 303);
    post(&victim, "/dang-nhap", &[("number", NUMBER), ("password", PASSWORD)]).await.must_be(303);
    assert_ne!(victim.cookie(PROVINCE), Some(planted.clone()));
    assert_eq!(with_token(&app, PROVINCE, &planted).await, 303);
    // Nor does setting another password, nor the link of a letter.
    let visitor = app.visitor();
    let asked = post(&visitor, "/quen-mat-khau", &[("number", NUMBER)]).await.must_be(303);
    let code = code_to(&app, &email_of(NUMBER)).await;
    let next = post(&visitor, asked.location(), &[("code", &code)]).await.must_be(303);
    post(&visitor, next.location(), &[("password", NEW), ("password_again", NEW)]).await.must_be(303);
    assert!(visitor.cookie(PROVINCE).is_none());
    assert_eq!(victim.get("/tai-khoan").await.status(), 303, "the sessions before have ended");
}

async fn a_token_that_was_stolen_before_a_change_of_password_is_dead_after_it(app: TestApp) {
    let holder = app.citizen(NUMBER).await;
    let stolen = holder.cookie(PROVINCE).unwrap();
    assert_eq!(with_token(&app, PROVINCE, &stolen).await, 200);
    let page = holder.get("/tai-khoan/mat-khau").await.must_be(200);
    let form = page.form(page.path()).fill("present", PASSWORD).fill("password", NEW).fill("password_again", NEW);
    let saved = holder.submit(&page, form).await.must_be(303);
    holder.follow(&saved).await.must_be(200).must_say("Đã lưu thay đổi");
    assert_ne!(holder.cookie(PROVINCE), Some(stolen.clone()), "the holder goes on with another token");
    assert_eq!(with_token(&app, PROVINCE, &stolen).await, 303, "and the thief is out");
}

async fn a_session_that_was_planted_before_the_second_step_is_worth_nothing(app: TestApp) {
    national_account(&app, NUMBER, PHONE).await;
    national_account(&app, STRANGER, OTHER_PHONE).await;
    let attacker = app.visitor();
    let half = half_way(&attacker, STRANGER, PASSWORD).await.must_be(303);
    let code = code_to(&app, OTHER_PHONE).await;
    post(&attacker, half.location(), &[("code", &code)]).await.must_be(303);
    let living = attacker.cookie(NATION).unwrap();
    for planted in [living.clone(), "d".repeat(64)] {
        let victim = app.visitor();
        let half = half_way(&victim, NUMBER, PASSWORD).await.must_be(303);
        assert!(victim.cookie(NATION).is_none(), "half a sign-in is no session");
        victim.set_cookie(NATION, &planted);
        let code = code_to(&app, PHONE).await;
        let csrf = match planted == living {
            true => csrf(&victim).await,
            false => String::new(),
        };
        post(&victim, half.location(), &[("code", &code), ("csrf", &csrf)]).await.must_be(303);
        assert_ne!(victim.cookie(NATION), Some(planted.clone()));
        assert!(victim.get("/tai-khoan").await.must_be(200).text().contains(NUMBER));
        assert_eq!(with_token(&app, NATION, &planted).await, 303);
        app.advance(std::time::Duration::from_secs(60));
    }
}

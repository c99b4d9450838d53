//! Registering a number that has an account, and one number by many at once.

use std::collections::BTreeMap;
use std::sync::Arc;

use storage::{StorageError, accounts};
use tests::app::{PASSWORD, TestApp, email_of, register};
use tests::captcha::solve;
use tests::http::Client;
use tests::page::Page;
use tests::portals::national_account;
use tokio::task::JoinSet;

use super::{NOBODY, NUMBER, PHONE, at_the_nation, code_to, from_place, post};
use crate::steps::on_both_databases;

on_both_databases! {
    a_number_with_an_account_is_told_and_nothing_of_its_holder;
    fifty_who_register_one_number_at_once_get_one_account_and_clear_answers;
}

at_the_nation! {
    at_the_nation_a_number_is_told_behind_a_captcha_alone;
    fifty_who_finish_one_number_at_the_nation_get_one_account_and_clear_answers;
}

const CROWD: usize = 50;

fn details(number: &str, email: &str) -> Vec<(&'static str, String)> {
    [
        ("number", number),
        ("password", PASSWORD),
        ("password_again", PASSWORD),
        ("full_name", "Ai Đó Khác"),
        ("birth_date.year", "1991"),
        ("phone", "0987654321"),
        ("email", email),
    ]
    .map(|(name, value)| (name, value.to_owned()))
    .to_vec()
}

async fn send(client: &Client, address: &str, fields: &[(&'static str, String)]) -> Page {
    let fields: Vec<_> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
    post(client, address, &fields).await
}

/// How many accounts there are with this number, or anything at all under its name.
async fn is_registered(app: &TestApp, number: &str) -> bool {
    let login = domain::codes::LoginName::parse(number).unwrap();
    let found = app.db().read(move |tx| {
        Box::pin(async move { Ok::<_, StorageError>(accounts::find_by_login(tx, &login).await?.is_some()) })
    });
    found.await.unwrap()
}

// R39: whoever wants to register learns whether the number has an account; the leaflet asks for it, and a limit by place
// keeps it from being asked of all numbers.
async fn a_number_with_an_account_is_told_and_nothing_of_its_holder(app: TestApp) {
    register(&app, &app.visitor(), NUMBER).await;
    app.run_jobs().await;
    let before = app.letters("").len();
    let client = app.visitor();
    let told = post(&client, "/dang-ky/cong-dan", &[("number", NUMBER)]).await.must_be(422);
    let skipped = send(&client, "/dang-ky/cong-dan/thong-tin", &details(NUMBER, "ke-trom@vi-du.example")).await;
    for page in [&told, &skipped.must_be(422)] {
        page.must_say("Số này đã có tài khoản");
        for private in ["Rơ Châm", "H'Lan", "1990", "345678", "nguoi-", "vi-du.example", "Ai Đó"] {
            assert!(!page.text().contains(private), "{private}");
        }
    }
    app.run_jobs().await;
    assert_eq!(app.letters("").len(), before, "nobody is written to");
    // The account is as it was, password and all.
    post(&client, "/dang-nhap", &[("number", NUMBER), ("password", PASSWORD)]).await.must_be(303);
    client.get("/tai-khoan").await.must_be(200).must_say("Rơ Châm H'Lan");
    // Asking for all of them is slow: so many in a quarter of an hour, from one place.
    let machine = from_place(&app, 7);
    let mut asked = 0;
    while post(&machine, "/dang-ky/cong-dan", &[("number", NOBODY)]).await.status() == 200 {
        asked += 1;
    }
    assert_eq!(asked, 300);
    post(&machine, "/quen-mat-khau", &[("number", NOBODY)]).await.must_be(429);
    post(&from_place(&app, 8), "/dang-ky/cong-dan", &[("number", NOBODY)]).await.must_be(200);
}

async fn fifty_who_register_one_number_at_once_get_one_account_and_clear_answers(app: TestApp) {
    let app = Arc::new(app);
    let mut crowd = JoinSet::new();
    for place in 0..CROWD {
        let client = from_place(&app, place);
        crowd.spawn(async move {
            let email = format!("nguoi-{place}@vi-du.example");
            let page = send(&client, "/dang-ky/cong-dan/thong-tin", &details(NUMBER, &email)).await;
            (page.status(), page.text())
        });
    }
    let mut answers = BTreeMap::<u16, usize>::new();
    while let Some(answer) = crowd.join_next().await {
        let (status, text) = answer.unwrap();
        *answers.entry(status).or_default() += 1;
        assert!(status == 303 || text.contains("Số này đã có tài khoản"), "{status}: {text}");
    }
    assert_eq!(answers, BTreeMap::from([(303, 1), (422, CROWD - 1)]));
    assert!(is_registered(&app, NUMBER).await);
    app.run_jobs().await;
    let letters: usize = (0..CROWD).map(|place| app.letters(&format!("nguoi-{place}@vi-du.example")).len()).sum();
    assert_eq!(letters, 1, "one of them is written to");
}

async fn registered_at_the_nation(client: &Client, number: &str, phone: &str, is_solved: bool) -> Page {
    let page = client.get("/dang-ky/cong-dan").await.must_be(200);
    let form = page.form(page.path()).fill("number", number).fill("full_name", "Rơ Châm H'Lan");
    let form = form.fill("birth_date.year", "1990").fill("phone", phone);
    client.submit(&page, if is_solved { solve(&page, form) } else { form }).await
}

async fn at_the_nation_a_number_is_told_behind_a_captcha_alone(app: TestApp) {
    national_account(&app, NUMBER, PHONE).await;
    let client = app.visitor();
    let without_tokens = |page: &Page, number: &str| page.text().replace(number, "…");
    let known = registered_at_the_nation(&client, NUMBER, PHONE, false).await.must_be(422);
    let unknown = registered_at_the_nation(&client, NOBODY, PHONE, false).await.must_be(422);
    assert_eq!(without_tokens(&known, NUMBER), without_tokens(&unknown, NOBODY), "a machine learns nothing");
    let told = registered_at_the_nation(&client, NUMBER, PHONE, true).await.must_be(422);
    told.must_say("Số này đã có tài khoản");
    app.run_jobs().await;
    assert!(app.texts("+84961234567").is_empty(), "nobody's telephone rings");
    post(&client, "/dang-ky/cong-dan", &[("number", NUMBER)])
        .await
        .must_be(422)
        .must_say("Mã xác thực không còn dùng được");
}

async fn fifty_who_finish_one_number_at_the_nation_get_one_account_and_clear_answers(app: TestApp) {
    let mut ready = Vec::new();
    for place in 0..CROWD {
        let client = from_place(&app, place);
        let phone = format!("09612345{:02}", place % 25);
        let begun = registered_at_the_nation(&client, NOBODY, &phone, true).await.must_be(303);
        let code = code_to(&app, &phone).await;
        let next = post(&client, begun.location(), &[("code", &code)]).await.must_be(303);
        ready.push((client, next.location().to_owned()));
    }
    assert!(!is_registered(&app, NOBODY).await);
    let mut crowd = JoinSet::new();
    for (client, address) in ready {
        crowd.spawn(async move {
            let page = post(&client, &address, &[("password", PASSWORD), ("password_again", PASSWORD)]).await;
            (page.status(), page.text())
        });
    }
    let mut answers = BTreeMap::<u16, usize>::new();
    while let Some(answer) = crowd.join_next().await {
        let (status, text) = answer.unwrap();
        *answers.entry(status).or_default() += 1;
        assert!(status == 303 || text.contains("Không có đăng ký nào"), "{status}: {text}");
    }
    assert_eq!(answers, BTreeMap::from([(303, 1), (404, CROWD - 1)]));
    assert!(is_registered(&app, NOBODY).await);
    assert!(app.letters(&email_of(NOBODY)).is_empty());
}

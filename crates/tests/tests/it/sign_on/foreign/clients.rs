//! openid-client and Authlib sign people in through the national portal.

use serde_json::{Value, json};
use tests::app::TestApp;
use tests::foreign::{Foreign, Program};
use tests::http::Client;
use tests::portals::{leads_on, national_account, sign_in_national};

use super::with;
use crate::sign_on::client::{AFTER, NUMBER, PHONE, REDIRECT, agree, on_both, registered, secret, signed_in};

on_both! {
    openid_client_walks_the_whole_way;
    authlib_walks_the_whole_way;
    openid_client_or_we_notice_every_lie;
    authlib_or_we_notice_every_lie;
}

const SCOPE: &str = "openid profile email phone vn offline_access";

async fn openid_client_walks_the_whole_way(app: TestApp) {
    walk_the_whole_way(app, Foreign::OpenidClient).await;
}

async fn authlib_walks_the_whole_way(app: TestApp) {
    walk_the_whole_way(app, Foreign::Authlib).await;
}

async fn openid_client_or_we_notice_every_lie(app: TestApp) {
    let words = Words {
        state: "state mismatch",
        issuer: Some("iss mismatch"),
        nonce: "nonce mismatch",
        status: "invalid_token",
    };
    notice_every_lie(app, Foreign::OpenidClient, words).await;
}

async fn authlib_or_we_notice_every_lie(app: TestApp) {
    // Authlib does not look at the issuer in the answer (RFC 9207).
    let words = Words {
        state: "mismatching_state",
        issuer: None,
        nonce: "Invalid claim \"nonce\"",
        status: "401 Client Error",
    };
    notice_every_lie(app, Foreign::Authlib, words).await;
}

/// How a library says what it has noticed.
struct Words {
    state: &'static str,
    issuer: Option<&'static str>,
    nonce: &'static str,
    status: &'static str,
}

/// The library as the client `ung-dung`, after it has asked the portal about itself.
async fn client(app: &TestApp, foreign: Foreign, secret: &str) -> (Program, Value) {
    let mut program = foreign.start(&[
        ("ISSUER", app.public_url()),
        ("CLIENT_ID", "ung-dung"),
        ("CLIENT_SECRET", secret),
        ("REDIRECT_URI", REDIRECT),
    ]);
    let document = program.must("discover").await;
    (program, document)
}

/// Where the library sends people.
async fn start(program: &mut Program) -> String {
    let asked = json!({ "params": { "scope": SCOPE, "acr_values": "LoA2", "ui_locales": "vi" } });
    program.ask("start", asked).await.unwrap().as_str().unwrap().to_owned()
}

async fn finish(program: &mut Program, address: &str) -> Result<Value, String> {
    program.ask("finish", json!({ "address": address })).await
}

async fn walk_the_whole_way(app: TestApp, foreign: Foreign) {
    app.take_the_time_of_the_machine();
    let account = national_account(&app, NUMBER, PHONE).await;
    let (mut program, document) = client(&app, foreign, secret().as_str()).await;
    assert_eq!(document["issuer"], app.public_url());

    // Somebody with a browser: the page of providers, number and password, the code from the telephone, the question.
    let person = app.visitor();
    let away = person.get(&start(&mut program).await).await.must_be(303);
    let providers = person.follow(&away).await.must_be(200);
    let door = person.get(&providers.link("Tài khoản cấp bởi Cổng DVCQG")).await.must_be(200);
    let arrived = sign_in_national(&app, &person, &door, NUMBER, PHONE).await;
    let question = person.follow(&arrived).await.must_be(200);
    let back = agree(&person, &question).await;

    let subject = account.to_string();
    let first = finish(&mut program, &back).await.unwrap();
    let claims = &first["claims"];
    assert_eq!((&claims["sub"], &claims["acr"]), (&json!(subject), &json!("LoA2")));
    let told = program.must("userinfo").await;
    let expected = json!({
        "sub": subject, "name": "Rơ Châm H'Lan", "birthdate": "1990-02-05",
        "phone_number": "+84961234567", "phone_number_verified": true,
        "TechID": subject, "HoVaTen": "Rơ Châm H'Lan", "NgayThangNamSinh": "19900205", "SoDienThoai": "0961234567",
        "SoDinhDanh": NUMBER, "LoaiTaiKhoan": "1", "loginIdp": "DVCQG", "loAs": "LoA2",
    });
    for (name, value) in expected.as_object().unwrap() {
        assert_eq!(&told[name], value, "{name}");
    }

    // Fresh tokens, for the same person, while they are away.
    let old = first["tokens"]["refresh_token"].clone();
    let second = program.ask("refresh", json!({ "token": old })).await.unwrap();
    assert_eq!((&second["claims"]["sub"], second["claims"].get("nonce")), (&json!(subject), None));
    assert_ne!(second["tokens"]["access_token"], first["tokens"]["access_token"]);
    assert_eq!(program.must("userinfo").await["HoVaTen"], "Rơ Châm H'Lan");

    // Signed out there, signed out here, and back where the client wants them.
    let sign_out = program.ask("sign_out", json!({ "back": AFTER, "state": "tạm biệt" })).await.unwrap();
    let left = person.get(sign_out.as_str().unwrap()).await.must_be(303);
    assert_eq!(left.location(), format!("{AFTER}?state=t%E1%BA%A1m+bi%E1%BB%87t"));
    person.get("/tai-khoan").await.must_be(303);

    // A refresh token that comes twice ends them all.
    let new = second["tokens"]["refresh_token"].clone();
    for token in [old, new] {
        let refused = program.ask("refresh", json!({ "token": token })).await.unwrap_err();
        assert!(refused.contains("invalid_grant"), "{refused}");
    }
    program.ask("userinfo", json!({})).await.unwrap_err();
}

/// Goes where the library sends people, signed in, and agrees; the address with which they come back.
async fn go(person: &Client, address: &str) -> String {
    let page = person.get(address).await;
    if page.status() == 303 { page.location().to_owned() } else { agree(person, &page).await }
}

async fn notice_every_lie(app: TestApp, foreign: Foreign, words: Words) {
    app.take_the_time_of_the_machine();
    let (person, _) = signed_in(&app, NUMBER).await;
    let (mut program, _) = client(&app, foreign, secret().as_str()).await;
    let must_say = |refused: Result<Value, String>, expected: &str| {
        let reason = refused.expect_err(expected);
        assert!(reason.contains(expected), "{reason}");
    };

    // Another state, or none: the library does not even ask for tokens, so the honest answer still counts.
    let back = go(&person, &start(&mut program).await).await;
    must_say(finish(&mut program, &with(&back, "state", Some("khac"))).await, words.state);
    finish(&mut program, &with(&back, "state", None)).await.unwrap_err();
    if let Some(expected) = words.issuer {
        must_say(finish(&mut program, &with(&back, "iss", Some("https://evil.example"))).await, expected);
        must_say(finish(&mut program, &with(&back, "iss", None)).await, "iss missing");
    }
    finish(&mut program, &back).await.unwrap();
    program.must("userinfo").await;

    // The same answer again: no tokens, and those of the first time are gone.
    must_say(finish(&mut program, &back).await, "invalid_grant");
    must_say(program.ask("userinfo", json!({})).await, words.status);

    // Another nonce: the token is one for another question.
    let address = with(&start(&mut program).await, "nonce", Some("khac"));
    must_say(finish(&mut program, &go(&person, &address).await).await, words.nonce);

    // Another challenge: the code is of no use to who holds the verifier.
    let challenge = oidc::CodeVerifier::from_random([1; 32]).challenge().encode();
    let address = with(&start(&mut program).await, "code_challenge", Some(&challenge));
    must_say(finish(&mut program, &go(&person, &address).await).await, "invalid_grant");

    // Without PKCE, or with its plain form, there is no code at all.
    let address = start(&mut program).await;
    for weaker in [with(&address, "code_challenge", None), with(&address, "code_challenge_method", Some("plain"))] {
        must_say(finish(&mut program, &go(&person, &weaker).await).await, "invalid_request");
    }

    // The person says no.
    let address = start(&mut program).await;
    let page = person.get(&format!("{address}&prompt=consent")).await.must_be(200);
    let said_no = person.submit(&page, page.form("/oidc/tiep").press("answer", "refuse")).await;
    must_say(finish(&mut program, &leads_on(&said_no).unwrap()).await, "access_denied");

    // Who has not the client's secret gets nothing for a code that is good.
    let (mut thief, _) = client(&app, foreign, "sai").await;
    let back = go(&person, &start(&mut thief).await).await;
    must_say(finish(&mut thief, &back).await, "invalid_client");

    // A secret that our client's owner never encoded is still the secret.
    let odd = oidc::Secret::of("a+b/c=%41");
    let odd_client = registered("ung-dung", Some(&odd));
    cli::sign_on::register_clients(app.portal(), &[odd_client]).await.unwrap();
    let (mut program, _) = client(&app, foreign, odd.as_str()).await;
    let back = go(&person, &start(&mut program).await).await;
    finish(&mut program, &back).await.unwrap();
}

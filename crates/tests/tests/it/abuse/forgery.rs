//! Forms that another site sends through a visitor's browser, and forms that were made for another session: not one is done.

use std::collections::BTreeSet;
use std::path::Path;

use tests::app::{Engine, TestApp};
use tests::http::{Client, request};
use tests::page::Page;
use tests::portals::national_account;
use web::portal::Role;

use super::{NUMBER, OTHER_PHONE, PHONE, STRANGER, code_to, half_way, post};

/// What speaks with programs, which show keys of their own instead of a cookie.
const FOR_PROGRAMS: [&str; 6] = [
    "/bao-phat/sms/{gateway}/{message}/{token}",
    "/oidc/authorize",
    "/oidc/logout",
    "/oidc/token",
    "/oidc/userinfo",
    "/dang-nhap/da-ra/{provider}",
];

/// Every address of the accounts' door that takes a form, as its source says.
fn forms() -> BTreeSet<String> {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().join("account/src");
    let mut found = BTreeSet::new();
    collect(&source, &mut found);
    assert!(found.len() >= 22, "only {} forms were found: {found:?}", found.len());
    for purpose in [
        "/dang-ky/ma-otp",
        "/dang-nhap/ma-otp",
        "/quen-mat-khau/ma-otp",
        "/tai-khoan/so-dien-thoai/ma-otp",
        "/tai-khoan/email/ma-otp",
    ] {
        found.extend([format!("{purpose}/{{id}}"), format!("{purpose}/{{id}}/gui-lai")]);
    }
    found.retain(|path| !FOR_PROGRAMS.contains(&path.as_str()));
    found
}

fn collect(folder: &Path, found: &mut BTreeSet<String>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(&path, found);
            continue;
        }
        let source = std::fs::read_to_string(&path).unwrap();
        for route in source.split(".route(").skip(1) {
            let Some((address, rest)) = route.trim_start().strip_prefix('"').and_then(|route| route.split_once('"'))
            else {
                continue;
            };
            if rest.contains("post(") {
                found.insert(address.to_owned());
            }
        }
    }
}

fn filled(pattern: &str) -> String {
    pattern
        .replace("{kind}", "cong-dan")
        .replace("{provider}", "quoc-gia")
        .replace("{session}", &"0".repeat(64))
        .replace("{id}", &"0".repeat(32))
        .replace("{key}", &"0".repeat(32))
        .replace("{token}", &"0".repeat(64))
}

/// Sends everything that some form of the door has, with these headers.
async fn send(client: &Client, address: &str, csrf: Option<&str>, headers: &[(&'static str, &str)]) -> Page {
    let mut fields = vec![
        ("number", NUMBER),
        ("password", tests::app::PASSWORD),
        ("present", tests::app::PASSWORD),
        ("kind", "citizen"),
        ("code", "000000"),
        ("email", "ke-trom@vi-du.example"),
        ("phone", "0987654321"),
    ];
    fields.extend(csrf.map(|csrf| ("csrf", csrf)));
    let body = serde_urlencoded::to_string(fields).unwrap();
    let mut request = request("POST", address, body.into_bytes());
    request.headers_mut().insert("content-type", "application/x-www-form-urlencoded".parse().unwrap());
    for (name, value) in headers {
        request.headers_mut().insert(*name, value.parse().unwrap());
    }
    client.send(request).await
}

async fn token(client: &Client) -> String {
    let page = client.get("/tai-khoan").await.must_be(200);
    page.form("/dang-xuat").value("csrf").expect("the form's token").to_owned()
}

async fn signed_in(app: &TestApp, role: Role, number: &str, phone: &str) -> Client {
    if role == Role::Province {
        return app.citizen(number).await;
    }
    national_account(app, number, phone).await;
    let client = app.visitor();
    let half = half_way(&client, number, tests::app::PASSWORD).await.must_be(303);
    let code = code_to(app, phone).await;
    post(&client, half.location(), &[("code", &code)]).await.must_be(303);
    client
}

#[tokio::test(flavor = "multi_thread")]
async fn no_form_of_accounts_is_done_for_another_site_or_another_session() {
    let mut refused = BTreeSet::new();
    for (role, engine) in [
        (Role::Province, Engine::Sqlite),
        (Role::Province, Engine::Postgres),
        (Role::National, Engine::Sqlite),
        (Role::National, Engine::Postgres),
    ] {
        let app = TestApp::start_as(role, engine).await;
        let victim = signed_in(&app, role, NUMBER, PHONE).await;
        let attacker = signed_in(&app, role, STRANGER, OTHER_PHONE).await;
        let (own, foreign) = (token(&victim).await, token(&attacker).await);
        let before = victim.get("/tai-khoan").await.text();
        for pattern in forms() {
            let address = filled(&pattern);
            // Through another site, with the right token even: a page that leaked it is of no use.
            for headers in [
                &[("sec-fetch-site", "cross-site"), ("origin", "https://evil.example")][..],
                &[("sec-fetch-site", "same-site"), ("origin", "http://gia.motcua.test")],
                &[("sec-fetch-site", "cross-site"), ("sec-fetch-mode", "navigate"), ("sec-fetch-user", "?1")],
                &[("sec-fetch-site", "SAME-ORIGIN")],
                &[("sec-fetch-site", "")],
                &[("origin", "https://evil.example")],
                &[("origin", "http://motcua.test.evil.example")],
                &[("origin", "http://motcua.test:81")],
                &[("origin", "null")],
                &[("origin", "")],
            ] {
                send(&victim, &address, Some(&own), headers).await.must_be(403);
            }
            // From a page of ours, or a program that names none, with no token, another's, and parts of the right one.
            let here = [("sec-fetch-site", "same-origin"), ("origin", "http://motcua.test")];
            for headers in [&here[..], &[]] {
                for csrf in
                    [None, Some(""), Some(foreign.as_str()), Some(&own[1..]), Some(&own.to_uppercase()), Some("0")]
                {
                    // An upper-case token is the same one only when it has no letters.
                    if csrf == Some(own.as_str()) {
                        continue;
                    }
                    let answer = send(&victim, &address, csrf, headers).await;
                    match answer.status() {
                        403 => {
                            refused.insert(pattern.clone());
                        }
                        // The other portal's address.
                        404 | 405 => {}
                        other => panic!("{address} with {csrf:?}: {other}"),
                    }
                }
            }
        }
        assert_eq!(victim.get("/tai-khoan").await.must_be(200).text(), before, "nothing has changed");
        app.run_jobs().await;
        assert!(app.letters("ke-trom@vi-du.example").is_empty() && app.texts("+84987654321").is_empty());
    }
    assert_eq!(refused, forms(), "each of them is served somewhere");
}

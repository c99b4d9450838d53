//! Forms that have a password field: no answer holds what was typed there, and no field, however large or often, breaks one.

use std::collections::BTreeSet;
use std::path::Path;

use tests::app::{Engine, PASSWORD, TestApp, email_of, register};
use tests::captcha::solve;
use tests::html::{Piece, pieces};
use tests::http::Client;
use tests::page::Page;
use tests::portals::national_account;
use web::portal::Role;

use super::{NOBODY, NUMBER, PHONE, STRANGER, code_to, half_way, path_of, post};
use crate::officer_accounts::enrolled;
use crate::steps::COMMUNE;

/// What is typed into every password field: it would be seen in any encoding.
const SECRET: &str = "Bí-mật-<7>&\"xQ!";

/// The pages that have a password field, opened as far as it takes, with who opened them.
async fn provincial(app: &TestApp) -> Vec<(&'static str, Client, Page)> {
    let holder = app.citizen("230123456").await;
    let mut all = Vec::new();
    for (template, address) in [
        ("own/password", "/tai-khoan/mat-khau"),
        ("own/contact", "/tai-khoan/email"),
        ("own/contact", "/tai-khoan/so-dien-thoai"),
        ("own/new_number", "/tai-khoan/can-cuoc"),
        ("own/close", "/tai-khoan/dong"),
        ("second_factors/password", "/tai-khoan/bao-mat/ung-dung"),
    ] {
        let page = holder.get(address).await.must_be(200);
        let client = app.visitor();
        client.set_cookie("motcua-province", &holder.cookie("motcua-province").unwrap());
        all.push((template, client, page));
    }
    let client = app.visitor();
    let page = client.get("/dang-nhap").await.must_be(200);
    all.push(("sign_in", client, page));
    let client = app.visitor();
    let page = client.get("/can-bo/dang-nhap").await.must_be(200);
    all.push(("office/sign_in", client, page));
    let officer = app.officer(COMMUNE).await;
    let page = officer.get("/can-bo/tai-khoan/mat-khau").await.must_be(200);
    all.push(("office/own/password", officer, page));
    let link = enrolled(app).await;
    let client = app.visitor();
    let page = client.get(&link).await.must_be(200);
    all.push(("office/enrolment/password", client, page));
    let client = app.visitor();
    let page = post(&client, "/dang-ky/cong-dan", &[("number", NOBODY)]).await.must_be(200);
    all.push(("details", client, page));
    let client = app.visitor();
    let email = email_of(STRANGER);
    let fields = [
        ("number", STRANGER),
        ("password", PASSWORD),
        ("password_again", PASSWORD),
        ("full_name", "Rơ Châm H'Lan"),
        ("birth_date.year", "1990"),
        ("phone", "0912345678"),
        ("email", email.as_str()),
    ];
    let waiting = post(&client, "/dang-ky/cong-dan/thong-tin", &fields).await.must_be(303);
    let page = client.get(&format!("{}/email", path_of(waiting.location()))).await.must_be(200);
    all.push(("correct_email", client, page));
    register(app, &app.visitor(), NUMBER).await;
    let client = app.visitor();
    let asked = post(&client, "/quen-mat-khau", &[("number", NUMBER)]).await.must_be(303);
    let code = code_to(app, &email_of(NUMBER)).await;
    let next = post(&client, asked.location(), &[("code", &code)]).await.must_be(303);
    let page = client.follow(&next).await.must_be(200);
    all.push(("recovery/password", client, page));
    all
}

async fn national(app: &TestApp) -> Vec<(&'static str, Client, Page)> {
    let mut all = Vec::new();
    let client = app.visitor();
    let page = client.get("/dang-nhap/cong-dvcqg").await.must_be(200);
    all.push(("national/sign_in", client, page));
    let client = app.visitor();
    let page = client.get("/dang-ky/cong-dan").await.must_be(200);
    let form = page.form(page.path()).fill("number", NUMBER).fill("full_name", "Rơ Châm H'Lan");
    let form = form.fill("birth_date.year", "1990").fill("phone", PHONE);
    let begun = client.submit(&page, solve(&page, form)).await.must_be(303);
    let code = code_to(app, PHONE).await;
    let next = post(&client, begun.location(), &[("code", &code)]).await.must_be(303);
    let page = client.follow(&next).await.must_be(200);
    all.push(("national/new_password", client, page));
    all
}

/// The templates with a password field, as their source says.
fn templates() -> BTreeSet<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().nth(2).unwrap().join("templates");
    let mut found = BTreeSet::new();
    for area in ["account", "office"] {
        collect(&folder.join(area), &folder, &mut found);
    }
    found
}

fn collect(folder: &Path, root: &Path, found: &mut BTreeSet<String>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(&path, root, found);
        } else if std::fs::read_to_string(&path).unwrap().contains("fields::password(") {
            let name = path.strip_prefix(root).unwrap().with_extension("");
            let name = name.to_string_lossy().replace('\\', "/");
            found.insert(name.strip_prefix("account/").unwrap_or(&name).to_owned());
        }
    }
}

fn password_fields(page: &Page) -> Vec<String> {
    let inputs = pieces(&page.source()).into_iter().filter_map(|piece| match piece {
        Piece::Open(tag) if tag.attribute("type") == Some("password") => tag.attribute("name").map(str::to_owned),
        _ => None,
    });
    inputs.collect()
}

#[track_caller]
fn assert_keeps_it(page: &Page, about: &str) {
    assert!(page.status() < 500, "{about}: {}", page.status());
    let source = page.source();
    let location = page.header("location").unwrap_or_default().to_owned();
    let cookies: String = page.headers().get_all("set-cookie").iter().filter_map(|value| value.to_str().ok()).collect();
    for part in ["mật-<7>", "mật-&#60;7", "mật-&lt;7", "xQ!", "xQ%21", "%E1%BA%ADt-%3C7", "b%C3%AD-m", "Bí-mật"]
    {
        assert!(!source.contains(part) && !location.contains(part) && !cookies.contains(part), "{about}: {part}");
    }
    for field in pieces(&source) {
        if let Piece::Open(tag) = field
            && tag.attribute("type") == Some("password")
        {
            assert_eq!(tag.attribute("value").unwrap_or_default(), "", "{about}");
        }
    }
}

/// Sends the page's form with the secret in its password fields and everything else as this says.
async fn mistake(client: &Client, page: &Page, others: &[(&str, &str)], secrets: &[&str]) -> Page {
    let hidden = page.form(page_action(page));
    let mut fields: Vec<(String, String)> = Vec::new();
    for name in hidden.names() {
        let value = others.iter().find(|(known, _)| *known == name).map(|(_, value)| (*value).to_owned());
        let stands = hidden.value(name).unwrap_or_default().to_owned();
        fields.push((name.to_owned(), value.unwrap_or(stands)));
    }
    let passwords = password_fields(page);
    fields.retain(|(name, _)| !passwords.contains(name));
    for (at, name) in passwords.iter().enumerate() {
        fields.push((name.clone(), secrets[at % secrets.len()].to_owned()));
    }
    let fields: Vec<_> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    post(client, page_action(page), &fields).await
}

/// Where the form with the password goes.
fn page_action(page: &Page) -> &str {
    if page.source().contains("action=\"/dang-ky/cong-dan/thong-tin\"") {
        "/dang-ky/cong-dan/thong-tin"
    } else {
        path_of(page.path())
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn no_answer_holds_a_password_that_was_typed() {
    let mut walked = BTreeSet::from(["providers/link".to_owned()]);
    for (role, engine) in [(Role::Province, Engine::Sqlite), (Role::National, Engine::Postgres)] {
        let app = TestApp::start_as(role, engine).await;
        national_account_for(&app, role).await;
        let pages = if role == Role::Province { provincial(&app).await } else { national(&app).await };
        for (template, client, page) in pages {
            walked.insert(template.to_owned());
            assert!(!password_fields(&page).is_empty(), "{template} has a password field");
            for others in [
                &[][..],
                &[("number", "abc"), ("email", "x"), ("phone", "1"), ("full_name", ""), ("login", "")],
                &[("number", SECRET), ("email", "moi@vi-du.example"), ("phone", "0987654321")],
            ] {
                let others: Vec<_> = others.iter().filter(|(_, value)| *value != SECRET).copied().collect();
                for secrets in [&[SECRET][..], &[SECRET, "x"], &["x", SECRET], &["", SECRET], &[SECRET, SECRET, ""]] {
                    let again = mistake(&client, &page, &others, secrets).await;
                    assert_keeps_it(&again, &format!("{template} {others:?} {secrets:?}"));
                    if again.status() == 303 && template != "sign_in" {
                        // What was right after all has opened the next page; it holds nothing either.
                        assert_keeps_it(&client.follow(&again).await, template);
                    }
                }
            }
            // A form too old to be taken, and one in the other language.
            let fields = [("csrf", "0"), ("password", SECRET), ("present", SECRET), ("password_again", SECRET)];
            assert_keeps_it(&post(&client, page_action(&page), &fields).await, template);
            assert_keeps_it(&post(&client, &format!("{}?lang=en", page_action(&page)), &fields).await, template);
        }
    }
    assert_eq!(walked, templates(), "every template with a password field is walked; `providers/link` with sign-on");
}

async fn national_account_for(app: &TestApp, role: Role) {
    if role == Role::National {
        national_account(app, STRANGER, "0961234500").await;
        half_way(&app.visitor(), STRANGER, "x").await.must_be(422);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn fields_that_are_too_large_or_come_twice_break_no_form() {
    let large = "ă".repeat(60_000);
    let digits = "1".repeat(200_000);
    for (role, engine) in [(Role::Province, Engine::Postgres), (Role::National, Engine::Sqlite)] {
        let app = TestApp::start_as(role, engine).await;
        let pages = if role == Role::Province { provincial(&app).await } else { national(&app).await };
        for (template, client, page) in pages {
            let action = page_action(&page);
            let form = page.form(action);
            let csrf = form.value("csrf").unwrap_or_default().to_owned();
            for name in form.names() {
                for value in [&large, &digits] {
                    let answer = post(&client, action, &[("csrf", &csrf), (name, value)]).await;
                    assert!(
                        [200, 303, 403, 404, 413, 422].contains(&answer.status()),
                        "{template} {name}: {}",
                        answer.status()
                    );
                }
                // The first of a name counts, as for every reader of the form; a thousand of them are no form.
                let twice = [("csrf", csrf.as_str()), (name, "1"), (name, large.as_str()), ("csrf", "0")];
                let answer = post(&client, action, &twice).await;
                assert!(answer.status() < 500, "{template} {name}: {}", answer.status());
                let many: Vec<_> = std::iter::repeat_n((name, "1"), 1_000).collect();
                post(&client, action, &many).await.must_be(400);
            }
            let long_name = "a".repeat(100_000);
            let answer = post(&client, action, &[("csrf", &csrf), (&long_name, "1")]).await;
            assert!(answer.status() < 500, "{template}: {}", answer.status());
        }
        // Signing in takes the first of two numbers and the first of two passwords.
        if role == Role::Province {
            let client = app.visitor();
            let twice = [("number", NUMBER), ("number", STRANGER), ("password", PASSWORD), ("password", "sai")];
            post(&client, "/dang-nhap", &twice).await.must_be(303);
            client.get("/tai-khoan").await.must_be(200).must_say(NUMBER);
            let twice = [("number", NUMBER), ("password", "sai"), ("password", PASSWORD)];
            post(&app.visitor(), "/dang-nhap", &twice).await.must_be(422);
        }
    }
}

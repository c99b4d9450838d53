//! Steps of a recovery at the desk.

use domain::codes::AgencyCode;
use domain::ids::OfficerId;
use domain::policy::{OfficerGrant, ProcedureScope, Role};
use domain::time::Day;
use storage::officers::{self, Officer};
use tests::app::TestApp;
use tests::forms::Form;
use tests::http::Client;
use tests::page::Page;
use usecases::demo::DEMO_PASSWORD;

use super::super::steps::try_sign_in;
use crate::steps::COMMUNE;

pub(super) const LIST: &str = "/can-bo/khoi-phuc";
pub(super) const NEW_PHONE: &str = "+84961234567";
pub(super) const NEW_EMAIL: &str = "hop-thu-moi@vi-du.example";
const NEW_PASSWORD: &str = "Rẫy-tiêu-mới-7?";

/// Another reception officer of an agency, signed in.
pub(super) async fn colleague(app: &TestApp, login: &str, agency: &str) -> Client {
    let (login_name, agency) = (login.to_owned(), AgencyCode::parse(agency).unwrap());
    let id = login.bytes().fold([7_u8; 16], |mut id, byte| {
        id.rotate_left(1);
        id[0] ^= byte;
        id
    });
    let id = OfficerId::from_bytes(id);
    app.db()
        .write(move |tx| {
            Box::pin(async move {
                let seeded = officers::find_by_login(tx, &COMMUNE.to_lowercase()).await?.expect("the first officer");
                let name = "Ksor Thứ Hai".to_owned();
                officers::insert(tx, &Officer { id, login_name, name, ..seeded }).await?;
                let grant = OfficerGrant {
                    role: Role::Reception,
                    agency,
                    procedures: ProcedureScope::All,
                    valid_from: Day::new(2024, 1, 1).unwrap(),
                    valid_to: None,
                };
                officers::insert_grant(tx, id, &grant).await
            })
        })
        .await
        .unwrap();
    back_at_work(app, login).await
}

/// An officer, signed in once more: nobody's session lasts as long as a recovery.
pub(super) async fn back_at_work(app: &TestApp, login: &str) -> Client {
    let client = app.visitor();
    let page = client.get("/can-bo/dang-nhap").await.must_be(200);
    let form = page.form("/can-bo/dang-nhap").fill("login", login).fill("password", DEMO_PASSWORD);
    client.submit(&page, form).await.must_be(303);
    client
}

/// The grants of an officer end with yesterday.
pub(super) async fn end_grants(app: &TestApp, login: &str) {
    let (login, yesterday) = (login.to_owned(), app.now().day().previous());
    app.db()
        .write(move |tx| {
            Box::pin(async move {
                let officer = officers::find_by_login(tx, &login).await?.expect("the officer is there");
                officers::end_grants(tx, officer.id, yesterday).await
            })
        })
        .await
        .unwrap();
}

pub(super) async fn search(officer: &Client, number: &str) -> Page {
    let page = officer.get(LIST).await.must_be(200);
    officer.submit(&page, page.form(LIST).fill("number", number)).await
}

/// The page of the account with this number.
pub(super) async fn found(officer: &Client, number: &str) -> Page {
    let found = search(officer, number).await.must_be(303);
    officer.follow(&found).await.must_be(200)
}

/// What a person who has lost everything says, with a new telephone.
pub(super) fn filled(page: &Page) -> Form {
    let form = page.form(page.path()).fill("paper", "identity_card").fill("tail", "0123");
    let form = form.fill("issued.day", "5").fill("issued.month", "6").fill("issued.year", "2021");
    form.fill("phone", "0961 234 567").fill("reason", "Mất máy, quên mật khẩu hộp thư").fill("lost", "1")
}

pub(super) async fn type_code(officer: &Client, page: &Page, field: &str, code: &str) -> Page {
    officer.submit(page, page.form(&format!("{}/ma", page.path())).fill(field, code)).await
}

pub(super) async fn confirm(officer: &Client, page: &Page, tail: &str) -> Page {
    officer.submit(page, page.form(&format!("{}/xac-nhan", page.path())).fill("tail", tail)).await
}

pub(super) async fn stop(officer: &Client, page: &Page) -> Page {
    officer.submit(page, page.form(&format!("{}/dung", page.path()))).await
}

/// A recovery with a proved telephone, as its first officer sees it.
pub(super) async fn opened(app: &TestApp, first: &Client, number: &str) -> Page {
    let page = found(first, number).await;
    let begun = first.submit(&page, filled(&page).fill("tail", &number[8..])).await.must_be(303);
    let page = first.follow(&begun).await.must_be(200);
    let code = digits(&texts_to(app, NEW_PHONE).await[0], 6);
    let proved = type_code(first, &page, "phone_code", &code).await.must_be(303);
    first.follow(&proved).await.must_be(200)
}

/// The same, confirmed by the second officer, as that one sees it; everybody has been told.
pub(super) async fn waiting(app: &TestApp, first: &Client, second: &Client, number: &str) -> Page {
    let page = page_of(second, &opened(app, first, number).await).await;
    let confirmed = confirm(second, &page, &number[8..]).await.must_be(303);
    app.run_jobs().await;
    second.follow(&confirmed).await.must_be(200)
}

/// The page that somebody else has open, as this officer sees it.
pub(super) async fn page_of(officer: &Client, page: &Page) -> Page {
    officer.get(page.path()).await.must_be(200)
}

/// The first recovery of the list.
pub(super) async fn open_in_list(officer: &Client) -> Page {
    let list = officer.get(LIST).await.must_be(200);
    officer.get(&list.link("Rơ Châm H'Lan")).await.must_be(200)
}

/// The text messages to this telephone, the newest first.
pub(super) async fn texts_to(app: &TestApp, phone: &str) -> Vec<String> {
    app.run_jobs().await;
    app.texts(phone).iter().map(|text| text.text.clone()).collect()
}

/// The run of so many digits in a text.
pub(super) fn digits(text: &str, count: usize) -> String {
    let found = text.split(|c: char| !c.is_ascii_digit()).find(|run| run.len() == count);
    found.unwrap_or_else(|| panic!("{text} has {count} digits")).to_owned()
}

/// Sets another password by a code to this telephone, and answers what signing in with it leads to.
pub(super) async fn recovered_password(app: &TestApp, client: &Client, number: &str, phone: &str) -> Page {
    let page = client.get("/quen-mat-khau").await.must_be(200);
    let sent = client.submit(&page, page.form(page.path()).fill("number", number)).await.must_be(303);
    let page = client.follow(&sent).await.must_be(200);
    let code = digits(&texts_to(app, phone).await[0], 6);
    let typed = client.submit(&page, page.form(page.path()).fill("code", &code)).await.must_be(303);
    let page = client.follow(&typed).await.must_be(200);
    let form = page.form(page.path()).fill("password", NEW_PASSWORD).fill("password_again", NEW_PASSWORD);
    client.submit(&page, form).await.must_be(303);
    try_sign_in(client, number, NEW_PASSWORD).await.must_be(303)
}

/// The holder, signed in with a password set by the new telephone.
pub(super) async fn set_password(app: &TestApp, number: &str, phone: &str) -> Client {
    let client = app.visitor();
    recovered_password(app, &client, number, phone).await;
    client
}

/// Sends a form that no page has offered to this officer, with the token of a page that one did.
pub(super) async fn forge(officer: &Client, page: &Page, address: &str, fields: &str) -> Page {
    let csrf = page.form("/dang-xuat").value("csrf").expect("the form's token").to_owned();
    let mut request = tests::http::request("POST", address, format!("csrf={csrf}&{fields}").into_bytes());
    request.headers_mut().insert("content-type", "application/x-www-form-urlencoded".parse().unwrap());
    officer.send(request).await
}

/// What the audit knows about the account of this number, the latest first.
pub(super) async fn audit_of(app: &TestApp, number: &str) -> Vec<String> {
    let login = domain::codes::LoginName::parse(number).unwrap();
    app.db()
        .read(move |tx| {
            Box::pin(async move {
                let found = storage::accounts::find_by_login(tx, &login).await?.expect("the account is there");
                let id = found.account.id.to_string();
                let lines = storage::audit::list_for_subject(tx, "account", &id, 100).await?;
                let said = lines.into_iter().map(|line| format!("{} {}", line.act, line.basis.unwrap_or_default()));
                Ok::<_, storage::StorageError>(said.collect())
            })
        })
        .await
        .unwrap()
}

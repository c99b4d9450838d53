//! Officers beyond the demonstration: entered by a command, activated through a link, and looking after their own account.

use std::time::Duration;

use domain::codes::{AgencyCode, OfficerLogin, PersonName};
use domain::policy::Role;
use tests::app::{PASSWORD, TestApp};
use tests::http::{Client, request};
use tests::page::Page;
use usecases::demo::DEMO_PASSWORD;
use usecases::{Ctx, EnrolError, NewOfficer, enrol_officer, renew_enrolment};

use crate::steps::{COMMUNE, on_both_databases};

const LOGIN: &str = "lan.rcham";
const OTHER_PASSWORD: &str = "Bến-nước-Ia-Kha-27";

on_both_databases! {
    an_officer_is_entered_activated_and_works;
    a_link_works_once_and_in_time;
    a_login_name_is_one_officers;
    the_password_is_changed_with_the_present_one;
    sessions_are_ended_one_by_one_and_all_at_once;
    what_nobody_offers_is_refused;
}

async fn an_officer_is_entered_activated_and_works(app: TestApp) {
    let link = enrolled(&app).await;
    let client = app.visitor();
    sign_in(&client, LOGIN, PASSWORD).await.must_be(422);
    let page = client.get(&link).await.must_be(200);
    page.must_say("Rơ Châm H'Lan");
    page.must_say(LOGIN);
    for (password, again, sentence) in [
        ("", "", "Nhập mật khẩu"),
        ("matkhau", "matkhau", "Mật khẩu chưa đúng quy tắc"),
        ("Lan.rcham-2026", "Lan.rcham-2026", "không được chứa họ tên"),
        (PASSWORD, OTHER_PASSWORD, "không giống nhau"),
    ] {
        let form = page.form(&link).fill("password", password).fill("password_again", again);
        let refused = client.submit(&page, form).await.must_be(422);
        refused.must_say(sentence);
        assert!(password.is_empty() || !refused.source().contains(password), "a password is never sent back");
    }
    activate(&client, &link, PASSWORD).await.must_be(303);
    client.get("/can-bo/da-kich-hoat").await.must_be(200).must_say("Tài khoản đã được kích hoạt");
    sign_in(&client, "Lan.RCham", PASSWORD).await.must_be(303);
    client.get("/can-bo").await.must_be(200);
    let own = client.get("/can-bo/tai-khoan").await.must_be(200);
    for words in ["Rơ Châm H'Lan", LOGIN, "Cán bộ tiếp nhận", COMMUNE, "mọi thủ tục; không thời hạn"]
    {
        own.must_say(words);
    }
    client.get("/can-bo/tai-khoan?lang=en").await.must_be(200).must_say("Reception officer");
    let lines = audit_of(&app, LOGIN).await;
    assert_eq!(lines, ["set_first_password", "enter_officer"]);
}

async fn a_link_works_once_and_in_time(app: TestApp) {
    let link = enrolled(&app).await;
    let (one, other) = (app.visitor(), app.visitor());
    let (page_one, page_other) = (one.get(&link).await.must_be(200), other.get(&link).await.must_be(200));
    let filled = |page: &Page, password| page.form(&link).fill("password", password).fill("password_again", password);
    let presses = tokio::join!(
        one.submit(&page_one, filled(&page_one, PASSWORD)),
        other.submit(&page_other, filled(&page_other, OTHER_PASSWORD))
    );
    let mut statuses = [presses.0.status(), presses.1.status()];
    statuses.sort_unstable();
    assert_eq!(statuses, [303, 404], "of two presses at once one is the first");
    one.get(&link).await.must_be(404).must_say("Liên kết không còn hiệu lực");
    // Another link makes the one before void.
    let first = renewed(&app).await;
    let second = renewed(&app).await;
    one.get(&first).await.must_be(404);
    one.get(&second).await.must_be(200);
    app.advance(Duration::from_secs(72 * 60 * 60));
    one.get(&second).await.must_be(404);
    let last = renewed(&app).await;
    activate(&one, &last, OTHER_PASSWORD).await.must_be(303);
    sign_in(&one, LOGIN, OTHER_PASSWORD).await.must_be(303);
}

async fn a_login_name_is_one_officers(app: TestApp) {
    enrolled(&app).await;
    let again = enrol_officer(app.portal().app(), &ctx(&app), new_officer(LOGIN)).await;
    assert!(matches!(again, Err(EnrolError::LoginTaken)), "{again:?}");
    let demo = enrol_officer(app.portal().app(), &ctx(&app), new_officer(&COMMUNE.to_lowercase())).await;
    assert!(matches!(demo, Err(EnrolError::LoginTaken)), "{demo:?}");
}

async fn the_password_is_changed_with_the_present_one(app: TestApp) {
    let client = active(&app).await;
    let elsewhere = app.visitor();
    sign_in(&elsewhere, LOGIN, PASSWORD).await.must_be(303);
    let page = client.get("/can-bo/tai-khoan/mat-khau").await.must_be(200);
    let form = |present: &str, wanted: &str| {
        let form = page.form("/can-bo/tai-khoan/mat-khau").fill("present", present);
        form.fill("password", wanted).fill("password_again", wanted)
    };
    client.submit(&page, form("", OTHER_PASSWORD)).await.must_be(422).must_say("Nhập mật khẩu");
    client.submit(&page, form(OTHER_PASSWORD, OTHER_PASSWORD)).await.must_be(422).must_say("Mật khẩu không đúng");
    client.submit(&page, form(PASSWORD, "abc")).await.must_be(422).must_say("Mật khẩu chưa đúng quy tắc");
    let changed = client.submit(&page, form(PASSWORD, OTHER_PASSWORD)).await.must_be(303);
    client.follow(&changed).await.must_be(200).must_say("Thay đổi đã được lưu");
    assert_eq!(elsewhere.get("/can-bo").await.status(), 303, "every other session has ended");
    sign_in(&elsewhere, LOGIN, PASSWORD).await.must_be(422);
    sign_in(&elsewhere, LOGIN, OTHER_PASSWORD).await.must_be(303);
    // Guessing the present password from a browser left open is slow.
    for _ in 0..10 {
        client.submit(&page, form("Sai-mật-khẩu-1", PASSWORD)).await;
    }
    client.submit(&page, form("Sai-mật-khẩu-1", PASSWORD)).await.must_be(429);
}

async fn sessions_are_ended_one_by_one_and_all_at_once(app: TestApp) {
    let client = active(&app).await;
    let others = [app.visitor(), app.visitor(), app.visitor()];
    for (minute, other) in others.iter().enumerate() {
        app.advance(Duration::from_secs(60 * (minute as u64 + 1)));
        sign_in(other, LOGIN, PASSWORD).await.must_be(303);
    }
    let page = client.get("/can-bo/tai-khoan").await.must_be(200);
    let source = page.source();
    let ids: Vec<&str> = source
        .split("action=\"/can-bo/tai-khoan/phien/")
        .skip(1)
        .filter_map(|rest| rest.split('/').next())
        .filter(|id| *id != "khac")
        .collect();
    assert_eq!(ids.len(), 3, "one's own session is ended by signing out");
    let action = format!("/can-bo/tai-khoan/phien/{}/ket-thuc", ids[0]);
    // Another officer's button ends nothing here.
    let stranger = app.officer(COMMUNE).await;
    let theirs = stranger.get("/can-bo/tai-khoan/mat-khau").await.must_be(200);
    let csrf = theirs.form("/can-bo/tai-khoan/mat-khau").value("csrf").unwrap().to_owned();
    post(&stranger, &action, &format!("csrf={csrf}")).await.must_be(303);
    assert_eq!(signed_in(&others).await, 3);
    client.submit(&page, page.form(&action)).await.must_be(303);
    client.submit(&page, page.form(&action)).await.must_be(303);
    assert_eq!(signed_in(&others).await, 2);
    client.submit(&page, page.form("/can-bo/tai-khoan/phien/khac/ket-thuc")).await.must_be(303);
    assert_eq!(signed_in(&others).await, 0);
    client.get("/can-bo/tai-khoan").await.must_be(200);
    stranger.get("/can-bo").await.must_be(200);
}

async fn what_nobody_offers_is_refused(app: TestApp) {
    let client = active(&app).await;
    for token in ["x", "%00", &"0".repeat(64), &"0".repeat(10_000), "../../can-bo"] {
        let status = client.get(&format!("/can-bo/kich-hoat/{token}")).await.status();
        assert!((400..500).contains(&status), "{token}: {status}");
    }
    // A form that was not made for this session.
    post(&client, "/can-bo/tai-khoan/mat-khau", "present=a&password=b").await.must_be(403);
    post(&client, "/can-bo/tai-khoan/phien/khac/ket-thuc", "").await.must_be(403);
    let citizen = app.citizen("064190000123").await;
    assert_eq!(citizen.get("/can-bo/tai-khoan").await.status(), 303);
}

async fn signed_in(clients: &[Client]) -> usize {
    let mut count = 0;
    for client in clients {
        count += usize::from(client.get("/can-bo").await.status() == 200);
    }
    count
}

fn new_officer(login: &str) -> NewOfficer {
    NewOfficer {
        login: OfficerLogin::parse(login).unwrap(),
        name: PersonName::parse("Rơ Châm H'Lan").unwrap(),
        agency: AgencyCode::parse(COMMUNE).unwrap(),
        role: Role::Reception,
    }
}

fn ctx(app: &TestApp) -> Ctx {
    Ctx::of_system(app.now(), (app.portal().source().seed)())
}

/// The link of an officer who was just entered, as a path.
pub(crate) async fn enrolled(app: &TestApp) -> String {
    let link = enrol_officer(app.portal().app(), &ctx(app), new_officer(LOGIN)).await.unwrap();
    link.address.strip_prefix(app.public_url()).unwrap().to_owned()
}

async fn renewed(app: &TestApp) -> String {
    let login = OfficerLogin::parse(LOGIN).unwrap();
    let link = renew_enrolment(app.portal().app(), &ctx(app), &login).await.unwrap();
    link.address.strip_prefix(app.public_url()).unwrap().to_owned()
}

async fn activate(client: &Client, link: &str, password: &str) -> Page {
    client.post_form(link, link, &[("password", password), ("password_again", password)]).await
}

async fn sign_in(client: &Client, login: &str, password: &str) -> Page {
    client.post_form("/can-bo/dang-nhap", "/can-bo/dang-nhap", &[("login", login), ("password", password)]).await
}

/// An officer who has set a password and is signed in.
async fn active(app: &TestApp) -> Client {
    let link = enrolled(app).await;
    let client = app.visitor();
    activate(&client, &link, PASSWORD).await.must_be(303);
    assert_ne!(PASSWORD, DEMO_PASSWORD);
    sign_in(&client, LOGIN, PASSWORD).await.must_be(303);
    client
}

/// What the audit knows about an officer, the latest first.
async fn audit_of(app: &TestApp, login: &str) -> Vec<String> {
    let login = login.to_owned();
    app.db()
        .read(move |tx| {
            Box::pin(async move {
                let officer = storage::officers::find_by_login(tx, &login).await?.expect("the officer is there");
                let lines = storage::audit::list_for_subject(tx, "officer", &officer.id.to_string(), 10).await?;
                Ok::<_, storage::StorageError>(lines.into_iter().map(|line| line.act).collect())
            })
        })
        .await
        .unwrap()
}

/// Sends a form that no page has offered.
async fn post(client: &Client, address: &str, body: &str) -> Page {
    let mut request = request("POST", address, body.as_bytes().to_vec());
    request.headers_mut().insert("content-type", "application/x-www-form-urlencoded".parse().unwrap());
    client.send(request).await
}

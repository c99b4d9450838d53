//! `/tai-khoan/bao-mat`, `/can-bo/bao-mat` and the second step of signing in: authenticator apps and codes on paper.

use std::time::Duration;

use domain::time::Instant;
use tests::app::{Engine, PASSWORD, TestApp, email_of};
use tests::http::Client;
use tests::page::Page;
use tests::portals::{national_account, sign_in_national};
use totp_rs::{Builder, Secret};
use usecases::demo::DEMO_PASSWORD;
use web::portal::Role;

use super::steps::{NUMBER, try_sign_in};
use crate::steps::{COMMUNE, STRANGER, on_both_databases};

on_both_databases! {
    an_app_is_added_and_asked_from_then_on;
    a_code_is_good_once_and_five_wrong_ones_end_the_step;
    a_code_on_paper_stands_in_for_the_app;
    what_guards_an_account_changes_with_the_password_only;
    a_closed_account_keeps_no_keys;
    a_new_browser_is_told_of_and_a_known_one_is_not;
}

const HALF_A_MINUTE: Duration = Duration::from_secs(30);

/// What the app on somebody's telephone shows at this moment; it knows the secret that the page printed.
fn shown(secret: &str, at: Instant) -> String {
    let secret = Secret::try_from_base32(secret.replace(' ', "")).ok().expect("base 32");
    let app = Builder::new().with_secret(secret.as_bytes().to_vec()).build().unwrap();
    app.generate(u64::try_from(at.as_millis() / 1000).unwrap()).to_string()
}

/// A code that the app does not show, nor has just shown, nor will show next.
fn wrong(secret: &str, at: Instant) -> String {
    let near = [-30_000, 0, 30_000].map(|off| shown(secret, at.plus_millis(off)));
    (0..10).map(|digit| digit.to_string().repeat(6)).find(|code| !near.contains(code)).unwrap()
}

fn between<'a>(source: &'a str, before: &str, after: &str) -> &'a str {
    let (_, rest) = source.split_once(before).unwrap_or_else(|| panic!("{before} is on the page"));
    rest.split_once(after).unwrap().0
}

fn secret_on(page: &Page) -> String {
    between(&page.source(), "data-secret>", "<").to_owned()
}

fn codes_on(page: &Page) -> Vec<String> {
    let source = page.source();
    source
        .split("<li><code class=\"mc-code\">")
        .skip(1)
        .map(|rest| rest.split('<').next().unwrap().to_owned())
        .collect()
}

/// Adds an app on the pages that begin there; answers its secret and the codes on paper.
pub(super) async fn add_app(app: &TestApp, client: &Client, own: &str, password: &str) -> (String, Vec<String>) {
    let page = client.get(&format!("{own}/ung-dung")).await.must_be(200);
    let begun = client.submit(&page, page.form(page.path()).fill("present", password)).await.must_be(303);
    let page = client.follow(&begun).await.must_be(200);
    let secret = secret_on(&page);
    let refused = client.submit(&page, page.form(page.path()).fill("code", &wrong(&secret, app.now()))).await;
    refused.must_be(422).must_say("Mã không đúng");
    let typed = shown(&secret, app.now());
    let done = client.submit(&page, page.form(page.path()).fill("code", &typed)).await.must_be(200);
    assert_eq!(done.heading(), "Mã dự phòng");
    (secret, codes_on(&done))
}

/// Number and password, then the page that asks for the code.
async fn half_way(client: &Client) -> Page {
    let half = try_sign_in(client, NUMBER, PASSWORD).await.must_be(303);
    assert!(half.location().starts_with("/dang-nhap/ma-ung-dung/"), "{}", half.location());
    client.get("/tai-khoan").await.must_be(303);
    client.follow(&half).await.must_be(200)
}

async fn type_code(client: &Client, page: &Page, code: &str) -> Page {
    client.submit(page, page.form(page.path()).fill("code", code)).await
}

async fn an_app_is_added_and_asked_from_then_on(app: TestApp) {
    let client = app.citizen(NUMBER).await;
    let account = client.get("/tai-khoan").await;
    client.get(&account.link("Bảo mật đăng nhập")).await.must_be(200).must_say("Thêm ứng dụng xác thực");
    let page = client.get("/tai-khoan/bao-mat/ung-dung").await.must_be(200);
    client.submit(&page, page.form(page.path())).await.must_be(422).must_say("Nhập mật khẩu");
    client
        .submit(&page, page.form(page.path()).fill("present", "sai"))
        .await
        .must_be(422)
        .must_say("Mật khẩu không đúng");
    let (secret, codes) = add_app(&app, &client, "/tai-khoan/bao-mat", PASSWORD).await;
    assert_eq!(codes.len(), 10);
    client.get("/tai-khoan/bao-mat").await.must_say("Còn 10 mã dự phòng chưa dùng");
    app.run_jobs().await;
    assert!(app.letters(&email_of(NUMBER))[0].subject.contains("Ứng dụng xác thực vừa được thêm"));

    app.advance(HALF_A_MINUTE);
    let other = app.visitor();
    let page = half_way(&other).await;
    let home = type_code(&other, &page, &shown(&secret, app.now())).await.must_be(303);
    assert_eq!(home.location(), "/");
    other.get("/tai-khoan").await.must_be(200);
    // The step was answered: it opens nothing again.
    app.advance(HALF_A_MINUTE);
    type_code(&app.visitor(), &page, &shown(&secret, app.now())).await.must_be(404);

    let page = other.get("/tai-khoan/bao-mat/go-ung-dung").await.must_be(200);
    other.submit(&page, page.form(page.path()).fill("present", PASSWORD)).await.must_be(303);
    other.get("/tai-khoan/bao-mat").await.must_say("Thêm ứng dụng xác thực");
    assert_eq!(try_sign_in(&app.visitor(), NUMBER, PASSWORD).await.must_be(303).location(), "/");
}

async fn a_code_is_good_once_and_five_wrong_ones_end_the_step(app: TestApp) {
    let client = app.citizen(NUMBER).await;
    let (secret, _) = add_app(&app, &client, "/tai-khoan/bao-mat", PASSWORD).await;
    // The code that added the app is spent.
    let page = half_way(&app.visitor()).await;
    type_code(&app.visitor(), &page, &shown(&secret, app.now())).await.must_be(422).must_say("đã dùng rồi");
    app.advance(HALF_A_MINUTE);
    let code = shown(&secret, app.now());
    let (one, two) = (half_way(&app.visitor()).await, half_way(&app.visitor()).await);
    type_code(&app.visitor(), &one, &code).await.must_be(303);
    type_code(&app.visitor(), &two, &code).await.must_be(422);
    app.advance(HALF_A_MINUTE);
    let long = "9".repeat(10_000);
    for typed in ["", "12345", "\u{0}", "<script>alert(1)</script>", &long] {
        let refused = type_code(&app.visitor(), &half_way(&app.visitor()).await, typed).await.must_be(422);
        assert!(!refused.source().contains("<script>alert"));
    }
    let page = half_way(&app.visitor()).await;
    for _ in 0..5 {
        type_code(&app.visitor(), &page, &wrong(&secret, app.now())).await.must_be(422);
    }
    type_code(&app.visitor(), &page, &shown(&secret, app.now())).await.must_be(404).must_say("không còn hiệu lực");
    // A step is forgotten after ten minutes.
    let page = half_way(&app.visitor()).await;
    app.advance(Duration::from_secs(10 * 60));
    type_code(&app.visitor(), &page, &shown(&secret, app.now())).await.must_be(404);
}

async fn a_code_on_paper_stands_in_for_the_app(app: TestApp) {
    let client = app.citizen(NUMBER).await;
    let (_, codes) = add_app(&app, &client, "/tai-khoan/bao-mat", PASSWORD).await;
    let stranger = app.citizen(STRANGER).await;
    let (_, others) = add_app(&app, &stranger, "/tai-khoan/bao-mat", PASSWORD).await;
    let other = app.visitor();
    let page = half_way(&other).await;
    type_code(&other, &page, &others[0]).await.must_be(422);
    type_code(&other, &page, &codes[3].to_uppercase().replace('-', " ")).await.must_be(303);
    other.get("/tai-khoan/bao-mat").await.must_be(200).must_say("Còn 9 mã dự phòng chưa dùng");
    type_code(&app.visitor(), &half_way(&app.visitor()).await, &codes[3]).await.must_be(422);

    let page = other.get("/tai-khoan/bao-mat/ma-du-phong").await.must_be(200);
    let fresh = other.submit(&page, page.form(page.path()).fill("present", PASSWORD)).await.must_be(200);
    type_code(&app.visitor(), &half_way(&app.visitor()).await, &codes[4]).await.must_be(422);
    type_code(&app.visitor(), &half_way(&app.visitor()).await, &codes_on(&fresh)[4]).await.must_be(303);
}

async fn what_guards_an_account_changes_with_the_password_only(app: TestApp) {
    let client = app.citizen(NUMBER).await;
    let (secret, _) = add_app(&app, &client, "/tai-khoan/bao-mat", PASSWORD).await;
    for path in ["go-ung-dung", "ma-du-phong", "ung-dung", "khoa-truy-cap", "go-khoa/abc"] {
        let page = client.get(&format!("/tai-khoan/bao-mat/{path}")).await.must_be(200);
        client.submit(&page, page.form(page.path()).fill("present", "Không-phải-5!")).await.must_be(422);
    }
    // Somebody else's step is nobody's for whoever finds its address.
    let page = client.get("/tai-khoan/bao-mat/ung-dung").await.must_be(200);
    let begun = client.submit(&page, page.form(page.path()).fill("present", PASSWORD)).await.must_be(303);
    let stranger = app.citizen(STRANGER).await;
    stranger.get(begun.location()).await.must_be(404);
    app.advance(HALF_A_MINUTE);
    let own = client.follow(&begun).await.must_be(200);
    let csrf = stranger
        .get("/tai-khoan/bao-mat/ung-dung")
        .await
        .form("/tai-khoan/bao-mat/ung-dung")
        .value("csrf")
        .unwrap()
        .to_owned();
    let stolen = own.form(own.path()).fill("code", &shown(&secret_on(&own), app.now())).forge("csrf", &csrf);
    stranger.submit(&own, stolen).await.must_be(404);
    // A new password goes on under another token, and half-done sign-ins end.
    let waiting = half_way(&app.visitor()).await;
    let page = client.get("/tai-khoan/mat-khau").await;
    let new = "Rẫy-tiêu-mới-7?";
    let form = page.form(page.path()).fill("present", PASSWORD).fill("password", new).fill("password_again", new);
    let before = client.cookie("motcua-province");
    client.submit(&page, form).await.must_be(303);
    assert_ne!(client.cookie("motcua-province"), before);
    client.get("/tai-khoan").await.must_be(200);
    type_code(&app.visitor(), &waiting, &shown(&secret, app.now())).await.must_be(404);
}

async fn a_closed_account_keeps_no_keys(app: TestApp) {
    let client = app.citizen(NUMBER).await;
    add_app(&app, &client, "/tai-khoan/bao-mat", PASSWORD).await;
    let page = client.get("/tai-khoan/dong").await;
    client.submit(&page, page.form(page.path()).fill("present", PASSWORD)).await.must_be(303);
    // The number is free: its next holder is asked for nothing that the one before had.
    let again = app.citizen(NUMBER).await;
    again.get("/tai-khoan/bao-mat").await.must_be(200).must_say("Thêm ứng dụng xác thực");
}

async fn a_new_browser_is_told_of_and_a_known_one_is_not(app: TestApp) {
    let client = app.citizen(NUMBER).await;
    app.run_jobs().await;
    let told = |app: &TestApp| {
        app.letters(&email_of(NUMBER)).iter().filter(|letter| letter.subject.contains("thiết bị mới")).count()
    };
    assert_eq!(told(&app), 0, "the first browser is no news");
    let page = client.get("/dang-xuat").await;
    client.submit(&page, page.form("/dang-xuat")).await;
    try_sign_in(&client, NUMBER, PASSWORD).await.must_be(303);
    app.run_jobs().await;
    assert_eq!(told(&app), 0, "a known browser is no news");
    try_sign_in(&app.visitor(), NUMBER, PASSWORD).await.must_be(303);
    app.run_jobs().await;
    assert_eq!(told(&app), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn on_the_national_portal_the_app_takes_the_place_of_the_text_message() {
    let app = TestApp::start_as(Role::National, Engine::Sqlite).await;
    let (number, phone) = ("064190000321", "0961234321");
    national_account(&app, number, phone).await;
    let client = app.visitor();
    let page = client.get("/dang-nhap/cong-dvcqg").await.must_be(200);
    sign_in_national(&app, &client, &page, number, phone).await;
    let (secret, _) = add_app(&app, &client, "/tai-khoan/bao-mat", PASSWORD).await;
    app.run_jobs().await;
    let texts = app.texts("+84961234321").len();
    app.advance(HALF_A_MINUTE);
    let other = app.visitor();
    let page = other.get("/dang-nhap/cong-dvcqg").await.must_be(200);
    let form = page.form("/dang-nhap/cong-dvcqg").fill("number", number).fill("password", PASSWORD);
    let half = other.submit(&page, tests::captcha::solve(&page, form)).await.must_be(303);
    let page = other.follow(&half).await.must_be(200);
    type_code(&other, &page, &shown(&secret, app.now())).await.must_be(303);
    app.run_jobs().await;
    let fresh = &app.texts("+84961234321")[..app.texts("+84961234321").len() - texts];
    assert!(fresh.iter().all(|text| !text.text.contains("Ma OTP")), "no code was sent");
}

#[tokio::test(flavor = "multi_thread")]
async fn outside_a_demonstration_officers_need_more_than_a_password() {
    let app = TestApp::start_strict(Engine::Sqlite).await;
    let client = app.visitor();
    let enter = async |client: &Client| {
        let page = client.get("/can-bo/dang-nhap?tiep=/can-bo?trang=1").await.must_be(200);
        let form =
            page.form("/can-bo/dang-nhap").fill("login", &COMMUNE.to_lowercase()).fill("password", DEMO_PASSWORD);
        let half = client.submit(&page, form).await.must_be(303);
        client.follow(&half).await.must_be(200)
    };
    let page = enter(&client).await;
    page.must_say("Tài khoản cán bộ phải có thêm ứng dụng xác thực");
    client.get("/can-bo").await.must_be(303);
    let secret = secret_on(&page);
    let form = |code: &str| page.form(page.path()).fill("code", code);
    client.submit(&page, form(&wrong(&secret, app.now()))).await.must_be(422);
    let done = client.submit(&page, form(&shown(&secret, app.now()))).await.must_be(200);
    assert_eq!((done.heading().as_str(), codes_on(&done).len()), ("Mã dự phòng", 10));
    client.get(&done.link("Tôi đã cất các mã")).await.must_be(200);
    // The last proof stays.
    let page = client.get("/can-bo/bao-mat/go-ung-dung").await.must_be(200);
    let kept = client.submit(&page, page.form(page.path()).fill("present", DEMO_PASSWORD)).await.must_be(303);
    client.follow(&kept).await.must_say("Cán bộ phải giữ ít nhất một cách xác nhận");

    app.advance(HALF_A_MINUTE);
    let again = app.visitor();
    let page = enter(&again).await;
    page.must_say("Tài khoản này dùng xác thực hai bước");
    // A citizen's door does not take an officer's step.
    again.get(&page.path().replace("/can-bo", "")).await.must_be(404);
    let code = shown(&secret, app.now());
    let entered = again.submit(&page, page.form(page.path()).fill("code", &code)).await.must_be(303);
    again.follow(&entered).await.must_be(200);
}

#[tokio::test(flavor = "multi_thread")]
async fn answers_of_no_key_let_nobody_in() {
    let app = TestApp::start(Engine::Sqlite).await;
    let client = app.visitor();
    let long = "x".repeat(100_000);
    for answer in ["", "{}", "[]", "null", "{\"id\":\"AAAA\"}", &long] {
        for door in ["/dang-nhap/khoa-truy-cap", "/can-bo/dang-nhap/khoa-truy-cap"] {
            let page = client.get(door).await.must_be(200);
            let form = page.form(door).forge("credential", answer);
            client.submit(&page, form).await.must_be(422).must_say("Không đăng nhập được bằng khóa này");
        }
    }
    let page = client.get("/dang-nhap/khoa-truy-cap").await.must_be(200);
    let form = page.form("/dang-nhap/khoa-truy-cap").forge("credential", "{}").forge("step", "không phải");
    client.submit(&page, form).await.must_be(422);
}

//! From the province to the nation and back: a new account, a linked one, a proved one; and all who lie on the way.

use std::time::Duration;

use tests::app::{Engine, PASSWORD, TestApp};
use tests::http::{Client, request};
use tests::page::Page;
use tests::portals::{Person, Portals, Site, national_account, sign_in_national};

use super::client::{NUMBER, PHONE};

/// Runs a test of both portals on both engines.
macro_rules! on_both_portals {
    ($($name:ident;)+) => {$(
        mod $name {
            use super::*;

            #[tokio::test(flavor = "multi_thread")]
            async fn on_sqlite() {
                super::$name(Portals::start(Engine::Sqlite).await).await;
            }

            #[tokio::test(flavor = "multi_thread")]
            async fn on_postgresql() {
                super::$name(Portals::start(Engine::Postgres).await).await;
            }
        }
    )+};
}
pub(super) use on_both_portals;

on_both_portals! {
    somebody_comes_from_the_nation_with_nothing_typed_twice;
    whoever_files_from_the_nation_is_signed_in_at_the_province;
    an_account_that_is_there_already_is_proved_once;
    who_is_signed_in_with_the_account_has_proved_it;
    an_unconfirmed_registration_gives_way_to_who_is_checked;
    who_has_closed_the_account_gets_another;
    signing_out_at_the_province_signs_out_at_the_nation;
    signing_out_at_the_nation_signs_out_at_the_province;
    an_answer_counts_once_in_the_browser_that_asked;
    what_was_changed_on_the_way_signs_nobody_in;
    a_logout_that_is_forged_ends_nothing;
    a_nation_that_is_gone_is_said_so;
}

/// The province's address, as the nation's configuration has it.
const OTHER: &str = "http://other.test";
const BUTTON: &str = "Tài khoản cấp bởi Cổng DVCQG";

/// Presses the button at the province and walks the nation's pages; what comes back from there.
pub(super) async fn come(portals: &Portals, person: &Person, start: &str) -> Page {
    let page = person.province.get(start).await.must_be(200);
    let away = person.province.get(&page.link(BUTTON)).await.must_be(303);
    let page = person.follow(Site::Province, away).await.must_be(200);
    let door = person.national.get(&page.link(BUTTON)).await.must_be(200);
    let signed_in = sign_in_national(&portals.national, &person.national, &door, NUMBER, PHONE).await;
    let question = person.follow(Site::National, signed_in).await.must_be(200);
    question.must_say("Cho phép Cổng Dịch vụ công tỉnh Gia Lai biết");
    let form = question.form("/oidc/tiep").press("answer", "agree");
    person.national.submit(&question, form).await.must_be(200)
}

async fn somebody_comes_from_the_nation_with_nothing_typed_twice(portals: Portals) {
    national_account(&portals.national, NUMBER, PHONE).await;
    let person = portals.person();
    let wanted = "/nop-ho-so/1.001193?co-quan=H21.58.51";
    let start = person.province.get(wanted).await.must_be(303).location().to_owned();
    let back = come(&portals, &person, &start).await;
    let arrived = person.follow(Site::National, back).await.must_be(200);
    assert_eq!(arrived.path(), wanted, "where they were going");
    let account = person.province.get("/tai-khoan").await.must_be(200);
    for words in ["Rơ Châm H'Lan", NUMBER, "0961 234 567", "05/02/1990", "IAL2"] {
        account.must_say(words);
    }
    // No password was ever set here: that is said, instead of asking for one.
    account.must_say("Chưa đặt");
    let closing = person.province.get("/tai-khoan/dong").await.must_be(200);
    closing.must_say("chưa có mật khẩu ở cổng này");
    assert_eq!(closing.link("Đặt mật khẩu"), "/quen-mat-khau");
    assert!(!closing.source().contains("type=\"password\""));
    // The second time no page asks anything.
    let again = portals.person();
    let token = person.national.cookie("motcua-national").unwrap();
    again.national.set_cookie("motcua-national", &token);
    let page = again.province.get("/dang-nhap").await.must_be(200);
    let away = again.province.get(&page.link(BUTTON)).await.must_be(303);
    assert_eq!(again.follow(Site::Province, away).await.must_be(200).path(), "/");
    again.province.get("/tai-khoan").await.must_be(200).must_say(NUMBER);
    // No password opens the account, and its holder sees where it is used.
    let page = portals.province.visitor().get("/dang-nhap").await;
    let form = page.form("/dang-nhap").fill("number", NUMBER).fill("password", PASSWORD);
    portals.province.visitor().submit(&page, form).await.must_be(422);
    let data = person.province.get("/tai-khoan/du-lieu.json").await;
    assert!(data.source().contains(portals.national.public_url()), "{}", data.text());
}

async fn whoever_files_from_the_nation_is_signed_in_at_the_province(portals: Portals) {
    national_account(&portals.national, NUMBER, PHONE).await;
    let person = portals.person();
    let wanted = "/nop-ho-so/1.001193?co-quan=H21.58.51";
    // Nobody is signed in at the nation: the province asks.
    assert_eq!(person.national.get(wanted).await.must_be(303).location(), format!("{OTHER}{wanted}"));
    let door = person.national.get("/dang-nhap/cong-dvcqg").await.must_be(200);
    sign_in_national(&portals.national, &person.national, &door, NUMBER, PHONE).await.must_be(303);
    let page = person.national.get("/thu-tuc/1.001193").await.must_be(200);
    let question = handed_over(&person, &page.link("Nộp trực tuyến")).await.must_be(200);
    // Whoever says no chooses at the province, and is not sent back and forth.
    let refused = person.national.submit(&question, question.form("/oidc/tiep").press("answer", "refuse")).await;
    let door = person.follow(Site::National, refused).await.must_be(200);
    assert!(door.path().starts_with("/dang-nhap?tiep=/nop-ho-so/1.001193"), "{}", door.path());
    let question = handed_over(&person, wanted).await.must_be(200);
    let agreed = person.national.submit(&question, question.form("/oidc/tiep").press("answer", "agree")).await;
    assert_eq!(person.follow(Site::National, agreed).await.must_be(200).path(), wanted);
    // From now on no page asks anything, and who is signed in at the province already stays so.
    assert_eq!(handed_over(&person, "/ho-so").await.must_be(200).path(), "/ho-so");
    let foreign = person.province.get("/dang-nhap/qua?tiep=https://evil.example").await.must_be(303);
    assert_eq!(foreign.location(), "/");
    assert_eq!(person.national.get("/tra-cuu").await.must_be(303).location(), format!("{OTHER}/tra-cuu"));
}

/// What is shown in the end to whoever goes to an address of the nation that leads to the province.
async fn handed_over(person: &Person, address: &str) -> Page {
    let away = person.national.get(address).await.must_be(303);
    let there = away.location().strip_prefix(OTHER).expect("the province's address").to_owned();
    let page = person.province.get(&there).await;
    person.follow(Site::Province, page).await
}

/// Somebody with an account at both portals, who has come from the nation to prove the one at the province.
async fn half_way(portals: &Portals) -> (Person, Page) {
    drop(portals.province.citizen(NUMBER).await);
    national_account(&portals.national, NUMBER, PHONE).await;
    let person = portals.person();
    let back = come(portals, &person, "/dang-nhap?tiep=/ho-so").await;
    let page = person.follow(Site::National, back).await.must_be(200);
    (person, page)
}

async fn an_account_that_is_there_already_is_proved_once(portals: Portals) {
    let (person, page) = half_way(&portals).await;
    assert_eq!(page.heading(), "Liên kết hai tài khoản của quý vị");
    page.must_say("064*******23");
    assert!(!page.source().contains(NUMBER), "the number is masked");
    person.province.get("/tai-khoan").await.must_be(303);
    // Only this browser, only the right password, only so many tries.
    let thief = portals.province.visitor();
    thief.get(page.path()).await.must_be(404);
    let form = |password: &str| page.form(page.path()).fill("password", password);
    thief.submit(&page, form(PASSWORD)).await.must_be(404);
    person.province.submit(&page, form("")).await.must_be(422).must_say("Nhập mật khẩu");
    person.province.submit(&page, form("sai")).await.must_be(422).must_say("Mật khẩu không đúng");
    let linked = person.province.submit(&page, form(PASSWORD)).await.must_be(303);
    assert_eq!(linked.location(), "/ho-so");
    person.province.get("/tai-khoan").await.must_be(200).must_say(NUMBER);
    person.province.get(page.path()).await.must_be(404);
    // From now on by the subject; the password still works beside it.
    let again = portals.person();
    again.national.set_cookie("motcua-national", &person.national.cookie("motcua-national").unwrap());
    let away = again.province.get("/dang-nhap/qua/dvcqg").await.must_be(303);
    again.follow(Site::Province, away).await.must_be(200);
    again.province.get("/tai-khoan").await.must_be(200).must_say(NUMBER);
    tests::app::sign_in(&portals.province.visitor(), NUMBER).await;
}

async fn who_is_signed_in_with_the_account_has_proved_it(portals: Portals) {
    let citizen = portals.province.citizen(NUMBER).await;
    national_account(&portals.national, NUMBER, PHONE).await;
    let mut person = portals.person();
    person.province = citizen;
    let away = person.province.get("/dang-nhap/qua/dvcqg?tiep=/tai-khoan").await.must_be(303);
    let page = person.follow(Site::Province, away).await.must_be(200);
    let door = person.national.get(&page.link(BUTTON)).await.must_be(200);
    let signed_in = sign_in_national(&portals.national, &person.national, &door, NUMBER, PHONE).await;
    let question = person.follow(Site::National, signed_in).await.must_be(200);
    let agreed = person.national.submit(&question, question.form("/oidc/tiep").press("answer", "agree")).await;
    person.follow(Site::National, agreed).await.must_be(200).must_say(NUMBER);
}

async fn an_unconfirmed_registration_gives_way_to_who_is_checked(portals: Portals) {
    // Somebody else has entered the number at the province and never confirmed the address.
    let squatter = portals.province.visitor();
    let page = squatter.get("/dang-ky").await.must_be(200);
    let chosen = squatter.submit(&page, page.form("/dang-ky").fill("kind", "citizen")).await.must_be(303);
    let page = squatter.follow(&chosen).await.must_be(200);
    let form = page.form("/dang-ky/cong-dan").fill("number", NUMBER);
    let form = if form.value("captcha_token").is_some() { tests::captcha::solve(&page, form) } else { form };
    let page = squatter.submit(&page, form).await.must_be(200);
    let form = page.form("/dang-ky/cong-dan/thong-tin").fill("password", PASSWORD).fill("password_again", PASSWORD);
    let form = form.fill("full_name", "Kẻ Khác").fill("birth_date.year", "1980").fill("phone", "0912345678");
    squatter.submit(&page, form.fill("email", "ke-khac@vi-du.example")).await.must_be(303);
    national_account(&portals.national, NUMBER, PHONE).await;
    let person = portals.person();
    let back = come(&portals, &person, "/dang-nhap").await;
    person.follow(Site::National, back).await.must_be(200);
    let account = person.province.get("/tai-khoan").await.must_be(200);
    account.must_say("Rơ Châm H'Lan");
    assert!(!account.text().contains("ke-khac"));
}

/// Somebody who has come from the nation and is signed in at both portals.
async fn at_both(portals: &Portals) -> Person {
    national_account(&portals.national, NUMBER, PHONE).await;
    let person = portals.person();
    let back = come(portals, &person, "/dang-nhap").await;
    person.follow(Site::National, back).await.must_be(200);
    person.province.get("/tai-khoan").await.must_be(200);
    person
}

async fn who_has_closed_the_account_gets_another(portals: Portals) {
    let person = at_both(&portals).await;
    // The account came through the nation: its holder sets a password by the telephone that the nation has confirmed.
    let id = person.province.get("/tai-khoan/du-lieu.json").await.json()["account"]["id"].clone();
    let phone_confirmed =
        person.province.get("/tai-khoan/du-lieu.json").await.json()["account"]["phone_confirmed_at"].clone();
    assert!(phone_confirmed.is_number() || phone_confirmed.is_string(), "{phone_confirmed}");
    let account = domain::ids::AccountId::parse(id.as_str().unwrap()).unwrap();
    let closed: Result<(), storage::StorageError> = portals
        .province
        .db()
        .write(move |tx| {
            Box::pin(async move {
                let found = storage::accounts::find(tx, account).await?.unwrap();
                let version = found.version;
                let event = domain::account::AccountEvent::Closed;
                let closed =
                    domain::account::evolve(Some(found), &event, domain::time::Instant::from_millis(1)).unwrap();
                storage::accounts::update(tx, &closed, version).await?;
                storage::sessions::delete_of_account(tx, account).await
            })
        })
        .await;
    closed.unwrap();
    person.province.get("/tai-khoan").await.must_be(303);
    let away = person.province.get("/dang-nhap/qua/dvcqg").await.must_be(303);
    person.follow(Site::Province, away).await.must_be(200);
    let other = person.province.get("/tai-khoan/du-lieu.json").await.must_be(200).json()["account"]["id"].clone();
    assert_ne!(other, id);
}

async fn signing_out_at_the_province_signs_out_at_the_nation(portals: Portals) {
    let person = at_both(&portals).await;
    let page = person.province.get("/dang-xuat").await.must_be(200);
    let left = person.province.submit(&page, page.form("/dang-xuat")).await.must_be(200);
    let arrived = person.follow(Site::Province, left).await.must_be(200);
    assert_eq!(arrived.path(), "/");
    arrived.must_say("Cổng Dịch vụ công tỉnh Gia Lai");
    person.province.get("/tai-khoan").await.must_be(303);
    person.national.get("/tai-khoan").await.must_be(303);
    assert_eq!(person.national.cookie("motcua-national"), None);
}

async fn signing_out_at_the_nation_signs_out_at_the_province(portals: Portals) {
    let person = at_both(&portals).await;
    // Another session of the same person, opened at the province itself or through another session there, goes on.
    let page = person.national.get("/dang-xuat").await.must_be(200);
    person.national.submit(&page, page.form("/dang-xuat")).await.must_be(303);
    person.province.get("/tai-khoan").await.must_be(200);
    portals.national.run_jobs().await;
    person.province.get("/tai-khoan").await.must_be(303);
    // The same when the session is ended from elsewhere: the page of sessions, a new password.
    let again = portals.person();
    let back = {
        let page = again.province.get("/dang-nhap").await.must_be(200);
        let away = again.province.get(&page.link(BUTTON)).await.must_be(303);
        let page = again.follow(Site::Province, away).await.must_be(200);
        let door = again.national.get(&page.link(BUTTON)).await.must_be(200);
        sign_in_national(&portals.national, &again.national, &door, NUMBER, PHONE).await
    };
    again.follow(Site::National, back).await.must_be(200);
    again.province.get("/tai-khoan").await.must_be(200);
    let elsewhere = portals.person().national;
    let page = elsewhere.get("/dang-nhap/cong-dvcqg").await.must_be(200);
    portals.national.advance(Duration::from_secs(120));
    portals.province.advance(Duration::from_secs(120));
    sign_in_national(&portals.national, &elsewhere, &page, NUMBER, PHONE).await;
    let sessions = elsewhere.get("/tai-khoan/phien").await.must_be(200);
    elsewhere.submit(&sessions, sessions.form("/tai-khoan/phien/khac/ket-thuc")).await.must_be(303);
    portals.national.run_jobs().await;
    again.province.get("/tai-khoan").await.must_be(303);
}

/// The address with which the nation sends a browser back.
async fn way_back(portals: &Portals, person: &Person) -> String {
    national_account(&portals.national, NUMBER, PHONE).await;
    let page = come(portals, person, "/dang-nhap").await;
    tests::portals::leads_on(&page).expect("the page leads on")
}

async fn refused(client: &Client, address: &str, words: &str) {
    let page = client.get(address).await;
    assert!(page.status() >= 400 && page.status() != 500, "{address}: {}", page.status());
    page.must_say(words);
    client.get("/tai-khoan").await.must_be(303);
}

const AGAIN: &str = "đăng nhập lại từ đầu";

async fn an_answer_counts_once_in_the_browser_that_asked(portals: Portals) {
    let person = portals.person();
    let back = way_back(&portals, &person).await;
    // Somebody else is given the address: they would be signed in as this person, or this person as them.
    let other = portals.province.visitor();
    refused(&other, &back, AGAIN).await;
    other.get("/dang-nhap/qua/dvcqg").await.must_be(303);
    refused(&other, &back, AGAIN).await;
    person.province.get(&back).await.must_be(303);
    let replayed = portals.province.visitor();
    replayed.set_cookie("motcua-provider", &person.province.cookie("motcua-provider").unwrap());
    refused(&replayed, &back, AGAIN).await;
    // An hour is too long.
    let late = portals.person();
    late.national.set_cookie("motcua-national", &person.national.cookie("motcua-national").unwrap());
    let away = late.province.get("/dang-nhap/qua/dvcqg").await.must_be(303);
    let answer = late.national.get(away.location()).await.must_be(303);
    portals.province.advance(Duration::from_secs(1_801));
    refused(&late.province, answer.location(), AGAIN).await;
}

async fn what_was_changed_on_the_way_signs_nobody_in(portals: Portals) {
    let person = portals.person();
    let back = way_back(&portals, &person).await;
    let national = portals.national.public_url();
    let state = back.split("state=").nth(1).unwrap().split('&').next().unwrap();
    let issuer: String = url::form_urlencoded::byte_serialize(national.as_bytes()).collect();
    refused(&person.province, &back.replace(state, "khac"), AGAIN).await;
    refused(&person.province, &back.replace(&format!("state={state}"), ""), AGAIN).await;
    refused(&person.province, &back.replace("/ve/dvcqg", "/ve/khac"), AGAIN).await;
    // What has the right state is looked at once: each change needs an answer of its own.
    for change in [
        (issuer.clone(), "https%3A%2F%2Fevil.example".to_owned()),
        (format!("iss={issuer}"), "x=1".to_owned()),
        ("code=".to_owned(), "code=x".to_owned()),
        ("code=".to_owned(), "ma=".to_owned()),
    ] {
        let away = person.province.get("/dang-nhap/qua/dvcqg").await.must_be(303);
        let answer = person.national.get(away.location()).await.must_be(303).location().to_owned();
        assert!(answer.contains(&change.0), "{answer}");
        refused(&person.province, &answer.replacen(&change.0, &change.1, 1), "trả lời không đúng").await;
        refused(&person.province, &answer, AGAIN).await;
    }
    let away = person.province.get("/dang-nhap/qua/dvcqg").await.must_be(303);
    let answer = person.national.get(away.location()).await.must_be(303).location().to_owned();
    person.province.get(&answer).await.must_be(303);
    person.province.get("/tai-khoan").await.must_be(200);
    for start in ["//evil.example", "https://evil.example", "/\\evil.example", "%2F%5Cevil.example"] {
        let away = person.province.get(&format!("/dang-nhap/qua/dvcqg?tiep={start}")).await.must_be(303);
        let answer = person.national.get(away.location()).await.must_be(303);
        assert_eq!(person.province.get(answer.location()).await.must_be(303).location(), "/", "{start}");
    }
    person.province.get("/dang-nhap/qua/khac").await.must_be(404);
}

async fn a_logout_that_is_forged_ends_nothing(portals: Portals) {
    let person = at_both(&portals).await;
    let tell = async |body: &str| {
        let mut request = request("POST", "/dang-nhap/da-ra/dvcqg", body.as_bytes().to_vec());
        request.headers_mut().insert("content-type", "application/x-www-form-urlencoded".parse().unwrap());
        portals.province.visitor().send(request).await
    };
    let entropy = oidc::jose::Entropy::of_the_system();
    let evil = oidc::jose::SigningKey::generate(&entropy).unwrap();
    let evil = oidc::jose::SigningKey::read(&evil, &entropy).unwrap();
    let claims = serde_json::json!({
        "iss": portals.national.public_url(), "aud": "gia-lai", "iat": portals.province.now().as_millis() / 1000,
        "exp": portals.province.now().as_millis() / 1000 + 60, "jti": "1", "sub": "x", "sid": "x",
        "events": { "http://schemas.openid.net/event/backchannel-logout": {} },
    });
    let forged = evil.sign("logout+jwt", &claims).unwrap();
    for body in [
        "",
        "logout_token=",
        "logout_token=x",
        "logout_token=eyJhbGciOiJub25lIn0.e30.",
        &format!("logout_token={forged}"),
    ] {
        let page = tell(body).await.must_be(400);
        assert_eq!(page.json()["error"], "invalid_request");
    }
    assert_eq!(request_status(&portals.province, "/dang-nhap/da-ra/khac").await, 404);
    person.province.get("/tai-khoan").await.must_be(200);
}

async fn request_status(app: &TestApp, path: &str) -> u16 {
    app.visitor().send(request("POST", path, b"logout_token=x".to_vec())).await.status()
}

async fn a_nation_that_is_gone_is_said_so(portals: Portals) {
    // A province whose provider listens nowhere.
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let (_, provider) = cli::sign_on::demonstration("http://127.0.0.1:9", &url, [1; 32]).unwrap();
    let app = TestApp::start_on(listener, web::portal::Role::Province, Engine::Sqlite, vec![provider]).await;
    let page = app.visitor().get("/dang-nhap/qua/dvcqg").await.must_be(503);
    page.must_say("Hiện không kết nối được với nơi cấp tài khoản");
    let door = app.visitor().get("/dang-nhap").await.must_be(200);
    door.must_say(BUTTON);
    // Nobody can know that a number has no password here: it is said to everybody where to sign in with it.
    door.must_say("không nhập số và mật khẩu của tài khoản đó ở trên");
    drop(portals);
}

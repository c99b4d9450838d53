//! The eight steps of the national portal (R26–R36), and everything that can go wrong on the way.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;

use tests::app::{Engine, PASSWORD, TestApp};
use tests::captcha::solve;
use tests::http::{Client, request};
use tests::page::Page;
use web::portal::Role;

/// The number of a citizen.
const NUMBER: &str = "064190000123";
const PHONE: &str = "0961234567";

/// Runs a test of the national portal on both engines.
macro_rules! on_both {
    ($($name:ident;)+) => {$(
        mod $name {
            use super::*;

            #[tokio::test(flavor = "multi_thread")]
            async fn on_sqlite() {
                super::$name(TestApp::start_as(Role::National, Engine::Sqlite).await).await;
            }

            #[tokio::test(flavor = "multi_thread")]
            async fn on_postgresql() {
                super::$name(TestApp::start_as(Role::National, Engine::Postgres).await).await;
            }
        }
    )+};
}

on_both! {
    the_eight_steps_are_taken_in_the_words_of_the_leaflet;
    a_wrong_code_counts_and_the_fifth_makes_it_void;
    another_code_is_sent_after_a_minute_and_the_old_one_is_void;
    codes_are_not_exchanged_between_people;
    one_number_registered_by_fifty_at_once_becomes_one_account;
    an_agency_waits_for_approval;
    the_representative_of_an_enterprise_holds_the_telephone;
    what_the_carrier_has_registered_otherwise_is_said_beside_its_field;
    a_machine_gets_no_further_than_the_captcha;
}

async fn the_eight_steps_are_taken_in_the_words_of_the_leaflet(app: TestApp) {
    let client = app.visitor();
    // 1, 2
    let kinds = client.get(&client.get("/").await.link("Đăng ký")).await.must_be(200);
    for words in ["Công dân", "Doanh nghiệp", "Cơ quan nhà nước", "IAL2", "Thuê bao di động"] {
        kinds.must_say(words);
    }
    let chosen = client.submit(&kinds, kinds.form("/dang-ky").fill("kind", "citizen")).await.must_be(303);
    // 3
    let details = client.follow(&chosen).await.must_be(200);
    for words in ["Tên đăng nhập (CMND hoặc CCCD)", "Họ và tên", "Ngày sinh", "Số điện thoại", "Email", "Mã xác thực"]
    {
        details.must_say(words);
    }
    let sent = client.submit(&details, filled(&details, NUMBER, PHONE)).await.must_be(303);
    // 4
    let code_page = client.follow(&sent).await.must_be(200);
    code_page.must_say("*******567");
    assert!(!code_page.source().contains("961234567"), "the number is masked");
    let code = code_of(&app, PHONE).await;
    let text = app.letters("+84961234567")[0].text.clone();
    assert!(text.is_ascii() && text.len() <= 160 && !text.contains("http"), "{text}");
    let confirmed = type_code(&client, &code_page, &code).await.must_be(303);
    // 5
    let password = client.follow(&confirmed).await.must_be(200);
    password.must_say("Ít nhất 8 ký tự");
    let weak = password.form(password.path()).fill("password", "matkhau").fill("password_again", "matkhau");
    client.submit(&password, weak).await.must_be(422).must_say("Mật khẩu chưa đúng quy tắc");
    for (weak, sentence) in [
        ("Matkhau@123", "kẻ gian thử đầu tiên"),
        ("Pleiku#2026", "kẻ gian thử đầu tiên"),
        (&format!("Tôi-{NUMBER}!"), "không được chứa họ tên"),
        ("Aa1!Aa1!Aa1!", "đoán ra rất nhanh"),
    ] {
        let form = password.form(password.path()).fill("password", weak).fill("password_again", weak);
        let refused = client.submit(&password, form).await.must_be(422);
        refused.must_say(sentence);
        assert!(!refused.source().contains(weak), "a password never comes back");
    }
    let form = password.form(password.path()).fill("password", PASSWORD).fill("password_again", PASSWORD);
    let made = client.submit(&password, form).await.must_be(303);
    assert_eq!(client.follow(&made).await.heading(), "Đăng ký thành công");
    // 6, 7
    let providers = client.get(&client.get("/").await.link("Đăng nhập")).await.must_be(200);
    let door = client.get(&providers.link("Tài khoản cấp bởi Cổng DVCQG")).await.must_be(200);
    for words in ["Số CMND/CCCD", "Mật khẩu", "Mã xác thực"] {
        door.must_say(words);
    }
    let form = solve(&door, door.form(door.path()).fill("number", NUMBER).fill("password", PASSWORD));
    let half = client.submit(&door, form).await.must_be(303);
    assert!(client.get("/tai-khoan").await.must_be(303).location().starts_with("/dang-nhap"), "half a sign-in is none");
    // 8
    let code_page = client.follow(&half).await.must_be(200);
    let code = code_of(&app, PHONE).await;
    assert_eq!(type_code(&client, &code_page, &code).await.must_be(303).location(), "/");
    let account = client.get("/tai-khoan").await.must_be(200);
    for words in ["Rơ Châm H'Lan", NUMBER, "0961 234 567", "1990", "IAL2"] {
        account.must_say(words);
    }
    // What was met opens nothing again, neither here nor in another browser.
    type_code(&app.visitor(), &code_page, &code).await.must_be(404).must_say("Làm lại từ đầu");
    client.get(confirmed.location()).await.must_be(404).must_say("Không có đăng ký nào");
}

async fn a_wrong_code_counts_and_the_fifth_makes_it_void(app: TestApp) {
    let client = app.visitor();
    let page = begun(&client, NUMBER, PHONE).await;
    let right = code_of(&app, PHONE).await;
    for typed in ["", "12", "abcdef", "1234567", "12345\0", &"9".repeat(10_000)] {
        type_code(&client, &page, typed).await.must_be(422);
    }
    let wrong = if right == "000000" { "000001" } else { "000000" };
    for left in (1..=4).rev() {
        type_code(&client, &page, wrong).await.must_be(422).must_say(&format!("còn {left} lần"));
    }
    type_code(&client, &page, wrong).await.must_be(422).must_say("nhập sai quá nhiều lần");
    type_code(&client, &page, &right).await.must_be(422).must_say("nhập sai quá nhiều lần");
    // Without the code there is no password page, and no account.
    let id = page.path().rsplit('/').next().unwrap().to_owned();
    client.get(&format!("/dang-ky/mat-khau/{id}")).await.must_be(404);
    let body = "password=M%E1%BA%ADt-kh%E1%BA%A9u-9!&password_again=M%E1%BA%ADt-kh%E1%BA%A9u-9!";
    post(&client, &format!("/dang-ky/mat-khau/{id}"), body).await.must_be(404);
    try_sign_in(&client, NUMBER).await.must_be(422).must_say("không khớp");
}

async fn another_code_is_sent_after_a_minute_and_the_old_one_is_void(app: TestApp) {
    let client = app.visitor();
    let page = begun(&client, NUMBER, PHONE).await;
    let first = code_of(&app, PHONE).await;
    let resend = format!("{}/gui-lai", page.path());
    let early = client.submit(&page, page.form(&resend)).await.must_be(429);
    early.must_say("Sau 60 giây");
    assert!(early.source().contains("href=\"#resend\""), "it is said at the button");
    // The language is switched on the page that shows the code, not on the address of its button.
    assert!(early.source().contains(&format!("href=\"{}?lang=en\"", page.path())));
    app.advance(Duration::from_secs(60));
    let sent = client.submit(&page, page.form(&resend)).await.must_be(303);
    let page = client.follow(&sent).await.must_be(200);
    page.must_say("Đã gửi mã mới");
    let second = code_of(&app, PHONE).await;
    assert_ne!(first, second);
    type_code(&client, &page, &first).await.must_be(422).must_say("Mã OTP không đúng");
    app.advance(Duration::from_secs(5 * 60));
    type_code(&client, &page, &second).await.must_be(422).must_say("đã hết hiệu lực");
    for _ in 0..3 {
        app.advance(Duration::from_secs(60));
        client.submit(&page, page.form(&resend)).await.must_be(303);
        code_of(&app, PHONE).await;
    }
    app.advance(Duration::from_secs(60));
    client.submit(&page, page.form(&resend)).await.must_be(429).must_say("Hãy làm lại từ đầu");
    let last = code_of(&app, PHONE).await;
    type_code(&client, &page, &last).await.must_be(303);
}

async fn codes_are_not_exchanged_between_people(app: TestApp) {
    let (one, other) = (app.visitor(), app.visitor());
    let page_one = begun(&one, NUMBER, PHONE).await;
    let page_other = begun(&other, "064190000456", "0961234568").await;
    let (code_one, code_other) = (code_of(&app, PHONE).await, code_of(&app, "0961234568").await);
    assert_ne!(code_one, code_other);
    type_code(&one, &page_one, &code_other).await.must_be(422).must_say("Mã OTP không đúng");
    type_code(&other, &page_other, &code_one).await.must_be(422).must_say("Mã OTP không đúng");
    // A registration's challenge opens no session.
    let id = page_one.path().rsplit('/').next().unwrap().to_owned();
    let stolen = format!("/dang-nhap/ma-otp/{id}");
    post(&one, &stolen, &format!("code={code_one}")).await.must_be(404);
    for broken in ["x", "00000000000000000000000000000000", "%00"] {
        one.get(&format!("/dang-ky/ma-otp/{broken}")).await.must_be(404).must_say("Làm lại từ đầu");
        one.get(&format!("/dang-ky/mat-khau/{broken}")).await.must_be(404);
    }
    type_code(&one, &page_one, &code_one).await.must_be(303);
}

async fn one_number_registered_by_fifty_at_once_becomes_one_account(app: TestApp) {
    // Ten telephones, since one of them gets only so many texts an hour.
    let mut ready = Vec::new();
    for place in 0..50 {
        let client = app.visitor();
        let phone = format!("09612345{:02}", place % 10);
        let page = begun(&client, NUMBER, &phone).await;
        let code = code_of(&app, &phone).await;
        let page = client.follow(&type_code(&client, &page, &code).await.must_be(303)).await.must_be(200);
        ready.push((client, page));
    }
    let presses = ready.into_iter().map(|(client, page)| {
        let client = Arc::new(client);
        tokio::spawn(async move {
            let form = page.form(page.path()).fill("password", PASSWORD).fill("password_again", PASSWORD);
            client.submit(&page, form).await.status()
        })
    });
    let mut answers = Vec::new();
    for press in presses.collect::<Vec<_>>() {
        answers.push(press.await.unwrap());
    }
    assert_eq!(answers.iter().filter(|status| **status == 303).count(), 1, "{answers:?}");
    assert_eq!(answers.into_iter().collect::<BTreeSet<_>>(), BTreeSet::from([303, 404]));
    let again = app.visitor();
    let page = again.get("/dang-ky/cong-dan").await.must_be(200);
    let taken = again.submit(&page, filled(&page, NUMBER, PHONE)).await.must_be(422);
    taken.must_say("Số này đã có tài khoản");
    assert_eq!(taken.form("/dang-ky/cong-dan").value("full_name"), Some("Rơ Châm H'Lan"), "what was entered is kept");
}

async fn an_agency_waits_for_approval(app: TestApp) {
    let client = app.visitor();
    let page = client.get("/dang-ky/co-quan-nha-nuoc").await.must_be(200);
    let form = page.form(page.path()).fill("number", "0100109106").fill("full_name", "UBND huyện Ia Grai");
    let sent = client.submit(&page, solve(&page, form.fill("phone", PHONE))).await.must_be(303);
    let page = client.follow(&sent).await.must_be(200);
    let code = code_of(&app, PHONE).await;
    let page = client.follow(&type_code(&client, &page, &code).await.must_be(303)).await.must_be(200);
    let form = page.form(page.path()).fill("password", PASSWORD).fill("password_again", PASSWORD);
    let made = client.submit(&page, form).await.must_be(303);
    client.follow(&made).await.must_be(200).must_say("chờ phê duyệt");
    try_sign_in(&client, "0100109106").await.must_be(422).must_say("chưa được phê duyệt");
}

async fn what_the_carrier_has_registered_otherwise_is_said_beside_its_field(app: TestApp) {
    let client = app.visitor();
    // The simulated carrier has this one with a CMND and the year of birth alone.
    let phone = "0978222333";
    for (number, name, year, sentence) in [
        ("064169002345", "Rơ Châm H'Lan", "1969", "Số giấy tờ khác với số đã đăng ký"),
        ("230456789", "Rơ Châm H'Lân", "1969", "Họ và tên khác với tên đã đăng ký"),
        ("230456789", "Rơ Châm H'Lan", "1970", "Ngày sinh khác với ngày đã đăng ký"),
    ] {
        let refused = register(&client, number, name, year, phone).await.must_be(422);
        refused.must_say(sentence);
        assert_eq!(refused.form(refused.path()).value("full_name"), Some(name));
    }
    let stranger = register(&client, "064190000999", "Ai Đó", "1990", phone).await.must_be(422);
    for private in ["Rơ Châm", "230456789", "1969"] {
        assert!(!stranger.source().contains(private), "the carrier's data are told to nobody");
    }
    let unknown = register(&client, NUMBER, "Rơ Châm H'Lan", "1990", "0999123456").await.must_be(422);
    unknown.must_say("Nhà mạng không có thuê bao này");
    let landline = register(&client, NUMBER, "Rơ Châm H'Lan", "1990", "02693844789").await.must_be(422);
    landline.must_say("Số cố định không nhận được mã OTP");
    app.run_jobs().await;
    assert!(app.letters("+84978222333").is_empty(), "no code is sent before the data fit");
    register(&client, "230456789", "Rơ Châm H'Lan", "1969", phone).await.must_be(303);
}

async fn the_representative_of_an_enterprise_holds_the_telephone(app: TestApp) {
    let client = app.visitor();
    let phone = "0912345678";
    let person = ("064185001234", "Nguyễn Thị Hòa", "1985");
    let page = client.get("/dang-ky/doanh-nghiep").await.must_be(200);
    for (number, name, year, field) in [
        ("052078004321", person.1, person.2, "representative_number"),
        (person.0, "Nguyễn Thị Hóa", person.2, "representative_name"),
        (person.0, person.1, "1986", "representative_birth_date"),
        ("", person.1, person.2, "representative_number"),
        (person.0, "", person.2, "representative_name"),
        (person.0, person.1, "", "representative_birth_date"),
    ] {
        let refused = register_enterprise(&client, (number, name, year), phone).await.must_be(422);
        assert!(refused.source().contains(&format!("id=\"{field}-error\"")), "{number} {name} {year}");
        assert_eq!(refused.form(page.path()).value("full_name"), Some("Công ty TNHH An Bình"));
        assert!(!refused.source().contains("12/03"), "the carrier's data are told to nobody");
    }
    app.run_jobs().await;
    assert!(app.letters("+84912345678").is_empty(), "no code is sent before the data fit");
    let sent = register_enterprise(&client, person, phone).await.must_be(303);
    let page = client.follow(&sent).await.must_be(200);
    let code = code_of(&app, phone).await;
    let page = client.follow(&type_code(&client, &page, &code).await.must_be(303)).await.must_be(200);
    let form = page.form(page.path()).fill("password", PASSWORD).fill("password_again", PASSWORD);
    client.submit(&page, form).await.must_be(303);
    let page = client.follow(&try_sign_in(&client, "0100109106").await.must_be(303)).await.must_be(200);
    let code = code_of(&app, phone).await;
    type_code(&client, &page, &code).await.must_be(303);
    let account = client.get("/tai-khoan").await.must_be(200);
    for words in ["Công ty TNHH An Bình", "0100109106", "Nguyễn Thị Hòa, 064185001234, 12/03/1985", "IAL2"] {
        account.must_say(words);
    }
    account.must_say("đã đối chiếu");
}

async fn a_machine_gets_no_further_than_the_captcha(app: TestApp) {
    let client = app.visitor();
    for (address, fields) in [
        (
            "/dang-ky/cong-dan",
            vec![("number", NUMBER), ("full_name", "Rơ Châm H'Lan"), ("birth_date.year", "1990"), ("phone", PHONE)],
        ),
        ("/dang-nhap/cong-dvcqg", vec![("number", NUMBER), ("password", PASSWORD)]),
    ] {
        let page = client.get(address).await.must_be(200);
        let form = fields.iter().fold(page.form(address), |form, (name, value)| form.fill(name, value));
        let refused = client.submit(&page, form.clone()).await.must_be(422);
        refused.must_say("Nhập mã xác thực");
        assert_eq!(refused.form(address).value("number"), Some(NUMBER), "what was entered is kept");
        // Another picture is no judgement of the other fields.
        let another = form.press("captcha_another", "1");
        let renewed = client.submit(&page, another).await.must_be(200);
        assert_eq!(renewed.form(address).value("number"), Some(NUMBER));
    }
    app.run_jobs().await;
    assert!(app.letters("+84961234567").is_empty());
}

/// Sends the registration form with these data.
async fn register(client: &Client, number: &str, name: &str, year: &str, phone: &str) -> Page {
    let page = client.get("/dang-ky/cong-dan").await.must_be(200);
    let form = page.form(page.path()).fill("number", number).fill("full_name", name);
    let form = form.fill("birth_date.year", year).fill("phone", phone);
    client.submit(&page, solve(&page, form)).await
}

/// Sends the registration form of an enterprise with this representative, who was born on 12 March.
async fn register_enterprise(client: &Client, person: (&str, &str, &str), phone: &str) -> Page {
    let (number, name, year) = person;
    let page = client.get("/dang-ky/doanh-nghiep").await.must_be(200);
    let form = page.form(page.path()).fill("number", "0100109106").fill("full_name", "Công ty TNHH An Bình");
    let form = form.fill("representative_number", number).fill("representative_name", name).fill("phone", phone);
    let form = match year {
        "" => form,
        year => {
            let form = form.fill("representative_birth_date.day", "12").fill("representative_birth_date.month", "3");
            form.fill("representative_birth_date.year", year)
        }
    };
    client.submit(&page, solve(&page, form)).await
}

/// The page that asks for the code of a registration.
async fn begun(client: &Client, number: &str, phone: &str) -> Page {
    let page = client.get("/dang-ky/cong-dan").await.must_be(200);
    let sent = client.submit(&page, filled(&page, number, phone)).await.must_be(303);
    client.follow(&sent).await.must_be(200)
}

fn filled(page: &Page, number: &str, phone: &str) -> tests::forms::Form {
    let form = page.form(page.path()).fill("number", number).fill("full_name", "Rơ Châm H'Lan");
    solve(page, form.fill("birth_date.year", "1990").fill("phone", phone))
}

/// The six digits of the latest text message to this telephone.
pub(super) async fn code_of(app: &TestApp, phone: &str) -> String {
    app.run_jobs().await;
    let letters = app.letters(&format!("+84{}", &phone[1..]));
    let codes = letters.iter().flat_map(|letter| letter.text.split(|c: char| !c.is_ascii_digit()));
    codes.into_iter().find(|run| run.len() == 6).expect("a text message with six digits arrives").to_owned()
}

pub(super) async fn type_code(client: &Client, page: &Page, code: &str) -> Page {
    client.submit(page, page.form(page.path()).fill("code", code)).await
}

pub(super) async fn try_sign_in(client: &Client, number: &str) -> Page {
    let page = client.get("/dang-nhap/cong-dvcqg").await.must_be(200);
    let form = page.form(page.path()).fill("number", number).fill("password", PASSWORD);
    client.submit(&page, solve(&page, form)).await
}

/// Sends a form that no page has offered.
async fn post(client: &Client, address: &str, body: &str) -> Page {
    let mut request = request("POST", address, body.as_bytes().to_vec());
    request.headers_mut().insert("content-type", "application/x-www-form-urlencoded".parse().unwrap());
    client.send(request).await
}

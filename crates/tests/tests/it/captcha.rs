//! The captcha on a form that takes one, `/phong-cach/thu-ma-xac-nhan`: read, heard, worked for, and what is refused.

use std::time::Duration;

use http::header::RANGE;
use tests::app::{Engine, TestApp};
use tests::captcha::{demo_answer, solve};
use tests::forms::Form;
use tests::http::{Client, request};
use tests::page::Page;
use web::portal::Role;

const DOOR: &str = "/phong-cach/thu-ma-xac-nhan";

/// Runs a test in the demonstration of the national portal, on both engines.
macro_rules! in_both_demonstrations {
    ($($name:ident;)+) => {$(
        mod $name {
            use super::{Engine, Role, TestApp};

            #[tokio::test(flavor = "multi_thread")]
            async fn on_sqlite() {
                super::$name(TestApp::start_demonstration(Role::National, Engine::Sqlite).await).await;
            }

            #[tokio::test(flavor = "multi_thread")]
            async fn on_postgresql() {
                super::$name(TestApp::start_demonstration(Role::National, Engine::Postgres).await).await;
            }
        }
    )+};
}

in_both_demonstrations! {
    the_digits_are_enough_once;
    work_is_enough_once;
    many_who_send_one_token_at_once_pass_once;
    who_solved_it_does_not_solve_it_again;
    a_wrong_answer_uses_the_token_up;
    what_is_no_answer_is_refused_in_a_sentence;
    asking_for_another_picture_loses_nothing;
    failures_make_it_harder;
    every_wrong_password_makes_the_next_harder;
}

fn filled(page: &Page) -> Form {
    page.form(DOOR).fill("full_name", "Rơ Châm H'Lan")
}

async fn open(client: &Client) -> Page {
    client.get(DOOR).await.must_be(200)
}

async fn the_digits_are_enough_once(app: TestApp) {
    let client = app.visitor();
    let page = open(&client).await;
    let answer = demo_answer(&page);
    page.must_say(&format!("mã xác thực là {answer}"));
    let form = filled(&page).fill("captcha", &answer);
    client.submit(&page, form.clone()).await.must_be(200).must_say("Đã nhận");
    let again = client.submit(&page, form).await.must_be(422);
    again.must_say("Mã xác thực này đã được dùng");
    assert_ne!(demo_answer(&again), answer, "the page has another captcha");
}

async fn work_is_enough_once(app: TestApp) {
    let client = app.visitor();
    let page = open(&client).await;
    let form = solve(&page, filled(&page));
    client.submit(&page, form.clone()).await.must_be(200).must_say("Đã nhận");
    client.submit(&page, form.clone()).await.must_be(422).must_say("Mã xác thực này đã được dùng");
    // Work for one token is no work for another.
    let other = open(&client).await;
    let work = form.value("captcha_work").unwrap();
    let borrowed = filled(&other).fill("captcha_work", work);
    client.submit(&other, borrowed).await.must_be(422).must_say("Mã xác thực không đúng");
}

async fn many_who_send_one_token_at_once_pass_once(app: TestApp) {
    let client = app.visitor();
    let page = open(&client).await;
    let form = filled(&page).fill("captcha", &demo_answer(&page));
    let mut senders = tokio::task::JoinSet::new();
    for _ in 0..20 {
        let (client, page, form) = (app.visitor(), page.clone(), form.clone());
        senders.spawn(async move { client.submit(&page, form).await.status() });
    }
    let statuses = senders.join_all().await;
    assert_eq!(statuses.iter().filter(|status| **status == 200).count(), 1, "{statuses:?}");
    assert!(statuses.iter().all(|status| [200, 422].contains(status)), "{statuses:?}");
}

async fn who_solved_it_does_not_solve_it_again(app: TestApp) {
    let client = app.visitor();
    let mut page = open(&client).await;
    let form = page.form(DOOR).fill("full_name", "").fill("captcha", &demo_answer(&page));
    page = client.submit(&page, form).await.must_be(422);
    page.must_say("Nhập họ và tên");
    let passed = page.form(DOOR).value("captcha_token").unwrap().to_owned();
    for round in 1..5 {
        page.must_say("Đã kiểm tra");
        assert!(!page.form(DOOR).names().contains(&"captcha"), "round {round}: nothing to type");
        page = client.submit(&page, page.form(DOOR)).await.must_be(422);
        assert!(!page.text().contains("Mã xác thực không"), "round {round}");
    }
    page.must_say("Đã kiểm tra");
    // Not for ever: after the fifth time there is a picture again.
    page = client.submit(&page, page.form(DOOR)).await.must_be(422);
    demo_answer(&page);
    // Solved tokens are good for one post, too, and for ten minutes.
    let replayed = filled(&page).forge("captcha_token", &passed);
    page = client.submit(&page, replayed).await.must_be(422);
    page.must_say("Mã xác thực này đã được dùng");
    let form = page.form(DOOR).fill("full_name", "").fill("captcha", &demo_answer(&page));
    page = client.submit(&page, form).await.must_be(422);
    page.must_say("Đã kiểm tra");
    app.advance(Duration::from_secs(10 * 60));
    let late = client.submit(&page, filled(&page)).await.must_be(422);
    late.must_say("Mã xác thực đã hết hạn");
    assert_eq!(late.form(DOOR).value("full_name"), Some("Rơ Châm H'Lan"), "what was entered is kept");
}

async fn a_wrong_answer_uses_the_token_up(app: TestApp) {
    let client = app.visitor();
    let page = open(&client).await;
    let answer = demo_answer(&page);
    let wrong = if answer == "00000" { "11111" } else { "00000" };
    let refused = client.submit(&page, filled(&page).fill("captcha", wrong)).await.must_be(422);
    refused.must_say("Mã xác thực không đúng");
    assert_eq!(refused.form(DOOR).value("full_name"), Some("Rơ Châm H'Lan"));
    assert_eq!(refused.form(DOOR).value("captcha"), Some(""), "the field waits for the new digits");
    let guessed = client.submit(&page, filled(&page).fill("captcha", &answer)).await.must_be(422);
    guessed.must_say("Mã xác thực này đã được dùng");
    // Who types an answer is judged by it, work or not.
    let page = open(&client).await;
    let both = solve(&page, filled(&page)).fill("captcha", wrong);
    client.submit(&page, both).await.must_be(422).must_say("Mã xác thực không đúng");
}

async fn what_is_no_answer_is_refused_in_a_sentence(app: TestApp) {
    let client = app.visitor();
    let page = open(&client).await;
    let token = page.form(DOOR).value("captcha_token").unwrap().to_owned();
    let answer = demo_answer(&page);
    let long = "1".repeat(100_000);
    let mut forged = token.clone();
    forged.replace_range(..1, if token.starts_with('B') { "C" } else { "B" });
    let foreign = client.get("/phong-cach").await.form("/phong-cach").value("captcha_token").unwrap().to_owned();
    let void = "Mã xác thực không còn dùng được";
    for (token, answer, work, sentence) in [
        (token.as_str(), "", "", "Nhập mã xác thực"),
        ("", answer.as_str(), "", void),
        (&forged, &answer, "", void),
        (&foreign, &answer, "", void),
        (&long, &answer, "", void),
        ("\0", "\0", "\0", void),
        (&token[..79], &answer, "", void),
        (&format!("{token}A"), &answer, "", void),
        (&format!("{token}.png"), &answer, "", void),
    ] {
        let form = filled(&page).forge("captcha_token", token).fill("captcha", answer).fill("captcha_work", work);
        let refused = client.submit(&page, form).await.must_be(422);
        refused.must_say(sentence);
        assert!(refused.source().contains("href=\"#captcha\""), "the summary leads to the field");
    }
    // None of those used the real token up.
    let form = filled(&page).fill("captcha", &answer);
    client.submit(&page, form).await.must_be(200).must_say("Đã nhận");
    for (answer, work) in
        [("\0", ""), (long.as_str(), ""), ("", "\0"), ("", long.as_str()), ("", "0.0.0"), ("năm", "x"), ("-1", "")]
    {
        let page = open(&client).await;
        let form = filled(&page).fill("captcha", answer).fill("captcha_work", work);
        client.submit(&page, form).await.must_be(422).must_say("Mã xác thực không đúng");
    }
    let page = open(&client).await;
    app.advance(Duration::from_secs(10 * 60));
    let form = filled(&page).fill("captcha", &demo_answer(&page));
    client.submit(&page, form).await.must_be(422).must_say("Mã xác thực đã hết hạn");
    let english = client.get(&format!("{DOOR}?lang=en")).await.must_be(200);
    client.submit(&english, english.form(DOOR)).await.must_be(422).must_say("Type the security code");
}

async fn asking_for_another_picture_loses_nothing(app: TestApp) {
    let client = app.visitor();
    let page = open(&client).await;
    let form = filled(&page).fill("captcha", "123").press("captcha_another", "1");
    let renewed = client.submit(&page, form).await.must_be(200);
    assert_eq!(renewed.form(DOOR).value("full_name"), Some("Rơ Châm H'Lan"));
    assert!(renewed.source().contains(" autofocus"), "the cursor is where it is needed");
    assert_ne!(renewed.form(DOOR).value("captcha_token"), page.form(DOOR).value("captcha_token"));
    let form = renewed.form(DOOR).fill("captcha", &demo_answer(&renewed));
    client.submit(&renewed, form).await.must_be(200).must_say("Đã nhận");
}

async fn failures_make_it_harder(app: TestApp) {
    let client = app.visitor();
    let easy = open(&client).await;
    assert!(easy.source().contains("data-bits=\"13\"") && demo_answer(&easy).len() == 5);
    for _ in 0..12 {
        let page = open(&client).await;
        client.submit(&page, filled(&page).fill("captcha", "x")).await.must_be(422);
    }
    let hard = open(&client).await;
    assert!(hard.source().contains("data-bits=\"16\""), "twelve failures of a place weigh as three");
    assert_eq!(demo_answer(&hard).len(), 6);
    client.submit(&hard, filled(&hard).fill("captcha", &demo_answer(&hard))).await.must_be(200);
    app.advance(Duration::from_secs(15 * 60));
    assert!(open(&client).await.source().contains("data-bits=\"13\""), "they are forgotten");
}

async fn every_wrong_password_makes_the_next_harder(app: TestApp) {
    let door = "/dang-nhap/cong-dvcqg";
    let client = app.visitor();
    let mut page = client.get(door).await.must_be(200);
    for bits in [14, 15, 16] {
        let form = page.form(door).fill("number", "064190000123").fill("password", "Rẫy-sai-hẳn-1!");
        page = client.submit(&page, form.fill("captcha", &demo_answer(&page))).await.must_be(422);
        assert!(page.source().contains(&format!("data-bits=\"{bits}\"")), "{bits} bits");
    }
    assert_eq!(demo_answer(&page).len(), 6);
    // For that number; who has another one beside the same address waits no longer than before.
    let other = client.get(door).await.must_be(200);
    assert!(other.source().contains("data-bits=\"13\""));
}

fn addresses(page: &Page) -> [String; 2] {
    let token = page.form(DOOR).value("captcha_token").unwrap().to_owned();
    ["png", "wav"].map(|kind| format!("/ma-xac-nhan/{token}.{kind}"))
}

#[tokio::test(flavor = "multi_thread")]
async fn pictures_and_sounds_are_made_for_tokens_of_ours_and_never_kept() {
    let app = TestApp::start_demonstration(Role::National, Engine::Sqlite).await;
    let client = app.visitor();
    let page = open(&client).await;
    let [picture, sound] = addresses(&page);
    assert!(page.source().contains(&format!("src=\"{picture}\"")) && page.link("Nghe mã") == sound);
    let png = client.get(&picture).await.must_be(200);
    assert_eq!((png.header("content-type"), &png.bytes()[..4]), (Some("image/png"), &b"\x89PNG"[..]));
    let wav = client.get(&sound).await.must_be(200);
    assert_eq!((wav.header("content-type"), &wav.bytes()[..4]), (Some("audio/wav"), &b"RIFF"[..]));
    assert!(wav.header("content-security-policy").unwrap().contains("media-src 'self'"));
    for file in [&png, &wav] {
        assert_eq!(file.header("cache-control"), Some("no-store"));
        assert!(file.header("etag").is_none() && file.header("last-modified").is_none());
    }
    assert_eq!(client.get(&sound).await.bytes(), wav.bytes(), "asked again, it is the same");
    let mut part = request("GET", &sound, Vec::new());
    part.headers_mut().insert(RANGE, "bytes=44-143".parse().unwrap());
    let part = client.send(part).await.must_be(206);
    assert_eq!(part.bytes(), &wav.bytes()[44..144]);
    assert_eq!(part.header("content-range"), Some(format!("bytes 44-143/{}", wav.bytes().len()).as_str()));
    let solved = page.form(DOOR).fill("captcha", &demo_answer(&page));
    let passed = client.submit(&page, solved).await.must_be(422);
    let [of_passed, _] = addresses(&passed);
    for gone in
        ["/ma-xac-nhan/x", "/ma-xac-nhan/.png", "/ma-xac-nhan/%00.png", &picture.replace(".png", ".svg"), &of_passed]
    {
        client.get(gone).await.must_be(404);
    }
    client.get(&picture.replacen("/ma-xac-nhan/", "/ma-xac-nhan/A", 1)).await.must_be(404);
    app.advance(Duration::from_secs(10 * 60));
    client.get(&picture).await.must_be(404);
    client.get(&sound).await.must_be(404);
}

#[tokio::test(flavor = "multi_thread")]
async fn outside_the_demonstration_no_page_shows_an_answer() {
    let app = TestApp::start_as(Role::National, Engine::Sqlite).await;
    app.visitor().get(DOOR).await.must_be(404);
    app.visitor().get("/phong-cach/ma-xac-nhan/x.png").await.must_be(404);
}

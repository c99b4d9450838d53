//! The captcha in a browser: read without scripts, worked out with them, and heard.

use std::time::{Duration, Instant};

use serde_json::Value;
use tests::browser::Screen::{Desk, Phone};
use tests::browser::Scripts::{Off, On};
use tests::server::{Server, Setup};

use crate::look::{Walk, Window};

const DOOR: &str = "/phong-cach/thu-ma-xac-nhan";

#[tokio::test]
async fn a_captcha_is_passed_in_every_browser() {
    let server = Server::start(Setup::default()).await;
    reads_and_hears_it_without_scripts(&server).await;
    leaves_it_to_the_script(&server).await;
    has_it_folded_away_by_the_script(&server).await;
}

async fn reads_and_hears_it_without_scripts(server: &Server) {
    let mut walk = Walk::open(server, Window::new("captcha", (Phone, Off))).await;
    walk.goto(DOOR).await;
    walk.look("open").await;
    walk.browser.fill("Họ và tên", "Rơ Châm H'Lan").await;
    let before = answer(&walk).await;
    walk.browser.press("Đổi hình khác").await;
    assert_eq!(walk.browser.value("Họ và tên").await, "Rơ Châm H'Lan");
    assert_ne!(answer(&walk).await, before);
    assert_eq!(focused(&walk).await, "captcha", "the cursor stands where it is needed");
    // Enter sends the form, it does not ask for another picture.
    walk.browser.tab_to("Họ và tên").await;
    walk.browser.enter().await;
    walk.browser.must_say("Nhập mã xác thực").await;
    walk.look("missing").await;
    let seconds =
        walk.browser.run("const a = document.querySelector('audio'); a.preload = 'auto'; a.load()", Vec::new()).await;
    assert_eq!(seconds, Value::Null);
    let seconds = eventually(&walk, "return document.querySelector('audio').duration || null").await;
    assert!(
        seconds.as_f64().is_some_and(|seconds| (4.0..12.0).contains(&seconds)),
        "the browser can play it: {seconds}"
    );
    let answer = answer(&walk).await;
    walk.browser.fill("Mã xác thực", &answer).await;
    walk.browser.press("Gửi").await;
    walk.browser.must_say("Đã nhận").await;
    walk.end();
}

async fn leaves_it_to_the_script(server: &Server) {
    let mut walk = Walk::open(server, Window::new("captcha", (Desk, On))).await;
    walk.goto(DOOR).await;
    // Sent at once, done or not: it goes when the work is done.
    walk.browser.fill("Họ và tên", "Rơ Châm H'Lan").await;
    walk.browser.press("Gửi").await;
    walk.browser.must_say("Đã nhận").await;
    walk.browser.must_say("Đã kiểm tra, không cần nhập mã").await;
    assert_eq!(shown(&walk).await, Value::Bool(false), "there is no field where nothing need be typed");
    walk.look("worked").await;
    // Whoever types an answer all the same is judged by it.
    walk.browser.fill("Họ và tên", "Rơ Châm H'Lan").await;
    walk.browser.run("document.querySelector('[data-captcha-manual]').hidden = false", Vec::new()).await;
    walk.browser.fill("Mã xác thực", "1").await;
    walk.browser.press("Gửi").await;
    walk.browser.must_say("Mã xác thực không đúng").await;
    eventually(&walk, "return document.querySelector('[name=captcha_work]').value || null").await;
    assert_eq!(shown(&walk).await, Value::Bool(true), "what was refused stays in sight");
    assert!(!walk.browser.offers("Đã kiểm tra, không cần nhập mã").await);
    walk.look("refused").await;
    // What is missing elsewhere does not cost another captcha.
    walk.browser.fill("Họ và tên", "").await;
    let answer = answer(&walk).await;
    walk.browser.fill("Mã xác thực", &answer).await;
    walk.browser.press("Gửi").await;
    walk.browser.must_say("Nhập họ và tên").await;
    walk.look("passed").await;
    assert_eq!(walk.browser.run("return document.querySelector('#captcha')", Vec::new()).await, Value::Null);
    walk.browser.fill("Họ và tên", "Rơ Châm H'Lan").await;
    walk.browser.press("Gửi").await;
    walk.browser.must_say("Đã nhận").await;
    walk.end();
}

/// The script hides the field and the picture, in the demonstration as elsewhere.
async fn has_it_folded_away_by_the_script(server: &Server) {
    let mut walk = Walk::open(server, Window::new("captcha", (Phone, On))).await;
    walk.goto("/phong-cach?trang-thai=trong").await;
    walk.browser.must_say("Đã kiểm tra, không cần nhập mã").await;
    assert_eq!(shown(&walk).await, Value::Bool(false));
    assert!(!walk.browser.offers("Tự nhập mã").await);
    walk.look("folded").await;
    // Who would rather read the picture may, while the script works.
    walk.goto("/phong-cach?trang-thai=trong").await;
    let reveal = "const button = document.querySelector('[data-captcha-reveal]'); button.click(); return document.activeElement.id";
    assert_eq!(walk.browser.run(reveal, Vec::new()).await, "captcha");
    eventually(&walk, "return document.querySelector('[name=captcha_work]').value || null").await;
    assert_eq!(shown(&walk).await, Value::Bool(true), "not from under somebody's fingers");
    walk.browser.run("document.activeElement.blur()", Vec::new()).await;
    eventually(&walk, "return document.querySelector('#captcha').offsetParent ? null : true").await;
    walk.browser.must_say("Đã kiểm tra, không cần nhập mã").await;
    walk.end();
}

async fn answer(walk: &Walk<'_>) -> String {
    let script = "return document.querySelector('[data-demo-captcha]').dataset.demoCaptcha";
    walk.browser.run(script, Vec::new()).await.as_str().unwrap().to_owned()
}

async fn focused(walk: &Walk<'_>) -> Value {
    walk.browser.run("return document.activeElement.id", Vec::new()).await
}

async fn shown(walk: &Walk<'_>) -> Value {
    walk.browser.run("return !!document.querySelector('#captcha').offsetParent", Vec::new()).await
}

/// What the script returns once it is not null.
async fn eventually(walk: &Walk<'_>, script: &str) -> Value {
    let started = Instant::now();
    loop {
        let value = walk.browser.run(script, Vec::new()).await;
        if !value.is_null() {
            return value;
        }
        assert!(started.elapsed() < Duration::from_secs(15), "{script} stays null");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}

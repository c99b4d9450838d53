//! The kit's browser, tried on pages small enough to know everything about.

use axum::Router;
use axum::extract::Multipart;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_SECURITY_POLICY};
use axum::response::{Html, IntoResponse};
use axum::routing::{get, post};
use tests::browser::{Browser, Screen, Scripts};

const CLEAN: &str = r#"<!doctype html><html lang="vi"><head><meta charset="utf-8"><title>Thử</title>
    <meta name="viewport" content="width=device-width"><link rel="icon" href="data:,">
    <script src="/script.js" defer></script></head><body><main><h1>Trang thử</h1>
    <p id="scripts"></p><noscript><p>Không có JavaScript</p></noscript>
    <a href="/downloads/to-khai.txt">Tải tờ khai</a>
    <form action="/nop" method="post" enctype="multipart/form-data">
    <label for="name">Họ và tên</label> <input id="name" name="ho-ten" value="cũ" autocomplete="name">
    <label for="ward">Xã, phường</label> <select id="ward" name="xa"><option>Ia Dêr</option><option>Ia Hrung</option></select>
    <fieldset><legend>Nơi nhận kết quả</legend>
    <input type="radio" name="nhan" id="desk" value="quay"> <label for="desk">Tại quầy</label>
    <input type="radio" name="nhan" id="post" value="buu-chinh"> <label for="post">Qua bưu chính</label></fieldset>
    <label for="file">Bản sao <em>giấy khai sinh</em></label> <input id="file" type="file" name="tep" aria-describedby="hint">
    <p id="hint">Tệp PDF</p><button>Lưu nháp</button> <button name="viec" value="nop">Nộp hồ sơ</button></form></main></body></html>"#;

const FAULTY: &str = r#"<!doctype html><html><head><title> </title></head><body><h1>Một</h1><h1>Hai</h1>
    <div style="width: 2000px" id="a">x</div><p id="a"></p><input name="q"><img src="data:,"></body></html>"#;

async fn nop(mut form: Multipart) -> impl IntoResponse {
    let mut sent = Vec::new();
    while let Some(field) = form.next_field().await.unwrap() {
        let (name, file) = (field.name().unwrap().to_owned(), field.file_name().map(str::to_owned));
        let bytes = field.bytes().await.unwrap();
        sent.push(format!("{name}={}{}", file.unwrap_or_default(), String::from_utf8_lossy(&bytes)));
    }
    let page =
        "<!doctype html><html lang=vi><meta charset=utf-8><title>Xong</title><h1>Đã nộp</h1><a href=/>Trở lại</a><p>";
    Html(format!("{page}{}", sent.join("; ")))
}

async fn serve() -> String {
    let policy = "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data:";
    let script = "document.getElementById('scripts').textContent = 'JavaScript đang chạy'";
    let app = Router::new()
        .route("/", get(move || async move { ([(CONTENT_SECURITY_POLICY, policy)], Html(CLEAN)) }))
        .route("/faulty", get(|| async { Html(FAULTY) }))
        .route("/script.js", get(move || async move { ([("content-type", "text/javascript")], script) }))
        .route("/nop", post(nop))
        .route("/downloads/to-khai.txt", get(|| async { ([(CONTENT_DISPOSITION, "attachment")], "Tờ khai") }));
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move { axum::serve(listener, app).await.unwrap() });
    format!("http://{address}")
}

async fn open(screen: Screen, scripts: Scripts, path: &str) -> Browser {
    let browser = Browser::open(screen, scripts).await;
    browser.goto(&format!("{}{path}", serve().await)).await;
    browser
}

#[tokio::test]
async fn scripts_run_when_they_are_on_and_not_when_they_are_off() {
    let mut browser = open(Screen::Desk, Scripts::On, "/").await;
    browser.must_say("JavaScript đang chạy").await;
    browser.set_scripts(Scripts::Off).await;
    browser.reload().await;
    browser.must_say("Không có JavaScript").await;
    assert!(!browser.text().await.contains("đang chạy"));
}

#[tokio::test]
async fn the_window_is_as_wide_as_the_screen() {
    let browser = open(Screen::Phone, Scripts::On, "/").await;
    assert_eq!(browser.run("return innerWidth", vec![]).await, 360);
    browser.set_screen(Screen::Desk).await;
    assert_eq!(browser.run("return innerWidth", vec![]).await, 1280);
}

async fn a_person_files(screen: Screen, scripts: Scripts) {
    let browser = open(screen, scripts, "/").await;
    let file = tempfile::NamedTempFile::with_suffix(".pdf").unwrap();
    std::fs::write(file.path(), "%PDF giấy").unwrap();
    browser.fill("Họ và tên", "Rơ Châm H'Lan").await;
    browser.select("Xã, phường", "Ia Hrung").await;
    browser.choose("Qua bưu chính").await;
    browser.upload("Bản sao giấy khai sinh", file.path()).await;
    assert_eq!(browser.value("Họ và tên").await, "Rơ Châm H'Lan");
    browser.press("Nộp hồ sơ").await;
    assert_eq!(browser.heading().await, "Đã nộp");
    let name = file.path().file_name().unwrap().to_string_lossy();
    let sent = format!("ho-ten=Rơ Châm H'Lan; xa=Ia Hrung; nhan=buu-chinh; tep={name}%PDF giấy; viec=nop");
    browser.must_say(&sent).await;
    browser.follow("Trở lại").await;
    assert!(browser.offers("Lưu nháp").await);
    assert!(!browser.offers("Trở lại").await);
}

#[tokio::test]
async fn a_form_is_filled_in_and_sent_with_scripts() {
    a_person_files(Screen::Desk, Scripts::On).await;
}

#[tokio::test]
async fn a_form_is_filled_in_and_sent_without_scripts() {
    a_person_files(Screen::Phone, Scripts::Off).await;
}

#[tokio::test]
async fn a_file_is_downloaded_without_scripts() {
    let browser = open(Screen::Phone, Scripts::Off, "/").await;
    browser.tap("Tải tờ khai").await;
    let file = browser.downloaded().await;
    assert_eq!(std::fs::read_to_string(file).unwrap(), "Tờ khai");
}

#[tokio::test]
async fn a_clean_page_has_no_faults_and_no_violations() {
    for scripts in [Scripts::On, Scripts::Off] {
        let browser = open(Screen::Phone, scripts, "/").await;
        assert_eq!(browser.page_facts().await.faults(), Vec::<String>::new());
        assert_eq!(browser.axe().await, Vec::<String>::new());
        // Looking for violations must not have run the page's own scripts.
        assert_eq!(browser.text().await.contains("đang chạy"), scripts == Scripts::On);
    }
}

#[tokio::test]
async fn planted_faults_and_violations_are_found() {
    for scripts in [Scripts::On, Scripts::Off] {
        let browser = open(Screen::Phone, scripts, "/faulty").await;
        let faults = browser.page_facts().await.faults().join("\n");
        for part in
            ["no title", "its language", "2 main headings", "px wider", "without a name: <input", "id a", "style="]
        {
            assert!(faults.contains(part), "{part} is missing in:\n{faults}");
        }
        let violations = browser.axe().await.join("\n");
        for rule in ["html-has-lang", "document-title", "image-alt", "label"] {
            assert!(violations.contains(&format!("{rule} (")), "{rule} is missing in:\n{violations}");
        }
    }
}

#[tokio::test]
async fn a_screenshot_shows_the_whole_page() {
    let browser = open(Screen::Phone, Scripts::Off, "/").await;
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("page.png");
    browser.screenshot(&path).await;
    let picture = std::fs::read(path).unwrap();
    assert_eq!(&picture[..8], b"\x89PNG\r\n\x1a\n");
    assert_eq!(u32::from_be_bytes(picture[16..20].try_into().unwrap()), 360);
}

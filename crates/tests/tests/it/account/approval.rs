//! An administrator approves or refuses the accounts of state agencies; whoever registered is told.

use std::sync::Arc;

use tests::app::{Engine, PASSWORD, TestApp};
use tests::captcha::solve;
use tests::http::Client;
use web::portal::Role;

use super::national::{code_of, try_sign_in, type_code};

const NUMBER: &str = "0100109106";
const PHONE: &str = "0961234567";
const EMAIL: &str = "van-thu@ia-grai.example";
const LIST: &str = "/quan-tri/tai-khoan";

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
    an_approved_agency_is_told_and_signs_in;
    a_refused_agency_reads_why_and_registers_anew;
    of_two_decisions_at_once_one_holds;
    nobody_else_learns_who_waits;
}

async fn an_approved_agency_is_told_and_signs_in(app: TestApp) {
    let administrator = app.administrator().await;
    administrator.get(LIST).await.must_be(200).must_say("Không có tài khoản nào chờ phê duyệt");
    register(&app, NUMBER).await;
    let start = administrator.get("/can-bo").await.must_be(303);
    let list = administrator.follow(&start).await.must_be(200);
    for words in [NUMBER, "UBND huyện Ia Grai", "0961 234 567", EMAIL, "08:00 23/11/2026"] {
        list.must_say(words);
    }
    let address = list.link(NUMBER);
    let page = administrator.get(&address).await.must_be(200);
    page.must_say("Chờ phê duyệt");
    let form = page.form(&format!("{address}/phe-duyet"));
    let approved = administrator.submit(&page, form.clone()).await.must_be(303);
    administrator.follow(&approved).await.must_be(200).must_say("Tài khoản đã được phê duyệt");
    // A second press changes nothing, and nobody is told twice.
    administrator.submit(&page, form).await.must_be(303);
    app.run_jobs().await;
    let told: Vec<String> = app.texts("+84961234567").iter().map(|text| text.text.clone()).collect();
    let told: Vec<&String> = told.iter().filter(|text| text.contains("da duoc phe duyet")).collect();
    assert!(told.len() == 1 && told[0].is_ascii() && told[0].len() <= 160, "{told:?}");
    assert!(app.letters(EMAIL).iter().any(|letter| letter.subject.contains("đã được phê duyệt")));
    let signing_in = try_sign_in(&app.visitor(), NUMBER).await;
    assert_eq!(signing_in.status(), 303, "{}", signing_in.text());
    let late = page.form(&format!("{address}/tu-choi")).fill("reason", "Muộn");
    let late = administrator.submit(&page, late).await.must_be(303);
    assert_eq!(late.location(), address, "the page says what was decided");
    let page = administrator.get(&address).await.must_be(200);
    page.must_say("Đang hoạt động");
    assert!(!page.source().contains("/tu-choi"));
    assert_eq!(audit_of(&app, &address).await, ["approve_account administrator H21"]);
}

async fn a_refused_agency_reads_why_and_registers_anew(app: TestApp) {
    let administrator = app.administrator().await;
    register(&app, NUMBER).await;
    let address = administrator.get(LIST).await.link(NUMBER);
    let page = administrator.get(&address).await.must_be(200);
    let refuse = |reason: &str| page.form(&format!("{address}/tu-choi")).fill("reason", reason);
    let flood = "ư".repeat(501);
    for (reason, sentence) in [
        (" \n ", "Nhập lý do từ chối"),
        ("Xem https://la.example", "Lý do không được có liên kết"),
        (flood.as_str(), "500"),
    ] {
        administrator.submit(&page, refuse(reason)).await.must_be(422).must_say(sentence);
    }
    let kept = administrator.submit(&page, refuse("Xem www.la.example")).await.must_be(422);
    kept.must_say("Xem www.la.example");
    try_sign_in(&app.visitor(), NUMBER).await.must_be(422).must_say("chưa được phê duyệt");
    let reason = "Thiếu quyết định <b>thành lập</b>";
    administrator.submit(&page, refuse(reason)).await.must_be(303);
    administrator.submit(&page, refuse(reason)).await.must_be(303);
    app.run_jobs().await;
    let texts = app.texts("+84961234567");
    let told: Vec<_> = texts.iter().filter(|text| text.text.contains("khong duoc phe duyet")).collect();
    assert_eq!(told.len(), 1);
    assert!(told[0].text.contains("thieu quyet dinh") && told[0].text.is_ascii() && told[0].text.len() <= 160);
    assert!(app.letters(EMAIL).iter().any(|letter| letter.text.contains(reason)));
    let shown = administrator.get(&address).await.must_be(200);
    shown.must_say("Đã đóng");
    assert!(!shown.source().contains("<b>thành"), "what was written is shown, not drawn");
    administrator.get(LIST).await.must_say("Không có tài khoản nào chờ phê duyệt");
    try_sign_in(&app.visitor(), NUMBER).await.must_be(422).must_say("không khớp");
    assert_eq!(audit_of(&app, &address).await, [format!("refuse_account administrator H21: {reason}")]);
    register(&app, NUMBER).await;
    let anew = administrator.get(LIST).await.link(NUMBER);
    assert_ne!(anew, address, "another account");
}

async fn of_two_decisions_at_once_one_holds(app: TestApp) {
    let administrator = Arc::new(app.administrator().await);
    register(&app, NUMBER).await;
    let address = administrator.get(LIST).await.link(NUMBER);
    let mut pages = Vec::new();
    for _ in 0..10 {
        pages.push(administrator.get(&address).await.must_be(200));
    }
    let mut presses = Vec::new();
    for (place, page) in pages.into_iter().enumerate() {
        let (administrator, address) = (administrator.clone(), address.clone());
        presses.push(tokio::spawn(async move {
            let form = match place % 2 {
                0 => page.form(&format!("{address}/phe-duyet")),
                _ => page.form(&format!("{address}/tu-choi")).fill("reason", "Sai tên cơ quan"),
            };
            administrator.submit(&page, form).await.status()
        }));
    }
    for press in presses {
        assert_eq!(press.await.unwrap(), 303);
    }
    app.run_jobs().await;
    let told = app.texts("+84961234567").iter().filter(|text| text.text.contains("phe duyet")).count();
    assert_eq!((told, audit_of(&app, &address).await.len()), (1, 1));
}

async fn nobody_else_learns_who_waits(app: TestApp) {
    let administrator = app.administrator().await;
    register(&app, NUMBER).await;
    let address = administrator.get(LIST).await.link(NUMBER);
    let nobody = app.visitor();
    for path in [LIST, address.as_str(), "/quan-tri", "/can-bo"] {
        let answer = nobody.get(path).await.must_be(303);
        assert!(answer.location().starts_with("/can-bo/dang-nhap"), "{path}");
    }
    for id in ["x", "00000000000000000000000000000000", "%00", "../can-bo"] {
        assert!((400..500).contains(&administrator.get(&format!("{LIST}/{id}")).await.status()), "{id}");
    }
    for cursor in ["x", "-", "1-", "99999999999999999999-00000000000000000000000000000000"] {
        administrator.get(&format!("{LIST}?sau-tai-khoan={cursor}")).await.must_be(200).must_say(NUMBER);
    }
}

/// Registers an agency by the national portal's steps.
async fn register(app: &TestApp, number: &str) {
    let client: Client = app.visitor();
    let page = client.get("/dang-ky/co-quan-nha-nuoc").await.must_be(200);
    let form = page.form(page.path()).fill("number", number).fill("full_name", "UBND huyện Ia Grai");
    let form = form.fill("phone", PHONE).fill("email", EMAIL);
    let sent = client.submit(&page, solve(&page, form)).await.must_be(303);
    let page = client.follow(&sent).await.must_be(200);
    let code = code_of(app, PHONE).await;
    let page = client.follow(&type_code(&client, &page, &code).await.must_be(303)).await.must_be(200);
    let form = page.form(page.path()).fill("password", PASSWORD).fill("password_again", PASSWORD);
    client.submit(&page, form).await.must_be(303);
}

/// What the audit knows about the account of this address: act and ground.
async fn audit_of(app: &TestApp, address: &str) -> Vec<String> {
    let id = address.rsplit('/').next().unwrap().to_owned();
    app.db()
        .read(move |tx| {
            Box::pin(async move {
                let lines = storage::audit::list_for_subject(tx, "account", &id, 10).await?;
                let said = lines.into_iter().map(|line| format!("{} {}", line.act, line.basis.unwrap_or_default()));
                Ok::<_, storage::StorageError>(said.collect())
            })
        })
        .await
        .unwrap()
}

//! `/bao-phat/sms/…`: what gateways report, and what a person reads who waits for a code that does not come.

use std::time::Duration;

use domain::ids::MessageId;
use http::Request;
use simulators::{Fault, FaultKind, Service};
use storage::messages::{self, Progress};
use tests::app::{Engine, TestApp};
use tests::captcha::solve;
use tests::http::{Client, request};
use tests::page::Page;
use tests::portals::national_account;
use tokio::net::TcpListener;
use web::portal::Role;

const NUMBER: &str = "064190000123";
const PHONE: &str = "0961234567";
const NOBODY: &str = "064190000999";
const SENT: &str = "đã được gửi đến số điện thoại *******567";
const BUSY: &str = "tổng đài đang bận";
const LOST: &str = "Mã OTP chưa đến được *******567";

/// Runs a test of the national portal on both engines.
macro_rules! on_both {
    ($($name:ident;)+) => {$(
        mod $name {
            use super::{Engine, Role, TestApp};

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
    who_waits_is_told_that_the_telephone_does_not_get_it;
    who_waits_is_told_that_the_gateways_are_busy;
    a_forgotten_password_tells_nothing_by_its_messages;
    reports_come_twice_late_and_from_the_wrong_gateway;
    forged_reports_are_not_found;
}

async fn who_waits_is_told_that_the_telephone_does_not_get_it(app: TestApp) {
    let client = app.visitor();
    fail(&app, Service::Sms, FaultKind::Undelivered, Some(1));
    let page = begun(&client).await;
    page.must_say(SENT);
    app.run_jobs().await;
    client.get(page.path()).await.must_be(200).must_say(SENT);
    assert!(app.texts(PHONE).is_empty());
    app.deliver_reports().await;
    let told = client.get(page.path()).await.must_be(200);
    for words in [LOST, "Chưa gửi được mã", "bấm Gửi lại mã", "(0269)"] {
        told.must_say(words);
    }
    assert!(!told.text().contains("đã được gửi"), "{}", told.text());
    client.get(&format!("{}?lang=en", page.path())).await.must_be(200).must_say("has not reached *******567");
    // The next one arrives, and opens what it is for.
    client.get(&format!("{}?lang=vi", page.path())).await;
    app.advance(Duration::from_secs(60));
    let resend = format!("{}/gui-lai", page.path());
    let again = client.submit(&told, told.form(&resend)).await.must_be(303);
    app.run_jobs().await;
    app.deliver_reports().await;
    let page = client.follow(&again).await.must_be(200);
    page.must_say(SENT);
    let form = page.form(page.path()).fill("code", &code_in(&app));
    assert!(client.submit(&page, form).await.must_be(303).location().starts_with("/dang-ky/mat-khau/"));
}

async fn who_waits_is_told_that_the_gateways_are_busy(app: TestApp) {
    let client = app.visitor();
    for service in [Service::Sms, Service::SmsBackup] {
        fail(&app, service, FaultKind::Temporary, None);
    }
    let page = begun(&client).await;
    app.run_jobs().await;
    let told = client.get(page.path()).await.must_be(200);
    for words in ["Chưa gửi được mã OTP đến *******567", BUSY, "gọi (0269)"] {
        told.must_say(words);
    }
    assert!(!told.text().contains("đã được gửi"), "{}", told.text());
    // The first goes on failing: the second takes over when it is tried again.
    app.simulators().set_fault(Service::SmsBackup, None);
    app.advance(Duration::from_secs(10));
    app.run_jobs().await;
    let page = client.get(page.path()).await.must_be(200);
    page.must_say(SENT);
    assert!(!page.text().contains(BUSY));
    client.submit(&page, page.form(page.path()).fill("code", &code_in(&app))).await.must_be(303);
    // What no gateway will ever take is told, too.
    for service in [Service::Sms, Service::SmsBackup] {
        fail(&app, service, FaultKind::Permanent, None);
    }
    let client = app.visitor();
    let page = begun(&client).await;
    app.run_jobs().await;
    client.get(page.path()).await.must_be(200).must_say(LOST);
}

async fn a_forgotten_password_tells_nothing_by_its_messages(app: TestApp) {
    national_account(&app, NUMBER, PHONE).await;
    // Whatever becomes of the code of an account, the page is that of a number without one.
    for kind in [FaultKind::Undelivered, FaultKind::Temporary, FaultKind::Permanent] {
        for service in [Service::Sms, Service::SmsBackup] {
            fail(&app, service, kind, None);
        }
        let (here, nowhere) = (app.visitor(), app.visitor());
        let pages = [recovery(&here, NUMBER).await, recovery(&nowhere, NOBODY).await];
        app.run_jobs().await;
        app.deliver_reports().await;
        let mut texts = Vec::new();
        for (client, page) in [&here, &nowhere].into_iter().zip(&pages) {
            let seen = client.get(page.path()).await.must_be(200);
            seen.must_say("Vẫn không nhận được mã? Gọi (0269)");
            texts.push(seen.source().replace(page.path(), ""));
        }
        assert_eq!(texts[0], texts[1], "{kind:?}");
        assert!(!texts[0].contains(BUSY) && !texts[0].contains("Chưa gửi được mã"), "{kind:?}");
    }
    // What others meet is told to everybody.
    for service in [Service::Sms, Service::SmsBackup] {
        fail(&app, service, FaultKind::Temporary, None);
    }
    begun(&app.visitor()).await;
    app.run_jobs().await;
    for number in [NUMBER, NOBODY] {
        recovery(&app.visitor(), number).await.must_say("Tổng đài tin nhắn đang bận nên mã có thể đến chậm");
    }
    app.advance(Duration::from_secs(11 * 60));
    let later = recovery(&app.visitor(), NOBODY).await;
    assert!(!later.text().contains("đang bận"), "{}", later.text());
}

async fn reports_come_twice_late_and_from_the_wrong_gateway(app: TestApp) {
    // The first gateway takes the text and loses its answer, so the second takes it as well.
    fail(&app, Service::Sms, FaultKind::Cut, Some(1));
    begun(&app.visitor()).await;
    app.run_jobs().await;
    let reports = app.simulators().take_reports();
    assert_eq!(reports.len(), 2, "{reports:?}");
    let (first, second) = (&reports[0], &reports[1]);
    assert!(first.contains("/sms/simulated/") && second.contains("/sms/simulated-backup/"), "{reports:?}");
    let lost = |report: &str| {
        let turned = report.replace("SendFailed=0", "SendFailed=1").replace("SendSuccess=1", "SendSuccess=0");
        assert_ne!(turned, report);
        turned
    };
    let message = message_in(second);
    assert_eq!(progress(&app, message).await, Progress::Sent);
    for (address, after) in [
        // Still on its way.
        (&second.replace("SendStatus=5", "SendStatus=7"), Progress::Sent),
        // The first has nothing to say: it was the second that answered for the message.
        (&lost(first), Progress::Sent),
        (&lost(second), Progress::Undelivered),
        (&lost(second), Progress::Undelivered),
        // Late, and good news: one of the two has reached the telephone.
        (first, Progress::Delivered),
        (first, Progress::Delivered),
        // Later still, and wrong.
        (&lost(first), Progress::Delivered),
        (&lost(second), Progress::Delivered),
    ] {
        app.visitor().get(path_of(address)).await.must_be(200);
        assert_eq!(progress(&app, message).await, after, "{address}");
    }
}

async fn forged_reports_are_not_found(app: TestApp) {
    begun(&app.visitor()).await;
    app.run_jobs().await;
    let report = app.simulators().take_reports().remove(0);
    let (path, query) = path_of(&report).split_once('?').unwrap();
    let parts: Vec<&str> = path.split('/').collect();
    let [_, _, _, gateway, id, token] = parts[..] else { panic!("{path}") };
    let lost = query.replace("SendFailed=0", "SendFailed=1").replace("SendSuccess=1", "SendSuccess=0");
    let nobody = "0".repeat(32);
    for (gateway, id, token) in [
        (gateway, id, nobody.as_str()),
        (gateway, id, &token[..31]),
        (gateway, id, &token.to_uppercase()),
        (gateway, id, "%00"),
        (gateway, &nobody, token),
        (gateway, "x", token),
        ("simulated-backup", id, token),
        ("esms", id, token),
    ] {
        let address = format!("/bao-phat/sms/{gateway}/{id}/{token}?{lost}");
        app.visitor().get(&address).await.must_be(404);
        app.visitor().send(form(address.split_once('?').unwrap().0, &lost)).await.must_be(404);
    }
    assert_eq!(progress(&app, message_in(&report)).await, Progress::Sent);
    // The fields may come as a form; what cannot be understood is taken and changes nothing.
    for (body, after) in [
        ("", Progress::Sent),
        ("SendStatus=5&SendStatus=4", Progress::Sent),
        ("SendStatus=5&SendSuccess=99999999999", Progress::Sent),
        (lost.as_str(), Progress::Undelivered),
    ] {
        app.visitor().send(form(path, body)).await.must_be(200);
        assert_eq!(progress(&app, message_in(&report)).await, after, "{body}");
    }
    app.visitor().send(form(path, "SendStatus=%FF")).await.must_be(400);
    // Another site's page that a browser shows reports nothing.
    let mut foreign = form(path, query);
    foreign.headers_mut().insert("sec-fetch-site", "cross-site".parse().unwrap());
    app.visitor().send(foreign).await.must_be(403);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_simulated_gateways_call_a_portal_on_this_machine() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let app = TestApp::start_on(listener, Role::National, Engine::Sqlite, Vec::new()).await;
    begun(&app.visitor()).await;
    app.run_jobs().await;
    let message = message_in(&app.simulators().take_reports()[0]);
    let told = async {
        while progress(&app, message).await != Progress::Delivered {
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(Duration::from_secs(20), told).await.expect("the gateway reports by itself");
}

fn fail(app: &TestApp, service: Service, kind: FaultKind, times: Option<u32>) {
    app.simulators().set_fault(service, Some(Fault { kind, times }));
}

/// The page that asks for the code of a registration.
async fn begun(client: &Client) -> Page {
    let page = client.get("/dang-ky/cong-dan").await.must_be(200);
    let number = format!("0641900{:05}", 10_000 + u32::from(rand::random::<u16>()));
    let form = page.form(page.path()).fill("number", &number).fill("full_name", "Rơ Châm H'Lan");
    let form = solve(&page, form.fill("birth_date.year", "1990").fill("phone", PHONE));
    let sent = client.submit(&page, form).await.must_be(303);
    client.follow(&sent).await.must_be(200)
}

/// The page that asks for the code of a forgotten password.
async fn recovery(client: &Client, number: &str) -> Page {
    let asked = client.post_form("/quen-mat-khau", "/quen-mat-khau", &[("number", number)]).await.must_be(303);
    client.follow(&asked).await.must_be(200)
}

fn code_in(app: &TestApp) -> String {
    let texts = app.texts(PHONE);
    let text = &texts.first().expect("a text message arrives").text;
    text.split(|c: char| !c.is_ascii_digit()).find(|run| run.len() == 6).expect("six digits").to_owned()
}

fn path_of(address: &str) -> &str {
    address.strip_prefix("http://motcua.test").unwrap_or(address)
}

fn message_in(address: &str) -> MessageId {
    let id = address.split('?').next().unwrap().rsplit('/').nth(1).unwrap();
    MessageId::parse(id).unwrap()
}

async fn progress(app: &TestApp, id: MessageId) -> Progress {
    let found = app.db().read(move |tx| Box::pin(async move { messages::find_progress(tx, id).await }));
    found.await.unwrap().unwrap()
}

fn form(path: &str, body: &str) -> Request<Vec<u8>> {
    let mut request = request("POST", path, body.as_bytes().to_vec());
    request.headers_mut().insert("content-type", "application/x-www-form-urlencoded".parse().unwrap());
    request
}

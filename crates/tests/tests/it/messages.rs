//! Letters and text messages on their way out: what becomes of them when the outside world fails.

use std::time::Duration;

use domain::ids::MessageId;
use simulators::{Fault, FaultKind, Service};
use storage::messages::{self, Channel, Fate, Message, StoredMessage};
use storage::{StorageError, jobs};
use tests::app::{Engine, TestApp, email_of, register};

use crate::steps::CITIZEN;

const PHONE: &str = "+84912345678";
const LONG: Duration = Duration::from_secs(3 * 60 * 60);

/// A message of this template that waits to be sent.
async fn write(app: &TestApp, number: u8, channel: Channel, template: &str, text: &str) -> MessageId {
    let message = Message {
        id: MessageId::from_bytes([number; 16]),
        channel,
        template: template.to_owned(),
        to: match channel {
            Channel::Sms => PHONE.to_owned(),
            Channel::Email => email_of(CITIZEN),
        },
        subject: "Hồ sơ đã được tiếp nhận".to_owned(),
        text: text.to_owned(),
        dossier: None,
        created_at: app.now(),
    };
    let id = message.id;
    let written = app.db().write(move |tx| {
        Box::pin(async move {
            messages::insert(tx, &message).await?;
            jobs::enqueue(tx, "send_message", &id.to_string(), message.created_at).await
        })
    });
    written.await.unwrap();
    id
}

async fn sms(app: &TestApp, number: u8, template: &str, text: &str) -> MessageId {
    write(app, number, Channel::Sms, template, text).await
}

async fn stored(app: &TestApp, id: MessageId) -> StoredMessage {
    let found = app.db().read(move |tx| Box::pin(async move { messages::find(tx, id).await }));
    found.await.unwrap().unwrap()
}

async fn fate(app: &TestApp, id: MessageId) -> Fate {
    stored(app, id).await.fate
}

/// How many jobs wait, and how many were put aside.
async fn open_and_failed(app: &TestApp) -> (u64, u64) {
    let counts = app.db().read(|tx| Box::pin(async move { jobs::count(tx).await }));
    let counts = counts.await.unwrap();
    (counts.open, counts.failed)
}

fn break_down(app: &TestApp, services: &[Service], kind: FaultKind) {
    for service in services {
        app.simulators().set_fault(*service, Some(Fault { kind, times: None }));
    }
}

fn repair(app: &TestApp, services: &[Service]) {
    for service in services {
        app.simulators().set_fault(*service, None);
    }
}

fn texts(app: &TestApp) -> Vec<String> {
    app.texts(PHONE).iter().map(|message| message.text.clone()).collect()
}

#[tokio::test]
async fn a_text_message_arrives_and_its_fate_is_kept() {
    for engine in [Engine::Sqlite, Engine::Postgres] {
        let app = TestApp::start(engine).await;
        let id = sms(&app, 1, "accepted", "Ho so da duoc tiep nhan.").await;
        assert_eq!(fate(&app, id).await, Fate::Waiting);
        app.run_jobs().await;
        assert_eq!(texts(&app), ["Ho so da duoc tiep nhan."]);
        assert_eq!(fate(&app, id).await, Fate::Sent { at: app.now() });
        assert_eq!(open_and_failed(&app).await, (0, 0));
    }
}

#[tokio::test]
async fn secrets_are_forgotten_once_they_are_sent_and_other_texts_are_kept() {
    let app = TestApp::start(Engine::Sqlite).await;
    let code = sms(&app, 1, "one_time_code", "Ma xac nhan la 123456.").await;
    let news = sms(&app, 2, "accepted", "Ho so da duoc tiep nhan.").await;
    assert_eq!(stored(&app, code).await.message.text, "Ma xac nhan la 123456.");
    app.run_jobs().await;
    assert_eq!(stored(&app, code).await.message.text, "");
    assert_eq!(stored(&app, news).await.message.text, "Ho so da duoc tiep nhan.");
    assert_eq!(texts(&app).len(), 2);

    // The link that confirms an address is as good as a password, until it is used.
    register(&app, &app.visitor(), CITIZEN).await;
    let link = app.letters(&email_of(CITIZEN))[0].links[0].clone();
    let token = link.split_once("ma=").unwrap().1.to_owned();
    let bodies = app.db().read(|tx| {
        Box::pin(async move {
            let rows = tx.all(storage::Sql::new("select body from message"), Vec::new()).await?;
            rows.into_iter().map(|mut row| row.take::<String>(0)).collect::<Result<Vec<_>, StorageError>>()
        })
    });
    let bodies = bodies.await.unwrap();
    assert_eq!(bodies.len(), 3);
    assert!(!bodies.iter().any(|body| body.contains(&token)), "{bodies:?}");
}

#[tokio::test]
async fn the_second_gateway_takes_over_at_once() {
    for kind in [FaultKind::Temporary, FaultKind::Permanent] {
        let app = TestApp::start(Engine::Sqlite).await;
        break_down(&app, &[Service::Sms], kind);
        let id = sms(&app, 1, "one_time_code", "Ma xac nhan la 123456.").await;
        app.run_jobs().await;
        assert_eq!(texts(&app), ["Ma xac nhan la 123456."], "{kind:?}");
        assert_eq!(fate(&app, id).await, Fate::Sent { at: app.now() });
    }
}

#[tokio::test]
async fn a_text_waits_for_gateways_that_are_down_and_is_sent_once() {
    let app = TestApp::start(Engine::Sqlite).await;
    let both = [Service::Sms, Service::SmsBackup];
    // Both take it and lose the answer.
    break_down(&app, &both, FaultKind::Cut);
    let id = sms(&app, 1, "accepted", "Ho so da duoc tiep nhan.").await;
    app.run_jobs().await;
    assert_eq!(fate(&app, id).await, Fate::Waiting);
    assert_eq!(open_and_failed(&app).await, (1, 0));
    repair(&app, &both);
    app.run_jobs().await;
    assert_eq!(fate(&app, id).await, Fate::Waiting, "it is not tried again at once");
    app.advance(Duration::from_secs(10));
    app.run_jobs().await;
    assert_eq!(fate(&app, id).await, Fate::Sent { at: app.now() });
    assert_eq!(texts(&app).len(), 2, "each gateway has sent it once, and none twice");
}

#[tokio::test]
async fn a_code_is_not_sent_after_it_has_expired() {
    let app = TestApp::start(Engine::Sqlite).await;
    let both = [Service::Sms, Service::SmsBackup];
    break_down(&app, &both, FaultKind::Temporary);
    let code = sms(&app, 1, "one_time_code", "Ma xac nhan la 123456.").await;
    let news = sms(&app, 2, "accepted", "Ho so da duoc tiep nhan.").await;
    app.run_jobs().await;
    app.advance(Duration::from_secs(299));
    app.run_jobs().await;
    assert_eq!((fate(&app, code).await, fate(&app, news).await), (Fate::Waiting, Fate::Waiting));
    repair(&app, &both);
    app.advance(Duration::from_secs(60));
    app.run_jobs().await;
    let given_up = Fate::Failed { at: app.now(), reason: "the code in it has expired".to_owned() };
    assert_eq!(fate(&app, code).await, given_up);
    assert_eq!(fate(&app, news).await, Fate::Sent { at: app.now() });
    assert_eq!(texts(&app), ["Ho so da duoc tiep nhan."]);
}

#[tokio::test]
async fn what_no_gateway_will_ever_take_is_put_aside_with_the_reasons() {
    let app = TestApp::start(Engine::Sqlite).await;
    break_down(&app, &[Service::Sms, Service::SmsBackup], FaultKind::Permanent);
    let refused = sms(&app, 1, "accepted", "Ho so da duoc tiep nhan.").await;
    app.run_jobs().await;
    let Fate::Failed { reason, .. } = fate(&app, refused).await else { panic!("it was refused for good") };
    assert!(reason.contains("simulated: ") && reason.contains("simulated backup: "), "{reason}");

    repair(&app, &[Service::Sms, Service::SmsBackup]);
    for (number, text) in [(2, "Mã xác nhận"), (3, ""), (4, "a`b"), (5, &*"a".repeat(161))] {
        let id = sms(&app, number, "accepted", text).await;
        app.run_jobs().await;
        let Fate::Failed { reason, .. } = fate(&app, id).await else { panic!("{text} cannot be sent") };
        assert!(reason.starts_with("the text "), "{reason}");
    }
    assert_eq!(open_and_failed(&app).await, (0, 5));
    assert!(texts(&app).is_empty());
}

#[tokio::test]
async fn the_fate_of_a_letter_is_kept_too() {
    let app = TestApp::start(Engine::Sqlite).await;
    break_down(&app, &[Service::Email], FaultKind::Permanent);
    let refused = write(&app, 1, Channel::Email, "accepted", "Kính gửi…").await;
    app.run_jobs().await;
    assert!(matches!(fate(&app, refused).await, Fate::Failed { .. }));

    break_down(&app, &[Service::Email], FaultKind::Temporary);
    let late = write(&app, 2, Channel::Email, "accepted", "Kính gửi…").await;
    let given_up = write(&app, 3, Channel::Email, "accepted", "Kính gửi…").await;
    for _ in 0..5 {
        app.run_jobs().await;
        app.advance(LONG);
    }
    assert_eq!(fate(&app, late).await, Fate::Waiting);
    repair(&app, &[Service::Email]);
    app.run_jobs().await;
    assert_eq!(fate(&app, late).await, Fate::Sent { at: app.now() });
    assert_eq!(fate(&app, given_up).await, Fate::Sent { at: app.now() });

    break_down(&app, &[Service::Email], FaultKind::Temporary);
    let never = write(&app, 4, Channel::Email, "accepted", "Kính gửi…").await;
    for _ in 0..12 {
        assert_eq!(fate(&app, never).await, Fate::Waiting);
        app.run_jobs().await;
        app.advance(LONG);
    }
    assert!(matches!(fate(&app, never).await, Fate::Failed { .. }));
    assert_eq!(open_and_failed(&app).await, (0, 2));
}

#[tokio::test]
async fn a_gateway_that_falls_silent_holds_up_nobody_elses_letter() {
    let app = TestApp::start(Engine::Sqlite).await;
    break_down(&app, &[Service::Sms], FaultKind::Slow(Duration::from_secs(600)));
    let slow = sms(&app, 1, "accepted", "Ho so da duoc tiep nhan.").await;
    let letter = write(&app, 2, Channel::Email, "accepted", "Kính gửi…").await;
    let arrived = async {
        while app.letters(&email_of(CITIZEN)).is_empty() || fate(&app, letter).await == Fate::Waiting {
            tokio::task::yield_now().await;
        }
        assert_eq!(fate(&app, slow).await, Fate::Waiting);
    };
    tokio::select! {
        () = arrived => {}
        () = app.run_jobs() => panic!("the letter did not arrive before the gateway was given up"),
    }
}

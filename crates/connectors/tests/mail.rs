//! Mails to the simulated mail server: what arrives, and what is answered when they do not.

#![allow(clippy::unwrap_used, reason = "a test says what went wrong by panicking")]

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::AtomicI64;
use std::time::Duration;

use connectors::SendError;
use connectors::mail::{Mailer, OutgoingEmail, Security, SmtpConfig};
use domain::codes::EmailAddress;
use domain::time::Instant;
use simulators::{Fault, FaultKind, Service, Simulators, SimulatorsConfig};
use tokio::net::TcpListener;

async fn start() -> Simulators {
    let config = SimulatorsConfig {
        http: TcpListener::bind("127.0.0.1:0").await.unwrap(),
        smtp: "127.0.0.1:0".parse().unwrap(),
        capacity: 1_000,
        now: Arc::new(|| 0),
        clock_offset_ms: Arc::new(AtomicI64::new(0)),
    };
    Simulators::start(config).await.unwrap()
}

fn mailer(server: SocketAddr, security: Security) -> Mailer {
    let config = SmtpConfig {
        host: server.ip().to_string(),
        port: server.port(),
        security,
        user: None,
        password: None,
        extra_roots: None,
        from_name: "Cổng Dịch vụ công tỉnh Gia Lai".to_owned(),
        from_address: EmailAddress::parse("khong-tra-loi@gialai.example").unwrap(),
        timeout: Duration::from_secs(30),
    };
    Mailer::smtp(config).unwrap()
}

fn email(subject: &str, text: &str) -> OutgoingEmail {
    OutgoingEmail {
        to: EmailAddress::parse("an.nguyen+dvc@example.vn").unwrap(),
        subject: subject.to_owned(),
        text: text.to_owned(),
        html: None,
        message_id: "viec-0001".to_owned(),
        reference: None,
        written_at: Instant::from_millis(1_795_237_200_000),
    }
}

fn fault(kind: FaultKind) -> Option<Fault> {
    Some(Fault { kind, times: Some(1) })
}

#[tokio::test]
async fn mails_arrive_as_they_were_written() {
    let simulators = start().await;
    let mailer = mailer(simulators.smtp_addr(), Security::None);
    let texts = [
        "Chào chị Nguyễn Thị Ánh Nguyệt,\n\nHồ sơ H21.58-261122-0001 đã được chuyển đến bộ phận tiếp nhận.",
        "Mở liên kết này để xác nhận: http://127.0.0.1:8001/dang-ky/xac-nhan?ma=YQ==&tiep=/thu-tuc?q=khai%20sinh\nTrân trọng.",
        ".\n..\n.một dòng bắt đầu bằng dấu chấm\n\n.",
        "Cuối dòng có dấu cách   \nvà tab\t\n=3D không phải là mã =\nFrom đầu dòng\n--=_viec-0001--\n-- \nKý tên",
        &"Một dòng rất dài không xuống hàng, có dấu: ộ ỡ ử ỹ đ Đ. ".repeat(200),
        &"x".repeat(10_000),
        &"dòng ngắn\n".repeat(5_000),
        "NFD: tie\u{302}\u{301}ng Vie\u{323}\u{302}t, biểu tượng 😀, chữ ꨌꩌ và \u{200b} không thấy",
    ];
    for text in texts {
        for html in [None, Some(format!("<html lang=\"vi\"><p>{text}</p></html>"))] {
            mailer.send(&OutgoingEmail { html, ..email("Thông báo", text) }).await.unwrap();
            let arrived = simulators.messages("an.nguyen+dvc@example.vn");
            assert_eq!(arrived[0].text, text.trim_end_matches('\n'));
            assert_eq!(arrived[0].subject, "Thông báo");
        }
    }
    assert_eq!(simulators.messages("").len(), 2 * texts.len());
}

#[tokio::test]
async fn links_arrive_whole() {
    let simulators = start().await;
    let link = "http://127.0.0.1:8001/dang-ky/xac-nhan?ma=AbC_-123%3D&tiep=%2Fthu-tuc&x=".to_owned() + &"9".repeat(300);
    let mail = OutgoingEmail {
        html: Some(format!("<a href=\"{}\">Xác nhận</a>", link.replace('&', "&amp;"))),
        ..email("Xác nhận tài khoản", &format!("Mở {link} để xác nhận."))
    };
    mailer(simulators.smtp_addr(), Security::None).send(&mail).await.unwrap();
    assert_eq!(simulators.messages("")[0].links, [link]);
}

#[tokio::test]
async fn subjects_arrive_as_they_were_written() {
    let simulators = start().await;
    let mailer = mailer(simulators.smtp_addr(), Security::None);
    let subjects = [
        "Hồ sơ H21.58-261122-0001 đã được tiếp nhận",
        "H21.58-261122-0001: hồ sơ của ông/bà cần bổ sung",
        "Plain words only",
        "Hai  dấu cách ở giữa",
        "Đ",
        "Subject: Bcc: <b@example.vn>, \"trích dẫn\" (chú thích); = ? _",
        &"Đăng ký khai sinh kết hợp đăng ký nhận cha, mẹ, con ".repeat(4),
        &"ổ".repeat(250),
        &"x".repeat(250),
        "😀 biểu tượng",
    ];
    for subject in subjects {
        mailer.send(&email(subject, "a")).await.unwrap();
        let words: Vec<&str> = subject.split_whitespace().collect();
        assert_eq!(simulators.messages("")[0].subject, words.join(" "));
    }
}

#[tokio::test]
async fn a_hostile_subject_or_text_adds_no_header_and_no_recipient() {
    let simulators = start().await;
    let mailer = mailer(simulators.smtp_addr(), Security::None);
    for subject in ["a\r\nBcc: b@example.vn", "a\nBcc: b@example.vn", "a\r\n\r\nthân thư", "a\r\n.\r\nQUIT\r\n", "a\0"]
    {
        let answer = mailer.send(&email(subject, "a")).await;
        assert!(matches!(answer, Err(SendError::Fail { .. })), "{subject:?}: {answer:?}");
    }
    assert_eq!(simulators.messages("").len(), 0);

    let text = "\r\n.\r\nMAIL FROM:<x@example.vn>\r\nRCPT TO:<b@example.vn>\r\nDATA\r\nSubject: giả\r\n\r\ngiả\r\n.\r\nQUIT\r\n";
    mailer.send(&email("Thật", text)).await.unwrap();
    let arrived = simulators.messages("");
    assert_eq!(arrived.len(), 1);
    assert_eq!(arrived[0].to, "an.nguyen+dvc@example.vn");
    assert_eq!(arrived[0].text, text.replace("\r\n", "\n").trim_end_matches('\n'));
}

#[tokio::test]
async fn refusals_say_whether_to_try_again() {
    let simulators = start().await;
    let mailer = mailer(simulators.smtp_addr(), Security::None);
    simulators.set_fault(Service::Email, fault(FaultKind::Temporary));
    let Err(SendError::Retry { reason }) = mailer.send(&email("a", "a")).await else { panic!("not to be tried again") };
    assert!(reason.contains("451"), "{reason}");

    simulators.set_fault(Service::Email, fault(FaultKind::Permanent));
    let Err(SendError::Fail { reason }) = mailer.send(&email("a", "a")).await else { panic!("not given up") };
    assert!(reason.contains("550"), "{reason}");
    assert_eq!(simulators.messages("").len(), 0);

    mailer.send(&email("a", "a")).await.unwrap();
    assert_eq!(simulators.messages("").len(), 1);
}

#[tokio::test]
async fn a_mail_larger_than_the_server_takes_is_given_up() {
    let simulators = start().await;
    let text = "0123456789\n".repeat(600_000);
    let answer = mailer(simulators.smtp_addr(), Security::None).send(&email("a", &text)).await;
    assert!(matches!(&answer, Err(SendError::Fail { reason }) if reason.contains("552")), "{answer:?}");
    assert_eq!(simulators.messages("").len(), 0);
}

#[tokio::test]
async fn a_lost_answer_is_tried_again() {
    let simulators = start().await;
    let mailer = mailer(simulators.smtp_addr(), Security::None);
    simulators.set_fault(Service::Email, fault(FaultKind::Cut));
    assert!(matches!(mailer.send(&email("a", "a")).await, Err(SendError::Retry { .. })));
    mailer.send(&email("a", "a")).await.unwrap();
    // The server had it the first time: the same Message-ID is how a reader tells.
    assert_eq!(simulators.messages("").len(), 2);
}

#[tokio::test]
async fn a_server_that_is_gone_is_tried_again_and_found_when_it_is_back() {
    let simulators = start().await;
    let server = simulators.smtp_addr();
    let mailer = mailer(server, Security::None);
    mailer.send(&email("a", "a")).await.unwrap();
    simulators.stop().await;
    assert!(matches!(mailer.send(&email("a", "a")).await, Err(SendError::Retry { .. })));

    let config = SimulatorsConfig {
        http: TcpListener::bind("127.0.0.1:0").await.unwrap(),
        smtp: server,
        capacity: 10,
        now: Arc::new(|| 0),
        clock_offset_ms: Arc::new(AtomicI64::new(0)),
    };
    let simulators = Simulators::start(config).await.unwrap();
    mailer.send(&email("b", "b")).await.unwrap();
    assert_eq!(simulators.messages("").len(), 1);
}

#[tokio::test]
async fn a_server_without_tls_gets_no_mail_when_tls_is_wanted() {
    let simulators = start().await;
    for security in [Security::StartTls, Security::Tls] {
        let mailer = mailer(simulators.smtp_addr(), security);
        let sent = tokio::time::timeout(Duration::from_secs(20), mailer.send(&email("a", "a"))).await.unwrap();
        assert!(matches!(sent, Err(SendError::Retry { .. })), "{security:?}: {sent:?}");
    }
    assert_eq!(simulators.messages("").len(), 0);
}

#[tokio::test]
async fn many_mails_at_once_arrive_each_once() {
    let simulators = start().await;
    let mailer = Arc::new(mailer(simulators.smtp_addr(), Security::None));
    let mut sending = tokio::task::JoinSet::new();
    for number in 0..200 {
        let mailer = Arc::clone(&mailer);
        sending.spawn(async move { mailer.send(&email(&format!("Thư {number}"), "a")).await });
    }
    for sent in sending.join_all().await {
        sent.unwrap();
    }
    let mut subjects: Vec<String> = simulators.messages("").iter().map(|mail| mail.subject.clone()).collect();
    subjects.sort();
    subjects.dedup();
    assert_eq!(subjects.len(), 200);
    mailer.close().await;
    mailer.send(&email("Sau khi chào", "a")).await.unwrap();
}

#[tokio::test]
async fn a_sending_that_is_given_up_does_not_spoil_the_next() {
    let simulators = start().await;
    let mailer = mailer(simulators.smtp_addr(), Security::None);
    simulators.set_fault(Service::Email, fault(FaultKind::Slow(Duration::from_secs(60))));
    let first = email("Bị bỏ dở", "a");
    let given_up = tokio::time::timeout(Duration::from_millis(300), mailer.send(&first)).await;
    assert!(given_up.is_err());
    // Were the connection used again, this one would take the answer to the first for its own.
    simulators.set_fault(Service::Email, fault(FaultKind::Permanent));
    assert!(matches!(mailer.send(&email("b", "b")).await, Err(SendError::Fail { .. })));
}

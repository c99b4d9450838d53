//! Mail servers that misbehave: each follows a script, whatever it is told.

#![allow(clippy::unwrap_used, reason = "a test says what went wrong by panicking")]

use std::net::SocketAddr;
use std::time::Duration;

use connectors::SendError;
use connectors::mail::{Mailer, OutgoingEmail, Security, SmtpConfig};
use domain::codes::EmailAddress;
use domain::time::Instant;
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

/// The usual answers up to the recipient.
const POLITE: [&str; 4] = ["220 hello", "250-here\r\n250 AUTH PLAIN", "250 sender", "250 recipient"];

/// Serves one client: says the replies one after another, the first at once, each further one after a line; then leaves.
/// Returns the lines it was told.
async fn serve(replies: Vec<String>, falls_silent: bool) -> (SocketAddr, JoinHandle<Vec<String>>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let told = tokio::spawn(async move {
        let (stream, _) = listener.accept().await.unwrap();
        let mut stream = BufReader::new(stream);
        let mut lines = Vec::new();
        for (index, reply) in replies.iter().enumerate() {
            if index > 0 {
                let mut line = String::new();
                stream.read_line(&mut line).await.unwrap();
                lines.push(line.trim_end().to_owned());
            }
            stream.get_mut().write_all(reply.as_bytes()).await.unwrap();
            stream.get_mut().write_all(b"\r\n").await.unwrap();
        }
        if falls_silent {
            // Until the client leaves.
            let mut line = String::new();
            while stream.read_line(&mut line).await.is_ok_and(|length| length > 0) {
                lines.push(line.trim_end().to_owned());
                line.clear();
            }
        }
        lines
    });
    (address, told)
}

fn mailer(server: SocketAddr, password: Option<&str>, timeout: Duration) -> Mailer {
    let config = SmtpConfig {
        host: server.ip().to_string(),
        port: server.port(),
        security: Security::None,
        user: password.map(|_| "mot-cua".to_owned()),
        password: password.map(str::to_owned),
        extra_roots: None,
        from_name: "Một Cửa".to_owned(),
        from_address: EmailAddress::parse("khong-tra-loi@gialai.example").unwrap(),
        timeout,
    };
    Mailer::smtp(config).unwrap()
}

fn email() -> OutgoingEmail {
    OutgoingEmail {
        to: EmailAddress::parse("an@example.vn").unwrap(),
        subject: "a".to_owned(),
        text: "a".to_owned(),
        html: None,
        message_id: "viec-0001".to_owned(),
        reference: None,
        written_at: Instant::from_millis(0),
    }
}

fn script(replies: &[&str]) -> Vec<String> {
    replies.iter().map(|reply| (*reply).to_owned()).collect()
}

async fn answer_to(replies: Vec<String>) -> SendError {
    let (address, _) = serve(replies, false).await;
    mailer(address, None, Duration::from_secs(10)).send(&email()).await.unwrap_err()
}

#[tokio::test]
async fn what_a_server_says_decides_between_retry_and_fail() {
    let polite = script(&POLITE);
    let after = |start: usize, reply: &str| [&polite[..start], &script(&[reply])[..]].concat();
    let retried = [
        after(0, "421 too busy"),
        after(0, "554 not for you"),
        after(0, "HTTP/1.1 400 Bad Request"),
        after(0, ""),
        after(0, &"220 ".repeat(50_000)),
        after(1, "502 what is EHLO"),
        after(2, "550 this sender is not yours"),
        after(2, "530 5.7.0 sign in first"),
        after(3, "450 mailbox busy"),
        after(3, "421 closing"),
        after(3, "535 sign in first"),
        after(3, "\u{fffd}"),
        after(4, "250 instead of 354"),
        after(4, "452 disk full"),
        after(4, "354-endless"),
    ];
    for replies in retried {
        let shown = format!("{:.80}", format!("{replies:?}"));
        let answer = answer_to(replies).await;
        assert!(matches!(answer, SendError::Retry { .. }), "{shown}: {answer:?}");
    }
    let failed = [
        after(3, "550 5.1.1 <an@example.vn> has no mailbox here"),
        after(3, "553 5.1.3 not an address"),
        after(4, "554 5.7.1 looks like spam"),
    ];
    for replies in failed {
        let shown = format!("{replies:?}");
        let SendError::Fail { reason } = answer_to(replies).await else { panic!("{shown}") };
        assert!(!reason.contains('@'), "{reason}");
    }
}

#[tokio::test]
async fn a_silent_server_is_left_in_time() {
    for start in 0..=POLITE.len() {
        let (address, _told) = serve(script(&POLITE[..start]), true).await;
        let mailer = mailer(address, None, Duration::from_millis(200));
        let email = email();
        // Much longer than the timeout, much shorter than for ever.
        let answer = tokio::time::timeout(Duration::from_secs(10), mailer.send(&email)).await.unwrap();
        assert!(matches!(&answer, Err(SendError::Retry { .. })), "after {start} replies: {answer:?}");
    }
}

#[tokio::test]
async fn a_wrong_password_is_for_the_operator_to_correct() {
    let replies = script(&["220 hello", "250-here\r\n250 AUTH PLAIN", "535 5.7.8 wrong"]);
    let (address, told) = serve(replies, false).await;
    let answer = mailer(address, Some("mật khẩu"), Duration::from_secs(10)).send(&email()).await;
    let Err(SendError::Retry { reason }) = answer else { panic!("{answer:?}") };
    assert!(reason.contains("signing in") && reason.contains("535"), "{reason}");
    let told = told.await.unwrap();
    // base64 of NUL, user, NUL, password.
    assert_eq!(told[1], "AUTH PLAIN AG1vdC1jdWEAbeG6rXQga2jhuql1");
}

#[tokio::test]
async fn a_connection_that_the_server_closed_is_replaced() {
    let replies = [&POLITE[..], &["354 go", "250 taken"]].concat();
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let serving = tokio::spawn(async move {
        for _ in 0..2 {
            let (stream, _) = listener.accept().await.unwrap();
            let mut stream = BufReader::new(stream);
            for (index, reply) in replies.iter().enumerate() {
                let is_content = index == replies.len() - 1;
                let mut line = String::new();
                while index > 0 && stream.read_line(&mut line).await.unwrap() > 0 && is_content && line != ".\r\n" {
                    line.clear();
                }
                stream.get_mut().write_all(format!("{reply}\r\n").as_bytes()).await.unwrap();
            }
            // As servers do when nothing more comes for a while.
            stream.get_mut().write_all(b"421 bored\r\n").await.unwrap();
        }
    });
    let mailer = mailer(address, None, Duration::from_secs(10));
    mailer.send(&email()).await.unwrap();
    mailer.send(&email()).await.unwrap();
    serving.await.unwrap();
}

//! Conversations with the simulated mail server, polite and hostile.

#![allow(clippy::unwrap_used, reason = "a test says what went wrong by panicking")]

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::AtomicI64;
use std::time::Duration;

use simulators::{Channel, Fault, FaultKind, Service, Simulators, SimulatorsConfig};
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};

const LOOPBACK: &str = "127.0.0.1:0";

async fn start() -> Simulators {
    let config = SimulatorsConfig {
        http: TcpListener::bind(LOOPBACK).await.unwrap(),
        smtp: LOOPBACK.parse().unwrap(),
        capacity: 100,
        now: Arc::new(|| 0),
        clock_offset_ms: Arc::new(AtomicI64::new(0)),
    };
    Simulators::start(config).await.unwrap()
}

/// A client that says what it is told and knows no manners.
struct Client {
    stream: BufReader<TcpStream>,
}

impl Client {
    async fn connect(address: SocketAddr) -> Self {
        let stream = TcpStream::connect(address).await.unwrap();
        let mut client = Self { stream: BufReader::new(stream) };
        assert!(client.reply().await.starts_with("220 "));
        client
    }

    async fn send(&mut self, bytes: &[u8]) {
        self.stream.get_mut().write_all(bytes).await.unwrap();
    }

    /// The last line of the next reply.
    async fn reply(&mut self) -> String {
        loop {
            let mut line = String::new();
            self.stream.read_line(&mut line).await.unwrap();
            if line.as_bytes().get(3) != Some(&b'-') {
                return line;
            }
        }
    }

    async fn say(&mut self, line: &str) -> String {
        self.send(format!("{line}\r\n").as_bytes()).await;
        self.reply().await
    }

    /// Everything up to the mail's content.
    async fn announce(&mut self, to: &str) {
        for (line, code) in [("EHLO test", "250"), ("MAIL FROM:<mot.cua@gialai.example>", "250")] {
            assert!(self.say(line).await.starts_with(code), "{line}");
        }
        assert!(self.say(&format!("RCPT TO:<{to}>")).await.starts_with("250"));
        assert!(self.say("DATA").await.starts_with("354"));
    }

    async fn is_closed(&mut self) -> bool {
        let mut byte = [0];
        matches!(self.stream.read(&mut byte).await, Ok(0) | Err(_))
    }
}

fn texts(simulators: &Simulators) -> Vec<String> {
    simulators.messages("").iter().map(|message| message.text.clone()).collect()
}

#[tokio::test]
async fn a_mail_is_kept_for_each_recipient() {
    let simulators = start().await;
    let mut client = Client::connect(simulators.smtp_addr()).await;
    for line in [
        "EHLO [127.0.0.1]",
        "MAIL FROM:<mot.cua@gialai.example> BODY=8BITMIME SIZE=100",
        "RCPT TO:<an@example.vn>",
        "RCPT TO:<binh@example.vn>",
    ] {
        assert!(client.say(line).await.starts_with("250 "), "{line}");
    }
    assert!(client.say("DATA").await.starts_with("354 "));
    let mail = "Subject: Chao\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n\
        Xin chào.\r\n..Một chấm ở đầu dòng: http://127.0.0.1:8001/x\r\n.";
    assert!(client.say(mail).await.starts_with("250 "));
    assert!(client.say("QUIT").await.starts_with("221 "));
    assert!(client.is_closed().await);

    assert_eq!(simulators.messages("").len(), 2);
    let messages = simulators.messages("An@example.vn");
    assert_eq!(messages.len(), 1);
    assert_eq!(messages[0].channel, Channel::Email);
    assert_eq!(messages[0].subject, "Chao");
    assert_eq!(messages[0].text, "Xin chào.\n.Một chấm ở đầu dòng: http://127.0.0.1:8001/x");
    assert_eq!(messages[0].links, ["http://127.0.0.1:8001/x"]);
}

#[tokio::test]
async fn commands_sent_in_one_go_are_answered_in_order() {
    let simulators = start().await;
    let mut client = Client::connect(simulators.smtp_addr()).await;
    client.send(b"EHLO a\r\nMAIL FROM:<>\r\nRCPT TO:<a@b.vn>\r\nRCPT TO:<a b@b.vn>\r\nDATA\r\n").await;
    for code in ["250", "250", "250", "501", "354"] {
        assert!(client.reply().await.starts_with(code), "{code}");
    }
    client.send(b"Subject: a\r\n\r\nb\r\n.\r\nRSET\r\nQUIT\r\n").await;
    for code in ["250", "250", "221"] {
        assert!(client.reply().await.starts_with(code), "{code}");
    }
    assert_eq!(texts(&simulators), ["b"]);
}

#[tokio::test]
async fn commands_out_of_order_are_refused() {
    let simulators = start().await;
    let mut client = Client::connect(simulators.smtp_addr()).await;
    let conversation = [
        ("MAIL FROM:<a@b.vn>", "503"),
        ("RCPT TO:<a@b.vn>", "503"),
        ("DATA", "503"),
        ("HELO a", "250"),
        ("RCPT TO:<a@b.vn>", "503"),
        ("MAIL FROM:<a@b.vn> SIZE=99999999", "552"),
        ("MAIL FROM:<a@b.vn>", "250"),
        ("MAIL FROM:<a@b.vn>", "503"),
        ("DATA", "503"),
        ("RCPT TO:<ngân@b.vn>", "553"),
        ("RCPT TO:<a@b.vn>", "250"),
        ("RSET", "250"),
        ("DATA", "503"),
        ("MAIL FROM:<a@b.vn> SMTPUTF8", "250"),
        ("RCPT TO:<ngân@b.vn>", "250"),
        ("EHLO again", "250"),
        ("DATA", "503"),
        ("STARTTLS", "502"),
        ("VRFY a", "252"),
        ("NOOP", "250"),
        ("QUIT", "221"),
    ];
    for (line, code) in conversation {
        let reply = client.say(line).await;
        assert!(reply.starts_with(code), "{line}: {reply}");
    }
}

#[tokio::test]
async fn a_cut_or_unfit_mail_leaves_no_message() {
    let simulators = start().await;
    let cuts: [&[u8]; 5] = [b"", b"Subject: a\r\n\r\nhalf", b"Subject: a\r\n\r\nhalf\r\n.", b"a\r\n.\r", b"a\n.\n"];
    for cut in cuts {
        let mut client = Client::connect(simulators.smtp_addr()).await;
        client.announce("an@example.vn").await;
        client.send(cut).await;
        client.stream.get_mut().shutdown().await.unwrap();
        assert!(client.is_closed().await);
    }
    let unfit: [(Vec<u8>, &str); 4] = [
        (b"a\n.\nMAIL FROM:<x@y.vn>\r\n.\r\n".to_vec(), "550"),
        (b"a\0b\r\n.\r\n".to_vec(), "550"),
        ([vec![b'a'; 10_000_000], b"\r\n.\r\n".to_vec()].concat(), "500"),
        ([b"0123456789\r\n".repeat(1_000_000), b".\r\n".to_vec()].concat(), "552"),
    ];
    for (content, code) in unfit {
        let mut client = Client::connect(simulators.smtp_addr()).await;
        client.announce("an@example.vn").await;
        client.send(&content).await;
        assert!(client.reply().await.starts_with(code));
        assert!(client.say("DATA").await.starts_with("503"));
    }
    assert_eq!(texts(&simulators), Vec::<String>::new());

    let mut client = Client::connect(simulators.smtp_addr()).await;
    client.announce("an@example.vn").await;
    assert!(client.say("Subject: a\r\n\r\nwhole\r\n.").await.starts_with("250"));
    assert_eq!(texts(&simulators), ["whole"]);
}

#[tokio::test]
async fn hostile_lines_are_answered_and_the_session_goes_on() {
    let simulators = start().await;
    let mut client = Client::connect(simulators.smtp_addr()).await;
    client.send(&vec![b'a'; 10_000_000]).await;
    let lines: [&[u8]; 5] = [b"\r\n", b"\0\0\0\r\n", b"\xff\xfe\xfd\r\n", b"EHLO\0a\r\n", b"EHLO \x1b[31m\r\n"];
    for line in lines {
        client.send(line).await;
        assert!(client.reply().await.starts_with("50"), "{line:?}");
    }
    assert!(client.say("EHLO a").await.starts_with("250"));
}

#[tokio::test]
async fn who_only_makes_mistakes_is_sent_away() {
    let simulators = start().await;
    let mut client = Client::connect(simulators.smtp_addr()).await;
    client.send(&b"GET / HTTP/1.1\r\n".repeat(20)).await;
    for _ in 0..19 {
        assert!(client.reply().await.starts_with("500"));
    }
    assert!(client.reply().await.starts_with("421"));
    assert!(client.is_closed().await);
}

#[tokio::test]
async fn sessions_without_goodbye_do_not_shut_others_out() {
    let simulators = start().await;
    for _ in 0..100 {
        let mut client = Client::connect(simulators.smtp_addr()).await;
        client.send(b"EHLO a\r\nMAIL FROM:<>\r\n").await;
        // Dropped here, in the middle. The server learns of it by reading.
        client.stream.get_mut().shutdown().await.unwrap();
        while !client.reply().await.is_empty() {}
    }
    assert!(Client::connect(simulators.smtp_addr()).await.say("NOOP").await.starts_with("250"));
}

#[tokio::test]
async fn too_many_sessions_at_once_are_told_to_come_back() {
    let simulators = start().await;
    let mut clients = Vec::new();
    for _ in 0..32 {
        clients.push(Client::connect(simulators.smtp_addr()).await);
    }
    let stream = TcpStream::connect(simulators.smtp_addr()).await.unwrap();
    let mut late = Client { stream: BufReader::new(stream) };
    assert!(late.reply().await.starts_with("421"));
    assert!(clients[0].say("NOOP").await.starts_with("250"));
}

#[tokio::test]
async fn faults_are_made_on_request() {
    let simulators = start().await;
    let fault = |kind, times| Some(Fault { kind, times: Some(times) });
    let mut client = Client::connect(simulators.smtp_addr()).await;
    client.say("EHLO a").await;
    client.say("MAIL FROM:<>").await;
    simulators.set_fault(Service::Email, fault(FaultKind::Temporary, 1));
    assert!(client.say("RCPT TO:<a@b.vn>").await.starts_with("451"));
    simulators.set_fault(Service::Email, fault(FaultKind::Permanent, 1));
    assert!(client.say("RCPT TO:<a@b.vn>").await.starts_with("550"));
    assert!(client.say("RCPT TO:<a@b.vn>").await.starts_with("250"));
    assert!(client.say("DATA").await.starts_with("354"));

    simulators.set_fault(Service::Email, fault(FaultKind::Cut, 1));
    client.send(b"\r\na\r\n.\r\n").await;
    assert!(client.is_closed().await);
    assert_eq!(texts(&simulators), ["a"]);

    simulators.set_fault(Service::Email, fault(FaultKind::Slow(Duration::from_millis(1)), 1));
    let mut client = Client::connect(simulators.smtp_addr()).await;
    client.announce("an@example.vn").await;
    assert!(client.say("\r\nb\r\n.").await.starts_with("250"));
    assert_eq!(texts(&simulators), ["b", "a"]);
}

#[tokio::test]
async fn an_address_of_other_machines_is_refused() {
    let config = SimulatorsConfig {
        http: TcpListener::bind(LOOPBACK).await.unwrap(),
        smtp: "0.0.0.0:0".parse().unwrap(),
        capacity: 1,
        now: Arc::new(|| 0),
        clock_offset_ms: Arc::new(AtomicI64::new(0)),
    };
    assert!(Simulators::start(config).await.is_err());
}

#[tokio::test]
async fn stopping_closes_the_ports() {
    let simulators = start().await;
    let (smtp, http) = (simulators.smtp_addr(), simulators.http_addr());
    let mut client = Client::connect(smtp).await;
    simulators.stop().await;
    assert!(client.is_closed().await);
    assert!(TcpStream::connect(smtp).await.is_err());
    assert!(TcpStream::connect(http).await.is_err());
}

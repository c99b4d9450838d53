//! Text messages to the simulated gateways: taken, refused, lost and taken over.

#![allow(clippy::unwrap_used, reason = "a test says what went wrong by panicking")]

mod outside;

use std::time::Duration;

use connectors::SendError;
use connectors::sms::{OutgoingSms, Reports, Sms, SmsConfig, SmsGateway, SmsText};
use domain::codes::PhoneNumber;
use outside::{fault, serve_once, start};
use simulators::{Channel, FaultKind, Service, Simulators};

fn config(name: &str, base_url: String) -> SmsConfig {
    SmsConfig {
        name: name.to_owned(),
        base_url,
        api_key: "khoa".to_owned(),
        secret_key: "bi-mat".to_owned(),
        brandname: "MOTCUA".to_owned(),
        callback_url: None,
        extra_roots: None,
        timeout: Duration::from_millis(1_500),
    }
}

fn gateway(simulators: &Simulators) -> SmsGateway {
    SmsGateway::new(config("mot", format!("http://{}", simulators.http_addr()))).unwrap()
}

fn both(simulators: &Simulators) -> Sms {
    let base = format!("http://{}", simulators.http_addr());
    Sms::new(vec![config("mot", base.clone()), config("hai", format!("{base}/du-phong/"))]).unwrap()
}

fn sms(id: &str, text: &str) -> OutgoingSms {
    OutgoingSms {
        to: PhoneNumber::parse("0912 345 678").unwrap(),
        text: SmsText::parse(text).unwrap(),
        request_id: id.to_owned(),
    }
}

fn texts(simulators: &Simulators) -> Vec<String> {
    simulators.messages("0912345678").iter().map(|message| message.text.clone()).collect()
}

fn is_retry(answer: &Result<(), SendError>) -> bool {
    matches!(answer, Err(SendError::Retry { .. }))
}

#[tokio::test]
async fn a_text_arrives_as_it_was_written() {
    let simulators = start().await;
    let longest = format!("{}.", "a".repeat(159));
    for (id, text) in [("1", "Ma OTP la 123456.\nKhong dua ma nay cho ai."), ("2", &longest)] {
        gateway(&simulators).send(&sms(id, text), None).await.unwrap();
        let messages = simulators.messages("+84912345678");
        assert_eq!((messages[0].channel, messages[0].text.as_str()), (Channel::Sms, text));
    }
}

#[tokio::test]
async fn a_second_attempt_sends_no_second_text() {
    let simulators = start().await;
    let gateway = gateway(&simulators);
    simulators.set_fault(Service::Sms, fault(FaultKind::Cut, 1));
    assert!(is_retry(&gateway.send(&sms("1", "mot"), None).await));
    gateway.send(&sms("1", "mot"), None).await.unwrap();
    gateway.send(&sms("1", "mot"), None).await.unwrap();
    assert_eq!(texts(&simulators), ["mot"]);
}

#[tokio::test]
async fn refusals_are_tried_again_or_given_up() {
    let simulators = start().await;
    let gateway = gateway(&simulators);
    simulators.set_fault(Service::Sms, fault(FaultKind::Temporary, 1));
    assert!(is_retry(&gateway.send(&sms("1", "mot"), None).await));
    simulators.set_fault(Service::Sms, fault(FaultKind::Permanent, 1));
    let Err(SendError::Fail { reason }) = gateway.send(&sms("1", "mot"), None).await else {
        panic!("it was refused for good")
    };
    assert_eq!(reason, "the gateway answered 146 Refused for good, as asked");
    assert_eq!(texts(&simulators), [""; 0]);

    let landline = OutgoingSms { to: PhoneNumber::parse("02693844789").unwrap(), ..sms("2", "hai") };
    assert!(matches!(gateway.send(&landline, None).await, Err(SendError::Fail { .. })));
    assert!(simulators.messages("").is_empty());
}

#[tokio::test]
async fn a_slow_gateway_is_left() {
    let simulators = start().await;
    simulators.set_fault(Service::Sms, fault(FaultKind::Slow(Duration::from_secs(60)), 1));
    let Err(SendError::Retry { reason }) = gateway(&simulators).send(&sms("1", "mot"), None).await else {
        panic!("too slow")
    };
    assert_eq!(reason, "no answer within 1.5 s");
}

#[tokio::test]
async fn a_gateway_that_is_gone_is_tried_again() {
    let simulators = start().await;
    let gateway = gateway(&simulators);
    simulators.stop().await;
    let Err(SendError::Retry { reason }) = gateway.send(&sms("1", "mot"), None).await else { panic!("it is gone") };
    assert!(reason.contains("refused") && !reason.contains("MainService"), "{reason}");
}

#[tokio::test]
async fn the_second_gateway_takes_over() {
    for kind in [FaultKind::Temporary, FaultKind::Permanent, FaultKind::Slow(Duration::from_secs(60))] {
        let simulators = start().await;
        let sms_gateways = both(&simulators);
        assert_eq!(sms_gateways.send(&sms("1", "mot")).await, Ok("mot"));
        simulators.set_fault(Service::Sms, fault(kind, 1));
        assert_eq!(sms_gateways.send(&sms("2", "hai")).await, Ok("hai"), "{kind:?}");
        assert_eq!(sms_gateways.send(&sms("3", "ba")).await, Ok("mot"), "{kind:?}");
        let arrived = texts(&simulators);
        assert!(arrived.contains(&"hai".to_owned()) && arrived.contains(&"ba".to_owned()), "{arrived:?}");
    }
}

#[tokio::test]
async fn a_text_is_given_up_only_when_every_gateway_refuses_it_for_good() {
    let simulators = start().await;
    let sms_gateways = both(&simulators);
    for (first, second, is_given_up) in [
        (FaultKind::Permanent, FaultKind::Permanent, true),
        (FaultKind::Permanent, FaultKind::Temporary, false),
        (FaultKind::Temporary, FaultKind::Permanent, false),
        (FaultKind::Temporary, FaultKind::Temporary, false),
    ] {
        simulators.set_fault(Service::Sms, fault(first, 1));
        simulators.set_fault(Service::SmsBackup, fault(second, 1));
        let error = sms_gateways.send(&sms("1", "mot")).await.unwrap_err();
        assert_eq!(matches!(error, SendError::Fail { .. }), is_given_up, "{error:?}");
        assert!(error.reason().contains("mot: ") && error.reason().contains("; hai: "), "{error:?}");
    }
    let none = Sms::new(Vec::new()).unwrap().send(&sms("1", "mot")).await.unwrap_err();
    assert_eq!(none, SendError::Fail { reason: "no SMS gateway is configured".to_owned() });
}

#[tokio::test]
async fn odd_answers_are_tried_again_and_keys_stay_where_they_belong() {
    let endless = format!("HTTP/1.1 200 OK\r\n\r\n{{\"CodeResult\":\"100\",\"x\":\"{}\"}}", "a".repeat(70_000));
    for answer in [
        "",
        "HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n{\"CodeResult\":\"100\"",
        "HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n[]",
        "HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\n\u{1f}\u{8b}garbage",
        "HTTP/1.1 302 Found\r\nlocation: http://127.0.0.1:1/\r\ncontent-length: 0\r\n\r\n",
        "220 mail.example.vn ESMTP\r\n",
        &endless,
    ] {
        let (address, _) = serve_once(answer.to_owned()).await;
        let gateway = SmsGateway::new(config("la", format!("http://{address}"))).unwrap();
        let told = gateway.send(&sms("1", "mot"), None).await;
        assert!(is_retry(&told), "{answer:.60}: {told:?}");
    }
    let (address, asked) =
        serve_once("HTTP/1.1 200 OK\r\ncontent-length: 20\r\n\r\n{\"CodeResult\":\"100\"}".to_owned()).await;
    let reached = Some("http://127.0.0.1:1/goi-lai/".to_owned());
    let config = SmsConfig { callback_url: reached, ..config("la", format!("http://{address}")) };
    let reports = Reports::new("https://cong.example", [7; 32]);
    SmsGateway::new(config).unwrap().send(&sms("viec-1", "mot"), Some(&reports)).await.unwrap();
    let request = asked.await.unwrap();
    let (head, body) = request.split_once("\r\n\r\n").unwrap();
    assert!(head.starts_with("POST /MainService.svc/json/SendMultipleMessage_V4_post_json/ HTTP/1.1\r\n"), "{head}");
    assert!(head.contains("content-type: application/json") && !head.contains("bi-mat"), "{head}");
    let (body, end) = body.split_once("/viec-1/").unwrap();
    let expected = r#"{"ApiKey":"khoa","SecretKey":"bi-mat","Phone":"0912345678","Content":"mot","Brandname":"MOTCUA","SmsType":"2","IsUnicode":"0","RequestId":"viec-1","CallbackUrl":"http://127.0.0.1:1/goi-lai/bao-phat/sms/la"#;
    assert_eq!((body, &end[32..]), (expected, r#"","Sandbox":"0"}"#));
}

#[tokio::test]
async fn each_gateway_is_given_an_address_of_its_own_to_report_to() {
    let simulators = start().await;
    let gateways = both(&simulators).reporting(Reports::new("https://cong.example", [7; 32]));
    simulators.set_fault(Service::Sms, fault(FaultKind::Cut, 1));
    assert_eq!(gateways.send(&sms("1a", "mot")).await, Ok("hai"));
    let reports = simulators.take_reports();
    assert_eq!(reports.len(), 2, "{reports:?}");
    for (report, gateway) in reports.iter().zip(["mot", "hai"]) {
        let path = report.strip_prefix("https://cong.example/bao-phat/sms/").unwrap().split('?').next().unwrap();
        let [named, id, token] = path.split('/').collect::<Vec<_>>()[..] else { panic!("{path}") };
        assert_eq!((named, id), (gateway, "1a"));
        assert_eq!(gateways.reporting_gateway(named, id, token), Some(gateway));
        assert_eq!(gateways.reporting_gateway(named, "1b", token), None);
        assert_eq!(gateways.reporting_gateway("ba", id, token), None);
    }
    // Who reports to nobody is not asked to.
    both(&simulators).send(&sms("2", "hai")).await.unwrap();
    assert!(simulators.take_reports().is_empty());
}

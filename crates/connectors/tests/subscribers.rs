//! Questions to the simulated carrier, and to carriers that answer something odd.

#![allow(clippy::unwrap_used, reason = "a test says what went wrong by panicking")]

mod outside;

use std::time::Duration;

use connectors::subscribers::{
    CheckError, Differences, SubscriberAnswer, SubscriberConfig, SubscriberQuery, SubscriberRegister,
};
use domain::codes::{LoginName, PersonName, PhoneNumber};
use domain::partial_date::PartialDate;
use outside::{fault, serve_once, start};
use simulators::{FaultKind, Service, Simulators};

fn register(address: impl std::fmt::Display) -> SubscriberRegister {
    let config = SubscriberConfig {
        url: format!("http://{address}/telco/subscriber-check"),
        token: "khoa".to_owned(),
        extra_roots: None,
        timeout: Duration::from_millis(1_500),
    };
    SubscriberRegister::new(config).unwrap()
}

fn query(phone: &str, number: &str, name: &str, birth_date: &str) -> SubscriberQuery {
    SubscriberQuery {
        phone: PhoneNumber::parse(phone).unwrap(),
        number: LoginName::parse(number).unwrap(),
        name: PersonName::parse(name).unwrap(),
        birth_date: PartialDate::parse(birth_date).unwrap(),
    }
}

async fn ask(simulators: &Simulators, query: SubscriberQuery) -> Result<SubscriberAnswer, CheckError> {
    register(simulators.http_addr()).check(&query).await
}

#[tokio::test]
async fn people_learn_what_to_correct() {
    let simulators = start().await;
    let differs = |number, name, birth_date| SubscriberAnswer::Differs(Differences { number, name, birth_date });
    for (query, answer) in [
        (query("0912 345 678", "064185001234", "nguyễn thị hoà", "12/03/1985"), SubscriberAnswer::Matches),
        (query("0935111222", "052078004321", "Trần Văn Hùng", "02/09/1978"), differs(false, true, false)),
        (query("0935111222", "052078004321", "Trần Văn Hùng", "1978"), differs(false, true, true)),
        (query("0978222333", "064169002345", "Rơ Châm H'Lan", "1969"), differs(true, false, false)),
        (query("0978222333", "230456789", "Rơ Châm H’Lan", "1969"), SubscriberAnswer::Matches),
        (query("0905333444", "064072003456", "Siu Y Thơm", "08/1972"), SubscriberAnswer::Matches),
        (query("0999123456", "064185001234", "Nguyễn Thị Hòa", "1985"), SubscriberAnswer::NotFound),
        (query("02693844789", "064185001234", "Nguyễn Thị Hòa", "1985"), SubscriberAnswer::NotFound),
        (query("0355000111", "230456780", "Ai cũng được", "1990"), SubscriberAnswer::Matches),
    ] {
        let phone = query.phone.clone();
        assert_eq!(ask(&simulators, query).await, Ok(answer), "{phone}");
    }
}

#[tokio::test]
async fn a_carrier_that_fails_lets_nobody_pass() {
    let simulators = start().await;
    let anyone = || query("0355000111", "230456780", "Siu", "1990");
    for kind in [FaultKind::Temporary, FaultKind::Cut, FaultKind::Slow(Duration::from_secs(60))] {
        simulators.set_fault(Service::Subscribers, fault(kind, 1));
        let answer = ask(&simulators, anyone()).await;
        assert!(matches!(answer, Err(CheckError::Unavailable { .. })), "{kind:?}: {answer:?}");
    }
    simulators.set_fault(Service::Subscribers, fault(FaultKind::Permanent, 1));
    assert!(matches!(ask(&simulators, anyone()).await, Err(CheckError::Refused { .. })));
    assert_eq!(ask(&simulators, anyone()).await, Ok(SubscriberAnswer::Matches));

    let of_enterprise = query("0355000111", "0100109106", "Siu", "1990");
    assert!(matches!(ask(&simulators, of_enterprise).await, Err(CheckError::Refused { .. })));
    assert_eq!(SubscriberRegister::absent().check(&anyone()).await, Err(CheckError::NotConfigured));

    let gone = register(simulators.http_addr());
    simulators.stop().await;
    assert!(matches!(gone.check(&anyone()).await, Err(CheckError::Unavailable { .. })));
}

#[tokio::test]
async fn odd_answers_let_nobody_pass_and_repeat_nothing() {
    for (answer, is_refusal) in [
        ("", false),
        ("HTTP/1.1 200 OK\r\ncontent-length: 50\r\n\r\n{\"result\":\"MATCH\"}", false),
        ("HTTP/1.1 204 No Content\r\n\r\n", true),
        ("HTTP/1.1 200 OK\r\ncontent-length: 30\r\n\r\n{\"result\":\"Nguyen Van Bi Mat\"}  ", true),
        ("HTTP/1.1 307 Moved\r\nlocation: /x\r\ncontent-length: 0\r\n\r\n", true),
        ("HTTP/1.1 401 No\r\ncontent-length: 18\r\n\r\n{\"result\":\"MATCH\"}", true),
        ("HTTP/1.1 429 Slowly\r\ncontent-length: 0\r\n\r\n", false),
    ] {
        let (address, _) = serve_once(answer.to_owned()).await;
        let told = register(address).check(&query("0355000111", "230456780", "Siu", "1990")).await.unwrap_err();
        assert_eq!(matches!(told, CheckError::Refused { .. }), is_refusal, "{answer}: {told:?}");
        assert!(!told.to_string().contains("Bi Mat"), "{told}");
    }
}

#[tokio::test]
async fn the_question_has_the_agreed_form() {
    let answer = "HTTP/1.1 200 OK\r\ncontent-length: 18\r\n\r\n{\"result\":\"MATCH\"}".to_owned();
    let (address, asked) = serve_once(answer).await;
    let query = query("0912345678", "230456789", "Siu  H'Bia", "08/1972");
    assert_eq!(register(address).check(&query).await, Ok(SubscriberAnswer::Matches));
    let request = asked.await.unwrap();
    let (head, body) = request.split_once("\r\n\r\n").unwrap();
    assert!(head.starts_with("POST /telco/subscriber-check HTTP/1.1\r\n"), "{head}");
    assert!(head.contains("authorization: Bearer khoa"), "{head}");
    let expected = r#"{"phone":"84912345678","idKind":"CMND","idNumber":"230456789","fullName":"Siu H'Bia","birthDate":"1972-08"}"#;
    assert_eq!(body, expected);
}

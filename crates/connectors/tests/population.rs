//! Questions to the simulated population register, and to registers that answer something odd.

#![allow(clippy::unwrap_used, reason = "a test says what went wrong by panicking")]

mod outside;

use std::time::Duration;

use connectors::population::{
    Difference, PopulationAnswer, PopulationConfig, PopulationError, PopulationQuery, PopulationRegister, Requester,
};
use domain::codes::{PersonName, PersonalNumber};
use domain::partial_date::PartialDate;
use outside::{fault, serve_once, start};
use simulators::{FaultKind, Service};

fn register(address: impl std::fmt::Display) -> PopulationRegister {
    PopulationRegister::new(PopulationConfig {
        url: format!("http://{address}/lgsp"),
        client_id: "motcua".to_owned(),
        client_secret: "khoa".to_owned(),
        extra_roots: None,
        timeout: Duration::from_millis(1_500),
    })
    .unwrap()
}

fn query(number: &str, name: &str, birth_date: &str) -> PopulationQuery {
    PopulationQuery {
        number: PersonalNumber::parse(number).unwrap(),
        name: PersonName::parse(name).unwrap(),
        birth_date: PartialDate::parse(birth_date).unwrap(),
        purpose: "1.001193".to_owned(),
        requester: Requester::Officer("09".repeat(16)),
        request_id: "01".repeat(16),
    }
}

#[tokio::test]
async fn people_are_compared_and_those_who_match_are_told() {
    let simulators = start().await;
    let register = register(simulators.http_addr());
    let hoa = register.ask(&query("064185001234", "nguyễn thị hoà", "12/03/1985")).await;
    let Ok(PopulationAnswer::Matches(hoa)) = hoa else { panic!("{hoa:?}") };
    assert!(hoa.residence.contains("thị trấn Ia Kha") && hoa.household.len() == 2);
    let hung = register.ask(&query("052078004321", "Trần Văn Hùng", "1978")).await;
    assert_eq!(hung, Ok(PopulationAnswer::Differs(vec![Difference::FullName])));
    assert_eq!(register.ask(&query("064190120000", "Ai", "1990")).await, Ok(PopulationAnswer::Unknown));
}

#[tokio::test]
async fn failures_are_told_apart_and_the_next_question_goes_through() {
    let simulators = start().await;
    let register = register(simulators.http_addr());
    let ask = query("064185001234", "Nguyễn Thị Hòa", "1985");
    for (kind, is_passing) in [
        (FaultKind::Temporary, true),
        (FaultKind::Permanent, false),
        (FaultKind::Slow(Duration::from_secs(3)), true),
        (FaultKind::Cut, false),
    ] {
        simulators.set_fault(Service::Population, fault(kind, 1));
        match register.ask(&ask).await {
            Err(PopulationError::Unavailable { .. }) => assert!(is_passing, "{kind:?}"),
            Err(PopulationError::Refused { reason }) => {
                assert!(!is_passing, "{kind:?}: {reason}");
                assert!(!reason.contains("Bảo trì"), "the register's own words stay out of logs");
            }
            other => panic!("{kind:?}: {other:?}"),
        }
        assert!(matches!(register.ask(&ask).await, Ok(PopulationAnswer::Matches(_))), "after {kind:?}");
    }
}

#[tokio::test]
async fn a_register_that_gives_no_token_is_asked_nothing() {
    for (answer, is_passing) in [
        ("HTTP/1.1 401 Unauthorized\r\ncontent-length: 0\r\n\r\n", false),
        ("HTTP/1.1 500 Oops\r\ncontent-length: 0\r\n\r\n", true),
        ("HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}", false),
        ("HTTP/1.1 302 Found\r\nlocation: http://10.0.0.1/\r\ncontent-length: 0\r\n\r\n", false),
    ] {
        let (address, asked) = serve_once(answer.to_owned()).await;
        let told = register(address).ask(&query("064185001234", "Nguyễn Thị Hòa", "1985")).await;
        assert_eq!(matches!(told, Err(PopulationError::Unavailable { .. })), is_passing, "{answer}: {told:?}");
        let request = asked.await.unwrap();
        assert!(request.contains("grant_type=client_credentials"), "{request}");
        assert!(!request.contains("064185001234"), "nobody's number goes to whoever gives no token");
    }
    let nobody = PopulationRegister::absent().ask(&query("064185001234", "Nguyễn Thị Hòa", "1985")).await;
    assert_eq!(nobody, Err(PopulationError::NotConfigured));
}

//! The carrier's check of a mobile subscription: whether number, name and birth date are the registered ones (R28, R30).
//!
//! The carrier compares; it never tells what is registered, and what it says about a person is not kept.

use std::fmt;
use std::time::Duration;

use domain::codes::{LoginName, PersonName, PhoneNumber};
use domain::partial_date::PartialDate;
use serde::{Deserialize, Serialize};

use crate::http::{Endpoint, HttpError};

/// The carrier's service.
#[derive(Clone)]
pub struct SubscriberConfig {
    /// Where it takes questions.
    pub url: String,
    /// The key that we are known by.
    pub token: String,
    /// Certificates in PEM to trust beside the public ones.
    pub extra_roots: Option<String>,
    /// How long one question may take: a person waits for it.
    pub timeout: Duration,
}

impl fmt::Debug for SubscriberConfig {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SubscriberConfig").field("url", &self.url).finish_non_exhaustive()
    }
}

/// What a person says about themselves.
#[derive(Clone, PartialEq, Eq)]
pub struct SubscriberQuery {
    /// The subscription.
    pub phone: PhoneNumber,
    /// The person's identity number: CCCD, or CMND for a subscription that was registered with the older card.
    pub number: LoginName,
    /// The person's full name.
    pub name: PersonName,
    /// The person's birth date, as far as it is known.
    pub birth_date: PartialDate,
}

impl fmt::Debug for SubscriberQuery {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SubscriberQuery").finish_non_exhaustive()
    }
}

/// What the carrier says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SubscriberAnswer {
    /// All is as registered.
    Matches,
    /// The subscription exists; at least one thing is registered otherwise.
    Differs(Differences),
    /// The carrier has no such subscription.
    NotFound,
}

/// What is registered otherwise; the carrier compares name and birth date only when the identity number fits, so that a
/// stranger who knows a phone number cannot try out names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Differences {
    /// The identity number.
    pub number: bool,
    /// The name.
    pub name: bool,
    /// The birth date.
    pub birth_date: bool,
}

/// Why there is no answer. The reasons name nobody.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CheckError {
    /// The carrier cannot be asked at present; the person tries again later.
    #[error("the carrier's check does not answer: {reason}")]
    Unavailable {
        /// What happened.
        reason: String,
    },
    /// The carrier answered something else than agreed, such as that it does not know us: an operator must look.
    #[error("the carrier's check refuses: {reason}")]
    Refused {
        /// What happened.
        reason: String,
    },
    /// This portal has no carrier to ask.
    #[error("no carrier's check is configured")]
    NotConfigured,
}

/// Asks the carrier.
pub struct SubscriberRegister {
    carrier: Option<Carrier>,
}

struct Carrier {
    endpoint: Endpoint,
    token: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Question<'a> {
    phone: &'a str,
    id_kind: &'static str,
    id_number: &'a str,
    full_name: &'a str,
    birth_date: String,
}

#[derive(Deserialize)]
struct Told {
    result: Verdict,
    #[serde(default)]
    mismatch: Vec<Field>,
}

#[derive(Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
enum Verdict {
    Match,
    Mismatch,
    NotFound,
}

#[derive(Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
enum Field {
    IdNumber,
    FullName,
    BirthDate,
}

impl SubscriberRegister {
    /// Prepares to ask; connects only when there is a question.
    ///
    /// # Errors
    /// When the configuration cannot be used or would give people's data away.
    pub fn new(config: SubscriberConfig) -> Result<Self, HttpError> {
        let token = config.token.trim();
        if token.is_empty() || !token.bytes().all(|byte| byte.is_ascii_graphic()) {
            return Err(HttpError::Key);
        }
        let endpoint = Endpoint::new(&config.url, config.extra_roots.as_deref(), config.timeout)?;
        Ok(Self { carrier: Some(Carrier { endpoint, token: token.to_owned() }) })
    }

    /// For a portal none of whose acts asks.
    pub fn absent() -> Self {
        Self { carrier: None }
    }

    /// Asks whether what the person says is what the carrier has registered. One attempt: a person waits.
    ///
    /// # Errors
    /// When there is no answer that can be trusted.
    pub async fn check(&self, query: &SubscriberQuery) -> Result<SubscriberAnswer, CheckError> {
        let carrier = self.carrier.as_ref().ok_or(CheckError::NotConfigured)?;
        let id_kind = match query.number {
            LoginName::Personal(_) => "CCCD",
            LoginName::OldIdentity(_) => "CMND",
            LoginName::Tax(_) => {
                return Err(CheckError::Refused { reason: "a tax number is not a person's number".to_owned() });
            }
        };
        let question = Question {
            // Carriers write numbers with the country and without a plus.
            phone: query.phone.as_str().trim_start_matches('+'),
            id_kind,
            id_number: query.number.as_str(),
            full_name: query.name.as_str(),
            birth_date: query.birth_date.to_string(),
        };
        let posted = carrier.endpoint.post(Some(&carrier.token), &question).await;
        let answer = posted.map_err(|reason| CheckError::Unavailable { reason })?;
        match answer.status.as_u16() {
            200 => read(&answer.body),
            status @ (408 | 429 | 500..) => Err(CheckError::Unavailable { reason: format!("HTTP {status}") }),
            status => Err(CheckError::Refused { reason: format!("HTTP {status}") }),
        }
    }
}

fn read(body: &[u8]) -> Result<SubscriberAnswer, CheckError> {
    // The carrier's own words are left out: in what is no verdict there could stand anything.
    let refused = |reason: &str| CheckError::Refused { reason: reason.to_owned() };
    let told: Told = serde_json::from_slice(body).map_err(|_| refused("the answer is no verdict"))?;
    let mut differences = Differences::default();
    for field in &told.mismatch {
        match field {
            Field::IdNumber => differences.number = true,
            Field::FullName => differences.name = true,
            Field::BirthDate => differences.birth_date = true,
        }
    }
    match (told.result, told.mismatch.is_empty()) {
        (Verdict::Match, true) => Ok(SubscriberAnswer::Matches),
        (Verdict::Mismatch, false) => Ok(SubscriberAnswer::Differs(differences)),
        (Verdict::NotFound, true) => Ok(SubscriberAnswer::NotFound),
        _ => Err(refused("the verdict and its details contradict each other")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn verdicts_are_read() {
        let number = Differences { number: true, ..Differences::default() };
        let both = Differences { name: true, birth_date: true, ..Differences::default() };
        for (body, answer) in [
            (r#"{"result":"MATCH"}"#, SubscriberAnswer::Matches),
            (r#"{"result":"MATCH","mismatch":[],"trace":"x"}"#, SubscriberAnswer::Matches),
            (r#"{"result":"NOT_FOUND"}"#, SubscriberAnswer::NotFound),
            (r#"{"result":"MISMATCH","mismatch":["ID_NUMBER"]}"#, SubscriberAnswer::Differs(number)),
            (r#"{"result":"MISMATCH","mismatch":["BIRTH_DATE","FULL_NAME"]}"#, SubscriberAnswer::Differs(both)),
        ] {
            assert_eq!(read(body.as_bytes()), Ok(answer), "{body}");
        }
    }

    #[test]
    fn what_is_no_verdict_lets_nobody_pass() {
        for body in [
            "",
            "{}",
            "null",
            "[]",
            "<html>MATCH</html>",
            r#"{"result":"match"}"#,
            r#"{"result":true}"#,
            r#"{"result":"MISMATCH"}"#,
            r#"{"result":"MATCH","mismatch":["FULL_NAME"]}"#,
            r#"{"result":"NOT_FOUND","mismatch":["FULL_NAME"]}"#,
            r#"{"result":"MISMATCH","mismatch":["SHOE_SIZE"]}"#,
            "\u{0}",
        ] {
            assert!(matches!(read(body.as_bytes()), Err(CheckError::Refused { .. })), "{body}");
        }
    }

    #[test]
    fn nothing_personal_and_no_key_is_printed() {
        let config = SubscriberConfig {
            url: "https://nha-mang.example".to_owned(),
            token: "bi-mat".to_owned(),
            extra_roots: None,
            timeout: Duration::from_secs(1),
        };
        assert!(!format!("{config:?}").contains("bi-mat"));
        let query = SubscriberQuery {
            phone: PhoneNumber::parse("0912345678").unwrap(),
            number: LoginName::parse("064185001234").unwrap(),
            name: PersonName::parse("Siu").unwrap(),
            birth_date: PartialDate::Year(1985),
        };
        assert_eq!(format!("{query:?}"), "SubscriberQuery { .. }");
    }

    #[test]
    fn a_configuration_that_cannot_work_is_refused() {
        let register = |url: &str, token: &str| {
            SubscriberRegister::new(SubscriberConfig {
                url: url.to_owned(),
                token: token.to_owned(),
                extra_roots: None,
                timeout: Duration::from_secs(1),
            })
        };
        assert!(register("https://nha-mang.example/check", "khoa\n").is_ok());
        assert!(matches!(register("https://nha-mang.example", " "), Err(HttpError::Key)));
        assert!(matches!(register("https://nha-mang.example", "a\nb"), Err(HttpError::Key)));
        assert!(matches!(register("http://nha-mang.example", "khoa"), Err(HttpError::InClear)));
    }
}

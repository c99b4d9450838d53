//! What a gateway answered, and whether it will answer the same again.

use serde_json::Value;

use crate::SendError;
use crate::http::Answer;
use crate::reason;

/// Taken: the gateway answers for it from here on. It is not yet delivered.
const TAKEN: &str = "100";
/// The gateway has had this request id within the last day: an earlier attempt was taken and its answer was lost.
const TAKEN_BEFORE: &str = "124";
/// Refusals of this text or this recipient: an advertisement that is too long, texts that are not registered with the
/// carriers, a request id that is too long, a carrier to which this sender has no way.
///
/// Every other code is about us (a wrong key, no money, an unknown sender's name) or unknown: an operator puts that right,
/// and the message must still be there then.
const FOR_GOOD: [&str; 5] = ["131", "145", "146", "159", "177"];

pub(crate) fn read(answer: &Answer) -> Result<(), SendError> {
    let status = answer.status.as_u16();
    let told = serde_json::from_slice::<Value>(&answer.body).ok();
    let field = |name| told.as_ref().and_then(|told| told.get(name)).and_then(text);
    if !answer.status.is_success() {
        return retry(format!("the gateway answered HTTP {status}"));
    }
    let Some(code) = field("CodeResult") else {
        return retry("the gateway answered something unexpected".to_owned());
    };
    let words = field("ErrorMessage").unwrap_or_default();
    let reason = reason::clean(&format!("the gateway answered {code} {words}"));
    match code.as_str() {
        TAKEN | TAKEN_BEFORE => Ok(()),
        code if FOR_GOOD.contains(&code) => Err(SendError::Fail { reason }),
        _ => retry(reason),
    }
}

fn retry(reason: String) -> Result<(), SendError> {
    Err(SendError::Retry { reason })
}

/// Gateways write codes as texts and as numbers.
fn text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.trim().to_owned()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use reqwest::StatusCode;

    use super::*;

    fn read_text(status: u16, body: &str) -> Result<(), SendError> {
        read(&Answer { status: StatusCode::from_u16(status).unwrap(), body: body.as_bytes().to_vec() })
    }

    #[test]
    fn codes_decide() {
        for body in [
            r#"{"CodeResult":"100","CountRegenerate":0,"SMSID":"d533459e"}"#,
            r#"{"CodeResult":100}"#,
            r#"{"CodeResult":"124","ErrorMessage":"Request exist 1"}"#,
        ] {
            assert_eq!(read_text(200, body), Ok(()), "{body}");
        }
        for code in FOR_GOOD {
            let body = format!(r#"{{"CodeResult":"{code}","ErrorMessage":"Sai template, 0912345678"}}"#);
            let reason = format!("the gateway answered {code} Sai template, (number)");
            assert_eq!(read_text(200, &body), Err(SendError::Fail { reason }));
        }
    }

    #[test]
    fn what_is_about_us_or_unknown_is_tried_again() {
        for (status, body) in [
            (200, r#"{"CodeResult":"101","ErrorMessage":"Authorize Failed"}"#),
            (200, r#"{"CodeResult":"103"}"#),
            (200, r#"{"CodeResult":"104"}"#),
            (200, r#"{"CodeResult":"99"}"#),
            (200, r#"{"CodeResult":"1000"}"#),
            (200, r#"{"CodeResult":""}"#),
            (200, r#"{"CodeResult":null}"#),
            (200, r#"{"CodeResult":["100"]}"#),
            (200, r#"{"error":"Invalid request"}"#),
            (200, r#"["100"]"#),
            (200, ""),
            (200, "<html>100</html>"),
            (204, ""),
            (302, r#"{"CodeResult":"100"}"#),
            (401, ""),
            (503, r#"{"CodeResult":"100"}"#),
        ] {
            assert!(matches!(read_text(status, body), Err(SendError::Retry { .. })), "{status} {body}");
        }
    }
}

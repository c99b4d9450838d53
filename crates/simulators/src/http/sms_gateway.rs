//! Two SMS gateways, shaped as eSMS: `SendMultipleMessage_V4_post_json`; the second one under [`BACKUP`].
//!
//! Like the real one it answers HTTP 200 to most refusals, and tells them by `CodeResult`; 100 means taken, not delivered.

use std::collections::{HashSet, VecDeque};
use std::sync::{Arc, Mutex, PoisonError};

use axum::Json;
use axum::body::Bytes;
use axum::extract::State;
use axum::extract::rejection::BytesRejection;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde_json::{Map, Value, json};

use crate::World;
use crate::faults::{FaultKind, Service};
use crate::links;
use crate::mailbox::{Channel, NewMessage};

const TAKEN: &str = "100";
const MALFORMED: &str = "99";
const NOT_AUTHORISED: &str = "101";
const BRANDNAME_UNKNOWN: &str = "104";
const KIND_UNKNOWN: &str = "118";
const TEXT_NOT_REGISTERED: &str = "146";
const SAME_REQUEST: &str = "124";

/// Carriers bill and cut beyond one message of seven-bit characters.
const MOST_CHARACTERS: usize = 160;
/// So many request ids are remembered, to tell a repeated one.
const MOST_SEEN: usize = 10_000;

/// Where the second gateway's base address is.
pub(crate) const BACKUP: &str = "/du-phong";

/// What the two gateways remember, each by itself.
#[derive(Default)]
pub(crate) struct Gateways {
    first: SeenRequests,
    backup: SeenRequests,
}

/// The request ids that were taken, the oldest forgotten first.
#[derive(Default)]
struct SeenRequests {
    seen: Mutex<Seen>,
}

#[derive(Default)]
struct Seen {
    taken: u64,
    ids: HashSet<String>,
    in_order: VecDeque<String>,
}

impl SeenRequests {
    /// The number of this request; `None` when its id has been seen. An empty id is always new.
    fn number(&self, id: &str) -> Option<u64> {
        let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        if !id.is_empty() {
            if !seen.ids.insert(id.to_owned()) {
                return None;
            }
            seen.in_order.push_back(id.to_owned());
        }
        if seen.in_order.len() > MOST_SEEN {
            let forgotten = seen.in_order.pop_front().unwrap_or_default();
            seen.ids.remove(&forgotten);
        }
        seen.taken += 1;
        Some(seen.taken)
    }
}

/// The first gateway takes a text message.
pub(crate) async fn send(State(world): State<Arc<World>>, body: Result<Bytes, BytesRejection>) -> Response {
    serve(&world, Service::Sms, &world.sms_gateways.first, body).await
}

/// The second gateway takes a text message.
pub(crate) async fn send_by_backup(State(world): State<Arc<World>>, body: Result<Bytes, BytesRejection>) -> Response {
    serve(&world, Service::SmsBackup, &world.sms_gateways.backup, body).await
}

async fn serve(world: &World, service: Service, seen: &SeenRequests, body: Result<Bytes, BytesRejection>) -> Response {
    let request = body.ok().and_then(|body| serde_json::from_slice::<Map<String, Value>>(&body).ok());
    let Some(request) = request else {
        return (StatusCode::BAD_REQUEST, refused(MALFORMED, "Not a JSON object")).into_response();
    };
    match world.faults.take_refusal(service) {
        Some(FaultKind::Temporary) => return StatusCode::SERVICE_UNAVAILABLE.into_response(),
        Some(_) => return refused(TEXT_NOT_REGISTERED, "Refused for good, as asked").into_response(),
        None => {}
    }
    let arrives = !world.faults.take_loss(service);
    let number = match take(world, seen, &request, arrives) {
        Ok(number) => number,
        Err((code, reason)) => return refused(code, reason).into_response(),
    };
    let address = field(&request, "CallbackUrl");
    if !address.is_empty() {
        world.reports.send(report(&address, number, &request, arrives));
    }
    match world.faults.take_spoiled_answer(service) {
        Some(FaultKind::Slow(delay)) => tokio::time::sleep(delay).await,
        Some(_) => return StatusCode::GATEWAY_TIMEOUT.into_response(),
        None => {}
    }
    Json(json!({ "CodeResult": TAKEN, "CountRegenerate": 0, "SMSID": format!("simulated-{number}") })).into_response()
}

/// The address that tells what became of the message: an answer to nobody, as the real gateways send it.
fn report(address: &str, number: u64, request: &Map<String, Value>, arrives: bool) -> String {
    let (succeeded, failed) = if arrives { (1, 0) } else { (0, 1) };
    let joint = if address.contains('?') { '&' } else { '?' };
    let (phone, id) = (field(request, "Phone").replace('+', ""), field(request, "RequestId"));
    format!(
        "{address}{joint}SMSID=simulated-{number}&SendFailed={failed}&SendStatus=5&SendSuccess={succeeded}\
         &TotalReceiver=1&TotalSent=1&RequestId={id}&TypeId=2&telcoid=1&phonenumber={phone}"
    )
}

fn refused(code: &str, reason: &str) -> Json<Value> {
    Json(json!({ "CodeResult": code, "CountRegenerate": 0, "ErrorMessage": reason }))
}

/// Checks the request and keeps the message; answers the request's number.
fn take(
    world: &World,
    seen: &SeenRequests,
    request: &Map<String, Value>,
    arrives: bool,
) -> Result<u64, (&'static str, &'static str)> {
    if field(request, "ApiKey").is_empty() || field(request, "SecretKey").is_empty() {
        return Err((NOT_AUTHORISED, "ApiKey or SecretKey is missing"));
    }
    if field(request, "SmsType") != "2" {
        return Err((KIND_UNKNOWN, "Only SmsType 2 is simulated"));
    }
    if field(request, "Brandname").is_empty() {
        return Err((BRANDNAME_UNKNOWN, "Brandname is missing"));
    }
    let phone = field(request, "Phone");
    let digits = phone.strip_prefix('+').unwrap_or(&phone);
    if !(8..=15).contains(&digits.len()) || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err((MALFORMED, "Phone is not a phone number"));
    }
    let content = field(request, "Content");
    check_content(&content, field(request, "IsUnicode") == "1")?;
    let number = seen.number(&field(request, "RequestId")).ok_or((SAME_REQUEST, "RequestId was used before"))?;
    // A request marked so is checked and not sent.
    if arrives && field(request, "Sandbox") != "1" {
        let links = links::collect(&content, None);
        let at_ms = world.clock.now();
        let subject = String::new();
        world.mailbox.insert(NewMessage { channel: Channel::Sms, to: phone, at_ms, subject, text: content, links });
    }
    Ok(number)
}

fn check_content(content: &str, is_unicode: bool) -> Result<(), (&'static str, &'static str)> {
    if content.trim().is_empty() {
        return Err((MALFORMED, "Content is empty"));
    }
    if content.chars().any(|c| c.is_control() && c != '\n') {
        return Err((MALFORMED, "Content has control characters"));
    }
    if !is_unicode && !content.is_ascii() {
        return Err((MALFORMED, "Content has accents, and IsUnicode is not 1"));
    }
    if content.chars().count() > MOST_CHARACTERS {
        return Err((MALFORMED, "Content has more than 160 characters"));
    }
    Ok(())
}

/// The gateway's users send numbers and digits alike.
fn field(request: &Map<String, Value>, name: &str) -> String {
    match request.get(name) {
        Some(Value::String(text)) => text.trim().to_owned(),
        Some(Value::Number(number)) => number.to_string(),
        _ => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn old_request_ids_are_forgotten() {
        let seen = SeenRequests::default();
        assert_eq!(seen.number("a"), Some(1));
        assert_eq!(seen.number("a"), None);
        assert_eq!(seen.number(""), Some(2));
        for index in 0..MOST_SEEN {
            assert!(seen.number(&index.to_string()).is_some());
        }
        assert!(seen.number("a").is_some());
        assert!(seen.seen.lock().unwrap().ids.len() <= MOST_SEEN);
    }

    #[test]
    fn contents_that_a_carrier_would_refuse_are_refused() {
        let long = "a".repeat(161);
        for (content, is_unicode) in
            [("", false), (" ", true), ("Ma OTP là 1", false), ("a\0", false), (&*long, false), (&*long, true)]
        {
            assert!(check_content(content, is_unicode).is_err(), "{content}");
        }
        assert!(check_content("Mã OTP là 1", true).is_ok());
        assert!(check_content(&long[..160], false).is_ok());
    }
}

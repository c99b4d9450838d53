//! `/api/faults`: what shall go wrong next.

use std::sync::Arc;
use std::time::Duration;

use axum::Json;
use axum::body::Bytes;
use axum::extract::State;
use axum::extract::rejection::BytesRejection;
use serde::{Deserialize, Serialize};

use crate::World;
use crate::faults::{Fault, FaultKind, Service};
use crate::http::refusal::{Refusal, parse_json};

/// How long an answer may be held back.
const MOST_DELAY_MS: u64 = 10 * 60 * 1_000;
const DELAY_MS: u64 = 3_000;

const TOO_SLOW: &str = "delay_ms tối đa là 600000 (10 phút).";

/// `{"channel":"email","kind":"temporary","times":2}`; kind `none` takes the fault away.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct FaultOrder {
    /// `email`, `sms`, `sms_backup`, `subscribers` or `population`.
    channel: Service,
    kind: KindName,
    /// To how many messages; all until it is taken away when left out.
    #[serde(default)]
    times: Option<u32>,
    /// For `slow`: 3000 when left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    delay_ms: Option<u64>,
}

#[derive(Clone, Copy, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
enum KindName {
    None,
    Temporary,
    Permanent,
    Slow,
    Cut,
    Undelivered,
}

/// `GET /api/faults`: the faults in force.
pub(crate) async fn show(State(world): State<Arc<World>>) -> Json<Vec<FaultOrder>> {
    Json(list(&world))
}

/// `POST /api/faults`: replaces the fault of a channel, and answers the faults in force.
pub(crate) async fn set(
    State(world): State<Arc<World>>,
    body: Result<Bytes, BytesRejection>,
) -> Result<Json<Vec<FaultOrder>>, Refusal> {
    let order: FaultOrder = parse_json(body)?;
    let delay_ms = order.delay_ms.unwrap_or(DELAY_MS);
    if delay_ms > MOST_DELAY_MS {
        return Err(Refusal::unprocessable(TOO_SLOW));
    }
    let kind = match order.kind {
        KindName::None => None,
        KindName::Temporary => Some(FaultKind::Temporary),
        KindName::Permanent => Some(FaultKind::Permanent),
        KindName::Slow => Some(FaultKind::Slow(Duration::from_millis(delay_ms))),
        KindName::Cut => Some(FaultKind::Cut),
        KindName::Undelivered => Some(FaultKind::Undelivered),
    };
    world.faults.set(order.channel, kind.map(|kind| Fault { kind, times: order.times }));
    Ok(Json(list(&world)))
}

fn list(world: &World) -> Vec<FaultOrder> {
    world.faults.list().into_iter().map(|(channel, fault)| order(channel, fault)).collect()
}

fn order(channel: Service, fault: Fault) -> FaultOrder {
    let (kind, delay_ms) = match fault.kind {
        FaultKind::Temporary => (KindName::Temporary, None),
        FaultKind::Permanent => (KindName::Permanent, None),
        FaultKind::Slow(delay) => (KindName::Slow, u64::try_from(delay.as_millis()).ok()),
        FaultKind::Cut => (KindName::Cut, None),
        FaultKind::Undelivered => (KindName::Undelivered, None),
    };
    FaultOrder { channel, kind, times: fault.times, delay_ms }
}

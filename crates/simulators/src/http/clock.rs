//! `/api/clock`: the demonstration's time, and moving it forward.

use std::sync::Arc;

use axum::Json;
use axum::body::Bytes;
use axum::extract::State;
use axum::extract::rejection::BytesRejection;
use serde_json::{Value, json};
use tracing::info;

use crate::World;
use crate::clock::iso8601;
use crate::http::refusal::{Refusal, parse_json};

const NOT_A_NUMBER: &str = "Hãy cho biết số giây cần vặn tới: advance_seconds là một số nguyên không âm.";
const TOO_FAR: &str = "Không vặn được: đồng hồ chỉ chạy trước giờ thật tối đa 10 năm.";

/// `GET /api/clock`.
pub(crate) async fn show(State(world): State<Arc<World>>) -> Json<Value> {
    Json(read(&world))
}

/// `POST /api/clock` with `{"advance_seconds": N}`: answers the new time.
pub(crate) async fn advance(
    State(world): State<Arc<World>>,
    body: Result<Bytes, BytesRejection>,
) -> Result<Json<Value>, Refusal> {
    let request: Value = parse_json(body)?;
    let seconds = request.get("advance_seconds").and_then(Value::as_u64);
    advance_by(&world, seconds)?;
    Ok(Json(read(&world)))
}

/// Moves the clock by a number of seconds that may have been misread.
pub(crate) fn advance_by(world: &World, seconds: Option<u64>) -> Result<(), Refusal> {
    let seconds = seconds.ok_or(Refusal::unprocessable(NOT_A_NUMBER))?;
    world.clock.advance(seconds).map_err(|_| Refusal::unprocessable(TOO_FAR))?;
    info!(seconds, "Moved the demonstration's clock forward");
    Ok(())
}

fn read(world: &World) -> Value {
    json!({ "now": iso8601(world.clock.now()), "seconds_ahead": world.clock.seconds_ahead() })
}

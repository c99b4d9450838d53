//! `/api/messages`: what was received, for programs.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Query, State};
use axum::http::StatusCode;

use crate::World;
use crate::mailbox::Message;

/// The parameters of a query as they came; the first of a name counts.
pub(crate) type Parameters = Query<Vec<(String, String)>>;

pub(crate) fn parameter<'a>(parameters: &'a Parameters, name: &str) -> &'a str {
    parameters.iter().find(|(key, _)| key == name).map_or("", |(_, value)| value.as_str())
}

/// `GET /api/messages?to=…`: newest first; all of them without a recipient.
pub(crate) async fn list(State(world): State<Arc<World>>, parameters: Parameters) -> Json<Vec<Message>> {
    let messages = world.mailbox.list(parameter(&parameters, "to"));
    Json(messages.iter().map(|message| Message::clone(message)).collect())
}

/// `DELETE /api/messages?to=…`: forgets them; all of them without a recipient.
pub(crate) async fn delete(State(world): State<Arc<World>>, parameters: Parameters) -> StatusCode {
    world.mailbox.delete(parameter(&parameters, "to"));
    StatusCode::NO_CONTENT
}

//! The pages for people: the messages, one message, and the clock; all of it without JavaScript.

use std::sync::Arc;

use askama::Template;
use axum::extract::rejection::{FormRejection, PathRejection};
use axum::extract::{Form, Path, State};
use axum::http::{StatusCode, header};
use axum::response::{Html, IntoResponse, Redirect, Response};
use tracing::error;

use crate::World;
use crate::clock::vietnamese;
use crate::http::clock::advance_by;
use crate::http::messages::{Parameters, parameter};
use crate::http::refusal::Refusal;
use crate::links::{Piece, pieces};
use crate::mailbox::{Channel, Message};

/// Messages on one page.
const PAGE: usize = 50;
/// How much of a text stands in the list.
const PREVIEW_CHARACTERS: usize = 160;

#[derive(Template)]
#[template(path = "messages.html")]
struct MessagesPage {
    clock: ClockView,
    faults: usize,
    to: String,
    total: usize,
    rows: Vec<Row>,
    newer: Option<usize>,
    older: Option<usize>,
}

#[derive(Template)]
#[template(path = "message.html")]
struct MessagePage<'a> {
    clock: ClockView,
    title: String,
    channel: &'static str,
    at: String,
    message: &'a Message,
    pieces: Vec<Piece<'a>>,
}

#[derive(Template)]
#[template(path = "not_found.html")]
struct NotFoundPage;

struct ClockView {
    now: String,
    ahead: Option<String>,
}

struct Row {
    id: u64,
    channel: &'static str,
    at: String,
    to: String,
    title: String,
    preview: String,
}

/// `GET /?to=…&trang=N`.
pub(crate) async fn list(State(world): State<Arc<World>>, parameters: Parameters) -> Response {
    let to = parameter(&parameters, "to").trim().to_owned();
    let page: usize = parameter(&parameters, "trang").parse().unwrap_or(1).max(1);
    let messages = world.mailbox.list(&to);
    let before = PAGE.saturating_mul(page - 1);
    let rows = messages.iter().skip(before).take(PAGE).map(|message| row(message)).collect();
    let has_older = before.saturating_add(PAGE) < messages.len();
    render(
        StatusCode::OK,
        &MessagesPage {
            clock: clock(&world),
            faults: world.faults.list().len(),
            total: messages.len(),
            rows,
            newer: (page > 1).then(|| page - 1),
            older: has_older.then(|| page + 1),
            to,
        },
    )
}

/// `GET /tin-nhan/{id}`.
pub(crate) async fn show(State(world): State<Arc<World>>, id: Result<Path<u64>, PathRejection>) -> Response {
    let Some(message) = id.ok().and_then(|Path(id)| world.mailbox.find(id)) else {
        return not_found();
    };
    render(
        StatusCode::OK,
        &MessagePage {
            clock: clock(&world),
            title: title(&message),
            channel: channel_name(message.channel),
            at: vietnamese(message.at_ms),
            pieces: pieces(&message.text),
            message: &message,
        },
    )
}

/// `POST /dong-ho` from the page's form.
pub(crate) async fn advance_clock(
    State(world): State<Arc<World>>,
    form: Result<Form<Vec<(String, String)>>, FormRejection>,
) -> Result<Redirect, Refusal> {
    let fields = form.map(|Form(fields)| fields).unwrap_or_default();
    let seconds = fields.iter().find(|(name, _)| name == "advance_seconds").and_then(|(_, value)| value.parse().ok());
    advance_by(&world, seconds)?;
    Ok(Redirect::to("/"))
}

/// `POST /xoa-het` from the page's form.
pub(crate) async fn delete_all(State(world): State<Arc<World>>) -> Redirect {
    world.mailbox.delete("");
    Redirect::to("/")
}

/// `GET /simulators.css`.
pub(crate) async fn stylesheet() -> Response {
    let headers = [(header::CONTENT_TYPE, "text/css; charset=utf-8"), (header::CACHE_CONTROL, "max-age=300")];
    (headers, include_str!("../../templates/simulators.css")).into_response()
}

/// The page for an address that leads nowhere.
pub(crate) fn not_found() -> Response {
    render(StatusCode::NOT_FOUND, &NotFoundPage)
}

/// Writes a page.
pub(crate) fn render(status: StatusCode, page: &impl Template) -> Response {
    match page.render() {
        Ok(html) => (status, Html(html)).into_response(),
        Err(error) => {
            error!(error = %error, "Cannot write a page of the simulators");
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }
    }
}

fn clock(world: &World) -> ClockView {
    let ahead = Some(world.clock.seconds_ahead()).filter(|seconds| *seconds != 0).map(duration);
    ClockView { now: vietnamese(world.clock.now()), ahead }
}

/// `3 ngày 8 giờ`, the parts that are not zero.
fn duration(seconds: i64) -> String {
    let parts = [
        (seconds / 86_400, "ngày"),
        (seconds / 3_600 % 24, "giờ"),
        (seconds / 60 % 60, "phút"),
        (seconds % 60, "giây"),
    ];
    let parts = parts.iter().filter(|(number, _)| *number != 0);
    parts.map(|(number, unit)| format!("{number} {unit}")).collect::<Vec<_>>().join(" ")
}

fn row(message: &Message) -> Row {
    Row {
        id: message.id,
        channel: channel_name(message.channel),
        at: vietnamese(message.at_ms),
        to: message.to.clone(),
        title: title(message),
        preview: shortened(&message.text),
    }
}

fn title(message: &Message) -> String {
    match message.subject.trim() {
        "" => format!("{} gửi tới {}", channel_name(message.channel), message.to),
        subject => subject.to_owned(),
    }
}

fn channel_name(channel: Channel) -> &'static str {
    match channel {
        Channel::Sms => "Tin nhắn SMS",
        Channel::Email => "Thư điện tử",
        Channel::Zalo => "Tin nhắn Zalo",
        Channel::Post => "Bưu phẩm",
    }
}

fn shortened(text: &str) -> String {
    let mut words = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if let Some((end, _)) = words.char_indices().nth(PREVIEW_CHARACTERS) {
        words.truncate(end);
        words.push('…');
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_leave_out_what_is_zero() {
        assert_eq!(duration(60), "1 phút");
        assert_eq!(duration(3 * 86_400 + 8 * 3_600 + 5), "3 ngày 8 giờ 5 giây");
    }

    #[test]
    fn a_long_text_is_shortened_between_characters() {
        assert_eq!(shortened("một\n  hai"), "một hai");
        assert_eq!(shortened(&"ở".repeat(500)).chars().count(), PREVIEW_CHARACTERS + 1);
    }
}

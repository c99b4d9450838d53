//! The page with the subscriptions that the simulated carrier knows, so that people can see each answer come about.

use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;

use super::pages::render;
use crate::subscribers::{SUBSCRIBERS, UNKNOWN_PREFIX};

#[derive(Template)]
#[template(path = "subscribers.html")]
struct SubscribersPage {
    rows: Vec<Row>,
    unknown_prefix: &'static str,
}

struct Row {
    phone: &'static str,
    name: &'static str,
    id: String,
    birth_date: String,
    remark: &'static str,
}

/// `GET /thue-bao`.
pub(crate) async fn show() -> Response {
    let rows = SUBSCRIBERS.iter().map(|known| Row {
        phone: known.phone,
        name: known.name,
        id: format!("{} {}", known.id_kind, known.id_number),
        birth_date: as_forms_print_it(known.birth_date),
        remark: known.remark,
    });
    render(StatusCode::OK, &SubscribersPage { rows: rows.collect(), unknown_prefix: UNKNOWN_PREFIX })
}

/// `12/03/1985` for `1985-03-12`, and the same of a date that is known in part.
fn as_forms_print_it(date: &str) -> String {
    date.split('-').rev().collect::<Vec<_>>().join("/")
}

//! The simulators' web server: pages for people, JSON for programs, the SMS gateways and the carrier's check.

mod clock;
mod faults;
mod messages;
mod pages;
mod population;
mod refusal;
pub(crate) mod sms_gateway;
mod subscriber_check;
mod subscribers_page;
#[cfg(test)]
mod tests;

use std::sync::Arc;

use axum::Router;
use axum::extract::{DefaultBodyLimit, Request};
use axum::http::{HeaderValue, Method, StatusCode, header};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use axum::routing::{MethodRouter, get, post};
use tokio::net::TcpListener;
use tokio::sync::watch;
use tracing::error;

use crate::World;
use crate::http::refusal::Refusal;

/// Where an SMS gateway takes messages.
const SMS_PATH: &str = "/MainService.svc/json/SendMultipleMessage_V4_post_json";
/// No request to the simulators needs more.
const MOST_BODY_BYTES: usize = 64 * 1024;

/// Serves until told to stop.
pub(crate) async fn serve(listener: TcpListener, world: Arc<World>, mut stopped: watch::Receiver<bool>) {
    let until_stopped = async move {
        // An error means that the handle is gone, which also ends the simulators.
        let _ = stopped.wait_for(|is_stopped| *is_stopped).await;
    };
    let served = axum::serve(listener, router(world)).with_graceful_shutdown(until_stopped).await;
    if let Err(error) = served {
        error!(error = %error, "The simulators' web server ended");
    }
}

pub(crate) fn router(world: Arc<World>) -> Router {
    let machines = Router::new()
        .route("/api/messages", get(messages::list).delete(messages::delete))
        .route("/api/clock", get(clock::show).post(clock::advance))
        .route("/api/faults", get(faults::show).post(faults::set));
    // Both spellings: the gateway's documentation has the slash, its users often do not.
    let gateway = |handler: MethodRouter<Arc<World>>| {
        Router::new().route(SMS_PATH, handler.clone()).route(&format!("{SMS_PATH}/"), handler)
    };
    let outside = gateway(post(sms_gateway::send))
        .nest(sms_gateway::BACKUP, gateway(post(sms_gateway::send_by_backup)))
        .route("/telco/subscriber-check", post(subscriber_check::check))
        .route("/lgsp/token", post(population::token))
        .route("/lgsp/csdldc/xac-thuc-cong-dan", post(population::ask));
    let people = Router::new()
        .route("/", get(pages::list))
        .route("/thue-bao", get(subscribers_page::show))
        .route("/tin-nhan/{id}", get(pages::show))
        .route("/dong-ho", post(pages::advance_clock))
        .route("/xoa-het", post(pages::delete_all))
        .route("/simulators.css", get(pages::stylesheet));
    machines
        .merge(outside)
        .merge(people)
        .fallback(not_found)
        .method_not_allowed_fallback(|| async { Refusal::method_not_allowed() })
        .layer(DefaultBodyLimit::max(MOST_BODY_BYTES))
        .layer(middleware::from_fn(guard))
        .with_state(world)
}

async fn not_found(request: Request) -> Response {
    match request.uri().path().starts_with("/api/") {
        true => Refusal::not_found().into_response(),
        false => pages::not_found(),
    }
}

/// Other sites may not change anything through a visitor's browser, nor show these pages inside theirs.
async fn guard(request: Request, next: Next) -> Response {
    let is_reading = matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS);
    let is_from_elsewhere =
        request.headers().get("sec-fetch-site").is_some_and(|site| site.as_bytes() == b"cross-site");
    let mut response = match is_from_elsewhere && !is_reading {
        true => Refusal::new(StatusCode::FORBIDDEN, "Yêu cầu này đến từ một trang web khác nên không được thực hiện.")
            .into_response(),
        false => next.run(request).await,
    };
    let headers = response.headers_mut();
    let policy = "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
    headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(policy));
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    // Links in messages hold secrets of the demonstration's accounts.
    headers.insert(header::REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    response
}

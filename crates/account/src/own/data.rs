//! What is stored about the holder: a page for reading, a file for taking along (domain.md §1.8).

use askama::Template;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use domain::account::AccountEvent;
use usecases::{export_own_data, list_own_events};
use web::errors::WebError;
use web::i18n::{TextKey, Texts};
use web::portal::Portal;
use web::shell::html;
use web::view::page::{Page, Section};
use web::visitor::Visitor;

#[derive(Template)]
#[template(path = "account/own/data.html")]
struct DataPage<'a> {
    page: Page<'a>,
    t: &'static Texts,
    events: Vec<(String, &'static str)>,
}

pub(super) async fn show(State(portal): State<Portal>, visitor: Visitor) -> Result<Response, WebError> {
    visitor.holder()?;
    let t = visitor.texts();
    let events = list_own_events(portal.app(), &visitor.ctx).await?;
    let events = events.into_iter().map(|(at, event)| (at.vietnamese(), t.k(event_text(&event))));
    let page = visitor.page(&portal).in_section(Section::Account);
    html(&DataPage { page, t, events: events.collect() })
}

pub(super) async fn export(State(portal): State<Portal>, visitor: Visitor) -> Result<Response, WebError> {
    visitor.holder()?;
    let data = export_own_data(portal.app(), &visitor.ctx).await?;
    let bytes = serde_json::to_vec_pretty(&data).map_err(WebError::internal)?;
    Ok(web::files::made(bytes, "application/json", "du-lieu-cua-toi.json").into_response())
}

fn event_text(event: &AccountEvent) -> TextKey {
    match event {
        AccountEvent::Registered { .. } => TextKey("account-event-registered"),
        AccountEvent::EmailConfirmed { .. } => TextKey("account-event-email-confirmed"),
        AccountEvent::EmailChanged { .. } => TextKey("account-event-email-changed"),
        AccountEvent::PhoneChanged { .. } => TextKey("account-event-phone-changed"),
        AccountEvent::NameChanged { .. } => TextKey("account-event-name-changed"),
        AccountEvent::NumberReplaced { .. } => TextKey("account-event-number-replaced"),
        AccountEvent::Approved { .. } => TextKey("account-event-approved"),
        AccountEvent::RegistrationRefused { .. } => TextKey("account-event-refused"),
        AccountEvent::Closed => TextKey("account-event-closed"),
    }
}

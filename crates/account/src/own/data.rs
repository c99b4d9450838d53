//! What is stored about the holder: a page for reading, a file for taking along (domain.md §1.8).

use askama::Template;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use domain::account::AccountEvent;
use domain::account::recovery::{RecoveryEvent, Stopper};
use usecases::recover_at_desk::list_own_recoveries;
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
    events: Vec<(String, String)>,
    /// What happened in recoveries at the desk: when, what, by whom.
    recoveries: Vec<(String, String)>,
}

pub(super) async fn show(State(portal): State<Portal>, visitor: Visitor) -> Result<Response, WebError> {
    visitor.holder()?;
    let t = visitor.texts();
    let events = list_own_events(portal.app(), &visitor.ctx).await?;
    let events = events.into_iter().map(|(at, event)| (at.vietnamese(), event_words(&event, t)));
    let mut recoveries = Vec::new();
    for one in list_own_recoveries(portal.app(), &visitor.ctx).await? {
        let log = one.log.iter().rev();
        recoveries.extend(log.map(|(at, event)| (at.vietnamese(), recovery_words(event, &one.agency_name, t))));
    }
    let page = visitor.page(&portal).in_section(Section::Account);
    html(&DataPage { page, t, events: events.collect(), recoveries })
}

pub(super) async fn export(State(portal): State<Portal>, visitor: Visitor) -> Result<Response, WebError> {
    visitor.holder()?;
    let data = export_own_data(portal.app(), &visitor.ctx).await?;
    let bytes = serde_json::to_vec_pretty(&data).map_err(WebError::internal)?;
    Ok(web::files::made(bytes, "application/json", "du-lieu-cua-toi.json").into_response())
}

/// What happened to the account, and who answers for it when it was officials.
fn event_words(event: &AccountEvent, t: &Texts) -> String {
    let words = t.k(event_text(event));
    match event {
        AccountEvent::ContactsRecovered { officers: [first, second], .. } => {
            format!("{words} ({}; {})", first.name, second.name)
        }
        _ => words.to_owned(),
    }
}

/// A step of a recovery: what, who, where.
fn recovery_words(event: &RecoveryEvent, agency: &str, t: &Texts) -> String {
    let (key, by) = match event {
        RecoveryEvent::Opened { recovery } => ("desk-event-opened", recovery.opened_by.name.as_str()),
        RecoveryEvent::ContactProved { by, .. } => ("desk-event-proved", by.name.as_str()),
        RecoveryEvent::Confirmed { by, .. } => ("desk-event-confirmed", by.name.as_str()),
        RecoveryEvent::Stopped { stopper: Stopper::Officer { officer } } => {
            ("desk-event-stopped", officer.name.as_str())
        }
        RecoveryEvent::Stopped { stopper: Stopper::Holder } => ("desk-event-stopped-holder", ""),
        RecoveryEvent::Stopped { stopper: Stopper::OldContact } => ("desk-event-stopped-contact", ""),
        RecoveryEvent::Applied => ("desk-event-applied", ""),
        RecoveryEvent::Lapsed => ("desk-event-lapsed", ""),
        RecoveryEvent::Voided { .. } => ("desk-event-voided", ""),
    };
    let what = t.m(key);
    if by.is_empty() { what.to_owned() } else { format!("{what} ({by}, {agency})") }
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
        AccountEvent::ContactsRecovered { .. } => TextKey("account-event-contacts-recovered"),
        AccountEvent::Closed => TextKey("account-event-closed"),
    }
}

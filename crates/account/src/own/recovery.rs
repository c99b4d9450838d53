//! The recovery at the desk of one's own account, while it waits, and stopping it.

use askama::Template;
use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};
use domain::account::recovery::{RecoveryRefusal, SecondFactorFate};
use usecases::recover_at_desk::{OwnRecovery, RecoverError, list_own_recoveries, stop_own_recovery};
use web::errors::WebError;
use web::form::Form;
use web::i18n::Texts;
use web::portal::Portal;
use web::shell::html;
use web::view::page::{Page, Section};
use web::view::parts::SummaryRow;
use web::visitor::Visitor;

#[derive(Template)]
#[template(path = "account/own/recovery.html")]
struct RecoveryPage<'a> {
    page: Page<'a>,
    t: &'static Texts,
    /// What is known of the recovery; nothing when none is live.
    rows: Vec<SummaryRow>,
    removes_factors: bool,
}

pub(super) async fn show(State(portal): State<Portal>, visitor: Visitor) -> Result<Response, WebError> {
    visitor.holder()?;
    let t = visitor.texts();
    let all = list_own_recoveries(portal.app(), &visitor.ctx).await?;
    let live = all.into_iter().find(|one| one.recovery.is_live());
    let removes_factors = live.as_ref().is_some_and(|one| one.recovery.second_factors == SecondFactorFate::Removed);
    let rows = live.map(|one| rows(&one, t)).unwrap_or_default();
    html(&RecoveryPage { page: visitor.page(&portal).in_section(Section::Account), t, rows, removes_factors })
}

pub(super) async fn stop(State(portal): State<Portal>, Form { visitor, .. }: Form) -> Result<Response, WebError> {
    visitor.holder()?;
    match stop_own_recovery(portal.app(), &visitor.ctx).await {
        // Too late: the session has ended with it, or is about to.
        Ok(()) | Err(RecoverError::Refused(RecoveryRefusal::Past)) => {
            Ok(Redirect::to("/tai-khoan/khoi-phuc").into_response())
        }
        Err(RecoverError::Usecase(error)) => Err(error.into()),
        Err(RecoverError::Refused(_) | RecoverError::AlreadyLive) => Err(WebError::Conflict),
    }
}

/// The new contacts are masked: whoever is signed in may be the one from whom the account is taken back.
fn rows(OwnRecovery { recovery, agency_name, .. }: &OwnRecovery, t: &'static Texts) -> Vec<SummaryRow> {
    let wanted = &recovery.wanted;
    let by = match &recovery.confirmed_by {
        Some(second) => format!("{}; {}", recovery.opened_by.name, second.name),
        None => recovery.opened_by.name.clone(),
    };
    let takes_effect = match recovery.takes_effect_at {
        Some(at) => at.vietnamese(),
        None => t.m("recovering-not-confirmed").to_owned(),
    };
    vec![
        SummaryRow::new(t.m("recovering-agency"), agency_name.clone()),
        SummaryRow::new(t.m("recovering-officers"), by),
        SummaryRow::new(t.m("desk-opened-at"), recovery.opened_at.vietnamese()),
        SummaryRow::new(t.m("recovering-takes-effect"), takes_effect),
        SummaryRow::new(t.m("desk-new-phone"), wanted.phone.as_ref().map(|phone| phone.masked()).unwrap_or_default()),
        SummaryRow::new(t.m("desk-new-email"), wanted.email.as_ref().map(|email| email.masked()).unwrap_or_default()),
    ]
}

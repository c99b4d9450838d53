//! Where the account is signed in, and ending it there.

use askama::Template;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use domain::ids::SessionHash;
use usecases::sessions::{end_other_sessions, end_own_session, hash_of, list_own_sessions};
use web::errors::WebError;
use web::form::Form;
use web::i18n::Texts;
use web::portal::Portal;
use web::shell::html;
use web::view::page::{Page, Section};
use web::visitor::Visitor;

#[derive(Template)]
#[template(path = "account/own/sessions.html")]
struct SessionsPage<'a> {
    page: Page<'a>,
    t: &'static Texts,
    rows: Vec<SessionRow>,
}

struct SessionRow {
    id: String,
    device: String,
    began: String,
    seen: String,
    is_this: bool,
}

pub(super) async fn show(State(portal): State<Portal>, visitor: Visitor) -> Result<Response, WebError> {
    visitor.holder()?;
    let t = visitor.texts();
    let this = visitor.session_token().and_then(hash_of);
    let found = list_own_sessions(portal.app(), &visitor.ctx).await?;
    let rows = found.into_iter().map(|session| SessionRow {
        id: session.hash.to_string(),
        device: session
            .device
            .filter(|device| !device.is_empty())
            .unwrap_or_else(|| t.m("sessions-unknown").to_owned()),
        began: session.created_at.vietnamese(),
        seen: session.seen_at.vietnamese(),
        is_this: Some(session.hash) == this,
    });
    let page = visitor.page(&portal).in_section(Section::Account);
    html(&SessionsPage { page, t, rows: rows.collect() })
}

pub(super) async fn end(
    State(portal): State<Portal>,
    Path(session): Path<String>,
    Form { visitor, .. }: Form,
) -> Result<Response, WebError> {
    visitor.holder()?;
    let session = SessionHash::parse(&session).map_err(|_| WebError::NotFound)?;
    end_own_session(portal.app(), &visitor.ctx, session).await?;
    Ok(Redirect::to("/tai-khoan/phien").into_response())
}

pub(super) async fn end_others(State(portal): State<Portal>, Form { visitor, .. }: Form) -> Result<Response, WebError> {
    visitor.holder()?;
    if let Some(token) = visitor.session_token() {
        end_other_sessions(portal.app(), &visitor.ctx, token).await?;
    }
    Ok(Redirect::to("/tai-khoan/phien").into_response())
}

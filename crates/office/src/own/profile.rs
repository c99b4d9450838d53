//! What an officer's account is: who, what may be done where, and where it is signed in.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::Uri;
use axum::response::{IntoResponse, Redirect, Response};
use domain::ids::SessionHash;
use domain::policy::{OfficerGrant, ProcedureScope};
use usecases::sessions::{OpenSession, hash_of};
use usecases::{OfficerAccount, end_officer_session, end_other_officer_sessions, view_officer_account};
use web::errors::WebError;
use web::fields::Fields;
use web::form::Form;
use web::i18n::Texts;
use web::portal::Portal;
use web::shell::html;
use web::view::page::Page;
use web::view::parts::SummaryRow;
use web::visitor::Visitor;

use web::view::roles::role_words;

#[derive(Template)]
#[template(path = "office/own/profile.html")]
struct ProfilePage<'a> {
    page: Page<'a>,
    t: &'static Texts,
    rows: Vec<SummaryRow>,
    grants: Vec<SummaryRow>,
    sessions: Vec<SessionRow>,
    /// Something was changed just now.
    changed: bool,
}

struct SessionRow {
    id: String,
    device: String,
    began: String,
    seen: String,
    is_this: bool,
}

pub(super) async fn show(State(portal): State<Portal>, visitor: Visitor, uri: Uri) -> Result<Response, WebError> {
    let officer = visitor.officer()?;
    let t = visitor.texts();
    let OfficerAccount { name, login, sessions } = view_officer_account(portal.app(), &visitor.ctx).await?;
    let this = visitor.session_token().and_then(hash_of);
    html(&ProfilePage {
        page: visitor.page(&portal),
        t,
        rows: vec![
            SummaryRow::new(t.m("office-own-name"), name),
            SummaryRow::new(t.m("office-login"), login),
            SummaryRow::new(t.m("office-password"), "••••••••").changed_at("/can-bo/tai-khoan/mat-khau"),
        ],
        grants: officer.grants.iter().map(|grant| grant_row(&portal, grant, t)).collect(),
        sessions: sessions.into_iter().map(|session| session_row(session, this, t)).collect(),
        changed: Fields::of_query(uri.query()).text("sau") == "da-doi",
    })
}

pub(super) async fn end(
    State(portal): State<Portal>,
    Path(session): Path<String>,
    Form { visitor, .. }: Form,
) -> Result<Response, WebError> {
    visitor.officer()?;
    let session = SessionHash::parse(&session).map_err(|_| WebError::NotFound)?;
    end_officer_session(portal.app(), &visitor.ctx, session).await?;
    Ok(Redirect::to("/can-bo/tai-khoan").into_response())
}

pub(super) async fn end_others(State(portal): State<Portal>, Form { visitor, .. }: Form) -> Result<Response, WebError> {
    visitor.officer()?;
    if let Some(token) = visitor.session_token() {
        end_other_officer_sessions(portal.app(), &visitor.ctx, token).await?;
    }
    Ok(Redirect::to("/can-bo/tai-khoan").into_response())
}

/// A role, and where and for what and until when it is held.
fn grant_row(portal: &Portal, grant: &OfficerGrant, t: &Texts) -> SummaryRow {
    let agency = portal.app().content().name_of_agency(&grant.agency);
    let procedures = match &grant.procedures {
        ProcedureScope::All => t.m("office-grant-all").to_owned(),
        ProcedureScope::Only(some) => some.iter().map(|code| code.as_str()).collect::<Vec<_>>().join(", "),
    };
    let until = match grant.valid_to {
        Some(last) => t.f("office-grant-until", [("day", last.vietnamese().into())]),
        None => t.m("office-grant-unlimited").to_owned(),
    };
    let place = match agency {
        Some(name) => format!("{name} ({})", grant.agency),
        None => grant.agency.to_string(),
    };
    SummaryRow::new(t.k(role_words(grant.role)), format!("{place}\n{procedures}; {until}"))
}

fn session_row(session: OpenSession, this: Option<SessionHash>, t: &Texts) -> SessionRow {
    let device = session.device.filter(|device| !device.is_empty());
    SessionRow {
        id: session.hash.to_string(),
        device: device.unwrap_or_else(|| t.m("sessions-unknown").to_owned()),
        began: session.created_at.vietnamese(),
        seen: session.seen_at.vietnamese(),
        is_this: Some(session.hash) == this,
    }
}

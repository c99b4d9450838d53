//! After the right password: the code of the app, or one on paper.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::Uri;
use axum::response::{IntoResponse, Redirect, Response};
use domain::ids::CeremonyId;
use usecases::second_factors::{SecondFactorError, find_second_step, finish_second_step};
use web::errors::WebError;
use web::form::Form;
use web::i18n::Texts;
use web::portal::Portal;
use web::shell::{html, html_invalid};
use web::view::form::FormView;
use web::view::page::Page;
use web::visitor::Visitor;

use super::{Door, refuse, void};
use crate::answer::{html_with, redirect_signed_in};
use crate::sign_in::{back_of, leading_on};

#[derive(Template)]
#[template(path = "account/second_factors/step.html")]
struct StepPage<'a> {
    page: Page<'a>,
    t: &'static Texts,
    form: FormView,
    action: String,
    /// Where one signs in anew.
    start: &'static str,
}

pub(super) async fn show(
    State(portal): State<Portal>,
    visitor: Visitor,
    Path(id): Path<String>,
    uri: Uri,
) -> Result<Response, WebError> {
    let door = Door::of(&uri);
    match find(&portal, &visitor, door, &id).await? {
        Some(_) => html(&page_of(&portal, &visitor, door, &uri, FormView::new())),
        None => void(door, &portal, &visitor, door.enter()),
    }
}

pub(super) async fn enter(
    State(portal): State<Portal>,
    Path(id): Path<String>,
    uri: Uri,
    Form { visitor, fields }: Form,
) -> Result<Response, WebError> {
    let (door, t) = (Door::of(&uri), visitor.texts());
    let Some(step) = find(&portal, &visitor, door, &id).await? else {
        return void(door, &portal, &visitor, door.enter());
    };
    let mut form = FormView::new();
    let code = fields.text("code");
    if code.is_empty() {
        form.refuse("code", t.m("factor-code-missing"));
        return html_invalid(&page_of(&portal, &visitor, door, &uri, form));
    }
    let token = visitor.session_token();
    match finish_second_step(portal.app(), &visitor.ctx, step, code, token, visitor.browser()).await {
        Ok(token) => Ok(redirect_signed_in(&portal, &visitor, &token, &onward(door, &uri))),
        Err(SecondFactorError::Unknown) => void(door, &portal, &visitor, door.enter()),
        Err(error) => {
            let status = refuse(&mut form, t, error, "code")?;
            html_with(status, &page_of(&portal, &visitor, door, &uri, form))
        }
    }
}

/// The step, when it belongs to this door.
async fn find(portal: &Portal, visitor: &Visitor, door: Door, id: &str) -> Result<Option<CeremonyId>, WebError> {
    let Ok(id) = CeremonyId::parse(id) else { return Ok(None) };
    let found = find_second_step(portal.app(), &visitor.ctx, id).await?;
    Ok(found.filter(|found| found.is_officer == (door == Door::Office)).map(|_| id))
}

/// Where the person was going: an officer stays on officers' pages.
pub(super) fn onward(door: Door, uri: &Uri) -> String {
    let back = back_of(uri);
    match door {
        Door::Account => back.unwrap_or_else(|| door.home().to_owned()),
        Door::Office => back
            .filter(|back| back.starts_with("/can-bo") || back.starts_with("/quan-tri"))
            .unwrap_or_else(|| door.home().to_owned()),
    }
}

fn page_of<'a>(portal: &'a Portal, visitor: &'a Visitor, door: Door, uri: &Uri, form: FormView) -> StepPage<'a> {
    let action = leading_on(uri.path(), back_of(uri).as_deref());
    StepPage { page: visitor.page(portal), t: visitor.texts(), form, action, start: door.enter() }
}

/// Signs in nobody: whoever is signed in already goes on.
pub(super) fn already(door: Door, visitor: &Visitor, uri: &Uri) -> Option<Response> {
    door.check(visitor).is_ok().then(|| Redirect::to(&onward(door, uri)).into_response())
}

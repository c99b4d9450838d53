//! The app that shows a code every 30 seconds: adding it with a QR code, and removing it.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::Uri;
use axum::response::{IntoResponse, Redirect, Response};
use domain::ids::CeremonyId;
use usecases::second_factors::{
    NewAuthenticator, SecondFactorChange, SecondFactorError, add_first_authenticator, begin_authenticator,
    find_new_authenticator, finish_authenticator, remove_authenticator, view_second_factors,
};
use web::errors::WebError;
use web::fields::Fields;
use web::form::Form;
use web::i18n::{TextKey, Texts};
use web::links::own_path;
use web::portal::Portal;
use web::shell::html;
use web::view::form::FormView;
use web::view::page::Page;
use web::visitor::Visitor;

use super::codes::codes_page;
use super::{Door, Question, present_of, refuse, void};
use crate::answer::{html_with, with_session};

const ADD: Question =
    Question { title: "factor-app-add", lead: "factor-app-add-lead", button: "factor-go-on", is_danger: false };
const REPLACE: Question =
    Question { title: "factor-app-replace", lead: "factor-app-add-lead", button: "factor-go-on", is_danger: false };
const REMOVE: Question =
    Question { title: "factor-app-remove", lead: "factor-app-remove-lead", button: "factor-remove", is_danger: true };

#[derive(Template)]
#[template(path = "account/second_factors/authenticator.html")]
struct AuthenticatorPage<'a> {
    page: Page<'a>,
    t: &'static Texts,
    form: FormView,
    authenticator: NewAuthenticator,
    action: String,
    /// The page before; nowhere for who is on their way in.
    before: Option<&'static str>,
    /// *Thêm …*, or *Đổi sang điện thoại khác*.
    title: TextKey,
}

/// Whether whoever is signed in has an app already, which another will replace.
async fn has_authenticator(portal: &Portal, visitor: &Visitor) -> Result<bool, WebError> {
    Ok(view_second_factors(portal.app(), &visitor.ctx).await?.authenticator_since.is_some())
}

pub(super) async fn ask(State(portal): State<Portal>, visitor: Visitor, uri: Uri) -> Result<Response, WebError> {
    let door = Door::of(&uri);
    door.check(&visitor)?;
    let question = if has_authenticator(&portal, &visitor).await? { REPLACE } else { ADD };
    question.ask(&portal, &visitor, &uri).await
}

pub(super) async fn begin(
    State(portal): State<Portal>,
    uri: Uri,
    Form { visitor, fields }: Form,
) -> Result<Response, WebError> {
    let door = Door::of(&uri);
    door.check(&visitor)?;
    let Some(present) = present_of(&fields) else { return ADD.ask_again(door, &portal, &visitor) };
    match begin_authenticator(portal.app(), &visitor.ctx, &visitor.client, present).await {
        Ok(id) => Ok(Redirect::to(&format!("{}/ung-dung/{id}", door.own())).into_response()),
        Err(error) => ADD.refuse(door, &portal, &visitor, error),
    }
}

pub(super) async fn show(
    State(portal): State<Portal>,
    visitor: Visitor,
    Path(id): Path<String>,
    uri: Uri,
) -> Result<Response, WebError> {
    let door = Door::of(&uri);
    door.check(&visitor)?;
    page(&portal, &visitor, door, &id, FormView::new(), Want::Added, None).await
}

pub(super) async fn finish(
    State(portal): State<Portal>,
    Path(id): Path<String>,
    uri: Uri,
    Form { visitor, fields }: Form,
) -> Result<Response, WebError> {
    let door = Door::of(&uri);
    door.check(&visitor)?;
    let Ok(step) = CeremonyId::parse(&id) else { return void(door, &portal, &visitor, door.own()) };
    match finish_authenticator(portal.app(), &visitor.ctx, step, fields.text("code")).await {
        Ok(codes) => html(&codes_page(door, &portal, &visitor, &codes, door.own().to_owned())),
        Err(SecondFactorError::Unknown) => void(door, &portal, &visitor, door.own()),
        Err(error) => again(&portal, &visitor, door, &id, error, Want::Added, None).await,
    }
}

/// An officer who has none must add one before they get in.
pub(super) async fn show_first(
    State(portal): State<Portal>,
    visitor: Visitor,
    Path(id): Path<String>,
    uri: Uri,
) -> Result<Response, WebError> {
    let back = back_of(uri.query());
    page(&portal, &visitor, Door::Office, &id, FormView::new(), Want::First, back.as_deref()).await
}

pub(super) async fn finish_first(
    State(portal): State<Portal>,
    Path(id): Path<String>,
    uri: Uri,
    Form { visitor, fields }: Form,
) -> Result<Response, WebError> {
    let (door, back) = (Door::Office, back_of(uri.query()));
    let Ok(step) = CeremonyId::parse(&id) else { return void(door, &portal, &visitor, door.enter()) };
    let code = fields.text("code");
    match add_first_authenticator(portal.app(), &visitor.ctx, step, code, visitor.browser()).await {
        Ok((token, codes)) => {
            let onward = back.unwrap_or_else(|| door.home().to_owned());
            let answer = html(&codes_page(door, &portal, &visitor, &codes, onward))?;
            Ok(with_session(&portal, &visitor, &token, answer))
        }
        Err(SecondFactorError::Unknown) => void(door, &portal, &visitor, door.enter()),
        Err(error) => again(&portal, &visitor, door, &id, error, Want::First, back.as_deref()).await,
    }
}

pub(super) async fn ask_removal(
    State(portal): State<Portal>,
    visitor: Visitor,
    uri: Uri,
) -> Result<Response, WebError> {
    REMOVE.ask(&portal, &visitor, &uri).await
}

pub(super) async fn remove(
    State(portal): State<Portal>,
    uri: Uri,
    Form { visitor, fields }: Form,
) -> Result<Response, WebError> {
    let door = Door::of(&uri);
    door.check(&visitor)?;
    let Some(present) = present_of(&fields) else { return REMOVE.ask_again(door, &portal, &visitor) };
    match remove_authenticator(portal.app(), &visitor.ctx, &visitor.client, present).await {
        Ok(change) => Ok(after(door, change)),
        Err(error) => REMOVE.refuse(door, &portal, &visitor, error),
    }
}

/// Back to the overview, which says what happened.
pub(super) fn after(door: Door, change: SecondFactorChange) -> Response {
    let what = match change {
        SecondFactorChange::Removed | SecondFactorChange::Nothing => "da-doi",
        SecondFactorChange::LastOne => "giu-lai",
    };
    Redirect::to(&format!("{}?sau={what}", door.own())).into_response()
}

/// For whom the page is: somebody who is signed in, or an officer on their way in.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Want {
    Added,
    First,
}

async fn page(
    portal: &Portal,
    visitor: &Visitor,
    door: Door,
    id: &str,
    form: FormView,
    want: Want,
    back: Option<&str>,
) -> Result<Response, WebError> {
    match build(portal, visitor, door, id, form, want, back).await? {
        Some(page) => html(&page),
        None => void(door, portal, visitor, start(door, want)),
    }
}

async fn again(
    portal: &Portal,
    visitor: &Visitor,
    door: Door,
    id: &str,
    error: SecondFactorError,
    want: Want,
    back: Option<&str>,
) -> Result<Response, WebError> {
    let mut form = FormView::new();
    let status = refuse(&mut form, visitor.texts(), error, "code")?;
    match build(portal, visitor, door, id, form, want, back).await? {
        Some(page) => html_with(status, &page),
        None => void(door, portal, visitor, start(door, want)),
    }
}

async fn build<'a>(
    portal: &'a Portal,
    visitor: &'a Visitor,
    door: Door,
    id: &str,
    form: FormView,
    want: Want,
    back: Option<&str>,
) -> Result<Option<AuthenticatorPage<'a>>, WebError> {
    let Ok(step) = CeremonyId::parse(id) else { return Ok(None) };
    let found = find_new_authenticator(portal.app(), &visitor.ctx, step).await?;
    let Some(authenticator) = found.filter(|found| found.is_first == (want == Want::First)) else { return Ok(None) };
    let action = match want {
        Want::Added => format!("{}/ung-dung/{id}", door.own()),
        Want::First => crate::sign_in::leading_on(&format!("/can-bo/dang-nhap/thiet-lap/{id}"), back),
    };
    let replaces = want == Want::Added && has_authenticator(portal, visitor).await?;
    let title = if replaces { TextKey("factor-app-replace") } else { TextKey("factor-app-add") };
    let before = (want == Want::Added).then(|| door.own());
    let (page, t) = (door.page(portal, visitor), visitor.texts());
    Ok(Some(AuthenticatorPage { page, t, form, authenticator, action, before, title }))
}

fn start(door: Door, want: Want) -> &'static str {
    match want {
        Want::Added => door.own(),
        Want::First => door.enter(),
    }
}

fn back_of(query: Option<&str>) -> Option<String> {
    let back = own_path(Fields::of_query(query).text("tiep"), "");
    back.starts_with("/can-bo").then_some(back)
}

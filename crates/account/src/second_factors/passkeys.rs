//! Passkeys: adding one, which needs the browser's script, and removing one.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::Uri;
use axum::response::{IntoResponse, Redirect, Response};
use domain::ids::CeremonyId;
use usecases::second_factors::{
    PasskeyPage, SecondFactorError, begin_passkey, find_passkey_page, finish_passkey, remove_passkey,
};
use web::errors::WebError;
use web::form::Form;
use web::i18n::Texts;
use web::input::Input;
use web::portal::Portal;
use web::shell::html;
use web::view::form::FormView;
use web::view::page::Page;
use web::visitor::Visitor;

use super::authenticator::after;
use super::{Door, Question, present_of, void};

const ADD: Question =
    Question { title: "factor-passkey-add", lead: "factor-passkey-add-lead", button: "factor-go-on", is_danger: false };
const REMOVE: Question = Question {
    title: "factor-passkey-remove",
    lead: "factor-passkey-remove-lead",
    button: "factor-remove",
    is_danger: true,
};

#[derive(Template)]
#[template(path = "account/second_factors/passkey.html")]
struct NewPasskeyPage<'a> {
    page: Page<'a>,
    t: &'static Texts,
    /// The page under a name, where it was opened under a number.
    named_address: Option<String>,
    form: FormView,
    asked: PasskeyPage,
    before: &'static str,
    action: String,
}

pub(super) async fn ask(State(portal): State<Portal>, visitor: Visitor, uri: Uri) -> Result<Response, WebError> {
    ADD.ask(&portal, &visitor, &uri).await
}

pub(super) async fn begin(
    State(portal): State<Portal>,
    uri: Uri,
    Form { visitor, fields }: Form,
) -> Result<Response, WebError> {
    let door = Door::of(&uri);
    door.check(&visitor)?;
    let Some(present) = present_of(&fields) else { return ADD.ask_again(door, &portal, &visitor) };
    match begin_passkey(portal.app(), &visitor.ctx, &visitor.client, present).await {
        Ok(id) => Ok(Redirect::to(&format!("{}/khoa-truy-cap/{id}", door.own())).into_response()),
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
    let t = visitor.texts();
    let Ok(step) = CeremonyId::parse(&id) else { return void(door, &portal, &visitor, door.own()) };
    let found = find_passkey_page(portal.app(), &visitor.ctx, step).await?;
    let Some(asked) = found else { return void(door, &portal, &visitor, door.own()) };
    let mut form = FormView::new();
    let name = if visitor.device.is_empty() { t.m("factor-passkey-usual-name") } else { &visitor.device };
    form.set("name", name);
    html(&NewPasskeyPage {
        page: door.page(&portal, &visitor),
        t,
        named_address: visitor.named_address(),
        form,
        asked,
        before: door.own(),
        action: format!("{}/khoa-truy-cap/{id}", door.own()),
    })
}

pub(super) async fn finish(
    State(portal): State<Portal>,
    Path(id): Path<String>,
    uri: Uri,
    Form { visitor, fields }: Form,
) -> Result<Response, WebError> {
    let door = Door::of(&uri);
    door.check(&visitor)?;
    let t = visitor.texts();
    let Ok(step) = CeremonyId::parse(&id) else { return void(door, &portal, &visitor, door.own()) };
    let mut input = Input::new(&fields, t, &["name"]);
    let name = input.line("name", 60, "factor-passkey-name-missing");
    let name = name.unwrap_or_else(|| t.m("factor-passkey-usual-name").to_owned());
    match finish_passkey(portal.app(), &visitor.ctx, step, &name, fields.raw("credential")).await {
        Ok(()) => Ok(Redirect::to(&format!("{}?sau=da-doi", door.own())).into_response()),
        // A question is asked once: after any other answer one begins anew.
        Err(SecondFactorError::Usecase(error)) => Err(error.into()),
        Err(_) => void(door, &portal, &visitor, door.own()),
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
    Path(key): Path<String>,
    uri: Uri,
    Form { visitor, fields }: Form,
) -> Result<Response, WebError> {
    let door = Door::of(&uri);
    door.check(&visitor)?;
    let Some(present) = present_of(&fields) else { return REMOVE.ask_again(door, &portal, &visitor) };
    match remove_passkey(portal.app(), &visitor.ctx, &visitor.client, present, &key).await {
        Ok(change) => Ok(after(door, change)),
        Err(error) => REMOVE.refuse(door, &portal, &visitor, error),
    }
}

//! Codes on paper: shown once, when they are made.

use askama::Template;
use axum::extract::State;
use axum::http::Uri;
use axum::response::Response;
use domain::account::BackupCode;
use usecases::second_factors::renew_backup_codes;
use web::errors::WebError;
use web::form::Form;
use web::i18n::Texts;
use web::portal::Portal;
use web::shell::html;
use web::view::page::Page;
use web::visitor::Visitor;

use super::{Door, Question, present_of};

const RENEW: Question =
    Question { title: "factor-codes-renew", lead: "factor-codes-renew-lead", button: "factor-go-on", is_danger: false };

#[derive(Template)]
#[template(path = "account/second_factors/codes.html")]
pub(super) struct CodesPage<'a> {
    page: Page<'a>,
    t: &'static Texts,
    codes: Vec<String>,
    /// Where one goes on.
    onward: String,
}

pub(super) fn codes_page<'a>(
    door: Door,
    portal: &'a Portal,
    visitor: &'a Visitor,
    codes: &[BackupCode],
    onward: String,
) -> CodesPage<'a> {
    let codes = codes.iter().map(BackupCode::shown).collect();
    CodesPage { page: door.page(portal, visitor).shown_once(), t: visitor.texts(), codes, onward }
}

pub(super) async fn ask(State(portal): State<Portal>, visitor: Visitor, uri: Uri) -> Result<Response, WebError> {
    RENEW.ask(&portal, &visitor, &uri).await
}

pub(super) async fn renew(
    State(portal): State<Portal>,
    uri: Uri,
    Form { visitor, fields }: Form,
) -> Result<Response, WebError> {
    let door = Door::of(&uri);
    door.check(&visitor)?;
    let Some(present) = present_of(&fields) else { return RENEW.ask_again(door, &portal, &visitor) };
    match renew_backup_codes(portal.app(), &visitor.ctx, &visitor.client, present).await {
        Ok(codes) => html(&codes_page(door, &portal, &visitor, &codes, door.own().to_owned())),
        Err(error) => RENEW.refuse(door, &portal, &visitor, error),
    }
}

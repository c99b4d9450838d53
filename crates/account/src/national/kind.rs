//! The second step (R27, R28): who registers, and how their identity is checked.

use askama::Template;
use axum::extract::State;
use axum::http::Uri;
use axum::http::header::SET_COOKIE;
use axum::response::{AppendHeaders, IntoResponse, Redirect, Response};
use web::cookies::way_back_cookie;
use web::errors::WebError;
use web::form::Form;
use web::i18n::Texts;
use web::input::Input;
use web::portal::Portal;
use web::shell::{html, html_invalid};
use web::view::form::{Choice, FormView};
use web::view::page::Page;
use web::visitor::Visitor;

use super::KINDS;
use crate::sign_in::back_of;

/// The one way of checking that is offered here.
const BY_SUBSCRIPTION: &str = "thue-bao";

#[derive(Template)]
#[template(path = "account/national/kind.html")]
struct KindPage<'a> {
    page: Page<'a>,
    t: &'static Texts,
    form: FormView,
}

impl KindPage<'_> {
    fn kinds(&self) -> [Choice; 3] {
        let t = self.t;
        [
            Choice::new("citizen", t.m("account-kind-citizen")).with_hint(t.m("account-kind-citizen-hint")),
            Choice::new("enterprise", t.m("account-kind-enterprise")).with_hint(t.m("account-kind-enterprise-hint")),
            Choice::new("agency", t.m("account-kind-state-agency")).with_hint(t.m("account-kind-state-agency-hint")),
        ]
    }

    fn methods(&self) -> [Choice; 1] {
        let hint = self.t.m("account-method-subscription-hint");
        [Choice::new(BY_SUBSCRIPTION, self.t.m("account-method-subscription")).with_hint(hint)]
    }
}

pub(super) async fn show(State(portal): State<Portal>, visitor: Visitor, uri: Uri) -> Result<Response, WebError> {
    let mut form = FormView::new();
    form.set("method", BY_SUBSCRIPTION);
    let page = html(&KindPage { page: visitor.page(&portal), t: visitor.texts(), form })?;
    let Some(back) = back_of(&uri) else { return Ok(page) };
    let cookie = way_back_cookie(&back, portal.settings().secure_cookies);
    Ok((AppendHeaders([(SET_COOKIE, cookie)]), page).into_response())
}

pub(super) async fn choose(State(portal): State<Portal>, Form { visitor, fields }: Form) -> Result<Response, WebError> {
    let mut input = Input::new(&fields, visitor.texts(), &["kind", "method"]);
    let kind = KINDS.iter().find(|(word, _, _)| *word == input.text("kind"));
    if kind.is_none() {
        input.refuse("kind", "account-kind-missing-national");
    }
    if input.text("method") != BY_SUBSCRIPTION {
        input.refuse("method", "account-method-missing");
    }
    let form = input.into_form();
    match kind.filter(|_| form.is_valid()) {
        Some((_, path, _)) => Ok(Redirect::to(&format!("/dang-ky/{path}")).into_response()),
        None => html_invalid(&KindPage { page: visitor.page(&portal), t: visitor.texts(), form }),
    }
}

//! The second step (R38): *Công dân* or *Doanh nghiệp*, then *Xác minh mức độ trung bình (IAL2)*.

use askama::Template;
use axum::extract::State;
use axum::http::Uri;
use axum::http::header::SET_COOKIE;
use axum::response::{AppendHeaders, IntoResponse, Redirect, Response};
use domain::account::AccountKind;
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

use super::path_of;
use crate::sign_in::back_of;

const KINDS: [(&str, AccountKind); 2] = [("citizen", AccountKind::Citizen), ("enterprise", AccountKind::Enterprise)];

#[derive(Template)]
#[template(path = "account/kind.html")]
struct KindPage<'a> {
    page: Page<'a>,
    t: &'static Texts,
    form: FormView,
}

impl KindPage<'_> {
    fn kinds(&self) -> [Choice; 2] {
        [
            Choice::new("citizen", self.t.m("account-kind-citizen")).with_hint(self.t.m("account-kind-citizen-hint")),
            Choice::new("enterprise", self.t.m("account-kind-enterprise"))
                .with_hint(self.t.m("account-kind-enterprise-hint")),
        ]
    }
}

pub(super) async fn show(State(portal): State<Portal>, visitor: Visitor, uri: Uri) -> Result<Response, WebError> {
    let page = html(&KindPage { page: visitor.page(&portal), t: visitor.texts(), form: FormView::new() })?;
    let Some(back) = back_of(&uri) else { return Ok(page) };
    let cookie = way_back_cookie(&back, portal.settings().secure_cookies);
    Ok((AppendHeaders([(SET_COOKIE, cookie)]), page).into_response())
}

pub(super) async fn choose(State(portal): State<Portal>, Form { visitor, fields }: Form) -> Result<Response, WebError> {
    let mut input = Input::new(&fields, visitor.texts(), &["kind"]);
    let Some(kind) = KINDS.iter().find(|(word, _)| *word == input.text("kind")).map(|(_, kind)| *kind) else {
        input.refuse("kind", "account-kind-missing");
        let form = input.into_form();
        return html_invalid(&KindPage { page: visitor.page(&portal), t: visitor.texts(), form });
    };
    Ok(Redirect::to(&format!("/dang-ky/{}", path_of(kind))).into_response())
}

//! `/can-bo/kich-hoat/{token}`: an officer who was entered sets the first password, once.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use usecases::{Enrolment, find_enrolment, finish_enrolment};
use web::errors::WebError;
use web::form::Form;
use web::i18n::Texts;
use web::input::Input;
use web::new_password::read_password;
use web::portal::Portal;
use web::shell::{html, html_invalid};
use web::view::form::FormView;
use web::view::page::Page;
use web::visitor::Visitor;

#[derive(Template)]
#[template(path = "office/enrolment/password.html")]
struct PasswordPage<'a> {
    page: Page<'a>,
    t: &'static Texts,
    form: FormView,
    name: String,
    login: String,
}

#[derive(Template)]
#[template(path = "office/enrolment/done.html")]
struct DonePage<'a> {
    page: Page<'a>,
    t: &'static Texts,
}

#[derive(Template)]
#[template(path = "office/enrolment/void.html")]
struct VoidPage<'a> {
    page: Page<'a>,
    t: &'static Texts,
}

pub(crate) async fn show(
    State(portal): State<Portal>,
    visitor: Visitor,
    Path(token): Path<String>,
) -> Result<Response, WebError> {
    match find_enrolment(portal.app(), &visitor.ctx, &token).await? {
        Some(enrolment) => html(&page_of(&portal, &visitor, enrolment, FormView::new())),
        None => void(&portal, &visitor),
    }
}

pub(crate) async fn save(
    State(portal): State<Portal>,
    Path(token): Path<String>,
    Form { visitor, fields }: Form,
) -> Result<Response, WebError> {
    let Some(enrolment) = find_enrolment(portal.app(), &visitor.ctx, &token).await? else {
        return void(&portal, &visitor);
    };
    let t = visitor.texts();
    let mut input = Input::new(&fields, t, &[]);
    let password = read_password(&mut input, &fields, &portal, t, &enrolment.own);
    let form = input.into_form();
    let Some(password) = password else {
        return html_invalid(&page_of(&portal, &visitor, enrolment, form));
    };
    match finish_enrolment(portal.app(), &visitor.ctx, &token, &password).await? {
        true => Ok(Redirect::to("/can-bo/da-kich-hoat").into_response()),
        false => void(&portal, &visitor),
    }
}

pub(crate) async fn done(State(portal): State<Portal>, visitor: Visitor) -> Result<Response, WebError> {
    html(&DonePage { page: visitor.page(&portal), t: visitor.texts() })
}

fn page_of<'a>(portal: &'a Portal, visitor: &'a Visitor, enrolment: Enrolment, form: FormView) -> PasswordPage<'a> {
    let Enrolment { name, login, .. } = enrolment;
    PasswordPage { page: visitor.page(portal), t: visitor.texts(), form, name, login }
}

fn void(portal: &Portal, visitor: &Visitor) -> Result<Response, WebError> {
    let page = VoidPage { page: visitor.page(portal), t: visitor.texts() };
    Ok((StatusCode::NOT_FOUND, html(&page)?).into_response())
}

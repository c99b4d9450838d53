//! The fifth step (R32): the password, and *Đăng ký* makes the account.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::{StatusCode, Uri};
use axum::response::{IntoResponse, Redirect, Response};
use domain::account::AccountKind;
use domain::ids::OneTimeCodeId;
use usecases::{FinishSignUpError, find_confirmed_sign_up, finish_sign_up};
use web::errors::WebError;
use web::fields::Fields;
use web::form::Form;
use web::i18n::Texts;
use web::input::Input;
use web::new_password::read_password;
use web::portal::Portal;
use web::shell::{html, html_invalid};
use web::view::form::FormView;
use web::view::page::Page;
use web::visitor::Visitor;

use crate::answer::html_with;
use crate::sign_in::address_after_registration;

#[derive(Template)]
#[template(path = "account/national/new_password.html")]
struct NewPasswordPage<'a> {
    page: Page<'a>,
    t: &'static Texts,
    form: FormView,
    action: String,
}

#[derive(Template)]
#[template(path = "account/national/done.html")]
struct DonePage<'a> {
    page: Page<'a>,
    t: &'static Texts,
    /// The sign-in page.
    sign_in: String,
    /// An administrator must approve the account first.
    waits: bool,
    /// A letter is on its way that confirms the address.
    mailed: bool,
}

#[derive(Template)]
#[template(path = "account/national/sign_up_void.html")]
struct SignUpVoidPage<'a> {
    page: Page<'a>,
    t: &'static Texts,
}

pub(super) async fn show(
    State(portal): State<Portal>,
    visitor: Visitor,
    Path(id): Path<String>,
) -> Result<Response, WebError> {
    match OneTimeCodeId::parse(&id) {
        Ok(id) if find_confirmed_sign_up(portal.app(), &visitor.ctx, id).await?.is_some() => {
            html(&page_of(&portal, &visitor, id, FormView::new()))
        }
        _ => void(&portal, &visitor),
    }
}

pub(super) async fn save(
    State(portal): State<Portal>,
    Path(id): Path<String>,
    Form { visitor, fields }: Form,
) -> Result<Response, WebError> {
    let Ok(id) = OneTimeCodeId::parse(&id) else { return void(&portal, &visitor) };
    let own = find_confirmed_sign_up(portal.app(), &visitor.ctx, id).await?;
    let Some(own) = own else { return void(&portal, &visitor) };
    let mut input = Input::new(&fields, visitor.texts(), &[]);
    let password = read_password(&mut input, &fields, &portal, visitor.texts(), &own);
    let form = input.into_form();
    let Some(password) = password else { return html_invalid(&page_of(&portal, &visitor, id, form)) };
    match finish_sign_up(portal.app(), &visitor.ctx, id, &password).await {
        Ok(signed_up) => {
            let waits = signed_up.kind == AccountKind::StateAgency;
            let parts = [(waits, "cho=phe-duyet"), (signed_up.mailed, "thu=da-gui")];
            let parts: Vec<&str> = parts.iter().filter(|(is_so, _)| *is_so).map(|(_, part)| *part).collect();
            let query = if parts.is_empty() { String::new() } else { format!("?{}", parts.join("&")) };
            Ok(Redirect::to(&format!("/dang-ky/thanh-cong{query}")).into_response())
        }
        Err(FinishSignUpError::Unknown | FinishSignUpError::Taken) => void(&portal, &visitor),
        Err(FinishSignUpError::Usecase(error)) => Err(error.into()),
    }
}

pub(super) async fn done(State(portal): State<Portal>, visitor: Visitor, uri: Uri) -> Result<Response, WebError> {
    let query = Fields::of_query(uri.query());
    let (waits, mailed) = (query.text("cho") == "phe-duyet", query.text("thu") == "da-gui");
    let sign_in = address_after_registration(&visitor);
    html(&DonePage { page: visitor.page(&portal), t: visitor.texts(), sign_in, waits, mailed })
}

fn page_of<'a>(portal: &'a Portal, visitor: &'a Visitor, id: OneTimeCodeId, form: FormView) -> NewPasswordPage<'a> {
    let action = format!("/dang-ky/mat-khau/{id}");
    NewPasswordPage { page: visitor.page(portal), t: visitor.texts(), form, action }
}

fn void(portal: &Portal, visitor: &Visitor) -> Result<Response, WebError> {
    let page = SignUpVoidPage { page: visitor.page(portal), t: visitor.texts() };
    html_with(StatusCode::NOT_FOUND, &page)
}

//! Another password for an officer, with the present one.

use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::http::header::RETRY_AFTER;
use axum::response::{IntoResponse, Redirect, Response};
use usecases::{ChangeError, OwnWords, UsecaseError, change_officer_password, view_officer_account};
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
#[template(path = "office/own/password.html")]
struct PasswordPage<'a> {
    page: Page<'a>,
    t: &'static Texts,
    form: FormView,
}

pub(super) async fn show(State(portal): State<Portal>, visitor: Visitor) -> Result<Response, WebError> {
    visitor.officer()?;
    html(&page_of(&portal, &visitor, FormView::new()))
}

pub(super) async fn save(State(portal): State<Portal>, Form { visitor, fields }: Form) -> Result<Response, WebError> {
    visitor.officer()?;
    let account = view_officer_account(portal.app(), &visitor.ctx).await?;
    let own = OwnWords::of_officer(&account.name, &account.login);
    let t = visitor.texts();
    let mut input = Input::new(&fields, t, &[]);
    let present = fields.raw("present");
    if present.is_empty() {
        input.refuse("present", "account-present-password-missing");
    }
    let wanted = read_password(&mut input, &fields, &portal, t, &own);
    let mut form = input.into_form();
    let Some(wanted) = wanted.filter(|_| form.is_valid()) else {
        return html_invalid(&page_of(&portal, &visitor, form));
    };
    let session = visitor.session_token();
    match change_officer_password(portal.app(), &visitor.ctx, &visitor.client, present, &wanted, session).await {
        Ok(()) => Ok(Redirect::to("/can-bo/tai-khoan?sau=da-doi").into_response()),
        Err(ChangeError::WrongPassword) => {
            form.refuse("present", t.m("account-password-wrong"));
            html_invalid(&page_of(&portal, &visitor, form))
        }
        Err(ChangeError::Usecase(UsecaseError::TooMany { retry_after_seconds })) => {
            form.refuse("present", t.f("account-too-many", [("n", retry_after_seconds.div_ceil(60).into())]));
            let page = html(&page_of(&portal, &visitor, form))?;
            let wait = [(RETRY_AFTER, retry_after_seconds.to_string())];
            Ok((StatusCode::TOO_MANY_REQUESTS, wait, page).into_response())
        }
        Err(ChangeError::Usecase(error)) => Err(error.into()),
        Err(ChangeError::Taken | ChangeError::SignInAnew | ChangeError::Refused(_)) => Err(WebError::Conflict),
    }
}

fn page_of<'a>(portal: &'a Portal, visitor: &'a Visitor, form: FormView) -> PasswordPage<'a> {
    PasswordPage { page: visitor.page(portal), t: visitor.texts(), form }
}

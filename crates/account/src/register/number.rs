//! The third step (R39): the number alone, so that an account which exists is found before more is typed.

use askama::Template;
use axum::extract::{Path, State};
use axum::response::Response;
use domain::account::AccountKind;
use usecases::{NumberUse, UsecaseError, find_number_use};
use web::errors::WebError;
use web::form::Form;
use web::i18n::Texts;
use web::input::Input;
use web::portal::Portal;
use web::shell::{html, html_invalid};
use web::view::form::FormView;
use web::view::page::Page;
use web::visitor::Visitor;

use super::details::details_page;
use super::{kind_of, path_of};
use crate::answer::{html_too_many, refuse_too_many};
use crate::personal::read_number;

/// The page with the number's field, and what to do when the number is in use.
#[derive(Template)]
#[template(path = "account/number.html")]
pub(super) struct NumberPage<'a> {
    page: Page<'a>,
    t: &'static Texts,
    form: FormView,
    enterprise: bool,
    action: String,
    /// How long an unconfirmed account keeps its number, in hours.
    hours: i64,
    found: NumberUse,
}

impl NumberPage<'_> {
    fn is_taken(&self) -> bool {
        self.found == NumberUse::Taken
    }

    fn is_unconfirmed(&self) -> bool {
        self.found == NumberUse::Unconfirmed
    }
}

pub(super) async fn show(
    State(portal): State<Portal>,
    visitor: Visitor,
    Path(kind): Path<String>,
) -> Result<Response, WebError> {
    html(&page_of(&portal, &visitor, kind_of(&kind)?, FormView::new()))
}

pub(super) async fn check(
    State(portal): State<Portal>,
    Path(kind): Path<String>,
    Form { visitor, fields }: Form,
) -> Result<Response, WebError> {
    let kind = kind_of(&kind)?;
    let mut input = Input::new(&fields, visitor.texts(), &["number"]);
    let login = read_number(&mut input, kind);
    let mut form = input.into_form();
    let Some(login) = login else { return html_invalid(&page_of(&portal, &visitor, kind, form)) };
    match find_number_use(portal.app(), &visitor.ctx, &visitor.client, &login).await {
        Ok(NumberUse::Free) => html(&details_page(&portal, &visitor, kind, &login, FormView::new())),
        Ok(found) => html_invalid(&in_use(&portal, &visitor, kind, form, found)),
        Err(UsecaseError::TooMany { retry_after_seconds }) => {
            refuse_too_many(&mut form, "number", visitor.texts(), retry_after_seconds);
            html_too_many(&page_of(&portal, &visitor, kind, form), retry_after_seconds)
        }
        Err(error) => Err(error.into()),
    }
}

/// The page that says that the number is in use, and what to do.
pub(super) fn in_use<'a>(
    portal: &'a Portal,
    visitor: &'a Visitor,
    kind: AccountKind,
    mut form: FormView,
    found: NumberUse,
) -> NumberPage<'a> {
    let key = match found {
        NumberUse::Unconfirmed => "account-number-unconfirmed",
        NumberUse::Taken | NumberUse::Free => "account-number-taken",
    };
    form.refuse("number", visitor.texts().m(key));
    NumberPage { found, ..page_of(portal, visitor, kind, form) }
}

pub(super) fn page_of<'a>(
    portal: &'a Portal,
    visitor: &'a Visitor,
    kind: AccountKind,
    form: FormView,
) -> NumberPage<'a> {
    NumberPage {
        page: visitor.page(portal),
        t: visitor.texts(),
        form,
        enterprise: kind == AccountKind::Enterprise,
        action: format!("/dang-ky/{}", path_of(kind)),
        hours: portal.app().settings().confirmation_hours,
        found: NumberUse::Free,
    }
}

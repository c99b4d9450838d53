//! The third step (R39): the number alone, so that an account which exists is found before more is typed.

use askama::Template;
use axum::extract::{Path, State};
use axum::response::Response;
use domain::account::AccountKind;
use domain::codes::{LoginName, LoginNameError};
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

/// The number to register, of a kind that fits the account; each refusal says what this kind of account needs.
pub(super) fn read_number(input: &mut Input<'_>, kind: AccountKind) -> Option<LoginName> {
    let text = input.text("number");
    let refusal = match (kind, LoginName::parse(text)) {
        (AccountKind::Citizen, Ok(number @ (LoginName::Personal(_) | LoginName::OldIdentity(_)))) => {
            return Some(number);
        }
        // Household businesses use their owner's personal number since 2025-07-01 (domain.md §2.3).
        (AccountKind::Enterprise, Ok(number @ (LoginName::Tax(_) | LoginName::Personal(_)))) => return Some(number),
        (AccountKind::Citizen, _) if text.is_empty() => "account-number-missing",
        (AccountKind::Enterprise, _) if text.is_empty() => "account-tax-number-missing",
        (AccountKind::Citizen, Ok(LoginName::Tax(_))) => "account-number-is-tax-number",
        (AccountKind::Enterprise, Ok(LoginName::OldIdentity(_))) => "account-tax-number-is-identity",
        (_, Err(LoginNameError::NotDigits)) => "account-number-digits",
        (_, Err(LoginNameError::UnknownPlace)) => "account-number-place",
        (AccountKind::Citizen, Err(_)) => "account-number-length",
        (AccountKind::Enterprise, Err(LoginNameError::WrongCheckDigit)) => "account-tax-number-check",
        (AccountKind::Enterprise, Err(_)) => "account-tax-number-length",
    };
    input.refuse("number", refusal);
    None
}

#[cfg(test)]
mod tests {
    use web::fields::Fields;
    use web::i18n::Locale;

    use super::*;

    fn read(kind: AccountKind, number: &str) -> Result<String, String> {
        let mut fields = Fields::default();
        fields.push("number".into(), number.into());
        let mut input = Input::new(&fields, Texts::of(Locale::Vi), &["number"]);
        match read_number(&mut input, kind) {
            Some(login) => Ok(login.to_string()),
            None => Err(input.into_form().error("number").expect("a refusal has a sentence").to_owned()),
        }
    }

    #[test]
    fn a_number_must_fit_the_kind_of_account() {
        let t = Texts::of(Locale::Vi);
        let (citizen, enterprise) = (AccountKind::Citizen, AccountKind::Enterprise);
        let cases = [
            (citizen, "064 090 001 234", Ok("064090001234")),
            (citizen, "230123456", Ok("230123456")),
            (citizen, "0100109106", Err("account-number-is-tax-number")),
            (citizen, "0100109107", Err("account-number-length")),
            (citizen, "", Err("account-number-missing")),
            (citizen, "06409000123x", Err("account-number-digits")),
            (citizen, "064090001234\0", Err("account-number-digits")),
            (citizen, "000090001234", Err("account-number-place")),
            (enterprise, "0100109106", Ok("0100109106")),
            (enterprise, "0100109106-001", Ok("0100109106-001")),
            (enterprise, "064090001234", Ok("064090001234")),
            (enterprise, "0100109107", Err("account-tax-number-check")),
            (enterprise, "230123456", Err("account-tax-number-is-identity")),
            (enterprise, "12345", Err("account-tax-number-length")),
            (enterprise, "", Err("account-tax-number-missing")),
        ];
        for (kind, number, expected) in cases {
            let expected = expected.map(str::to_owned).map_err(|key| t.m(key).to_owned());
            assert_eq!(read(kind, number), expected, "{number:?}");
        }
        let flood = "1".repeat(10_000);
        assert_eq!(read(citizen, &flood), Err(t.m("account-number-length").to_owned()));
    }
}

//! The fourth step (R40): password and personal data, then *Đăng ký*.

use askama::Template;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use domain::account::AccountKind;
use domain::codes::LoginName;
use domain::time::Day;
use usecases::{NewAccount, NumberUse, OwnWords, RegisterError, UsecaseError, find_weakness, register_account};
use web::errors::WebError;
use web::fields::Fields;
use web::form::Form;
use web::i18n::Texts;
use web::input::Input;
use web::new_password::{read_ruled_password, weakness_text};
use web::portal::Portal;
use web::shell::html_invalid;
use web::view::form::FormView;
use web::view::page::Page;
use web::visitor::Visitor;

use super::number::{self, in_use};
use super::{kind_of, path_of, waiting_address};
use crate::answer::{html_too_many, refuse_too_many};
use crate::personal::{read_birth_date, read_number, read_organisation_name, read_representative};

/// The fields that are shown again as they were entered; passwords never are.
const FIELDS: [&str; 5] = ["full_name", "representative_name", "representative_number", "phone", "email"];

/// The page with password and personal data.
#[derive(Template)]
#[template(path = "account/details.html")]
pub(super) struct DetailsPage<'a> {
    page: Page<'a>,
    t: &'static Texts,
    form: FormView,
    enterprise: bool,
    /// A household business, whose owner has the number and answers for it.
    household: bool,
    /// The number of the step before, carried along.
    number: String,
    /// Where to change it.
    back: String,
    action: String,
}

/// The page without what was entered cannot be shown: the number comes first.
pub(super) async fn start_over(Path(kind): Path<String>) -> Result<Response, WebError> {
    Ok(Redirect::to(&format!("/dang-ky/{}", path_of(kind_of(&kind)?))).into_response())
}

pub(super) async fn register(
    State(portal): State<Portal>,
    Path(kind): Path<String>,
    Form { visitor, fields }: Form,
) -> Result<Response, WebError> {
    let kind = kind_of(&kind)?;
    let t = visitor.texts();
    let mut input = Input::new(&fields, t, &["number"]);
    let login = read_number(&mut input, kind);
    let number_form = input.into_form();
    let Some(login) = login else {
        return html_invalid(&number::page_of(&portal, &visitor, kind, number_form));
    };
    let (account, mut form) = read(&fields, t, kind, login.clone(), visitor.ctx.now.day());
    let Some(account) = account else {
        return html_invalid(&details_page(&portal, &visitor, kind, &login, form));
    };
    if let Some(weakness) = find_weakness(portal.app(), &account.password, &OwnWords::of_new(&account)) {
        form.refuse("password", t.k(weakness_text(weakness)));
        return html_invalid(&details_page(&portal, &visitor, kind, &login, form));
    }
    match register_account(portal.app(), &visitor.ctx, &visitor.client, account).await {
        Ok(id) => Ok(Redirect::to(&waiting_address(id, "dang-ky")).into_response()),
        Err(RegisterError::Taken) => html_invalid(&in_use(&portal, &visitor, kind, number_form, NumberUse::Taken)),
        Err(RegisterError::Usecase(UsecaseError::TooMany { retry_after_seconds })) => {
            refuse_too_many(&mut form, "password", t, retry_after_seconds);
            html_too_many(&details_page(&portal, &visitor, kind, &login, form), retry_after_seconds)
        }
        Err(RegisterError::Usecase(error)) => Err(error.into()),
        // The fields were read by the same rules.
        Err(refused @ RegisterError::Refused(_)) => Err(WebError::internal(refused)),
    }
}

pub(super) fn details_page<'a>(
    portal: &'a Portal,
    visitor: &'a Visitor,
    kind: AccountKind,
    login: &LoginName,
    form: FormView,
) -> DetailsPage<'a> {
    let back = format!("/dang-ky/{}", path_of(kind));
    DetailsPage {
        page: visitor.page(portal),
        t: visitor.texts(),
        form,
        enterprise: kind == AccountKind::Enterprise,
        household: kind == AccountKind::Enterprise && matches!(login, LoginName::Personal(_)),
        number: login.to_string(),
        action: format!("{back}/thong-tin"),
        back,
    }
}

fn read(
    fields: &Fields,
    t: &'static Texts,
    kind: AccountKind,
    login: LoginName,
    today: Day,
) -> (Option<NewAccount>, FormView) {
    let mut input = Input::new(fields, t, &FIELDS);
    let password = read_ruled_password(&mut input, fields, t);
    let (name, birth_date) = match kind {
        AccountKind::Citizen => {
            (input.person_name("full_name", "account-full-name-missing"), read_birth_date(&mut input, today))
        }
        AccountKind::Enterprise | AccountKind::StateAgency => (read_organisation_name(&mut input), None),
    };
    let representative = match kind {
        AccountKind::Enterprise => read_representative(&mut input, Some(&login), today),
        AccountKind::Citizen | AccountKind::StateAgency => None,
    };
    let phone = input.phone("phone");
    let email = input.email("email");
    let form = input.into_form();
    let account = || {
        let (name, phone, email, password) = (name?, phone?, email?, password?);
        Some(NewAccount { kind, login, name, birth_date, representative, phone, email, password })
    };
    let account = if form.is_valid() { account() } else { None };
    (account, form)
}

#[cfg(test)]
mod tests {
    use domain::partial_date::PartialDate;
    use web::i18n::Locale;

    use super::*;

    const GOOD: [(&str, &str); 9] = [
        ("password", "Rẫy cà phê 1!"),
        ("password_again", "Rẫy cà phê 1!"),
        ("full_name", "Rơ Châm H'Bia"),
        ("birth_date.year", "1990"),
        ("representative_name", "Rơ Châm H'Bia"),
        ("representative_birth_date.year", "1990"),
        ("phone", "0912 345 678"),
        ("email", "bia@vi-du.example"),
        ("number", "064190001234"),
    ];

    fn read_with(kind: AccountKind, changes: &[(&str, &str)]) -> (Option<NewAccount>, FormView) {
        let mut fields = Fields::default();
        for (name, value) in changes.iter().chain(&GOOD) {
            fields.push((*name).to_owned(), (*value).to_owned());
        }
        let login = LoginName::parse("064190001234").expect("a number");
        read(&fields, Texts::of(Locale::Vi), kind, login, Day::new(2026, 11, 22).expect("a day"))
    }

    #[test]
    fn complete_fields_make_an_account() {
        let (account, form) = read_with(AccountKind::Citizen, &[]);
        let account = account.expect("nothing is wrong");
        assert!(form.is_valid());
        assert_eq!(account.name.as_str(), "Rơ Châm H'Bia");
        assert_eq!(account.birth_date, Some(PartialDate::Year(1990)));
        let (enterprise, _) = read_with(AccountKind::Enterprise, &[("full_name", "Công ty TNHH <An & Bình> 2")]);
        let enterprise = enterprise.expect("an enterprise's name may hold signs and digits");
        assert_eq!(enterprise.birth_date, None);
        let owner = enterprise.representative.expect("its owner answers for a household business");
        assert_eq!(owner.number, enterprise.login);
    }

    #[test]
    fn each_wrong_field_gets_its_sentence_and_keeps_its_value() {
        let long = "a".repeat(10_000);
        let cases: [(&str, &str); 16] = [
            ("password", ""),
            ("password", "matkhau"),
            ("password", "Rẫy cà phê 1!\0"),
            ("password_again", "Mật khẩu 2!"),
            ("full_name", ""),
            ("full_name", "<script>alert(1)</script>"),
            ("full_name", "Nguyễn\0Văn A"),
            ("full_name", "Nguyễn \u{202e}Văn A"),
            ("full_name", &long),
            ("birth_date.year", ""),
            ("birth_date.year", "3000"),
            ("birth_date.day", "31"),
            ("phone", ""),
            ("phone", "12ab"),
            ("email", &long),
            ("email", "a@b"),
        ];
        for (name, value) in cases {
            let (account, form) = read_with(AccountKind::Citizen, &[(name, value)]);
            let field = name.split('.').next().unwrap_or(name);
            assert!(account.is_none(), "{name} = {value:.30}");
            assert_eq!(form.errors().len(), 1, "{name} = {value:.30}: {:?}", form.errors());
            assert!(form.error(field).is_some(), "{name} = {value:.30}: {:?}", form.errors());
            assert_eq!(form.value("phone"), if name == "phone" { value } else { "0912 345 678" });
            assert_eq!(form.value("password"), "");
        }
    }

    #[test]
    fn a_weak_password_is_told_everything_that_it_lacks() {
        let t = Texts::of(Locale::Vi);
        let (_, form) = read_with(AccountKind::Citizen, &[("password", "abc")]);
        let sentence = form.error("password").expect("it is refused");
        for key in ["too-short", "no-upper", "no-digit", "no-special"] {
            let part = t.m(&format!("account-password-{key}")).to_owned();
            assert!(sentence.contains(&part), "{sentence}");
        }
        assert!(!sentence.contains(t.m("account-password-no-lower")), "{sentence}");
    }
}

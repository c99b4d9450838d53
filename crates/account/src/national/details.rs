//! The third step (R29, R30): number, name, birth date, telephone, e-mail if any; then *Đăng ký* sends the code.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use domain::account::AccountKind;
use domain::codes::PhoneNumber;
use domain::time::Day;
use usecases::{CodePurpose, NewSignUp, SignUpError, SubscriptionDifferences, UsecaseError, begin_sign_up};
use web::captcha::{self, Captcha, CaptchaPurpose, Difficulty};
use web::errors::WebError;
use web::fields::Fields;
use web::form::Form;
use web::i18n::Texts;
use web::input::Input;
use web::portal::Portal;
use web::shell::{html, html_invalid};
use web::view::form::FormView;
use web::view::page::Page;
use web::visitor::Visitor;

use super::{kind_of, path_of};
use crate::answer::{html_too_many, html_with, refuse_too_many};
use crate::code::code_address;
use crate::personal::{read_birth_date, read_number, read_organisation_name, read_representative};

const SIGN_UP: CaptchaPurpose = CaptchaPurpose::new("sign-up");
const FIELDS: [&str; 6] = ["number", "full_name", "representative_name", "representative_number", "phone", "email"];

#[derive(Template)]
#[template(path = "account/national/details.html")]
struct DetailsPage<'a> {
    page: Page<'a>,
    t: &'static Texts,
    form: FormView,
    kind: AccountKind,
    action: String,
    captcha: Captcha,
    /// The number has an account already.
    taken: bool,
}

impl DetailsPage<'_> {
    fn title(&self) -> &'static str {
        self.t.m(match self.kind {
            AccountKind::Citizen => "account-register-citizen",
            AccountKind::Enterprise => "account-register-enterprise",
            AccountKind::StateAgency => "account-register-state-agency",
        })
    }

    fn phone_hint(&self) -> &'static str {
        self.t.m(match self.kind {
            AccountKind::Citizen => "account-phone-hint",
            AccountKind::Enterprise => "account-phone-hint-enterprise",
            AccountKind::StateAgency => "account-phone-hint-agency",
        })
    }

    fn is_citizen(&self) -> bool {
        self.kind == AccountKind::Citizen
    }

    fn is_agency(&self) -> bool {
        self.kind == AccountKind::StateAgency
    }
}

pub(super) async fn show(
    State(portal): State<Portal>,
    visitor: Visitor,
    Path(kind): Path<String>,
) -> Result<Response, WebError> {
    let captcha = Captcha::issue(&portal, &visitor, SIGN_UP, Difficulty::of(&portal, &visitor, 0).await?);
    html(&page_of(&portal, &visitor, kind_of(&kind)?, FormView::new(), captcha))
}

pub(super) async fn register(
    State(portal): State<Portal>,
    Path(kind): Path<String>,
    Form { visitor, fields }: Form,
) -> Result<Response, WebError> {
    let kind = kind_of(&kind)?;
    let t = visitor.texts();
    let difficulty = Difficulty::of(&portal, &visitor, 0).await?;
    if captcha::wants_another(&fields) {
        let entered = entered(&fields, t);
        let captcha = Captcha::issue(&portal, &visitor, SIGN_UP, difficulty).with_focus();
        return html(&page_of(&portal, &visitor, kind, entered, captcha));
    }
    let outcome = captcha::check(&portal, &visitor, &fields, SIGN_UP).await?;
    let (sign_up, mut form) = read(&fields, t, kind, visitor.ctx.now.day());
    if let Err(refusal) = &outcome {
        form.refuse(captcha::FIELD, t.m(refusal.text_key()));
    }
    let Some(sign_up) = sign_up.filter(|_| form.is_valid()) else {
        let captcha = Captcha::again(&portal, &visitor, SIGN_UP, difficulty, outcome);
        return html_invalid(&page_of(&portal, &visitor, kind, form, captcha));
    };
    let error = match begin_sign_up(portal.app(), &visitor.ctx, &visitor.client, sign_up).await {
        Ok(id) => return Ok(Redirect::to(&code_address(CodePurpose::SignUp, id)).into_response()),
        Err(error) => error,
    };
    // Each question about somebody's number or subscription costs another captcha, a harder one when it was answered.
    let captcha = match &error {
        SignUpError::Taken | SignUpError::Differs(_) | SignUpError::NoSubscription => {
            Captcha::after_failure(&portal, &visitor, SIGN_UP, fields.text("number")).await?
        }
        _ => Captcha::issue(&portal, &visitor, SIGN_UP, difficulty),
    };
    let mut status = StatusCode::UNPROCESSABLE_ENTITY;
    let taken = matches!(error, SignUpError::Taken);
    match error {
        SignUpError::Taken => form.refuse("number", t.m("account-number-taken")),
        SignUpError::Differs(differences) => refuse_differences(&mut form, t, kind, differences),
        SignUpError::NoSubscription => form.refuse("phone", t.m("account-subscription-none")),
        SignUpError::CarrierSilent(_) => {
            form.refuse("phone", t.m("account-subscription-silent"));
            status = StatusCode::SERVICE_UNAVAILABLE;
        }
        SignUpError::Usecase(UsecaseError::TooMany { retry_after_seconds }) => {
            refuse_too_many(&mut form, "number", t, retry_after_seconds);
            return html_too_many(&page_of(&portal, &visitor, kind, form, captcha), retry_after_seconds);
        }
        SignUpError::Usecase(error) => return Err(error.into()),
        // The fields were read by the same rules.
        refused @ SignUpError::Refused(_) => return Err(WebError::internal(refused)),
    }
    html_with(status, &DetailsPage { taken, ..page_of(&portal, &visitor, kind, form, captcha) })
}

/// Says beside each field that the carrier has something else, never what.
fn refuse_differences(form: &mut FormView, t: &Texts, kind: AccountKind, differences: SubscriptionDifferences) {
    let [number_field, name_field, birth_date_field] = match kind {
        AccountKind::Enterprise => ["representative_number", "representative_name", "representative_birth_date"],
        AccountKind::Citizen | AccountKind::StateAgency => ["number", "full_name", "birth_date"],
    };
    let SubscriptionDifferences { number, name, birth_date } = differences;
    for (differs, field, key) in [
        (number, number_field, "account-subscription-number"),
        (name, name_field, "account-subscription-name"),
        (birth_date, birth_date_field, "account-subscription-birth-date"),
    ] {
        if differs {
            form.refuse(field, t.m(key));
        }
    }
}

fn page_of<'a>(
    portal: &'a Portal,
    visitor: &'a Visitor,
    kind: AccountKind,
    form: FormView,
    captcha: Captcha,
) -> DetailsPage<'a> {
    let action = format!("/dang-ky/{}", path_of(kind));
    DetailsPage { page: visitor.page(portal), t: visitor.texts(), form, kind, action, captcha, taken: false }
}

/// The form with what was entered, and no judgement of it.
fn entered(fields: &Fields, t: &'static Texts) -> FormView {
    let mut form = Input::new(fields, t, &FIELDS).into_form();
    for date in ["birth_date", "representative_birth_date"] {
        for part in ["day", "month", "year"] {
            let name = format!("{date}.{part}");
            form.set(&name, fields.text(&name));
        }
    }
    form
}

fn read(fields: &Fields, t: &'static Texts, kind: AccountKind, today: Day) -> (Option<NewSignUp>, FormView) {
    let mut input = Input::new(fields, t, &FIELDS);
    let login = read_number(&mut input, kind);
    let (name, birth_date) = match kind {
        AccountKind::Citizen => {
            (input.person_name("full_name", "account-full-name-missing"), read_birth_date(&mut input, today))
        }
        AccountKind::Enterprise | AccountKind::StateAgency => (read_organisation_name(&mut input), None),
    };
    let representative = match kind {
        AccountKind::Enterprise => read_representative(&mut input, login.as_ref(), today),
        AccountKind::Citizen | AccountKind::StateAgency => None,
    };
    let phone = input.phone("phone");
    if !phone.as_ref().is_none_or(PhoneNumber::is_mobile) {
        input.refuse("phone", "account-phone-not-mobile");
    }
    let email = input.optional_email("email");
    let form = input.into_form();
    let sign_up =
        || Some(NewSignUp { kind, login: login?, name: name?, birth_date, representative, phone: phone?, email });
    let sign_up = if form.is_valid() { sign_up() } else { None };
    (sign_up, form)
}

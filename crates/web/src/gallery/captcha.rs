//! A form that takes a captcha and says what became of it, for trying it out: `/phong-cach/thu-ma-xac-nhan`.

use askama::Template;
use axum::Router;
use axum::extract::State;
use axum::response::Response;
use axum::routing::get;

use crate::captcha::{self, Captcha, CaptchaPurpose, Difficulty};
use crate::errors::WebError;
use crate::form::Form;
use crate::i18n::Texts;
use crate::input::Input;
use crate::portal::Portal;
use crate::shell::{html, html_invalid};
use crate::view::form::FormView;
use crate::view::page::Page;
use crate::visitor::Visitor;

const PURPOSE: CaptchaPurpose = CaptchaPurpose::new("gallery");

/// Serves the form, which needs a portal where the rest of the gallery needs none.
pub fn live_router() -> Router<Portal> {
    Router::new().route("/phong-cach/thu-ma-xac-nhan", get(show).post(send))
}

#[derive(Template)]
#[template(path = "gallery/captcha.html")]
struct CaptchaPage<'a> {
    page: Page<'a>,
    t: &'static Texts,
    form: FormView,
    captcha: Captcha,
    received: Option<String>,
}

async fn show(State(portal): State<Portal>, visitor: Visitor) -> Result<Response, WebError> {
    let difficulty = Difficulty::of(&portal, &visitor, 0).await?;
    let captcha = Captcha::issue(&portal, &visitor, PURPOSE, difficulty);
    html(&page(&portal, &visitor, FormView::new(), captcha, None))
}

async fn send(State(portal): State<Portal>, Form { visitor, fields }: Form) -> Result<Response, WebError> {
    let mut input = Input::new(&fields, visitor.texts(), &["full_name"]);
    if captcha::wants_another(&fields) {
        let difficulty = Difficulty::of(&portal, &visitor, 0).await?;
        let captcha = Captcha::issue(&portal, &visitor, PURPOSE, difficulty).with_focus();
        return html(&page(&portal, &visitor, input.into_form(), captcha, None));
    }
    let outcome = captcha::check(&portal, &visitor, &fields, PURPOSE).await?;
    let name = input.person_name("full_name", "input-name-missing");
    if let Err(refusal) = &outcome {
        input.refuse(captcha::FIELD, refusal.text_key());
    }
    let difficulty = Difficulty::of(&portal, &visitor, 0).await?;
    match (name, &outcome) {
        (Some(name), Ok(_)) => {
            let captcha = Captcha::issue(&portal, &visitor, PURPOSE, difficulty);
            html(&page(&portal, &visitor, FormView::new(), captcha, Some(name.to_string())))
        }
        _ => {
            let captcha = Captcha::again(&portal, &visitor, PURPOSE, difficulty, outcome);
            html_invalid(&page(&portal, &visitor, input.into_form(), captcha, None))
        }
    }
}

fn page<'a>(
    portal: &'a Portal,
    visitor: &'a Visitor,
    form: FormView,
    captcha: Captcha,
    received: Option<String>,
) -> CaptchaPage<'a> {
    CaptchaPage { page: visitor.page(portal), t: visitor.texts(), form, captcha, received }
}

//! Where the holder of an account has let themselves be known, and taking it back.

use askama::Template;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use usecases::oidc_provider::{OwnConsent, list_own_consents, withdraw_consent};
use web::errors::WebError;
use web::form::Form;
use web::i18n::{Locale, Texts};
use web::portal::Portal;
use web::shell::html;
use web::view::page::{Page, Section};
use web::visitor::Visitor;

use super::authorize::{in_language, told};

#[derive(Template)]
#[template(path = "account/oidc/consents.html")]
struct ConsentsPage<'a> {
    page: Page<'a>,
    t: &'static Texts,
    rows: Vec<ConsentRow<'a>>,
}

struct ConsentRow<'a> {
    client: &'a str,
    name: &'a str,
    /// What it may know, in plain words.
    told: Vec<String>,
    given: String,
}

pub(super) async fn show(State(portal): State<Portal>, visitor: Visitor) -> Result<Response, WebError> {
    visitor.holder()?;
    let t = visitor.texts();
    let found = list_own_consents(portal.app(), &visitor.ctx).await?;
    let portals = |consent: &OwnConsent| {
        let names = consent.resources.iter().map(|names| in_language(names, visitor.locale));
        names.collect::<Vec<_>>().join(", ")
    };
    let rows = found.iter().map(|consent| ConsentRow {
        client: &consent.client,
        name: match visitor.locale {
            Locale::Vi => &consent.client_name,
            Locale::En => &consent.client_name_en,
        },
        told: told(&consent.scopes, &portals(consent), t),
        given: consent.given_at.vietnamese(),
    });
    let page = visitor.page(&portal).in_section(Section::Account);
    html(&ConsentsPage { page, t, rows: rows.collect() })
}

pub(super) async fn withdraw(
    State(portal): State<Portal>,
    Path(client): Path<String>,
    Form { visitor, .. }: Form,
) -> Result<Response, WebError> {
    visitor.holder()?;
    withdraw_consent(portal.app(), &visitor.ctx, &client).await?;
    Ok(Redirect::to("/tai-khoan/ung-dung").into_response())
}

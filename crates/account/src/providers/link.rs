//! An account here has the number of whoever comes from a provider: they show by its password that it is theirs.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use usecases::UsecaseError;
use usecases::login_providers::{AccountProof, AccountToProve, ProveError, find_account_to_prove, prove_account};
use web::cookies::find_cookie;
use web::errors::WebError;
use web::form::Form;
use web::i18n::{Locale, TextKey, Texts};
use web::portal::Portal;
use web::shell::{html, html_invalid};
use web::view::form::FormView;
use web::view::page::Page;
use web::visitor::Visitor;

use super::arrive::failed;
use super::cookie_name;
use crate::answer::{html_too_many, redirect_signed_in, refuse_too_many};

#[derive(Template)]
#[template(path = "account/providers/link.html")]
struct LinkPage<'a> {
    page: Page<'a>,
    t: &'static Texts,
    form: FormView,
    account: AccountToProve,
    provider: &'a str,
}

pub(super) async fn show(
    State(portal): State<Portal>,
    visitor: Visitor,
    Path(id): Path<String>,
    headers: HeaderMap,
) -> Result<Response, WebError> {
    let cookie = find_cookie(&headers, cookie_name(&portal));
    match find_account_to_prove(portal.app(), &visitor.ctx, &id, cookie).await {
        Ok(account) => html(&page_of(&portal, &visitor, account, FormView::new())),
        Err(error) => refuse(&portal, &visitor, error),
    }
}

pub(super) async fn prove(
    State(portal): State<Portal>,
    Path(id): Path<String>,
    headers: HeaderMap,
    Form { visitor, fields }: Form,
) -> Result<Response, WebError> {
    let cookie = find_cookie(&headers, cookie_name(&portal));
    let account = match find_account_to_prove(portal.app(), &visitor.ctx, &id, cookie).await {
        Ok(account) => account,
        Err(error) => return refuse(&portal, &visitor, error),
    };
    let (mut form, t) = (FormView::new(), visitor.texts());
    if fields.raw("password").is_empty() {
        form.refuse("password", t.m("account-password-missing").to_owned());
        return html_invalid(&page_of(&portal, &visitor, account, form));
    }
    let given = AccountProof {
        id: &id,
        cookie,
        password: fields.raw("password"),
        previous_token: visitor.session_token(),
        device: &visitor.device,
    };
    match prove_account(portal.app(), &visitor.ctx, &visitor.client, given).await {
        Ok((token, way_back)) => Ok(redirect_signed_in(&portal, &visitor, &token, way_back.as_deref().unwrap_or("/"))),
        Err(ProveError::Wrong) => {
            form.refuse("password", t.m("account-password-wrong").to_owned());
            html_invalid(&page_of(&portal, &visitor, account, form))
        }
        Err(ProveError::SignInFirst) => {
            form.refuse("password", t.m("sso-link-sign-in-first").to_owned());
            html_invalid(&page_of(&portal, &visitor, account, form))
        }
        Err(ProveError::Usecase(UsecaseError::TooMany { retry_after_seconds })) => {
            refuse_too_many(&mut form, "password", t, retry_after_seconds);
            html_too_many(&page_of(&portal, &visitor, account, form), retry_after_seconds)
        }
        Err(error) => refuse(&portal, &visitor, error),
    }
}

fn page_of<'a>(portal: &'a Portal, visitor: &'a Visitor, account: AccountToProve, form: FormView) -> LinkPage<'a> {
    let providers = &portal.app().single_sign_on().login_providers;
    let provider = providers.iter().find(|provider| provider.registration.issuer.as_str() == account.issuer);
    let provider = provider.map_or("", |provider| match visitor.locale {
        Locale::Vi => provider.name.as_str(),
        Locale::En => &provider.name_en,
    });
    LinkPage { page: visitor.page(portal), t: visitor.texts(), form, account, provider }
}

fn refuse(portal: &Portal, visitor: &Visitor, error: ProveError) -> Result<Response, WebError> {
    match error {
        ProveError::Unknown | ProveError::Wrong | ProveError::SignInFirst => {
            failed(portal, visitor, StatusCode::NOT_FOUND, TextKey("sso-failed-unknown"))
        }
        ProveError::Usecase(error) => Err(error.into()),
    }
}

//! The ways to sign in that somebody has beside the password.

use askama::Template;
use axum::extract::State;
use axum::http::Uri;
use axum::response::Response;
use usecases::second_factors::{SecondFactors, view_second_factors};
use web::errors::WebError;
use web::fields::Fields;
use web::i18n::Texts;
use web::portal::Portal;
use web::shell::html;
use web::view::page::Page;
use web::visitor::Visitor;

use super::Door;

#[derive(Template)]
#[template(path = "account/second_factors/overview.html")]
struct OverviewPage<'a> {
    page: Page<'a>,
    t: &'static Texts,
    /// The page under a name, where it was opened under a number.
    named_address: Option<String>,
    /// Where these pages begin.
    own: &'static str,
    /// Back to the account, or to the desk.
    before: &'static str,
    factors: SecondFactors,
    passkeys: Vec<PasskeyRow>,
    authenticator_since: Option<String>,
    /// Something has just been changed.
    changed: bool,
    /// It was the last one that an officer must keep.
    kept: bool,
}

struct PasskeyRow {
    id: String,
    name: String,
    created: String,
    used: Option<String>,
}

pub(super) async fn show(State(portal): State<Portal>, visitor: Visitor, uri: Uri) -> Result<Response, WebError> {
    let door = Door::of(&uri);
    door.check(&visitor)?;
    let factors = view_second_factors(portal.app(), &visitor.ctx).await?;
    let passkeys = factors.passkeys.iter().map(|passkey| PasskeyRow {
        id: passkey.id.clone(),
        name: passkey.name.clone(),
        created: passkey.created_at.vietnamese(),
        used: passkey.used_at.map(|at| at.vietnamese()),
    });
    let after = Fields::of_query(uri.query());
    html(&OverviewPage {
        page: door.page(&portal, &visitor),
        t: visitor.texts(),
        named_address: visitor.named_address().filter(|_| factors.takes_passkeys),
        own: door.own(),
        before: match door {
            Door::Account => "/tai-khoan",
            Door::Office => "/can-bo/tai-khoan",
        },
        passkeys: passkeys.collect(),
        authenticator_since: factors.authenticator_since.map(|at| at.vietnamese()),
        changed: after.text("sau") == "da-doi",
        kept: after.text("sau") == "giu-lai",
        factors,
    })
}

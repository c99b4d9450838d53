//! After filing: the notice of R57, the dossier code of R58, the secret, and the receipt. Reloading it files nothing.

use askama::Template;
use axum::extract::{Path, State};
use axum::response::Response;
use domain::codes::{DossierCode, Recipient};
use domain::dossier::Dossier;
use usecases::{find_news_recipient, view_dossier};
use web::errors::WebError;
use web::i18n::Texts;
use web::portal::Portal;
use web::shell::html;
use web::view::filters;
use web::view::page::{Page, Section};
use web::visitor::Visitor;

#[derive(Template)]
#[template(path = "portal/filing/done.html")]
struct DonePage<'a> {
    page: Page<'a>,
    t: &'static Texts,
    dossier: &'a Dossier,
    code: String,
    secret: &'a str,
    answer_due: String,
    /// Where news go and which; `None` when the account has nothing confirmed.
    news: Option<String>,
}

pub(super) async fn show(
    State(portal): State<Portal>,
    visitor: Visitor,
    Path(code): Path<String>,
) -> Result<Response, WebError> {
    visitor.account()?;
    let code = DossierCode::parse(&code).map_err(|_| WebError::NotFound)?;
    let found = view_dossier(portal.app(), &visitor.ctx, &code).await?;
    let (dossier, t) = (&found.dossier, visitor.texts());
    let recipient = find_news_recipient(portal.app(), &visitor.ctx, &code).await?;
    let news = recipient.map(|recipient| match &recipient {
        Recipient::Email(email) => t.f("done-next-message", [("email", email.masked().into())]),
        Recipient::Phone(phone) => t.f("done-next-text", [("phone", phone.masked().into())]),
    });
    html(&DonePage {
        page: visitor.page(&portal).in_section(Section::Services),
        t,
        dossier,
        code: code.to_string(),
        secret: dossier.secret.as_ref().map(|secret| secret.as_str()).unwrap_or_default(),
        news,
        answer_due: dossier.answer_due_at.map(|at| at.vietnamese()).unwrap_or_default(),
    })
}

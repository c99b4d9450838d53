//! In place of a dossier that cannot be read in the present role: in which role it can, and the button to change over.

use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use domain::codes::DossierCode;
use usecases::represent::{OtherRole, find_other_role};
use web::errors::WebError;
use web::i18n::Texts;
use web::portal::Portal;
use web::shell::html;
use web::view::page::{Page, Section};
use web::visitor::Visitor;

#[derive(Template)]
#[template(path = "portal/other_role.html")]
struct OtherRolePage<'a> {
    page: Page<'a>,
    t: &'static Texts,
    code: String,
    lead: String,
    button: String,
    /// Where the form goes that changes over.
    action: String,
    /// Where one comes back to.
    back: &'a str,
}

/// The page for whoever may read this dossier in another role; not found for anybody else, who learns nothing of it.
pub(crate) async fn other_role(portal: &Portal, visitor: &Visitor, code: &str) -> Result<Response, WebError> {
    let code = DossierCode::parse(code).map_err(|_| WebError::NotFound)?;
    let role = find_other_role(portal.app(), &visitor.ctx, &code).await?.ok_or(WebError::NotFound)?;
    let t = visitor.texts();
    let (lead, button, action) = match &role {
        OtherRole::Own { name } => {
            let lead = t.f("acting-role-own-lead", [("name", name.as_str().into())]);
            (
                lead,
                t.f("acting-role-own-button", [("name", name.as_str().into())]),
                "/tai-khoan/dai-dien/thoi".to_owned(),
            )
        }
        OtherRole::For { name, representation } => {
            let lead = t.f("acting-role-other-lead", [("name", name.as_str().into())]);
            let action = format!("/tai-khoan/dai-dien/{representation}/lam-viec-thay");
            (lead, t.f("acting-role-other-button", [("name", name.as_str().into())]), action)
        }
    };
    let mut response = html(&OtherRolePage {
        page: visitor.page(portal).in_section(Section::MyDossiers),
        t,
        code: code.to_string(),
        lead,
        button,
        action,
        back: &visitor.address,
    })?;
    *response.status_mut() = StatusCode::FORBIDDEN;
    Ok(response)
}

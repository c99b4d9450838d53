//! What the national portal answers while it has no accounts of its own: where to register instead.

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use web::errors::WebError;
use web::i18n::Texts;
use web::portal::Portal;
use web::shell::html;
use web::view::page::Page;
use web::visitor::Visitor;

#[derive(Template)]
#[template(path = "account/not_open.html")]
struct NotOpenPage<'a> {
    page: Page<'a>,
    t: &'static Texts,
    /// Address of the provincial portal; empty when none is configured.
    other: &'a str,
}

impl NotOpenPage<'_> {
    fn other_page(&self, path: &str) -> String {
        format!("{}{path}", self.other)
    }
}

pub(crate) async fn show(State(portal): State<Portal>, visitor: Visitor) -> Result<Response, WebError> {
    let other = portal.settings().other_portal_url.as_deref().unwrap_or_default();
    html(&NotOpenPage { page: visitor.page(&portal), t: visitor.texts(), other })
}

//! The way to another site after a form was sent. Browsers hold redirects after a form to the addresses that our pages may
//! send forms to, which are our own; a page that leads on by itself is under no such rule, and works without scripts.

use askama::Template;
use axum::response::Response;
use web::errors::WebError;
use web::i18n::Texts;
use web::portal::Portal;
use web::shell::html;
use web::view::page::Page;
use web::visitor::Visitor;

#[derive(Template)]
#[template(path = "account/moving_on.html")]
struct MovingOnPage<'a> {
    page: Page<'a>,
    t: &'static Texts,
    address: &'a str,
}

/// Leads on to an address that the caller has made sure of.
pub(crate) fn lead_on(portal: &Portal, visitor: &Visitor, address: &str) -> Result<Response, WebError> {
    html(&MovingOnPage { page: visitor.page(portal), t: visitor.texts(), address })
}

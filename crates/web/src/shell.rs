//! The shell of a page for one visitor, and turning templates into answers.

use askama::Template;
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Response};
use usecases::sessions::SignedIn;

use crate::errors::WebError;
use crate::i18n::{Locale, Texts};
use crate::portal::Portal;
use crate::view::error_page::ErrorPage;
use crate::view::page::{Demo, HelpContact, OfficerName, Page, PageViewer};
use crate::visitor::Visitor;

impl Visitor {
    /// The texts in the visitor's language.
    pub fn texts(&self) -> &'static Texts {
        Texts::of(self.locale)
    }

    /// The shell of a page for this visitor.
    pub fn page<'a>(&'a self, portal: &'a Portal) -> Page<'a> {
        let viewer = match &self.signed_in {
            None => PageViewer::Anonymous,
            Some(SignedIn::Account(account)) => PageViewer::Citizen(&account.name),
            Some(SignedIn::Officer(officer)) => {
                PageViewer::Officer(OfficerName { name: &officer.name, agency: &officer.agency_name })
            }
        };
        Page { viewer, path: &self.address, csrf_token: self.csrf(), ..bare_page(portal, self.locale) }
    }

    /// Whether the page looks the same for every visitor with the same address and language.
    pub fn is_anonymous(&self) -> bool {
        self.signed_in.is_none()
    }
}

fn bare_page(portal: &Portal, locale: Locale) -> Page<'_> {
    let settings = portal.app().settings();
    let help = &portal.settings().help;
    let (portal_name, help_name) = match locale {
        Locale::En => (&settings.portal_name_en, &help.name_en),
        Locale::Vi => (&settings.portal_name, &help.name),
    };
    Page {
        t: Texts::of(locale),
        portal_name,
        path: "/",
        section: None,
        viewer: PageViewer::Unknown,
        csrf_token: "",
        demo: portal.settings().demo.as_ref().map(|demo| Demo {
            simulators: &demo.simulators_url,
            moved_clock: ((demo.clock_offset)() > 0).then(|| (portal.source().now)().vietnamese()),
        }),
        help: HelpContact { name: help_name, phone: &help.phone, phone_link: &help.phone_link },
    }
}

/// The page of an error.
pub(crate) fn error_page(portal: &Portal, key: &str, locale: Locale, request_id: &str) -> String {
    let page = ErrorPage { page: bare_page(portal, locale), t: Texts::of(locale), key, request_id };
    page.render().unwrap_or_else(|_| key.to_owned())
}

/// The finished page.
pub fn html(page: &impl Template) -> Result<Response, WebError> {
    Ok(Html(page.render().map_err(WebError::internal)?).into_response())
}

/// The form again, with what was entered and what is wrong with it.
pub fn html_invalid(page: &impl Template) -> Result<Response, WebError> {
    Ok((StatusCode::UNPROCESSABLE_ENTITY, Html(page.render().map_err(WebError::internal)?)).into_response())
}

/// A page that is the same for everyone who is not signed in: made once, then answered from memory.
pub fn cached_html<T: Template>(
    portal: &Portal,
    visitor: &Visitor,
    headers: &axum::http::HeaderMap,
    make: impl FnOnce() -> Result<T, WebError>,
) -> Result<Response, WebError> {
    if !visitor.is_anonymous() || portal.settings().demo.as_ref().is_some_and(|demo| (demo.clock_offset)() > 0) {
        return html(&make()?);
    }
    let key = format!("{} {}", visitor.locale.code(), visitor.address);
    let page = match portal.pages().find(&key) {
        Some(page) => page,
        None => portal.pages().insert(key, make()?.render().map_err(WebError::internal)?),
    };
    Ok(page.respond(headers))
}

//! The shell of a page for one visitor, and turning templates into answers.

use askama::Template;
use axum::extract::Request;
use axum::http::{Method, StatusCode};
use axum::response::{Html, IntoResponse, Response};
use usecases::sessions::SignedIn;

use crate::cookies::{LANGUAGE_COOKIE, find_cookie};
use crate::errors::WebError;
use crate::i18n::{Locale, Texts};
use crate::page_cache::takes_brotli;
use crate::portal::{Portal, Role};
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
            Some(SignedIn::Account(account)) => {
                PageViewer::Citizen(account.acting.as_ref().map_or(&account.name, |person| &person.name))
            }
            Some(SignedIn::Officer(officer)) => PageViewer::Officer(OfficerName {
                name: &officer.name,
                agency: &officer.agency_name,
                has_inbox: officer.has_inbox(),
                sees_recoveries: officer.sees_recoveries(),
                administers: officer.administers(),
            }),
        };
        let (acting, acting_ended) = match &self.signed_in {
            Some(SignedIn::Account(account)) => {
                (account.acting.as_ref().map(|_| account.name.as_str()), account.acting_ended.as_deref())
            }
            _ => (None, None),
        };
        let is_being_recovered =
            matches!(&self.signed_in, Some(SignedIn::Account(account)) if account.is_being_recovered);
        let (path, csrf_token) = (self.address.as_str().into(), self.csrf());
        Page { viewer, path, csrf_token, acting, acting_ended, is_being_recovered, ..bare_page(portal, self.locale) }
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
        is_national: portal.settings().role == Role::National,
        is_office: false,
        path: "/".into(),
        is_shown_once: false,
        section: None,
        viewer: PageViewer::Unknown,
        csrf_token: "",
        acting: None,
        acting_ended: None,
        is_being_recovered: false,
        demo: portal.settings().demo.as_ref().map(|demo| Demo {
            simulators: &demo.simulators_url,
            moved_clock: ((demo.clock_offset)() > 0).then(|| (portal.source().now)().vietnamese()),
        }),
        help: HelpContact { name: help_name, phone: &help.phone, phone_link: &help.phone_link },
    }
}

/// The page of an error, for the visitor when it is known who that is.
pub(crate) fn error_page(
    portal: &Portal,
    visitor: Option<&Visitor>,
    key: &str,
    locale: Locale,
    request_id: &str,
) -> String {
    let page = visitor.map_or_else(|| bare_page(portal, locale), |visitor| visitor.page(portal));
    let page = if page.officer().is_some() { page.in_office() } else { page };
    let page = ErrorPage { page, t: Texts::of(locale), key, request_id };
    page.render().unwrap_or_else(|_| key.to_owned())
}

/// The finished page.
pub fn html(page: &impl Template) -> Result<Response, WebError> {
    Ok(Html(page.render().map_err(WebError::internal)?).into_response())
}

/// The form again, with what was entered and what is wrong with it.
pub fn html_invalid(page: &impl Template) -> Result<Response, WebError> {
    html_with(StatusCode::UNPROCESSABLE_ENTITY, page)
}

/// A page with a status of its own.
pub fn html_with(status: StatusCode, page: &impl Template) -> Result<Response, WebError> {
    Ok((status, Html(page.render().map_err(WebError::internal)?)).into_response())
}

/// A page that is the same for everyone who is not signed in: made once, then answered from memory.
pub fn cached_html<T: Template>(
    portal: &Portal,
    visitor: &Visitor,
    headers: &axum::http::HeaderMap,
    make: impl FnOnce() -> Result<T, WebError>,
) -> Result<Response, WebError> {
    if !visitor.is_anonymous() || is_clock_moved(portal) {
        return html(&make()?);
    }
    let key = key(visitor.locale, &visitor.address);
    let page = match portal.pages().find(&key) {
        Some(page) => page,
        None => portal.pages().insert(key, make()?.render().map_err(WebError::internal)?),
    };
    Ok(page.respond(headers))
}

/// The answer that [`cached_html`] has kept for a request like this one: nothing else need be done for it.
pub(crate) fn find_kept(portal: &Portal, request: &Request) -> Option<Response> {
    let headers = request.headers();
    let address = request.uri().path_and_query()?.as_str();
    // With a session's cookie it depends on the session; asking for a language sets a cookie; the rest compress as they go.
    let is_plain = request.method() == Method::GET
        && find_cookie(headers, portal.session_cookie()).is_none()
        && !address.contains("lang=")
        && takes_brotli(headers);
    if !is_plain || is_clock_moved(portal) {
        return None;
    }
    let locale = find_cookie(headers, LANGUAGE_COOKIE).and_then(Locale::parse).unwrap_or(Locale::Vi);
    Some(portal.pages().find(&key(locale, address))?.respond(headers))
}

fn key(locale: Locale, address: &str) -> String {
    format!("{} {address}", locale.code())
}

/// Whether the demonstration's clock was moved, which every page then says.
fn is_clock_moved(portal: &Portal) -> bool {
    portal.settings().demo.as_ref().is_some_and(|demo| (demo.clock_offset)() > 0)
}

//! Who sent the request: the session behind its cookie, the language, and the context for the acts it leads to.

use std::net::SocketAddr;

use axum::extract::{ConnectInfo, FromRequestParts};
use axum::http::header::{HOST, SET_COOKIE, USER_AGENT};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderName, Method};
use axum::response::AppendHeaders;
use domain::codes::constant_time_eq;
use domain::dossier::Actor;
use domain::policy::Viewer;
use sha2::{Digest, Sha256};
use usecases::Ctx;
use usecases::represent::forget_acting;
use usecases::sessions::{self, ActingPerson, Browser, SignedIn};

use crate::cookies::{BROWSER_COOKIE, LANGUAGE_COOKIE, WAY_BACK_COOKIE, browser_cookie, find_cookie, session_cookie};
use crate::errors::WebError;
use crate::fields::Fields;
use crate::i18n::Locale;
use crate::middleware::RequestId;
use crate::portal::Portal;

/// The visitor of one request.
pub struct Visitor {
    /// Context for the use cases: who, when, with which randomness.
    pub ctx: Ctx,
    /// Who is signed in, if anybody.
    pub signed_in: Option<SignedIn>,
    /// The chosen language.
    pub locale: Locale,
    /// Path and query of the request.
    pub address: String,
    /// Name and port under which the browser knows the portal.
    pub host: String,
    /// Where the request came from, for limits only; never logged.
    pub client: String,
    /// The kind of browser, such as `Chrome, Android`: what a person knows their devices by.
    pub device: String,
    /// Where the visitor was going when they began to register, encoded as a value of a query.
    pub way_back: Option<String>,
    /// The mark by which the browser is known again when it signs somebody in.
    mark: String,
    token: Option<String>,
    csrf: String,
}

impl Visitor {
    /// The token that every form of this session carries; empty when nobody is signed in.
    pub fn csrf(&self) -> &str {
        &self.csrf
    }

    /// The session's token as the cookie brought it, for signing out.
    pub fn session_token(&self) -> Option<&str> {
        self.token.as_deref()
    }

    /// This page under a name, when it was opened under the number of one's own machine, to which browsers bind no passkey.
    pub fn named_address(&self) -> Option<String> {
        let rest = self.host.strip_prefix("127.0.0.1").or_else(|| self.host.strip_prefix("[::1]"))?;
        let port = rest.strip_prefix(':').filter(|port| port.bytes().all(|byte| byte.is_ascii_digit()));
        let port = port.map(|port| format!(":{port}")).unwrap_or_default();
        Some(format!("http://localhost{port}{}", self.address))
    }

    /// The browser, for signing in.
    pub fn browser(&self) -> Browser<'_> {
        Browser { words: &self.device, mark: &self.mark }
    }

    /// The session's cookie, and the one by which the browser is known again: what every sign-in sets.
    pub fn session_cookies(
        &self,
        portal: &Portal,
        token: &str,
        seconds: i64,
    ) -> AppendHeaders<[(HeaderName, String); 2]> {
        let secure = portal.settings().secure_cookies;
        AppendHeaders([
            (SET_COOKIE, session_cookie(portal.session_cookie(), token, secure, seconds)),
            (SET_COOKIE, browser_cookie(&self.mark, secure)),
        ])
    }

    /// Refuses a form that was not made for this session.
    pub fn check_form(&self, fields: &Fields) -> Result<(), WebError> {
        if self.token.is_none() || constant_time_eq(self.csrf.as_bytes(), fields.text("csrf").as_bytes()) {
            return Ok(());
        }
        Err(WebError::Stale)
    }

    /// Refuses what a script sends that was not made for this session; its token comes in the header `x-csrf`.
    pub fn check_script(&self, headers: &HeaderMap) -> Result<(), WebError> {
        let sent = headers.get("x-csrf").map(|value| value.as_bytes()).unwrap_or_default();
        if self.token.is_none() || constant_time_eq(self.csrf.as_bytes(), sent) {
            return Ok(());
        }
        Err(WebError::Stale)
    }

    /// The citizen or enterprise who is signed in, or for whom somebody acts; anybody else is sent to the sign-in page and comes back.
    pub fn account(&self) -> Result<&usecases::sessions::SignedInAccount, WebError> {
        match &self.signed_in {
            Some(SignedIn::Account(account)) => Ok(account),
            _ => Err(WebError::SignInFirst { door: "/dang-nhap", back: self.address.clone() }),
        }
    }

    /// The account whose holder is signed in and acts for nobody else: settings are reached by no representative.
    pub fn holder(&self) -> Result<&usecases::sessions::SignedInAccount, WebError> {
        let account = self.account()?;
        if account.acting.is_some() { Err(WebError::WhileActing) } else { Ok(account) }
    }

    /// The officer who is signed in; anybody else is sent to the officers' sign-in page.
    pub fn officer(&self) -> Result<&usecases::sessions::SignedInOfficer, WebError> {
        match &self.signed_in {
            Some(SignedIn::Officer(officer)) => Ok(officer),
            _ => Err(WebError::SignInFirst { door: "/can-bo/dang-nhap", back: self.address.clone() }),
        }
    }
}

impl FromRequestParts<Portal> for Visitor {
    type Rejection = WebError;

    async fn from_request_parts(parts: &mut Parts, portal: &Portal) -> Result<Self, WebError> {
        let now = (portal.source().now)();
        let token = find_cookie(&parts.headers, portal.session_cookie()).map(str::to_owned);
        let signed_in = match &token {
            Some(token) => sessions::find_session(portal.app(), token, now).await?,
            None => None,
        };
        let (viewer, actor) = match &signed_in {
            Some(SignedIn::Account(account)) => (account.viewer(), account.actor()),
            Some(SignedIn::Officer(officer)) => (officer.viewer(), officer.actor()),
            None => (Viewer::Anonymous, Actor::System),
        };
        let request_id = parts.extensions.get::<RequestId>().map(|id| id.0.clone()).unwrap_or_default();
        let token = token.filter(|_| signed_in.is_some());
        let ctx = Ctx::new(now, viewer, actor, request_id, (portal.source().seed)());
        // Whoever reads a page is told once that what they acted by has ended; a form of before fits no longer.
        if let (Some(SignedIn::Account(account)), Some(token)) = (&signed_in, &token)
            && account.acting_ended.is_some()
            && parts.method == Method::GET
        {
            forget_acting(portal.app(), &ctx, token).await?;
        }
        let acting = match &signed_in {
            Some(SignedIn::Account(account)) => account.acting.as_ref(),
            _ => None,
        };
        Ok(Self {
            mark: mark_of(&parts.headers, &ctx),
            ctx,
            locale: locale_of(parts),
            address: parts.uri.path_and_query().map(|both| both.as_str().to_owned()).unwrap_or_default(),
            host: parts.headers.get(HOST).and_then(|host| host.to_str().ok()).unwrap_or_default().to_owned(),
            client: client_of(parts, portal),
            device: device_of(&parts.headers),
            way_back: find_cookie(&parts.headers, WAY_BACK_COOKIE).map(str::to_owned),
            csrf: token.as_deref().map(|token| csrf_of(token, acting)).unwrap_or_default(),
            token,
            signed_in,
        })
    }
}

/// The language asked for in the address, else the remembered one, else Vietnamese.
pub fn locale_of(parts: &Parts) -> Locale {
    let asked = parts.uri.query().filter(|query| query.contains("lang=")).map(|query| Fields::of_query(Some(query)));
    asked
        .and_then(|fields| Locale::parse(fields.text("lang")))
        .or_else(|| find_cookie(&parts.headers, LANGUAGE_COOKIE).and_then(Locale::parse))
        .unwrap_or(Locale::Vi)
}

/// Browser and system out of the User-Agent header, coarse on purpose; empty when it says nothing known.
fn device_of(headers: &HeaderMap) -> String {
    let agent = headers.get(USER_AGENT).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let first =
        |known: &[(&str, &'static str)]| known.iter().find(|(mark, _)| agent.contains(mark)).map(|(_, name)| *name);
    // Browsers name those that they descend from, so the youngest comes first.
    let browser = first(&[
        ("Zalo", "Zalo"),
        ("coc_coc", "Cốc Cốc"),
        ("SamsungBrowser", "Samsung Internet"),
        ("OPR/", "Opera"),
        ("Edg", "Edge"),
        ("Firefox", "Firefox"),
        ("FxiOS", "Firefox"),
        ("CriOS", "Chrome"),
        ("Chrome", "Chrome"),
        ("Safari", "Safari"),
    ]);
    let system = first(&[
        ("Android", "Android"),
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("Windows", "Windows"),
        ("Mac OS", "macOS"),
        ("Linux", "Linux"),
    ]);
    [browser, system].into_iter().flatten().collect::<Vec<_>>().join(", ")
}

/// The mark that the browser brings, when it looks like one of ours; else a fresh one.
fn mark_of(headers: &HeaderMap, ctx: &Ctx) -> String {
    let brought = find_cookie(headers, BROWSER_COOKIE);
    let brought = brought.filter(|mark| mark.len() == 32 && mark.bytes().all(|byte| byte.is_ascii_hexdigit()));
    brought.map_or_else(|| ctx.random::<16>().iter().map(|byte| format!("{byte:02x}")).collect(), str::to_owned)
}

/// Where a request came from, for limits only; never logged.
pub fn client_of(parts: &Parts, portal: &Portal) -> String {
    let forwarded = portal
        .settings()
        .client_address_header
        .as_deref()
        .and_then(|name| parts.headers.get(name))
        .and_then(|value| value.to_str().ok())
        .and_then(|value| value.rsplit(',').next())
        .map(|address| address.trim().to_owned());
    forwarded
        .or_else(|| parts.extensions.get::<ConnectInfo<SocketAddr>>().map(|info| info.0.ip().to_string()))
        .unwrap_or_default()
}

/// A form is the session's, and the principal's for whom it was shown: it is not sent in another's name.
fn csrf_of(token: &str, acting: Option<&ActingPerson>) -> String {
    let mut digest = Sha256::new().chain_update(b"motcua csrf\0").chain_update(token);
    if let Some(person) = acting {
        digest.update(person.acting.representation.as_bytes());
    }
    let digest = digest.finalize();
    digest[..16].iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderValue;

    use super::*;

    #[test]
    fn a_device_is_named_coarsely() {
        let cases = [
            (
                "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 Chrome/131.0 Mobile Safari/537.36",
                "Chrome, Android",
            ),
            ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Safari/604.1", "Safari, iPhone"),
            ("Mozilla/5.0 (Windows NT 10.0; Win64) Chrome/130 Safari/537.36 Edg/130.0", "Edge, Windows"),
            ("Mozilla/5.0 (X11; Linux x86_64; rv:132.0) Gecko/20100101 Firefox/132.0", "Firefox, Linux"),
            ("curl/8.5.0", ""),
            ("<script>alert(1)</script>", ""),
        ];
        for (agent, expected) in cases {
            let mut headers = HeaderMap::new();
            headers.insert(USER_AGENT, HeaderValue::from_str(agent).expect("a header value"));
            assert_eq!(device_of(&headers), expected);
        }
        assert_eq!(device_of(&HeaderMap::new()), "");
    }
}

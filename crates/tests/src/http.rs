//! A client that behaves like a browser without scripts: cookies, origin, forms; it follows no redirect by itself.

use crate::forms::{FilePart, Form, Value};
use crate::logs;
use crate::page::Page;
use axum::Router;
use axum::body::Body;
use axum::extract::ConnectInfo;
use http::header::{CONTENT_TYPE, COOKIE, HOST, ORIGIN, SET_COOKIE};
use http::{HeaderMap, HeaderValue, Request};
use http_body_util::BodyExt;
use std::net::SocketAddr;
use std::sync::{Mutex, MutexGuard};
use throwaway::run_logs::Kind;
use tower::ServiceExt;

/// One visitor. Two clients share nothing.
#[derive(Debug)]
pub struct Client {
    transport: Transport,
    base: String,
    address: [u8; 4],
    jar: Mutex<Vec<Cookie>>,
}

#[derive(Debug)]
enum Transport {
    Network(reqwest::Client),
    Router(Router),
}

#[derive(Debug)]
struct Cookie {
    name: String,
    value: String,
    path: String,
}

impl Client {
    /// A visitor of a running server, `base` being for instance `http://127.0.0.1:8001`.
    pub fn of_server(base: &str) -> Self {
        let client = connectors::http::client_builder(None).expect("the public certificates can be read").build();
        let client = client.expect("a client can always be built");
        Self::new(Transport::Network(client), base)
    }

    /// A visitor of a router in this process.
    pub fn of_router(router: Router) -> Self {
        Self::of_router_at(router, "http://motcua.test")
    }

    /// A visitor of a router in this process that people reach under this address.
    pub fn of_router_at(router: Router, base: &str) -> Self {
        Self::new(Transport::Router(router), base)
    }

    fn new(transport: Transport, base: &str) -> Self {
        let base = base.trim_end_matches('/').to_owned();
        Self { transport, base, address: [127, 0, 0, 1], jar: Mutex::default() }
    }

    /// The same visitor at another address; over the network everybody comes from this machine.
    #[must_use]
    pub fn from_address(self, address: [u8; 4]) -> Self {
        Self { address, ..self }
    }

    /// Opens a page. Addresses may be paths or, as in redirects, whole.
    pub async fn get(&self, path: &str) -> Page {
        self.send(request("GET", path, Vec::new())).await
    }

    /// Opens `page`, fills in its form that goes to `action`, and sends it with the hidden fields that stand there.
    pub async fn post_form(&self, page: &str, action: &str, fields: &[(&str, &str)]) -> Page {
        let page = self.get(page).await;
        let form = fields.iter().fold(page.form(action), |form, (name, value)| form.fill(name, value));
        self.submit(&page, form).await
    }

    /// Sends a filled-in form of `page` as a browser would.
    pub async fn submit(&self, page: &Page, form: Form) -> Page {
        let sent = self.try_submit(page, form).await;
        sent.unwrap_or_else(|| panic!("{}: the server does not answer", page.path()))
    }

    /// Asks for a page of a server that may be gone; `None` when it did not answer in full.
    pub async fn try_get(&self, path: &str) -> Option<Page> {
        self.try_send(request("GET", path, Vec::new())).await
    }

    /// Sends a form to a server that may be gone; `None` when it did not answer in full.
    pub async fn try_submit(&self, page: &Page, form: Form) -> Option<Page> {
        let action = if form.action.is_empty() { page.path() } else { &form.action };
        if form.method == "GET" {
            let path = action.split('?').next().unwrap_or(action);
            return self.try_get(&format!("{path}?{}", urlencoded(&form))).await;
        }
        let (content_type, body) = if form.multipart {
            for (name, value) in form.entries() {
                match value {
                    Value::Text(text) => logs::note_field(name, text),
                    Value::File(file) => logs::note(Kind::Words, &file.file_name),
                }
            }
            (format!("multipart/form-data; boundary={BOUNDARY}"), multipart(&form))
        } else {
            ("application/x-www-form-urlencoded".to_owned(), urlencoded(&form).into_bytes())
        };
        let mut request = request("POST", action, body);
        let headers = request.headers_mut();
        headers.insert(CONTENT_TYPE, header_value(&content_type));
        headers.insert(ORIGIN, header_value(&self.base));
        headers.insert("sec-fetch-site", HeaderValue::from_static("same-origin"));
        self.try_send(request).await
    }

    /// Goes where a redirect points; panics when the page is none.
    pub async fn follow(&self, page: &Page) -> Page {
        self.get(page.location()).await
    }

    /// Sends any request with this visitor's cookies and keeps the cookies of the answer; panics when none comes.
    pub async fn send(&self, request: Request<Vec<u8>>) -> Page {
        let address = request.uri().to_string();
        self.try_send(request).await.unwrap_or_else(|| panic!("{}{address}: no answer", self.base))
    }

    async fn try_send(&self, mut request: Request<Vec<u8>>) -> Option<Page> {
        let address = request.uri().to_string();
        let path = address.strip_prefix(&self.base).unwrap_or(&address).to_owned();
        assert!(path.starts_with('/'), "{address} is not on {}", self.base);
        note_personal(&path, &request);
        let cookies = self.cookies_for(&path);
        if !cookies.is_empty() {
            request.headers_mut().insert(COOKIE, header_value(&cookies));
        }
        let (status, headers, body) = match &self.transport {
            Transport::Network(client) => self.over_network(client, &path, request).await?,
            Transport::Router(router) => self.in_process(router, &path, request).await,
        };
        self.keep_cookies(&headers);
        Some(Page::new(path, status, headers, body))
    }

    /// The value of a cookie that this visitor holds.
    pub fn cookie(&self, name: &str) -> Option<String> {
        let jar = self.jar();
        let found = jar.iter().find(|cookie| cookie.name == name);
        found.map(|cookie| cookie.value.clone())
    }

    /// Gives this visitor a cookie, for instance a stolen one.
    pub fn set_cookie(&self, name: &str, value: &str) {
        let mut jar = self.jar();
        jar.retain(|cookie| cookie.name != name);
        jar.push(Cookie { name: name.to_owned(), value: value.to_owned(), path: "/".to_owned() });
    }

    async fn over_network(&self, client: &reqwest::Client, path: &str, request: Request<Vec<u8>>) -> Option<Parts> {
        let (parts, body) = request.into_parts();
        let sent = client.request(parts.method, format!("{}{path}", self.base)).headers(parts.headers).body(body);
        let answer = sent.send().await.ok()?;
        let (status, headers) = (answer.status().as_u16(), answer.headers().clone());
        let body = answer.bytes().await.ok()?;
        Some((status, headers, body.to_vec()))
    }

    async fn in_process(&self, router: &Router, path: &str, request: Request<Vec<u8>>) -> Parts {
        let (mut parts, body) = request.into_parts();
        parts.uri = path.parse().expect("a path is an address");
        parts.headers.entry(HOST).or_insert(HeaderValue::from_static("motcua.test"));
        parts.extensions.insert(ConnectInfo(SocketAddr::from((self.address, 40_000))));
        let answer = router.clone().oneshot(Request::from_parts(parts, Body::from(body))).await;
        let (parts, body) = answer.expect("a router always answers").into_parts();
        let body = body.collect().await.expect("the whole answer is made").to_bytes();
        (parts.status.as_u16(), parts.headers, body.to_vec())
    }

    fn cookies_for(&self, path: &str) -> String {
        let jar = self.jar();
        let sent = jar.iter().filter(|cookie| path.starts_with(&cookie.path));
        sent.map(|cookie| format!("{}={}", cookie.name, cookie.value)).collect::<Vec<_>>().join("; ")
    }

    fn keep_cookies(&self, headers: &HeaderMap) {
        let mut jar = self.jar();
        for header in headers.get_all(SET_COOKIE) {
            let Some((cookie, gone)) = header.to_str().ok().and_then(parse_cookie) else {
                continue;
            };
            jar.retain(|known| known.name != cookie.name || known.path != cookie.path);
            if cookie.name.starts_with("motcua-") && cookie.value.len() >= 32 {
                logs::note(Kind::Secret, &cookie.value);
            }
            if !gone {
                jar.push(cookie);
            }
        }
    }

    fn jar(&self) -> MutexGuard<'_, Vec<Cookie>> {
        self.jar.lock().expect("nothing panics while it holds the jar")
    }
}

type Parts = (u16, HeaderMap, Vec<u8>);

/// No log may hold what a form says of somebody.
fn note_personal(path: &str, request: &Request<Vec<u8>>) {
    let is_form = request.headers().get(CONTENT_TYPE).is_some_and(|kind| kind.as_bytes().ends_with(b"form-urlencoded"));
    let body = is_form.then_some(request.body().as_slice()).unwrap_or_default();
    // Links with a secret in their path.
    logs::note(Kind::Secret, path.strip_prefix("/can-bo/kich-hoat/").unwrap_or_default());
    let query = path.split_once('?').map(|(_, query)| query.as_bytes()).unwrap_or_default();
    for pairs in [body, query] {
        // An attack may send what is no form at all, or a very large one.
        let small = pairs.get(..pairs.len().min(8_192)).unwrap_or_default();
        for (name, value) in serde_urlencoded::from_bytes::<Vec<(String, String)>>(small).unwrap_or_default() {
            logs::note_field(&name, &value);
        }
    }
}

/// A request to be changed at will and sent with [`Client::send`].
pub fn request(method: &str, path: &str, body: Vec<u8>) -> Request<Vec<u8>> {
    let request = Request::builder().method(method).uri(path).body(body);
    request.unwrap_or_else(|error| panic!("{method} {path}: {error}"))
}

// Both `Max-Age=0` and a date in 1970 mean that the cookie goes.
fn parse_cookie(text: &str) -> Option<(Cookie, bool)> {
    let mut parts = text.split(';').map(str::trim);
    let (name, value) = parts.next()?.split_once('=')?;
    let mut cookie = Cookie { name: name.to_owned(), value: value.to_owned(), path: "/".to_owned() };
    let mut gone = false;
    for attribute in parts {
        match attribute.split_once('=') {
            Some((name, path)) if name.eq_ignore_ascii_case("path") => cookie.path = path.to_owned(),
            Some((name, "0")) if name.eq_ignore_ascii_case("max-age") => gone = true,
            Some((name, date)) if name.eq_ignore_ascii_case("expires") => gone |= date.contains(" 1970 "),
            _ => {}
        }
    }
    Some((cookie, gone))
}

const BOUNDARY: &str = "----motcua-test-boundary-5c1a9e";

fn urlencoded(form: &Form) -> String {
    let pairs: Vec<_> = form
        .entries()
        .map(|(name, value)| match value {
            Value::Text(text) => (name, text.as_str()),
            Value::File(file) => (name, file.file_name.as_str()),
        })
        .collect();
    serde_urlencoded::to_string(pairs).expect("pairs of text can always be written")
}

fn multipart(form: &Form) -> Vec<u8> {
    let mut body = Vec::new();
    for (name, value) in form.entries() {
        body.extend(format!("--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"{}\"", quoted(name)).bytes());
        match value {
            // Browsers send line breaks of text as CRLF.
            Value::Text(text) => body.extend(format!("\r\n\r\n{}", text.replace('\n', "\r\n")).bytes()),
            Value::File(FilePart { file_name, media_type, bytes }) => {
                let head = format!("; filename=\"{}\"\r\nContent-Type: {media_type}\r\n\r\n", quoted(file_name));
                body.extend(head.bytes());
                body.extend(bytes);
            }
        }
        body.extend(b"\r\n");
    }
    body.extend(format!("--{BOUNDARY}--\r\n").bytes());
    body
}

fn quoted(name: &str) -> String {
    name.replace('"', "%22").replace('\r', "%0D").replace('\n', "%0A")
}

fn header_value(text: &str) -> HeaderValue {
    HeaderValue::from_str(text).unwrap_or_else(|error| panic!("{text:?} as a header: {error}"))
}

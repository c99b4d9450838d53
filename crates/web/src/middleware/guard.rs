//! Refuses requests that change something when another site's page sent them (fetch metadata, else the Origin header).

use axum::extract::Request;
use axum::http::header::{HOST, ORIGIN};
use axum::http::{HeaderMap, Method};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use crate::errors::WebError;

/// Posts of other sites that only lead on to the same address as a page (OpenID Connect Core, 3.1.2.1; RP-Initiated Logout, 2).
const LEADING_ON: [&str; 2] = ["/oidc/authorize", "/oidc/logout"];

pub(super) async fn refuse_other_sites(request: Request, next: Next) -> Response {
    let reads = matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS);
    let only_leads_on = LEADING_ON.contains(&request.uri().path());
    if reads || only_leads_on || comes_from_us(request.headers()) {
        next.run(request).await
    } else {
        WebError::Stale.into_response()
    }
}

fn comes_from_us(headers: &HeaderMap) -> bool {
    if let Some(site) = headers.get("sec-fetch-site") {
        return site == "same-origin" || site == "none";
    }
    match (text(headers, ORIGIN.as_str()), text(headers, HOST.as_str())) {
        // Old browsers and programs send neither; the form's own token stands in for those who are signed in.
        (None, _) => true,
        (Some(origin), Some(host)) => origin.split_once("://").is_some_and(|(_, origin_host)| origin_host == host),
        (Some(_), None) => false,
    }
}

fn text<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers.get(name).and_then(|value| value.to_str().ok())
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderValue;

    use super::*;

    #[test]
    fn posts_of_other_sites_are_told_apart() {
        let cases = [
            (vec![("sec-fetch-site", "same-origin")], true),
            (vec![("sec-fetch-site", "cross-site"), ("origin", "http://a"), ("host", "a")], false),
            (vec![("sec-fetch-site", "same-site")], false),
            (vec![("origin", "http://127.0.0.1:8001"), ("host", "127.0.0.1:8001")], true),
            (vec![("origin", "http://evil.example"), ("host", "127.0.0.1:8001")], false),
            (vec![("origin", "null"), ("host", "127.0.0.1:8001")], false),
            (vec![("host", "127.0.0.1:8001")], true),
        ];
        for (pairs, expected) in cases {
            let mut headers = HeaderMap::new();
            for (name, value) in &pairs {
                headers.insert(*name, HeaderValue::from_static(value));
            }
            assert_eq!(comes_from_us(&headers), expected, "{pairs:?}");
        }
    }
}

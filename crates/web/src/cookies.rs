//! Reading and writing the few cookies of a portal.

use axum::http::HeaderMap;
use axum::http::header::COOKIE;

use crate::links::encode;

/// The value of the named cookie, if the request carries it.
pub fn find_cookie<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers
        .get_all(COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|line| line.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find_map(|(key, value)| (key == name).then_some(value))
}

/// A `Set-Cookie` value for a session: not readable by scripts, not sent from other sites.
pub fn session_cookie(name: &str, value: &str, secure: bool, max_age_seconds: i64) -> String {
    let secure = if secure { "; Secure" } else { "" };
    format!("{name}={value}; Path=/; HttpOnly; SameSite=Lax; Max-Age={max_age_seconds}{secure}")
}

/// A `Set-Cookie` value for the chosen language, kept for a year.
pub fn language_cookie(value: &str, secure: bool) -> String {
    let secure = if secure { "; Secure" } else { "" };
    format!("{LANGUAGE_COOKIE}={value}; Path=/; HttpOnly; SameSite=Lax; Max-Age=31536000{secure}")
}

/// A `Set-Cookie` value that remembers for two hours where a visitor was going who registers first.
pub fn way_back_cookie(path: &str, secure: bool) -> String {
    let secure = if secure { "; Secure" } else { "" };
    format!("{WAY_BACK_COOKIE}={}; Path=/; HttpOnly; SameSite=Lax; Max-Age=7200{secure}", encode(path))
}

/// A `Set-Cookie` value by which a browser is known again for a year, so that people are told of a new one.
pub fn browser_cookie(mark: &str, secure: bool) -> String {
    let secure = if secure { "; Secure" } else { "" };
    format!("{BROWSER_COOKIE}={mark}; Path=/; HttpOnly; SameSite=Lax; Max-Age=31536000{secure}")
}

/// Name of the cookie by which a browser is known again.
pub const BROWSER_COOKIE: &str = "motcua-browser";

/// Name of the cookie that remembers where a visitor was going who registers first.
pub const WAY_BACK_COOKIE: &str = "motcua-way-back";

/// Name of the cookie that remembers the language.
pub const LANGUAGE_COOKIE: &str = "motcua-lang";

#[cfg(test)]
mod tests {
    use axum::http::HeaderValue;

    use super::*;

    #[test]
    fn a_cookie_is_found_among_others() {
        let mut headers = HeaderMap::new();
        headers.append(COOKIE, HeaderValue::from_static("a=1; motcua-province=abc; b=2"));
        headers.append(COOKIE, HeaderValue::from_static("c=3"));
        assert_eq!(find_cookie(&headers, "motcua-province"), Some("abc"));
        assert_eq!(find_cookie(&headers, "c"), Some("3"));
        assert_eq!(find_cookie(&headers, "motcua"), None);
    }
}

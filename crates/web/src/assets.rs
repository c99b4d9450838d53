//! Stylesheets, scripts, fonts and pictures, embedded under names made from their content and kept by browsers for ever.

use axum::Router;
use axum::extract::Path;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use http::header::{ACCEPT_ENCODING, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_TYPE, ETAG, IF_NONE_MATCH, VARY};
use http::{HeaderMap, HeaderValue, StatusCode};

include!(concat!(env!("OUT_DIR"), "/assets.rs"));

/// One embedded file with the forms in which it is sent.
pub(crate) struct Asset {
    name: &'static str,
    path: &'static str,
    media_type: &'static str,
    plain: &'static [u8],
    brotli: Option<&'static [u8]>,
}

/// The address of an asset by its plain name: `portal.css` → `/assets/portal.1f0c2a9b.css`.
///
/// An unknown name gives an address that answers 404, and an error in the log.
pub fn url(name: &str) -> &'static str {
    match ASSETS.iter().find(|asset| asset.name == name) {
        Some(asset) => asset.path,
        None => {
            tracing::error!(asset.name = name, "No asset is named {name}");
            "/assets/missing"
        }
    }
}

/// The size in bytes of an asset as most browsers receive it; `None` for an unknown name.
pub fn sent_size(name: &str) -> Option<usize> {
    let asset = ASSETS.iter().find(|asset| asset.name == name)?;
    Some(asset.brotli.unwrap_or(asset.plain).len())
}

/// Serves `/assets/…` and `/favicon.ico`.
pub fn router<S: Clone + Send + Sync + 'static>() -> Router<S> {
    Router::new().route("/assets/{file}", get(serve)).route("/favicon.ico", get(serve_icon))
}

async fn serve(Path(file): Path<String>, headers: HeaderMap) -> Response {
    let found = ASSETS.iter().find(|asset| asset.path.strip_prefix("/assets/") == Some(&file));
    match found {
        // The name changes with the content, so what is under a name never changes.
        Some(asset) => answer(asset, &headers, "public, max-age=31536000, immutable"),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

/// Browsers ask for this name by themselves; it has no hash, so it is kept for a day only.
async fn serve_icon(headers: HeaderMap) -> Response {
    match ASSETS.iter().find(|asset| asset.name == "favicon.png") {
        Some(asset) => answer(asset, &headers, "public, max-age=86400"),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

fn answer(asset: &'static Asset, headers: &HeaderMap, caching: &'static str) -> Response {
    let etag = format!("\"{}\"", asset.path.trim_start_matches("/assets/"));
    let known = headers.get(IF_NONE_MATCH).and_then(|value| value.to_str().ok());
    let mut response = match known {
        Some(tags) if tags.split(',').any(|tag| tag.trim().trim_start_matches("W/") == etag) => {
            StatusCode::NOT_MODIFIED.into_response()
        }
        _ => body(asset, headers),
    };
    let headers = response.headers_mut();
    headers.insert(CACHE_CONTROL, HeaderValue::from_static(caching));
    if asset.brotli.is_some() {
        headers.insert(VARY, HeaderValue::from_static("accept-encoding"));
    }
    if let Ok(etag) = HeaderValue::from_str(&etag) {
        headers.insert(ETAG, etag);
    }
    response
}

fn body(asset: &'static Asset, headers: &HeaderMap) -> Response {
    let media_type = (CONTENT_TYPE, asset.media_type);
    match asset.brotli {
        Some(brotli) if accepts_brotli(headers) => ([media_type, (CONTENT_ENCODING, "br")], brotli).into_response(),
        _ => ([media_type], asset.plain).into_response(),
    }
}

fn accepts_brotli(headers: &HeaderMap) -> bool {
    let accepted = headers.get_all(ACCEPT_ENCODING).iter().filter_map(|value| value.to_str().ok());
    accepted.flat_map(|value| value.split(',')).any(|coding| {
        let mut parts = coding.split(';').map(str::trim);
        let named = parts.next().is_some_and(|name| name.eq_ignore_ascii_case("br"));
        named && !parts.any(|weight| matches!(weight.replace(' ', "").as_str(), "q=0" | "q=0.0" | "q=0.00" | "q=0.000"))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::body::{Body, to_bytes};
    use http::Request;
    use tower::ServiceExt;

    async fn get(path: &str, headers: &[(&str, &str)]) -> Response {
        let mut request = Request::get(path);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        router::<()>().oneshot(request.body(Body::empty()).unwrap()).await.unwrap()
    }

    #[tokio::test]
    async fn a_stylesheet_is_sent_compressed_and_kept_for_ever() {
        let response = get(url("portal.css"), &[("accept-encoding", "gzip, br;q=0.9")]).await;
        assert_eq!(response.status(), StatusCode::OK);
        assert_eq!(response.headers()[CONTENT_ENCODING], "br");
        assert_eq!(response.headers()[CONTENT_TYPE], "text/css; charset=utf-8");
        assert!(response.headers()[CACHE_CONTROL].to_str().unwrap().contains("immutable"));
        let bytes = to_bytes(response.into_body(), usize::MAX).await.unwrap();
        assert_eq!(bytes.len(), sent_size("portal.css").unwrap());
    }

    #[tokio::test]
    async fn a_browser_without_brotli_gets_the_plain_file() {
        for accepted in [&[][..], &[("accept-encoding", "gzip, br;q=0")][..]] {
            let response = get(url("portal.css"), accepted).await;
            assert!(response.headers().get(CONTENT_ENCODING).is_none());
            let bytes = to_bytes(response.into_body(), usize::MAX).await.unwrap();
            assert!(String::from_utf8_lossy(&bytes).contains("@font-face"));
        }
    }

    #[tokio::test]
    async fn a_file_that_the_browser_has_is_not_sent_again() {
        let first = get(url("portal.js"), &[]).await;
        let etag = first.headers()[ETAG].to_str().unwrap().to_owned();
        let second = get(url("portal.js"), &[("if-none-match", &etag)]).await;
        assert_eq!(second.status(), StatusCode::NOT_MODIFIED);
    }

    #[tokio::test]
    async fn an_unknown_name_is_not_found() {
        assert_eq!(get("/assets/portal.00000000.css", &[]).await.status(), StatusCode::NOT_FOUND);
        assert_eq!(get("/assets/..%2fCargo.toml", &[]).await.status(), StatusCode::NOT_FOUND);
        assert_eq!(get(url("nothing.css"), &[]).await.status(), StatusCode::NOT_FOUND);
    }

    #[test]
    fn every_address_in_a_stylesheet_is_an_asset() {
        for sheet in ["portal.css", "office.css"] {
            let asset = ASSETS.iter().find(|asset| asset.name == sheet).unwrap();
            let css = String::from_utf8_lossy(asset.plain).into_owned();
            for part in css.split("url(").skip(1) {
                let address = part.split(')').next().unwrap();
                let path = format!("/assets/{address}");
                assert!(ASSETS.iter().any(|asset| asset.path == path), "{sheet} names {address}, which is no asset");
            }
        }
    }
}

//! Handing out files: streamed, with a name that survives every browser.

use axum::body::Body;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_LENGTH, CONTENT_SECURITY_POLICY, CONTENT_TYPE};
use axum::http::{HeaderValue, Response};
use bytes::{Bytes, BytesMut};
use domain::text::fold;
use futures_util::stream::{Stream, try_unfold};
use tokio::fs::File;
use tokio::io::AsyncReadExt;

use crate::links::encode;

const PIECE: usize = 64 << 10;

/// A stored file, streamed, as a download.
pub fn stored(file: File, size: u64, media_type: &str, name: &str) -> Response<Body> {
    answer(stream(file), size, media_type, "attachment", name)
}

/// Whether browsers show a file of this kind without running anything of it.
pub fn is_shown(media_type: &str) -> bool {
    matches!(media_type, "application/pdf" | "image/jpeg" | "image/png")
}

/// A stored file, streamed, in the browser when [`is_shown`]; everything else is a download, so that nothing uploaded is ever
/// run as a page of ours.
pub fn shown(file: File, size: u64, media_type: &str, name: &str) -> Response<Body> {
    if !is_shown(media_type) {
        return stored(file, size, media_type, name);
    }
    let mut response = answer(stream(file), size, media_type, "inline", name);
    if media_type == "application/pdf" {
        // Browsers whose reader of PDF is a page of its own show nothing of it in a sandbox.
        let policy = HeaderValue::from_static("default-src 'none'; object-src 'self'; style-src 'unsafe-inline'");
        response.headers_mut().insert(CONTENT_SECURITY_POLICY, policy);
    }
    response
}

fn stream(file: File) -> Body {
    let pieces = try_unfold(file, async |mut file| {
        let mut piece = BytesMut::with_capacity(PIECE);
        match file.read_buf(&mut piece).await? {
            0 => Ok::<_, std::io::Error>(None),
            _ => Ok(Some((piece.freeze(), file))),
        }
    });
    Body::from_stream(pieces)
}

/// Something that is made while it goes out, so that nobody knows its size beforehand.
pub fn streamed(
    pieces: impl Stream<Item = std::io::Result<Bytes>> + Send + 'static,
    media_type: &str,
    name: &str,
) -> Response<Body> {
    let mut response = answer(Body::from_stream(pieces), 0, media_type, "attachment", name);
    response.headers_mut().remove(CONTENT_LENGTH);
    response
}

/// A document that was just made.
pub fn made(bytes: Vec<u8>, media_type: &str, name: &str) -> Response<Body> {
    let size = bytes.len() as u64;
    answer(Body::from(bytes), size, media_type, "attachment", name)
}

fn answer(body: Body, size: u64, media_type: &str, how: &str, name: &str) -> Response<Body> {
    let mut response = Response::new(body);
    let headers = response.headers_mut();
    let kind = HeaderValue::from_str(media_type).unwrap_or(HeaderValue::from_static("application/octet-stream"));
    headers.insert(CONTENT_TYPE, kind);
    headers.insert(CONTENT_LENGTH, HeaderValue::from(size));
    headers.insert(CONTENT_SECURITY_POLICY, HeaderValue::from_static("default-src 'none'; sandbox"));
    if let Ok(disposition) = HeaderValue::from_str(&disposition(how, name)) {
        headers.insert(CONTENT_DISPOSITION, disposition);
    }
    response
}

/// RFC 6266: a plain name for old browsers, the real one in UTF-8 for all others.
fn disposition(how: &str, name: &str) -> String {
    let plain: String = fold(name)
        .chars()
        .map(|c| if c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_') { c } else { '-' })
        .collect();
    format!("{how}; filename=\"{plain}\"; filename*=UTF-8''{}", encode(name).replace('/', "%2F"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_safe_in_a_header() {
        assert_eq!(
            disposition("attachment", "Giấy chứng sinh \"1\".pdf"),
            "attachment; filename=\"giay-chung-sinh--1-.pdf\"; filename*=UTF-8''Gi%E1%BA%A5y%20ch%E1%BB%A9ng%20sinh%20%221%22.pdf"
        );
        assert!(HeaderValue::from_str(&disposition("inline", "a\r\nb: c")).is_ok());
    }
}

//! Handing out files: streamed, with a name that survives every browser.

use axum::body::Body;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_LENGTH, CONTENT_SECURITY_POLICY, CONTENT_TYPE};
use axum::http::{HeaderValue, Response};
use bytes::BytesMut;
use domain::text::fold;
use futures_util::stream::try_unfold;
use tokio::fs::File;
use tokio::io::AsyncReadExt;

use crate::links::encode;

const PIECE: usize = 64 << 10;

/// A stored file, streamed; always as a download, so that nothing uploaded is ever run as a page of ours.
pub fn stored(file: File, size: u64, media_type: &str, name: &str) -> Response<Body> {
    let pieces = try_unfold(file, async |mut file| {
        let mut piece = BytesMut::with_capacity(PIECE);
        match file.read_buf(&mut piece).await? {
            0 => Ok::<_, std::io::Error>(None),
            _ => Ok(Some((piece.freeze(), file))),
        }
    });
    answer(Body::from_stream(pieces), size, media_type, name)
}

/// A document that was just made.
pub fn made(bytes: Vec<u8>, media_type: &str, name: &str) -> Response<Body> {
    let size = bytes.len() as u64;
    answer(Body::from(bytes), size, media_type, name)
}

fn answer(body: Body, size: u64, media_type: &str, name: &str) -> Response<Body> {
    let mut response = Response::new(body);
    let headers = response.headers_mut();
    let kind = HeaderValue::from_str(media_type).unwrap_or(HeaderValue::from_static("application/octet-stream"));
    headers.insert(CONTENT_TYPE, kind);
    headers.insert(CONTENT_LENGTH, HeaderValue::from(size));
    headers.insert(CONTENT_SECURITY_POLICY, HeaderValue::from_static("default-src 'none'; sandbox"));
    if let Ok(disposition) = HeaderValue::from_str(&disposition(name)) {
        headers.insert(CONTENT_DISPOSITION, disposition);
    }
    response
}

/// RFC 6266: a plain name for old browsers, the real one in UTF-8 for all others.
fn disposition(name: &str) -> String {
    let plain: String = fold(name)
        .chars()
        .map(|c| if c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_') { c } else { '-' })
        .collect();
    format!("attachment; filename=\"{plain}\"; filename*=UTF-8''{}", encode(name).replace('/', "%2F"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_safe_in_a_header() {
        assert_eq!(
            disposition("Giấy chứng sinh \"1\".pdf"),
            "attachment; filename=\"giay-chung-sinh--1-.pdf\"; filename*=UTF-8''Gi%E1%BA%A5y%20ch%E1%BB%A9ng%20sinh%20%221%22.pdf"
        );
        assert!(HeaderValue::from_str(&disposition("a\r\nb: c")).is_ok());
    }
}

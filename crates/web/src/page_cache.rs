//! Finished pages that are the same for everyone who is not signed in, kept with their compressed form.
//!
//! Only pages made from the packaged catalogue go in: they change with a release, never between two requests.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, OnceLock};

use axum::body::Body;
use axum::http::header::{ACCEPT_ENCODING, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_TYPE, ETAG, IF_NONE_MATCH, VARY};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::Response;
use bytes::Bytes;
use sha2::{Digest, Sha256};

/// One finished page.
#[derive(Debug)]
pub struct CachedPage {
    html: Bytes,
    /// Made when the first browser asks that takes it.
    brotli: OnceLock<Bytes>,
    etag: HeaderValue,
}

/// Finished pages up to a number of bytes; when it is full, the older half goes.
#[derive(Debug)]
pub struct PageCache {
    most_bytes: usize,
    generations: Mutex<Generations>,
}

#[derive(Debug, Default)]
struct Generations {
    young: HashMap<String, Arc<CachedPage>>,
    old: HashMap<String, Arc<CachedPage>>,
    young_bytes: usize,
}

impl PageCache {
    /// A cache of at most `most_bytes` (pages, their compressed forms and their keys).
    pub fn new(most_bytes: usize) -> Self {
        Self { most_bytes, generations: Mutex::default() }
    }

    /// The page under this key, if it was made before.
    pub fn find(&self, key: &str) -> Option<Arc<CachedPage>> {
        let mut generations = self.generations.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
        if let Some(page) = generations.young.get(key) {
            return Some(page.clone());
        }
        let page = generations.old.remove(key)?;
        self.insert_into(&mut generations, key.to_owned(), page.clone());
        Some(page)
    }

    /// Keeps a page under the key and hands it back ready to be answered.
    pub fn insert(&self, key: String, html: String) -> Arc<CachedPage> {
        let page = Arc::new(CachedPage::new(html));
        let mut generations = self.generations.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
        self.insert_into(&mut generations, key, page.clone());
        page
    }

    fn insert_into(&self, generations: &mut Generations, key: String, page: Arc<CachedPage>) {
        // The compressed form takes less than half of the page.
        let bytes = key.len() + page.html.len() * 3 / 2;
        if generations.young_bytes + bytes > self.most_bytes / 2 {
            generations.old = std::mem::take(&mut generations.young);
            generations.young_bytes = 0;
        }
        generations.young_bytes += bytes;
        generations.young.insert(key, page);
    }
}

impl CachedPage {
    fn new(html: String) -> Self {
        let digest = Sha256::digest(html.as_bytes());
        let short: String = digest[..12].iter().map(|byte| format!("{byte:02x}")).collect();
        let etag = HeaderValue::from_str(&format!("\"{short}\"")).expect("hex is a valid header value");
        Self { brotli: OnceLock::new(), html: Bytes::from(html), etag }
    }

    /// The answer to a request with these headers: compressed where the browser takes it, 304 where it has it already.
    pub fn respond(&self, request: &HeaderMap) -> Response {
        let brotli = takes_brotli(request);
        let fresh = request.get(IF_NONE_MATCH).is_some_and(|known| known == self.etag);
        let mut response = match (fresh, brotli) {
            (true, _) => Response::new(Body::empty()),
            (false, true) => Response::new(Body::from(self.brotli.get_or_init(|| compress(&self.html)).clone())),
            (false, false) => Response::new(Body::from(self.html.clone())),
        };
        if fresh {
            *response.status_mut() = StatusCode::NOT_MODIFIED;
        }
        let headers = response.headers_mut();
        headers.insert(CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8"));
        headers.insert(ETAG, self.etag.clone());
        headers.insert(CACHE_CONTROL, HeaderValue::from_static("private, no-cache"));
        headers.insert(VARY, HeaderValue::from_static("cookie, accept-encoding"));
        if brotli && !fresh {
            headers.insert(CONTENT_ENCODING, HeaderValue::from_static("br"));
        }
        response
    }
}

/// Whether the browser that sent these headers takes brotli.
pub(crate) fn takes_brotli(request: &HeaderMap) -> bool {
    let value = request.get(ACCEPT_ENCODING).and_then(|value| value.to_str().ok());
    value.is_some_and(|value| value.split(',').any(|coding| coding.trim().split(';').next() == Some("br")))
}

fn compress(html: &[u8]) -> Bytes {
    let mut compressed = Vec::with_capacity(html.len() / 4);
    // Pages are small: a window of 256 KiB instead of 4 MiB, which would have to be cleared for each of them.
    let size_hint = html.len();
    let parameters = brotli::enc::BrotliEncoderParams { quality: 5, lgwin: 18, size_hint, ..Default::default() };
    brotli::BrotliCompress(&mut &html[..], &mut compressed, &parameters).expect("writing to memory cannot fail");
    Bytes::from(compressed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_full_cache_forgets_the_older_half_and_stays_bounded() {
        let cache = PageCache::new(20_000);
        for number in 0..200 {
            cache.insert(format!("/thu-tuc/{number}"), format!("{number:0>1000}"));
        }
        assert!(cache.find("/thu-tuc/199").is_some());
        assert!(cache.find("/thu-tuc/0").is_none());
        let generations = cache.generations.lock().expect("not poisoned");
        assert!(generations.young.len() + generations.old.len() <= 20);
    }

    #[test]
    fn a_known_page_is_not_sent_again() {
        let cache = PageCache::new(20_000);
        let page = cache.insert("/".into(), "<!doctype html>".repeat(50));
        let mut request = HeaderMap::new();
        request.insert(ACCEPT_ENCODING, HeaderValue::from_static("gzip, br"));
        let first = page.respond(&request);
        assert_eq!(first.headers()[CONTENT_ENCODING], "br");
        request.insert(IF_NONE_MATCH, first.headers()[ETAG].clone());
        assert_eq!(page.respond(&request).status(), StatusCode::NOT_MODIFIED);
    }
}

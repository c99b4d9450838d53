//! The headers of tus 1.0, by which programs send large files in pieces (https://tus.io/protocols/resumable-upload).

use std::collections::BTreeMap;
use std::time::{Duration, UNIX_EPOCH};

use axum::response::{IntoResponse, Response};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use domain::time::Instant;
use http::header::{CONTENT_TYPE, HeaderName};
use http::{HeaderMap, HeaderValue, Method, StatusCode};
use usecases::uploads::{Checksum, Progress};

/// The version that is spoken.
const VERSION: HeaderValue = HeaderValue::from_static("1.0.0");
const EXTENSIONS: HeaderValue =
    HeaderValue::from_static("creation,creation-with-upload,termination,checksum,expiration");
const ALGORITHMS: HeaderValue = HeaderValue::from_static("sha1,sha256");
/// The kind of every piece.
const PIECE: &str = "application/offset+octet-stream";

const RESUMABLE: HeaderName = HeaderName::from_static("tus-resumable");
const SPOKEN: HeaderName = HeaderName::from_static("tus-version");
const EXTENSION: HeaderName = HeaderName::from_static("tus-extension");
const MAX_SIZE: HeaderName = HeaderName::from_static("tus-max-size");
const ALGORITHM: HeaderName = HeaderName::from_static("tus-checksum-algorithm");
const OFFSET: HeaderName = HeaderName::from_static("upload-offset");
const LENGTH: HeaderName = HeaderName::from_static("upload-length");
const METADATA: HeaderName = HeaderName::from_static("upload-metadata");
const CHECKSUM: HeaderName = HeaderName::from_static("upload-checksum");
const EXPIRES: HeaderName = HeaderName::from_static("upload-expires");
const OVERRIDE: HeaderName = HeaderName::from_static("x-http-method-override");

/// The most bytes of what a sender says of a file.
const MOST_METADATA: usize = 4096;

/// What is wrong with a request before its bytes are looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TusError {
    /// It speaks another version, or none.
    #[error("the request speaks another version of tus")]
    Version,
    /// A header is missing or cannot be read.
    #[error("the header {0} is missing or cannot be read")]
    Header(&'static str),
    /// Its body is no piece of a file.
    #[error("the body is not {PIECE}")]
    Kind,
}

impl TusError {
    /// The status by which tus tells it.
    pub fn status(self) -> StatusCode {
        match self {
            Self::Version => StatusCode::PRECONDITION_FAILED,
            Self::Header(_) => StatusCode::BAD_REQUEST,
            Self::Kind => StatusCode::UNSUPPORTED_MEDIA_TYPE,
        }
    }
}

/// What a sender says of a file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Metadata {
    /// As it was written.
    pub raw: String,
    values: BTreeMap<String, String>,
}

impl Metadata {
    /// The value of this name; empty when it was not said.
    pub fn value(&self, name: &str) -> &str {
        self.values.get(name).map(String::as_str).unwrap_or_default()
    }

    /// Reads pairs of a name and its value in Base64: `filename Z2lheS5wZGY=,component ZmlsZS0x`.
    ///
    /// # Errors
    /// When it is too long, or a name comes twice, or a value is not Base64 of UTF-8.
    pub fn parse(raw: &str) -> Result<Self, TusError> {
        const WRONG: TusError = TusError::Header("Upload-Metadata");
        if raw.len() > MOST_METADATA {
            return Err(WRONG);
        }
        let mut values = BTreeMap::new();
        for pair in raw.split(',').map(str::trim).filter(|pair| !pair.is_empty()) {
            let (name, value) = pair.split_once(' ').unwrap_or((pair, ""));
            let value = STANDARD.decode(value.trim()).map_err(|_| WRONG)?;
            let value = String::from_utf8(value).map_err(|_| WRONG)?;
            if values.insert(name.to_owned(), value).is_some() {
                return Err(WRONG);
            }
        }
        Ok(Self { raw: raw.to_owned(), values })
    }
}

/// Refuses a request that speaks another version.
///
/// # Errors
/// [`TusError::Version`].
pub fn check_version(headers: &HeaderMap) -> Result<(), TusError> {
    if headers.get(RESUMABLE) == Some(&VERSION) { Ok(()) } else { Err(TusError::Version) }
}

/// Refuses a body that is no piece of a file.
///
/// # Errors
/// [`TusError::Kind`].
pub fn check_kind(headers: &HeaderMap) -> Result<(), TusError> {
    if is_piece(headers) { Ok(()) } else { Err(TusError::Kind) }
}

/// Whether the body is a piece of a file.
pub fn is_piece(headers: &HeaderMap) -> bool {
    headers.get(CONTENT_TYPE).is_some_and(|kind| kind.as_bytes().eq_ignore_ascii_case(PIECE.as_bytes()))
}

/// How many bytes the whole file has.
///
/// # Errors
/// [`TusError::Header`].
pub fn length(headers: &HeaderMap) -> Result<u64, TusError> {
    number(headers, &LENGTH).ok_or(TusError::Header("Upload-Length"))
}

/// Where a piece begins.
///
/// # Errors
/// [`TusError::Header`].
pub fn offset(headers: &HeaderMap) -> Result<u64, TusError> {
    number(headers, &OFFSET).ok_or(TusError::Header("Upload-Offset"))
}

/// What the sender says of the file; nothing when there is no such header.
///
/// # Errors
/// [`TusError::Header`].
pub fn metadata(headers: &HeaderMap) -> Result<Metadata, TusError> {
    match only(headers, &METADATA) {
        Ok(None) => Ok(Metadata::default()),
        Ok(Some(raw)) => Metadata::parse(raw),
        Err(()) => Err(TusError::Header("Upload-Metadata")),
    }
}

/// What the bytes of a piece must give: `sha256 3q2+7w==`.
///
/// # Errors
/// [`TusError::Header`], also for an algorithm that is not known.
pub fn checksum(headers: &HeaderMap) -> Result<Option<Checksum>, TusError> {
    const WRONG: TusError = TusError::Header("Upload-Checksum");
    let Some(raw) = only(headers, &CHECKSUM).map_err(|()| WRONG)? else { return Ok(None) };
    let (algorithm, digest) = raw.split_once(' ').ok_or(WRONG)?;
    let digest = STANDARD.decode(digest.trim()).map_err(|_| WRONG)?;
    match algorithm {
        "sha1" => Ok(Some(Checksum::Sha1(digest.try_into().map_err(|_| WRONG)?))),
        "sha256" => Ok(Some(Checksum::Sha256(digest.try_into().map_err(|_| WRONG)?))),
        _ => Err(WRONG),
    }
}

/// What a post stands for, for senders whose network lets nothing else through.
pub fn meant_method(headers: &HeaderMap) -> Option<Method> {
    Method::from_bytes(headers.get(OVERRIDE)?.as_bytes()).ok()
}

/// What is spoken here, for whoever asks.
pub fn abilities(limit_bytes: u64) -> Response {
    let mut response = answer(StatusCode::NO_CONTENT);
    let headers = response.headers_mut();
    headers.insert(SPOKEN, VERSION);
    headers.insert(EXTENSION, EXTENSIONS);
    headers.insert(ALGORITHM, ALGORITHMS);
    headers.insert(MAX_SIZE, HeaderValue::from(limit_bytes));
    response
}

/// An answer without a body.
pub fn answer(status: StatusCode) -> Response {
    with_version(status.into_response())
}

/// Any answer, with the version that is spoken.
pub fn with_version(mut response: Response) -> Response {
    let is_other = response.status() == StatusCode::PRECONDITION_FAILED;
    let headers = response.headers_mut();
    headers.insert(RESUMABLE, VERSION);
    if is_other {
        headers.insert(SPOKEN, VERSION);
    }
    response
}

/// How far a file has come.
pub fn tell(status: StatusCode, progress: &Progress) -> Response {
    let mut response = answer(status);
    let headers = response.headers_mut();
    headers.insert(OFFSET, HeaderValue::from(progress.offset));
    if !progress.is_attached
        && let Ok(value) = HeaderValue::from_str(&http_date(progress.expires_at))
    {
        headers.insert(EXPIRES, value);
    }
    response
}

/// The same with what was said when it began, for whoever comes back.
pub fn tell_all(progress: &Progress) -> Response {
    let mut response = tell(StatusCode::OK, progress);
    let headers = response.headers_mut();
    headers.insert(LENGTH, HeaderValue::from(progress.size));
    if let Ok(value) = HeaderValue::from_str(&progress.metadata)
        && !progress.metadata.is_empty()
    {
        headers.insert(METADATA, value);
    }
    response
}

/// Why a file or a piece is not taken, as a problem document (RFC 9457) whose `detail` is a sentence for the person.
pub fn refuse(status: StatusCode, sentence: &str) -> Response {
    let title = status.canonical_reason().unwrap_or("Checksum Mismatch");
    let document = serde_json::json!({
        "type": "about:blank", "title": title, "status": status.as_u16(), "detail": sentence,
    });
    with_version((status, [(CONTENT_TYPE, "application/problem+json")], document.to_string()).into_response())
}

/// A whole number written in digits alone, at most once.
fn number(headers: &HeaderMap, name: &HeaderName) -> Option<u64> {
    let text = only(headers, name).ok()??;
    let digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    if digits { text.parse().ok() } else { None }
}

/// The value of a header that may come once.
fn only<'h>(headers: &'h HeaderMap, name: &HeaderName) -> Result<Option<&'h str>, ()> {
    let mut values = headers.get_all(name).iter();
    match (values.next(), values.next()) {
        (None, _) => Ok(None),
        (Some(value), None) => value.to_str().map(Some).map_err(|_| ()),
        _ => Err(()),
    }
}

/// RFC 9110, 5.6.7.
fn http_date(at: Instant) -> String {
    let millis = u64::try_from(at.as_millis()).unwrap_or_default();
    httpdate::fmt_http_date(UNIX_EPOCH + Duration::from_millis(millis))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::{any, prop, proptest};

    use super::*;

    fn headers(pairs: &[(&'static str, &str)]) -> HeaderMap {
        let pairs = pairs.iter().map(|(name, value)| {
            (HeaderName::from_static(name), HeaderValue::from_str(value).expect("a header value"))
        });
        let mut headers = HeaderMap::new();
        for (name, value) in pairs {
            headers.append(name, value);
        }
        headers
    }

    #[test]
    fn numbers_are_digits_and_nothing_else() {
        let cases = [
            ("0", Some(0)),
            ("18446744073709551615", Some(u64::MAX)),
            ("007", Some(7)),
            ("18446744073709551616", None),
            ("-1", None),
            ("+1", None),
            ("1.5", None),
            ("1e3", None),
            ("0x10", None),
            ("", None),
            ("1 2", None),
        ];
        for (text, expected) in cases {
            assert_eq!(length(&headers(&[("upload-length", text)])).ok(), expected, "{text:?}");
            assert_eq!(offset(&headers(&[("upload-offset", text)])).ok(), expected, "{text:?}");
        }
        assert!(length(&headers(&[("upload-length", "1"), ("upload-length", "1")])).is_err());
        assert!(length(&HeaderMap::new()).is_err());
    }

    #[test]
    fn metadata_is_read_as_the_standard_writes_it() {
        let given = "filename Z2nhuqV5LnBkZg==,component ZmlsZS0x,is_confidential";
        let metadata = Metadata::parse(given).unwrap();
        let read = ["filename", "component", "is_confidential", "other"].map(|name| metadata.value(name));
        assert_eq!((read, metadata.raw.as_str()), (["giấy.pdf", "file-1", "", ""], given));
        for wrong in ["a !", "a YQ==,a YQ==", "a /w==", "a YQ", &format!("a {}", "YWFh".repeat(2_000))] {
            assert!(Metadata::parse(wrong).is_err(), "{wrong:?}");
        }
        assert_eq!(Metadata::parse("").unwrap(), Metadata::default());
    }

    #[test]
    fn checksums_have_the_length_of_their_algorithm() {
        let sha256 = format!("sha256 {}", STANDARD.encode([7; 32]));
        let sha1 = format!("sha1 {}", STANDARD.encode([7; 20]));
        assert_eq!(checksum(&headers(&[("upload-checksum", &sha256)])), Ok(Some(Checksum::Sha256([7; 32]))));
        assert_eq!(checksum(&headers(&[("upload-checksum", &sha1)])), Ok(Some(Checksum::Sha1([7; 20]))));
        assert_eq!(checksum(&HeaderMap::new()), Ok(None));
        for wrong in ["sha256", "sha256 ", "md5 1B2M2Y8AsgTpgAmY7PhCfg==", &sha1.replace("sha1", "sha256"), "sha1 !"] {
            assert!(checksum(&headers(&[("upload-checksum", wrong)])).is_err(), "{wrong:?}");
        }
    }

    #[test]
    fn times_are_written_as_http_wants_them() {
        assert_eq!(http_date(Instant::from_millis(784_111_777_000)), "Sun, 06 Nov 1994 08:49:37 GMT");
    }

    proptest! {
        #[test]
        fn no_header_makes_reading_panic(
            pairs in prop::collection::vec((0_usize..6, prop::collection::vec(any::<u8>(), 0..200)), 0..8),
        ) {
            let names = [RESUMABLE, LENGTH, OFFSET, METADATA, CHECKSUM, OVERRIDE];
            let mut headers = HeaderMap::new();
            for (name, bytes) in pairs {
                if let Ok(value) = HeaderValue::from_bytes(&bytes) {
                    headers.append(names[name].clone(), value);
                }
            }
            let _ = (check_version(&headers), length(&headers), offset(&headers), checksum(&headers));
            let _ = meant_method(&headers);
            if let Ok(metadata) = metadata(&headers) {
                // What was taken is given back as it came.
                assert!(HeaderValue::from_str(&metadata.raw).is_ok());
            }
        }

        #[test]
        fn what_is_written_is_read(pairs in prop::collection::btree_map("[a-z_]{1,12}", ".{0,40}", 0..6)) {
            let written: Vec<_> =
                pairs.iter().map(|(name, value)| format!("{name} {}", STANDARD.encode(value))).collect();
            let read = Metadata::parse(&written.join(",")).unwrap();
            for (name, value) in &pairs {
                assert_eq!(read.value(name), value);
            }
        }
    }
}

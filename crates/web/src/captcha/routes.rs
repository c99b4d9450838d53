//! `/ma-xac-nhan/{token}.png` and `.wav`: a captcha to look at and to listen to; never kept anywhere.

use axum::Router;
use axum::extract::{Path, State};
use axum::http::header::{ACCEPT_RANGES, CACHE_CONTROL, CONTENT_RANGE, CONTENT_TYPE, RANGE};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use domain::time::Instant;

use crate::errors::WebError;
use crate::portal::Portal;

use super::token::{Keys, Token};
use super::{picture, sound};

/// Under which pictures and sounds are found.
pub(super) const ADDRESS: &str = "/ma-xac-nhan";

/// Serves pictures and sounds of captchas.
pub fn router() -> Router<Portal> {
    Router::new().route("/ma-xac-nhan/{file}", get(show))
}

async fn show(
    State(portal): State<Portal>,
    Path(file): Path<String>,
    headers: HeaderMap,
) -> Result<Response, WebError> {
    answer(&Keys::of(&portal.settings().secret), &file, (portal.source().now)(), &headers)
}

/// The picture or the sound that the file's name asks for.
pub(super) fn answer(keys: &Keys, file: &str, now: Instant, headers: &HeaderMap) -> Result<Response, WebError> {
    let (name, kind) = file.rsplit_once('.').ok_or(WebError::NotFound)?;
    let token = keys.read(name, now).ok().filter(|token| !token.is_passed()).ok_or(WebError::NotFound)?;
    match kind {
        "png" => draw(keys, &token),
        "wav" => Ok(speak(keys, &token, headers)),
        _ => Err(WebError::NotFound),
    }
}

fn draw(keys: &Keys, token: &Token) -> Result<Response, WebError> {
    let png = picture::draw(&keys.digits(token), keys.chance(token, "picture")).map_err(WebError::internal)?;
    Ok(unkept("image/png", png).into_response())
}

/// Players ask for a part first, and some play nothing unless they get it.
fn speak(keys: &Keys, token: &Token, headers: &HeaderMap) -> Response {
    let wav = sound::speak(&keys.digits(token), keys.chance(token, "sound"));
    let asked = headers.get(RANGE).and_then(|value| value.to_str().ok());
    let Some((first, last)) = asked.and_then(|range| part_of(range, wav.len())) else {
        return ([(ACCEPT_RANGES, "bytes")], unkept("audio/wav", wav)).into_response();
    };
    let place = format!("bytes {first}-{last}/{}", wav.len());
    let part = unkept("audio/wav", wav[first..=last].to_vec());
    (StatusCode::PARTIAL_CONTENT, [(ACCEPT_RANGES, "bytes".to_owned()), (CONTENT_RANGE, place)], part).into_response()
}

fn unkept(kind: &'static str, bytes: Vec<u8>) -> impl IntoResponse {
    ([(CONTENT_TYPE, HeaderValue::from_static(kind)), (CACHE_CONTROL, HeaderValue::from_static("no-store"))], bytes)
}

/// First and last byte of a range such as `bytes=0-` or `bytes=100-199`. What is anything else gets the whole, which the
/// standard allows.
fn part_of(range: &str, length: usize) -> Option<(usize, usize)> {
    let (first, last) = range.strip_prefix("bytes=")?.split_once('-')?;
    let first: usize = first.parse().ok()?;
    let last =
        if last.is_empty() { length.checked_sub(1)? } else { last.parse::<usize>().ok()?.min(length.checked_sub(1)?) };
    (first <= last).then_some((first, last))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_part_can_be_asked_for() {
        let cases = [
            ("bytes=0-", Some((0, 99))),
            ("bytes=0-1", Some((0, 1))),
            ("bytes=50-1000", Some((50, 99))),
            ("bytes=100-", None),
            ("bytes=5-2", None),
            ("bytes=-5", None),
            ("bytes=0-1,4-5", None),
            ("bytes=99999999999999999999999-", None),
            ("items=0-1", None),
            ("", None),
        ];
        for (range, expected) in cases {
            assert_eq!(part_of(range, 100), expected, "{range}");
        }
        assert_eq!(part_of("bytes=0-", 0), None);
    }
}

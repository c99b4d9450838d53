//! Captchas for the gallery, which has no portal: made with a key that everybody knows, under addresses of their own.

use axum::extract::Path;
use axum::http::HeaderMap;
use axum::response::Response;
use domain::time::Instant;

use crate::errors::WebError;
use crate::secret::Secret;

use super::token::{Keys, Token};
use super::{Captcha, CaptchaPurpose, Difficulty, routes, written};

/// Under which the gallery's pictures and sounds are found.
pub(crate) const ADDRESS: &str = "/phong-cach/ma-xac-nhan";

/// In which state the gallery shows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum State {
    /// To be solved, as in the demonstration.
    Demonstration,
    /// To be solved, after many failures.
    Hard,
    /// Solved before.
    Passed,
}

/// A captcha in this state.
pub(crate) fn captcha(state: State) -> Captcha {
    let keys = keys();
    let (difficulty, handed_on) = match state {
        State::Demonstration => (Difficulty::after(0), 0),
        State::Hard => (Difficulty::after(3), 0),
        State::Passed => (Difficulty::after(0), 1),
    };
    let never = Instant::from_millis(i64::MAX / 2);
    let token = Token::new(CaptchaPurpose::new("gallery"), difficulty, handed_on, [2; 16], never);
    let answer = (state == State::Demonstration).then(|| written(&keys.digits(&token)));
    Captcha { address: ADDRESS, ..Captcha::of_token(&keys, &token, answer) }
}

/// Serves the pictures and sounds of the gallery.
pub(crate) async fn show(Path(file): Path<String>, headers: HeaderMap) -> Result<Response, WebError> {
    routes::answer(&keys(), &file, Instant::from_millis(0), &headers)
}

fn keys() -> Keys {
    Keys::of(&Secret::from_bytes([0; 32]))
}

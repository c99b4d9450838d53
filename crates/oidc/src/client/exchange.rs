//! Exchanging a code for tokens: the request, and what of the answer is taken.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use http::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE, HeaderValue};
use http::{Method, Request, Response};
use serde::Deserialize;
use url::form_urlencoded;

use crate::client::{MOST_BYTES, Pending, ProviderMetadata, Registration, protocol_word};
use crate::secret::Secret;

/// What a provider gave for a code.
#[derive(Debug)]
pub struct Tokens {
    /// Opens the claims.
    pub access_token: Secret,
    /// Says who it is; nothing of it is believed before it is read.
    pub id_token: Secret,
}

/// Why a provider gave nothing.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ExchangeError {
    /// It says why.
    #[error("the provider answers {0}")]
    Refused(String),
    /// It answers with another status.
    #[error("the provider answers with status {0}")]
    Status(u16),
    /// The answer has another form.
    #[error("an answer that cannot be read")]
    Malformed,
    /// It has no ID token: this is not OpenID Connect.
    #[error("an answer without an ID token")]
    NoIdToken,
}

#[derive(Deserialize)]
struct Answer {
    access_token: String,
    token_type: String,
    id_token: Option<String>,
}

#[derive(Deserialize)]
struct Refusal {
    error: String,
}

/// The request that exchanges the code.
pub fn token_request(
    registration: &Registration,
    metadata: &ProviderMetadata,
    pending: &Pending,
    code: &Secret,
) -> Request<Vec<u8>> {
    let mut form = form_urlencoded::Serializer::new(String::new());
    form.append_pair("grant_type", "authorization_code")
        .append_pair("code", code.as_str())
        .append_pair("redirect_uri", registration.redirect_uri.as_str())
        .append_pair("code_verifier", pending.verifier.as_str());
    let secret = registration.client_secret.as_ref();
    let in_header = secret.filter(|_| !metadata.wants_secret_in_form);
    if in_header.is_none() {
        form.append_pair("client_id", &registration.client_id);
        if let Some(secret) = secret {
            form.append_pair("client_secret", secret.as_str());
        }
    }
    let mut request = Request::new(form.finish().into_bytes());
    *request.method_mut() = Method::POST;
    *request.uri_mut() = metadata.token.as_str().parse().expect("an address is an address to both libraries");
    let headers = request.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/x-www-form-urlencoded"));
    headers.insert(ACCEPT, HeaderValue::from_static("application/json"));
    if let Some(secret) = in_header {
        headers.insert(AUTHORIZATION, basic(&registration.client_id, secret));
    }
    request
}

/// Reads the answer.
///
/// # Errors
/// When the provider refused, or answered something else.
pub fn read_tokens(answer: &Response<Vec<u8>>) -> Result<Tokens, ExchangeError> {
    let (status, body) = (answer.status().as_u16(), answer.body());
    if body.len() > MOST_BYTES {
        return Err(ExchangeError::Malformed);
    }
    if status != 200 {
        let refusal: Option<Refusal> = serde_json::from_slice(body).ok();
        let word = refusal.as_ref().and_then(|refusal| protocol_word(&refusal.error));
        return Err(word.map_or(ExchangeError::Status(status), |word| ExchangeError::Refused(word.to_owned())));
    }
    let answer: Answer = serde_json::from_slice(body).map_err(|_| ExchangeError::Malformed)?;
    if !answer.token_type.eq_ignore_ascii_case("bearer") || answer.access_token.is_empty() {
        return Err(ExchangeError::Malformed);
    }
    let id_token = answer.id_token.ok_or(ExchangeError::NoIdToken)?;
    Ok(Tokens { access_token: Secret::of(answer.access_token), id_token: Secret::of(id_token) })
}

// RFC 6749, 2.3.1: form-encoded, then as user and password.
fn basic(client_id: &str, secret: &Secret) -> HeaderValue {
    let encode = |text: &str| form_urlencoded::byte_serialize(text.as_bytes()).collect::<String>();
    let pair = format!("{}:{}", encode(client_id), encode(secret.as_str()));
    let mut value = HeaderValue::from_str(&format!("Basic {}", STANDARD.encode(pair)))
        .expect("base64 has no character that a header may not have");
    value.set_sensitive(true);
    value
}

#[cfg(test)]
mod tests {
    use super::*;

    fn judge(status: u16, body: &str) -> Result<(), ExchangeError> {
        let answer = Response::builder().status(status).body(body.as_bytes().to_vec()).unwrap();
        read_tokens(&answer).map(|_| ())
    }

    #[test]
    fn answers_of_all_kinds_are_told_apart() {
        use ExchangeError::{Malformed, NoIdToken, Refused, Status};
        let good = r#"{"access_token":"a","token_type":"Bearer","id_token":"i","expires_in":1,"x":[]}"#;
        let cases = [
            (200, good.to_owned(), Ok(())),
            (200, good.replace("Bearer", "bearer"), Ok(())),
            (200, good.replace("Bearer", "mac"), Err(Malformed)),
            (200, good.replace(r#""a""#, r#""""#), Err(Malformed)),
            (200, good.replace("id_token", "token"), Err(NoIdToken)),
            (200, r#"{"error":"invalid_grant"}"#.to_owned(), Err(Malformed)),
            (200, "<html>".to_owned(), Err(Malformed)),
            (200, " ".repeat(MOST_BYTES + 1), Err(Malformed)),
            (400, r#"{"error":"invalid_grant"}"#.to_owned(), Err(Refused("invalid_grant".to_owned()))),
            (400, r#"{"error":"<script>\n"}"#.to_owned(), Err(Status(400))),
            (401, good.to_owned(), Err(Status(401))),
            (302, good.to_owned(), Err(Status(302))),
            (500, "boom".to_owned(), Err(Status(500))),
        ];
        for (status, body, expected) in cases {
            assert_eq!(judge(status, &body), expected, "{status} {body:.80}");
        }
    }
}

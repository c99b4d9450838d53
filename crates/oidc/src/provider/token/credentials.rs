//! How a client says who it is: in the header, in the form, or without a secret; never in two ways at once.

use std::fmt;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use url::form_urlencoded;

use super::error::{TokenError, TokenErrorCode};
use crate::params::Params;
use crate::provider::{ClientId, RegisteredClient};

/// What a client has presented; nothing of it is believed before [`Credentials::prove`].
#[derive(Clone, PartialEq, Eq)]
pub struct Credentials {
    /// Who it says it is, to look it up.
    pub client: ClientId,
    secret: Option<String>,
    /// The secret as it stood in the header, when that reads otherwise: half of all clients do not encode theirs.
    as_written: Option<String>,
}

impl Credentials {
    /// Reads the header `Authorization`, if there is one, and the form.
    ///
    /// # Errors
    /// When there are none, several, or none that can be read.
    pub fn read(authorization: Option<&str>, form: &Params) -> Result<Self, TokenError> {
        let (id, secret) = (form.one("client_id")?, form.one("client_secret")?);
        let Some(header) = authorization else {
            let client = id.and_then(|id| ClientId::parse(id).ok()).ok_or(TokenError::invalid_client())?;
            return Ok(Self { client, secret: secret.map(str::to_owned), as_written: None });
        };
        if secret.is_some() {
            return Err(TokenError::of(TokenErrorCode::InvalidRequest, "the client proves itself in two ways"));
        }
        let (user, password) = read_basic(header).ok_or(TokenError::invalid_client())?;
        let client = ClientId::parse(&form_decode(&user)).map_err(|_| TokenError::invalid_client())?;
        if id.is_some_and(|id| id != client.as_str()) {
            return Err(TokenError::of(TokenErrorCode::InvalidRequest, "client_id names another client"));
        }
        Ok(Self { client, secret: Some(form_decode(&password)), as_written: Some(password) })
    }

    /// Whether they prove this client, which was looked up by [`Credentials::client`]; `None` when there is no such client.
    ///
    /// # Errors
    /// When they do not; the answer is the same for a client that does not exist.
    pub fn prove<'c>(&self, client: Option<&'c RegisteredClient>) -> Result<&'c RegisteredClient, TokenError> {
        let is_met = |client: &RegisteredClient| {
            let is_written =
                self.as_written.as_deref().is_some_and(|secret| client.authentication.is_met_by(Some(secret)));
            is_written || client.authentication.is_met_by(self.secret.as_deref())
        };
        let proved = client.filter(|client| client.id == self.client && is_met(client));
        proved.ok_or(TokenError::invalid_client())
    }
}

fn read_basic(header: &str) -> Option<(String, String)> {
    let (scheme, encoded) = header.split_once(' ')?;
    if !scheme.eq_ignore_ascii_case("basic") {
        return None;
    }
    let decoded = String::from_utf8(STANDARD.decode(encoded.trim()).ok()?).ok()?;
    let (user, password) = decoded.split_once(':')?;
    Some((user.to_owned(), password.to_owned()))
}

// RFC 6749, 2.3.1: name and secret are form-encoded before they become user and password.
fn form_decode(text: &str) -> String {
    // A secret that its owner did not encode may hold `&` and `=`; then it must be read as it stands.
    let mut pairs = form_urlencoded::parse(text.as_bytes());
    match (pairs.next(), pairs.next()) {
        (Some((decoded, value)), None) if value.is_empty() && !text.contains(['=', '&']) => decoded.into_owned(),
        _ => text.to_owned(),
    }
}

impl fmt::Debug for Credentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Credentials({})", self.client)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn basic(text: &str) -> String {
        format!("Basic {}", STANDARD.encode(text))
    }

    fn read(header: Option<&str>, form: &str) -> Result<(String, Option<String>), TokenErrorCode> {
        let read = Credentials::read(header, &Params::parse(form).unwrap());
        read.map(|given| (given.client.to_string(), given.secret)).map_err(|error| error.code)
    }

    fn is(id: &str, secret: Option<&str>) -> Result<(String, Option<String>), TokenErrorCode> {
        Ok((id.to_owned(), secret.map(str::to_owned)))
    }

    #[test]
    fn clients_say_who_they_are_in_one_of_three_ways() {
        assert_eq!(read(Some(&basic("a:s")), ""), is("a", Some("s")));
        assert_eq!(read(Some(&basic("a:s")), "client_id=a"), is("a", Some("s")));
        assert_eq!(read(Some(&basic("a:s%2Bt+u:v")), ""), is("a", Some("s+t u:v")));
        assert_eq!(read(Some(&basic("a:s=&t")), ""), is("a", Some("s=&t")));
        assert_eq!(read(Some(&basic("a:")), ""), is("a", Some("")));
        assert_eq!(read(Some(&format!("bAsIc {}", STANDARD.encode("a:s"))), ""), is("a", Some("s")));
        assert_eq!(read(None, "client_id=a&client_secret=s%26"), is("a", Some("s&")));
        assert_eq!(read(None, "client_id=a"), is("a", None));
        assert_eq!(read(None, "client_id=a&client_secret="), is("a", None));
    }

    #[test]
    fn a_secret_counts_as_it_is_written_and_as_it_is_meant() {
        let secret = crate::Secret::of("a+b/c=%41");
        let client = RegisteredClient {
            authentication: crate::provider::ClientAuthentication::by(&secret),
            ..crate::samples::registered()
        };
        let proves = |password: &str| {
            let header = basic(&format!("{}:{password}", client.id));
            Credentials::read(Some(&header), &Params::default()).unwrap().prove(Some(&client)).is_ok()
        };
        assert!(proves("a+b/c=%41") && proves("a%2Bb%2Fc%3D%2541"));
        for wrong in ["", "a b/c=A", "a+b/c=A", "a%2Bb%2Fc%3D%41", "a+b/c=%41 "] {
            assert!(!proves(wrong), "{wrong}");
        }
    }

    #[test]
    fn everything_else_is_refused() {
        use TokenErrorCode::{InvalidClient, InvalidRequest};
        let own = basic("a:s");
        let latin = format!("Basic {}", STANDARD.encode(b"a:\xff"));
        let cases = [
            (None, "", InvalidClient),
            (None, "client_secret=s", InvalidClient),
            (None, "client_id=a%20b&client_secret=s", InvalidClient),
            (None, "client_id=a&client_id=a", InvalidRequest),
            (None, "client_id=a&client_secret=s&client_secret=t", InvalidRequest),
            (Some(own.as_str()), "client_secret=s", InvalidRequest),
            (Some(own.as_str()), "client_id=b", InvalidRequest),
            (Some("Bearer abc"), "client_id=a", InvalidClient),
            (Some("Basic"), "client_id=a", InvalidClient),
            (Some("Basic !!!"), "", InvalidClient),
            (Some("Basic YQ=="), "", InvalidClient),
            (Some(latin.as_str()), "", InvalidClient),
        ];
        for (header, form, expected) in cases {
            assert_eq!(read(header, form), Err(expected), "{header:?} {form}");
        }
    }

    #[test]
    fn logs_do_not_show_the_secret() {
        let given = Credentials::read(None, &Params::parse("client_id=a&client_secret=geheim").unwrap()).unwrap();
        assert_eq!(format!("{given:?}"), "Credentials(a)");
    }
}

//! What a client offers in exchange for tokens: a code with its verifier, or a refresh token.

use std::fmt;

use super::credentials::Credentials;
use super::error::{TokenError, TokenErrorCode};
use crate::params::Params;
use crate::scope::Scopes;

/// A request for tokens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TokenRequest {
    /// Who it says it is.
    pub credentials: Credentials,
    /// What it offers.
    pub exchange: Exchange,
    /// Where the access token shall open something, when the client says so again (RFC 8707, 2.2).
    pub resource: Option<String>,
}

/// What is offered in exchange.
#[derive(Clone, PartialEq, Eq)]
pub enum Exchange {
    /// A code from the authorization endpoint.
    Code {
        /// The code.
        code: String,
        /// The address to which it was sent.
        redirect_uri: String,
        /// The secret behind its challenge.
        verifier: String,
    },
    /// A refresh token from an earlier answer.
    Refresh {
        /// The token.
        token: String,
        /// What the new access token shall open, when it is less.
        scopes: Option<Scopes>,
    },
}

impl TokenRequest {
    /// Reads the header `Authorization`, if there is one, and the form.
    ///
    /// # Errors
    /// When something is missing or repeated, or something else is offered.
    pub fn read(authorization: Option<&str>, form: &Params) -> Result<Self, TokenError> {
        let credentials = Credentials::read(authorization, form)?;
        let required = |name: &'static str, missing: &'static str| {
            form.one(name)?.map(str::to_owned).ok_or(TokenError::of(TokenErrorCode::InvalidRequest, missing))
        };
        let exchange = match required("grant_type", "grant_type is missing")?.as_str() {
            "authorization_code" => Exchange::Code {
                code: required("code", "code is missing")?,
                redirect_uri: required("redirect_uri", "redirect_uri is missing")?,
                verifier: required("code_verifier", "code_verifier is missing")?,
            },
            "refresh_token" => Exchange::Refresh {
                token: required("refresh_token", "refresh_token is missing")?,
                scopes: form.one("scope")?.map(Scopes::parse),
            },
            _ => {
                let description = "grant_type must be authorization_code or refresh_token";
                return Err(TokenError::of(TokenErrorCode::UnsupportedGrantType, description));
            }
        };
        Ok(Self { credentials, exchange, resource: form.one("resource")?.map(str::to_owned) })
    }
}

impl fmt::Debug for Exchange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Code { .. } => "Exchange::Code(****)",
            Self::Refresh { .. } => "Exchange::Refresh(****)",
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(form: &str) -> Result<Exchange, TokenErrorCode> {
        let form = Params::parse(&format!("client_id=a&{form}")).unwrap();
        TokenRequest::read(None, &form).map(|request| request.exchange).map_err(|error| error.code)
    }

    #[test]
    fn a_code_or_a_refresh_token_is_offered() {
        let code = "grant_type=authorization_code&code=c&redirect_uri=https%3A%2F%2Fx.vn%2F&code_verifier=v";
        let own = |text: &str| text.to_owned();
        let expected = Exchange::Code { code: own("c"), redirect_uri: own("https://x.vn/"), verifier: own("v") };
        assert_eq!(read(code), Ok(expected));
        let token = own("t");
        let less = Some(Scopes::parse("openid"));
        assert_eq!(read("grant_type=refresh_token&refresh_token=t"), Ok(Exchange::Refresh { token, scopes: None }));
        let expected = Exchange::Refresh { token: own("t"), scopes: less };
        assert_eq!(read("grant_type=refresh_token&refresh_token=t&scope=openid"), Ok(expected));
    }

    #[test]
    fn nothing_else_is_accepted() {
        use TokenErrorCode::{InvalidRequest, UnsupportedGrantType};
        let cases = [
            ("", InvalidRequest),
            ("grant_type=authorization_code", InvalidRequest),
            ("grant_type=authorization_code&code=c&redirect_uri=x", InvalidRequest),
            ("grant_type=authorization_code&code=c&code_verifier=v", InvalidRequest),
            ("grant_type=authorization_code&code=c&code=d&redirect_uri=x&code_verifier=v", InvalidRequest),
            ("grant_type=authorization_code&grant_type=refresh_token&refresh_token=t", InvalidRequest),
            ("grant_type=refresh_token", InvalidRequest),
            ("grant_type=password&username=a&password=b", UnsupportedGrantType),
            ("grant_type=client_credentials", UnsupportedGrantType),
            ("grant_type=implicit", UnsupportedGrantType),
            ("grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Ajwt-bearer&assertion=x", UnsupportedGrantType),
        ];
        for (form, expected) in cases {
            assert_eq!(read(form), Err(expected), "{form}");
        }
    }
}

//! The userinfo endpoint: how an access token is presented (RFC 6750), and what is said when it opens nothing.

/// The longest access token; those for other portals are signed and longer than our own.
const MOST_BYTES: usize = 4096;

/// Why an access token opens nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BearerError {
    /// None was presented.
    #[error("no access token")]
    Missing,
    /// It is presented in another way than in the header.
    #[error("an access token that is not presented in the header")]
    Malformed,
    /// It is unknown, expired or revoked.
    #[error("an access token that opens nothing")]
    Invalid,
}

/// The access token in the header `Authorization`. One in the address would end up in logs, so it is not looked for.
///
/// # Errors
/// When there is none, or something else.
pub fn bearer_token(authorization: Option<&str>) -> Result<&str, BearerError> {
    let header = authorization.ok_or(BearerError::Missing)?;
    let (scheme, token) = header.split_once(' ').ok_or(BearerError::Malformed)?;
    let token = token.trim();
    let is_token = !token.is_empty() && token.len() <= MOST_BYTES && token.bytes().all(|byte| byte.is_ascii_graphic());
    if scheme.eq_ignore_ascii_case("bearer") && is_token { Ok(token) } else { Err(BearerError::Malformed) }
}

impl BearerError {
    /// The status of the answer.
    pub const fn status(self) -> u16 {
        match self {
            Self::Missing | Self::Invalid => 401,
            Self::Malformed => 400,
        }
    }

    /// The header `WWW-Authenticate`. RFC 6750, 3.1: nothing is explained to whoever presented nothing.
    pub const fn challenge(self) -> &'static str {
        match self {
            Self::Missing => "Bearer realm=\"oidc\"",
            Self::Malformed => "Bearer realm=\"oidc\", error=\"invalid_request\"",
            Self::Invalid => "Bearer realm=\"oidc\", error=\"invalid_token\"",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_comes_in_the_header() {
        let long = format!("Bearer {}", "a".repeat(MOST_BYTES + 1));
        let cases = [
            (Some("Bearer abc"), Ok("abc")),
            (Some("bearer abc"), Ok("abc")),
            (None, Err(BearerError::Missing)),
            (Some(""), Err(BearerError::Malformed)),
            (Some("Bearer"), Err(BearerError::Malformed)),
            (Some("Bearer "), Err(BearerError::Malformed)),
            (Some("Bearer a b"), Err(BearerError::Malformed)),
            (Some("Bearer đ"), Err(BearerError::Malformed)),
            (Some("Basic YTpz"), Err(BearerError::Malformed)),
            (Some(long.as_str()), Err(BearerError::Malformed)),
        ];
        for (header, expected) in cases {
            assert_eq!(bearer_token(header), expected, "{header:?}");
        }
    }
}

//! Signing out on a client's wish (OpenID Connect RP-Initiated Logout): whether the person is asked, and where they go.

use crate::address::Issuer;
use crate::jose::JwkSet;
use crate::params::Params;
use crate::provider::id_token::Hint;
use crate::provider::{ClientId, RegisteredClient};

/// A client's wish that the person be signed out here too.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LogoutRequest {
    /// Whose wish it is, to look it up; without one the person goes nowhere afterwards.
    pub client: Option<ClientId>,
    hint: Option<Hint>,
    redirect_uri: Option<String>,
    state: Option<String>,
}

/// Why a wish is not followed. The person reads a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LogoutError {
    /// Something stands in it twice.
    #[error("a request that cannot be read")]
    Malformed,
    /// The token was given to another client than the one that is named.
    #[error("the token of another client")]
    OtherClient,
    /// The address is not registered for the client, or there is no client.
    #[error("an address that is not registered for the client")]
    UnknownRedirect,
}

impl LogoutRequest {
    /// Reads a wish. A token that is not ours, or too old for its key to be known, counts as absent: then the person is asked.
    ///
    /// # Errors
    /// When it cannot be read, or mixes two clients.
    pub fn read(params: &Params, keys: &JwkSet, issuer: &Issuer) -> Result<Self, LogoutError> {
        let one = |name| params.one(name).map_err(|_| LogoutError::Malformed);
        let hint = one("id_token_hint")?.and_then(|token| Hint::read(token, keys, issuer));
        let named = one("client_id")?;
        if let (Some(hint), Some(named)) = (&hint, named)
            && hint.client != named
        {
            return Err(LogoutError::OtherClient);
        }
        let client = hint.as_ref().map(|hint| hint.client.as_str()).or(named);
        Ok(Self {
            client: client.and_then(|id| ClientId::parse(id).ok()),
            redirect_uri: one("post_logout_redirect_uri")?.map(str::to_owned),
            state: one("state")?.map(str::to_owned),
            hint,
        })
    }

    /// Whether the wish surely comes from somebody who knows this person's session, so that nobody has to be asked.
    /// Otherwise any page on the web could sign people out.
    pub fn is_certain(&self, subject: &str) -> bool {
        self.hint.as_ref().is_some_and(|hint| hint.subject == subject)
    }

    /// Where the person goes afterwards, given the client of that name.
    ///
    /// # Errors
    /// When an address is asked for that is not registered for the client.
    pub fn destination(&self, client: Option<&RegisteredClient>) -> Result<Option<String>, LogoutError> {
        let Some(asked) = &self.redirect_uri else { return Ok(None) };
        let client = client.filter(|client| Some(&client.id) == self.client.as_ref());
        let address = client.and_then(|client| client.post_logout_redirect_uri(asked));
        let address = address.ok_or(LogoutError::UnknownRedirect)?;
        Ok(Some(address.with(&[("state", self.state.as_deref())])))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::jose::SigningKey;
    use crate::provider::IdToken;
    use crate::samples::{NOW, issuer, new_key, part, registered, sign_raw};
    use crate::{Assurance, Issuer, Secret};
    use serde_json::json;
    use url::form_urlencoded;

    const BACK: &str = "https://gialai.vidu.vn/da-ra";

    fn id_token(key: &SigningKey, issuer: &Issuer, client: &str) -> String {
        let token = IdToken {
            issuer,
            client: &ClientId::parse(client).unwrap(),
            subject: "nguoi-1",
            nonce: None,
            signed_in_at: NOW,
            assurance: Assurance::LoA2,
            session: "phien-1",
            access_token: &Secret::from_random([1; 32]),
        };
        token.sign(key, NOW).unwrap()
    }

    fn read(key: &SigningKey, pairs: &[(&str, &str)]) -> Result<LogoutRequest, LogoutError> {
        let query = form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish();
        let keys = [key.public().clone()].into_iter().collect();
        LogoutRequest::read(&Params::parse(&query).unwrap(), &keys, &issuer())
    }

    #[test]
    fn a_token_of_ours_makes_the_wish_certain_for_its_own_subject() {
        let (key, _) = new_key();
        let token = id_token(&key, &issuer(), "gia-lai");
        let wish =
            read(&key, &[("id_token_hint", &token), ("post_logout_redirect_uri", BACK), ("state", "a&b")]).unwrap();
        assert!(wish.is_certain("nguoi-1") && !wish.is_certain("nguoi-2"));
        assert_eq!(wish.destination(Some(&registered())).unwrap().unwrap(), format!("{BACK}?state=a%26b"));
    }

    #[test]
    fn without_a_token_of_ours_the_person_is_asked() {
        let (key, pkcs8) = new_key();
        let (evil, _) = new_key();
        let other_issuer = Issuer::parse("https://khac.vidu.vn").unwrap();
        let unsigned = format!("{}.{}.", part(&json!({ "alg": "none" })), part(&json!({ "sub": "nguoi-1" })));
        let claims = json!({ "iss": issuer(), "sub": "nguoi-1", "aud": "gia-lai", "sid": "x", "events": {} });
        let logout_token =
            sign_raw(&pkcs8, &format!("{}.{}", part(&json!({ "alg": "ES256", "typ": "logout+jwt" })), part(&claims)));
        let hints = [
            String::new(),
            "x".to_owned(),
            unsigned,
            id_token(&evil, &issuer(), "gia-lai"),
            id_token(&key, &other_issuer, "gia-lai"),
            logout_token,
        ];
        for hint in hints {
            let wish = read(&key, &[("id_token_hint", &hint), ("client_id", "gia-lai")]).unwrap();
            assert!(!wish.is_certain("nguoi-1"), "{hint}");
            assert_eq!(wish.destination(Some(&registered())), Ok(None));
        }
    }

    #[test]
    fn people_go_to_registered_addresses_of_the_client_only() {
        let (key, _) = new_key();
        for address in [
            "https://evil.example/",
            "//evil.example",
            "https://gialai.vidu.vn/da-ra/",
            "https://gialai.vidu.vn/da-ra?x",
            "https://gialai.vidu.vn/da-ra#",
            "https://gialai.vidu.vn@evil.example/da-ra",
            "javascript:alert(1)",
        ] {
            let wish = read(&key, &[("client_id", "gia-lai"), ("post_logout_redirect_uri", address)]).unwrap();
            assert_eq!(wish.destination(Some(&registered())), Err(LogoutError::UnknownRedirect), "{address}");
        }
        let wish = read(&key, &[("client_id", "khac"), ("post_logout_redirect_uri", BACK)]).unwrap();
        assert_eq!(wish.destination(Some(&registered())), Err(LogoutError::UnknownRedirect), "of another client");
        let wish = read(&key, &[("post_logout_redirect_uri", BACK)]).unwrap();
        assert_eq!(wish.destination(None), Err(LogoutError::UnknownRedirect), "of no client");
    }

    #[test]
    fn two_clients_are_not_mixed() {
        let (key, _) = new_key();
        let token = id_token(&key, &issuer(), "gia-lai");
        assert_eq!(read(&key, &[("id_token_hint", &token), ("client_id", "khac")]), Err(LogoutError::OtherClient));
        assert_eq!(read(&key, &[("client_id", "a"), ("client_id", "a")]), Err(LogoutError::Malformed));
    }
}

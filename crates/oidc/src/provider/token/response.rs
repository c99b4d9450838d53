//! What the token endpoint gives.

use serde_json::json;

use crate::scope::Scopes;
use crate::secret::Secret;

/// Fresh tokens. The answer that holds them must not be stored by anybody on the way.
#[derive(Debug)]
pub struct TokenResponse<'a> {
    /// Opens the person's claims, or what the portal has that it is for.
    pub access_token: &'a Secret,
    /// How long it does, in seconds.
    pub expires_in: i64,
    /// Gives fresh tokens later, when the person agreed to that.
    pub refresh_token: Option<&'a Secret>,
    /// Says who the person is, signed.
    pub id_token: &'a str,
    /// What the access token opens.
    pub scopes: &'a Scopes,
}

impl TokenResponse<'_> {
    /// The body of the answer.
    pub fn to_json(&self) -> String {
        let mut body = json!({
            "access_token": self.access_token.as_str(),
            "token_type": "Bearer",
            "expires_in": self.expires_in,
            "id_token": self.id_token,
            "scope": self.scopes.to_string(),
        });
        if let Some(token) = self.refresh_token {
            body["refresh_token"] = token.as_str().into();
        }
        body.to_string()
    }
}

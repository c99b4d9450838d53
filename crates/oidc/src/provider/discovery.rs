//! The document by which clients find everything: `/.well-known/openid-configuration`.

use serde_json::{Value, json};

use crate::address::Issuer;
use crate::assurance::Assurance;
use crate::jose::Algorithm;
use crate::scope::Scope;

/// Where the provider's endpoints are, as paths under the issuer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Endpoints {
    /// Where people are sent.
    pub authorization: &'static str,
    /// Where codes are exchanged.
    pub token: &'static str,
    /// Where claims are read.
    pub userinfo: &'static str,
    /// Where the keys are.
    pub jwks: &'static str,
    /// Where people sign out.
    pub end_session: &'static str,
}

/// The path of the document under the issuer.
pub const DISCOVERY_PATH: &str = "/.well-known/openid-configuration";

impl Endpoints {
    /// The document of this issuer.
    pub fn discovery(&self, issuer: &Issuer) -> String {
        let scopes: Vec<&str> = Scope::ALL.iter().map(|scope| scope.as_str()).collect();
        let levels: Vec<&str> = Assurance::ALL.iter().map(|level| level.as_str()).collect();
        let document: Value = json!({
            "issuer": issuer.as_str(),
            "authorization_endpoint": issuer.at(self.authorization),
            "token_endpoint": issuer.at(self.token),
            "userinfo_endpoint": issuer.at(self.userinfo),
            "jwks_uri": issuer.at(self.jwks),
            "end_session_endpoint": issuer.at(self.end_session),
            "scopes_supported": scopes,
            "response_types_supported": ["code"],
            "response_modes_supported": ["query"],
            "grant_types_supported": ["authorization_code", "refresh_token"],
            "acr_values_supported": levels,
            "subject_types_supported": ["public"],
            "id_token_signing_alg_values_supported": [Algorithm::Es256.as_str()],
            "token_endpoint_auth_methods_supported": ["client_secret_basic", "client_secret_post", "none"],
            "code_challenge_methods_supported": ["S256"],
            "prompt_values_supported": ["none", "login", "consent", "select_account"],
            "claim_types_supported": ["normal"],
            "claims_supported": CLAIMS,
            "ui_locales_supported": ["vi", "en"],
            "claims_parameter_supported": false,
            "request_parameter_supported": false,
            "request_uri_parameter_supported": false,
            "authorization_response_iss_parameter_supported": true,
            "backchannel_logout_supported": true,
            "backchannel_logout_session_supported": true,
        });
        document.to_string()
    }
}

const CLAIMS: &[&str] = &[
    "iss",
    "sub",
    "aud",
    "iat",
    "exp",
    "auth_time",
    "acr",
    "sid",
    "at_hash",
    "nonce",
    "name",
    "birthdate",
    "updated_at",
    "email",
    "email_verified",
    "phone_number",
    "phone_number_verified",
    "TechID",
    "HoVaTen",
    "NgayThangNamSinh",
    "LoaiTaiKhoan",
    "TenDoanhNghiep",
    "ThuDienTu",
    "SoDienThoai",
    "SoDinhDanh",
    "SoCMND",
    "MaSoThue",
    "loginIdp",
    "loAs",
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::provider::{Kind, Person};
    use crate::samples::{endpoints, issuer, person};
    use crate::scope::Scopes;

    #[test]
    fn every_claim_that_is_given_is_announced() {
        let person = Person {
            kind: Kind::Enterprise,
            tax_number: Some("5900000001".to_owned()),
            organisation: Some("Công ty Ví dụ".to_owned()),
            ..person()
        };
        let all: Scopes = Scope::ALL.into_iter().collect();
        for name in person.claims(&all).keys() {
            assert!(CLAIMS.contains(&name.as_str()), "{name}");
        }
    }

    #[test]
    fn the_document_names_everything_under_the_issuer() {
        let document: Value = serde_json::from_str(&endpoints().discovery(&issuer())).unwrap();
        assert_eq!(document["issuer"], "https://dvcqg.vidu.vn");
        for name in ["authorization", "token", "userinfo", "end_session"] {
            let address = document[format!("{name}_endpoint")].as_str().unwrap();
            assert!(address.starts_with("https://dvcqg.vidu.vn/oidc/"), "{address}");
        }
        assert_eq!(document["code_challenge_methods_supported"], json!(["S256"]), "plain is not offered");
        assert_eq!(document["id_token_signing_alg_values_supported"], json!(["ES256"]));
    }
}

//! What a provider says about itself, and whether it may.

use serde::Deserialize;
use url::Url;

use crate::address::{Issuer, secure_url};
use crate::client::MOST_BYTES;
use crate::provider::DISCOVERY_PATH;

/// Where a provider's endpoints are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProviderMetadata {
    pub(crate) issuer: Issuer,
    pub(crate) authorization: Url,
    pub(crate) token: Url,
    pub(crate) jwks: Url,
    pub(crate) userinfo: Option<Url>,
    pub(crate) end_session: Option<Url>,
    /// It names itself in its answers (RFC 9207): an answer without a name is not its.
    pub(crate) names_itself: bool,
    /// It wants the client's secret in the form.
    pub(crate) wants_secret_in_form: bool,
}

/// Why a provider's document is not believed.
#[derive(Debug, thiserror::Error)]
pub enum MetadataError {
    /// It is not such a document.
    #[error("not a document about a provider")]
    Malformed(#[source] Option<serde_json::Error>),
    /// It speaks of somebody else.
    #[error("the document of another issuer")]
    OtherIssuer,
    /// An endpoint could be read by others.
    #[error("the endpoint {0} is not safe")]
    Endpoint(&'static str),
    /// It does not offer the code flow.
    #[error("a provider without the code flow")]
    NoCodeFlow,
}

#[derive(Deserialize)]
struct Document {
    issuer: String,
    authorization_endpoint: String,
    token_endpoint: String,
    jwks_uri: String,
    userinfo_endpoint: Option<String>,
    end_session_endpoint: Option<String>,
    response_types_supported: Option<Vec<String>>,
    token_endpoint_auth_methods_supported: Option<Vec<String>>,
    #[serde(default)]
    authorization_response_iss_parameter_supported: bool,
}

impl ProviderMetadata {
    /// Where the document is.
    pub fn address(issuer: &Issuer) -> String {
        issuer.at(DISCOVERY_PATH)
    }

    /// Reads the document that was found under this issuer.
    ///
    /// # Errors
    /// When it names another issuer, or sends us or people to where others could read along.
    pub fn read(document: &[u8], issuer: &Issuer) -> Result<Self, MetadataError> {
        if document.len() > MOST_BYTES {
            return Err(MetadataError::Malformed(None));
        }
        let document: Document =
            serde_json::from_slice(document).map_err(|error| MetadataError::Malformed(Some(error)))?;
        // OpenID Connect Discovery, 4.3: letter by letter.
        if document.issuer != issuer.as_str() {
            return Err(MetadataError::OtherIssuer);
        }
        if document.response_types_supported.is_some_and(|types| types.iter().all(|name| name != "code")) {
            return Err(MetadataError::NoCodeFlow);
        }
        let endpoint = |name: &'static str, text: &str| endpoint(issuer, text).ok_or(MetadataError::Endpoint(name));
        let optional =
            |name: &'static str, text: &Option<String>| text.as_deref().map(|text| endpoint(name, text)).transpose();
        let methods = document.token_endpoint_auth_methods_supported;
        let offers = |method: &str| methods.as_ref().is_some_and(|methods| methods.iter().any(|name| name == method));
        Ok(Self {
            authorization: endpoint("authorization_endpoint", &document.authorization_endpoint)?,
            token: endpoint("token_endpoint", &document.token_endpoint)?,
            jwks: endpoint("jwks_uri", &document.jwks_uri)?,
            userinfo: optional("userinfo_endpoint", &document.userinfo_endpoint)?,
            end_session: optional("end_session_endpoint", &document.end_session_endpoint)?,
            names_itself: document.authorization_response_iss_parameter_supported,
            wants_secret_in_form: offers("client_secret_post") && !offers("client_secret_basic"),
            issuer: issuer.clone(),
        })
    }

    /// Who it is.
    pub fn issuer(&self) -> &Issuer {
        &self.issuer
    }
}

// A provider elsewhere cannot send us to our own machine: only one that is itself here may do without encryption.
fn endpoint(issuer: &Issuer, text: &str) -> Option<Url> {
    let url = secure_url(text).ok()?;
    let is_here = issuer.as_str().starts_with("http:");
    (url.scheme() == "https" || is_here).then_some(url)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::samples::{endpoints, issuer};
    use serde_json::{Value, json};

    fn judge(name: &str, value: Value) -> Result<ProviderMetadata, String> {
        let mut document: Value = serde_json::from_str(&endpoints().discovery(&issuer())).unwrap();
        document[name] = value;
        ProviderMetadata::read(document.to_string().as_bytes(), &issuer()).map_err(|error| error.to_string())
    }

    #[test]
    fn the_document_of_our_provider_is_believed() {
        let metadata = judge("extra", json!([1, { "a": null }])).unwrap();
        assert_eq!(metadata.issuer(), &issuer());
        assert!(metadata.names_itself && !metadata.wants_secret_in_form);
        assert!(
            judge("token_endpoint_auth_methods_supported", json!(["client_secret_post"])).unwrap().wants_secret_in_form
        );
        assert!(!judge("token_endpoint_auth_methods_supported", Value::Null).unwrap().wants_secret_in_form);
        assert_eq!(ProviderMetadata::address(&issuer()), "https://dvcqg.vidu.vn/.well-known/openid-configuration");
    }

    #[test]
    fn a_document_about_somebody_else_is_not() {
        for other in
            ["https://evil.example", "https://dvcqg.vidu.vn/", "https://DVCQG.vidu.vn", "http://dvcqg.vidu.vn", ""]
        {
            assert_eq!(judge("issuer", json!(other)).unwrap_err(), "the document of another issuer", "{other}");
        }
        assert_eq!(judge("issuer", json!(7)).unwrap_err(), "not a document about a provider");
    }

    #[test]
    fn an_endpoint_where_others_read_along_is_not() {
        for name in
            ["authorization_endpoint", "token_endpoint", "jwks_uri", "userinfo_endpoint", "end_session_endpoint"]
        {
            for address in
                ["http://dvcqg.vidu.vn/x", "http://127.0.0.1/x", "javascript:alert(1)", "/x", "file:///etc/passwd"]
            {
                let expected = format!("the endpoint {name} is not safe");
                assert_eq!(judge(name, json!(address)).unwrap_err(), expected, "{address}");
            }
        }
        let here = Issuer::parse("http://127.0.0.1:8000").unwrap();
        let document = endpoints().discovery(&here);
        assert!(ProviderMetadata::read(document.as_bytes(), &here).is_ok(), "the demonstration is on this machine");
    }

    #[test]
    fn a_provider_without_the_code_flow_is_of_no_use() {
        assert_eq!(
            judge("response_types_supported", json!(["id_token"])).unwrap_err(),
            "a provider without the code flow"
        );
        assert!(judge("response_types_supported", json!(["id_token", "code"])).is_ok());
    }

    #[test]
    fn what_is_no_document_is_refused() {
        let long = vec![b' '; MOST_BYTES + 1];
        for document in [&b""[..], b"{}", b"[]", b"<html>", b"\xff", &long] {
            assert!(matches!(ProviderMetadata::read(document, &issuer()), Err(MetadataError::Malformed(_))));
        }
    }
}

//! Requests to outside systems over HTTP: TLS by rustls with ring, no redirects, no ambient proxy, bounded answers.

use std::sync::Arc;
use std::time::Duration;

use reqwest::header::{CONTENT_TYPE, HeaderValue};
use reqwest::redirect::Policy;
use reqwest::{Client, ClientBuilder, RequestBuilder, StatusCode, Url};
use rustls::crypto::ring;
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::{self, PemObject};
use rustls::{ClientConfig, RootCertStore};
use serde::Serialize;
use tokio::time::timeout;

use crate::reason;
use crate::this_machine::is_this_machine;

/// No answer of an outside system is longer.
const MOST_ANSWER_BYTES: usize = 64 * 1024;
/// How long a connection is kept for the next request; below what servers usually keep theirs.
const IDLE: Duration = Duration::from_secs(20);

/// Why an outside system cannot be reached as configured.
#[derive(Debug, thiserror::Error)]
pub enum HttpError {
    /// The address is not one of the web.
    #[error("the address is not one that starts with http:// or https://")]
    Address,
    /// Keys and people's data would be readable on the way.
    #[error("only https:// keeps what is sent to another machine secret")]
    InClear,
    /// A key is empty, or has characters that cannot be sent.
    #[error("a key is empty or has characters that a key has not")]
    Key,
    /// The certificates to trust are not PEM.
    #[error("the certificates to trust cannot be read")]
    Pem(#[source] pem::Error),
    /// A certificate to trust is none, or TLS cannot be prepared.
    #[error("cannot prepare TLS")]
    Tls(#[source] rustls::Error),
    /// The client cannot be built.
    #[error("cannot prepare requests")]
    Client(#[source] reqwest::Error),
}

/// The beginning of every HTTP client in the program. `extra_roots` are certificates in PEM to trust beside the public
/// ones.
///
/// # Errors
/// When the certificates cannot be read.
pub fn client_builder(extra_roots: Option<&str>) -> Result<ClientBuilder, HttpError> {
    let mut roots = RootCertStore { roots: webpki_roots::TLS_SERVER_ROOTS.to_vec() };
    for certificate in CertificateDer::pem_slice_iter(extra_roots.unwrap_or_default().as_bytes()) {
        roots.add(certificate.map_err(HttpError::Pem)?).map_err(HttpError::Tls)?;
    }
    let tls = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .map_err(HttpError::Tls)?
        .with_root_certificates(roots)
        .with_no_client_auth();
    Ok(Client::builder().tls_backend_preconfigured(tls).redirect(Policy::none()).no_proxy().pool_idle_timeout(IDLE))
}

/// One address of an outside system that takes and gives JSON.
pub(crate) struct Endpoint {
    client: Client,
    url: Url,
    patience: Duration,
}

/// What the system answered.
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) body: Vec<u8>,
}

impl Endpoint {
    pub(crate) fn new(address: &str, extra_roots: Option<&str>, patience: Duration) -> Result<Self, HttpError> {
        let url = Url::parse(address).map_err(|_| HttpError::Address)?;
        match (url.scheme(), url.host_str()) {
            ("https", Some(_)) => {}
            ("http", Some(host)) if is_this_machine(host) => {}
            ("http", Some(_)) => return Err(HttpError::InClear),
            _ => return Err(HttpError::Address),
        }
        let client = client_builder(extra_roots)?.build().map_err(HttpError::Client)?;
        Ok(Self { client, url, patience })
    }

    /// Posts the question and reads the answer, whatever its status; else says what happened, without the address.
    ///
    /// May be dropped at any moment; whether the question arrived is then unknown.
    pub(crate) async fn post(&self, bearer: Option<&str>, question: &impl Serialize) -> Result<Answer, String> {
        let body = serde_json::to_vec(question).map_err(|error| error.to_string())?;
        let mut request = self.client.post(self.url.clone()).body(body);
        request = request.header(CONTENT_TYPE, HeaderValue::from_static("application/json"));
        if let Some(token) = bearer {
            request = request.bearer_auth(token);
        }
        self.send(request).await
    }

    /// Posts an encoded form under a name and a secret, as servers that give tokens want it (RFC 6749, 2.3.1).
    ///
    /// May be dropped at any moment.
    pub(crate) async fn post_form(&self, name: &str, secret: &str, form: &'static str) -> Result<Answer, String> {
        let request = self.client.post(self.url.clone()).basic_auth(name, Some(secret)).body(form);
        self.send(request.header(CONTENT_TYPE, HeaderValue::from_static("application/x-www-form-urlencoded"))).await
    }

    async fn send(&self, request: RequestBuilder) -> Result<Answer, String> {
        match timeout(self.patience, exchange(request)).await {
            Ok(answer) => answer,
            Err(_) => Err(format!("no answer within {} s", self.patience.as_secs_f32())),
        }
    }
}

async fn exchange(request: RequestBuilder) -> Result<Answer, String> {
    let mut response = request.send().await.map_err(reason_of)?;
    let mut body = Vec::new();
    while let Some(chunk) = response.chunk().await.map_err(reason_of)? {
        if body.len() + chunk.len() > MOST_ANSWER_BYTES {
            return Err(format!("the answer is longer than {MOST_ANSWER_BYTES} bytes"));
        }
        body.extend_from_slice(&chunk);
    }
    Ok(Answer { status: response.status(), body })
}

fn reason_of(error: reqwest::Error) -> String {
    reason::chain(&error.without_url())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_leave_this_machine_encrypted_only() {
        let endpoint = |address| Endpoint::new(address, None, Duration::from_secs(1));
        for address in ["https://rest.esms.vn", "http://127.0.0.1:8002", "http://localhost/x", "http://[::1]:80/"] {
            assert!(endpoint(address).is_ok(), "{address}");
        }
        for address in ["http://rest.esms.vn", "http://128.0.0.1", "http://localhost.vn"] {
            assert!(matches!(endpoint(address), Err(HttpError::InClear)), "{address}");
        }
        for address in ["", "rest.esms.vn", "ftp://127.0.0.1", "https://", "data:a", "/x"] {
            assert!(matches!(endpoint(address), Err(HttpError::Address)), "{address}");
        }
    }

    #[test]
    fn certificates_that_are_none_are_refused() {
        let broken = "-----BEGIN CERTIFICATE-----\n!\n-----END CERTIFICATE-----";
        assert!(matches!(client_builder(Some(broken)), Err(HttpError::Pem(_))));
        let empty = "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n";
        assert!(matches!(client_builder(Some(empty)), Err(HttpError::Tls(_))));
    }
}

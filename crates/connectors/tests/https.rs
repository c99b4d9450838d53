//! Questions over TLS: to a gateway that proves its name, and not to one that does not.

#![allow(clippy::unwrap_used, reason = "a test says what went wrong by panicking")]

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use connectors::SendError;
use connectors::sms::{OutgoingSms, SmsConfig, SmsGateway, SmsText};
use domain::codes::PhoneNumber;
use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, IsCa, KeyPair};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;
use tokio::task::JoinHandle;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::pki_types::PrivateKeyDer;

/// A server's certificate for `name`, and the authority that signed it, in PEM.
fn certified(name: &str) -> (TlsAcceptor, String) {
    let mut authority = CertificateParams::new(Vec::new()).unwrap();
    authority.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    let authority = CertifiedIssuer::self_signed(authority, KeyPair::generate().unwrap()).unwrap();
    let key = KeyPair::generate().unwrap();
    let certificate = CertificateParams::new(vec![name.to_owned()]).unwrap().signed_by(&key, &authority).unwrap();
    let config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![certificate.der().clone()], PrivateKeyDer::try_from(key.serialize_der()).unwrap())
        .unwrap();
    (TlsAcceptor::from(Arc::new(config)), authority.pem())
}

/// Answers one client, and says whether it got as far as asking.
async fn serve(acceptor: TlsAcceptor) -> (SocketAddr, JoinHandle<bool>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let asked = tokio::spawn(async move {
        let (stream, _) = listener.accept().await.unwrap();
        let Ok(mut stream) = acceptor.accept(stream).await else { return false };
        let mut request = [0; 4_096];
        let length = stream.read(&mut request).await.unwrap_or(0);
        let answer = b"HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-length: 20\r\n\r\n{\"CodeResult\":\"100\"}";
        let _ = stream.write_all(answer).await;
        let _ = stream.shutdown().await;
        length > 0
    });
    (address, asked)
}

async fn send(server: SocketAddr, extra_roots: Option<String>) -> Result<(), SendError> {
    let config = SmsConfig {
        name: "esms".to_owned(),
        base_url: format!("https://{server}"),
        api_key: "khoa".to_owned(),
        secret_key: "bi-mat".to_owned(),
        brandname: "MOTCUA".to_owned(),
        callback_url: None,
        extra_roots,
        timeout: Duration::from_secs(20),
    };
    let sms = OutgoingSms {
        to: PhoneNumber::parse("0912345678").unwrap(),
        text: SmsText::parse("Ma OTP la 123456").unwrap(),
        request_id: "viec-1".to_owned(),
    };
    SmsGateway::new(config).unwrap().send(&sms, None).await
}

#[tokio::test]
async fn a_gateway_that_proves_its_name_gets_the_text() {
    let (acceptor, authority) = certified("127.0.0.1");
    let (address, asked) = serve(acceptor).await;
    assert_eq!(send(address, Some(authority)).await, Ok(()));
    assert!(asked.await.unwrap());
}

#[tokio::test]
async fn a_gateway_that_proves_another_name_or_none_gets_nothing() {
    let (another_name, authority) = certified("rest.esms.example");
    let (unknown_authority, _) = certified("127.0.0.1");
    for (acceptor, roots) in [(another_name, Some(authority)), (unknown_authority, None)] {
        let (address, asked) = serve(acceptor).await;
        let sent = send(address, roots).await;
        assert!(matches!(&sent, Err(SendError::Retry { reason }) if reason.contains("certificate")), "{sent:?}");
        assert!(!asked.await.unwrap());
    }
}

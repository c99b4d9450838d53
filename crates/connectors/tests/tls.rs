//! Mails over TLS: to a server that proves its name, and not to one that does not.

#![allow(clippy::unwrap_used, reason = "a test says what went wrong by panicking")]

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use connectors::SendError;
use connectors::mail::{Mailer, OutgoingEmail, Security, SmtpConfig};
use domain::codes::EmailAddress;
use domain::time::Instant;
use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, IsCa, KeyPair};
use tokio::io::{AsyncBufReadExt, AsyncRead, AsyncWrite, AsyncWriteExt, BufReader};
use tokio::net::TcpListener;
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

/// Talks SMTP until the client leaves; returns the content of the mails.
async fn talk<S: AsyncRead + AsyncWrite + Unpin>(stream: S, greets: bool) -> Vec<String> {
    let mut stream = BufReader::new(stream);
    let mut mails = Vec::new();
    if greets {
        stream.write_all(b"220 hello\r\n").await.unwrap();
    }
    let mut line = String::new();
    loop {
        line.clear();
        if !stream.read_line(&mut line).await.is_ok_and(|length| length > 0) {
            return mails;
        }
        if line == "DATA\r\n" {
            stream.write_all(b"354 go\r\n").await.unwrap();
            let mut mail = String::new();
            while !mail.ends_with("\r\n.\r\n") {
                stream.read_line(&mut mail).await.unwrap();
            }
            mails.push(mail);
        }
        stream.write_all(b"250 fine\r\n").await.unwrap();
    }
}

/// One client over TLS, from the first byte or after STARTTLS.
async fn serve(acceptor: TlsAcceptor, security: Security) -> (SocketAddr, tokio::task::JoinHandle<Vec<String>>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let serving = tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.unwrap();
        if security == Security::StartTls {
            let mut stream = BufReader::new(&mut stream);
            stream.write_all(b"220 hello\r\n").await.unwrap();
            for reply in ["250-here\r\n250 STARTTLS\r\n", "220 go\r\n"] {
                stream.read_line(&mut String::new()).await.unwrap();
                stream.write_all(reply.as_bytes()).await.unwrap();
            }
        }
        match acceptor.accept(stream).await {
            Ok(stream) => talk(stream, security == Security::Tls).await,
            Err(_) => Vec::new(),
        }
    });
    (address, serving)
}

async fn send(server: SocketAddr, security: Security, extra_roots: Option<String>) -> Result<(), SendError> {
    let config = SmtpConfig {
        host: server.ip().to_string(),
        port: server.port(),
        security,
        user: None,
        password: None,
        extra_roots,
        from_name: "Một Cửa".to_owned(),
        from_address: EmailAddress::parse("khong-tra-loi@gialai.example").unwrap(),
        timeout: Duration::from_secs(20),
    };
    let email = OutgoingEmail {
        to: EmailAddress::parse("an@example.vn").unwrap(),
        subject: "a".to_owned(),
        text: "a secret".to_owned(),
        html: None,
        message_id: "viec-0001".to_owned(),
        reference: None,
        written_at: Instant::from_millis(0),
    };
    let mailer = Mailer::smtp(config).unwrap();
    let sent = mailer.send(&email).await;
    mailer.close().await;
    sent
}

#[tokio::test]
async fn a_server_that_proves_its_name_gets_the_mail() {
    for security in [Security::Tls, Security::StartTls] {
        let (acceptor, authority) = certified("127.0.0.1");
        let (address, serving) = serve(acceptor, security).await;
        send(address, security, Some(authority)).await.unwrap();
        let mails = serving.await.unwrap();
        assert_eq!(mails.len(), 1, "{security:?}");
        assert!(mails[0].contains("a secret"));
    }
}

#[tokio::test]
async fn a_server_that_proves_another_name_or_none_gets_nothing() {
    for security in [Security::Tls, Security::StartTls] {
        let (acceptor, authority) = certified("mail.example.vn");
        let (address, serving) = serve(acceptor, security).await;
        let sent = send(address, security, Some(authority)).await;
        assert!(matches!(sent, Err(SendError::Retry { .. })), "{security:?}: {sent:?}");
        assert!(serving.await.unwrap().is_empty());

        let (acceptor, _) = certified("127.0.0.1");
        let (address, serving) = serve(acceptor, security).await;
        let sent = send(address, security, None).await;
        assert!(matches!(sent, Err(SendError::Retry { .. })), "{security:?}: {sent:?}");
        assert!(serving.await.unwrap().is_empty());
    }
}

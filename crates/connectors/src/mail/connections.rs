//! Connections to the mail server: a few, kept open between mails, each used by one mail at a time.
//!
//! lettre has a pool of its own. It takes back a connection whose mail was given up half-way, so that the next mail reads
//! the answer to the one before; and it waits for ever for a server that falls silent. Here a connection comes back only
//! after a whole conversation, and whoever stops waiting drops it.

use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use lettre::transport::smtp::Error;
use lettre::transport::smtp::authentication::{Credentials, Mechanism};
use lettre::transport::smtp::client::{AsyncSmtpConnection, Certificate, TlsParameters};
use lettre::transport::smtp::commands::{Data, Mail, Rcpt, Rset};
use lettre::transport::smtp::extension::ClientId;
use tokio::net::TcpStream;
use tokio::sync::Semaphore;
use tokio::time::timeout;

use super::compose::Letter;
use super::refusal::{Refusal, Stage};
use super::{Security, SmtpConfig};

/// Mails under way at once; servers refuse those who come with many.
const MOST_CONNECTIONS: usize = 4;

/// The way to one mail server.
pub(crate) struct Connections {
    host: String,
    port: u16,
    hello: ClientId,
    protection: Protection,
    credentials: Option<Credentials>,
    patience: Duration,
    free: Semaphore,
    idle: Mutex<Vec<AsyncSmtpConnection>>,
}

enum Protection {
    None,
    StartTls(TlsParameters),
    Tls(TlsParameters),
}

impl Connections {
    pub(crate) fn new(config: SmtpConfig, domain: &str) -> Result<Self, Error> {
        let protection = match config.security {
            Security::None => Protection::None,
            Security::StartTls => Protection::StartTls(tls(&config)?),
            Security::Tls => Protection::Tls(tls(&config)?),
        };
        Ok(Self {
            host: config.host,
            port: config.port,
            hello: ClientId::Domain(domain.to_owned()),
            protection,
            credentials: config.user.zip(config.password).map(|(user, password)| Credentials::new(user, password)),
            patience: config.timeout,
            free: Semaphore::new(MOST_CONNECTIONS),
            idle: Mutex::default(),
        })
    }

    /// Hands over one mail.
    pub(crate) async fn deliver(&self, letter: &Letter) -> Result<(), Refusal> {
        let _permit = self.free.acquire().await.map_err(|_| Refusal::Closed)?;
        match timeout(self.patience, self.attempt(letter)).await {
            Ok(delivered) => delivered,
            Err(_) => Err(Refusal::TooSlow(self.patience)),
        }
    }

    /// May be dropped at any moment, and the connection with it.
    async fn attempt(&self, letter: &Letter) -> Result<(), Refusal> {
        let mut connection = match self.reuse().await {
            Some(connection) => connection,
            None => self.connect().await?,
        };
        let delivered = hand_over(&mut connection, letter).await;
        let is_usable = delivered.as_ref().err().is_none_or(Refusal::leaves_connection_usable);
        if is_usable {
            self.idle.lock().unwrap_or_else(PoisonError::into_inner).push(connection);
        }
        delivered
    }

    /// Says goodbye on every open connection.
    pub(crate) async fn close(&self) {
        while let Some(mut connection) = self.take_idle() {
            // A server that does not even answer a goodbye is left without one.
            let _ = timeout(self.patience / 4, connection.abort()).await;
        }
    }

    fn take_idle(&self) -> Option<AsyncSmtpConnection> {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner).pop()
    }

    /// A connection kept from earlier that still answers; RSET also clears what a refused mail left behind.
    async fn reuse(&self) -> Option<AsyncSmtpConnection> {
        while let Some(mut connection) = self.take_idle() {
            let answered = timeout(self.patience / 4, connection.command(Rset)).await;
            if matches!(answered, Ok(Ok(_))) {
                return Some(connection);
            }
        }
        None
    }

    async fn connect(&self) -> Result<AsyncSmtpConnection, Refusal> {
        let server = (self.host.as_str(), self.port);
        let mut connection = match &self.protection {
            Protection::None | Protection::StartTls(_) => self.connect_in_clear(server).await?,
            Protection::Tls(tls) => {
                let patience = Some(self.patience);
                AsyncSmtpConnection::connect_tokio1(server, patience, &self.hello, Some(tls.clone()), None)
                    .await
                    .map_err(at(Stage::Connect))?
            }
        };
        if let Protection::StartTls(tls) = &self.protection {
            connection.starttls(tls.clone(), &self.hello).await.map_err(at(Stage::Connect))?;
        }
        if let Some(credentials) = &self.credentials {
            let mechanisms = [Mechanism::Plain, Mechanism::Login];
            connection.auth(&mechanisms, credentials).await.map_err(at(Stage::SignIn))?;
        }
        Ok(connection)
    }

    /// Without Nagle's delay: lettre writes a mail in two parts, and the second would wait 40 ms for the first.
    async fn connect_in_clear(&self, server: (&str, u16)) -> Result<AsyncSmtpConnection, Refusal> {
        let stream = TcpStream::connect(server).await.map_err(Refusal::Unreachable)?;
        stream.set_nodelay(true).map_err(Refusal::Unreachable)?;
        AsyncSmtpConnection::connect_with_transport(Box::new(stream), &self.hello).await.map_err(at(Stage::Connect))
    }
}

async fn hand_over(connection: &mut AsyncSmtpConnection, letter: &Letter) -> Result<(), Refusal> {
    let mail = Mail::new(Some(letter.from.clone()), Vec::new());
    connection.command(mail).await.map_err(at(Stage::Sender))?;
    let recipient = Rcpt::new(letter.to.clone(), Vec::new());
    connection.command(recipient).await.map_err(at(Stage::Recipient))?;
    let ready = connection.command(Data).await.map_err(at(Stage::Content))?;
    if !ready.has_code(354) {
        return Err(Refusal::WrongReply { stage: Stage::Content });
    }
    let taken = connection.message(&letter.content).await.map_err(at(Stage::Content))?;
    // 250 alone says that the server answers for the mail from here on (RFC 5321, section 4.2.5).
    if !taken.has_code(250) {
        return Err(Refusal::WrongReply { stage: Stage::Content });
    }
    Ok(())
}

fn at(stage: Stage) -> impl Fn(Error) -> Refusal {
    move |error| Refusal::Smtp { stage, error }
}

fn tls(config: &SmtpConfig) -> Result<TlsParameters, Error> {
    let mut builder = TlsParameters::builder(config.host.clone());
    if let Some(roots) = &config.extra_roots {
        builder = builder.add_root_certificate(Certificate::from_pem(roots.as_bytes())?);
    }
    builder.build()
}

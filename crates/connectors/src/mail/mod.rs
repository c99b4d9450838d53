//! Mail by SMTP: one attempt at one mail, with an answer that a job can act on.

mod compose;
mod connections;
mod refusal;

use std::fmt;
use std::time::Duration;

use domain::codes::EmailAddress;
use domain::time::Instant;
use tracing::info;

use crate::SendError;
use crate::mail::compose::Sender;
use crate::mail::connections::Connections;
use crate::mail::refusal::Refusal;
use crate::this_machine::is_this_machine;

/// How the connection to the mail server is protected.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Security {
    /// Not at all: for a server on the same machine or in the same room.
    None,
    /// TLS after a first command; a server that does not offer it gets no mail.
    StartTls,
    /// TLS from the first byte.
    Tls,
}

/// How mail leaves.
#[derive(Clone)]
pub struct SmtpConfig {
    /// The mail server's name or address; with TLS its certificate must bear it.
    pub host: String,
    /// The mail server's port.
    pub port: u16,
    /// How the connection is protected.
    pub security: Security,
    /// The name to sign in with, together with `password`; neither for a server that asks for none.
    pub user: Option<String>,
    /// The password to sign in with.
    pub password: Option<String>,
    /// Certificates in PEM to trust beside the public ones, for a mail server that the province certifies itself.
    pub extra_roots: Option<String>,
    /// The name that recipients see.
    pub from_name: String,
    /// The address that recipients see and answer to.
    pub from_address: EmailAddress,
    /// How long one mail may take, from connecting to the server's last word.
    pub timeout: Duration,
}

impl fmt::Debug for SmtpConfig {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SmtpConfig")
            .field("host", &self.host)
            .field("port", &self.port)
            .field("security", &self.security)
            .field("signs_in", &self.user.is_some())
            .field("from_address", &self.from_address.as_str())
            .finish_non_exhaustive()
    }
}

/// Why a configuration cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum MailerError {
    /// A name without a password, or the other way round.
    #[error("the mail server's user and password go together")]
    HalfCredentials,
    /// The password would be readable on the way.
    #[error("a password is sent to another machine only with STARTTLS or TLS")]
    PasswordInClear,
    /// The sender's name is empty or has line breaks.
    #[error("the sender's name is not a line of text")]
    FromName,
    /// The sender's address is not one that mail servers take.
    #[error("the sender's address is not one that mail servers take")]
    FromAddress,
    /// The certificates to trust, or the host's name, cannot be used for TLS.
    #[error("cannot prepare TLS for the mail server")]
    Tls(#[source] lettre::transport::smtp::Error),
}

/// One mail to one person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutgoingEmail {
    /// Who gets it.
    pub to: EmailAddress,
    /// One line.
    pub subject: String,
    /// What it says, lines ended by `\n`.
    pub text: String,
    /// The same with formatting.
    pub html: Option<String>,
    /// The id of the job that sends it: up to 60 letters, digits, `.`, `-`, `_`. A second attempt has the same one, so
    /// that a mail server or a reader can tell that both are one mail.
    pub message_id: String,
    /// What it is about, such as a dossier code, in the same characters: mails about one thing are shown together.
    pub reference: Option<String>,
    /// When it was written.
    pub written_at: Instant,
}

/// Sends mail; one for the whole program, since it keeps connections open for the next mail.
pub struct Mailer {
    sender: Sender,
    connections: Connections,
}

impl Mailer {
    /// Prepares to send; connects only when there is a mail.
    ///
    /// # Errors
    /// When the configuration contradicts itself.
    pub fn smtp(config: SmtpConfig) -> Result<Self, MailerError> {
        if config.user.is_some() != config.password.is_some() {
            return Err(MailerError::HalfCredentials);
        }
        if config.password.is_some() && config.security == Security::None && !is_this_machine(&config.host) {
            return Err(MailerError::PasswordInClear);
        }
        let sender = Sender::new(&config.from_name, &config.from_address)?;
        let connections = Connections::new(config, sender.domain()).map_err(MailerError::Tls)?;
        Ok(Self { sender, connections })
    }

    /// Tries once to hand the mail to the server.
    ///
    /// May be dropped at any moment; whether the mail went out is then unknown, and no later mail suffers from it.
    ///
    /// # Errors
    /// Whether to try again or to give up, with the reason.
    pub async fn send(&self, email: &OutgoingEmail) -> Result<(), SendError> {
        let letter =
            compose::compose(&self.sender, email).map_err(|error| SendError::Fail { reason: error.to_string() })?;
        self.connections.deliver(&letter).await.map_err(|refusal| classify(&refusal))?;
        let message_id = &email.message_id;
        info!(mail.message_id = %message_id, "Handed mail {message_id} to the mail server");
        Ok(())
    }

    /// Takes leave of the mail server; a mail sent later connects anew.
    pub async fn close(&self) {
        self.connections.close().await;
    }
}

fn classify(refusal: &Refusal) -> SendError {
    let reason = refusal.reason();
    match refusal.is_for_good() {
        true => SendError::Fail { reason },
        false => SendError::Retry { reason },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn config() -> SmtpConfig {
        SmtpConfig {
            host: "127.0.0.1".to_owned(),
            port: 25,
            security: Security::None,
            user: None,
            password: None,
            extra_roots: None,
            from_name: "Cổng Dịch vụ công tỉnh Gia Lai".to_owned(),
            from_address: EmailAddress::parse("khong-tra-loi@gialai.example").unwrap(),
            timeout: Duration::from_secs(5),
        }
    }

    #[test]
    fn a_configuration_that_contradicts_itself_is_refused() {
        assert!(Mailer::smtp(config()).is_ok());
        let half = SmtpConfig { user: Some("a".to_owned()), ..config() };
        assert!(matches!(Mailer::smtp(half), Err(MailerError::HalfCredentials)));
        let signed_in = SmtpConfig { user: Some("a".to_owned()), password: Some("b".to_owned()), ..config() };
        assert!(Mailer::smtp(signed_in.clone()).is_ok());
        let in_clear = SmtpConfig { host: "mail.gialai.example".to_owned(), ..signed_in.clone() };
        assert!(matches!(Mailer::smtp(in_clear.clone()), Err(MailerError::PasswordInClear)));
        assert!(Mailer::smtp(SmtpConfig { security: Security::StartTls, ..in_clear }).is_ok());
        for from_name in ["", " ", "a\r\nBcc: b@example.vn", "a\0"] {
            let named = SmtpConfig { from_name: from_name.to_owned(), ..config() };
            assert!(matches!(Mailer::smtp(named), Err(MailerError::FromName)), "{from_name:?}");
        }
        let roots = SmtpConfig {
            security: Security::Tls,
            extra_roots: Some("-----BEGIN CERTIFICATE-----\n!\n-----END CERTIFICATE-----".to_owned()),
            ..config()
        };
        assert!(matches!(Mailer::smtp(roots), Err(MailerError::Tls(_))));
        assert!(!format!("{:?}", SmtpConfig { password: Some("bi-mat".to_owned()), ..config() }).contains("bi-mat"));
    }
}

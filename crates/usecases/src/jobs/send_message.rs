//! Sends one stored message by e-mail or as a text message, and keeps what became of it.

use connectors::SendError;
use connectors::mail::OutgoingEmail;
use connectors::sms::{OutgoingSms, SmsText};
use domain::codes::{EmailAddress, PhoneNumber};
use domain::ids::MessageId;
use domain::time::Instant;
use storage::messages::{self, Channel, Fate, Message};
use storage::{StorageError, Tx};

use super::Outcome;
use crate::app::App;
use crate::errors::UsecaseError;
use crate::letters;

/// The kind under which these jobs are stored; the payload is the message's id.
pub(crate) const KIND: &str = "send_message";

pub(crate) async fn run(app: &App, payload: &str, now: Instant) -> Outcome {
    let Ok(id) = MessageId::parse(payload) else { return Outcome::Fail("the payload is no message id".into()) };
    let found = app.db().read(move |tx| Box::pin(async move { Ok::<_, UsecaseError>(messages::find(tx, id).await?) }));
    let message = match found.await {
        // Another worker was faster, after this one's lease had ended.
        Ok(Some(found)) if matches!(found.fate, Fate::Sent { .. }) => return Outcome::Done,
        Ok(Some(found)) => found.message,
        Ok(None) => return Outcome::Fail("the message is gone".into()),
        Err(error) => return Outcome::Retry(error.to_string()),
    };
    // A code that no longer opens anything only confuses: its owner has been sent another, or has gone.
    let life = app.settings().codes.minutes * 60_000;
    if letters::holds_code(&message.template) && now >= message.created_at.plus_millis(life) {
        return Outcome::Fail("the code in it has expired".into());
    }
    let sent = match message.channel {
        Channel::Email => send_email(app, &message).await,
        Channel::Sms => send_sms(app, &message).await,
    };
    match sent {
        Ok(gateway) => Outcome::Sent { gateway },
        Err(SendError::Retry { reason }) => Outcome::Retry(reason),
        Err(SendError::Fail { reason }) => Outcome::Fail(reason),
    }
}

/// Notes in the job's last transaction that the message was sent, and by whom, and forgets the secret in it.
pub(crate) async fn note_sent(
    tx: &mut Tx<'_>,
    payload: &str,
    gateway: Option<&str>,
    now: Instant,
) -> Result<(), StorageError> {
    let Ok(id) = MessageId::parse(payload) else { return Ok(()) };
    messages::mark_sent(tx, id, now).await?;
    if let Some(gateway) = gateway {
        messages::note_gateway(tx, id, gateway).await?;
    }
    match messages::find(tx, id).await? {
        Some(found) if letters::holds_secret(&found.message.template) => messages::forget_text(tx, id).await,
        _ => Ok(()),
    }
}

/// Notes that the message could not be sent this time, for the page on which its recipient waits.
pub(crate) async fn note_delayed(tx: &mut Tx<'_>, payload: &str, now: Instant) -> Result<(), StorageError> {
    let Ok(id) = MessageId::parse(payload) else { return Ok(()) };
    messages::mark_delayed(tx, id, now).await
}

/// Notes in the job's last transaction that the message was given up.
pub(crate) async fn note_failed(
    tx: &mut Tx<'_>,
    payload: &str,
    now: Instant,
    reason: &str,
) -> Result<(), StorageError> {
    let Ok(id) = MessageId::parse(payload) else { return Ok(()) };
    messages::mark_failed(tx, id, now, reason).await
}

/// No gateway takes letters.
async fn send_email(app: &App, message: &Message) -> Result<Option<String>, SendError> {
    let to = EmailAddress::parse(&message.to).map_err(|_| fail("the address is none"))?;
    let email = OutgoingEmail {
        to,
        subject: message.subject.clone(),
        text: message.text.clone(),
        html: None,
        message_id: message.id.to_string(),
        reference: message.dossier.map(|dossier| dossier.to_string()),
        written_at: message.created_at,
    };
    app.mailer().send(&email).await.map(|()| None)
}

/// The name of the gateway that took it.
async fn send_sms(app: &App, message: &Message) -> Result<Option<String>, SendError> {
    let to = PhoneNumber::parse(&message.to).map_err(|_| fail("the telephone number is none"))?;
    let text = SmsText::parse(&message.text).map_err(|error| fail(&error.to_string()))?;
    let sms = OutgoingSms { to, text, request_id: message.id.to_string() };
    app.sms().send(&sms).await.map(|gateway| Some(gateway.to_owned()))
}

fn fail(reason: &str) -> SendError {
    SendError::Fail { reason: reason.to_owned() }
}

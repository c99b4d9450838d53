//! Sends one stored message by e-mail.

use connectors::SendError;
use connectors::mail::OutgoingEmail;
use domain::codes::EmailAddress;
use domain::ids::MessageId;
use storage::messages;

use super::Outcome;
use crate::app::App;
use crate::errors::UsecaseError;

/// The kind under which these jobs are stored; the payload is the message's id.
pub(crate) const KIND: &str = "send_message";

pub(crate) async fn run(app: &App, payload: &str) -> Outcome {
    let Ok(id) = MessageId::parse(payload) else { return Outcome::Fail("the payload is no message id".into()) };
    let found = app.db().read(move |tx| Box::pin(async move { Ok::<_, UsecaseError>(messages::find(tx, id).await?) })).await;
    let message = match found {
        Ok(Some(message)) => message,
        Ok(None) => return Outcome::Fail("the message is gone".into()),
        Err(error) => return Outcome::Retry(error.to_string()),
    };
    let Ok(to) = EmailAddress::parse(&message.to) else { return Outcome::Fail("the address is none".into()) };
    let email = OutgoingEmail {
        to,
        subject: message.subject.clone(),
        text: message.text.clone(),
        html: None,
        message_id: id.to_string(),
        reference: message.dossier.map(|dossier| dossier.to_string()),
        written_at: message.created_at,
    };
    match app.mailer().send(&email).await {
        Ok(()) => Outcome::Done,
        Err(SendError::Retry { reason }) => Outcome::Retry(reason),
        Err(SendError::Fail { reason }) => Outcome::Fail(reason),
    }
}

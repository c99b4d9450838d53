//! A gateway reports what became of a text message.

use connectors::sms::Delivery;
use domain::ids::MessageId;
use storage::messages;

use crate::app::App;
use crate::ctx::Ctx;
use crate::errors::UsecaseError;

/// What a gateway says at the address that was made for it and one message.
#[derive(Clone, Copy, Debug)]
pub struct DeliveryReport<'a> {
    /// The gateway, as it stands in the address.
    pub gateway: &'a str,
    /// The message, as it stands in the address.
    pub message: &'a str,
    /// What proves that the address is ours.
    pub token: &'a str,
    /// How far the sending has come, in the gateway's words.
    pub status: &'a str,
    /// How many telephones have it.
    pub succeeded: &'a str,
    /// How many do not get it.
    pub failed: &'a str,
}

/// Keeps the report. The same one again, or an older one afterwards, changes nothing.
///
/// # Errors
/// [`UsecaseError::NotFound`] when the address was not made here, or the message is gone.
pub async fn note_delivery(app: &App, ctx: &Ctx, report: DeliveryReport<'_>) -> Result<(), UsecaseError> {
    let DeliveryReport { gateway, message, token, status, succeeded, failed } = report;
    let id = MessageId::parse(message).map_err(|_| UsecaseError::NotFound)?;
    let gateway = app.sms().reporting_gateway(gateway, message, token).ok_or(UsecaseError::NotFound)?.to_owned();
    let Some(delivery) = Delivery::read(status, succeeded, failed) else { return Ok(()) };
    let now = ctx.now;
    let known = app
        .db()
        .write(move |tx| {
            Box::pin(async move {
                if messages::find_progress(tx, id).await?.is_none() {
                    return Ok(false);
                }
                messages::note_report(tx, id, &gateway, delivery == Delivery::Delivered, now).await?;
                if delivery == Delivery::Undelivered {
                    tracing::warn!(message = %id, gateway, "{gateway} did not deliver text message {id}");
                }
                Ok::<_, UsecaseError>(true)
            })
        })
        .await?;
    if known { Ok(()) } else { Err(UsecaseError::NotFound) }
}

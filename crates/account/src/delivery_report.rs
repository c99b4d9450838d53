//! Where SMS gateways report what became of a text message: an address for each message, which nobody else can make up.

use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::{StatusCode, Uri};
use usecases::{DeliveryReport, note_delivery};
use web::errors::WebError;
use web::fields::Fields;
use web::portal::Portal;
use web::visitor::Visitor;

type Address = Path<(String, String, String)>;

/// The gateways that we know call with the fields in the query.
pub(crate) async fn told(
    State(portal): State<Portal>,
    visitor: Visitor,
    address: Address,
    uri: Uri,
) -> Result<StatusCode, WebError> {
    note(&portal, &visitor, address, &Fields::of_query(uri.query())).await
}

/// Others send them as a form.
pub(crate) async fn told_by_form(
    State(portal): State<Portal>,
    visitor: Visitor,
    address: Address,
    body: Bytes,
) -> Result<StatusCode, WebError> {
    let fields = Fields::parse(&body).map_err(|_| WebError::Unreadable)?;
    note(&portal, &visitor, address, &fields).await
}

async fn note(
    portal: &Portal,
    visitor: &Visitor,
    Path((gateway, message, token)): Address,
    fields: &Fields,
) -> Result<StatusCode, WebError> {
    let report = DeliveryReport {
        gateway: &gateway,
        message: &message,
        token: &token,
        status: fields.text("SendStatus"),
        succeeded: fields.text("SendSuccess"),
        failed: fields.text("SendFailed"),
    };
    note_delivery(portal.app(), &visitor.ctx, report).await?;
    Ok(StatusCode::OK)
}

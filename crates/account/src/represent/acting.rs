//! *Làm việc thay …* and stopping it; either gives the session another token.

use axum::extract::{Path, State};
use axum::response::Response;
use domain::ids::RepresentationId;
use usecases::represent::{start_acting, stop_acting};
use web::errors::WebError;
use web::fields::Fields;
use web::form::Form;
use web::links::own_path;
use web::portal::Portal;

use super::OVERVIEW;
use crate::answer::redirect_signed_in;

pub(super) async fn start(
    State(portal): State<Portal>,
    Path(id): Path<String>,
    Form { visitor, fields }: Form,
) -> Result<Response, WebError> {
    visitor.account()?;
    let id = RepresentationId::parse(&id).map_err(|_| WebError::NotFound)?;
    let token = visitor.session_token().ok_or(WebError::NotFound)?;
    let fresh = start_acting(portal.app(), &visitor.ctx, token, id).await?;
    Ok(redirect_signed_in(&portal, &visitor, &fresh, &way_on(&fields)))
}

/// The page from which somebody changed over, else the one about representation.
fn way_on(fields: &Fields) -> String {
    own_path(fields.text("tiep"), OVERVIEW)
}

pub(super) async fn stop(State(portal): State<Portal>, Form { visitor, fields }: Form) -> Result<Response, WebError> {
    visitor.account()?;
    let token = visitor.session_token().ok_or(WebError::NotFound)?;
    let fresh = stop_acting(portal.app(), &visitor.ctx, token).await?;
    Ok(redirect_signed_in(&portal, &visitor, &fresh, &way_on(&fields)))
}

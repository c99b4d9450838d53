//! Accepting, declining and ending, by one press each.

use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use domain::ids::RepresentationId;
use domain::representation::Refusal;
use usecases::represent::{RepresentError, accept_representation, end_representation};
use web::errors::WebError;
use web::form::Form;
use web::portal::Portal;

use super::OVERVIEW;

pub(super) async fn accept(
    State(portal): State<Portal>,
    Path(id): Path<String>,
    Form { visitor, .. }: Form,
) -> Result<Response, WebError> {
    visitor.account()?;
    let id = RepresentationId::parse(&id).map_err(|_| WebError::NotFound)?;
    answer(accept_representation(portal.app(), &visitor.ctx, id).await, "da-nhan")
}

pub(super) async fn end(
    State(portal): State<Portal>,
    Path(id): Path<String>,
    Form { visitor, .. }: Form,
) -> Result<Response, WebError> {
    visitor.account()?;
    let id = RepresentationId::parse(&id).map_err(|_| WebError::NotFound)?;
    answer(end_representation(portal.app(), &visitor.ctx, id).await, "da-ket-thuc")
}

fn answer<T>(done: Result<T, RepresentError>, word: &str) -> Result<Response, WebError> {
    let word = match done {
        Ok(_) => word,
        Err(RepresentError::Refused(Refusal::Over)) => "da-qua-han",
        // What is not theirs does not exist for them.
        Err(RepresentError::Refused(Refusal::Unknown | Refusal::Oneself)) => return Err(WebError::NotFound),
        Err(RepresentError::Usecase(error)) => return Err(error.into()),
        Err(_) => return Err(WebError::Conflict),
    };
    Ok(Redirect::to(&format!("{OVERVIEW}?sau={word}")).into_response())
}

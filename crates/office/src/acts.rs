//! What an officer does with a dossier: accept, refuse, finish with a result, return.

use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use domain::codes::PartyName;
use domain::deadline::{TimeLimit, TimeUnit};
use domain::dossier::{DossierRefusal, RefusalReasons, RefusalReasonsError, ReturnWay};
use domain::text::clean_text;
use usecases::{
    AcceptError, AcceptInput, ActError, AskError, AttachError, UsecaseError, accept_dossier, ask_about_owner,
    finish_dossier, refuse_dossier, return_dossier,
};
use web::errors::WebError;
use web::form::Form;
use web::input::Input;
use web::portal::Portal;
use web::upload::{UploadForm, refusal_sentence};
use web::view::form::FormView;

use crate::dossier::{again, find};

const UNITS: [(&str, TimeUnit); 4] = [
    ("working_day", TimeUnit::WorkingDay),
    ("half_day", TimeUnit::HalfDay),
    ("day", TimeUnit::Day),
    ("hour", TimeUnit::Hour),
];
/// The most characters of a note to a result.
const LONGEST_NOTE: usize = 2_000;

pub(crate) async fn accept(
    State(portal): State<Portal>,
    Path(code): Path<String>,
    Form { visitor, fields }: Form,
) -> Result<Response, WebError> {
    let found = find(&portal, &visitor, &code).await?;
    let mut input = Input::new(&fields, visitor.texts(), &["limit", "unit"]);
    let limit = match fields.text("limit") {
        "" => None,
        _ => limit_of(&mut input),
    };
    if fields.text("limit").is_empty() || limit.is_some() {
        match accept_dossier(portal.app(), &visitor.ctx, visitor.officer()?, found.dossier.id, AcceptInput { limit })
            .await
        {
            Ok(_) => return Ok(done(&code, "da-tiep-nhan")),
            Err(AcceptError::LimitMissing) => input.refuse("limit", "office-limit-missing"),
            Err(AcceptError::Act(error)) => return settle(error, &code),
        }
    }
    again(&portal, &visitor, &found, input.into_form())
}

fn limit_of(input: &mut Input<'_>) -> Option<TimeLimit> {
    let amount: Option<u32> = input.text("limit").parse().ok();
    let unit = input.choice("unit", &UNITS, "office-unit-missing")?;
    let limit = amount.and_then(|amount| TimeLimit::whole(amount, unit).ok());
    if limit.is_none() {
        input.refuse("limit", "office-limit-wrong");
    }
    limit
}

pub(crate) async fn refuse(
    State(portal): State<Portal>,
    Path(code): Path<String>,
    Form { visitor, fields }: Form,
) -> Result<Response, WebError> {
    let found = find(&portal, &visitor, &code).await?;
    let mut input = Input::new(&fields, visitor.texts(), &["reasons", "legal_ground"]);
    // One reason a line.
    let lines: Vec<&str> = fields.text("reasons").lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    let ground = Some(fields.text("legal_ground")).filter(|ground| !ground.is_empty());
    match RefusalReasons::new(&lines, ground) {
        Ok(reasons) => {
            let refused =
                refuse_dossier(portal.app(), &visitor.ctx, visitor.officer()?, found.dossier.id, reasons).await;
            return match refused {
                Ok(_) => Ok(done(&code, "da-tu-choi")),
                Err(error) => settle(error, &code),
            };
        }
        Err(RefusalReasonsError::Empty) => input.refuse("reasons", "office-reasons-missing"),
        Err(RefusalReasonsError::ControlCharacter) => input.refuse("reasons", "input-control-character"),
        Err(RefusalReasonsError::TooLong { .. } | RefusalReasonsError::TooMany { .. }) => {
            input.refuse("reasons", "office-reasons-too-long");
        }
    }
    again(&portal, &visitor, &found, input.into_form())
}

pub(crate) async fn finish(
    State(portal): State<Portal>,
    Path(code): Path<String>,
    upload: UploadForm,
) -> Result<Response, WebError> {
    let found = find(&portal, &upload.visitor, &code).await?;
    let (visitor, upload) = upload.read(&portal).await?;
    let mut form = FormView::new().with("note", upload.fields.text("note"));
    let note = clean_text(upload.fields.text("note"), LONGEST_NOTE);
    let t = visitor.texts();
    let Ok(note) = note else {
        form.refuse("note", t.m("input-control-character").to_owned());
        return again(&portal, &visitor, &found, form);
    };
    let note = Some(note).filter(|note| !note.is_empty());
    let file = match upload.file {
        None => None,
        Some(Ok(file)) => Some(file),
        Some(Err(error)) => {
            form.refuse("result", refusal_sentence(&error, t)?);
            return again(&portal, &visitor, &found, form);
        }
    };
    match finish_dossier(portal.app(), &visitor.ctx, visitor.officer()?, found.dossier.id, file, note).await {
        Ok(_) => Ok(done(&code, "da-hoan-thanh")),
        Err(AttachError::Act(ActError::Refused(DossierRefusal::NoResult))) => {
            form.refuse("result", t.m("office-result-missing").to_owned());
            again(&portal, &visitor, &found, form)
        }
        Err(AttachError::Act(error)) => settle(error, &code),
        Err(error) => {
            form.refuse("result", refusal_sentence(&error, t)?);
            again(&portal, &visitor, &found, form)
        }
    }
}

pub(crate) async fn give_back(
    State(portal): State<Portal>,
    Path(code): Path<String>,
    Form { visitor, fields }: Form,
) -> Result<Response, WebError> {
    let found = find(&portal, &visitor, &code).await?;
    let mut input = Input::new(&fields, visitor.texts(), &["way", "receiver", "tracking_number"]);
    let how = match input.choice("way", &[("online", 0), ("desk", 1), ("post", 2)], "office-return-way-missing") {
        Some(0) => Some(ReturnWay::Online),
        Some(1) => receiver(&mut input).map(|receiver| ReturnWay::AtDesk { receiver }),
        Some(_) => Some(ReturnWay::ByPost {
            tracking_number: domain::text::clean_line(fields.text("tracking_number"), 40)
                .ok()
                .filter(|number| !number.is_empty()),
        }),
        None => None,
    };
    let Some(how) = how else { return again(&portal, &visitor, &found, input.into_form()) };
    match return_dossier(portal.app(), &visitor.ctx, visitor.officer()?, found.dossier.id, how).await {
        Ok(_) => Ok(done(&code, "da-tra-ket-qua")),
        Err(error) => settle(error, &code),
    }
}

/// Asks the population register whether the owner is registered as entered; whatever it says, nothing is decided by it.
pub(crate) async fn ask_register(
    State(portal): State<Portal>,
    Path(code): Path<String>,
    Form { visitor, .. }: Form,
) -> Result<Response, WebError> {
    let found = find(&portal, &visitor, &code).await?;
    match ask_about_owner(portal.app(), &visitor.ctx, visitor.officer()?, found.dossier.id).await {
        Ok(_) => Ok(done(&code, "da-hoi-dan-cu")),
        Err(AskError::NotAsked | AskError::NotConfirmed) => Ok(back(&code)),
        Err(AskError::Usecase(UsecaseError::TooMany { .. })) => Ok(done(&code, "hoi-sau")),
        Err(AskError::Usecase(error)) => Err(error.into()),
    }
}

fn receiver(input: &mut Input<'_>) -> Option<PartyName> {
    input.person_name("receiver", "office-receiver-missing")
}

/// Back to the dossier, which says what was done.
fn done(code: &str, word: &str) -> Response {
    Redirect::to(&format!("/can-bo/ho-so/{code}?sau={word}")).into_response()
}

fn back(code: &str) -> Response {
    Redirect::to(&format!("/can-bo/ho-so/{code}")).into_response()
}

/// An act that was done meanwhile, by a second press or by a colleague, leads back to the dossier as it stands now.
fn settle(error: ActError, code: &str) -> Result<Response, WebError> {
    match error {
        ActError::Refused(DossierRefusal::NotInStatus { .. }) => Ok(back(code)),
        error => Err(error.into()),
    }
}

//! A program changes a draft whose last version it has seen: all of the change is kept, or nothing of it.

use std::collections::BTreeMap;

use ::procedures::Version;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::header::{ETAG, IF_MATCH};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use domain::dossier::{Dossier, DossierRefusal};
use forms::{Kind, Question};
use serde_json::Value;
use usecases::{ActError, DraftChange, change_draft, delete_draft, find_draft, version_of};
use utoipa::ToSchema;
use web::i18n::{TextKey, Texts};
use web::portal::Portal;

use super::owner::{delivery_of, owner_of};
use super::{Draft, filed, find, shown, version_tag};
use crate::caller::{Caller, Place};
use crate::problem::{CHANGED, NOT_SEEN, Refused};
use crate::strict::{Faults, Reader, read_object};

/// The most characters of a text, the most rows of a table: far above what any question takes.
const LONGEST_TEXT: usize = 20_000;
const MOST_ROWS: usize = 1_000;

/// What is changed; what is left out stays as it is.
#[derive(ToSchema)]
#[schema(example = json!({
    "owner": {"relation_to_filer": "self_owner", "kind": "citizen", "full_name": "Rơ Châm H'Lan",
        "number": "064190000123", "phone": "0912345678", "address": "Tổ 1, thị trấn Ia Kha, Ia Grai, Gia Lai"},
    "answers": {"birth.situation": "1", "birth.proof": null}, "delivery": {"way": "online"}
}))]
#[allow(dead_code, reason = "describes the body for OpenAPI; it is read name by name")]
pub(crate) struct DraftPatch {
    /// Whose matter it is, in place of what was entered before.
    owner: Option<OwnerPatch>,
    /// Answers by path, as the form's schema wants them; null takes one back. What is wrong with them is kept and told
    /// among the obstacles.
    #[schema(value_type = Option<Object>)]
    answers: Option<BTreeMap<String, Value>>,
    /// Where the result is received, in place of what was chosen before.
    delivery: Option<DeliveryPatch>,
}

/// Whose matter a dossier is.
#[derive(ToSchema)]
#[allow(dead_code, reason = "describes the body for OpenAPI; it is read name by name")]
pub(crate) struct OwnerPatch {
    /// `self_owner`; for somebody else `on_behalf`, or `by_mandate` with a mandate in writing among the files.
    relation_to_filer: String,
    /// `citizen` or `organisation`.
    kind: String,
    /// The name.
    full_name: String,
    /// The identity or tax number; only a child under 14 for whom somebody files may have none.
    number: Option<String>,
    /// The birth date: `YYYY-MM-DD`, `YYYY-MM` or `YYYY`.
    birth_date: Option<String>,
    /// Where to call.
    phone: String,
    /// Where to write.
    email: Option<String>,
    /// The address in one line.
    address: String,
}

/// Where a result is received.
#[derive(ToSchema)]
#[allow(dead_code, reason = "describes the body for OpenAPI; it is read name by name")]
pub(crate) struct DeliveryPatch {
    /// `online`, `at_desk` or `by_post`.
    way: String,
    /// By post: who receives it.
    name: Option<String>,
    /// By post: their telephone number.
    phone: Option<String>,
    /// By post: their address.
    address: Option<String>,
}

/// Changes a draft. Answers are kept right or wrong; owner and delivery are kept when they can be read.
#[utoipa::path(patch, path = "/api/v1/drafts/{id}", operation_id = "changeDraft", tag = "drafts",
    params(("id" = String, Path, description = "The draft's identifier"),
        ("If-Match" = String, Header, description = "The `ETag` of the draft as it was seen")),
    request_body = DraftPatch, security(("account" = ["dossiers"])),
    responses((status = 200, description = "The draft as it is kept, with what keeps it from being filed", body = Draft,
            headers(("ETag" = String, description = "Its new version"))),
        crate::description::Refusals, crate::description::DraftRefusals, crate::description::BodyRefusals,
        crate::description::VersionRefusals))]
pub(crate) async fn change(
    State(portal): State<Portal>,
    caller: Caller,
    Place(id): Place<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, Refused> {
    let dossier = find(&portal, &caller, &id).await?;
    let seen = seen_version(&headers, caller.t)?;
    let object = read_object(&headers, &body, caller.t)?;
    let change = read(&portal, &caller, &dossier, Reader::new("", object))?;
    caller.count_change(&portal).await?;
    // Whoever asks for nothing that is known has seen nothing either.
    let Some(seen) = seen else { return Err(stale(&caller, &dossier)) };
    match change_draft(portal.app(), &caller.ctx, dossier.id, seen, change).await {
        Ok(after) => Ok(shown(&portal, &caller, &after, StatusCode::OK).await?),
        Err(ActError::Refused(refusal)) => Err(refused(&portal, &caller, &dossier, refusal).await?),
        Err(ActError::Usecase(error)) => Err(error.into()),
    }
}

/// The version in `If-Match`; none when it is no tag of ours, which matches nothing.
///
/// # Errors
/// When it is missing (RFC 6585, 3).
pub(super) fn seen_version(headers: &HeaderMap, t: &Texts) -> Result<Option<u64>, Refused> {
    let mut tags = headers.get_all(IF_MATCH).iter();
    let (Some(tag), None) = (tags.next(), tags.next()) else { return Err(NOT_SEEN.refused(t)) };
    let tag = tag.to_str().unwrap_or_default().trim();
    let digits = tag.strip_prefix('"').and_then(|rest| rest.strip_suffix('"'));
    Ok(digits.filter(|digits| digits.bytes().all(|byte| byte.is_ascii_digit())).and_then(|digits| digits.parse().ok()))
}

/// Deletes a draft with everything in it, for good.
#[utoipa::path(delete, path = "/api/v1/drafts/{id}", operation_id = "deleteDraft", tag = "drafts",
    params(("id" = String, Path, description = "The draft's identifier"),
        ("If-Match" = String, Header, description = "The `ETag` of the draft as it was seen")),
    security(("account" = ["dossiers"])),
    responses((status = 204, description = "It is gone"), crate::description::Refusals,
        crate::description::DraftRefusals, crate::description::VersionRefusals))]
pub(crate) async fn delete(
    State(portal): State<Portal>,
    caller: Caller,
    Place(id): Place<String>,
    headers: HeaderMap,
) -> Result<Response, Refused> {
    let dossier = find(&portal, &caller, &id).await?;
    if seen_version(&headers, caller.t)? != Some(dossier.version) {
        return Err(stale(&caller, &dossier));
    }
    caller.count_change(&portal).await?;
    match delete_draft(portal.app(), &caller.ctx, dossier.id).await {
        Ok(()) => Ok(StatusCode::NO_CONTENT.into_response()),
        Err(ActError::Refused(refusal)) => Err(refused(&portal, &caller, &dossier, refusal).await?),
        Err(ActError::Usecase(error)) => Err(error.into()),
    }
}

async fn refused(
    portal: &Portal,
    caller: &Caller,
    seen: &Dossier,
    refusal: DossierRefusal,
) -> Result<Refused, Refused> {
    let mut faults = Faults::new(caller.t);
    match refusal {
        DossierRefusal::TooManyAnswers => faults.refuse("/answers".to_owned(), TextKey("api-fault-too-many")),
        DossierRefusal::OwnerNumberMissing => {
            faults.refuse("/owner/number".to_owned(), TextKey("input-number-missing"));
        }
        // Filed, or changed, since it was looked at.
        _ => {
            let present = find_draft(portal.app(), &caller.ctx, seen.id).await?;
            return Ok(if present.is_draft() { stale(caller, &present) } else { filed(caller, &present) });
        }
    }
    faults.end()?;
    Ok(stale(caller, seen))
}

pub(super) fn stale(caller: &Caller, present: &Dossier) -> Refused {
    CHANGED.refused(caller.t).with_header(ETAG, version_tag(present))
}

fn read(portal: &Portal, caller: &Caller, dossier: &Dossier, reader: Reader) -> Result<DraftChange, Refused> {
    let (mut reader, mut faults, today) = (reader, Faults::new(caller.t), caller.ctx.now.day());
    let owner = reader.object("owner", &mut faults);
    let owner = owner.and_then(|owner| owner_of(owner, &caller.admitted.account, caller.t, today, &mut faults));
    let delivery = reader.object("delivery", &mut faults);
    let delivery = delivery.and_then(|delivery| delivery_of(delivery, caller.t, &mut faults));
    let answers = reader.object("answers", &mut faults);
    reader.end(&mut faults);
    let own = version_of(portal.app(), dossier, today);
    let answers = answers.and_then(|answers| read_answers(own, answers, &mut faults));
    faults.end()?;
    Ok(DraftChange { owner, answers, delivery })
}

/// The answers, when each is to a question of the form and of its kind; whether it is right is told afterwards.
fn read_answers(
    own: Option<&Version>,
    answers: Reader,
    faults: &mut Faults,
) -> Option<(String, BTreeMap<String, Value>)> {
    let place = answers.place("");
    let place = |path: &str| format!("{place}{}", path.replace('~', "~0").replace('/', "~1"));
    let entries = answers.into_entries();
    for (path, answer) in &entries {
        match own.and_then(|own| own.form.field(path)) {
            None => faults.refuse(place(path), TextKey("api-fault-question")),
            Some(question) if !answer.is_null() && !fits(question, answer) => {
                faults.refuse(place(path), TextKey("api-fault-answer"));
            }
            Some(_) => {}
        }
    }
    own.map(|own| (own.version.clone(), entries))
}

/// Whether an answer is of the question's kind.
fn fits(question: &Question, answer: &Value) -> bool {
    match (&question.kind, answer) {
        (Kind::YesNo, answer) => answer.is_boolean(),
        (Kind::Whole { .. }, answer) => answer.is_i64() || answer.is_u64(),
        (Kind::Decimal { .. }, answer) => answer.is_number(),
        (Kind::Many(_), Value::Array(values)) => values.len() <= MOST_ROWS && values.iter().all(is_text),
        (Kind::Table { columns, .. }, Value::Array(rows)) => {
            let cell = |(name, value): (&String, &Value)| {
                columns.iter().any(|column| column.path == *name && fits(column, value))
            };
            let row = |row: &Value| row.as_object().is_some_and(|cells| cells.iter().all(cell));
            rows.len() <= MOST_ROWS && rows.iter().all(row)
        }
        (Kind::Many(_) | Kind::Table { .. }, _) => false,
        (_, answer) => is_text(answer),
    }
}

fn is_text(answer: &Value) -> bool {
    let Value::String(text) = answer else { return false };
    text.chars().count() <= LONGEST_TEXT && !text.chars().any(|c| c.is_control() && !matches!(c, '\n' | '\r' | '\t'))
}

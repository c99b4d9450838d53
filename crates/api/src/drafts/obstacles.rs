//! What keeps a draft from being filed: one complete list, as the review page has it.

use axum::extract::State;
use axum::response::Response;
use domain::dossier::{Dossier, MANDATE};
use serde::Serialize;
use usecases::store::list_void_citations;
use usecases::version_of;
use utoipa::ToSchema;
use web::answers::{problem_words, words};
use web::errors::WebError;
use web::portal::Portal;
use web::store_words::void_citation_words;

use super::find;
use crate::caller::{Caller, Place};
use crate::json::private;
use crate::problem::Refused;

/// Something that must be put right before a draft can be filed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[schema(example = json!({"kind": "answer", "path": "child.full_name", "detail": "Nhập họ và tên trẻ"}))]
pub(crate) struct Obstacle {
    /// `owner_missing`, `answer`, `delivery_missing`, `paper_missing`, `no_file`: papers are asked for, none is there, or
    /// `paper_void`: a paper cited from the person's data store holds no longer.
    pub(crate) kind: &'static str,
    /// The path of the answer; a row of a table has its number in it, from 0.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) path: Option<String>,
    /// The code of the paper.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) component: Option<String>,
    /// What is wrong and what to do.
    pub(crate) detail: String,
}

/// What keeps a draft from being filed.
#[derive(Serialize, ToSchema)]
#[schema(example = json!({"obstacles": [{"kind": "owner_missing", "detail": "Nhập thông tin chủ hồ sơ"}]}))]
pub(crate) struct ObstacleList {
    /// Everything; empty when it can be filed.
    obstacles: Vec<Obstacle>,
}

/// Lists what keeps the draft from being filed.
#[utoipa::path(get, path = "/api/v1/drafts/{id}/obstacles", operation_id = "listObstacles", tag = "drafts",
    params(("id" = String, Path, description = "The draft's identifier")), security(("account" = ["dossiers"])),
    responses((status = 200, description = "Everything that must be put right", body = ObstacleList),
        crate::description::Refusals, crate::description::DraftRefusals))]
pub(crate) async fn obstacles(
    State(portal): State<Portal>,
    caller: Caller,
    Place(id): Place<String>,
) -> Result<Response, Refused> {
    let dossier = find(&portal, &caller, &id).await?;
    let obstacles = obstacles_of(&portal, &caller, &dossier).await?;
    Ok(private(&ObstacleList { obstacles }))
}

/// The list in the words of the pages.
///
/// # Errors
/// When the database cannot answer.
pub(super) async fn obstacles_of(
    portal: &Portal,
    caller: &Caller,
    dossier: &Dossier,
) -> Result<Vec<Obstacle>, WebError> {
    let (t, today) = (caller.t, caller.ctx.now.day());
    let plain = |kind, detail: &str| Obstacle { kind, path: None, component: None, detail: detail.to_owned() };
    let own = version_of(portal.app(), dossier, today);
    let of = |obstacle: usecases::Obstacle<'_>| match obstacle {
        usecases::Obstacle::OwnerMissing => plain("owner_missing", t.m("review-owner-missing")),
        usecases::Obstacle::DeliveryMissing => plain("delivery_missing", t.m("review-delivery-missing")),
        usecases::Obstacle::NoFile => plain("no_file", t.m("review-no-file")),
        usecases::Obstacle::MandateMissing => Obstacle {
            kind: "paper_missing",
            path: None,
            component: Some(MANDATE.to_owned()),
            detail: t.m("review-mandate-missing").to_owned(),
        },
        usecases::Obstacle::PaperMissing(paper) => Obstacle {
            kind: "paper_missing",
            path: None,
            component: Some(paper.code.clone()),
            detail: t.f("review-paper-missing", [("what", words(&paper.title, t).to_owned().into())]),
        },
        usecases::Obstacle::Answer(problem) => Obstacle {
            kind: "answer",
            component: None,
            detail: own.map(|own| problem_words(&own.form, &problem, t)).unwrap_or_default(),
            path: Some(problem.path),
        },
    };
    let mut list: Vec<Obstacle> = usecases::obstacles(portal.app(), dossier, today).into_iter().map(of).collect();
    let void = list_void_citations(portal.app(), &caller.ctx, dossier).await?;
    list.extend(void.into_iter().map(|cited| Obstacle {
        kind: "paper_void",
        path: None,
        detail: void_citation_words(&cited, t),
        component: cited.component_code,
    }));
    Ok(list)
}

//! A signed-in person starts a dossier: at a procedure and an agency that takes it.

use domain::catalogue::{Fileability, NotFileable};
use domain::codes::{AgencyCode, ProcedureCode};
use domain::dossier::{self, AgencyRef, Channel, Command, Dossier, ProcedureRef, decide, record_all};
use domain::ids::{AccountId, DossierId};
use domain::policy::{Act, Resource, may};
use storage::dossiers;

use crate::act::apply;
use crate::app::App;
use crate::ctx::Ctx;
use crate::errors::{ActError, UsecaseError};
use crate::sessions::SignedInAccount;

/// Why a dossier cannot be started.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// There is no such procedure.
    #[error("there is no such procedure")]
    NoProcedure,
    /// The procedure is not filed here.
    #[error("the procedure is not filed here")]
    NotFileable(NotFileable),
    /// The agency does not take this procedure.
    #[error("the agency does not take this procedure")]
    NotOffered,
    /// It could not be done.
    #[error(transparent)]
    Act(#[from] ActError),
}

impl From<UsecaseError> for StartError {
    fn from(error: UsecaseError) -> Self {
        Self::Act(error.into())
    }
}

/// Starts a draft, or comes back to the one that the person already has for this procedure at this agency.
pub async fn start_draft(
    app: &App,
    ctx: &Ctx,
    account: &SignedInAccount,
    procedure: &ProcedureCode,
    agency: &AgencyCode,
) -> Result<Dossier, StartError> {
    let content = app.content();
    let summary = content.procedures.find(procedure).ok_or(StartError::NoProcedure)?;
    if let Some(Fileability::NotHere(reason)) = content.fileability(procedure) {
        return Err(StartError::NotFileable(reason));
    }
    if !content.offers(agency, procedure) {
        return Err(StartError::NotOffered);
    }
    let office = content.agencies.find(agency).ok_or(StartError::NotOffered)?;
    let id = DossierId::from_bytes(ctx.random());
    let command = Command::StartDraft {
        id,
        procedure: ProcedureRef {
            code: procedure.clone(),
            name: summary.name.clone(),
            catalogue_version: content.versions.catalogue.clone(),
            component_count: content.procedures.detail(procedure).map_or(0, |detail| count(detail.components())),
        },
        agency: AgencyRef { code: agency.clone(), name: office.name.clone() },
        filer: account.id,
        channel: Channel::Online,
    };
    let rule_version = content.rules.version.clone();
    let (viewer, actor, now, filer) = (ctx.viewer.clone(), ctx.actor.clone(), ctx.now, account.id);
    let (procedure, agency) = (procedure.clone(), agency.clone());
    let dossier = app
        .db()
        .write(move |tx| {
            Box::pin(async move {
                may(&viewer, Act::StartDossier, &Resource::Public)?;
                if let Some(draft) = dossiers::find_draft(tx, filer, &procedure, &agency).await? {
                    return Ok(draft);
                }
                let circumstances = dossier::Act { dossier_id: id, at: now, actor, rule_version };
                let recorded = record_all(None, &circumstances, decide(None, &command, now)?);
                let dossier = apply(None, &recorded)?;
                dossiers::append(tx, &dossier, &recorded).await?;
                Ok::<_, ActError>(dossier)
            })
        })
        .await?;
    Ok(dossier)
}

/// The person's unfinished dossier for this procedure at this agency, if there is one.
pub async fn find_open_draft(
    app: &App,
    filer: AccountId,
    procedure: &ProcedureCode,
    agency: &AgencyCode,
) -> Result<Option<Dossier>, UsecaseError> {
    let (procedure, agency) = (procedure.clone(), agency.clone());
    app.db()
        .read(move |tx| Box::pin(async move { Ok(dossiers::find_draft(tx, filer, &procedure, &agency).await?) }))
        .await
}

fn count<T>(items: impl Iterator<Item = T>) -> u32 {
    u32::try_from(items.count()).unwrap_or(u32::MAX)
}

//! A dossier that somebody may read, and not in the role in which they look: their own while they act for another, or that
//! of one for whom they may act.

use domain::codes::DossierCode;
use domain::ids::RepresentationId;
use domain::policy::{Act, Resource, Viewer, may};
use domain::representation::Standing;
use storage::{accounts, dossiers, representations as rows};

use super::acting::{find_acting, person_of};
use crate::app::App;
use crate::ctx::Ctx;
use crate::errors::UsecaseError;

/// The most representations that are looked through.
const MOST: u32 = 300;

/// The role in which a dossier can be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OtherRole {
    /// The person's own, once they act for nobody.
    Own {
        /// Their name.
        name: String,
    },
    /// For a principal.
    For {
        /// By which representation.
        representation: RepresentationId,
        /// The principal's name.
        name: String,
    },
}

/// The role of the person who is signed in in which this dossier can be read, when it cannot be in the present one; `None`
/// for everybody else, and for whoever reads it already.
///
/// # Errors
/// When nobody is signed in with an account, or the database cannot answer.
pub async fn find_other_role(app: &App, ctx: &Ctx, code: &DossierCode) -> Result<Option<OtherRole>, UsecaseError> {
    let person = person_of(ctx)?;
    let (code, viewer, now) = (code.clone(), ctx.viewer.clone(), ctx.now);
    app.db()
        .read(move |tx| {
            Box::pin(async move {
                let Some(dossier) = dossiers::find_by_code(tx, &code).await? else { return Ok(None) };
                let resource = Resource::from(&dossier);
                let reads = |viewer: &Viewer| may(viewer, Act::ReadDossier, &resource).is_ok();
                let Some(account) = accounts::find(tx, person).await?.filter(|_| !reads(&viewer)) else {
                    return Ok(None);
                };
                if reads(&Viewer::Citizen(person)) {
                    return Ok(Some(OtherRole::Own { name: account.name.to_string() }));
                }
                for one in rows::list_of_representative(tx, person, MOST).await? {
                    let is_filers = one.principal().is_some_and(|party| party.id == dossier.filer);
                    if !is_filers || one.standing(now.day()) != Standing::InForce {
                        continue;
                    }
                    let Some((principal, acting)) = find_acting(tx, &account, one.id, now).await? else { continue };
                    if reads(&Viewer::Representative(acting)) {
                        let name = principal.name.to_string();
                        return Ok(Some(OtherRole::For { representation: one.id, name }));
                    }
                }
                Ok::<_, UsecaseError>(None)
            })
        })
        .await
}

//! The personal store (kho dữ liệu, R8): what an account owns, citing it in a draft, and keeping results and checked papers.

mod audit;
mod check_paper;
mod cite;
mod follow;
mod view;

pub(crate) use audit::StoreAudit;
pub use check_paper::{CheckPaperError, check_paper, may_check_paper};
pub use cite::{VoidCitation, cite_item, list_citable, list_void_citations};
pub(crate) use cite::{citation_of, void_citations_in};
pub(crate) use follow::{cited_in, follow};
pub use view::{OpenedItem, StoreItemWithUses, list_store, open_store_item, view_store_item};

use domain::account::Assurance;
use domain::codes::LoginName;
use domain::dossier::Dossier;
use domain::ids::AccountId;
use domain::policy::Viewer;
use storage::{Tx, accounts};

use crate::ctx::Ctx;
use crate::errors::UsecaseError;

/// The most items of an account that are looked through.
const MOST_ITEMS: u32 = 500;

/// The account whose store is open: one's own, or that of the principal for whom one acts.
pub(crate) fn owner_of(ctx: &Ctx) -> Result<AccountId, UsecaseError> {
    match &ctx.viewer {
        Viewer::Citizen(id) => Ok(*id),
        Viewer::Representative(acting) => Ok(acting.principal),
        _ => Err(UsecaseError::SignInFirst),
    }
}

/// The account that owns what comes out of a dossier: the filer's when the dossier's owner has one of its numbers, else the
/// account with the owner's number, provided that somebody has checked whose it is. Anybody may register any number, and a
/// store must not open itself to the first who does.
pub(crate) async fn account_of_owner(tx: &mut Tx<'_>, dossier: &Dossier) -> Result<Option<AccountId>, UsecaseError> {
    let Some(number) = dossier.owner.as_ref().and_then(|owner| owner.number.as_ref()) else { return Ok(None) };
    let filer = accounts::find(tx, dossier.filer).await?.ok_or(UsecaseError::NotFound)?;
    let former: Vec<LoginName> = accounts::list_former_numbers(tx, filer.id).await?;
    if filer.login == *number || former.contains(number) {
        return Ok(Some(filer.id));
    }
    let found = accounts::find_by_login(tx, number).await?.map(|found| found.account);
    Ok(found.filter(|account| account.assurance >= Assurance::Ial2).map(|account| account.id))
}

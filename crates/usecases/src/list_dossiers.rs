//! Lists of dossiers: a person's own, and an officer's inbox. The policy that guards single reads filters them too.

use domain::codes::AgencyCode;
use domain::dossier::Status;
use domain::policy::{AgencyScope, DossierFilter, Viewer, visible_dossiers};
use storage::dossiers::{self, Cursor, DossierRow, InboxFilter, StatusCount};

use crate::app::App;
use crate::ctx::Ctx;
use crate::errors::UsecaseError;

/// The most rows of one page of a list.
pub const PAGE_ROWS: u32 = 100;

/// What an officer wants to see of the inbox.
#[derive(Clone, Debug, Default)]
pub struct InboxQuery {
    /// Only this agency's, when the officer works for several.
    pub agency: Option<AgencyCode>,
    /// Only these states; all that wait for an officer when empty.
    pub statuses: Vec<Status>,
    /// The row after which to go on.
    pub after: Option<Cursor>,
}

/// The dossiers and drafts of the account that is signed in, or for which somebody acts, newest first.
pub async fn list_my_dossiers(app: &App, ctx: &Ctx, after: Option<Cursor>) -> Result<Vec<DossierRow>, UsecaseError> {
    let DossierFilter::OfAccount(account) = visible_dossiers(&ctx.viewer) else { return Ok(Vec::new()) };
    app.db()
        .read(move |tx| Box::pin(async move { Ok(dossiers::list_of_account(tx, account, after, PAGE_ROWS).await?) }))
        .await
}

/// The dossiers of the officer's agencies, the most urgent first.
pub async fn list_inbox(app: &App, ctx: &Ctx, query: InboxQuery) -> Result<Vec<DossierRow>, UsecaseError> {
    let scopes = scopes_of(&ctx.viewer, query.agency.as_ref());
    if scopes.is_empty() {
        return Ok(Vec::new());
    }
    let statuses = if query.statuses.is_empty() {
        vec![Status::Filed, Status::Accepted, Status::Finished]
    } else {
        query.statuses
    };
    let filter = InboxFilter { scopes, statuses, after: query.after, limit: PAGE_ROWS };
    app.db().read(move |tx| Box::pin(async move { Ok(dossiers::list_inbox(tx, &filter).await?) })).await
}

/// How many dossiers the officer has in each of these states, counted up to a thousand.
pub async fn count_inbox(app: &App, ctx: &Ctx, statuses: Vec<Status>) -> Result<Vec<StatusCount>, UsecaseError> {
    let scopes = scopes_of(&ctx.viewer, None);
    app.db()
        .read(move |tx| Box::pin(async move { Ok(dossiers::count_by_status(tx, &scopes, &statuses, 1_000).await?) }))
        .await
}

fn scopes_of(viewer: &Viewer, only: Option<&AgencyCode>) -> Vec<AgencyScope> {
    let DossierFilter::OfAgencies(mut scopes) = visible_dossiers(viewer) else { return Vec::new() };
    scopes.retain(|scope| only.is_none_or(|only| scope.agency == *only));
    let mut distinct: Vec<AgencyScope> = Vec::new();
    for scope in scopes {
        if !distinct.contains(&scope) {
            distinct.push(scope);
        }
    }
    distinct
}

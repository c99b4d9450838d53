//! Lists of dossiers: a person's own, and an officer's inbox. The policy that guards single reads filters them too.

use domain::codes::AgencyCode;
use domain::dossier::Status;
use domain::policy::{AgencyScope, DossierFilter, Viewer, visible_dossiers};
use domain::text::fold;
use storage::dossiers::{self, Cursor, DossierRow, InboxFilter, StatusCount};

use crate::app::App;
use crate::ctx::Ctx;
use crate::errors::UsecaseError;

/// The most rows of one page of a list.
pub const PAGE_ROWS: u32 = 100;
/// The most rows of one page of one's own dossiers.
pub const OWN_ROWS: u32 = 20;
/// How many rows are searched for one page.
const SEARCHED_ROWS: u32 = 1_000;

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

/// What somebody wants to see of their own dossiers.
#[derive(Clone, Debug, Default)]
pub struct OwnQuery {
    /// Only these states, at most four; all when empty.
    pub statuses: Vec<Status>,
    /// Only those whose code, procedure or owner's name holds every one of these words, with or without their marks.
    pub words: String,
    /// The row after which to go on.
    pub after: Option<Cursor>,
}

/// A page of somebody's own dossiers.
#[derive(Clone, Debug, Default)]
pub struct OwnPage {
    /// The rows, the latest first; at most [`OWN_ROWS`].
    pub rows: Vec<DossierRow>,
    /// Where the next page begins, when there may be one.
    pub next: Option<Cursor>,
}

/// The dossiers and drafts of the account that is signed in, or for which somebody acts, the latest first.
///
/// Words are looked for among a bounded number of rows at a time, so that a page costs the same however many there are: a
/// page may then be short, or empty, and still have a next one.
///
/// # Errors
/// When the database cannot answer.
pub async fn list_my_dossiers(app: &App, ctx: &Ctx, query: OwnQuery) -> Result<OwnPage, UsecaseError> {
    let DossierFilter::OfAccount(account) = visible_dossiers(&ctx.viewer) else { return Ok(OwnPage::default()) };
    let words: Vec<String> = fold(&query.words).split_whitespace().map(str::to_owned).collect();
    // One more than a page shows tells whether there is another.
    let limit = if words.is_empty() { OWN_ROWS + 1 } else { SEARCHED_ROWS };
    let (statuses, after) = (query.statuses, query.after);
    let rows = app
        .db()
        .read(move |tx| {
            Box::pin(async move {
                Ok::<_, UsecaseError>(dossiers::list_of_account_in(tx, account, &statuses, after, limit).await?)
            })
        })
        .await?;
    let is_cut = rows.len() >= limit as usize;
    let last = rows.last().map(DossierRow::own_cursor);
    let mut found = rows.into_iter().filter(|row| holds_all(row, &words));
    let page: Vec<DossierRow> = found.by_ref().take(OWN_ROWS as usize).collect();
    let next = match found.next() {
        Some(_) => page.last().map(DossierRow::own_cursor),
        None => last.filter(|_| is_cut),
    };
    Ok(OwnPage { rows: page, next })
}

fn holds_all(row: &DossierRow, words: &[String]) -> bool {
    if words.is_empty() {
        return true;
    }
    let code = row.code.as_ref().map(ToString::to_string).unwrap_or_default();
    let owner = row.owner_name.as_deref().unwrap_or_default();
    let text = fold(&format!("{code} {} {} {owner}", row.procedure, row.procedure_name));
    words.iter().all(|word| text.contains(word.as_str()))
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

//! Who did what for whom, for both sides to read.

use domain::dossier::Actor;
use domain::representation::{EndReason, Event, Matter, Representation};
use domain::time::Instant;
use storage::accounts;
use storage::dossiers::{self, DossierRow};
use storage::representations::{self as rows, RecordedEvent};

use super::acting::person_of;
use crate::app::App;
use crate::ctx::Ctx;
use crate::errors::UsecaseError;

/// The most lines that are shown.
const MOST: usize = 200;

/// One line of the journal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JournalEntry {
    /// When.
    pub at: Instant,
    /// Who did it.
    pub person: String,
    /// For whom; the person's own account when it was for nobody else.
    pub principal: String,
    /// What.
    pub what: JournalKind,
}

/// What was done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum JournalKind {
    /// Rights were offered.
    Given {
        /// To whom: a name, or the number that was entered while nobody has accepted.
        invited: String,
    },
    /// A child was declared.
    ChildDeclared,
    /// They were accepted.
    Accepted,
    /// They came to an end.
    Ended(EndReason),
    /// An act on a dossier.
    Dossier {
        /// The word that names the act.
        act: String,
        /// The procedure's name.
        procedure: String,
        /// The dossier's code, once filed.
        code: String,
    },
}

/// What others did for the person who is signed in, and what that person did for others, the latest first.
pub async fn view_journal(app: &App, ctx: &Ctx) -> Result<Vec<JournalEntry>, UsecaseError> {
    let id = person_of(ctx)?;
    app.db()
        .read(move |tx| {
            Box::pin(async move {
                let mut all = rows::list_of_principal(tx, id, 100).await?;
                all.extend(rows::list_of_representative(tx, id, 100).await?);
                let child = |one: &Representation| match &one.matter {
                    Matter::Child { child } => Some(child.name.as_str().to_owned()),
                    Matter::Principal { .. } => None,
                };
                let children: Vec<String> = all.iter().filter_map(child).collect();
                let mut lines = Vec::new();
                for one in all {
                    let log = rows::list_events(tx, one.id).await?;
                    lines.extend(log.into_iter().map(|entry| line(&one, entry)));
                }
                let acts = dossiers::list_represented(tx, id, 200).await?;
                lines.extend(acts.into_iter().map(|act| JournalEntry {
                    at: act.at,
                    person: act.person,
                    principal: act.principal,
                    what: JournalKind::Dossier {
                        act: act.kind,
                        procedure: act.procedure,
                        code: act.code.map(|code| code.to_string()).unwrap_or_default(),
                    },
                }));
                if !children.is_empty() {
                    let person = accounts::find(tx, id).await?.map(|account| account.name.to_string());
                    let person = person.unwrap_or_default();
                    let filed = dossiers::list_of_account(tx, id, None, 200).await?;
                    lines.extend(filed.iter().filter_map(|row| filed_for_child(row, &children, &person)));
                }
                lines.sort_by_key(|line| std::cmp::Reverse(line.at));
                lines.truncate(MOST);
                Ok(lines)
            })
        })
        .await
}

fn invited(one: &Representation) -> String {
    match (&one.representative, &one.matter) {
        (Some(representative), _) => representative.name.to_string(),
        (None, Matter::Principal { terms, .. }) => terms.number.to_string(),
        (None, Matter::Child { .. }) => String::new(),
    }
}

/// A dossier that the account itself filed for a child it has declared.
fn filed_for_child(row: &DossierRow, children: &[String], person: &str) -> Option<JournalEntry> {
    let principal = row.owner_name.clone().filter(|owner| children.contains(owner))?;
    let what = JournalKind::Dossier {
        act: "filed".to_owned(),
        procedure: row.procedure_name.clone(),
        code: row.code.as_ref()?.to_string(),
    };
    Some(JournalEntry { at: row.filed_at?, person: person.to_owned(), principal, what })
}

fn line(one: &Representation, entry: RecordedEvent) -> JournalEntry {
    let person = match entry.actor {
        Actor::Account { name, .. }
        | Actor::Representative { name, .. }
        | Actor::Program { name, .. }
        | Actor::Officer { name, .. } => name,
        Actor::System => String::new(),
    };
    let what = match entry.event {
        Event::Given { .. } => JournalKind::Given { invited: invited(one) },
        Event::ChildDeclared { .. } => JournalKind::ChildDeclared,
        Event::Accepted { .. } => JournalKind::Accepted,
        Event::Ended { reason } => JournalKind::Ended(reason),
    };
    let principal = match &one.matter {
        Matter::Principal { principal, .. } => principal.name.to_string(),
        Matter::Child { child } => child.name.as_str().to_owned(),
    };
    JournalEntry { at: entry.at, person, principal, what }
}

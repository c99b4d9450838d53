//! An account that is closed neither represents nor is represented.

use domain::dossier::Actor;
use domain::ids::AccountId;
use domain::representation::{Command, EndReason};
use domain::time::Instant;
use storage::Tx;
use storage::representations as rows;

use super::{RepresentError, act};
use crate::errors::UsecaseError;

/// More than one account can have.
const ALL: u32 = 100_000;

/// Ends whatever the account gave or was given.
pub(crate) async fn end_all_of(
    tx: &mut Tx<'_>,
    account: AccountId,
    actor: &Actor,
    now: Instant,
) -> Result<(), UsecaseError> {
    let mut all = rows::list_of_principal(tx, account, ALL).await?;
    all.extend(rows::list_of_representative(tx, account, ALL).await?);
    for open in all.into_iter().filter(|one| one.ended.is_none()) {
        let command = Command::EndBecause(EndReason::AccountClosed);
        act(tx, Some(open), &command, actor, now).await.map_err(|error| match error {
            RepresentError::Usecase(error) => error,
            // Ending is always allowed.
            _ => UsecaseError::Conflict,
        })?;
    }
    Ok(())
}

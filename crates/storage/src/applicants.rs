//! Accounts of state agencies that wait for an administrator.

use domain::account::{Account, AccountKind};
use domain::ids::AccountId;
use domain::time::Instant;

use crate::accounts;
use crate::db::Tx;
use crate::error::StorageError;
use crate::params;
use crate::sql::{Sql, statements};

statements! {
    LIST = Sql::new(
        "select id, version, kind, status, login_name, name, birth_date, email, phone, assurance,
             registered_at, email_confirmed_at, phone_confirmed_at, closed_at, representative
         from account
         where status = 'pending_approval' and kind = $1
             and (registered_at > $2 or (registered_at = $2 and id > $3))
         order by registered_at, id limit $4",
    );
}

/// Those that wait, the longest first, after the one that was registered then under this id.
///
/// # Errors
/// When the database cannot answer.
pub async fn list(
    tx: &mut Tx<'_>,
    after: Option<(Instant, AccountId)>,
    limit: u32,
) -> Result<Vec<Account>, StorageError> {
    let (at, id) = after.unwrap_or((Instant::from_millis(0), AccountId::from_bytes([0; 16])));
    let rows = tx.all(LIST, params![AccountKind::StateAgency, at, id, limit]).await?;
    rows.into_iter().map(|mut row| accounts::read(&mut row)).collect()
}

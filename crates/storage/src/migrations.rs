//! Brings a database to the tables of this program: numbered, forward only, one transaction each.

use domain::ids::Hash;

use crate::db::{Db, Kind, Tx};
use crate::error::StorageError;
use crate::params;
use crate::sql::{Sql, statements};

mod ddl;

/// One step of the tables' history; once released it is never edited.
struct Migration {
    number: u32,
    name: &'static str,
    text: &'static str,
}

const MIGRATIONS: &[Migration] = &[
    Migration { number: 1, name: "first tables", text: include_str!("../migrations/0001_first_tables.sql") },
    Migration { number: 2, name: "accounts", text: include_str!("../migrations/0002_accounts.sql") },
    Migration { number: 3, name: "used tokens", text: include_str!("../migrations/0003_used_token.sql") },
    Migration { number: 4, name: "single sign-on", text: include_str!("../migrations/0004_single_sign_on.sql") },
    Migration { number: 5, name: "representative", text: include_str!("../migrations/0005_representative.sql") },
    Migration { number: 6, name: "officer enrolment", text: include_str!("../migrations/0006_officer_enrolment.sql") },
    Migration { number: 7, name: "second factors", text: include_str!("../migrations/0007_second_factors.sql") },
    Migration { number: 8, name: "representation", text: include_str!("../migrations/0008_representation.sql") },
    Migration { number: 9, name: "delivery reports", text: include_str!("../migrations/0009_delivery_reports.sql") },
    Migration { number: 10, name: "acting", text: include_str!("../migrations/0010_acting.sql") },
    Migration { number: 11, name: "waiting accounts", text: include_str!("../migrations/0011_waiting_accounts.sql") },
    Migration { number: 12, name: "account recovery", text: include_str!("../migrations/0012_account_recovery.sql") },
    Migration { number: 13, name: "receipt", text: include_str!("../migrations/0013_receipt.sql") },
    Migration { number: 14, name: "upload", text: include_str!("../migrations/0014_upload.sql") },
    Migration { number: 15, name: "afterwards", text: include_str!("../migrations/0015_afterwards.sql") },
    Migration { number: 16, name: "program", text: include_str!("../migrations/0016_program.sql") },
    Migration { number: 17, name: "store", text: include_str!("../migrations/0017_store.sql") },
];

/// Made before any migration, so it is not one itself.
const OWN_TABLE: &str = "
create table if not exists schema_migration (
    number {int} not null constraint schema_migration_number primary key,
    name text not null,
    fingerprint text not null
){strict};
";

statements! {
    APPLIED = Sql::new("select number, name, fingerprint from schema_migration order by number");
    INSERT = Sql::new("insert into schema_migration (number, name, fingerprint) values ($1, $2, $3)");
}

/// Why a database cannot be used with this program.
#[derive(Debug, thiserror::Error)]
pub enum MigrateError {
    /// A newer program has used the database.
    #[error("the database has migration {found}, this program knows {known}: start a newer program")]
    Newer {
        /// The highest migration of the database.
        found: u32,
        /// The highest migration of this program.
        known: u32,
    },
    /// A migration was edited after the database had run it.
    #[error("the database has run another migration {number} ({name}) than this program's")]
    Edited {
        /// Its number.
        number: u32,
        /// Its name.
        name: &'static str,
    },
    /// The database refused.
    #[error("cannot migrate the database")]
    Storage(#[from] StorageError),
}

impl Db {
    /// Runs the migrations that the database has not seen, and says how many; `progress` is told how many of them are done.
    ///
    /// Several programs may start on one database at once: each migration runs under a lock, and only once.
    ///
    /// # Errors
    /// [`MigrateError`]; what had been migrated before the error stays so.
    pub async fn migrate(&self, mut progress: impl FnMut(usize, usize)) -> Result<usize, MigrateError> {
        let schema = self.schema().map(str::to_owned);
        let lock = schema.as_deref().map(lock_script);
        let prepare = prepare_script(self.kind(), schema.as_deref());
        let applied: usize = self
            .write({
                let lock = lock.clone();
                move |tx| {
                    Box::pin(async move {
                        enter(tx, lock.as_deref()).await?;
                        tx.script(&prepare).await?;
                        check_applied(tx).await
                    })
                }
            })
            .await?;
        let missing = &MIGRATIONS[applied..];
        for (index, migration) in missing.iter().enumerate() {
            progress(index, missing.len());
            tracing::info!(migration = migration.number, "Migrating the database: {}", migration.name);
            let script = ddl::render(migration.text, self.kind());
            let lock = lock.clone();
            self.write(move |tx| Box::pin(apply(tx, lock, migration, script))).await?;
        }
        progress(missing.len(), missing.len());
        Ok(missing.len())
    }
}

/// Runs one migration, unless somebody else has done so while this program waited for the lock.
async fn apply(
    tx: &mut Tx<'_>,
    lock: Option<String>,
    migration: &Migration,
    script: String,
) -> Result<(), MigrateError> {
    enter(tx, lock.as_deref()).await?;
    if check_applied(tx).await? >= migration.number as usize {
        return Ok(());
    }
    tx.script(&script).await?;
    tx.exec(INSERT, params![migration.number, migration.name, fingerprint(migration)]).await?;
    Ok(())
}

/// SQLite's `begin immediate` is a lock already; on PostgreSQL it is taken here and ends with the transaction.
async fn enter(tx: &mut Tx<'_>, lock: Option<&str>) -> Result<(), StorageError> {
    match lock {
        Some(script) => tx.script(script).await,
        None => Ok(()),
    }
}

fn lock_script(schema: &str) -> String {
    let digest = Hash::of(format!("motcua migrates {schema}").as_bytes());
    let mut key = [0; 8];
    key.copy_from_slice(&digest.as_bytes()[..8]);
    format!("select pg_advisory_xact_lock({})", i64::from_be_bytes(key))
}

fn prepare_script(kind: Kind, schema: Option<&str>) -> String {
    let own_table = ddl::render(OWN_TABLE, kind);
    match schema {
        // The name was checked to be a plain word when the database was opened.
        Some(schema) => format!("create schema if not exists {schema};\n{own_table}"),
        None => own_table,
    }
}

/// How many migrations the database has run; an error unless they are the first ones of this program.
async fn check_applied(tx: &mut Tx<'_>) -> Result<usize, MigrateError> {
    let rows = tx.all(APPLIED, params![]).await?;
    let count = rows.len();
    for (index, mut row) in rows.into_iter().enumerate() {
        let found: u32 = row.take(0)?;
        let Some(known) = MIGRATIONS.get(index) else {
            let known = MIGRATIONS.last().map_or(0, |last| last.number);
            return Err(MigrateError::Newer { found, known });
        };
        if found != known.number || row.take::<String>(2)? != fingerprint(known) {
            return Err(MigrateError::Edited { number: known.number, name: known.name });
        }
    }
    Ok(count)
}

fn fingerprint(migration: &Migration) -> String {
    Hash::of(migration.text.as_bytes()).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn migrations_are_numbered_from_one_without_gaps() {
        for (index, migration) in MIGRATIONS.iter().enumerate() {
            assert_eq!(migration.number as usize, index + 1, "{}", migration.name);
        }
    }
}

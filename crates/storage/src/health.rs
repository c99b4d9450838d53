//! Whether the database answers.

use crate::db::Db;
use crate::error::StorageError;
use crate::params;
use crate::sql::{Sql, statements};

statements! {
    ANSWER = Sql::new("select count(*) from schema_migration");
}

/// Whether the database answers and has its tables, for `/readyz`.
pub async fn is_ready(db: &Db) -> bool {
    let answer = db.read(|tx| Box::pin(async move { tx.one(ANSWER, params![]).await?.take::<i64>(0) }));
    match answer.await {
        Ok(_) => true,
        Err(error) => {
            let error: StorageError = error;
            tracing::error!(%error, "The database is not ready");
            false
        }
    }
}

//! Questions to registers of the state: who asked about whom, what for, and what kind of answer came; only added.

use domain::ids::{AccountId, DossierId, MessageId};
use domain::registers::RegisterQuestion;

use crate::db::Tx;
use crate::domain_values::{take_json, to_json};
use crate::error::StorageError;
use crate::params;
use crate::sql::{Sql, statements};

statements! {
    INSERT = Sql::new("insert into register_question (id, account_id, dossier_id, at, state) values ($1, $2, $3, $4, $5)");
    LIST_OF_ACCOUNT = Sql::new(
        "select state from register_question where account_id = $1 order by at desc, id limit $2",
    );
    LIST_OF_DOSSIER = Sql::new(
        "select state from register_question where dossier_id = $1 order by at desc, id limit $2",
    );
}

/// Adds a question about the holder of this account, when there is one.
///
/// # Errors
/// When the database refuses.
pub async fn insert(
    tx: &mut Tx<'_>,
    id: MessageId,
    about: Option<AccountId>,
    question: &RegisterQuestion,
) -> Result<(), StorageError> {
    tx.exec(INSERT, params![id, about, question.dossier, question.at, to_json(question)?]).await.map(drop)
}

/// What was asked about the holder of an account, the latest first.
///
/// # Errors
/// When the database cannot answer.
pub async fn list_of_account(
    tx: &mut Tx<'_>,
    about: AccountId,
    most: u32,
) -> Result<Vec<RegisterQuestion>, StorageError> {
    tx.all(LIST_OF_ACCOUNT, params![about, most]).await?.iter_mut().map(|row| take_json(row, 0)).collect()
}

/// What was asked for a dossier, the latest first.
///
/// # Errors
/// When the database cannot answer.
pub async fn list_of_dossier(
    tx: &mut Tx<'_>,
    dossier: DossierId,
    most: u32,
) -> Result<Vec<RegisterQuestion>, StorageError> {
    tx.all(LIST_OF_DOSSIER, params![dossier, most]).await?.iter_mut().map(|row| take_json(row, 0)).collect()
}

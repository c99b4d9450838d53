//! Tokens that are good for one use.

use domain::ids::Hash;
use storage::{StorageError, used_tokens};

use crate::samples::at;
use crate::support::TestDb;

on_both_engines!(a_token_is_used_once, of_many_at_once_one_is_the_first);

async fn a_token_is_used_once(db: TestDb) {
    let [token, other] = [Hash::of(b"token"), Hash::of(b"other")];
    let outcome: Result<(), StorageError> = db
        .write(move |tx| {
            Box::pin(async move {
                assert!(used_tokens::insert(tx, token, at(10)).await?);
                assert!(!used_tokens::insert(tx, token, at(10)).await?);
                assert!(used_tokens::insert(tx, other, at(11)).await?);
                assert_eq!(used_tokens::delete_expired(tx, at(9)).await?, 0);
                assert_eq!(used_tokens::delete_expired(tx, at(10)).await?, 1);
                assert!(!used_tokens::insert(tx, other, at(11)).await?, "what has not expired is remembered");
                Ok(())
            })
        })
        .await;
    outcome.unwrap();
}

async fn of_many_at_once_one_is_the_first(db: TestDb) {
    let token = Hash::of(b"token");
    let mut tries = tokio::task::JoinSet::new();
    for _ in 0..20 {
        let db = (*db).clone();
        tries.spawn(async move {
            let outcome: Result<bool, StorageError> =
                db.write(move |tx| Box::pin(async move { used_tokens::insert(tx, token, at(10)).await })).await;
            outcome.unwrap()
        });
    }
    let first = tries.join_all().await.into_iter().filter(|first| *first).count();
    assert_eq!(first, 1);
}

//! Bringing a database to the tables of the program.

use storage::{MigrateError, StorageError};

use crate::support::{TestDb, number};

async fn empty_ones() -> [TestDb; 2] {
    [TestDb::empty_sqlite(), TestDb::empty_postgres().await]
}

#[tokio::test]
async fn migrations_run_once_and_tell_how_far_they_are() {
    for db in empty_ones().await {
        let mut steps = Vec::new();
        let count = db.migrate(|done, all| steps.push((done, all))).await.unwrap();
        let expected: Vec<_> = (0..=count).map(|done| (done, count)).collect();
        assert!(count > 0);
        assert_eq!(steps, expected);
        assert_eq!(db.migrate(|_, _| {}).await.unwrap(), 0);
        assert!(storage::is_ready(&db).await);
    }
}

#[tokio::test]
async fn a_database_without_tables_is_not_ready() {
    for db in empty_ones().await {
        assert!(!storage::is_ready(&db).await);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn programs_that_start_together_migrate_once() {
    for db in empty_ones().await {
        let mut starting = Vec::new();
        for _ in 0..4 {
            let other = db.open_again().await;
            starting.push(tokio::spawn(async move { other.migrate(|_, _| {}).await }));
        }
        let mut ran = 0;
        for start in starting {
            ran += start.await.unwrap().unwrap();
        }
        assert!(ran > 0);
        let stored = number(&db, "select count(*) from schema_migration").await;
        assert_eq!(stored, number(&db, "select max(number) from schema_migration").await);
    }
}

#[tokio::test]
async fn a_database_of_a_newer_program_is_refused() {
    for db in [TestDb::sqlite().await, TestDb::postgres().await] {
        db.script("insert into schema_migration (number, name, fingerprint) values (999, 'of tomorrow', 'x')")
            .await
            .unwrap();
        let outcome = db.migrate(|_, _| panic!("nothing may run")).await;
        assert!(matches!(outcome, Err(MigrateError::Newer { found: 999, .. })), "{outcome:?}");
    }
}

#[tokio::test]
async fn a_migration_that_was_edited_is_noticed() {
    for db in [TestDb::sqlite().await, TestDb::postgres().await] {
        db.script("update schema_migration set fingerprint = 'x' where number = 1").await.unwrap();
        let outcome = db.migrate(|_, _| panic!("nothing may run")).await;
        assert!(matches!(outcome, Err(MigrateError::Edited { number: 1, .. })), "{outcome:?}");
    }
}

#[tokio::test]
async fn a_schema_must_have_a_plain_name() {
    for name in ["", "Đồi", "a b", "x;drop", "1x", "public,pg_catalog"] {
        let outcome = storage::Db::open_postgres("postgres://nobody@127.0.0.1:1/none", name).await;
        assert!(matches!(outcome, Err(StorageError::Statement(_))), "{name}");
    }
}

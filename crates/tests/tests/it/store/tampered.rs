//! `motcua verify` finds what was changed in the stores below the program.

use tests::app::TestApp;

use super::{draft_citing, file, with_checked_paper};
use crate::steps::on_both_databases;

on_both_databases! {
    whatever_is_changed_in_the_stores_is_found;
}

async fn whatever_is_changed_in_the_stores_is_found(app: TestApp) {
    let (citizen, _) = with_checked_paper(&app, &[]).await;
    let files = draft_citing(&citizen).await;
    file(&citizen, &files).await.must_be(303);
    assert_eq!(app.differences().await, Vec::<String>::new());
    // The item: by which it is found, its file, the dossier it came from.
    app.run_sql("create table kept as select * from store_item").await;
    let cases = [
        ("live_number", "null", "the columns of the store's item"),
        ("state", "replace(state, '\"size\":', '\"size\":1')", "is no file of it"),
        ("state", "replace(state, '-261123-0001', '-261123-0009')", "names another code"),
    ];
    for (column, value, words) in cases {
        app.run_sql(&format!("update store_item set {column} = {value}")).await;
        let found = app.differences().await;
        assert!(found.len() == 1 && found[0].contains(words), "{column} = {value}: {found:?}");
        app.run_sql(&format!("update store_item set {column} = (select {column} from kept)")).await;
    }
    // Its uses: told and not kept, kept and not told.
    app.run_sql(
        "alter table store_use rename to kept_use; create table store_use as select * from kept_use where 1 = 0",
    )
    .await;
    let found = app.differences().await;
    assert!(found.len() == 2 && found.iter().all(|words| words.ends_with("is not kept")), "{found:?}");
    app.run_sql("insert into store_use select * from kept_use").await;
    assert_eq!(app.differences().await, Vec::<String>::new());
    app.run_sql("update store_use set seq = seq + 100").await;
    let found = app.differences().await;
    let is_false = |words: &&String| words.contains("does not use the store's item");
    assert!(found.len() == 4 && found.iter().filter(is_false).count() == 2, "{found:?}");
    app.run_sql("update store_use set seq = seq - 100").await;
    assert_eq!(app.differences().await, Vec::<String>::new());
}

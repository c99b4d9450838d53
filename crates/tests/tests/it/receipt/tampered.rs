//! `motcua verify` finds whatever was changed below the program: receipts, keys, events, rows and files.

use tests::app::TestApp;

use super::receipt_of;
use crate::steps::{filed, on_both_databases};

on_both_databases! {
    whatever_is_changed_below_the_program_is_found;
    a_file_with_another_byte_is_found;
}

async fn whatever_is_changed_below_the_program_is_found(app: TestApp) {
    let (client, _, _) = receipt_of(&app).await;
    filed(&client).await;
    assert_eq!(app.differences().await, Vec::<String>::new());
    let of_first = "where dossier_id = (select min(dossier_id) from receipt)";
    let other = |column: &str| {
        format!("(select {column} from receipt where dossier_id = (select max(dossier_id) from receipt))")
    };
    let replaced = |column: &str, old: &str, new: &str| format!("replace({column}, '{old}', '{new}')");
    let cases = [
        ("receipt", "manifest", replaced("manifest", "T08:00", "T07:00"), "signature does not fit"),
        ("receipt", "manifest", replaced("manifest", "{", "["), "cannot be read"),
        ("receipt", "manifest", replaced("manifest", ",\"code\"", ", \"code\""), "signature does not fit"),
        ("receipt", "signature", replaced("signature", "..", "..A"), "signature does not fit"),
        ("receipt", "signature", other("signature"), "signature does not fit"),
        ("receipt", "seed", other("seed"), "does not say what the log says"),
    ];
    for (table, column, value, words) in cases {
        let kept = format!("create table kept as select * from {table}");
        app.run_sql(&kept).await;
        app.run_sql(&format!("update {table} set {column} = {value} {of_first}")).await;
        let found = app.differences().await;
        assert!(found.len() == 1 && found[0].contains(words), "{column}: {found:?}");
        let back = format!(
            "update {table} set {column} = (select k.{column} from kept k where k.dossier_id = {table}.dossier_id); drop table kept"
        );
        app.run_sql(&back).await;
    }
    // A whole receipt of another dossier, with its signature and seed.
    app.run_sql("create table kept as select * from receipt").await;
    let both = format!(
        "update receipt set manifest = {}, signature = {}, seed = {} {of_first}",
        other("manifest"),
        other("signature"),
        other("seed")
    );
    app.run_sql(&both).await;
    let found = app.differences().await;
    assert!(found.len() == 1 && found[0].contains("does not say what the log says"), "{found:?}");
    app.run_sql(&format!("delete from receipt {of_first}")).await;
    let found = app.differences().await;
    assert!(found.len() == 1 && found[0].contains("the receipt is missing"), "{found:?}");
    app.run_sql("delete from receipt; insert into receipt select * from kept; drop table kept").await;
    assert_eq!(app.differences().await, Vec::<String>::new());
    // The row, with another word and with none that can be read.
    app.run_sql("create table kept_rows as select id, state from dossier").await;
    for (value, words) in
        [("replace(state, 'thị trấn', 'phường')", "the row is not"), ("substr(state, 2)", "the row of dossier")]
    {
        app.run_sql(&format!("update dossier set state = {value} where id = (select min(id) from dossier)")).await;
        let found = app.differences().await;
        assert!(found.len() == 1 && found[0].contains(words), "{found:?}");
        app.run_sql("update dossier set state = (select k.state from kept_rows k where k.id = dossier.id)").await;
    }
    assert_eq!(app.differences().await, Vec::<String>::new());
    // Another key's public half, or another time of a key.
    app.run_sql("create table kept as select * from receipt_key").await;
    app.run_sql("update receipt_key set signs_from = signs_from + 200000000").await;
    let found = app.differences().await;
    assert!(found.len() == 2 && found[0].contains("a key of another time"), "{found:?}");
    app.run_sql("update receipt_key set signs_from = (select signs_from from kept), kid = 'x'").await;
    let found = app.differences().await;
    assert!(found.len() == 1 && found[0].contains("the public half is another one"), "{found:?}");
    app.run_sql("delete from receipt_key").await;
    let found = app.differences().await;
    assert!(found.len() == 2 && found[0].contains("a key that is not stored"), "{found:?}");
}

async fn a_file_with_another_byte_is_found(app: TestApp) {
    receipt_of(&app).await;
    let changed = app.change_stored_files();
    assert_eq!(changed, 1);
    let found = app.differences().await;
    assert!(found.len() == 1 && found[0].contains("has other bytes"), "{found:?}");
}

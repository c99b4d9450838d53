//! The two engines have the same tables and understand every statement.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use storage::{Db, Kind, Sql, StorageError, params};

use crate::support::TestDb;

on_both_engines!(every_statement_is_understood, every_table_and_column_has_a_comment);

async fn every_statement_is_understood(db: TestDb) {
    for (name, sql) in storage::list_statements() {
        let outcome: Result<(), StorageError> =
            db.write(move |tx| Box::pin(async move { tx.prepare(sql).await })).await;
        assert!(outcome.is_ok(), "{name}: {outcome:?}");
        assert!(sql.is_numbered_in_order(), "{name}");
    }
}

#[test]
fn the_list_of_statements_misses_none() {
    let written = count_statements(Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/src")));
    assert!(written > 40, "only {written} statements were found in the source");
    assert_eq!(storage::list_statements().len(), written);
}

/// Lines such as `    FIND = Sql::new(` in all files below the folder.
fn count_statements(folder: &Path) -> usize {
    let mut count = 0;
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            count += count_statements(&path);
            continue;
        }
        let is_statement = |line: &&str| {
            let name = line.trim_start().split(" = Sql::").next().unwrap_or_default();
            line.contains(" = Sql::") && name.chars().all(|letter| letter.is_ascii_uppercase() || letter == '_')
        };
        count += fs::read_to_string(&path).unwrap().lines().filter(is_statement).count();
    }
    count
}

async fn texts(db: &Db, text: &'static str, width: usize) -> Vec<Vec<String>> {
    let rows: Result<Vec<Vec<String>>, StorageError> = db
        .read(move |tx| {
            Box::pin(async move {
                let mut lines = Vec::new();
                for mut row in tx.all(Sql::new(text), params![]).await? {
                    lines.push((0..width).map(|column| row.take(column)).collect::<Result<_, _>>()?);
                }
                Ok(lines)
            })
        })
        .await;
    rows.unwrap()
}

/// Each column as "table.column kind, null or not, part of the primary key or not".
async fn columns(db: &Db) -> Vec<String> {
    let query = match db.kind() {
        Kind::Sqlite => {
            "select m.name, c.name, c.type,
                 case when c.\"notnull\" = 1 or c.pk > 0 then 'not null' else 'null' end,
                 case when c.pk > 0 then 'key' else '' end
             from sqlite_schema m join pragma_table_info(m.name) c
             where m.type = 'table' and m.name not like 'sqlite%'"
        }
        Kind::Postgres => {
            "select c.table_name::text, c.column_name::text, c.data_type::text,
                 case c.is_nullable when 'NO' then 'not null' else 'null' end,
                 case when exists (
                     select 1 from pg_index i join pg_attribute a on a.attrelid = i.indrelid and a.attnum = any (i.indkey)
                     where i.indisprimary and i.indrelid = format('%I.%I', c.table_schema, c.table_name)::regclass
                         and a.attname = c.column_name
                 ) then 'key' else '' end
             from information_schema.columns c where c.table_schema = current_schema()"
        }
    };
    let rows = texts(db, query, 5).await.into_iter().map(|row| {
        let kind = match row[2].to_lowercase().as_str() {
            "integer" | "bigint" => "number",
            // SQLite has no truth values and keeps them as numbers.
            "boolean" => "number",
            "text" => "text",
            "blob" | "bytea" => "bytes",
            other => panic!("{row:?}: no column may have the type {other}"),
        };
        format!("{}.{} {kind} {} {}", row[0], row[1], row[3], row[4])
    });
    let mut rows: Vec<_> = rows.collect();
    rows.sort();
    rows
}

/// Each index as "table (columns) unique or not, where"; the names only where the migration gives them.
async fn indexes(db: &Db) -> BTreeMap<String, String> {
    let query = match db.kind() {
        Kind::Sqlite => {
            "select m.name, l.name, case l.\"unique\" when 1 then 'unique' else '' end,
                 (select group_concat(name, ', ') from (select name from pragma_index_info(l.name) order by seqno)),
                 coalesce((select substr(sql, nullif(instr(sql, ' where '), 0)) from sqlite_schema s where s.name = l.name), '')
             from sqlite_schema m join pragma_index_list(m.name) l
             where m.type = 'table' and l.origin <> 'pk'"
        }
        Kind::Postgres => {
            "select t.relname::text, x.relname::text, case when i.indisunique then 'unique' else '' end,
                 (select string_agg(a.attname, ', ' order by k.place)
                  from unnest(i.indkey) with ordinality as k (number, place)
                  join pg_attribute a on a.attrelid = t.oid and a.attnum = k.number),
                 coalesce(' where ' || pg_get_expr(i.indpred, i.indrelid), '')
             from pg_index i join pg_class t on t.oid = i.indrelid join pg_class x on x.oid = i.indexrelid
             where t.relnamespace = current_schema()::regnamespace and not i.indisprimary"
        }
    };
    let rows = texts(db, query, 5).await.into_iter().map(|row| {
        // PostgreSQL writes brackets and casts into the condition.
        let condition = row[4].to_lowercase().replace(['(', ')'], "").replace("::text", "");
        (row[1].clone(), format!("{} ({}) {}{condition}", row[0], row[3], row[2]))
    });
    rows.collect()
}

#[tokio::test]
async fn both_engines_have_the_same_tables() {
    let (sqlite, postgres) = (TestDb::sqlite().await, TestDb::postgres().await);
    let (left, right) = (columns(&sqlite).await, columns(&postgres).await);
    assert!(left.len() > 80, "only {} columns", left.len());
    assert_eq!(left, right);
    let (left, right) = (indexes(&sqlite).await, indexes(&postgres).await);
    assert!(left.len() > 15, "only {} indexes", left.len());
    assert_eq!(left, right);
}

/// A unique rule is named by its table and columns, which is how its error is named on SQLite.
#[tokio::test]
async fn unique_rules_are_named_by_their_columns() {
    let db = TestDb::postgres().await;
    let query = "select x.relname::text, t.relname::text || '_' ||
             (select string_agg(a.attname, '_' order by k.place)
              from unnest(i.indkey) with ordinality as k (number, place)
              join pg_attribute a on a.attrelid = t.oid and a.attnum = k.number)
         from pg_index i join pg_class t on t.oid = i.indrelid join pg_class x on x.oid = i.indexrelid
         join pg_attribute first on first.attrelid = t.oid and first.attnum = i.indkey[0]
         where t.relnamespace = current_schema()::regnamespace and i.indisunique and first.attidentity = ''";
    let rules = texts(&db, query, 2).await;
    assert!(rules.len() > 10, "only {} rules", rules.len());
    for rule in rules {
        assert_eq!(rule[0], rule[1]);
    }
}

async fn every_table_and_column_has_a_comment(db: TestDb) {
    let without = match db.kind() {
        Kind::Postgres => {
            let query = "select c.relname::text || '.' || coalesce(a.attname::text, 'the table itself')
                 from pg_class c
                 join (select attrelid, attnum, attname from pg_attribute where attnum > 0 and not attisdropped
                       union all select oid, 0, null from pg_class) a on a.attrelid = c.oid
                 where c.relkind = 'r' and c.relnamespace = current_schema()::regnamespace
                     and c.relname <> 'schema_migration'
                     and coalesce(col_description(c.oid, a.attnum), obj_description(c.oid, 'pg_class')) is null
                     or c.relkind = 'r' and c.relnamespace = current_schema()::regnamespace and a.attnum > 0
                     and c.relname <> 'schema_migration' and col_description(c.oid, a.attnum) is null";
            texts(&db, query, 1).await.concat()
        }
        Kind::Sqlite => {
            let query = "select sql from sqlite_schema where type = 'table' and name not like 'sqlite%'
                 and name <> 'schema_migration'";
            let tables = texts(&db, query, 1).await.concat();
            assert!(tables.len() > 10, "only {} tables", tables.len());
            tables.iter().flat_map(|table| columns_without_comment(table)).collect()
        }
    };
    assert_eq!(without, Vec::<String>::new());
}

fn columns_without_comment(table: &str) -> Vec<String> {
    let lines: Vec<&str> = table.lines().map(str::trim).collect();
    let is_column = |line: &str| {
        line.starts_with(|letter: char| letter.is_ascii_lowercase())
            && !line.starts_with("constraint ")
            && !line.starts_with("create ")
    };
    let bare = lines.windows(2).filter(|pair| is_column(pair[1]) && !pair[0].starts_with("-- "));
    bare.map(|pair| pair[1].to_owned()).collect()
}

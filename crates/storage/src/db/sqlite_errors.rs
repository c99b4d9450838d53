//! What SQLite says, in the words of [`StorageError`].

use rusqlite::ffi;

use crate::error::StorageError;

/// Translates an error of the driver; the rule's name comes out of SQLite's message.
pub(super) fn translate(error: rusqlite::Error) -> StorageError {
    let rusqlite::Error::SqliteFailure(code, message) = &error else {
        return StorageError::statement(error);
    };
    let message = message.as_deref().unwrap_or_default();
    match code.extended_code {
        ffi::SQLITE_CONSTRAINT_UNIQUE | ffi::SQLITE_CONSTRAINT_PRIMARYKEY | ffi::SQLITE_CONSTRAINT_NOTNULL => {
            StorageError::constraint(rule_of_columns(message))
        }
        ffi::SQLITE_CONSTRAINT_CHECK => StorageError::constraint(after_colon(message).to_owned()),
        ffi::SQLITE_CONSTRAINT_TRIGGER => StorageError::constraint(message.to_owned()),
        ffi::SQLITE_CONSTRAINT_FOREIGNKEY => StorageError::Reference,
        _ => match code.code {
            rusqlite::ErrorCode::DatabaseBusy
            | rusqlite::ErrorCode::DatabaseLocked
            | rusqlite::ErrorCode::DiskFull
            | rusqlite::ErrorCode::CannotOpen
            | rusqlite::ErrorCode::SystemIoFailure
            | rusqlite::ErrorCode::OutOfMemory
            | rusqlite::ErrorCode::DatabaseCorrupt
            | rusqlite::ErrorCode::NotADatabase
            | rusqlite::ErrorCode::PermissionDenied => StorageError::unavailable(error),
            _ => StorageError::statement(error),
        },
    }
}

/// "UNIQUE constraint failed: dossier_event.dossier_id, dossier_event.seq" becomes `dossier_event_dossier_id_seq`, the name
/// that the migrations give the same rule on PostgreSQL.
fn rule_of_columns(message: &str) -> String {
    let mut rule = String::new();
    for column in after_colon(message).split(", ") {
        let (table, name) = column.split_once('.').unwrap_or(("", column));
        if rule.is_empty() {
            rule.push_str(table);
        }
        rule.push('_');
        rule.push_str(name);
    }
    rule
}

fn after_colon(message: &str) -> &str {
    message.split_once(": ").map_or(message, |(_, rest)| rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_rule_is_named_by_its_table_and_columns() {
        let cases = [
            ("UNIQUE constraint failed: account.login_name", "account_login_name"),
            ("UNIQUE constraint failed: officer_grant.officer_id, officer_grant.role", "officer_grant_officer_id_role"),
            ("NOT NULL constraint failed: message.subject", "message_subject"),
        ];
        for (message, rule) in cases {
            assert_eq!(rule_of_columns(message), rule);
        }
    }
}

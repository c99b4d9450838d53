//! Two databases behind one set of statements, the tables of the platform, and the files that people upload.

pub mod accounts;
pub mod applicants;
pub mod attachments;
pub mod audit;
pub mod authenticators;
pub mod backup_codes;
mod blob_store;
pub mod blobs;
pub mod ceremonies;
mod db;
mod domain_values;
pub mod dossiers;
pub mod email_tokens;
mod error;
pub mod filing_keys;
mod health;
mod holder;
pub mod identity_proofs;
pub mod jobs;
pub mod known_browsers;
pub mod linked_identities;
pub mod messages;
mod migrations;
pub mod officer_enrolments;
pub mod officer_sessions;
pub mod officers;
pub mod oidc_clients;
pub mod oidc_codes;
pub mod oidc_consents;
pub mod oidc_grants;
pub mod oidc_tokens;
pub mod one_time_codes;
pub mod passkeys;
pub mod provider_sessions;
pub mod provider_sign_ins;
pub mod rate_limits;
pub mod receipts;
pub mod recoveries;
pub mod register_questions;
pub mod remarks;
pub mod representations;
pub mod sessions;
pub mod signing_keys;
pub mod signups;
mod sql;
pub mod store_items;
pub mod uploads;
pub mod used_tokens;
pub mod value;

pub use blob_store::{BlobError, BlobStore, Ended, Incoming, Partial};
pub use db::{Activity, Db, Kind, Tx, Work};
pub use error::{Cause, StorageError};
pub use health::is_ready;
pub use holder::Holder;
pub use migrations::MigrateError;
pub use sql::Sql;

/// Every statement of this crate with its name, so that a test can have both engines check each.
pub fn list_statements() -> Vec<(String, Sql)> {
    let modules = [
        ("accounts", accounts::STATEMENTS),
        ("applicants", applicants::STATEMENTS),
        ("attachments", attachments::STATEMENTS),
        ("audit", audit::STATEMENTS),
        ("authenticators", authenticators::STATEMENTS),
        ("backup_codes", backup_codes::STATEMENTS),
        ("blobs", blobs::STATEMENTS),
        ("ceremonies", ceremonies::STATEMENTS),
        ("dossiers", dossiers::STATEMENTS),
        ("dossiers::drafts", dossiers::drafts::STATEMENTS),
        ("dossiers::events", dossiers::events::STATEMENTS),
        ("dossiers::lists", dossiers::lists::STATEMENTS),
        ("email_tokens", email_tokens::STATEMENTS),
        ("filing_keys", filing_keys::STATEMENTS),
        ("health", health::STATEMENTS),
        ("identity_proofs", identity_proofs::STATEMENTS),
        ("jobs", jobs::STATEMENTS),
        ("known_browsers", known_browsers::STATEMENTS),
        ("linked_identities", linked_identities::STATEMENTS),
        ("messages", messages::STATEMENTS),
        ("migrations", migrations::STATEMENTS),
        ("officer_enrolments", officer_enrolments::STATEMENTS),
        ("officer_sessions", officer_sessions::STATEMENTS),
        ("officers", officers::STATEMENTS),
        ("oidc_clients", oidc_clients::STATEMENTS),
        ("oidc_codes", oidc_codes::STATEMENTS),
        ("oidc_consents", oidc_consents::STATEMENTS),
        ("oidc_grants", oidc_grants::STATEMENTS),
        ("oidc_tokens", oidc_tokens::STATEMENTS),
        ("one_time_codes", one_time_codes::STATEMENTS),
        ("passkeys", passkeys::STATEMENTS),
        ("provider_sessions", provider_sessions::STATEMENTS),
        ("provider_sign_ins", provider_sign_ins::STATEMENTS),
        ("rate_limits", rate_limits::STATEMENTS),
        ("receipts", receipts::STATEMENTS),
        ("recoveries", recoveries::STATEMENTS),
        ("remarks", remarks::STATEMENTS),
        ("register_questions", register_questions::STATEMENTS),
        ("representations", representations::STATEMENTS),
        ("sessions", sessions::STATEMENTS),
        ("signing_keys", signing_keys::STATEMENTS),
        ("signups", signups::STATEMENTS),
        ("store_items", store_items::STATEMENTS),
        ("uploads", uploads::STATEMENTS),
        ("used_tokens", used_tokens::STATEMENTS),
    ];
    let named = |module: &str, (name, sql): &(&str, Sql)| (format!("{module}::{name}"), *sql);
    modules.iter().flat_map(|(module, some)| some.iter().map(|one| named(module, one))).collect()
}

//! The rules of Vietnamese one-stop administration, as pure functions over values: no clock, no randomness, no files, no network.
//!
//! Time and random bytes come in as arguments; what goes out is a value or a refusal with its reason.

pub mod account;
pub mod address;
pub mod agency;
pub mod area;
pub mod calendar;
pub mod canonical;
pub mod catalogue;
pub mod codes;
pub mod collation;
pub mod deadline;
pub mod dossier;
pub mod ids;
pub mod lunar;
pub mod partial_date;
pub mod policy;
pub mod receipt;
pub mod registers;
pub mod representation;
pub mod store;
pub mod text;
pub mod time;

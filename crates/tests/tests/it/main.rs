//! The one HTTP test program; its modules mirror the tree of addresses.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on says where")]

mod abuse;
mod account;
mod addresses;
mod afterwards;
mod answers;
mod api;
mod captcha;
mod commands;
mod delivery;
mod desk;
mod filing;
mod general_forms;
mod hostile;
mod housekeeping;
mod kept_pages;
mod kill;
mod kit;
mod letters;
mod logs;
mod messages;
mod officer_accounts;
mod receipt;
mod rights;
mod sign_on;
mod sizes;
mod steps;
mod store;
mod tasks;
mod tracking;
mod uploads;
mod versions;

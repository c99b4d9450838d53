//! Journeys in a real browser, at 360 and 1280 pixels, with scripts and without.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on says where")]
#![allow(clippy::disallowed_methods, reason = "whoever wants pictures of the pages names a folder in the environment")]

mod accounts;
mod addresses;
mod captcha;
mod filing;
mod forms;
mod general;
mod keyboard;
mod kit;
mod look;
mod questions;
mod readers;
mod representation;
mod rules;

//! Journeys in a real browser, at 360 and 1280 pixels, with scripts and without.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on says where")]

mod filing;
mod keyboard;
mod kit;

//! The one HTTP test program; its modules mirror the tree of addresses.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on says where")]

mod kit;

//! The kit of the tests: servers, databases, a client without scripts, and a browser that finds controls by what a person reads.

#![allow(clippy::disallowed_methods, reason = "tests choose their own names, ports and settings")]

pub mod app;
pub mod browser;
pub mod captcha;
pub mod foreign;
pub mod forms;
pub mod html;
pub mod http;
pub mod logs;
pub mod page;
pub mod pdf;
pub mod portals;
pub mod postgres;
pub mod server;

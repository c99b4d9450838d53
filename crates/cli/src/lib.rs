//! What the program does with its command line: configuration, the clock, and putting the parts of a portal together.

pub mod clock;
pub mod commands;
pub mod config;
mod demo;
mod logging;
mod officer;
mod outside;
mod receipt;
pub mod serve;
pub mod sign_on;
pub mod start;

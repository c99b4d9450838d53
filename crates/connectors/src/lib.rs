//! The outside systems that the platform sends to; each answers whether to try again or to give up.

pub mod mail;

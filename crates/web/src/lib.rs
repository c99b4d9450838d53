//! Placeholder.

pub mod assets;
pub mod gallery;
pub mod i18n;
pub mod view;

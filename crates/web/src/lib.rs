//! What every page needs: state, errors, session, forms, templates, texts, assets. Its only routes are the assets',
//! the captcha's and the gallery's.

pub mod addresses;
pub mod answers;
pub mod assets;
pub mod captcha;
pub mod cookies;
pub mod derivation;
pub mod errors;
pub mod fields;
pub mod files;
pub mod filing;
pub mod form;
pub mod gallery;
pub mod i18n;
pub mod input;
pub mod links;
pub mod middleware;
pub mod new_password;
pub mod page_cache;
pub mod pieces;
pub mod portal;
pub mod remarks;
pub mod secret;
pub mod shell;
pub mod store_words;
pub mod tus;
pub mod upload;
pub mod view;
pub mod visitor;

//! What templates are given besides their own data: the shell of a page, forms, small lists, and the formats of dates and money.
//!
//! Every page's template struct has two fields by these names, because the layouts and the components read them:
//! `page: Page<'a>` and `t: &'static Texts`.

pub mod error_page;
pub mod filters;
pub mod form;
pub mod format;
pub mod page;
pub mod parts;
pub mod roles;

//! The page that is shown instead of another: what went wrong, in plain words, and what to do next.

use askama::Template;

use crate::i18n::Texts;
use crate::view::page::Page;

/// The page of an error that does not belong to a field. Its texts are `{key}-title`, `{key}-lead` and `{key}-what-to-do`.
#[derive(Template)]
#[template(path = "layouts/error.html")]
pub struct ErrorPage<'a> {
    /// The shell.
    pub page: Page<'a>,
    /// The texts.
    pub t: &'static Texts,
    /// What happened: `error-not-found`.
    pub key: &'a str,
    /// A number that a person can read out to the help desk, as the log has it; empty for none.
    pub request_id: &'a str,
}

impl ErrorPage<'_> {
    fn text(&self, part: &str) -> String {
        let key = format!("{}-{part}", self.key);
        match self.page.acting {
            Some(name) => self.t.f(&key, [("name", name.into())]),
            None => self.t.m(&key).to_owned(),
        }
    }

    /// Whether it helps to act for nobody else.
    fn is_over_acting(&self) -> bool {
        self.page.acting.is_some() && matches!(self.key, "error-acting" | "error-no-filing")
    }
}

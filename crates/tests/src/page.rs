//! An answer of the server, read as a person reads it.

use crate::forms::{Form, forms};
use crate::html::{links, texts_of, visible_text};
use http::HeaderMap;
use http::header::LOCATION;

/// A page, a redirect, a file: whatever came back for a path.
#[derive(Debug, Clone)]
pub struct Page {
    path: String,
    status: u16,
    headers: HeaderMap,
    body: Vec<u8>,
}

impl Page {
    pub(crate) fn new(path: String, status: u16, headers: HeaderMap, body: Vec<u8>) -> Self {
        Self { path, status, headers, body }
    }

    /// The path that was asked for, with its query.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// The status code.
    pub fn status(&self) -> u16 {
        self.status
    }

    /// This page, when it has that status; panics with what it says otherwise.
    #[track_caller]
    pub fn must_be(self, status: u16) -> Self {
        assert_eq!(self.status, status, "{}: {}", self.path, self.excerpt());
        self
    }

    /// Panics unless a person reads `words` on the page.
    #[track_caller]
    pub fn must_say(&self, words: &str) {
        assert!(self.text().contains(words), "{} does not say {words:?}: {}", self.path, self.excerpt());
    }

    /// A header as text.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }

    /// All headers.
    pub fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// Where a redirect points; panics when this is none.
    #[track_caller]
    pub fn location(&self) -> &str {
        let location = self.headers.get(LOCATION).and_then(|location| location.to_str().ok());
        location.unwrap_or_else(|| panic!("{} is no redirect but {}: {}", self.path, self.status, self.excerpt()))
    }

    /// The bytes of the body.
    pub fn bytes(&self) -> &[u8] {
        &self.body
    }

    /// The body as text, as it was sent.
    pub fn source(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    /// The body as JSON; panics when it is not.
    #[track_caller]
    pub fn json(&self) -> serde_json::Value {
        let parsed = serde_json::from_slice(&self.body);
        parsed.unwrap_or_else(|error| panic!("{} is not JSON ({error}): {}", self.path, self.excerpt()))
    }

    /// What a person reads, in one line.
    pub fn text(&self) -> String {
        visible_text(&self.source())
    }

    /// The main heading; panics unless there is exactly one.
    #[track_caller]
    pub fn heading(&self) -> String {
        let headings = texts_of(&self.source(), "h1");
        assert_eq!(headings.len(), 1, "{} has these main headings: {headings:?}", self.path);
        headings.concat()
    }

    /// Where the link with this text goes; panics when there is none.
    #[track_caller]
    pub fn link(&self, text: &str) -> String {
        let links = links(&self.source());
        let found = links.iter().find(|(known, _)| known == text);
        let texts = || links.iter().map(|(text, _)| text.as_str()).collect::<Vec<_>>().join(" | ");
        found.map(|(_, href)| href.clone()).unwrap_or_else(|| panic!("no link {text:?}; there are: {}", texts()))
    }

    /// The form that goes to `action` (its query does not count, an empty action is the page itself); panics when there is none.
    #[track_caller]
    pub fn form(&self, action: &str) -> Form {
        let forms = forms(&self.source());
        let target = |form: &Form| path_of(if form.action.is_empty() { &self.path } else { &form.action }).to_owned();
        let found = forms.iter().find(|form| target(form) == path_of(action));
        let targets = || forms.iter().map(target).collect::<Vec<_>>().join(", ");
        found.cloned().unwrap_or_else(|| {
            panic!(
                "{} ({}) has no form to {action}, only to: {}; {}",
                self.path,
                self.status,
                targets(),
                self.excerpt()
            )
        })
    }

    fn excerpt(&self) -> String {
        self.text().chars().take(2_000).collect()
    }
}

fn path_of(address: &str) -> &str {
    address.split(['?', '#']).next().unwrap_or(address)
}

//! Finding and using controls as a person does: by the words on the button, on the link, beside the field.

use super::Browser;
use super::commands::AccessibleName;
use crate::html::one_spaced;
use fantoccini::Locator;
use fantoccini::elements::Element;
use std::path::Path;

const BUTTONS: &str =
    "button, summary, input[type=submit], input[type=button], input[type=reset], [role=button]";
const LINKS: &str = "a[href], [role=link]";
const FIELDS: &str = "input:not([type=hidden], [type=submit], [type=button], [type=reset]), select, textarea, \
    [role=textbox], [role=combobox], [role=searchbox]";

impl Browser {
    /// The button that says this; panics with the names of all buttons when there is none.
    pub async fn button(&self, name: &str) -> Element {
        self.named("button", BUTTONS, name).await
    }

    /// The link that says this; panics with the names of all links when there is none.
    pub async fn link(&self, name: &str) -> Element {
        self.named("link", LINKS, name).await
    }

    /// The field with this label; panics with the labels of all fields when there is none.
    pub async fn by_label(&self, label: &str) -> Element {
        self.named("field", FIELDS, label).await
    }

    /// Whether a button or a link says this.
    pub async fn offers(&self, name: &str) -> bool {
        let candidates = format!("{BUTTONS}, {LINKS}");
        self.find_named(&candidates, name).await.is_ok()
    }

    /// Presses a button and waits for the page that it leads to.
    pub async fn press(&self, name: &str) {
        self.click(&self.button(name).await, name).await;
    }

    /// Follows a link.
    pub async fn follow(&self, name: &str) {
        self.click(&self.link(name).await, name).await;
    }

    /// Types into a field in place of what stands there.
    pub async fn fill(&self, label: &str, text: &str) {
        let field = self.by_label(label).await;
        field
            .clear()
            .await
            .unwrap_or_else(|error| panic!("{label}: {error}"));
        field
            .send_keys(text)
            .await
            .unwrap_or_else(|error| panic!("{label}: {error}"));
    }

    /// What stands in a field.
    pub async fn value(&self, label: &str) -> String {
        let value = self.by_label(label).await.prop("value").await;
        value
            .unwrap_or_else(|error| panic!("{label}: {error}"))
            .unwrap_or_default()
    }

    /// Ticks a box or chooses a radio button, unless it already is.
    pub async fn choose(&self, label: &str) {
        let field = self.by_label(label).await;
        if !field.is_selected().await.unwrap_or(false) {
            self.click(&field, label).await;
        }
    }

    /// Chooses a line of a list by its words.
    pub async fn select(&self, label: &str, line: &str) {
        let list = self.by_label(label).await;
        list.select_by_label(line)
            .await
            .unwrap_or_else(|error| panic!("{label}, {line}: {error}"));
    }

    /// Chooses a file for an upload field.
    pub async fn upload(&self, label: &str, file: &Path) {
        let path = file
            .canonicalize()
            .unwrap_or_else(|error| panic!("{}: {error}", file.display()));
        let field = self.by_label(label).await;
        field
            .send_keys(&path.to_string_lossy())
            .await
            .unwrap_or_else(|error| panic!("{label}: {error}"));
    }

    async fn click(&self, element: &Element, name: &str) {
        element
            .click()
            .await
            .unwrap_or_else(|error| panic!("{name}: {error}"));
    }

    async fn named(&self, what: &str, candidates: &str, name: &str) -> Element {
        match self.find_named(candidates, name).await {
            Ok(element) => element,
            Err(names) => panic!(
                "{} has no {what} {name:?}; it has: {}",
                self.address().await,
                names.join(" | ")
            ),
        }
    }

    // Scripts may still be building the page: look again for a while before giving up.
    async fn find_named(&self, candidates: &str, name: &str) -> Result<Element, Vec<String>> {
        let mut names = Vec::new();
        let found = self
            .wait_for(async || {
                names.clear();
                for element in self.client.find_all(Locator::Css(candidates)).await.ok()? {
                    let Some(known) = self.accessible_name(&element).await else {
                        continue;
                    };
                    if known == name {
                        return Some(element);
                    }
                    names.push(known);
                }
                None
            })
            .await;
        found.ok_or(names)
    }

    pub(super) async fn accessible_name(&self, element: &Element) -> Option<String> {
        let name = self
            .client
            .issue_cmd(AccessibleName(element.element_id().to_string()))
            .await
            .ok()?;
        Some(one_spaced(name.as_str()?))
    }
}

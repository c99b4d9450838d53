//! Finding and using controls as a person does: by the words on the button, on the link, beside the field.

use super::Browser;
use super::commands::AccessibleName;
use crate::html::one_spaced;
use fantoccini::Locator;
use fantoccini::elements::Element;
use serde_json::Value;
use std::path::Path;

const BUTTONS: &str = "button, summary, input[type=submit], input[type=button], input[type=reset], [role=button]";
const LINKS: &str = "a[href], [role=link]";
const FIELDS: &str = "input:not([type=hidden], [type=submit], [type=button], [type=reset]), select, textarea, \
    [role=textbox], [role=combobox], [role=searchbox]";

// Asking for an accessible name takes milliseconds each: those whose words look right are asked first.
const LIKELY_FIRST: &str = "
    const texts = e => [e.innerText, e.value, e.ariaLabel, ...[...(e.labels || [])].map(label => label.innerText)];
    const looksRight = e => texts(e).some(text => String(text || '').replace(/\\s+/g, ' ').trim() === arguments[1]);
    const all = [...document.querySelectorAll(arguments[0])];
    return [...all.filter(looksRight), ...all.filter(e => !looksRight(e))];";

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

    /// Whether a button or a link says this at this moment.
    pub async fn offers(&self, name: &str) -> bool {
        let candidates = format!("{BUTTONS}, {LINKS}");
        self.look_for(&candidates, name).await.is_ok()
    }

    /// Presses a button and waits for the page that it leads to; panics when it leads nowhere.
    pub async fn press(&self, name: &str) {
        let button = self.button(name).await;
        self.leave_by(&button, name).await;
    }

    /// Follows a link and waits for its page; panics when it leads nowhere.
    pub async fn follow(&self, name: &str) {
        let link = self.link(name).await;
        self.leave_by(&link, name).await;
    }

    /// Follows the first link that begins with these words, such as one that ends in a count, and waits for its page.
    pub async fn follow_beginning(&self, words: &str) {
        let script = "return [...document.links].map(link => link.innerText.replace(/\\s+/g, ' ').trim())";
        let links = self.run(script, Vec::new()).await;
        let mut names = links.as_array().into_iter().flatten().filter_map(Value::as_str);
        let name = names
            .find(|name| name.starts_with(words))
            .unwrap_or_else(|| panic!("no link begins with {words:?}: {links}"));
        self.follow(name).await;
    }

    /// Presses a button or a link that changes something on the page, or downloads a file, and does not leave it.
    pub async fn tap(&self, name: &str) {
        let control = self.named("button or link", &format!("{BUTTONS}, {LINKS}"), name).await;
        self.click(&control, name).await;
    }

    /// Types into a field in place of what stands there.
    pub async fn fill(&self, label: &str, text: &str) {
        let field = self.by_label(label).await;
        field.clear().await.unwrap_or_else(|error| panic!("{label}: {error}"));
        field.send_keys(text).await.unwrap_or_else(|error| panic!("{label}: {error}"));
    }

    /// What stands in a field.
    pub async fn value(&self, label: &str) -> String {
        let value = self.by_label(label).await.prop("value").await;
        value.unwrap_or_else(|error| panic!("{label}: {error}")).unwrap_or_default()
    }

    /// What is read out beside a field's label: its hint and what is wrong with it.
    pub async fn description(&self, label: &str) -> String {
        let field = self.by_label(label).await;
        let ids = field.attr("aria-describedby").await.ok().flatten().unwrap_or_default();
        let script = "return arguments[0].split(' ').map(id => document.getElementById(id)?.innerText ?? '').join(' ')";
        let text = self.run(script, vec![ids.into()]).await;
        one_spaced(text.as_str().unwrap_or(""))
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
        list.select_by_label(line).await.unwrap_or_else(|error| panic!("{label}, {line}: {error}"));
    }

    /// Chooses a file for an upload field.
    pub async fn upload(&self, label: &str, file: &Path) {
        let path = file.canonicalize().unwrap_or_else(|error| panic!("{}: {error}", file.display()));
        let field = self.by_label(label).await;
        field.send_keys(&path.to_string_lossy()).await.unwrap_or_else(|error| panic!("{label}: {error}"));
    }

    // The browser sends a form when it comes to it: only a new document says that the old page has been left.
    async fn leave_by(&self, control: &Element, name: &str) {
        self.leave_after(name, async || self.click(control, name).await).await;
    }

    pub(super) async fn leave_after(&self, name: &str, act: impl AsyncFnOnce()) {
        let root = self.client.find(Locator::Css("html")).await;
        let root = root.unwrap_or_else(|error| panic!("a page without a root: {error}"));
        act().await;
        let left = self
            .wait_for(async || {
                let is_gone = root.tag_name().await.is_err();
                let is_there = self.client.execute("return document.readyState", Vec::new()).await;
                (is_gone && is_there.is_ok_and(|state| state == "complete")).then_some(())
            })
            .await;
        if left.is_none() {
            panic!("{name:?} leads nowhere; {} says: {}", self.address().await, self.text().await);
        }
    }

    async fn click(&self, element: &Element, name: &str) {
        element.click().await.unwrap_or_else(|error| panic!("{name}: {error}"));
    }

    async fn named(&self, what: &str, candidates: &str, name: &str) -> Element {
        match self.find_named(candidates, name).await {
            Ok(element) => element,
            Err(names) => panic!("{} has no {what} {name:?}; it has: {}", self.address().await, names.join(" | ")),
        }
    }

    // Scripts may still be building the page: look again for a while before giving up.
    async fn find_named(&self, candidates: &str, name: &str) -> Result<Element, Vec<String>> {
        let mut names = Vec::new();
        let found = self
            .wait_for(async || match self.look_for(candidates, name).await {
                Ok(element) => Some(element),
                Err(others) => {
                    names = others;
                    None
                }
            })
            .await;
        found.ok_or(names)
    }

    // The first that has the name, or the names that there are.
    async fn look_for(&self, candidates: &str, name: &str) -> Result<Element, Vec<String>> {
        let found = self.run(LIKELY_FIRST, vec![candidates.into(), name.into()]).await;
        let mut names = Vec::new();
        for element in found.as_array().into_iter().flatten().filter_map(|found| self.element(found)) {
            match self.accessible_name(&element).await {
                Some(known) if known == name => return Ok(element),
                Some(known) => names.push(known),
                None => {}
            }
        }
        Err(names)
    }

    // An element comes as an object with one entry, its reference.
    pub(super) fn element(&self, found: &Value) -> Option<Element> {
        let reference = found.as_object()?.values().next()?.as_str()?;
        Some(Element::from_element_id(self.client.clone(), reference.to_owned().into()))
    }

    pub(super) async fn accessible_name(&self, element: &Element) -> Option<String> {
        let name = self.client.issue_cmd(AccessibleName(element.element_id().to_string())).await.ok()?;
        Some(one_spaced(name.as_str()?))
    }
}

//! What every page is checked for: the facts of good markup, and axe-core's rules.

use super::{Browser, Scripts};
use serde_json::{Value, json};

const AXE: &str = include_str!("../../browser/vendor/axe.min.js");

/// The bar is WCAG 2.2, level AA.
const RULES: [&str; 6] = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa"];

/// What can be said of a page without an opinion.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PageFacts {
    /// The title of the window.
    pub title: String,
    /// The language that the page says it is in.
    pub language: String,
    /// The main headings; there should be one.
    pub headings: Vec<String>,
    /// The markup of the controls that have no accessible name.
    pub nameless: Vec<String>,
    /// The ids that stand on more than one element.
    pub repeated_ids: Vec<String>,
    /// By how many pixels the page is wider than the window.
    pub overflow: i64,
    /// The markup of elements with a script or a style inside, which the security policy forbids.
    pub inline_code: Vec<String>,
}

impl PageFacts {
    /// What is wrong, in words; empty on a good page.
    pub fn faults(&self) -> Vec<String> {
        let mut faults = Vec::new();
        if self.title.is_empty() {
            faults.push("the page has no title".to_owned());
        }
        if self.language.is_empty() {
            faults.push("the page does not say its language".to_owned());
        }
        if self.headings.len() != 1 {
            faults.push(format!("the page has {} main headings: {:?}", self.headings.len(), self.headings));
        }
        if self.overflow > 0 {
            faults.push(format!("the page is {} px wider than the window", self.overflow));
        }
        faults.extend(self.nameless.iter().map(|markup| format!("a control without a name: {markup}")));
        faults.extend(self.repeated_ids.iter().map(|id| format!("the id {id} stands there twice")));
        faults.extend(self.inline_code.iter().map(|markup| format!("code inside the page: {markup}")));
        faults
    }
}

impl Browser {
    /// Reads the facts of the page in the window.
    pub async fn page_facts(&self) -> PageFacts {
        let facts = self.run(FACTS, Vec::new()).await;
        PageFacts {
            title: facts["title"].as_str().unwrap_or("").trim().to_owned(),
            language: facts["language"].as_str().unwrap_or("").to_owned(),
            headings: texts(&facts["headings"]),
            nameless: self.nameless_controls().await,
            repeated_ids: texts(&facts["repeatedIds"]),
            overflow: facts["overflow"].as_i64().unwrap_or(0),
            inline_code: texts(&facts["inlineCode"]),
        }
    }

    /// Runs axe-core over the page as it stands and tells each violation in words; empty when there is none.
    pub async fn axe(&self) -> Vec<String> {
        // axe needs timers, which a page without scripts does not get. What the page would have run, it has by now missed:
        // the document stays the one that a reader without scripts sees.
        self.allow_scripts(Scripts::On).await;
        self.run(AXE, Vec::new()).await;
        let run = "const done = arguments[arguments.length - 1];
            axe.run(document, { runOnly: arguments[0], resultTypes: ['violations'] })
                .then(result => done(result.violations), error => done(String(error)));";
        let result = self.client.execute_async(run, vec![json!(RULES)]).await;
        self.allow_scripts(self.scripts).await;
        match result.unwrap_or_else(|error| panic!("axe: {error}")) {
            Value::Array(violations) => violations.iter().map(told).collect(),
            other => panic!("axe: {other}"),
        }
    }

    // A list of hundreds of links would take seconds to ask about: the browser is asked about those without plain words only.
    async fn nameless_controls(&self) -> Vec<String> {
        let mut nameless = Vec::new();
        let doubtful = self.run(WITHOUT_WORDS, Vec::new()).await;
        for control in doubtful.as_array().into_iter().flatten().filter_map(|found| self.element(found)) {
            let is_hidden = !control.is_displayed().await.unwrap_or(true);
            if !is_hidden && self.accessible_name(&control).await.is_none_or(|name| name.is_empty()) {
                nameless.push(control.html(false).await.unwrap_or_default());
            }
        }
        nameless
    }
}

const WITHOUT_WORDS: &str = "
    const controls = 'a[href], button, summary, select, textarea, input:not([type=hidden])';
    const hasWords = e => !e.hasAttribute('aria-label') && !e.hasAttribute('aria-labelledby')
        && [e, ...(e.labels || [])].some(part => part.innerText && part.innerText.trim() && !part.closest('[aria-hidden]'));
    const isRead = e => !e.closest('[aria-hidden=true]');
    const seen = [...document.querySelectorAll(controls)].filter(isRead);
    return seen.filter(e => e.matches('select, textarea') ? !e.labels.length : !hasWords(e));";

const FACTS: &str = "
    const ids = [...document.querySelectorAll('[id]')].map(element => element.id);
    const inline = 'script:not([src]):not([type=\"application/json\"]), style, [style], [onclick], [onsubmit], [onload]';
    return {
        title: document.title,
        language: document.documentElement.lang,
        headings: [...document.querySelectorAll('h1')].map(heading => heading.innerText),
        repeatedIds: [...new Set(ids.filter((id, at) => ids.indexOf(id) !== at))],
        overflow: document.documentElement.scrollWidth - document.documentElement.clientWidth,
        inlineCode: [...document.querySelectorAll(inline)].map(element => element.outerHTML.slice(0, 200)),
    };";

fn texts(values: &Value) -> Vec<String> {
    let values = values.as_array().into_iter().flatten();
    values.filter_map(|value| value.as_str().map(str::to_owned)).collect()
}

fn told(violation: &Value) -> String {
    let text = |value: &Value| value.as_str().unwrap_or("").to_owned();
    let places = violation["nodes"].as_array().into_iter().flatten();
    let places: Vec<String> = places
        .map(|node| format!("\n  {} {}\n    {}", node["target"], text(&node["html"]), text(&node["failureSummary"])))
        .collect();
    let (id, help) = (text(&violation["id"]), text(&violation["help"]));
    format!("{id} ({}): {help}{}", text(&violation["impact"]), places.concat())
}

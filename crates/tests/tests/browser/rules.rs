//! The rules of forms in the page and on the server: one definition, and the same questions asked in 10,000 random states.

use std::collections::BTreeMap;

use content::Content;
use forms::{Element, Entered, Form, Page, Question, Rule, read_entered};
use rand::rngs::StdRng;
use rand::seq::IndexedRandom as _;
use rand::{Rng as _, SeedableRng as _};
use serde_json::{Value, json};
use tests::browser::Screen::Desk;
use tests::browser::Scripts::On;
use tests::server::{Server, Setup};

use crate::look::{Walk, Window};
use crate::representation::register;

/// How many states of boxes are compared in all.
const STATES: usize = 10_000;

/// What a page has: every box with its kind and what it offers.
const BOXES: &str = "
    const form = document.querySelector('form[data-answers]');
    const boxes = {};
    for (const box of form.elements) {
        if (!box.name || ['csrf', 'seen', 'more'].includes(box.name)) continue;
        const known = boxes[box.name] ??= { kind: box.type, number: box.inputMode === 'numeric', values: [] };
        if (box.type === 'radio' || box.type === 'checkbox') known.values.push(box.value);
        if (box.tagName === 'SELECT') known.values = [...box.options].map(option => option.value);
    }
    return boxes;";

/// Puts each state into the boxes as a person would, and tells which of them can be answered then.
const TRY: &str = "
    const form = document.querySelector('form[data-answers]');
    form.dataset.sent = 'yes';
    return arguments[0].map(state => {
        for (const box of form.elements) {
            const given = state[box.name];
            if (!given) continue;
            if (box.type === 'radio' || box.type === 'checkbox') box.checked = given.includes(box.value);
            else box.value = given[0];
        }
        form.dispatchEvent(new Event('input'));
        const open = new Set();
        for (const box of form.elements) {
            if (state[box.name] && !box.disabled && !box.closest('[hidden]')) open.add(box.name);
        }
        return [...open];
    });";

/// The boxes of one state.
struct State(BTreeMap<String, Vec<String>>);

impl Entered for State {
    fn first(&self, name: &str) -> &str {
        self.0.get(name).and_then(|values| values.first()).map_or("", String::as_str)
    }

    fn all(&self, name: &str) -> Vec<String> {
        self.0.get(name).cloned().unwrap_or_default()
    }
}

#[tokio::test]
async fn the_page_and_the_server_ask_the_same_in_ten_thousand_states() {
    let server = Server::start(Setup::default()).await;
    let mut walk = Walk::open(&server, Window::new("rules", (Desk, On))).await;
    register(&mut walk, "Công dân", "064190000999", "Rơ Châm H'Lan").await;
    let content = Content::load().unwrap();
    let mut random = StdRng::seed_from_u64(20_261_123);
    let pages: Vec<(String, &Form, &Page)> = content
        .whole_procedures
        .codes()
        .filter_map(|code| Some((code.to_string(), &*content.whole_procedures.of(code).last()?.form)))
        .flat_map(|(code, form)| form.pages.iter().map(move |page| (code.clone(), form, page)))
        .filter(|(_, form, page)| depends_on_itself(form, page))
        .collect();
    assert!(pages.len() >= 15, "only {} pages have rules", pages.len());
    let each = STATES.div_ceil(pages.len());
    let mut compared = 0;
    for (code, form, page) in &pages {
        let agency = content.agencies_of(&code.parse().unwrap())[0].to_string();
        let draft = begin(&walk, code, &agency).await;
        walk.goto(&format!("{draft}/to-khai/{}", page.key)).await;
        if !walk.path().await.ends_with(&page.key) || !walk.browser.offers("Tiếp tục").await {
            // Not asked of somebody who has answered nothing yet.
            continue;
        }
        let boxes = walk.browser.run(BOXES, Vec::new()).await;
        let states: Vec<State> = (0..each).map(|_| random_state(&boxes, &mut random)).collect();
        let sent: Vec<Value> = states.iter().map(|state| json!(state.0)).collect();
        let open = walk.browser.run(TRY, vec![Value::Array(sent)]).await;
        for (state, open) in states.iter().zip(open.as_array().unwrap()) {
            let open: Vec<&str> = open.as_array().unwrap().iter().filter_map(Value::as_str).collect();
            compare(code, form, page, state, &open);
            compared += 1;
        }
    }
    assert!(compared >= STATES * 8 / 10, "only {compared} states were compared");
    walk.end();
}

/// Whether a rule of the page looks at an answer of the same page.
fn depends_on_itself(form: &Form, page: &Page) -> bool {
    let own: Vec<&str> = form.fields_on(page).map(|field| field.path.as_str()).collect();
    rules_of(&page.elements).iter().flat_map(|rule| rule.condition.paths()).any(|path| own.contains(&path))
}

fn rules_of(elements: &[Element]) -> Vec<&Rule> {
    let mut rules = Vec::new();
    for element in elements {
        match element {
            Element::Group { rule, elements, .. } => {
                rules.extend(rule);
                rules.extend(rules_of(elements));
            }
            Element::Question { rule, .. } | Element::Note { rule, .. } => rules.extend(rule),
        }
    }
    rules
}

fn compare(code: &str, form: &Form, page: &Page, state: &State, open: &[&str]) {
    let fields: Vec<&Question> = form.fields_on(page).collect();
    let answers: BTreeMap<String, Value> =
        fields.iter().filter_map(|field| Some((field.path.clone(), read_entered(field, state)?))).collect();
    let asked = form.asked(&answers);
    let wanted: Vec<&str> = asked.fields_of(page).iter().map(|field| field.path.as_str()).collect();
    for field in fields {
        let inside = format!("{}.", field.path);
        let is_own = |name: &str| name == field.path || name.starts_with(&inside);
        // A question that depends on other pages only is not even there.
        if !state.0.keys().any(|name| is_own(name)) {
            continue;
        }
        let in_page = open.iter().any(|name| is_own(name));
        let on_server = wanted.contains(&field.path.as_str());
        assert_eq!(in_page, on_server, "{code}, {}: page {in_page}, server {on_server} in {:?}", field.path, state.0);
    }
}

fn random_state(boxes: &Value, random: &mut StdRng) -> State {
    let typed = ["", " ", "0", "1", "2", "5", "17", "18", "60", "1.500", "1,5", "abc", "Kinh", "yes", "31"];
    let boxes = boxes.as_object().unwrap().iter().map(|(name, known)| {
        let values: Vec<String> =
            known["values"].as_array().unwrap().iter().filter_map(Value::as_str).map(str::to_owned).collect();
        let chosen = match known["kind"].as_str().unwrap() {
            "checkbox" => values.into_iter().filter(|_| random.random_bool(0.4)).collect(),
            "radio" if random.random_bool(0.15) => Vec::new(),
            _ if values.is_empty() => vec![(*typed.choose(random).unwrap()).to_owned()],
            _ => vec![values.choose(random).unwrap().clone()],
        };
        (name.clone(), chosen)
    });
    State(boxes.collect())
}

/// A draft of this procedure; its address.
async fn begin(walk: &Walk<'_>, code: &str, agency: &str) -> String {
    walk.goto(&format!("/nop-ho-so/{code}?co-quan={agency}")).await;
    walk.browser.fill("Địa chỉ", "Tổ 1, thị trấn Ia Kha").await;
    walk.browser.press("Tiếp tục").await;
    walk.path().await.split("/to-khai/").next().unwrap().to_owned()
}

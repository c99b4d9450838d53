//! Going through a page with the keyboard alone: Tab from control to control, and what has the focus is announced by its name.

use super::Browser;
use fantoccini::actions::{InputSource, KeyAction, KeyActions};
use fantoccini::key::Key;
use serde_json::Value;

/// The most presses of Tab before a control counts as out of reach.
const MOST_STOPS: usize = 150;

impl Browser {
    /// Presses one key, wherever the focus is.
    pub async fn press_key(&self, key: Key) {
        self.type_character(char::from(key)).await;
    }

    /// Types a text into whatever has the focus.
    pub async fn type_keys(&self, text: &str) {
        for character in text.chars() {
            self.type_character(character).await;
        }
    }

    /// Presses Tab until the focus is on the control with this name; panics with the names on the way when it never is.
    ///
    /// Also panics when a control on the way does not show that it has the focus.
    pub async fn tab_to(&self, name: &str) {
        let mut stops = Vec::new();
        for _ in 0..MOST_STOPS {
            self.press_key(Key::Tab).await;
            let Ok(focused) = self.client.active_element().await else { continue };
            let known = self.accessible_name(&focused).await.unwrap_or_default();
            assert!(self.shows_focus().await, "{}: nothing shows that {known:?} has the focus", self.address().await);
            if known == name {
                return;
            }
            stops.push(known);
        }
        panic!("{}: the keyboard does not reach {name:?}; it stops at: {}", self.address().await, stops.join(" | "));
    }

    /// Presses Enter on what has the focus and waits for the page that it leads to; panics when it leads nowhere.
    pub async fn enter(&self) {
        self.leave_after("Enter", async || self.press_key(Key::Enter).await).await;
    }

    async fn type_character(&self, value: char) {
        let keys = KeyActions::new("keyboard".to_owned()).then(KeyAction::Down { value }).then(KeyAction::Up { value });
        self.client.perform_actions(keys).await.unwrap_or_else(|error| panic!("{value:?}: {error}"));
    }

    /// Whether one sees what has the focus: a ring, a shadow or another ground than without it.
    pub async fn shows_focus(&self) -> bool {
        let shown = self.run(SHOWS_FOCUS, Vec::new()).await;
        shown != Value::Bool(false)
    }
}

// The page itself may have the focus, without a sign.
const SHOWS_FOCUS: &str = "
    const element = document.activeElement;
    if (!element || element === document.body) return true;
    const look = () => {
        const style = getComputedStyle(element);
        const ring = style.outlineStyle === 'none' || style.outlineWidth === '0px' ? '' : style.outline;
        return [ring, style.boxShadow, style.backgroundColor, style.borderColor].join(';');
    };
    const focused = look();
    element.blur();
    const plain = look();
    element.focus({ preventScroll: true, focusVisible: true });
    return focused !== plain;";

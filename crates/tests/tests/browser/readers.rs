//! Reading what the portal hands out: its letters, its documents, the times that it names.

use serde_json::Value;
use std::time::Duration;
use tests::server::Server;

/// Waits for a letter to this address whose text has `words`, and gives it: `subject`, `text`, `links`.
pub(crate) async fn letter(server: &Server, to: &str, words: &str) -> Value {
    let address = format!("{}/api/messages?to={to}", server.simulators());
    let client = connectors::http::client_builder(None).unwrap().build().unwrap();
    let mut messages = Value::Null;
    for _ in 0..100 {
        let answer = client.get(&address).send().await.unwrap().text().await.unwrap();
        messages = serde_json::from_str(&answer).unwrap();
        let found = messages.as_array().into_iter().flatten().find(|message| message.to_string().contains(words));
        if let Some(found) = found {
            return found.clone();
        }
        tokio::time::sleep(Duration::from_millis(200)).await;
    }
    panic!("{to} has no letter with {words:?}: {messages}");
}

/// The moment that stands in `text` right after `words`, as `14:05 22/11/2026`; panics when none does.
pub(crate) fn moment_after(text: &str, words: &str) -> String {
    let found = text.split_once(words).map(|(_, rest)| rest.trim_start_matches([':', ' ']));
    let moment: String = found.unwrap_or_else(|| panic!("{words:?} is not in: {text}")).chars().take(16).collect();
    let digits = moment.chars().filter(char::is_ascii_digit).count();
    assert!(digits == 12 && moment.contains("/20"), "no moment stands after {words:?}: {text}");
    moment
}

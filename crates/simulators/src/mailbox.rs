//! What was received, in order, within bounds.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use serde::{Deserialize, Serialize, Serializer};

use crate::clock;
use crate::recipient::canonical;

/// All messages together take no more memory than this, however many are allowed.
const MOST_BYTES: usize = 32 * 1024 * 1024;

/// The way by which a message was sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Channel {
    /// A text message to a phone.
    Sms,
    /// A mail.
    Email,
    /// A message of a Zalo Official Account.
    Zalo,
    /// A parcel by public post.
    Post,
}

/// One message as its recipient would see it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Message {
    /// Its number in this mailbox, 1 for the first.
    #[serde(skip)]
    pub id: u64,
    /// How it was sent.
    pub channel: Channel,
    /// The phone number or address, as the sender wrote it.
    pub to: String,
    /// When it was received, in UTC milliseconds; ISO 8601 in JSON.
    #[serde(rename = "at", serialize_with = "as_iso8601")]
    pub at_ms: i64,
    /// The subject; empty for a text message.
    pub subject: String,
    /// The text, decoded, lines ended by `\n`.
    pub text: String,
    /// The web addresses in the text and in the formatted version, each once.
    pub links: Vec<String>,
}

/// A message that has no number yet.
pub(crate) struct NewMessage {
    pub(crate) channel: Channel,
    pub(crate) to: String,
    pub(crate) at_ms: i64,
    pub(crate) subject: String,
    pub(crate) text: String,
    pub(crate) links: Vec<String>,
}

/// The messages received so far, as many as fit.
pub(crate) struct Mailbox {
    capacity: usize,
    kept: Mutex<Kept>,
}

#[derive(Default)]
struct Kept {
    last_id: u64,
    bytes: usize,
    /// Oldest first.
    messages: VecDeque<Arc<Message>>,
}

impl Mailbox {
    pub(crate) fn new(capacity: usize) -> Self {
        Self { capacity: capacity.max(1), kept: Mutex::default() }
    }

    /// Keeps the message and drops the oldest ones that no longer fit.
    pub(crate) fn insert(&self, new: NewMessage) {
        let NewMessage { channel, to, at_ms, subject, text, links } = new;
        let mut kept = self.lock();
        kept.last_id += 1;
        let message = Message { id: kept.last_id, channel, to, at_ms, subject, text, links };
        kept.bytes += size(&message);
        kept.messages.push_back(Arc::new(message));
        while kept.messages.len() > self.capacity || (kept.bytes > MOST_BYTES && kept.messages.len() > 1) {
            let dropped = kept.messages.pop_front();
            kept.bytes -= dropped.map_or(0, |message| size(&message));
        }
    }

    /// The messages to one recipient, or to all for an empty `to`, newest first.
    pub(crate) fn list(&self, to: &str) -> Vec<Arc<Message>> {
        let wanted = canonical(to);
        let kept = self.lock();
        let newest_first = kept.messages.iter().rev();
        newest_first.filter(|message| wanted.is_empty() || canonical(&message.to) == wanted).cloned().collect()
    }

    pub(crate) fn find(&self, id: u64) -> Option<Arc<Message>> {
        self.lock().messages.iter().find(|message| message.id == id).cloned()
    }

    /// Forgets the messages to one recipient, or all for an empty `to`.
    pub(crate) fn delete(&self, to: &str) {
        let wanted = canonical(to);
        let mut kept = self.lock();
        kept.messages.retain(|message| !wanted.is_empty() && canonical(&message.to) != wanted);
        kept.bytes = kept.messages.iter().map(|message| size(message)).sum();
    }

    fn lock(&self) -> MutexGuard<'_, Kept> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn size(message: &Message) -> usize {
    let links: usize = message.links.iter().map(|link| link.len() + size_of::<String>()).sum();
    size_of::<Message>() + message.to.len() + message.subject.len() + message.text.len() + links
}

fn as_iso8601<S: Serializer>(at_ms: &i64, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(&clock::iso8601(*at_ms))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sms(to: &str, text: &str) -> NewMessage {
        NewMessage {
            channel: Channel::Sms,
            to: to.to_owned(),
            at_ms: 0,
            subject: String::new(),
            text: text.to_owned(),
            links: Vec::new(),
        }
    }

    fn texts(mailbox: &Mailbox, to: &str) -> Vec<String> {
        mailbox.list(to).iter().map(|message| message.text.clone()).collect()
    }

    #[test]
    fn the_newest_comes_first_and_the_oldest_is_dropped() {
        let mailbox = Mailbox::new(2);
        for text in ["một", "hai", "ba"] {
            mailbox.insert(sms("0912345678", text));
        }
        assert_eq!(texts(&mailbox, ""), ["ba", "hai"]);
        assert_eq!(mailbox.find(1), None);
        assert_eq!(mailbox.find(3).map(|message| message.text.clone()), Some("ba".to_owned()));
    }

    #[test]
    fn a_recipient_sees_only_the_own_messages() {
        let mailbox = Mailbox::new(10);
        mailbox.insert(sms("0912345678", "một"));
        mailbox.insert(sms("0912345679", "hai"));
        assert_eq!(texts(&mailbox, "+84912345678"), ["một"]);
        assert_eq!(texts(&mailbox, "091234567"), Vec::<String>::new());
        mailbox.delete("84912345678");
        assert_eq!(texts(&mailbox, ""), ["hai"]);
        mailbox.delete("");
        assert_eq!(texts(&mailbox, ""), Vec::<String>::new());
    }

    #[test]
    fn large_messages_do_not_fill_the_memory() {
        let mailbox = Mailbox::new(1_000);
        let text = "a".repeat(5 * 1024 * 1024);
        for _ in 0..20 {
            mailbox.insert(sms("0912345678", &text));
        }
        assert!(mailbox.lock().bytes <= MOST_BYTES);
        assert_eq!(mailbox.list("").len(), 6);
        mailbox.delete("");
        assert_eq!(mailbox.lock().bytes, 0);
    }
}

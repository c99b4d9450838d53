//! What people are told: each message as it was written, and what became of it.

use domain::ids::{DossierId, MessageId};
use domain::time::Instant;

use crate::db::Tx;
use crate::error::StorageError;
use crate::params;
use crate::sql::{Sql, statements};
use crate::value::Row;

statements! {
    INSERT = Sql::new(
        "insert into message (id, channel, template, recipient, subject, body, dossier_id, created_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8)",
    );
    FIND = Sql::new(
        "select id, channel, template, recipient, subject, body, dossier_id, created_at, sent_at, failed_at, failure
         from message where id = $1",
    );
    LIST_FOR_DOSSIER = Sql::new(
        "select id, channel, template, recipient, subject, body, dossier_id, created_at, sent_at, failed_at, failure
         from message where dossier_id = $1 order by created_at, id",
    );
    MARK_SENT = Sql::new("update message set sent_at = $1, failed_at = null, failure = null where id = $2");
    FORGET_TEXT = Sql::new("update message set body = '' where id = $1");
    MARK_FAILED = Sql::new("update message set failed_at = $1, failure = $2 where id = $3");
}

/// The way a message takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Channel {
    /// E-mail.
    Email,
    /// A text message to a mobile telephone.
    Sms,
}

impl Channel {
    fn as_str(self) -> &'static str {
        match self {
            Self::Email => "email",
            Self::Sms => "sms",
        }
    }

    fn parse(word: &str) -> Result<Self, StorageError> {
        match word {
            "email" => Ok(Self::Email),
            "sms" => Ok(Self::Sms),
            other => Err(StorageError::broken(format!("no channel is called {other}"))),
        }
    }
}

/// A message as it was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    /// Its identifier.
    pub id: MessageId,
    /// The way it takes.
    pub channel: Channel,
    /// The template it was made from.
    pub template: String,
    /// The address or number it goes to.
    pub to: String,
    /// The subject line; a text message has none.
    pub subject: String,
    /// The text; empty once it was sent, when it held a secret.
    pub text: String,
    /// The dossier it is about.
    pub dossier: Option<DossierId>,
    /// When it was written.
    pub created_at: Instant,
}

/// What became of a message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fate {
    /// It waits to be sent.
    Waiting,
    /// The next system took it over.
    Sent {
        /// When.
        at: Instant,
    },
    /// It was given up.
    Failed {
        /// When.
        at: Instant,
        /// Why.
        reason: String,
    },
}

/// A message and what became of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredMessage {
    /// The message.
    pub message: Message,
    /// What became of it.
    pub fate: Fate,
}

/// Adds a message that waits to be sent.
///
/// # Errors
/// With the next statement or the commit, when the database refuses.
pub async fn insert(tx: &mut Tx<'_>, message: &Message) -> Result<(), StorageError> {
    let params = params![
        message.id,
        message.channel.as_str(),
        &message.template,
        &message.to,
        &message.subject,
        &message.text,
        message.dossier,
        message.created_at,
    ];
    tx.queue(INSERT, params);
    Ok(())
}

/// The message of this id, and what became of it.
///
/// # Errors
/// When the database cannot answer.
pub async fn find(tx: &mut Tx<'_>, id: MessageId) -> Result<Option<StoredMessage>, StorageError> {
    tx.optional(FIND, params![id]).await?.map(read).transpose()
}

/// What was told about a dossier, oldest first.
///
/// # Errors
/// When the database cannot answer.
pub async fn list_for_dossier(tx: &mut Tx<'_>, dossier: DossierId) -> Result<Vec<StoredMessage>, StorageError> {
    tx.all(LIST_FOR_DOSSIER, params![dossier]).await?.into_iter().map(read).collect()
}

/// Notes that the next system took the message over.
///
/// # Errors
/// With the next statement or the commit, when the database refuses.
pub async fn mark_sent(tx: &mut Tx<'_>, id: MessageId, at: Instant) -> Result<(), StorageError> {
    tx.queue(MARK_SENT, params![at, id]);
    Ok(())
}

/// Forgets what the message said, such as a code that nobody but its recipient may know.
///
/// # Errors
/// With the next statement or the commit, when the database refuses.
pub async fn forget_text(tx: &mut Tx<'_>, id: MessageId) -> Result<(), StorageError> {
    tx.queue(FORGET_TEXT, params![id]);
    Ok(())
}

/// Notes that the message was given up.
///
/// # Errors
/// With the next statement or the commit, when the database refuses.
pub async fn mark_failed(tx: &mut Tx<'_>, id: MessageId, at: Instant, reason: &str) -> Result<(), StorageError> {
    tx.queue(MARK_FAILED, params![at, reason, id]);
    Ok(())
}

fn read(mut row: Row) -> Result<StoredMessage, StorageError> {
    let fate = match (row.take(8)?, row.take(9)?) {
        (Some(at), _) => Fate::Sent { at },
        (None, Some(at)) => Fate::Failed { at, reason: row.take::<Option<String>>(10)?.unwrap_or_default() },
        (None, None) => Fate::Waiting,
    };
    let message = Message {
        id: row.take(0)?,
        channel: Channel::parse(&row.take::<String>(1)?)?,
        template: row.take(2)?,
        to: row.take(3)?,
        subject: row.take(4)?,
        text: row.take(5)?,
        dossier: row.take(6)?,
        created_at: row.take(7)?,
    };
    Ok(StoredMessage { message, fate })
}

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
    MARK_DELAYED = Sql::new("update message set delayed_at = $1 where id = $2");
    NOTE_GATEWAY = Sql::new("update message set gateway = $1 where id = $2");
    // What has arrived has arrived, whatever a gateway says afterwards.
    NOTE_REPORT = Sql::new(
        "insert into message_report (message_id, gateway, delivered, reported_at) values ($1, $2, $3, $4)
         on conflict (message_id, gateway) do update set
             delivered = excluded.delivered,
             reported_at = excluded.reported_at
         where not message_report.delivered",
    );
    FIND_PROGRESS = Sql::new(
        "select m.sent_at, m.failed_at, m.delayed_at,
             (select count(*) from message_report r where r.message_id = m.id and r.delivered),
             (select count(*) from message_report r
              where r.message_id = m.id and r.gateway = m.gateway and not r.delivered)
         from message m where m.id = $1",
    );
    COUNT_DELAYED = Sql::new(
        "select count(*) from message where delayed_at > $1 and channel = $2 and template <> $3 and sent_at is null",
    );
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
    /// Its name in the database and in exports.
    pub fn as_str(self) -> &'static str {
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

/// How far a message has come, for those who wait for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Progress {
    /// It waits for its first try.
    Waiting,
    /// It could not be sent, and is tried again.
    Delayed,
    /// The next system took it over.
    Sent,
    /// The telephone has it.
    Delivered,
    /// The gateway that took it says that it will not arrive.
    Undelivered,
    /// It was given up.
    GivenUp,
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

/// Notes that a try to send it failed and will be repeated.
///
/// # Errors
/// With the next statement or the commit, when the database refuses.
pub async fn mark_delayed(tx: &mut Tx<'_>, id: MessageId, at: Instant) -> Result<(), StorageError> {
    tx.queue(MARK_DELAYED, params![at, id]);
    Ok(())
}

/// Notes which gateway took a text message over.
///
/// # Errors
/// With the next statement or the commit, when the database refuses.
pub async fn note_gateway(tx: &mut Tx<'_>, id: MessageId, gateway: &str) -> Result<(), StorageError> {
    tx.queue(NOTE_GATEWAY, params![gateway, id]);
    Ok(())
}

/// Notes what a gateway reports; the same report again changes nothing, and one that comes late takes nothing back.
///
/// # Errors
/// [`StorageError::Reference`] when there is no such message.
pub async fn note_report(
    tx: &mut Tx<'_>,
    id: MessageId,
    gateway: &str,
    delivered: bool,
    at: Instant,
) -> Result<(), StorageError> {
    tx.exec(NOTE_REPORT, params![id, gateway, delivered, at]).await.map(drop)
}

/// How far the message of this id has come.
///
/// # Errors
/// When the database cannot answer.
pub async fn find_progress(tx: &mut Tx<'_>, id: MessageId) -> Result<Option<Progress>, StorageError> {
    let Some(mut row) = tx.optional(FIND_PROGRESS, params![id]).await? else { return Ok(None) };
    let (sent, failed): (Option<Instant>, Option<Instant>) = (row.take(0)?, row.take(1)?);
    let delayed: Option<Instant> = row.take(2)?;
    let (delivered, undelivered): (i64, i64) = (row.take(3)?, row.take(4)?);
    Ok(Some(match (delivered, undelivered, sent, failed, delayed) {
        (1.., ..) => Progress::Delivered,
        (_, 1.., ..) => Progress::Undelivered,
        (_, _, Some(_), ..) => Progress::Sent,
        (_, _, None, Some(_), _) => Progress::GivenUp,
        (_, _, None, None, Some(_)) => Progress::Delayed,
        (_, _, None, None, None) => Progress::Waiting,
    }))
}

/// How many messages of this channel, those of one template aside, have failed to leave since this moment and are not sent.
///
/// # Errors
/// When the database cannot answer.
pub async fn count_delayed(
    tx: &mut Tx<'_>,
    channel: Channel,
    aside: &str,
    since: Instant,
) -> Result<i64, StorageError> {
    tx.one(COUNT_DELAYED, params![since, channel.as_str(), aside]).await?.take(0)
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

//! What went wrong with the mail server, and whether it will go wrong again.

use std::io;
use std::time::Duration;

use lettre::transport::smtp::Error;

use crate::reason;

/// How far the conversation had come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Stage {
    Connect,
    SignIn,
    Sender,
    Recipient,
    Content,
}

impl Stage {
    fn name(self) -> &'static str {
        match self {
            Self::Connect => "connecting to the mail server",
            Self::SignIn => "signing in to the mail server",
            Self::Sender => "naming the sender",
            Self::Recipient => "naming the recipient",
            Self::Content => "handing over the mail",
        }
    }
}

/// A conversation that did not come to its end.
#[derive(Debug)]
pub(crate) enum Refusal {
    /// The server refused, or the connection broke.
    Smtp { stage: Stage, error: Error },
    /// There is no connection to the server.
    Unreachable(io::Error),
    /// The server agreed to something else than was asked.
    WrongReply { stage: Stage },
    /// The server took longer than this.
    TooSlow(Duration),
    /// The mailer is being taken down.
    Closed,
}

impl Refusal {
    /// Whether no later attempt can succeed: a 5xx about this recipient or this mail.
    ///
    /// A 5xx before the recipient is named is about us: a wrong password, a sender that is not ours, a server that does
    /// not serve us. An operator puts that right, and the mail must still be there then.
    pub(crate) fn is_for_good(&self) -> bool {
        match self {
            Self::Smtp { stage: Stage::Recipient | Stage::Content, error } => {
                error.is_permanent() && !wants_sign_in(error)
            }
            _ => false,
        }
    }

    /// Whether the connection is still good for another mail.
    pub(crate) fn leaves_connection_usable(&self) -> bool {
        match self {
            // 421 says that the server closes.
            Self::Smtp { stage: Stage::Sender | Stage::Recipient, error } => {
                code(error).is_some_and(|code| code != "421")
            }
            _ => false,
        }
    }

    /// For the operator: where it stopped, and the server's words without anybody's address.
    pub(crate) fn reason(&self) -> String {
        match self {
            Self::Smtp { stage, error } => format!("{}: {}", stage.name(), reason::clean(&error.to_string())),
            Self::Unreachable(error) => format!("{}: {error}", Stage::Connect.name()),
            Self::WrongReply { stage } => format!("{}: the mail server answered something unexpected", stage.name()),
            Self::TooSlow(patience) => format!("the mail server did not finish within {} s", patience.as_secs_f32()),
            Self::Closed => "the mailer is closed".to_owned(),
        }
    }
}

/// RFC 4954: these say that signing in is missing or too weak, at whatever command they come.
fn wants_sign_in(error: &Error) -> bool {
    code(error).is_some_and(|code| ["530", "534", "535", "538"].contains(&code.as_str()))
}

fn code(error: &Error) -> Option<String> {
    error.status().map(|code| code.to_string())
}

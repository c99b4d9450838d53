//! One conversation with a client: what is answered to which command, and in which order commands may come.

use std::io;
use std::time::Duration;

use tokio::io::{AsyncBufRead, AsyncWrite, AsyncWriteExt, BufReader};
use tokio::time::timeout;
use tracing::info;

use super::MOST_MAIL_BYTES;
use super::command::{self, Command, MailCommand};
use super::content::{self, Content};
use super::lines::{Line, read_line};
use crate::World;
use crate::faults::{FaultKind, Service};
use crate::mail;
use crate::mailbox::{Channel, NewMessage};

/// RFC 5321 asks for 512 octets at least; parameters and addresses beyond ASCII need more.
const MOST_COMMAND_BYTES: usize = 2_048;
/// RFC 5321, section 4.5.3.1.8: at least 100 recipients.
const MOST_RECIPIENTS: usize = 100;
/// After so many misread commands the other side is no mail client.
const MOST_MISTAKES: u32 = 20;

const GREETING: &str = "220 simulators.motcua ESMTP for demonstrations, nothing is delivered";
const TOO_MANY_SESSIONS: &str = "421 4.3.2 Too many sessions at once, try again later";
const SILENT: &str = "421 4.4.2 Nothing was said for too long";

/// What a client has said so far about itself and the mail under way.
#[derive(Default)]
struct Session {
    has_greeted: bool,
    mail: Option<MailCommand>,
    recipients: Vec<String>,
    mistakes: u32,
}

/// What to do after a command.
enum Step {
    Reply(String),
    ReceiveContent,
    Close(&'static str),
    /// Close without a word, as a broken line does.
    Vanish,
}

/// Talks with one client until it leaves, falls silent, or is sent away.
pub(crate) async fn run<R, W>(
    mut reader: BufReader<R>,
    writer: &mut W,
    world: &World,
    patience: Duration,
) -> io::Result<()>
where
    R: tokio::io::AsyncRead + Unpin,
    W: AsyncWrite + Unpin,
{
    let mut session = Session::default();
    let mut replies = Vec::new();
    say(&mut replies, GREETING);
    loop {
        // Answers to commands that were sent in one go are sent in one go (RFC 2920).
        if reader.buffer().is_empty() {
            writer.write_all(&replies).await?;
            writer.flush().await?;
            replies.clear();
        }
        let step = match timeout(patience, read_line(&mut reader, MOST_COMMAND_BYTES)).await {
            Err(_) => Step::Close(SILENT),
            Ok(line) => match line? {
                None => return Ok(()),
                Some(line) => session.answer(&line, world),
            },
        };
        let step = match step {
            Step::ReceiveContent => {
                say(&mut replies, "354 End the mail with a line that has a single dot");
                writer.write_all(&replies).await?;
                writer.flush().await?;
                replies.clear();
                session.receive(&mut reader, world, patience).await?
            }
            step => step,
        };
        match step {
            Step::Reply(reply) => say(&mut replies, &reply),
            Step::Close(reply) => {
                say(&mut replies, reply);
                writer.write_all(&replies).await?;
                return writer.shutdown().await;
            }
            Step::Vanish | Step::ReceiveContent => return Ok(()),
        }
    }
}

/// Sends away a client for which there is no room.
pub(crate) async fn refuse<W: AsyncWrite + Unpin>(writer: &mut W) -> io::Result<()> {
    let mut reply = Vec::new();
    say(&mut reply, TOO_MANY_SESSIONS);
    writer.write_all(&reply).await?;
    writer.shutdown().await
}

fn say(replies: &mut Vec<u8>, reply: &str) {
    replies.extend_from_slice(reply.as_bytes());
    replies.extend_from_slice(b"\r\n");
}

fn reply(text: &str) -> Step {
    Step::Reply(text.to_owned())
}

impl Session {
    fn answer(&mut self, line: &Line, world: &World) -> Step {
        let line = match line {
            Line::Whole { bytes, .. } => bytes,
            Line::TooLong { .. } => return self.count_mistake("500 5.5.2 This line is too long"),
        };
        let utf8_agreed = self.mail.as_ref().is_some_and(|mail| mail.is_utf8);
        match command::parse(line, utf8_agreed) {
            Ok(command) => self.follow(command, world),
            Err(misread) => self.count_mistake(misread.reply()),
        }
    }

    fn count_mistake(&mut self, answer: &str) -> Step {
        self.mistakes += 1;
        if self.mistakes >= MOST_MISTAKES {
            return Step::Close("421 4.7.0 Too many mistakes");
        }
        reply(answer)
    }

    fn follow(&mut self, command: Command, world: &World) -> Step {
        match command {
            Command::Hello(name) => {
                self.greet();
                Step::Reply(format!("250 simulators.motcua greets {name}"))
            }
            Command::ExtendedHello(name) => {
                self.greet();
                Step::Reply(format!(
                    "250-simulators.motcua greets {name}\r\n250-PIPELINING\r\n250-SIZE {MOST_MAIL_BYTES}\r\n\
                     250-8BITMIME\r\n250-SMTPUTF8\r\n250 ENHANCEDSTATUSCODES"
                ))
            }
            Command::Mail(mail) => self.start_mail(mail),
            Command::Recipient(recipient) => self.add_recipient(recipient, world),
            Command::Data if self.recipients.is_empty() => reply("503 5.5.1 Say MAIL and RCPT first"),
            Command::Data => Step::ReceiveContent,
            Command::Reset => {
                self.forget_mail();
                reply("250 2.0.0 Forgotten")
            }
            Command::Noop => reply("250 2.0.0 Still here"),
            Command::Verify => reply("252 2.1.5 Send a mail and see"),
            Command::Help => reply("214 2.0.0 RFC 5321"),
            Command::Quit => Step::Close("221 2.0.0 Goodbye"),
        }
    }

    fn greet(&mut self) {
        self.has_greeted = true;
        self.forget_mail();
    }

    fn forget_mail(&mut self) {
        self.mail = None;
        self.recipients.clear();
    }

    fn start_mail(&mut self, mail: MailCommand) -> Step {
        if !self.has_greeted {
            return reply("503 5.5.1 Say EHLO first");
        }
        if self.mail.is_some() {
            return reply("503 5.5.1 A mail is under way");
        }
        if mail.size.is_some_and(|size| size > MOST_MAIL_BYTES as u64) {
            return reply("552 5.3.4 This mail is too large");
        }
        self.mail = Some(mail);
        reply("250 2.1.0 Go on")
    }

    fn add_recipient(&mut self, recipient: String, world: &World) -> Step {
        if self.mail.is_none() {
            return reply("503 5.5.1 Say MAIL first");
        }
        if self.recipients.len() >= MOST_RECIPIENTS {
            return reply("452 4.5.3 Too many recipients");
        }
        match world.faults.take_refusal(Service::Email) {
            Some(FaultKind::Temporary) => reply("451 4.3.0 Refused for the time being, as asked"),
            Some(_) => reply("550 5.1.1 Refused for good, as asked"),
            None => {
                self.recipients.push(recipient);
                reply("250 2.1.5 Go on")
            }
        }
    }

    async fn receive<R: AsyncBufRead + Unpin>(
        &mut self,
        reader: &mut R,
        world: &World,
        patience: Duration,
    ) -> io::Result<Step> {
        let raw = match content::receive(reader, patience).await? {
            Content::Whole(raw) => raw,
            Content::Unfit(unfit) => {
                self.forget_mail();
                return Ok(reply(unfit.reply()));
            }
            Content::Cut => return Ok(Step::Vanish),
            Content::Silent => return Ok(Step::Close(SILENT)),
        };
        self.keep(&raw, world);
        self.forget_mail();
        match world.faults.take_spoiled_answer(Service::Email) {
            Some(FaultKind::Slow(delay)) => tokio::time::sleep(delay).await,
            Some(_) => return Ok(Step::Vanish),
            None => {}
        }
        Ok(reply("250 2.0.0 Kept"))
    }

    /// One message for each recipient: each has a mailbox of their own.
    fn keep(&self, raw: &[u8], world: &World) {
        let read = mail::read(raw);
        let at_ms = world.clock.now();
        for recipient in &self.recipients {
            world.mailbox.insert(NewMessage {
                channel: Channel::Email,
                to: recipient.clone(),
                at_ms,
                subject: read.subject.clone(),
                text: read.text.clone(),
                links: read.links.clone(),
            });
        }
        info!(recipients = self.recipients.len(), bytes = raw.len(), "Kept a mail");
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::sync::atomic::AtomicI64;

    use tokio::io::AsyncReadExt;

    use super::*;
    use crate::clock::DemonstrationClock;
    use crate::faults::Faults;
    use crate::http::sms_gateway::Gateways;
    use crate::mailbox::Mailbox;
    use crate::smtp::PATIENCE;

    /// Says the lines, then nothing more without leaving; returns what was answered.
    async fn falls_silent_after(lines: &str) -> String {
        let world = World {
            clock: DemonstrationClock::new(Arc::new(|| 0), Arc::new(AtomicI64::new(0))),
            mailbox: Mailbox::new(10),
            faults: Faults::default(),
            reports: crate::reports::Reports::default(),
            sms_gateways: Gateways::default(),
        };
        let (mut client, server) = tokio::io::duplex(64 * 1024);
        client.write_all(lines.as_bytes()).await.unwrap();
        let (reader, mut writer) = tokio::io::split(server);
        run(BufReader::new(reader), &mut writer, &world, PATIENCE).await.unwrap();
        drop(writer);
        let mut answers = vec![0; 4096];
        let length = client.read(&mut answers).await.unwrap();
        assert!(world.mailbox.list("").is_empty());
        String::from_utf8(answers[..length].to_vec()).unwrap()
    }

    #[tokio::test(start_paused = true)]
    #[allow(clippy::disallowed_methods, reason = "the clock of the test's runtime stands still and is moved by it")]
    async fn a_silent_client_is_sent_away_after_five_minutes() {
        for lines in ["", "EHLO a\r\nMAIL FR", "EHLO a\r\nMAIL FROM:<>\r\nRCPT TO:<a@b.vn>\r\nDATA\r\nhalf\r\n"] {
            let started_at = tokio::time::Instant::now();
            let answers = falls_silent_after(lines).await;
            assert!(answers.ends_with("421 4.4.2 Nothing was said for too long\r\n"), "{answers}");
            assert_eq!(started_at.elapsed().as_secs(), 5 * 60);
        }
    }
}

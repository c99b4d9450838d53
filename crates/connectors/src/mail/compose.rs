//! Writes a mail: headers in which nothing can be smuggled, and bodies that arrive as they were written.
//!
//! The same mail gives the same bytes each time: date and boundary come from the mail, not from the moment of sending.

use std::time::{Duration, SystemTime};

use domain::codes::EmailAddress;
use lettre::Address;
use lettre::message::header::{ContentTransferEncoding, ContentType, HeaderName, HeaderValue};
use lettre::message::{Body, Mailbox, Message, MultiPart, SinglePart};

use super::{MailerError, OutgoingEmail};

/// RFC 2046 allows a boundary of 70 characters; it is made from the id.
const MOST_ID_CHARACTERS: usize = 60;
/// A longer subject is shown nowhere, and one long word of it could not be folded.
const MOST_SUBJECT_CHARACTERS: usize = 250;

/// Why a mail cannot be written.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum ComposeError {
    #[error("the subject is not one line of text")]
    Subject,
    #[error("the recipient's address is not one that mail servers take")]
    Recipient,
    #[error("the message id or the reference has characters that an id cannot have")]
    Id,
    #[error("the mail cannot be written")]
    Parts,
}

/// Who the mails are from.
pub(crate) struct Sender {
    mailbox: Mailbox,
}

impl Sender {
    pub(crate) fn new(name: &str, address: &EmailAddress) -> Result<Self, MailerError> {
        if !is_line(name) {
            return Err(MailerError::FromName);
        }
        let address: Address = address.as_str().parse().map_err(|_| MailerError::FromAddress)?;
        Ok(Self { mailbox: Mailbox::new(Some(name.trim().to_owned()), address) })
    }

    pub(crate) fn domain(&self) -> &str {
        self.mailbox.email.domain()
    }
}

/// A mail as it goes over the line.
pub(crate) struct Letter {
    pub(crate) from: Address,
    pub(crate) to: Address,
    /// ASCII only, so that every mail server takes it.
    pub(crate) content: Vec<u8>,
}

/// Writes the mail.
pub(crate) fn compose(sender: &Sender, email: &OutgoingEmail) -> Result<Letter, ComposeError> {
    // What looks like an encoded word would be decoded into another subject.
    if !is_line(&email.subject) || email.subject.contains("=?") {
        return Err(ComposeError::Subject);
    }
    // Folding keeps no second space.
    let subject = email.subject.split_whitespace().collect::<Vec<_>>().join(" ");
    let to: Address = email.to.as_str().parse().map_err(|_| ComposeError::Recipient)?;
    let message_id = full_id(&email.message_id, sender.domain())?;
    let from = sender.mailbox.email.clone();
    let mut builder = Message::builder()
        .from(sender.mailbox.clone())
        .to(Mailbox::new(None, to.clone()))
        .subject(subject)
        .date(date(email))
        .message_id(Some(message_id))
        // RFC 3834: no robot answers this, and no absence notice.
        .raw_header(HeaderValue::new(HeaderName::new_from_ascii_str("Auto-Submitted"), "auto-generated".to_owned()));
    if let Some(reference) = &email.reference {
        let reference = full_id(reference, sender.domain())?;
        builder = builder.in_reply_to(reference.clone()).references(reference);
    }
    let text = part(ContentType::TEXT_PLAIN, &email.text)?;
    let message = match &email.html {
        None => builder.singlepart(text),
        Some(html) => {
            // `=_` occurs in no quoted-printable text, so the boundary cannot be met within a part.
            let boundary = format!("=_{}", email.message_id);
            let parts = MultiPart::alternative().boundary(boundary).singlepart(text);
            builder.multipart(parts.singlepart(part(ContentType::TEXT_HTML, html)?))
        }
    };
    let content = message.map_err(|_| ComposeError::Parts)?.formatted();
    if !content.is_ascii() {
        return Err(ComposeError::Parts);
    }
    Ok(Letter { from, to, content })
}

/// Quoted-printable always: lines of any length and characters of any kind survive every server on the way.
fn part(content_type: ContentType, text: &str) -> Result<SinglePart, ComposeError> {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    // As bytes: lettre's own way to CRLF takes half a minute for a text of 600,000 lines.
    let body = text.replace('\n', "\r\n").into_bytes();
    let body =
        Body::new_with_encoding(body, ContentTransferEncoding::QuotedPrintable).map_err(|_| ComposeError::Parts)?;
    Ok(SinglePart::builder().header(content_type).body(body))
}

fn date(email: &OutgoingEmail) -> SystemTime {
    let millis = u64::try_from(email.written_at.as_millis()).unwrap_or(0);
    SystemTime::UNIX_EPOCH + Duration::from_millis(millis)
}

fn full_id(id: &str, domain: &str) -> Result<String, ComposeError> {
    let is_atom = |byte: u8| byte.is_ascii_alphanumeric() || b".-_".contains(&byte);
    if !(1..=MOST_ID_CHARACTERS).contains(&id.len()) || !id.bytes().all(is_atom) {
        return Err(ComposeError::Id);
    }
    Ok(format!("<{id}@{domain}>"))
}

fn is_line(text: &str) -> bool {
    let is_break = |c: char| c.is_control() || matches!(c, '\u{2028}' | '\u{2029}');
    !text.trim().is_empty() && !text.contains(is_break) && text.chars().count() <= MOST_SUBJECT_CHARACTERS
}

#[cfg(test)]
mod tests {
    use domain::time::Instant;

    use super::*;

    fn sender() -> Sender {
        let address = EmailAddress::parse("khong-tra-loi@gialai.example").unwrap();
        Sender::new("Cổng Dịch vụ công tỉnh Gia Lai", &address).unwrap()
    }

    fn email() -> OutgoingEmail {
        OutgoingEmail {
            to: EmailAddress::parse("an@example.vn").unwrap(),
            subject: "Xác nhận tài khoản".to_owned(),
            text: "Chào chị Ân,\nxin mở liên kết.\n".to_owned(),
            html: Some("<p>Chào chị Ân</p>".to_owned()),
            message_id: "viec-0001".to_owned(),
            reference: Some("H21.58-261122-0001".to_owned()),
            written_at: Instant::from_millis(1_795_237_200_000),
        }
    }

    fn written(email: &OutgoingEmail) -> String {
        String::from_utf8(compose(&sender(), email).unwrap().content).unwrap()
    }

    #[test]
    fn a_second_attempt_has_the_same_bytes() {
        let first = written(&email());
        assert_eq!(first, written(&email()));
        for header in [
            "Message-ID: <viec-0001@gialai.example>\r\n",
            "References: <H21.58-261122-0001@gialai.example>\r\n",
            "In-Reply-To: <H21.58-261122-0001@gialai.example>\r\n",
            "Date: Sat, 21 Nov 2026 05:00:00 +0000\r\n",
            "Auto-Submitted: auto-generated\r\n",
            "To: an@example.vn\r\n",
            "boundary=\"=_viec-0001\"",
        ] {
            assert!(first.contains(header), "{header}\n{first}");
        }
    }

    #[test]
    fn nothing_gets_into_the_headers() {
        let subjects =
            ["a\r\nBcc: b@example.vn", "a\nb", "a\rb", "a\0b", "a\u{85}b", "a\u{2028}b", "", "  ", "=?utf-8?b?YQ==?="];
        for subject in subjects {
            let mail = OutgoingEmail { subject: subject.to_owned(), ..email() };
            assert_eq!(compose(&sender(), &mail).err(), Some(ComposeError::Subject), "{subject:?}");
        }
        let long = OutgoingEmail { subject: "a".repeat(251), ..email() };
        assert_eq!(compose(&sender(), &long).err(), Some(ComposeError::Subject));
        for id in ["", "a b", "a>b", "a\r\nX: y", "a@b", "ở", &"a".repeat(61)] {
            let mail = OutgoingEmail { message_id: id.to_owned(), ..email() };
            assert_eq!(compose(&sender(), &mail).err(), Some(ComposeError::Id), "{id:?}");
            let mail = OutgoingEmail { reference: Some(id.to_owned()), ..email() };
            assert_eq!(compose(&sender(), &mail).err(), Some(ComposeError::Id), "{id:?}");
        }
    }

    #[test]
    fn no_line_is_too_long_and_none_looks_like_the_boundary() {
        let mail = OutgoingEmail {
            subject: "ở".repeat(250),
            text: format!("--=_viec-0001--\r\n{}\n", "ở".repeat(5_000)),
            message_id: "viec-0001".to_owned(),
            ..email()
        };
        let content = written(&mail);
        assert!(content.split("\r\n").all(|line| line.len() <= 998 && !line.contains(['\r', '\n'])));
        assert_eq!(content.matches("\r\n--=_viec-0001").count(), 3);
    }
}

//! Receives the content of a mail: everything between DATA and the line with a single dot.

use std::io;
use std::time::Duration;

use tokio::io::AsyncBufRead;
use tokio::time::timeout;

use super::MOST_MAIL_BYTES;
use super::lines::{Line, read_line};

/// RFC 5321, section 4.5.3.1.6: 1,000 octets with CRLF, not counting a doubled dot.
const MOST_LINE_BYTES: usize = 998;

/// How the content ended.
pub(crate) enum Content {
    Whole(Vec<u8>),
    /// It ended, and it cannot be taken.
    Unfit(Unfit),
    /// The sender went away in the middle.
    Cut,
    /// The sender fell silent.
    Silent,
}

/// Why a mail cannot be taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Unfit {
    TooLarge,
    LineTooLong,
    LoneNewline,
    Nul,
}

impl Unfit {
    pub(crate) fn reply(self) -> &'static str {
        match self {
            Self::TooLarge => "552 5.3.4 This mail is too large",
            Self::LineTooLong => "500 5.6.0 This mail has a line of more than 998 octets",
            Self::LoneNewline => "550 5.6.0 This mail has a CR or an LF that is not part of CRLF",
            Self::Nul => "550 5.6.0 This mail has a NUL",
        }
    }
}

/// Reads to the closing dot, and takes the doubled dots out.
///
/// A dot closes only between two CRLF: whoever takes a lone LF for a line end can be made to see two mails in one.
pub(crate) async fn receive<R: AsyncBufRead + Unpin>(reader: &mut R, patience: Duration) -> io::Result<Content> {
    let mut content = Vec::new();
    let mut unfit = None;
    let mut after_crlf = true;
    loop {
        // One more for the dot that the sender may have doubled.
        let Ok(line) = timeout(patience, read_line(reader, MOST_LINE_BYTES + 1)).await else {
            return Ok(Content::Silent);
        };
        let (bytes, by_crlf) = match line? {
            None => return Ok(Content::Cut),
            Some(Line::TooLong { by_crlf }) => {
                unfit = unfit.or(Some(Unfit::LineTooLong));
                (Vec::new(), by_crlf)
            }
            Some(Line::Whole { bytes, by_crlf }) => (bytes, by_crlf),
        };
        if bytes == b"." && after_crlf && by_crlf {
            break;
        }
        let text = bytes.strip_prefix(b".").unwrap_or(&bytes);
        unfit = unfit
            .or_else(|| defect(text, by_crlf))
            .or_else(|| (content.len() + text.len() + 2 > MOST_MAIL_BYTES).then_some(Unfit::TooLarge));
        match unfit {
            // What is refused in the end need not be kept until then.
            Some(_) => content = Vec::new(),
            None => {
                content.extend_from_slice(text);
                content.extend_from_slice(b"\r\n");
            }
        }
        after_crlf = by_crlf;
    }
    Ok(unfit.map_or(Content::Whole(content), Content::Unfit))
}

fn defect(line: &[u8], by_crlf: bool) -> Option<Unfit> {
    if line.len() > MOST_LINE_BYTES {
        return Some(Unfit::LineTooLong);
    }
    if !by_crlf || line.contains(&b'\r') {
        return Some(Unfit::LoneNewline);
    }
    line.contains(&0).then_some(Unfit::Nul)
}

#[cfg(test)]
mod tests {
    use super::*;

    async fn received(input: &[u8]) -> Content {
        let mut reader = input;
        receive(&mut reader, Duration::from_secs(1)).await.unwrap()
    }

    #[tokio::test]
    async fn doubled_dots_are_taken_out() {
        let Content::Whole(content) = received(b"a\r\n..\r\n...b\r\n.c\r\n\r\n.\r\nQUIT\r\n").await else {
            panic!("not whole")
        };
        assert_eq!(content, b"a\r\n.\r\n..b\r\nc\r\n\r\n");
    }

    #[tokio::test]
    async fn an_unfit_mail_is_read_to_its_end() {
        let longest = format!("{}\r\n.\r\n", "a".repeat(998));
        assert!(matches!(received(longest.as_bytes()).await, Content::Whole(_)));
        let dotted = format!(".{longest}");
        assert!(matches!(received(dotted.as_bytes()).await, Content::Whole(_)));

        let line = "a".repeat(997) + "\r\n";
        let large = line.repeat(MOST_MAIL_BYTES / line.len() + 1) + ".\r\n";
        let cases = [
            (format!("a{longest}"), Unfit::LineTooLong),
            ("a".repeat(10_000_000) + "\r\n.\r\n", Unfit::LineTooLong),
            ("a\nb\r\n.\r\n".to_owned(), Unfit::LoneNewline),
            ("a\rb\r\n.\r\n".to_owned(), Unfit::LoneNewline),
            ("a\n.\r\nb\r\n.\r\n".to_owned(), Unfit::LoneNewline),
            ("a\r\n.\nb\r\n.\r\n".to_owned(), Unfit::LoneNewline),
            ("a\0b\r\n.\r\n".to_owned(), Unfit::Nul),
            (large, Unfit::TooLarge),
        ];
        for (input, expected) in cases {
            let Content::Unfit(unfit) = received(input.as_bytes()).await else { panic!("{expected:?}") };
            assert_eq!(unfit, expected);
        }
    }

    #[tokio::test]
    async fn a_mail_without_its_closing_dot_is_cut() {
        for input in ["", "a", "a\r\n", "a\r\n.", "a\r\n.\r", "a\r\n.\n", "a\n.\r\n"] {
            assert!(matches!(received(input.as_bytes()).await, Content::Cut), "{input:?}");
        }
    }
}

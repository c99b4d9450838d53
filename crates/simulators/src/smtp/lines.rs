//! Reads lines of bounded length, whatever is sent.

use std::io;

use tokio::io::{AsyncBufRead, AsyncBufReadExt};

/// One line without its end.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Line {
    Whole {
        bytes: Vec<u8>,
        /// Whether CRLF ended it; a lone LF is tolerated in commands only.
        by_crlf: bool,
    },
    /// It was longer than allowed; its bytes were let go.
    TooLong { by_crlf: bool },
}

/// Reads up to the next LF; `None` when the sender has gone, even in mid-line.
pub(crate) async fn read_line<R: AsyncBufRead + Unpin>(reader: &mut R, most_bytes: usize) -> io::Result<Option<Line>> {
    let mut bytes = Vec::new();
    let mut is_too_long = false;
    let mut last_byte = None;
    loop {
        let available = reader.fill_buf().await?;
        if available.is_empty() {
            return Ok(None);
        }
        let newline = available.iter().position(|byte| *byte == b'\n');
        let part = &available[..newline.unwrap_or(available.len())];
        last_byte = part.last().copied().or(last_byte);
        // One more for the CR that is taken off below.
        is_too_long |= bytes.len() + part.len() > most_bytes + 1;
        if is_too_long {
            bytes = Vec::new();
        } else {
            bytes.extend_from_slice(part);
        }
        let taken = part.len() + usize::from(newline.is_some());
        reader.consume(taken);
        if newline.is_some() {
            break;
        }
    }
    let by_crlf = last_byte == Some(b'\r');
    if by_crlf {
        bytes.pop();
    }
    if is_too_long || bytes.len() > most_bytes {
        return Ok(Some(Line::TooLong { by_crlf }));
    }
    Ok(Some(Line::Whole { bytes, by_crlf }))
}

#[cfg(test)]
mod tests {
    use tokio::io::BufReader;

    use super::*;

    async fn read_all(input: &[u8], most_bytes: usize) -> Vec<Line> {
        // The smallest buffers find the mistakes at their edges.
        let mut lines = Vec::new();
        for capacity in [1, 2, 3, 1024] {
            let mut reader = BufReader::with_capacity(capacity, input);
            let mut read = Vec::new();
            while let Some(line) = read_line(&mut reader, most_bytes).await.unwrap() {
                read.push(line);
            }
            assert!(lines.is_empty() || lines == read, "capacity {capacity}");
            lines = read;
        }
        lines
    }

    fn whole(bytes: &[u8], by_crlf: bool) -> Line {
        Line::Whole { bytes: bytes.to_vec(), by_crlf }
    }

    #[tokio::test]
    async fn lines_end_by_lf_and_a_cut_line_is_none() {
        let lines = read_all(b"ab\r\n\r\nc\n\nd\re\r\ncut", 10).await;
        assert_eq!(
            lines,
            [whole(b"ab", true), whole(b"", true), whole(b"c", false), whole(b"", false), whole(b"d\re", true)]
        );
    }

    #[tokio::test]
    async fn a_line_at_the_limit_is_whole_and_one_byte_more_is_too_long() {
        assert_eq!(read_all(b"1234\r\n", 4).await, [whole(b"1234", true)]);
        assert_eq!(read_all(b"1234\n", 4).await, [whole(b"1234", false)]);
        assert_eq!(read_all(b"12345\r\n.\r\n", 4).await, [Line::TooLong { by_crlf: true }, whole(b".", true)]);
        assert_eq!(read_all(b"12345\n", 4).await, [Line::TooLong { by_crlf: false }]);
        assert_eq!(read_all(b"1234567890", 4).await, []);
    }
}

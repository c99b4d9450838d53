//! One HTTP request over a plain socket: enough to ask a server whether it is ready and to end a browser session.

use std::io::{Error, ErrorKind, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::time::Duration;

/// What came back.
#[derive(Debug, Clone)]
pub struct HttpAnswer {
    /// The status code.
    pub status: u16,
    /// The body as text, still chunked when the server sent it so.
    pub body: String,
}

/// Sends `method path` to a server on this machine and waits at most `patience` for the whole answer.
///
/// # Errors
/// Whatever the socket says, and `InvalidData` when the answer is not HTTP.
pub fn request(address: SocketAddr, method: &str, path: &str, patience: Duration) -> std::io::Result<HttpAnswer> {
    let mut stream = TcpStream::connect_timeout(&address, patience)?;
    stream.set_read_timeout(Some(patience))?;
    stream.set_write_timeout(Some(patience))?;
    write!(stream, "{method} {path} HTTP/1.1\r\nHost: {address}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")?;
    // Some servers, chromedriver among them, keep the connection open whatever we ask: stop at the announced length.
    let mut answer = Vec::new();
    let mut part = [0; 4096];
    loop {
        let read = stream.read(&mut part)?;
        answer.extend_from_slice(&part[..read]);
        let text = String::from_utf8_lossy(&answer);
        if read == 0 || is_whole(&text) {
            return parse(&text).ok_or_else(|| Error::new(ErrorKind::InvalidData, "not HTTP"));
        }
    }
}

fn is_whole(answer: &str) -> bool {
    let Some((head, body)) = answer.split_once("\r\n\r\n") else {
        return false;
    };
    let length = head
        .lines()
        .filter_map(|line| line.split_once(':'))
        .find(|(name, _)| name.eq_ignore_ascii_case("content-length"))
        .and_then(|(_, value)| value.trim().parse::<usize>().ok());
    length.is_some_and(|length| body.len() >= length)
}

fn parse(answer: &str) -> Option<HttpAnswer> {
    let status = answer.strip_prefix("HTTP/1.1 ")?.get(..3)?.parse().ok()?;
    let (_, body) = answer.split_once("\r\n\r\n")?;
    Some(HttpAnswer { status, body: body.to_owned() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_status_and_the_body_are_read() {
        let answer = parse("HTTP/1.1 503 Service Unavailable\r\nA: b\r\n\r\nnot yet").unwrap();
        assert_eq!((answer.status, answer.body.as_str()), (503, "not yet"));
        assert!(parse("220 mail ready").is_none());
    }

    #[test]
    fn an_answer_is_whole_when_the_announced_length_is_there() {
        assert!(!is_whole("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nxyz"));
        assert!(is_whole("HTTP/1.1 200 OK\r\ncontent-length: 4\r\n\r\nxyzw"));
    }
}

//! A small HTTP/1.1 client over plain sockets, so that the load costs little beside the server that it measures.

use std::io::{Error, ErrorKind};
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpSocket, TcpStream};

use crate::Failure;

/// No single answer may take longer.
const PATIENCE: Duration = Duration::from_secs(20);

/// Requests as they go over the wire, taken in turn and from the beginning again.
#[derive(Clone)]
pub(crate) struct Requests {
    all: Arc<Vec<Vec<u8>>>,
    next: Arc<AtomicUsize>,
}

impl Requests {
    /// These, beginning with the first.
    pub(crate) fn new(all: Vec<Vec<u8>>) -> Self {
        Self { all: Arc::new(all), next: Arc::default() }
    }

    fn take(&self) -> &[u8] {
        &self.all[self.next.fetch_add(1, Ordering::Relaxed) % self.all.len()]
    }
}

/// A page asked for as a browser does.
pub(crate) fn get(path: &str, cookie: Option<&str>) -> Vec<u8> {
    let cookie = cookie.map(|cookie| format!("Cookie: {cookie}\r\n")).unwrap_or_default();
    format!(
        "GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nUser-Agent: Mozilla/5.0 (bench)\r\nAccept: text/html\r\n\
         Accept-Language: vi\r\nAccept-Encoding: gzip, deflate, br\r\n{cookie}\r\n"
    )
    .into_bytes()
}

/// A form sent as a browser does.
pub(crate) fn post(path: &str, body: &str) -> Vec<u8> {
    format!(
        "POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nUser-Agent: Mozilla/5.0 (bench)\r\nAccept: text/html\r\n\
         Accept-Language: vi\r\nAccept-Encoding: gzip, deflate, br\r\nSec-Fetch-Site: same-origin\r\n\
         Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\n\r\n{body}",
        body.len()
    )
    .into_bytes()
}

/// A request of somebody who is signed in, answered without compression: a form, or a page when there is nothing to send.
/// `autosave` marks what the page's script sends.
pub(crate) fn send(path: &str, cookie: &str, body: &str, autosave: bool) -> Vec<u8> {
    let method = if body.is_empty() { "GET" } else { "POST" };
    let mark = if autosave { "X-Autosave: 1\r\n" } else { "" };
    format!(
        "{method} {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nUser-Agent: Mozilla/5.0 (bench)\r\nAccept: text/html\r\n\
         Accept-Language: vi\r\nSec-Fetch-Site: same-origin\r\nCookie: {cookie}\r\n{mark}\
         Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\n\r\n{body}",
        body.len()
    )
    .into_bytes()
}

/// Answers a second that so many connections get, asking again as soon as they are answered.
pub(crate) async fn rate(port: u16, connections: u8, requests: &Requests, lasts: Duration) -> Result<f64, Failure> {
    let requests = requests.clone();
    // One thread for all connections: the load takes as little of the machine as it can.
    on_one_thread(async move {
        let begin = Instant::now();
        let mut asking = tokio::task::JoinSet::new();
        for number in 0..connections {
            let requests = requests.clone();
            asking.spawn(async move {
                let mut connection = Connection::open(port, number).await?;
                let mut count = 0_u32;
                while begin.elapsed() < lasts {
                    connection.ask(requests.take()).await?;
                    count += 1;
                }
                Ok::<_, Error>(count)
            });
        }
        let mut count = 0;
        while let Some(asked) = asking.join_next().await {
            count += asked??;
        }
        Ok(f64::from(count) / begin.elapsed().as_secs_f64())
    })
    .await
}

/// The milliseconds that each of `count` requests takes when so many are sent every second.
pub(crate) async fn times(port: u16, requests: &Requests, count: usize, a_second: u32) -> Result<Vec<f64>, Failure> {
    const CONNECTIONS: u8 = 4;
    let requests = requests.clone();
    on_one_thread(async move {
        let mut asking = tokio::task::JoinSet::new();
        let pause = Duration::from_secs(1) / a_second * u32::from(CONNECTIONS);
        for number in 0..CONNECTIONS {
            let requests = requests.clone();
            asking.spawn(async move {
                let mut connection = Connection::open(port, number).await?;
                tokio::time::sleep(pause / u32::from(CONNECTIONS) * u32::from(number)).await;
                let mut ticks = tokio::time::interval(pause);
                ticks.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
                let mut times = Vec::new();
                for _ in 0..count.div_ceil(usize::from(CONNECTIONS)) {
                    ticks.tick().await;
                    let begin = Instant::now();
                    connection.ask(requests.take()).await?;
                    times.push(begin.elapsed().as_secs_f64() * 1e3);
                }
                Ok::<_, Error>(times)
            });
        }
        let mut times = Vec::new();
        while let Some(asked) = asking.join_next().await {
            times.extend(asked??);
        }
        Ok(times)
    })
    .await
}

/// Runs this work on a thread of its own.
pub(crate) async fn on_one_thread<T: Send + 'static>(
    work: impl Future<Output = Result<T, Failure>> + Send + 'static,
) -> Result<T, Failure> {
    let working = tokio::task::spawn_blocking(move || {
        tokio::runtime::Builder::new_current_thread().enable_all().build()?.block_on(work)
    });
    working.await?
}

/// A connection that stays open.
pub(crate) struct Connection {
    stream: TcpStream,
    buffer: Vec<u8>,
}

impl Connection {
    /// A connection from one of 250 addresses of this machine: limits by address see as many people.
    pub(crate) async fn open(port: u16, number: u8) -> std::io::Result<Self> {
        let socket = TcpSocket::new_v4()?;
        socket.bind(SocketAddr::from((Ipv4Addr::new(127, 0, 1, number), 0)))?;
        let stream = socket.connect(SocketAddr::from((Ipv4Addr::LOCALHOST, port))).await?;
        stream.set_nodelay(true)?;
        Ok(Self { stream, buffer: Vec::with_capacity(1 << 16) })
    }

    /// The whole answer to a request; anything but 200, and 204 for what has nothing to say, is an error.
    pub(crate) async fn ask(&mut self, request: &[u8]) -> std::io::Result<&[u8]> {
        self.ask_for(request, "20").await
    }

    /// The same, for a request that is answered with another status.
    pub(crate) async fn ask_for(&mut self, request: &[u8], status: &str) -> std::io::Result<&[u8]> {
        tokio::time::timeout(PATIENCE, self.exchange(request)).await??;
        if self.buffer.starts_with(format!("HTTP/1.1 {status}").as_bytes()) {
            return Ok(&self.buffer);
        }
        let line = |text: &[u8]| String::from_utf8_lossy(text).lines().next().unwrap_or_default().to_owned();
        Err(Error::other(format!("{} was answered {}", line(request), line(&self.buffer))))
    }

    async fn exchange(&mut self, request: &[u8]) -> std::io::Result<()> {
        self.stream.write_all(request).await?;
        self.buffer.clear();
        let mut known = None;
        loop {
            if self.stream.read_buf(&mut self.buffer).await? == 0 {
                return Err(ErrorKind::UnexpectedEof.into());
            }
            if known.is_none() {
                known = Length::of(&self.buffer);
            }
            if known.as_mut().is_some_and(|length| length.is_reached(&self.buffer)) {
                return Ok(());
            }
        }
    }
}

/// Where an answer ends.
#[derive(Debug, PartialEq, Eq)]
enum Length {
    /// After so many bytes.
    Known(usize),
    /// After an empty chunk; the next one begins here.
    Chunked(usize),
}

impl Length {
    fn of(answer: &[u8]) -> Option<Self> {
        let head = head_length(answer)?;
        if answer.starts_with(b"HTTP/1.1 204") {
            return Some(Self::Known(head));
        }
        let value = |name: &[u8]| {
            let lines = answer[..head].split(|byte| *byte == b'\n');
            lines.filter(|line| line.len() > name.len()).find_map(|line| {
                let (start, rest) = line.split_at(name.len());
                start.eq_ignore_ascii_case(name).then(|| String::from_utf8_lossy(rest).trim().to_owned())
            })
        };
        match value(b"content-length:") {
            Some(length) => Some(Self::Known(head + length.parse::<usize>().ok()?)),
            None => Some(Self::Chunked(head)),
        }
    }

    fn is_reached(&mut self, answer: &[u8]) -> bool {
        match self {
            Self::Known(end) => answer.len() >= *end,
            Self::Chunked(at) => loop {
                let Some(rest) = answer.get(*at..) else { return false };
                let Some(line) = rest.windows(2).position(|pair| pair == b"\r\n") else { return false };
                let size =
                    std::str::from_utf8(&rest[..line]).ok().and_then(|size| usize::from_str_radix(size, 16).ok());
                let Some(size) = size else { return false };
                if size == 0 {
                    return rest.len() >= line + 4;
                }
                *at += line + 2 + size + 2;
            },
        }
    }
}

/// Where the head of an answer ends, when all of it is there.
pub(crate) fn head_length(answer: &[u8]) -> Option<usize> {
    answer.windows(4).position(|four| four == b"\r\n\r\n").map(|at| at + 4)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_end_where_they_say() {
        let whole = b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nabcd";
        assert_eq!(Length::of(&whole[..20]), None);
        let mut length = Length::of(whole).unwrap();
        assert!(length.is_reached(whole) && !length.is_reached(&whole[..whole.len() - 1]));
        let chunked = b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n2\r\n0\r\r\n10\r\n0\r\n\r\n0\r\n\r\n01234\n\r\n0\r\n\r\n";
        let mut length = Length::of(chunked).unwrap();
        for end in 47..chunked.len() {
            assert!(!length.is_reached(&chunked[..end]), "{end}");
        }
        assert!(length.is_reached(chunked));
    }
}

//! What the gateways report about messages that they took: kept to be looked at, and sent when it goes to this machine.

use std::collections::VecDeque;
use std::net::SocketAddr;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tracing::debug;

/// So many reports are kept, the oldest forgotten first.
const MOST_KEPT: usize = 1_000;
/// How long a portal may take to answer.
const PATIENCE: Duration = Duration::from_secs(5);

/// The reports of both gateways.
#[derive(Default)]
pub(crate) struct Reports {
    kept: Mutex<VecDeque<String>>,
}

impl Reports {
    /// Keeps the address and calls it, unless it is on another machine: nobody out there is told of simulated messages.
    pub(crate) fn send(&self, address: String) {
        if let Some((portal, path)) = on_this_machine(&address) {
            tokio::spawn(async move {
                match tokio::time::timeout(PATIENCE, call(portal, &path)).await {
                    Ok(Ok(())) => {}
                    Ok(Err(error)) => debug!(error = %error, "A report of a simulated gateway did not arrive"),
                    Err(_) => debug!("A report of a simulated gateway was not answered"),
                }
            });
        }
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.len() == MOST_KEPT {
            kept.pop_front();
        }
        kept.push_back(address);
    }

    pub(crate) fn take(&self) -> Vec<String> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner).drain(..).collect()
    }
}

/// The socket and the path of an address on this machine that names its port.
fn on_this_machine(address: &str) -> Option<(SocketAddr, String)> {
    let rest = address.strip_prefix("http://")?;
    let (host, path) = rest.split_at(rest.find('/')?);
    let socket: SocketAddr = host.parse().ok()?;
    let plain = path.bytes().all(|byte| byte.is_ascii_graphic());
    (plain && socket.ip().is_loopback()).then(|| (socket, path.to_owned()))
}

async fn call(portal: SocketAddr, path: &str) -> std::io::Result<()> {
    let mut stream = TcpStream::connect(portal).await?;
    let request = format!("GET {path} HTTP/1.1\r\nHost: {portal}\r\nConnection: close\r\n\r\n");
    stream.write_all(request.as_bytes()).await?;
    let mut answer = Vec::new();
    stream.take(4_096).read_to_end(&mut answer).await.map(drop)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_this_machine_is_called() {
        let (socket, path) = on_this_machine("http://127.0.0.1:8001/a?b=c").unwrap();
        assert_eq!((socket.to_string(), path.as_str()), ("127.0.0.1:8001".to_owned(), "/a?b=c"));
        for elsewhere in [
            "",
            "http://motcua.test/a",
            "https://127.0.0.1:8001/a",
            "http://192.0.2.1:80/a",
            "http://127.0.0.1:8001@192.0.2.1:80/",
            "http://127.0.0.1:8001",
            "http://127.0.0.1:8001/a\r\nHost: x",
        ] {
            assert_eq!(on_this_machine(elsewhere), None, "{elsewhere}");
        }
    }
}

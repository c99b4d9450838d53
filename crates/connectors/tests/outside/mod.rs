//! The outside world of the tests over HTTP: the simulators, and servers that say one thing whatever they are asked.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::AtomicI64;

use simulators::{Fault, FaultKind, Simulators, SimulatorsConfig};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

pub(crate) async fn start() -> Simulators {
    let config = SimulatorsConfig {
        http: TcpListener::bind("127.0.0.1:0").await.unwrap(),
        smtp: "127.0.0.1:0".parse().unwrap(),
        capacity: 100,
        now: Arc::new(|| 0),
        clock_offset_ms: Arc::new(AtomicI64::new(0)),
    };
    Simulators::start(config).await.unwrap()
}

pub(crate) fn fault(kind: FaultKind, times: u32) -> Option<Fault> {
    Some(Fault { kind, times: Some(times) })
}

/// Reads one request, says the answer and leaves; gives the request.
pub(crate) async fn serve_once(answer: String) -> (SocketAddr, JoinHandle<String>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let asked = tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.unwrap();
        let mut request = Vec::new();
        while !is_whole(&request) {
            if stream.read_buf(&mut request).await.unwrap() == 0 {
                break;
            }
        }
        // The client may have seen enough and left.
        let _ = stream.write_all(answer.as_bytes()).await;
        String::from_utf8(request).unwrap()
    });
    (address, asked)
}

fn is_whole(request: &[u8]) -> bool {
    let text = String::from_utf8_lossy(request);
    let Some((head, body)) = text.split_once("\r\n\r\n") else { return false };
    let length = head.lines().find_map(|line| line.strip_prefix("content-length: "));
    body.len() >= length.map_or(0, |length| length.parse().unwrap())
}

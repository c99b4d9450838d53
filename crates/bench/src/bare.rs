//! The baseline of pages: an axum handler in a process of its own that has nothing to do but to answer the same bytes.

use std::collections::HashMap;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::State;
use axum::response::Response;
use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use http::{HeaderMap, HeaderName, HeaderValue, Uri};
use serde::{Deserialize, Serialize};
use throwaway::{Process, Signal, guarded};

use crate::Failure;
use crate::client::{Connection, get, head_length};

/// An answer of the real server, as the file keeps it.
#[derive(Serialize, Deserialize)]
struct Kept {
    path: String,
    headers: Vec<(String, String)>,
    body: String,
}

/// A running baseline.
pub(crate) struct Bare {
    /// Where it listens.
    pub(crate) port: u16,
    process: Process,
}

impl Bare {
    /// Fetches these pages from the real server and starts a process that answers them; other addresses get the first page.
    pub(crate) async fn start(real: u16, paths: &[String], folder: &Path) -> Result<Self, Failure> {
        let mut connection = Connection::open(real, 1).await?;
        let mut all = Vec::new();
        for path in paths {
            all.push(keep(path, connection.ask(&get(path, None)).await?)?);
        }
        let file = folder.join("answers.json");
        std::fs::write(&file, serde_json::to_vec(&all)?)?;
        let mut command = guarded(&std::env::current_exe()?.to_string_lossy(), Signal::Kill, None);
        command.arg("--bare").arg(&file);
        let mut process = Process::start("bare handler", command)?;
        let port =
            process.wait_until(Duration::from_secs(30), |output| output.lines().find_map(|line| line.parse().ok()))?;
        Ok(Self { port, process })
    }
}

impl Bare {
    /// Its process.
    pub(crate) fn process(&self) -> u32 {
        self.process.id()
    }
}

fn keep(path: &str, answer: &[u8]) -> Result<Kept, Failure> {
    // Every header goes over except those that the server of the baseline writes by itself.
    const ITS_OWN: [&str; 4] = ["content-length", "connection", "date", "transfer-encoding"];
    let head = head_length(answer).ok_or("an answer without a head")?;
    let lines = std::str::from_utf8(&answer[..head])?.lines().skip(1);
    let headers = lines
        .filter_map(|line| line.split_once(": "))
        .filter(|(name, _)| !ITS_OWN.contains(&name.to_ascii_lowercase().as_str()))
        .map(|(name, value)| (name.to_owned(), value.to_owned()));
    Ok(Kept { path: path.to_owned(), headers: headers.collect(), body: BASE64_STANDARD.encode(&answer[head..]) })
}

/// Answers from the file until it is killed; the first line of its output is its port.
pub(crate) async fn serve(file: &Path) -> Result<(), Failure> {
    let kept: Vec<Kept> = serde_json::from_slice(&std::fs::read(file)?)?;
    let first = kept.first().map(|kept| kept.path.clone()).ok_or("no answers")?;
    let mut answers = HashMap::new();
    for kept in kept {
        let mut headers = HeaderMap::new();
        for (name, value) in &kept.headers {
            headers.append(HeaderName::try_from(name)?, HeaderValue::try_from(value)?);
        }
        answers.insert(kept.path, (headers, Bytes::from(BASE64_STANDARD.decode(&kept.body)?)));
    }
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
    println!("{}", listener.local_addr()?.port());
    let state = Arc::new(Answers { first, answers });
    Ok(axum::serve(listener, Router::new().fallback(answer).with_state(state)).await?)
}

struct Answers {
    first: String,
    answers: HashMap<String, (HeaderMap, Bytes)>,
}

async fn answer(State(state): State<Arc<Answers>>, uri: Uri) -> Response {
    let path = uri.path_and_query().map(|path| path.as_str()).unwrap_or_default();
    let (headers, body) = state.answers.get(path).unwrap_or_else(|| &state.answers[&state.first]);
    let mut response = Response::new(Body::from(body.clone()));
    *response.headers_mut() = headers.clone();
    response
}

//! Requests that another part of the program has put together, to systems whose addresses come from documents: sent as
//! they are, encrypted or to this machine, without redirects, answered within a bounded time and size.

use std::time::Duration;

use http::{Request, Response};
use reqwest::Client;
use tokio::time::timeout;

use crate::http::{HttpError, client_builder};
use crate::reason;
use crate::this_machine::is_this_machine;

/// No answer is longer: documents with keys and claims are a few kilobytes.
const MOST_ANSWER_BYTES: usize = 256 * 1024;

/// Sends requests and reads answers. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Fetcher {
    client: Client,
    patience: Duration,
}

/// Why there is no answer. The reasons name no address.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FetchError {
    /// Others could read along.
    #[error("only https:// keeps what is sent to another machine secret")]
    InClear,
    /// The machine could not be reached, or broke off.
    #[error("{0}")]
    Failed(String),
    /// It takes too long.
    #[error("no answer within {0} s")]
    Late(u64),
    /// The answer does not end.
    #[error("the answer is longer than {MOST_ANSWER_BYTES} bytes")]
    TooLong,
}

impl Fetcher {
    /// Waits so long for each answer. `extra_roots` are certificates in PEM to trust beside the public ones.
    ///
    /// # Errors
    /// When the certificates cannot be read.
    pub fn new(extra_roots: Option<&str>, patience: Duration) -> Result<Self, HttpError> {
        let client = client_builder(extra_roots)?.build().map_err(HttpError::Client)?;
        Ok(Self { client, patience })
    }

    /// Sends the request and reads the whole answer, whatever its status.
    ///
    /// # Errors
    /// When the way is not safe, or there is no answer in time.
    pub async fn fetch(&self, request: Request<Vec<u8>>) -> Result<Response<Vec<u8>>, FetchError> {
        let is_safe = match (request.uri().scheme_str(), request.uri().host()) {
            (Some("https"), Some(_)) => true,
            (Some("http"), Some(host)) => is_this_machine(host),
            _ => false,
        };
        if !is_safe {
            return Err(FetchError::InClear);
        }
        match timeout(self.patience, self.exchange(request)).await {
            Ok(answer) => answer,
            Err(_) => Err(FetchError::Late(self.patience.as_secs())),
        }
    }

    async fn exchange(&self, request: Request<Vec<u8>>) -> Result<Response<Vec<u8>>, FetchError> {
        let request = request.try_into().map_err(failed)?;
        let mut answer = self.client.execute(request).await.map_err(failed)?;
        let mut body = Vec::new();
        while let Some(chunk) = answer.chunk().await.map_err(failed)? {
            if body.len() + chunk.len() > MOST_ANSWER_BYTES {
                return Err(FetchError::TooLong);
            }
            body.extend_from_slice(&chunk);
        }
        let mut response = Response::new(body);
        *response.status_mut() = answer.status();
        *response.headers_mut() = answer.headers().clone();
        Ok(response)
    }
}

fn failed(error: reqwest::Error) -> FetchError {
    FetchError::Failed(reason::chain(&error.without_url()))
}

#[cfg(test)]
mod tests {
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    use tokio::net::TcpListener;

    use super::*;

    /// A machine that reads a request and says the same to whoever asks.
    async fn machine(answer: Vec<u8>) -> String {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        tokio::spawn(async move {
            while let Ok((mut stream, _)) = listener.accept().await {
                let mut request = [0; 4096];
                let _ = stream.read(&mut request).await;
                let _ = stream.write_all(&answer).await;
                if answer.is_empty() {
                    std::future::pending::<()>().await;
                }
            }
        });
        format!("http://{address}/")
    }

    async fn ask(address: &str, patience: Duration) -> Result<Response<Vec<u8>>, FetchError> {
        let fetcher = Fetcher::new(None, patience).unwrap();
        fetcher.fetch(Request::builder().uri(address).body(Vec::new()).unwrap()).await
    }

    const SECOND: Duration = Duration::from_secs(1);

    #[tokio::test]
    async fn an_answer_comes_back_whatever_its_status_and_redirects_are_not_followed() {
        let found =
            machine(b"HTTP/1.1 302 Found\r\nlocation: http://10.0.0.1/\r\ncontent-length: 2\r\n\r\nhi".to_vec()).await;
        let answer = ask(&found, SECOND).await.unwrap();
        assert_eq!((answer.status().as_u16(), answer.body().as_slice()), (302, b"hi".as_slice()));
        assert_eq!(answer.headers()["location"], "http://10.0.0.1/");
    }

    #[tokio::test]
    async fn an_answer_without_end_or_without_beginning_is_given_up() {
        let mut long = b"HTTP/1.1 200 OK\r\n\r\n".to_vec();
        long.resize(400_000, b'x');
        assert_eq!(ask(&machine(long).await, SECOND).await.unwrap_err(), FetchError::TooLong);
        let silent = machine(Vec::new()).await;
        assert_eq!(ask(&silent, Duration::from_millis(50)).await.unwrap_err(), FetchError::Late(0));
    }

    #[tokio::test]
    async fn nothing_is_sent_where_others_read_along() {
        for address in ["http://dvcqg.vidu.vn/", "http://10.0.0.1/", "ftp://127.0.0.1/", "/oidc/token"] {
            assert_eq!(ask(address, SECOND).await.unwrap_err(), FetchError::InClear, "{address}");
        }
    }
}

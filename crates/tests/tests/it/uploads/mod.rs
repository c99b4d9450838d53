//! `…/tai-len`: files that come in pieces (tus 1.0), and everything that cuts them off on the way.

mod cuts;
mod foreign;
mod hostile;
mod memory;
mod multipart;
mod pictures;
mod pieces;
mod refusals;

use http::Request;
use tests::app::{TestApp, sign_in};
use tests::http::{Client, request};
use tests::page::Page;

use crate::steps::draft;

/// The kind of every piece.
const PIECE: &str = "application/offset+octet-stream";

/// Somebody who sends files to a draft.
struct Sender {
    client: Client,
    /// The page of the draft's files.
    page: String,
    /// What the session's scripts show.
    csrf: String,
}

impl Sender {
    /// A citizen of this number with a draft.
    async fn of(app: &TestApp, number: &str) -> Self {
        Self::to(app.citizen(number).await).await
    }

    /// The same for somebody who is signed in already.
    async fn to(client: Client) -> Self {
        let page = draft(&client).await;
        Self { page: page.path().to_owned(), csrf: token(&page), client }
    }

    /// The same after the session has ended.
    async fn signed_in_again(self, number: &str) -> Self {
        sign_in(&self.client, number).await;
        let page = self.client.get(&self.page).await.must_be(200);
        Self { csrf: token(&page), ..self }
    }

    /// Where the draft takes files in pieces.
    fn place(&self) -> String {
        self.page.replace("tep-dinh-kem", "tai-len")
    }

    /// A request of this session that speaks tus.
    fn ask(&self, method: &str, path: &str, headers: &[(&'static str, &str)], body: Vec<u8>) -> Request<Vec<u8>> {
        let mut request = request(method, path, body);
        let own = [("tus-resumable", "1.0.0"), ("x-csrf", self.csrf.as_str())];
        for (name, value) in own.iter().chain(headers) {
            request.headers_mut().insert(*name, value.parse().unwrap());
        }
        request
    }

    async fn send(&self, method: &str, path: &str, headers: &[(&'static str, &str)], body: Vec<u8>) -> Page {
        self.client.send(self.ask(method, path, headers, body)).await
    }

    async fn begin(&self, name: &str, size: usize) -> Page {
        let size = size.to_string();
        self.send("POST", &self.place(), &[("upload-length", &size), ("upload-metadata", &metadata(name))], vec![])
            .await
    }

    /// Begins a file; where its pieces go.
    async fn begun(&self, name: &str, size: usize) -> String {
        self.begin(name, size).await.must_be(201).location().to_owned()
    }

    async fn piece(&self, place: &str, offset: usize, bytes: &[u8]) -> Page {
        let offset = offset.to_string();
        self.send("PATCH", place, &[("content-type", PIECE), ("upload-offset", &offset)], bytes.to_vec()).await
    }

    async fn progress(&self, place: &str) -> Page {
        self.send("HEAD", place, &[], vec![]).await
    }

    async fn offset(&self, place: &str) -> usize {
        offset(&self.progress(place).await.must_be(200))
    }

    /// The bytes of the draft's file of this name.
    async fn file(&self, name: &str) -> Vec<u8> {
        let page = self.client.get(&self.page).await.must_be(200);
        self.client.get(&page.link(name)).await.must_be(200).bytes().to_vec()
    }
}

/// The session's token on the page of the files.
fn token(page: &Page) -> String {
    page.form(page.path()).value("csrf").unwrap().to_owned()
}

/// How far the answer says that the file has come.
fn offset(answer: &Page) -> usize {
    answer.header("upload-offset").expect("an offset").parse().unwrap()
}

/// What a sender says of a file for the first component.
fn metadata(name: &str) -> String {
    use base64::Engine;
    let encode = |text: &str| base64::engine::general_purpose::STANDARD.encode(text);
    format!("filename {},component {}", encode(name), encode("file-1"))
}

/// A PDF of so many bytes that are not all the same; another seed gives others.
fn pdf(seed: u64, size: usize) -> Vec<u8> {
    use rand::{RngCore, SeedableRng};
    let mut bytes = vec![0; size];
    rand::rngs::StdRng::seed_from_u64(seed).fill_bytes(&mut bytes);
    let start = b"%PDF-1.7\n";
    bytes[..start.len()].copy_from_slice(start);
    bytes
}

//! The connection is cut, and the server killed, at thirty random points of a file each: what had arrived stays, and the file
//! is whole in the end.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use domain::ids::Hash;
use rand::rngs::StdRng;
use rand::{Rng, SeedableRng};
use tests::app::{Engine, TestApp};
use tests::http::Client;
use tests::server::{Server, Setup};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use web::portal::Role;

use super::{PIECE, Sender, pdf};
use crate::kill::{register, signed_in};
use crate::steps::CITIZEN;

const CUTS: usize = 30;
const SIZE: usize = 6_000_000;
/// Of the file during which the server is killed: it must not end before the last kill.
const LARGE: usize = 90_000_000;

/// A connection on which the rest of the file is announced, and nothing of it sent.
async fn announced(base: &str, cookie: &str, sender: &Sender, place: &str, rest: (usize, usize)) -> TcpStream {
    let (offset, size) = rest;
    let address: SocketAddr = base.trim_start_matches("http://").parse().unwrap();
    let mut connection = TcpStream::connect(address).await.unwrap();
    let session = sender.client.cookie(cookie).unwrap();
    let head = format!(
        "PATCH {place} HTTP/1.1\r\nhost: {address}\r\ncookie: {cookie}={session}\r\nx-csrf: {}\r\n\
         tus-resumable: 1.0.0\r\nupload-offset: {offset}\r\ncontent-type: {PIECE}\r\ncontent-length: {}\r\n\r\n",
        sender.csrf,
        size - offset,
    );
    connection.write_all(head.as_bytes()).await.unwrap();
    connection
}

/// How the sender goes.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Cut {
    /// The connection ends.
    Closed,
    /// It stays open, and nothing comes any more: what a telephone without a network leaves behind.
    Silent,
}

#[tokio::test(flavor = "multi_thread")]
async fn cut_at_thirty_points_by_the_sender_a_file_arrives_whole() {
    for engine in [Engine::Sqlite, Engine::Postgres] {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let app = TestApp::start_on(listener, Role::Province, engine, Vec::new()).await;
        let sender = Sender::of(&app, CITIZEN).await;
        let over_network = Client::of_server(app.public_url());
        let cookie = app.portal().session_cookie();
        over_network.set_cookie(cookie, &sender.client.cookie(cookie).unwrap());
        let sender = Sender { client: over_network, ..sender };
        let bytes = pdf(1, SIZE);
        let place = sender.begun("cắt.pdf", bytes.len()).await;
        let mut rng = StdRng::seed_from_u64(30);
        let mut silent = Vec::new();
        let mut at = 0;
        for number in 0..CUTS {
            let cut = if number % 6 == 5 { Cut::Silent } else { Cut::Closed };
            let upto = (at + rng.random_range(0..2 * SIZE / CUTS)).min(SIZE - 1);
            let mut connection = announced(app.public_url(), cookie, &sender, &place, (at, SIZE)).await;
            connection.write_all(&bytes[at..upto]).await.unwrap();
            match cut {
                Cut::Closed => drop(connection),
                Cut::Silent => silent.push(connection),
            }
            let kept = settled(&sender, &place, at, upto).await;
            assert!((at..=upto).contains(&kept), "{kept} is on the disk, {at} was, {upto} was sent");
            at = kept;
        }
        sender.piece(&place, at, &bytes[at..]).await.must_be(204);
        assert_eq!(Hash::of(&sender.file("cắt.pdf").await), Hash::of(&bytes));
        assert_eq!(app.differences().await, Vec::<String>::new());
    }
}

/// How far the file has come once the server has noticed the cut. All that was sent over this machine's own network arrives.
async fn settled(sender: &Sender, place: &str, before: usize, sent: usize) -> usize {
    for _ in 0..100 {
        let answer = sender.progress(place).await;
        if answer.status() == 200 {
            let kept = super::offset(&answer);
            if kept == sent || kept > before {
                return kept;
            }
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    panic!("of {before} to {sent} nothing has arrived");
}

#[tokio::test(flavor = "multi_thread")]
async fn killed_at_thirty_points_the_server_keeps_what_had_arrived() {
    let mut server = Server::start(Setup::default()).await;
    register(&server).await;
    let sender = Sender::to(signed_in(&server.provincial()).await).await;
    let bytes = Arc::new(pdf(2, LARGE));
    let place = sender.begun("giết.pdf", bytes.len()).await;
    let mut rng = StdRng::seed_from_u64(9);
    let (mut at, mut partly) = (0, 0);
    for _ in 0..CUTS {
        let mut connection = announced(&server.provincial(), "motcua-province", &sender, &place, (at, LARGE)).await;
        let rest = bytes.clone();
        // A network that is not the fastest: the kill comes while bytes are on their way.
        let sending = tokio::spawn(async move {
            for piece in rest[at..].chunks(64 << 10) {
                if connection.write_all(piece).await.is_err() {
                    return;
                }
                tokio::time::sleep(Duration::from_millis(2)).await;
            }
        });
        tokio::time::sleep(Duration::from_millis(rng.random_range(0..80))).await;
        server.kill();
        sending.await.unwrap();
        server.start_again().await;
        let kept = sender.offset(&place).await;
        assert!((at..LARGE).contains(&kept), "{kept} is on the disk, {at} was");
        partly += usize::from(kept > at);
        at = kept;
    }
    assert!(partly > CUTS / 2, "only {partly} kills came in the middle of a piece");
    sender.piece(&place, at, &bytes[at..]).await.must_be(204);
    assert_eq!(Hash::of(&sender.file("giết.pdf").await), Hash::of(&bytes));
    server.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn killed_after_the_last_byte_the_file_becomes_one_of_the_draft() {
    let mut server = Server::start(Setup::default()).await;
    register(&server).await;
    let sender = Sender::to(signed_in(&server.provincial()).await).await;
    let bytes = pdf(4, SIZE);
    let mut rng = StdRng::seed_from_u64(4);
    for number in 0..5 {
        let name = format!("cuối {number}.pdf");
        let place = sender.begun(&name, bytes.len()).await;
        let mut connection = announced(&server.provincial(), "motcua-province", &sender, &place, (0, SIZE)).await;
        connection.write_all(&bytes).await.unwrap();
        tokio::time::sleep(Duration::from_millis(rng.random_range(0..120))).await;
        server.kill();
        let mut answer = Vec::new();
        let _ = connection.read_to_end(&mut answer).await;
        server.start_again().await;
        let at = sender.offset(&place).await;
        assert!(answer.is_empty() || at == bytes.len(), "what was acknowledged is gone");
        if at < bytes.len() {
            sender.piece(&place, at, &bytes[at..]).await.must_be(204);
        }
        let page = sender.client.get(&sender.page).await.must_be(200);
        assert_eq!(page.source().matches(&format!("{name}</a>")).count(), 1, "{name} is there once");
        assert_eq!(Hash::of(&sender.file(&name).await), Hash::of(&bytes));
    }
    server.stop().await;
}

//! A file of 100 MB passes through the server without being in its memory.

use tests::server::{Server, Setup};

use super::{Sender, pdf};
use crate::kill::{register, signed_in};

const SIZE: usize = 100_000_000;
/// How much more memory the server may take.
const MORE: u64 = 20_000_000;

#[tokio::test(flavor = "multi_thread")]
async fn a_hundred_megabytes_take_less_than_twenty_of_memory() {
    let server = Server::start(Setup::default()).await;
    register(&server).await;
    let sender = Sender::to(signed_in(&server.provincial()).await).await;
    // What the first request of each kind makes is made.
    let small = pdf(1, 2_000_000);
    let place = sender.begun("nhỏ.pdf", small.len()).await;
    sender.piece(&place, 0, &small).await.must_be(204);
    assert_eq!(sender.file("nhỏ.pdf").await, small);
    let _ = server.most_memory_since();
    let before = server.most_memory_since();
    let bytes = pdf(2, SIZE);
    let place = sender.begun("lớn.pdf", SIZE).await;
    sender.piece(&place, 0, &bytes).await.must_be(204);
    let whole = sender.file("lớn.pdf").await == bytes;
    let after = server.most_memory_since();
    assert!(whole, "the file is not what was sent");
    let more = after.saturating_sub(before);
    println!("100 MB up and down: {:.1} MB more memory, {:.0} MB before", more as f64 / 1e6, before as f64 / 1e6);
    assert!(more < MORE, "{more} bytes more than the {before} before");
}

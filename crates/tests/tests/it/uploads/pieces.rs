//! Pieces become a file of the draft, in order, once, and in whichever process they arrive.

use std::sync::Arc;
use std::time::Duration;

use tests::app::TestApp;
use usecases::jobs::forget_expired;

use super::{Sender, offset, pdf};
use crate::steps::{CITIZEN, on_both_databases};

on_both_databases! {
    pieces_become_a_file_of_the_draft;
    the_first_piece_may_come_with_the_beginning;
    another_process_goes_on;
    two_pieces_at_once_never_mix;
    what_nobody_sends_to_its_end_is_forgotten;
    two_hundred_files_come_at_once;
}

async fn pieces_become_a_file_of_the_draft(app: TestApp) {
    let sender = Sender::of(&app, CITIZEN).await;
    let bytes = pdf(1, 300_000);
    let place = sender.begun("giấy chứng sinh.pdf", bytes.len()).await;
    assert!(place.starts_with(&sender.place()), "{place}");
    let begun = sender.progress(&place).await.must_be(200);
    assert_eq!((offset(&begun), begun.header("upload-length")), (0, Some("300000")));
    assert_eq!(begun.header("upload-metadata"), Some(super::metadata("giấy chứng sinh.pdf").as_str()));
    assert_eq!(begun.header("tus-resumable"), Some("1.0.0"));
    assert_eq!(begun.header("upload-expires"), Some("Thu, 26 Nov 2026 01:00:00 GMT"));
    let mut at = 0;
    for piece in bytes.chunks(70_000) {
        let answer = sender.piece(&place, at, piece).await.must_be(204);
        at += piece.len();
        assert_eq!(offset(&answer), at);
    }
    assert_eq!(sender.file("giấy chứng sinh.pdf").await, bytes);
    // The answer to the last piece was lost: whoever asks learns that nothing is missing, and sending it again adds nothing.
    assert_eq!(sender.offset(&place).await, bytes.len());
    sender.piece(&place, bytes.len(), b"").await.must_be(204);
    let page = sender.client.get(&sender.page).await.must_be(200);
    assert_eq!(page.source().matches("giấy chứng sinh.pdf</a>").count(), 1);
    page.must_say("300 kB");
    // A file that the person has removed does not come back.
    let address = page.link("giấy chứng sinh.pdf");
    sender.client.submit(&page, page.form(&format!("{address}/xoa"))).await.must_be(303);
    assert_eq!(sender.offset(&place).await, bytes.len());
    assert!(!sender.client.get(&sender.page).await.must_be(200).source().contains("giấy chứng sinh.pdf</a>"));
    assert_eq!(app.differences().await, Vec::<String>::new());
}

async fn the_first_piece_may_come_with_the_beginning(app: TestApp) {
    let sender = Sender::of(&app, CITIZEN).await;
    let bytes = pdf(2, 50_000);
    for first in [20_000, bytes.len()] {
        let (size, metadata) = (bytes.len().to_string(), super::metadata(&format!("{first}.pdf")));
        let headers =
            [("upload-length", size.as_str()), ("upload-metadata", &metadata), ("content-type", super::PIECE)];
        let begun = sender.send("POST", &sender.place(), &headers, bytes[..first].to_vec()).await.must_be(201);
        assert_eq!(offset(&begun), first);
        sender.piece(begun.location(), first, &bytes[first..]).await.must_be(204);
        assert_eq!(sender.file(&format!("{first}.pdf")).await, bytes);
    }
    // A post that stands for another method, for networks that let nothing else through.
    let place = sender.begun("post.pdf", bytes.len()).await;
    let headers = [("x-http-method-override", "PATCH"), ("content-type", super::PIECE), ("upload-offset", "0")];
    sender.send("POST", &place, &headers, bytes.clone()).await.must_be(204);
    assert_eq!(sender.file("post.pdf").await, bytes);
}

async fn another_process_goes_on(app: TestApp) {
    let sender = Sender::of(&app, CITIZEN).await;
    let second = app.start_second_process().await.visitor();
    let cookie = app.portal().session_cookie();
    second.set_cookie(cookie, &sender.client.cookie(cookie).unwrap());
    let elsewhere = Sender { client: second, page: sender.page.clone(), csrf: sender.csrf.clone() };
    let bytes = pdf(3, 90_000);
    let place = sender.begun("hai máy chủ.pdf", bytes.len()).await;
    for (number, piece) in bytes.chunks(10_000).enumerate() {
        let through = if number % 2 == 0 { &sender } else { &elsewhere };
        let at = through.offset(&place).await;
        through.piece(&place, at, piece).await.must_be(204);
    }
    assert_eq!(elsewhere.file("hai máy chủ.pdf").await, bytes);
}

async fn two_pieces_at_once_never_mix(app: TestApp) {
    let sender = Sender::of(&app, CITIZEN).await;
    let second = app.start_second_process().await.visitor();
    let cookie = app.portal().session_cookie();
    second.set_cookie(cookie, &sender.client.cookie(cookie).unwrap());
    let elsewhere = Arc::new(Sender { client: second, page: sender.page.clone(), csrf: sender.csrf.clone() });
    let sender = Arc::new(sender);
    let size = 400_000;
    let place = sender.begun("đua.pdf", size).await;
    let races = (0..8_u64).map(|number| {
        let (through, place) = (if number % 2 == 0 { sender.clone() } else { elsewhere.clone() }, place.clone());
        tokio::spawn(async move { through.piece(&place, 0, &pdf(number, size)).await.status() })
    });
    let mut statuses = Vec::new();
    for race in races.collect::<Vec<_>>() {
        statuses.push(race.await.unwrap());
    }
    assert_eq!(statuses.iter().filter(|status| **status == 204).count(), 1, "{statuses:?}");
    assert!(statuses.iter().all(|status| [204, 409, 423].contains(status)), "{statuses:?}");
    let kept = sender.file("đua.pdf").await;
    assert!((0..8).any(|number| pdf(number, size) == kept), "the file is none of those that were sent");
}

async fn what_nobody_sends_to_its_end_is_forgotten(app: TestApp) {
    let sender = Sender::of(&app, CITIZEN).await;
    let bytes = pdf(4, 60_000);
    let (left, whole) = (sender.begun("dở.pdf", bytes.len()).await, sender.begun("đủ.pdf", bytes.len()).await);
    sender.piece(&left, 0, &bytes[..20_000]).await.must_be(204);
    sender.piece(&whole, 0, &bytes).await.must_be(204);
    app.advance(Duration::from_secs(2 * 24 * 60 * 60));
    let sender = sender.signed_in_again(CITIZEN).await;
    // Another piece is waited for from then on.
    sender.piece(&left, 20_000, &bytes[20_000..30_000]).await.must_be(204);
    app.advance(Duration::from_secs(2 * 24 * 60 * 60));
    let forgotten = forget_expired(app.portal().app(), app.now()).await.unwrap();
    assert_eq!(forgotten.uploads, 1, "the one that was whole");
    let sender = sender.signed_in_again(CITIZEN).await;
    assert_eq!(sender.offset(&left).await, 30_000);
    app.advance(Duration::from_secs(3 * 24 * 60 * 60));
    let sender = sender.signed_in_again(CITIZEN).await;
    sender.progress(&left).await.must_be(404);
    sender.piece(&left, 30_000, &bytes[30_000..]).await.must_be(404);
    assert_eq!(forget_expired(app.portal().app(), app.now()).await.unwrap().uploads, 1);
    assert_eq!(forget_expired(app.portal().app(), app.now()).await.unwrap().uploads, 0);
    assert_eq!(sender.file("đủ.pdf").await, bytes);
    assert_eq!(app.change_stored_files(), 1, "nothing lies about but the file of the draft");
}

async fn two_hundred_files_come_at_once(app: TestApp) {
    let mut sending = Vec::new();
    for person in 0..10_u64 {
        let sender = Arc::new(Sender::of(&app, &format!("06419000{:04}", 1000 + person)).await);
        for number in 0..20_u64 {
            let sender = sender.clone();
            sending.push(tokio::spawn(async move {
                let bytes = pdf(person * 100 + number, 30_000);
                let name = format!("tệp-{number}.pdf");
                let place = sender.begun(&name, bytes.len()).await;
                sender.piece(&place, 0, &bytes[..10_000]).await.must_be(204);
                sender.piece(&place, 10_000, &bytes[10_000..]).await.must_be(204);
                assert_eq!(sender.file(&name).await, bytes, "{name} of {person}");
            }));
        }
    }
    let count = sending.len();
    for one in sending {
        one.await.unwrap();
    }
    assert_eq!(app.differences().await, Vec::<String>::new());
    // Each once, and nothing beside them.
    assert_eq!(app.change_stored_files(), count);
}

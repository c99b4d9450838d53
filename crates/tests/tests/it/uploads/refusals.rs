//! What is not taken: pieces that do not follow, files of no kind, too many, and whatever a stranger sends.

use tests::app::TestApp;

use super::{PIECE, Sender, metadata, pdf};
use crate::steps::{CITIZEN, STRANGER, on_both_databases, paper};

on_both_databases! {
    a_piece_that_does_not_follow_is_refused;
    a_piece_is_what_its_checksum_says_or_nothing;
    requests_that_are_none_of_tus_are_refused;
    files_that_are_not_taken_say_why;
    strangers_reach_nothing;
    only_so_many_are_on_their_way;
    a_filed_dossier_takes_nothing_more;
}

async fn a_piece_that_does_not_follow_is_refused(app: TestApp) {
    let sender = Sender::of(&app, CITIZEN).await;
    let bytes = pdf(1, 50_000);
    let place = sender.begun("a.pdf", bytes.len()).await;
    sender.piece(&place, 1, &bytes).await.must_be(409);
    sender.piece(&place, 0, &bytes[..20_000]).await.must_be(204);
    let refused = sender.piece(&place, 0, &bytes[..20_000]).await.must_be(409);
    assert_eq!(
        refused.json()["detail"],
        "Phần vừa gửi không nối tiếp phần đã nhận. Hãy bấm Tiếp tục tải để gửi tiếp từ chỗ đã nhận"
    );
    sender.piece(&place, 19_999, &bytes[19_999..]).await.must_be(409);
    // More than the file has: nothing of the piece is kept.
    let more = [&bytes[20_000..], b"?"].concat();
    sender.piece(&place, 20_000, &more).await.must_be(413);
    assert_eq!(sender.offset(&place).await, 20_000);
    sender.piece(&place, 20_000, &bytes[20_000..]).await.must_be(204);
    assert_eq!(sender.file("a.pdf").await, bytes);
    sender.piece(&place, 20_000, &bytes[20_000..]).await.must_be(409);
}

async fn a_piece_is_what_its_checksum_says_or_nothing(app: TestApp) {
    use base64::Engine;
    let encode = |bytes: &[u8]| base64::engine::general_purpose::STANDARD.encode(bytes);
    let sender = Sender::of(&app, CITIZEN).await;
    // The two of the standard's own examples: SHA-1 and SHA-256 of "abc".
    let sha1 = "sha1 qZk+NkcGgWq6PiVxeFDCbJzQ2J0=";
    let sha256 = format!("sha256 {}", encode(domain::ids::Hash::of(b"abc").as_bytes()));
    let place = sender.begun("a.pdf", 9 + 6).await;
    sender.piece(&place, 0, b"%PDF-1.7\n").await.must_be(204);
    for (checksum, at) in [(sha1, "9"), (sha256.as_str(), "12")] {
        let headers = [("content-type", PIECE), ("upload-offset", at), ("upload-checksum", checksum)];
        sender.send("PATCH", &place, &headers, b"abd".to_vec()).await.must_be(460);
        assert_eq!(sender.offset(&place).await.to_string(), at);
        sender.send("PATCH", &place, &headers, b"abc".to_vec()).await.must_be(204);
    }
    assert_eq!(sender.file("a.pdf").await, b"%PDF-1.7\nabcabc");
    let place = sender.begun("b.pdf", 100).await;
    for unknown in ["md5 kAFQmDzST7DWlj99KOF/cg==", "sha256 abc", "sha1"] {
        let headers = [("content-type", PIECE), ("upload-offset", "0"), ("upload-checksum", unknown)];
        sender.send("PATCH", &place, &headers, b"abc".to_vec()).await.must_be(400);
    }
}

async fn requests_that_are_none_of_tus_are_refused(app: TestApp) {
    let sender = Sender::of(&app, CITIZEN).await;
    let place = sender.begun("a.pdf", 100).await;
    let abilities = app.visitor().send(tests::http::request("OPTIONS", &sender.place(), vec![])).await.must_be(204);
    assert_eq!(abilities.header("tus-version"), Some("1.0.0"));
    assert_eq!(
        abilities.header("tus-extension"),
        Some("creation,creation-with-upload,termination,checksum,expiration")
    );
    assert_eq!(abilities.header("tus-max-size"), Some("100000000"));
    for version in ["", "0.2.2", "2.0.0"] {
        let mut request = sender.ask("HEAD", &place, &[], vec![]);
        request.headers_mut().insert("tus-resumable", version.parse().unwrap());
        let refused = sender.client.send(request).await.must_be(412);
        assert_eq!(refused.header("tus-version"), Some("1.0.0"));
    }
    let kind = [("content-type", "application/octet-stream"), ("upload-offset", "0")];
    sender.send("PATCH", &place, &kind, b"%PDF".to_vec()).await.must_be(415);
    sender.send("PATCH", &place, &[("content-type", PIECE)], b"%PDF".to_vec()).await.must_be(400);
    for length in ["", "-1", "ba mươi", "18446744073709551616", "1e3"] {
        let mut request = sender.ask("POST", &sender.place(), &[("upload-metadata", &metadata("a.pdf"))], vec![]);
        request.headers_mut().insert("upload-length", http::HeaderValue::from_bytes(length.as_bytes()).unwrap());
        sender.client.send(request).await.must_be(400);
    }
    for said in ["component !!!", "filename YQ==", "component ZmlsZS05OTk="] {
        let headers = [("upload-length", "10"), ("upload-metadata", said)];
        sender.send("POST", &sender.place(), &headers, vec![]).await.must_be(400);
    }
    sender.send("POST", &place, &[], vec![]).await.must_be(400);
    sender.client.get(&place).await.must_be(405);
    sender.send("PATCH", &format!("{}/khong", sender.place()), &[], vec![]).await.must_be(404);
    assert_eq!(sender.offset(&place).await, 0);
}

async fn files_that_are_not_taken_say_why(app: TestApp) {
    let sender = Sender::of(&app, CITIZEN).await;
    sender.begin("rỗng.pdf", 0).await.must_be(422).must_say("Tệp này trống");
    sender.begin("lớn.pdf", 100_000_001).await.must_be(413).must_say("Tệp lớn hơn 100 MB");
    // Its first bytes tell what it is: the rest of the hundred megabytes need not come.
    let place = sender.begun("chương trình.pdf", 100_000_000).await;
    let program = [b"MZ\x90\x00".to_vec(), vec![0; 9_000]].concat();
    sender.piece(&place, 0, &program).await.must_be(422).must_say("là một chương trình");
    sender.progress(&place).await.must_be(404);
    let place = sender.begun("chữ.pdf", 5).await;
    sender.piece(&place, 0, b"chuoi").await.must_be(422).must_say("không phải PDF, ảnh");
    sender.progress(&place).await.must_be(404);
    assert_eq!(app.change_stored_files(), 0, "nothing of them is left");
    // A name cannot lie.
    let bytes = pdf(7, 20_000);
    let place = sender.begun("..\\..\\bia\u{202e}fdp.exe", bytes.len()).await;
    sender.piece(&place, 0, &bytes).await.must_be(204);
    assert_eq!(sender.file("biafdp.exe.pdf").await, bytes);
}

async fn strangers_reach_nothing(app: TestApp) {
    let sender = Sender::of(&app, CITIZEN).await;
    let bytes = pdf(1, 50_000);
    let place = sender.begun("a.pdf", bytes.len()).await;
    sender.piece(&place, 0, &bytes[..20_000]).await.must_be(204);
    let stranger = Sender::of(&app, STRANGER).await;
    stranger.progress(&place).await.must_be(404);
    stranger.piece(&place, 20_000, &bytes[20_000..]).await.must_be(404);
    stranger.send("DELETE", &place, &[], vec![]).await.must_be(404);
    let headers = [("upload-length", "10"), ("upload-metadata", &metadata("b.pdf"))];
    stranger.send("POST", &sender.place(), &headers, vec![]).await.must_be(404);
    // Not by the stranger's own draft either.
    let by_own = place.replace(&sender.place(), &stranger.place());
    stranger.progress(&by_own).await.must_be(404);
    stranger.piece(&by_own, 20_000, &bytes[20_000..]).await.must_be(404);
    stranger.send("DELETE", &by_own, &[], vec![]).await.must_be(404);
    // Nobody at all, and another page's script that has not the session's token.
    let nobody = Sender { client: app.visitor(), page: sender.page.clone(), csrf: String::new() };
    let answer = nobody.piece(&place, 20_000, &bytes[20_000..]).await.must_be(303);
    assert!(answer.location().starts_with("/dang-nhap"));
    let mut request = sender.ask("PATCH", &place, &[("content-type", PIECE), ("upload-offset", "20000")], vec![1]);
    request.headers_mut().remove("x-csrf");
    sender.client.send(request).await.must_be(403);
    let mut request = sender.ask("DELETE", &place, &[("origin", "https://evil.example")], vec![]);
    request.headers_mut().insert("sec-fetch-site", "cross-site".parse().unwrap());
    sender.client.send(request).await.must_be(403);
    assert_eq!(sender.offset(&place).await, 20_000);
    sender.piece(&place, 20_000, &bytes[20_000..]).await.must_be(204);
    assert_eq!(sender.file("a.pdf").await, bytes);
}

async fn only_so_many_are_on_their_way(app: TestApp) {
    let sender = Sender::of(&app, CITIZEN).await;
    let mut places = Vec::new();
    for number in 0..30 {
        places.push(sender.begun(&format!("{number}.pdf"), 1_000).await);
    }
    sender.begin("một nữa.pdf", 1_000).await.must_be(429).must_say("Đang có 30 tệp tải dở");
    let gone = sender.send("DELETE", &places[0], &[], vec![]).await.must_be(204);
    assert_eq!(gone.header("tus-resumable"), Some("1.0.0"));
    sender.progress(&places[0]).await.must_be(404);
    sender.send("DELETE", &places[0], &[], vec![]).await.must_be(404);
    // A file that has arrived is not on its way any more.
    sender.piece(&places[1], 0, &pdf(1, 1_000)).await.must_be(204);
    sender.send("DELETE", &places[1], &[], vec![]).await.must_be(404);
    assert_eq!(sender.file("1.pdf").await, pdf(1, 1_000));
    for number in 0..2 {
        sender.begin(&format!("nữa {number}.pdf"), 1_000).await.must_be(201);
    }
    sender.begin("quá.pdf", 1_000).await.must_be(429);
}

async fn a_filed_dossier_takes_nothing_more(app: TestApp) {
    let sender = Sender::of(&app, CITIZEN).await;
    let bytes = pdf(1, 1_000);
    let place = sender.begun("sau.pdf", bytes.len()).await;
    let files = sender.client.get(&sender.page).await.must_be(200);
    let form = files.form(files.path()).upload("file-1", paper("giấy.pdf"));
    sender.client.submit(&files, form).await.must_be(303);
    let review = sender.client.get(&sender.page.replace("tep-dinh-kem", "xem-lai")).await.must_be(200);
    let done = sender.client.submit(&review, review.form(review.path())).await.must_be(303);
    sender.piece(&place, 0, &bytes).await.must_be(410);
    sender.begin("nữa.pdf", 10).await.must_be(410).must_say("đã nộp");
    let dossier = sender.client.get(done.location().trim_end_matches("/da-nop")).await.must_be(200);
    assert!(!dossier.source().contains("sau.pdf"));
}

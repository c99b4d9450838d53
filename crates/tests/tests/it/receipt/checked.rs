//! `/kiem-tra-bien-nhan`: what anybody is told about a receipt, a changed one, and what is none.

use tests::app::TestApp;
use tests::forms::FilePart;
use tests::http::Client;
use tests::page::Page;

use super::receipt_of;
use crate::steps::{CITIZEN, on_both_databases, paper};

on_both_databases! {
    a_right_receipt_and_its_files_are_told_to_be_right;
    every_part_that_was_changed_is_told;
    whatever_is_no_receipt_is_answered_by_a_sentence;
    a_qr_code_leads_to_the_page_that_knows_the_receipt;
}

const PAGE: &str = "/kiem-tra-bien-nhan";

fn json(bytes: impl Into<Vec<u8>>) -> FilePart {
    FilePart::new("da-tai-ve.json", "application/json", bytes)
}

async fn check(visitor: &Client, receipt: FilePart, files: &[FilePart]) -> Page {
    let page = visitor.get(PAGE).await.must_be(200);
    let form = page.form(PAGE).upload("bien-nhan", receipt);
    let form = files.iter().fold(form, |form, file| form.upload("tep", file.clone()));
    visitor.submit(&page, form).await
}

async fn a_right_receipt_and_its_files_are_told_to_be_right(app: TestApp) {
    let (client, _, receipt) = receipt_of(&app).await;
    let visitor = app.visitor();
    let page = check(&visitor, json(receipt.clone()), &[paper("anh.pdf")]).await.must_be(200);
    assert!(page.heading().contains("Biên nhận đúng"), "{}", page.heading());
    for words in ["Chữ ký đúng là của cổng", "Rơ Châm H'Lan", "Giống hệt tệp anh.pdf", "08:00 23/11/2026"]
    {
        page.must_say(words);
    }
    // Pasted, in English, by somebody who is signed in, without the file.
    let page = client.get(&format!("{PAGE}?lang=en")).await.must_be(200);
    let form = page.form(PAGE).fill("noi-dung", &format!("{}\r\n", String::from_utf8(receipt.clone()).unwrap()));
    let page = client.submit(&page, form.upload("bien-nhan", FilePart::none())).await.must_be(200);
    page.must_say("The receipt is right");
    page.must_say("Not compared");
    // A form of another session is not read at all.
    let page = client.get(PAGE).await.must_be(200);
    let form = page.form(PAGE).forge("csrf", "0").upload("bien-nhan", json(receipt));
    client.submit(&page, form).await.must_be(403);
}

async fn every_part_that_was_changed_is_told(app: TestApp) {
    let (_, code, receipt) = receipt_of(&app).await;
    let receipt = String::from_utf8(receipt).unwrap();
    let visitor = app.visitor();
    let pretty: serde_json::Value = serde_json::from_str(&receipt).unwrap();
    let key = keys_in(&receipt);
    let cases = [
        (receipt.replace("08:00:00.000", "07:00:00.000"), "Chữ ký không khớp"),
        (receipt.replace(&code, "H21.58.51-261123-0002"), "Chữ ký không khớp"),
        (receipt.replace("Tổ 1,", "Tổ 2,"), "khác với điều cổng đã nhận"),
        (receipt.replace("\"/owner/address\"", "\"/owner/birthday\""), "Chữ ký không khớp"),
        (receipt.replace("..", "..AA"), "Chữ ký không khớp"),
        (receipt.replace(&key, "x"), "Chữ ký không khớp"),
        (serde_json::to_string_pretty(&pretty).unwrap(), "Tệp không còn nguyên như cổng đã ghi"),
        (receipt.replacen("\"opened\"", "\"signature\":\"\",\"opened\"", 1), "Tệp không còn nguyên như cổng đã ghi"),
        (receipt.replacen(":25}", ":25.0}", 1), "không phải là biên nhận"),
    ];
    for (changed, sentence) in cases {
        assert_ne!(changed, receipt, "{sentence}");
        let page = check(&visitor, json(changed.clone()), &[]).await;
        assert!(!page.text().contains("Biên nhận đúng"), "{sentence}: {changed}");
        page.must_say(sentence);
    }
    let other = FilePart::new("anh.pdf", "application/pdf", b"%PDF-1.7\n% a papel\n%%EOF\n".to_vec());
    let page = check(&visitor, json(receipt.clone()), &[paper("đúng.pdf"), other]).await.must_be(200);
    page.must_say("Biên nhận đúng, nhưng tệp gửi kèm không thuộc biên nhận này");
    page.must_say("Giống hệt tệp đúng.pdf");
    page.must_say("Tệp này không giống tệp nào trong biên nhận");
    // Another portal signs by another key, and says so.
    let elsewhere = TestApp::start(tests::app::Engine::Sqlite).await;
    let (_, _, foreign) = receipt_of(&elsewhere).await;
    check(&visitor, json(foreign), &[]).await.must_be(200).must_say("Chữ ký không do khóa nào của cổng này tạo ra");
    let named = receipt.replace("http://motcua.test", "http://khac.test");
    check(&visitor, json(named), &[]).await.must_be(200).must_say("Biên nhận không đúng");
}

/// The header of the signature.
fn keys_in(receipt: &str) -> String {
    let receipt: serde_json::Value = serde_json::from_str(receipt).unwrap();
    receipt["signature"].as_str().unwrap().split("..").next().unwrap().to_owned()
}

async fn whatever_is_no_receipt_is_answered_by_a_sentence(app: TestApp) {
    let visitor = app.visitor();
    let cases: [(Vec<u8>, &str); 9] = [
        (b" ".to_vec(), "Chọn tệp biên nhận, hoặc dán nội dung"),
        (vec![b'7'; 3 << 20], "lớn hơn mọi biên nhận"),
        (vec![0xff; 20], "không phải là văn bản"),
        (b"%PDF-1.7 a paper".to_vec(), "không đọc được như một biên nhận"),
        (b"{\"manifest\":".to_vec(), "không đọc được như một biên nhận"),
        ("[".repeat(200_000).into_bytes(), "không được viết như biên nhận của cổng"),
        (b"{}".to_vec(), "không phải là biên nhận"),
        (b"[1e400]".to_vec(), "không đọc được như một biên nhận"),
        (b"<script>alert(1)</script>".to_vec(), "không đọc được như một biên nhận"),
    ];
    for (bytes, sentence) in cases {
        let page = check(&visitor, json(bytes), &[]).await.must_be(422);
        page.must_say(sentence);
        assert!(!page.source().contains("<script>alert"));
    }
    // Sent without a file at all, as text that would steer a page, and far too large.
    let page = visitor.get(PAGE).await.must_be(200);
    visitor.submit(&page, page.form(PAGE)).await.must_be(422).must_say("Chọn tệp biên nhận");
    let answer = visitor.submit(&page, page.form(PAGE).fill("noi-dung", "</textarea><script>alert(1)</script>")).await;
    assert!(!answer.must_be(422).source().contains("<script>alert"));
    let flood = page.form(PAGE).fill("noi-dung", &"7".repeat(300_000));
    visitor.submit(&page, flood).await.must_be(413);
    let english = visitor.get(&format!("{PAGE}?lang=en")).await.must_be(200);
    let form = english.form(PAGE).upload("bien-nhan", json(b"{}".to_vec()));
    visitor.submit(&english, form).await.must_be(422).must_say("This is no receipt");
}

async fn a_qr_code_leads_to_the_page_that_knows_the_receipt(app: TestApp) {
    let (client, code, receipt) = receipt_of(&app).await;
    let (read, _) = domain::receipt::SignedReceipt::read(&receipt).unwrap();
    let digest = read.manifest.digest().to_string();
    let visitor = app.visitor();
    let page = visitor.get(&format!("{PAGE}?ma={code}&so={digest}")).await.must_be(200);
    page.must_say("Cổng này đã cấp biên nhận có mã ghi trên giấy");
    assert!(!page.text().contains("H'Lan") && !page.text().contains(CITIZEN));
    let form = page.form(PAGE).upload("bien-nhan", json(receipt.clone()));
    visitor.submit(&page, form).await.must_be(200).must_say("Đây là biên nhận có mã QR mà quý vị đã quét");
    let (other, _) = crate::steps::filed(&client).await;
    for (code, digest) in [(&code, &"0".repeat(64)), (&other, &digest), (&"H21.58.51-261123-9999".to_owned(), &digest)]
    {
        let page = visitor.get(&format!("{PAGE}?ma={code}&so={digest}")).await.must_be(200);
        page.must_say("không cấp biên nhận nào có mã ghi trên giấy");
    }
    let page = visitor.get(&format!("{PAGE}?ma={code}&so={}", "0".repeat(64))).await.must_be(200);
    let form = page.form(PAGE).upload("bien-nhan", json(receipt));
    let page = visitor.submit(&page, form).await.must_be(200);
    page.must_say("Biên nhận không đúng");
    page.must_say("không phải là biên nhận có mã QR mà quý vị đã quét");
    for nonsense in ["?ma=1&so=2", "?ma=&so=", "?so=%ff", "?ma=%3Cscript%3E"] {
        visitor.get(&format!("{PAGE}{nonsense}")).await.must_be(200);
    }
}

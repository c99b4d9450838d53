//! `/ho-so/{code}/trao-doi` and `/can-bo/ho-so/{code}/trao-doi`: both sides, unread marks, a letter without the content, bounds.

use tests::app::{TestApp, email_of};
use tests::http::Client;
use tests::page::Page;

use super::at_desk;
use crate::steps::{CITIZEN, COMMUNE, STRANGER, filed_by, on_both_databases};

on_both_databases! {
    both_sides_write_and_each_sees_what_it_has_not_read;
    who_goes_back_and_sends_again_has_written_once;
    remarks_are_bounded_and_end_with_the_dossier;
}

async fn write(client: &Client, address: &str, words: &str) -> Page {
    let page = client.get(address).await.must_be(200);
    client.submit(&page, page.form(address).fill("words", words)).await
}

async fn both_sides_write_and_each_sees_what_it_has_not_read(app: TestApp) {
    let (citizen, code, _) = filed_by(&app, CITIZEN).await;
    let officer = app.officer(COMMUNE).await;
    let (own, desk) = (format!("/ho-so/{code}/trao-doi"), format!("/can-bo/ho-so/{code}/trao-doi"));
    let page = citizen.get(&own).await.must_be(200);
    let question = page.form(&own).fill("words", "Cháu sinh ở nhà thì nộp gì?");
    citizen.submit(&page, question.clone()).await.must_be(303);
    // Pressed twice, it is written once.
    citizen.submit(&page, question).await.must_be(303);
    let inbox = officer.get("/can-bo").await.must_be(200);
    inbox.must_say("Trao đổi mới");
    officer.get(&format!("/can-bo/ho-so/{code}")).await.must_be(200).must_say("Trao đổi mới");
    // Another agency's officer and another citizen learn nothing.
    assert!(!app.officer("H21.58.53").await.get("/can-bo").await.must_be(200).text().contains("Trao đổi mới"));
    app.officer("H21.58.53").await.get(&desk).await.must_be(404);
    let stranger = app.citizen(STRANGER).await;
    stranger.get(&own).await.must_be(404);
    let read = officer.get(&desk).await.must_be(200);
    assert_eq!(read.source().matches("Cháu sinh ở nhà").count(), 1);
    assert!(!officer.get("/can-bo").await.must_be(200).text().contains("Trao đổi mới"), "it was read");
    write(&officer, &desk, "Nộp văn bản của người làm chứng.").await.must_be(303);
    write(&officer, &desk, "Mẫu có tại quầy.").await.must_be(303);
    app.run_jobs().await;
    let letters = app.letters(&email_of(CITIZEN));
    let about: Vec<_> = letters.iter().filter(|letter| letter.subject.contains("trao đổi mới")).collect();
    assert_eq!(about.len(), 1, "one notice for what was not read yet");
    assert!(about[0].text.contains(&own) && !about[0].text.contains("người làm chứng"), "{}", about[0].text);
    citizen.get("/ho-so").await.must_be(200).must_say("Trao đổi mới");
    citizen.get(&format!("/ho-so/{code}")).await.must_be(200).must_say("Trao đổi mới");
    let page = citizen.get(&own).await.must_be(200);
    for words in ["Nộp văn bản của người làm chứng.", "Mẫu có tại quầy.", "UBND thị trấn Ia Kha", "Quý vị ("]
    {
        page.must_say(words);
    }
    assert!(!citizen.get("/ho-so").await.must_be(200).text().contains("Trao đổi mới"), "it was read");
}

async fn who_goes_back_and_sends_again_has_written_once(app: TestApp) {
    let (citizen, code, _) = filed_by(&app, CITIZEN).await;
    let officer = app.officer(COMMUNE).await;
    let (own, desk) = (format!("/ho-so/{code}/trao-doi"), format!("/can-bo/ho-so/{code}/trao-doi"));
    let count = async |words: &str| officer.get(&desk).await.must_be(200).source().matches(words).count();
    // Back shows the page anew, with what was written: its form has seen the first.
    for _ in 0..3 {
        write(&citizen, &own, "Hồ sơ của tôi đến đâu rồi?").await.must_be(303);
    }
    assert_eq!(count("đến đâu rồi").await, 1);
    // Who asks again later, or after an answer, means it.
    app.advance(std::time::Duration::from_secs(3_600));
    write(&citizen, &own, "Hồ sơ của tôi đến đâu rồi?").await.must_be(303);
    write(&officer, &desk, "Đang xem.").await.must_be(303);
    write(&citizen, &own, "Hồ sơ của tôi đến đâu rồi?").await.must_be(303);
    assert_eq!(count("đến đâu rồi").await, 3);
}

async fn remarks_are_bounded_and_end_with_the_dossier(app: TestApp) {
    let (citizen, code, _) = filed_by(&app, CITIZEN).await;
    let own = format!("/ho-so/{code}/trao-doi");
    write(&citizen, &own, "  \n").await.must_be(422).must_say("Viết nội dung trao đổi");
    let long = "ă".repeat(1_001);
    let refused = write(&citizen, &own, &long).await.must_be(422);
    refused.must_say("1.000");
    assert_eq!(refused.form(&own).value("words").map(str::trim), Some(long.as_str()));
    let early = citizen.get(&own).await.must_be(200);
    for number in 0..10 {
        write(&citizen, &own, &format!("Câu {number}")).await.must_be(303);
    }
    let page = citizen.get(&own).await.must_be(200);
    page.must_say("Vui lòng chờ bên kia trả lời");
    // A page that was open before is refused with the sentence, and keeps the words.
    let late = citizen.submit(&early, early.form(&own).fill("words", "Câu nữa")).await.must_be(422);
    late.must_say("Vui lòng chờ bên kia trả lời");
    let officer = app.officer(COMMUNE).await;
    at_desk(&officer, &code, "tu-choi", &[("reasons", "Thiếu tờ khai.")]).await.must_be(303);
    let desk = officer.get(&format!("/can-bo/ho-so/{code}/trao-doi")).await.must_be(200);
    desk.must_say("Hồ sơ đã kết thúc nên không trao đổi thêm được");
    citizen.get(&own).await.must_be(200).must_say("Hồ sơ đã kết thúc nên không trao đổi thêm được");
    let changed = app.db().write(|tx| Box::pin(async move { tx.script("update remark set body = 'x'").await }));
    let changed: Result<(), storage::StorageError> = changed.await;
    assert!(changed.unwrap_err().is_constraint("remark_append_only"));
}

//! `/can-bo/ho-so/{code}/bo-sung` and `/ho-so/{code}/bo-sung`: one complete request, answered in place, sent once.

use std::time::Duration;

use tests::app::{TestApp, email_of, sign_in};
use tests::http::Client;
use tests::page::Page;

use super::{ask, at_desk, request_page};
use crate::steps::{CITIZEN, COMMUNE, STRANGER, answered, between, filed_by, on_both_databases, paper};

on_both_databases! {
    a_filed_dossier_is_supplemented_in_place;
    the_appointed_return_moves_by_the_working_time_of_the_pause;
    a_request_is_complete_or_not_sent;
    a_named_answer_is_corrected_and_no_other;
    nobody_else_answers_and_nothing_is_sent_twice;
}

async fn answer_page(client: &Client, code: &str) -> Page {
    client.get(&format!("/ho-so/{code}/bo-sung")).await.must_be(200)
}

fn address(code: &str) -> String {
    format!("/ho-so/{code}/bo-sung")
}

async fn a_filed_dossier_is_supplemented_in_place(app: TestApp) {
    let (citizen, code, secret) = filed_by(&app, CITIZEN).await;
    let receipt = citizen.get(&format!("/ho-so/{code}/bien-nhan.json")).await.must_be(200).text();
    let officer = ask(&app, &code).await;
    app.run_jobs().await;
    let letter = app.letters(&email_of(CITIZEN)).first().unwrap().clone();
    assert!(letter.subject.contains("cần bổ sung"), "{}", letter.subject);
    assert!(letter.text.contains("Có 2 nội dung") && letter.text.contains("03/12/2026"), "{}", letter.text);
    assert!(!letter.text.contains("mờ"), "what is asked for stands on the page only");
    let page = citizen.get(&format!("/ho-so/{code}")).await.must_be(200);
    for words in ["Yêu cầu bổ sung", "Ảnh bị mờ, hãy chụp lại.", "hết ngày 03/12/2026", "đang chờ quý vị bổ sung"]
    {
        page.must_say(words);
    }
    let tracked = citizen.post_form("/tra-cuu", "/tra-cuu", &[("code", &code), ("secret", &secret)]).await.must_be(200);
    tracked.must_say("Cơ quan yêu cầu bổ sung");
    assert!(!tracked.text().contains("mờ"), "what is asked for is the filer's alone");
    // Nothing is sent before everything is answered, and what was given is kept.
    let page = answer_page(&citizen, &code).await;
    page.must_say("Không đọc được.");
    page.must_say("giấy chứng sinh.pdf");
    let form = page.form(&address(&code)).fill("words-1", "Ông nội của cháu.").press("viec", "gui");
    let refused = citizen.submit(&page, form).await.must_be(422);
    refused.must_say("Chọn tệp cho giấy tờ này, hoặc giải trình");
    assert_eq!(refused.form(&address(&code)).value("words-1"), Some("Ông nội của cháu."));
    let form = refused.form(&address(&code)).upload("file-0", paper("bản rõ.pdf")).press("viec", "luu");
    let saved = citizen.submit(&refused, form).await.must_be(303);
    let page = citizen.follow(&saved).await.must_be(200);
    page.must_say("bản rõ.pdf");
    // A file that was given may be taken back and given again.
    let file = page.link("bản rõ.pdf").rsplit('/').next().unwrap().to_owned();
    let removed = citizen.submit(&page, page.form(&format!("{}/{file}/xoa", address(&code)))).await.must_be(303);
    let page = citizen.follow(&removed).await.must_be(200);
    assert!(!page.text().contains("bản rõ.pdf"));
    let form = page.form(&address(&code)).upload("file-0", paper("bản rõ 2.pdf")).press("viec", "gui");
    app.advance(Duration::from_secs(10 * 60));
    let sent = citizen.submit(&page, form).await.must_be(303);
    let page = citizen.follow(&sent).await.must_be(200);
    for words in ["Đã gửi bổ sung", "Mới đăng ký", "bản rõ 2.pdf", "đã thay ở lần bổ sung 1", "Hạn: 08:10 25/11/2026"]
    {
        page.must_say(words);
    }
    // Both the new file and the replaced one can be read, here and at the desk, which sees the answer too.
    citizen.get(&page.link("giấy chứng sinh.pdf")).await.must_be(200);
    let desk = officer.get(&format!("/can-bo/ho-so/{code}")).await.must_be(200);
    desk.must_say("Ông nội của cháu.");
    officer.get(&desk.link("bản rõ 2.pdf")).await.must_be(200);
    officer.get(&desk.link("giấy chứng sinh.pdf")).await.must_be(200);
    app.run_jobs().await;
    assert!(app.letters(&email_of(CITIZEN))[0].subject.contains("đã được bổ sung"));
    let after = citizen.get(&format!("/ho-so/{code}/bien-nhan.json")).await.must_be(200).text();
    assert_eq!(after, receipt, "the receipt is about what was filed");
    citizen.get(&format!("/ho-so/{code}/giay-to/bien-nhan.pdf")).await.must_be(200);
    assert_eq!(app.differences().await, Vec::<String>::new());
}

async fn the_appointed_return_moves_by_the_working_time_of_the_pause(app: TestApp) {
    let (citizen, code, _) = filed_by(&app, CITIZEN).await;
    let officer = app.officer(COMMUNE).await;
    at_desk(&officer, &code, "tiep-nhan", &[]).await.must_be(303);
    citizen.get(&format!("/ho-so/{code}")).await.must_say("Hạn: 08:00 25/11/2026");
    ask(&app, &code).await;
    // From 08:00 to 16:00 with a break at noon: six and a half hours of the office.
    app.advance(Duration::from_secs(8 * 60 * 60));
    let citizen = app.visitor();
    sign_in(&citizen, CITIZEN).await;
    let page = answer_page(&citizen, &code).await;
    let form = page.form(&address(&code)).fill("words-0", "Bản chính đã nộp tại quầy.").fill("words-1", "Tôi.");
    citizen.submit(&page, form.press("viec", "gui")).await.must_be(303);
    let page = citizen.get(&format!("/ho-so/{code}")).await.must_be(200);
    // 08:00 and six and a half hours of the office, the break at noon left out.
    page.must_say("Hạn: 16:00 25/11/2026");
    assert!(!page.text().contains("Tệp đã được thay"), "an explanation replaces no file");
    let slip = citizen.get(&format!("/ho-so/{code}/giay-to/giay-tiep-nhan.pdf")).await.must_be(200);
    assert!(slip.bytes().starts_with(b"%PDF-"));
    // Asked again, the officer is told that it is the second time.
    let officer = app.officer(COMMUNE).await;
    let (again, form) = request_page(&officer, &code, None).await;
    again.must_say("đã được yêu cầu bổ sung 1 lần");
    officer.submit(&again, form.fill("other-0", "Cho biết ngày đến nhận.")).await.must_be(303);
    assert_eq!(app.differences().await, Vec::<String>::new());
}

async fn a_request_is_complete_or_not_sent(app: TestApp) {
    let (_, code, _) = filed_by(&app, CITIZEN).await;
    let officer = app.officer(COMMUNE).await;
    let path = format!("/can-bo/ho-so/{code}/bo-sung");
    let page = officer.get(&path).await.must_be(200);
    let empty = officer.submit(&page, page.form(&path).fill("other-0", "Thiếu chữ ký.")).await.must_be(422);
    empty.must_say("Chọn kết luận:");
    assert_eq!(empty.form(&path).value("other-0"), Some("Thiếu chữ ký."));
    let (page, form) = request_page(&officer, &code, None).await;
    officer.submit(&page, form.clone()).await.must_be(422).must_say("Chọn ít nhất một nội dung");
    let wordless = form.clone().fill("paper-0", "missing");
    officer.submit(&page, wordless).await.must_be(422).must_say("Viết rõ người dân cần làm gì");
    let today = form.clone().fill("other-0", "Thiếu.").fill("respond_by.day", "23").fill("respond_by.month", "11");
    officer.submit(&page, today).await.must_be(422).must_say("Nhập một ngày sau hôm nay");
    let long = form.fill("other-0", &"a".repeat(1_001));
    officer.submit(&page, long).await.must_be(422).must_say("1.000");
    officer.get(&format!("/can-bo/ho-so/{code}")).await.must_say("Mới đăng ký");
    // Another agency's officer does not even learn of it.
    app.officer("H21.58.53").await.get(&path).await.must_be(404);
}

async fn a_named_answer_is_corrected_and_no_other(app: TestApp) {
    let client = app.citizen(CITIZEN).await;
    let page = client.get(&format!("/nop-ho-so/1.000894?co-quan={COMMUNE}")).await.must_be(200);
    let form = page.form("/nop-ho-so/1.000894").fill("address", "Tổ 1, thị trấn Ia Kha");
    let page = client.submit(&page, form).await.must_be(303);
    let page = client.follow(&page).await.must_be(200);
    let delivery = answered(&client, page).await;
    let files = client.submit(&delivery, delivery.form(delivery.path()).fill("way", "online")).await.must_be(303);
    let files = client.follow(&files).await.must_be(200);
    client.submit(&files, files.form(files.path()).upload("file-1", paper("tờ khai.pdf"))).await.must_be(303);
    let review = client.get(&files.path().replace("tep-dinh-kem", "xem-lai")).await.must_be(200);
    let done = client.submit(&review, review.form(review.path())).await.must_be(303);
    let code = between(&client.follow(&done).await.must_be(200), "id=\"ma-ho-so\">");
    let officer = app.officer(COMMUNE).await;
    let (page, form) = request_page(&officer, &code, None).await;
    let form = form
        .fill("question-bride.full_name", "wrong")
        .fill("question-bride.full_name-words", "Viết đúng như trên giấy tờ.");
    officer.submit(&page, form).await.must_be(303);
    let page = answer_page(&client, &code).await;
    let form = page.form(&address(&code));
    assert!(!form.names().contains(&"groom.full_name"), "only what was named is asked");
    let same = client.submit(&page, form.clone().press("viec", "gui")).await.must_be(422);
    same.must_say("Sửa câu trả lời này, hoặc giải trình");
    let wrong = client.submit(&page, form.clone().fill("bride.full_name", "Siu H'Bia 2").press("viec", "gui")).await;
    let wrong = wrong.must_be(422);
    wrong.must_say("Họ và tên chỉ gồm chữ cái");
    assert_eq!(wrong.form(&address(&code)).value("bride.full_name"), Some("Siu H'Bia 2"));
    let forged = form.fill("bride.full_name", "Siu H'Bia").forge("groom.full_name", "Kẻ Khác").press("viec", "gui");
    client.submit(&page, forged).await.must_be(303);
    for page in [
        client.get(&format!("/ho-so/{code}")).await.must_be(200),
        officer.get(&format!("/can-bo/ho-so/{code}")).await.must_be(200),
    ] {
        page.must_say("Siu H'Bia");
        assert!(!page.text().contains("Kẻ Khác") && !page.text().contains("Siu H'Bia 2"));
    }
    assert_eq!(app.differences().await, Vec::<String>::new());
}

async fn nobody_else_answers_and_nothing_is_sent_twice(app: TestApp) {
    let (citizen, code, _) = filed_by(&app, CITIZEN).await;
    // Before anything is asked for, the page leads to the dossier.
    assert_eq!(citizen.get(&address(&code)).await.must_be(303).location(), format!("/ho-so/{code}"));
    let officer = ask(&app, &code).await;
    let stranger = app.citizen(STRANGER).await;
    stranger.get(&address(&code)).await.must_be(404);
    let page = answer_page(&citizen, &code).await;
    let form = page.form(&address(&code)).fill("words-0", "Đã nộp.").fill("words-1", "Tôi.").press("viec", "gui");
    citizen.submit(&page, form.clone()).await.must_be(303);
    // A second press, and a third after the desk has asked again, send nothing.
    assert_eq!(citizen.submit(&page, form.clone()).await.must_be(303).location(), format!("/ho-so/{code}"));
    let (again, request) = request_page(&officer, &code, None).await;
    officer.submit(&again, request.fill("other-0", "Cho biết ngày đến nhận.")).await.must_be(303);
    citizen.submit(&page, form).await.must_be(303);
    citizen.get(&format!("/ho-so/{code}")).await.must_be(200).must_say("Cho biết ngày đến nhận.");
    let desk = officer.get(&format!("/can-bo/ho-so/{code}")).await.must_be(200);
    desk.must_say("Đang chờ người nộp bổ sung");
    assert_eq!(desk.source().matches("mc-timeline__title\">Đã gửi bổ sung").count(), 1);
    // While it waits, the desk neither accepts nor asks for more.
    assert_eq!(officer.get(&format!("/can-bo/ho-so/{code}/bo-sung")).await.must_be(303).location(), desk.path());
    assert!(!desk.source().contains("/tiep-nhan\""));
    officer.get("/can-bo?trang-thai=cho-bo-sung").await.must_be(200).must_say(&code);
}

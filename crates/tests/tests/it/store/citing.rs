//! Citing an item in a draft: like a file from then on, logged with its purpose, and only as long as it holds.

use std::time::Duration;

use tests::app::{TestApp, sign_in};

use super::{accept, check, cite, draft_citing, file, with_checked_paper};
use crate::steps::{CITIZEN, STRANGER, between, draft, filed, on_both_databases};

on_both_databases! {
    a_checked_paper_is_cited_instead_of_uploaded;
    what_was_cited_is_taken_back_and_the_log_keeps_both;
    another_persons_item_is_not_there;
    pressing_many_times_cites_once;
    what_has_expired_is_shown_and_not_cited;
    a_newer_paper_keeps_the_older_from_being_filed;
}

const DAY: Duration = Duration::from_secs(24 * 60 * 60);

async fn a_checked_paper_is_cited_instead_of_uploaded(app: TestApp) {
    let (citizen, source) = with_checked_paper(&app, &[]).await;
    let store = citizen.get("/kho-du-lieu").await.must_be(200);
    for words in
        ["Giấy chứng sinh", "Còn hiệu lực", "12/2026/GCS", "Bệnh viện huyện Ia Grai", "đã đối chiếu với bản chính"]
    {
        store.must_say(words);
    }
    let item = store.link("Giấy chứng sinh");
    let page = citizen.get(&item).await.must_be(200);
    page.must_say("20/11/2026");
    page.must_say("chưa được dùng trong hồ sơ nào");
    page.must_say(&source);
    let files = draft_citing(&citizen).await;
    files.must_say("Từ kho dữ liệu, đã được UBND thị trấn Ia Kha kiểm tra ngày 23/11/2026");
    assert!(!files.text().contains("Dùng giấy tờ đã có trong kho"), "it is offered no more for this paper");
    let done = file(&citizen, &files).await.must_be(303);
    let done = citizen.follow(&done).await.must_be(200);
    let code = between(&done, "id=\"ma-ho-so\">");
    // The file is the dossier's like any other: at the desk, in the archive, in the receipt.
    let officer = accept(&app, &code).await;
    let desk = officer.get(&format!("/can-bo/ho-so/{code}")).await.must_be(200);
    desk.must_say("Từ kho dữ liệu, đã được UBND thị trấn Ia Kha kiểm tra ngày 23/11/2026");
    assert!(!desk.text().contains("Xác nhận đã đối chiếu"), "what was cited is checked already");
    let bytes = officer.get(&desk.link("giấy chứng sinh.pdf")).await.must_be(200);
    assert!(bytes.bytes().starts_with(b"%PDF-1.7"));
    let archive = citizen.get(&format!("/ho-so/{code}/tat-ca.zip")).await.must_be(200);
    assert!(archive.bytes().len() > 1_000);
    let receipt = citizen.get(&format!("/ho-so/{code}/bien-nhan.json")).await.must_be(200).json();
    assert_eq!(receipt["manifest"]["files"].as_array().map(Vec::len), Some(1), "{receipt}");
    assert!(receipt.to_string().contains("from_store"), "the receipt says where the file came from");
    let page = citizen.get(&item).await.must_be(200);
    for words in ["Đưa vào hồ sơ đang soạn", "Nộp cùng hồ sơ", &code, "UBND thị trấn Ia Kha"] {
        page.must_say(words);
    }
    for line in [code.as_str(), "UBND thị trấn Ia Kha"] {
        assert!(page.source().contains(&format!("note\">{line}</p>")), "each of them is a line of its own: {line}");
    }
    let own = citizen.get("/tai-khoan/du-lieu.json").await.must_be(200).json();
    assert_eq!(own["store"][0]["uses"].as_array().map(Vec::len), Some(2), "what is stored is taken along");
    assert_eq!(app.differences().await, Vec::<String>::new());
}

async fn what_was_cited_is_taken_back_and_the_log_keeps_both(app: TestApp) {
    let (citizen, _) = with_checked_paper(&app, &[]).await;
    let files = draft_citing(&citizen).await;
    let path = files.path().split('#').next().unwrap_or_default().to_owned();
    let file_of = files.link("giấy chứng sinh.pdf");
    let removed = citizen.submit(&files, files.form(&format!("{file_of}/xoa"))).await.must_be(303);
    let files = citizen.follow(&removed).await.must_be(200);
    files.must_say("Dùng giấy tờ đã có trong kho");
    let refused = file(&citizen, &files).await.must_be(422);
    refused.must_say("Còn thiếu giấy tờ bắt buộc: Giấy chứng sinh");
    let item = citizen.get("/kho-du-lieu").await.must_be(200).link("Giấy chứng sinh");
    let page = citizen.get(&item).await.must_be(200);
    page.must_say("Đưa vào hồ sơ đang soạn");
    page.must_say("Rút khỏi hồ sơ đang soạn");
    let again = cite(&citizen, &citizen.get(&path).await.must_be(200)).await.must_be(303);
    citizen.follow(&again).await.must_be(200).must_say("Từ kho dữ liệu");
    assert_eq!(app.differences().await, Vec::<String>::new());
}

async fn another_persons_item_is_not_there(app: TestApp) {
    let (citizen, _) = with_checked_paper(&app, &[]).await;
    let item = citizen.get("/kho-du-lieu").await.must_be(200).link("Giấy chứng sinh");
    let stranger = app.citizen(STRANGER).await;
    for path in [item.clone(), format!("{item}/tep")] {
        stranger.get(&path).await.must_be(404);
        citizen.get(&path).await.must_be(200);
        let nobody = app.visitor().get(&path).await.must_be(303);
        assert!(nobody.location().starts_with("/dang-nhap?tiep="), "{path}");
    }
    stranger.get("/kho-du-lieu").await.must_be(200).must_say("Kho chưa có giấy tờ nào");
    let files = draft(&stranger).await;
    assert!(!files.text().contains("Dùng giấy tờ đã có trong kho"));
    let id = item.rsplit('/').next().unwrap().to_owned();
    // Somebody else's item in one's own draft, and one's own item in somebody else's draft.
    let own = draft(&citizen).await;
    let cite = own.form(&format!("{}/tu-kho", own.path()));
    let mut strange = cite.clone();
    strange.action = format!("{}/tu-kho", files.path());
    let token = files.form(files.path()).value("csrf").unwrap_or_default().to_owned();
    stranger.submit(&files, strange.clone().forge("csrf", &token)).await.must_be(404);
    citizen.submit(&own, strange).await.must_be(404);
    for (slot, item) in [("file-1", "0".repeat(32)), ("file-9", id.clone()), ("file-other", id), ("file-1", "x".into())]
    {
        let answer = citizen.submit(&own, cite.clone().forge("muc", slot).forge("giay-to", &item)).await;
        assert!(matches!(answer.status(), 404 | 422), "{slot} {item}: {}", answer.status());
    }
    assert!(!citizen.get(own.path()).await.must_be(200).text().contains("Từ kho dữ liệu"));
}

async fn pressing_many_times_cites_once(app: TestApp) {
    let (citizen, _) = with_checked_paper(&app, &[]).await;
    let files = draft(&citizen).await;
    let citizen = std::sync::Arc::new(citizen);
    let form = files.form(&format!("{}/tu-kho", files.path()));
    let presses = (0..20).map(|_| {
        let (citizen, files, form) = (citizen.clone(), files.clone(), form.clone());
        tokio::spawn(async move { citizen.submit(&files, form).await.status() })
    });
    for press in presses.collect::<Vec<_>>() {
        assert_eq!(press.await.unwrap(), 303);
    }
    let page = citizen.get(files.path()).await.must_be(200);
    assert_eq!(page.source().matches("Từ kho dữ liệu").count(), 1);
    let item = citizen.get("/kho-du-lieu").await.must_be(200).link("Giấy chứng sinh");
    let page = citizen.get(&item).await.must_be(200);
    assert_eq!(page.source().matches("Đưa vào hồ sơ đang soạn").count(), 1);
}

async fn what_has_expired_is_shown_and_not_cited(app: TestApp) {
    let until = [("valid_until.day", "24"), ("valid_until.month", "11"), ("valid_until.year", "2026")];
    let (citizen, _) = with_checked_paper(&app, &until).await;
    let files = draft_citing(&citizen).await;
    app.advance(2 * DAY);
    let citizen = app.visitor();
    sign_in(&citizen, CITIZEN).await;
    // Cited while it held, filed when it does not any more: one complete list says so, and nothing is lost.
    let refused = file(&citizen, &files).await.must_be(422);
    refused.must_say("Giấy tờ lấy từ kho dữ liệu đã hết hiệu lực: Giấy chứng sinh");
    let path = files.path().split('#').next().unwrap_or_default().to_owned();
    let files = citizen.get(&path).await.must_be(200);
    let file_of = files.link("giấy chứng sinh.pdf");
    citizen.submit(&files, files.form(&format!("{file_of}/xoa"))).await.must_be(303);
    let files = citizen.get(&path).await.must_be(200);
    assert!(!files.text().contains("Dùng giấy tờ đã có trong kho"));
    let store = citizen.get("/kho-du-lieu").await.must_be(200);
    store.must_say("Hết hiệu lực");
    let item = store.link("Giấy chứng sinh");
    let page = citizen.get(&item).await.must_be(200);
    page.must_say("không dùng để nộp hồ sơ");
    citizen.get(&format!("{item}/tep")).await.must_be(200);
    // A page that was opened while it held offers it still; pressing says why not.
    let id = item.rsplit('/').next().unwrap().to_owned();
    let mut old = files.form(&path);
    old.action = format!("{path}/tu-kho");
    old.multipart = false;
    let old = old.forge("muc", "file-1").forge("giay-to", &id);
    citizen.submit(&files, old).await.must_be(422).must_say("Giấy tờ này không còn dùng được");
}

async fn a_newer_paper_keeps_the_older_from_being_filed(app: TestApp) {
    let (citizen, _) = with_checked_paper(&app, &[]).await;
    // The second dossier brings the same paper as a file, which the desk checks anew.
    let second = filed(&citizen).await.0;
    let files = draft_citing(&citizen).await;
    let officer = accept(&app, &second).await;
    check(&officer, &second, &[("kind", "birth_notification")]).await.must_be(303);
    let refused = file(&citizen, &files).await.must_be(422);
    refused.must_say("Giấy tờ lấy từ kho dữ liệu đã có bản mới: Giấy chứng sinh");
    let store = citizen.get("/kho-du-lieu").await.must_be(200);
    store.must_say("Đã có bản mới");
    assert_eq!(store.source().matches("mc-card__title").count(), 2);
    let path = files.path().split('#').next().unwrap_or_default().to_owned();
    let files = citizen.get(&path).await.must_be(200);
    let file_of = files.link("giấy chứng sinh.pdf");
    citizen.submit(&files, files.form(&format!("{file_of}/xoa"))).await.must_be(303);
    let cited = cite(&citizen, &citizen.get(&path).await.must_be(200)).await.must_be(303);
    let files = citizen.follow(&cited).await.must_be(200);
    file(&citizen, &files).await.must_be(303);
    let newer = citizen.get(&store.link("Giấy chứng sinh")).await.must_be(200);
    newer.must_say("Nộp cùng hồ sơ");
    assert!(newer.text().contains("Phiên bản 2"), "{}", newer.text());
    assert_eq!(app.differences().await, Vec::<String>::new());
}

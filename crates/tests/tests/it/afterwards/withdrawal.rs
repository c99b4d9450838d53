//! `/ho-so/{code}/rut`: asked before, done once, and nothing follows.

use tests::app::{TestApp, email_of};

use super::{ask, at_desk};
use crate::steps::{CITIZEN, COMMUNE, STRANGER, filed_by, on_both_databases, paper};

on_both_databases! {
    a_dossier_is_withdrawn_after_a_question;
    what_is_asked_for_may_be_withdrawn_and_what_is_finished_may_not;
}

async fn a_dossier_is_withdrawn_after_a_question(app: TestApp) {
    let (citizen, code, secret) = filed_by(&app, CITIZEN).await;
    let officer = app.officer(COMMUNE).await;
    let late = officer.get(&format!("/can-bo/ho-so/{code}")).await.must_be(200);
    let path = format!("/ho-so/{code}/rut");
    app.citizen(STRANGER).await.get(&path).await.must_be(404);
    let dossier = citizen.get(&format!("/ho-so/{code}")).await.must_be(200);
    let page = citizen.get(&dossier.link("Rút hồ sơ này")).await.must_be(200);
    page.must_say("không lấy lại được");
    let empty = citizen.submit(&page, page.form(&path)).await.must_be(422);
    empty.must_say("Viết lý do rút hồ sơ");
    let form = page.form(&path).fill("reason", "Tôi nộp nhầm nơi.");
    let done = citizen.submit(&page, form.clone()).await.must_be(303);
    let shown = citizen.follow(&done).await.must_be(200);
    shown.must_say("Hồ sơ đã được rút");
    shown.must_say("Tôi nộp nhầm nơi.");
    // Pressed twice, it is withdrawn once; the question is not asked again.
    citizen.submit(&page, form).await.must_be(303);
    assert_eq!(citizen.get(&path).await.must_be(303).location(), format!("/ho-so/{code}"));
    // An officer whose page is older comes too late, with everything.
    let accept = late.form(&format!("/can-bo/ho-so/{code}/tiep-nhan"));
    officer.submit(&late, accept).await.must_be(303);
    let desk = officer.get(&format!("/can-bo/ho-so/{code}")).await.must_be(200);
    for words in ["Đã rút hồ sơ", "Tôi nộp nhầm nơi.", "Hồ sơ đã kết thúc."] {
        desk.must_say(words);
    }
    assert_eq!(desk.source().matches("mc-timeline__title\">Người nộp đã rút hồ sơ").count(), 1);
    officer.get("/can-bo?trang-thai=da-rut").await.must_be(200).must_say(&code);
    assert!(!officer.get("/can-bo").await.must_be(200).text().contains(&code), "it waits for nobody");
    let tracked = citizen.post_form("/tra-cuu", "/tra-cuu", &[("code", &code), ("secret", &secret)]).await.must_be(200);
    tracked.must_say("Đã rút hồ sơ");
    assert!(!tracked.text().contains("nhầm nơi"), "the reason is the filer's alone");
    app.run_jobs().await;
    let letters = app.letters(&email_of(CITIZEN));
    assert_eq!(letters.iter().filter(|letter| letter.subject.contains("đã được rút")).count(), 1);
    assert_eq!(app.differences().await, Vec::<String>::new());
}

async fn what_is_asked_for_may_be_withdrawn_and_what_is_finished_may_not(app: TestApp) {
    let (citizen, code, _) = filed_by(&app, CITIZEN).await;
    ask(&app, &code).await;
    let path = format!("/ho-so/{code}/rut");
    let page = citizen.get(&path).await.must_be(200);
    citizen.submit(&page, page.form(&path).fill("reason", "Không cần nữa.")).await.must_be(303);
    citizen.get(&format!("/ho-so/{code}")).await.must_say("Đã rút hồ sơ");
    assert_eq!(citizen.get(&format!("/ho-so/{code}/bo-sung")).await.must_be(303).location(), format!("/ho-so/{code}"));

    let (code, _) = crate::steps::filed(&citizen).await;
    let path = format!("/ho-so/{code}/rut");
    let officer = app.officer(COMMUNE).await;
    at_desk(&officer, &code, "tiep-nhan", &[]).await.must_be(303);
    let question = citizen.get(&path).await.must_be(200);
    let page = officer.get(&format!("/can-bo/ho-so/{code}")).await.must_be(200);
    let finish = page.form(&format!("/can-bo/ho-so/{code}/ket-qua")).upload("result", paper("kết quả.pdf"));
    officer.submit(&page, finish).await.must_be(303);
    // The question was open when the result came.
    let late = citizen.submit(&question, question.form(&path).fill("reason", "Muộn")).await.must_be(303);
    let shown = citizen.follow(&late).await.must_be(200);
    shown.must_say("Đã xử lý xong");
    assert!(!shown.text().contains("Rút hồ sơ này"));
    assert_eq!(citizen.get(&path).await.must_be(303).location(), format!("/ho-so/{code}"));
}

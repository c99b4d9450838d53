//! A dossier that is not answered within 8 working hours says so itself, once, on both sides and by letter.

use std::time::Duration;

use tests::app::{TestApp, email_of, sign_in};

use super::at_desk;
use crate::steps::{CITIZEN, COMMUNE, filed_by, on_both_databases};

on_both_databases! {
    a_dossier_that_is_not_answered_in_time_says_so_once;
    a_dossier_that_is_answered_in_time_says_nothing;
}

/// From Monday 08:00 to the end of the 8 working hours: Wednesday 08:00, for Tuesday is a holiday.
const UNTIL_DUE: Duration = Duration::from_secs(48 * 60 * 60);

async fn a_dossier_that_is_not_answered_in_time_says_so_once(app: TestApp) {
    let (_, code, secret) = filed_by(&app, CITIZEN).await;
    app.advance(UNTIL_DUE);
    app.run_jobs().await;
    let subjects = |app: &TestApp| -> Vec<String> {
        app.letters(&email_of(CITIZEN)).iter().map(|letter| letter.subject.clone()).collect()
    };
    assert!(!subjects(&app).iter().any(|subject| subject.contains("đúng hạn")), "it may still be answered");
    app.advance(Duration::from_secs(60));
    app.run_jobs().await;
    app.run_jobs().await;
    assert_eq!(subjects(&app).iter().filter(|subject| subject.contains("đúng hạn")).count(), 1);
    let letter = app.letters(&email_of(CITIZEN)).first().unwrap().clone();
    for words in ["xin lỗi", "08:00 25/11/2026", "UBND thị trấn Ia Kha", "không phải nộp lại"] {
        assert!(letter.text.contains(words), "{words}: {}", letter.text);
    }
    let citizen = app.visitor();
    sign_in(&citizen, CITIZEN).await;
    let page = citizen.get(&format!("/ho-so/{code}")).await.must_be(200);
    for words in
        ["Cơ quan chưa trả lời đúng hạn", "Chúng tôi xin lỗi", "Quá hạn trả lời", "Đã quá hạn: 08:00 25/11/2026"]
    {
        page.must_say(words);
    }
    let tracked = citizen.post_form("/tra-cuu", "/tra-cuu", &[("code", &code), ("secret", &secret)]).await.must_be(200);
    tracked.must_say("Quá hạn trả lời");
    let officer = app.officer(COMMUNE).await;
    officer.get("/can-bo").await.must_be(200).must_say("1 hồ sơ trong trang này đã quá hạn trả lời");
    let desk = officer.get(&format!("/can-bo/ho-so/{code}")).await.must_be(200);
    desk.must_say("Hồ sơ này đã quá hạn trả lời");
    // Answered at last, it is no longer asked for; that it was late stays in the history.
    at_desk(&officer, &code, "tiep-nhan", &[]).await.must_be(303);
    let page = citizen.get(&format!("/ho-so/{code}")).await.must_be(200);
    assert!(!page.text().contains("Chúng tôi xin lỗi"));
    page.must_say("Quá hạn trả lời");
    assert_eq!(app.differences().await, Vec::<String>::new());
}

async fn a_dossier_that_is_answered_in_time_says_nothing(app: TestApp) {
    let (_, code, _) = filed_by(&app, CITIZEN).await;
    at_desk(&app.officer(COMMUNE).await, &code, "tiep-nhan", &[]).await.must_be(303);
    app.advance(UNTIL_DUE * 2);
    app.run_jobs().await;
    assert!(!app.letters(&email_of(CITIZEN)).iter().any(|letter| letter.subject.contains("đúng hạn")));
    let citizen = app.visitor();
    sign_in(&citizen, CITIZEN).await;
    assert!(!citizen.get(&format!("/ho-so/{code}")).await.must_be(200).text().contains("Quá hạn trả lời"));
}

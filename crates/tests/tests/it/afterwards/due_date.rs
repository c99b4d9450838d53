//! `/ho-so/{code}/han-tra` and `/can-bo/ho-so/{code}/han-tra`: every due time says how it was found.

use std::time::Duration;

use tests::app::{TestApp, sign_in};

use super::{ask, at_desk};
use crate::steps::{CITIZEN, COMMUNE, STRANGER, filed_by, on_both_databases};

on_both_databases! {
    the_answers_time_is_derived_before_acceptance;
    the_appointed_return_is_derived_with_its_pause;
}

async fn the_answers_time_is_derived_before_acceptance(app: TestApp) {
    let (citizen, code, secret) = filed_by(&app, CITIZEN).await;
    let page = citizen.get(&format!("/ho-so/{code}")).await.must_be(200);
    assert_eq!(page.link("Xem cách tính thời hạn"), format!("/ho-so/{code}/han-tra"));
    let page = citizen.get(&format!("/ho-so/{code}/han-tra")).await.must_be(200);
    assert!(page.heading().contains("Cách tính hạn cơ quan trả lời"), "{}", page.heading());
    for words in
        ["chậm nhất lúc 08:00 25/11/2026", "8 giờ làm việc", "Nhận hồ sơ lúc", "24/11/2026: Ngày Văn hóa Việt Nam"]
    {
        page.must_say(words);
    }
    let json = citizen.get(&page.link("Tải về cách tính (JSON)")).await.must_be(200).json();
    assert_eq!((&json["matter"], &json["limit"]["amount"]), (&"answer".into(), &8.0.into()));
    // Nobody else, and nothing of it where anybody may look a dossier up.
    let stranger = app.citizen(STRANGER).await;
    stranger.get(&format!("/ho-so/{code}/han-tra")).await.must_be(404);
    stranger.get(&format!("/ho-so/{code}/han-tra.json")).await.must_be(404);
    app.officer("H21.58.53").await.get(&format!("/can-bo/ho-so/{code}/han-tra")).await.must_be(404);
    let tracked = citizen.post_form("/tra-cuu", "/tra-cuu", &[("code", &code), ("secret", &secret)]).await.must_be(200);
    assert!(!tracked.source().contains("han-tra"));
    // Refused, nothing is due any more.
    let officer = app.officer(COMMUNE).await;
    at_desk(&officer, &code, "tu-choi", &[("reasons", "Thiếu giấy chứng sinh.")]).await.must_be(303);
    assert!(!citizen.get(&format!("/ho-so/{code}")).await.must_be(200).source().contains("han-tra"));
    citizen.get(&format!("/ho-so/{code}/han-tra")).await.must_be(404);
}

async fn the_appointed_return_is_derived_with_its_pause(app: TestApp) {
    let (_, code, _) = filed_by(&app, CITIZEN).await;
    let officer = app.officer(COMMUNE).await;
    at_desk(&officer, &code, "tiep-nhan", &[]).await.must_be(303);
    let page = officer.get(&format!("/can-bo/ho-so/{code}")).await.must_be(200);
    let page = officer.get(&page.link("Xem cách tính thời hạn")).await.must_be(200);
    for words in [
        "hẹn trả lúc 08:00 25/11/2026",
        "1 ngày làm việc",
        "Mỗi ngày làm việc là 8 giờ làm việc",
        "07:00–11:30, 13:00–16:30",
        &app.portal().app().content().rules.version,
        app.portal().app().content().calendar.version(),
        "Cộng 8 giờ, hết thời hạn lúc 08:00 25/11/2026",
    ] {
        page.must_say(words);
    }
    assert!(!page.text().contains("Tạm dừng"));
    ask(&app, &code).await;
    let citizen = app.visitor();
    sign_in(&citizen, CITIZEN).await;
    citizen
        .get(&format!("/ho-so/{code}/han-tra"))
        .await
        .must_be(200)
        .must_say("hồ sơ chờ bổ sung nên thời hạn tạm dừng");
    // From 08:00 to 16:00 with a break at noon: six and a half hours of the office.
    app.advance(Duration::from_secs(8 * 60 * 60));
    let citizen = app.visitor();
    sign_in(&citizen, CITIZEN).await;
    let page = citizen.get(&format!("/ho-so/{code}/bo-sung")).await.must_be(200);
    let form = page.form(page.path()).fill("words-0", "Bản chính đã nộp tại quầy.").fill("words-1", "Tôi.");
    citizen.submit(&page, form.press("viec", "gui")).await.must_be(303);
    let page = citizen.get(&format!("/ho-so/{code}/han-tra")).await.must_be(200);
    for words in [
        "hẹn trả lúc 16:00 25/11/2026",
        "Hẹn trả lúc đầu",
        "Chờ bổ sung hồ sơ",
        "6 giờ 30 phút",
        "Từ 08:00 25/11/2026 chuyển sang 16:00 25/11/2026",
    ] {
        page.must_say(words);
    }
    let json = citizen.get(&format!("/ho-so/{code}/han-tra.json")).await.must_be(200).json();
    assert_eq!(json["original_due_at"], "2026-11-25T08:00:00.000+07:00");
    assert_eq!(json["due_at"], "2026-11-25T16:00:00.000+07:00");
    assert_eq!(json["rule"]["cut_off"], "15:00");
    assert_eq!(json["pauses"][0]["counted_ms"], 6 * 3_600_000 + 30 * 60_000);
    assert_eq!(json["pauses"][0]["due_after"], json["due_at"]);
    let english = citizen.get(&format!("/ho-so/{code}/han-tra?lang=en")).await.must_be(200);
    for words in ["The result is due at 16:00 25/11/2026", "1 working day", "6 hours 30 minutes"] {
        english.must_say(words);
    }
    assert_eq!(app.differences().await, Vec::<String>::new());
}

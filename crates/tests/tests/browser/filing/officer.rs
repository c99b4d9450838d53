//! What the officer of the one-stop desk does: signs in, finds the dossier in the inbox, accepts it, gives the result back.

use super::citizen::{Filed, PROCEDURE};
use super::papers::{Papers, SCAN_BYTES};
use crate::look::Walk;
use crate::readers::moment_after;
use tests::pdf::pdf_text;

/// The agency that receives the dossier.
pub(super) const OFFICE: &str = "UBND thị trấn Ia Kha";
const LOGIN: &str = "h21.58.51";
const PASSWORD: &str = "MotCua@2026";

/// Accepts the dossier, and looks at how a citizen at the desk sees it then.
pub(super) async fn accept(walk: &mut Walk<'_>, filed: &Filed) {
    walk.goto("/can-bo/dang-nhap").await;
    walk.look("officer-sign-in").await;
    walk.browser.fill("Tên đăng nhập", LOGIN).await;
    walk.browser.fill("Mật khẩu", PASSWORD).await;
    walk.browser.press("Đăng nhập").await;
    walk.look_at("Hồ sơ đến", "inbox").await;
    walk.browser.must_say(&filed.answer_due).await;
    walk.browser.follow(&filed.code).await;
    walk.look_at(&title(filed), "officer-filed").await;
    walk.browser.must_say(filed.citizen).await;
    walk.browser.tap("Giấy chứng sinh.pdf").await;
    assert_eq!(walk.browser.take_download().await.1.len(), SCAN_BYTES);

    let promised = moment_after(&walk.browser.text().await, "hẹn trả lúc");
    walk.browser.press("Tiếp nhận hồ sơ").await;
    walk.look_at(&title(filed), "officer-accepted").await;
    let due = moment_after(&walk.browser.text().await, "Hạn:");
    // A minute may pass between the two pages.
    assert_eq!(due[6..], promised[6..]);
    walk.browser.tap("Giấy tiếp nhận hồ sơ và hẹn trả kết quả (PDF)").await;
    let slip = pdf_text(&walk.browser.take_download().await.1);
    for words in [&filed.code, filed.citizen, PROCEDURE] {
        assert!(slip.contains(words), "{words:?} is not on form 01: {slip}");
    }
    walk.browser.follow("Xem cách tính thời hạn").await;
    walk.look_at("Cách tính ngày hẹn trả kết quả", "officer-due-date").await;
    walk.browser.must_say(&due).await;
    track(walk, filed, &due).await;
}

/// Finishes the dossier with a file and hands it over.
pub(super) async fn return_the_result(walk: &mut Walk<'_>, filed: &Filed) {
    walk.goto("/can-bo").await;
    walk.browser.follow_beginning("Đang giải quyết").await;
    walk.look_at("Hồ sơ đến", "inbox-accepted").await;
    walk.browser.follow(&filed.code).await;
    walk.browser.press("Hoàn thành giải quyết").await;
    walk.look("officer-no-result").await;
    let told = walk.browser.description("Tệp kết quả").await;
    assert!(told.contains("Chọn tệp kết quả, hoặc ghi rõ kết quả trong ghi chú"), "{told}");
    walk.browser.fill("Ghi chú cho người dân (không bắt buộc)", "Bản chính nhận tại Bộ phận Một cửa.").await;
    let papers = Papers::new();
    walk.browser.upload("Tệp kết quả", &papers.result().0).await;
    walk.browser.press("Hoàn thành giải quyết").await;
    walk.browser.must_say("Giấy khai sinh.pdf").await;
    walk.look_at(&title(filed), "officer-finished").await;
    walk.browser.choose("Trả trực tuyến").await;
    walk.browser.press("Xác nhận đã trả kết quả").await;
    walk.look_at(&title(filed), "officer-returned").await;
    walk.browser.must_say("Hồ sơ đã kết thúc.").await;
    walk.browser.press("Đăng xuất").await;
}

/// Who holds it, since when, due when, on the page for which nobody signs in.
async fn track(walk: &mut Walk<'_>, filed: &Filed, due: &str) {
    walk.goto(&format!("/tra-cuu?ma={}", filed.code)).await;
    assert_eq!(walk.browser.value("Mã hồ sơ").await, filed.code);
    walk.browser.fill("Mã tra cứu", &filed.secret).await;
    walk.browser.press("Tra cứu").await;
    walk.look_at(&title(filed), "tracking-accepted").await;
    let text = walk.browser.text().await;
    let (_, current) = text.split_once("Đang giải quyết").unwrap_or_else(|| panic!("nothing is under way: {text}"));
    moment_after(current, "Từ");
    assert!(current.contains(OFFICE) && current.contains(&format!("Hạn: {due}")), "{current}");
    assert_eq!(moment_after(&text, "Hẹn trả kết quả"), due);
}

fn title(filed: &Filed) -> String {
    format!("Hồ sơ {}", filed.code)
}

//! `/tra-cuu`: a code alone opens nothing (domain.md §1.8).

use tests::app::TestApp;

use crate::steps::{CITIZEN, filed_by, on_both_databases};

on_both_databases! {
    code_and_secret_show_progress_only;
    guessing_the_secret_is_slow;
}

async fn code_and_secret_show_progress_only(app: TestApp) {
    let (_, code, secret) = filed_by(&app, CITIZEN).await;
    let visitor = app.visitor();
    let typed = format!("  {} ", code.to_lowercase());
    for opener in [secret.as_str(), &secret.to_lowercase(), "0123"] {
        let page =
            visitor.post_form("/tra-cuu", "/tra-cuu", &[("code", &typed), ("secret", opener)]).await.must_be(200);
        page.must_say("Chờ Bộ phận Một cửa trả lời");
        page.must_say("UBND thị trấn Ia Kha");
        page.must_say("08:00 25/11/2026");
        for private in ["Rơ Châm", CITIZEN, "345678", "giấy chứng sinh", "Tổ 1"] {
            assert!(!page.source().contains(private), "{private}");
        }
    }
    for (code, secret) in [(code.as_str(), "XXXX"), ("H21.58.51-261123-0999", secret.as_str())] {
        let page = visitor.post_form("/tra-cuu", "/tra-cuu", &[("code", code), ("secret", secret)]).await.must_be(422);
        page.must_say("Không có hồ sơ nào khớp");
    }
    visitor.get(&format!("/tra-cuu?ma={code}")).await.must_be(200);
    let page = visitor.post_form("/tra-cuu", "/tra-cuu", &[("code", "-1"), ("secret", "")]).await.must_be(422);
    page.must_say("Mã hồ sơ không đúng dạng");
    page.must_say("Nhập mã tra cứu");
}

async fn guessing_the_secret_is_slow(app: TestApp) {
    let (_, code, _) = filed_by(&app, CITIZEN).await;
    let visitor = app.visitor();
    let mut tries = 0;
    loop {
        let page = visitor.post_form("/tra-cuu", "/tra-cuu", &[("code", &code), ("secret", "ZZZZ")]).await;
        if page.status() == 429 {
            page.must_say("Thử lại sau ít phút");
            break;
        }
        page.must_be(422);
        tries += 1;
        assert!(tries <= 10, "guessing goes on");
    }
    app.advance(std::time::Duration::from_secs(3_600));
    visitor.post_form("/tra-cuu", "/tra-cuu", &[("code", &code), ("secret", "ZZZZ")]).await.must_be(422);
}

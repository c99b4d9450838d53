//! `/ho-so`: one's own dossiers by state and by words, page by page, and nobody else's.

use tests::app::TestApp;

use super::ask;
use crate::steps::{CITIZEN, STRANGER, draft, filed, filed_by, on_both_databases};

on_both_databases! {
    the_list_is_narrowed_by_state_and_by_words;
    a_long_list_has_pages;
}

async fn the_list_is_narrowed_by_state_and_by_words(app: TestApp) {
    let (citizen, first, _) = filed_by(&app, CITIZEN).await;
    let (second, _) = filed(&citizen).await;
    draft(&citizen).await;
    ask(&app, &second).await;
    let stranger = app.citizen(STRANGER).await;
    let (foreign, _) = filed(&stranger).await;
    let list = |query: &str| {
        let address = format!("/ho-so{query}");
        let citizen = &citizen;
        async move { citizen.get(&address).await.must_be(200).text() }
    };
    let all = list("").await;
    assert!(all.contains(&first) && all.contains(&second) && all.contains("Bắt đầu soạn lúc"), "{all}");
    for (query, has_first, has_second, has_draft) in [
        ("?trang-thai=cho-tiep-nhan", true, false, false),
        ("?trang-thai=can-bo-sung", false, true, false),
        ("?trang-thai=dang-soan", false, false, true),
        ("?trang-thai=co-ket-qua", false, false, false),
        ("?trang-thai=bay-ba", true, true, true),
        ("?q=KHAI%20SINH", true, true, true),
        ("?q=dang%20ky%20khai%20sinh", true, true, true),
        ("?q=ro%20cham%20h%27lan", true, true, true),
        ("?q=khong-co", false, false, false),
        ("?q=khai%20sinh&trang-thai=can-bo-sung", false, true, false),
        ("?q=%25", false, false, false),
    ] {
        let text = list(query).await;
        assert_eq!(text.contains(&first), has_first, "{query}: {text}");
        assert_eq!(text.contains(&second), has_second, "{query}: {text}");
        assert_eq!(text.contains("Bắt đầu soạn lúc"), has_draft, "{query}: {text}");
        assert!(!text.contains(&foreign), "{query}");
        assert_eq!(text.contains("Không có hồ sơ nào khớp"), !(has_first || has_second || has_draft), "{query}");
    }
    let by_code = list(&format!("?q={}", second.to_lowercase())).await;
    assert!(by_code.contains(&second) && !by_code.contains(&first));
    for hostile in ["?q=%00%ff", "?sau=1-2", "?sau=x", &format!("?q={}", "a".repeat(5_000))] {
        list(hostile).await;
    }
}

async fn a_long_list_has_pages(app: TestApp) {
    let citizen = app.citizen(CITIZEN).await;
    let mut codes = Vec::new();
    for _ in 0..21 {
        codes.push(filed(&citizen).await.0);
        // Those filed at one moment have no order among themselves; the first one has a moment of its own.
        if codes.len() == 1 || codes.len() % 2 == 0 {
            app.advance(std::time::Duration::from_secs(1));
        }
    }
    for query in ["/ho-so", "/ho-so?q=khai%20sinh"] {
        let first = citizen.get(query).await.must_be(200);
        let second = citizen.get(&first.link("Xem tiếp")).await.must_be(200);
        let shown = |text: &str| codes.iter().filter(|code| text.contains(code.as_str())).count();
        assert_eq!((shown(&first.text()), shown(&second.text())), (20, 1), "{query}");
        assert!(second.text().contains(&codes[0]), "the oldest comes last");
        assert!(!second.text().contains("Xem tiếp"));
    }
}

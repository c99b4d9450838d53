//! Pages of electronic forms, answered by the words that a person reads: with the mouse, or by the keyboard alone.

use fantoccini::key::Key;

use crate::look::Walk;

/// One answer.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Answer {
    /// Typed into the box of this label.
    Fill(&'static str, &'static str),
    /// The line of a list.
    Select(&'static str, &'static str),
    /// One of several circles: the first of them, and the one that is chosen.
    Choose(&'static str, &'static str),
}

/// A page: its heading and the answers that it does not have yet.
pub(crate) type Page = (&'static str, &'static [Answer]);

use Answer::{Choose, Fill, Select};

/// Tờ khai đăng ký khai sinh: a mother who is not married registers her child; what her account knows stands there already.
pub(crate) const BIRTH: &[Page] = &[
    (
        "Người yêu cầu",
        &[
            Select("Loại giấy tờ", "Thẻ căn cước"),
            Fill("Số giấy tờ", "064190000321"),
            Select("Quan hệ với người được khai sinh", "Mẹ"),
        ],
    ),
    (
        "Trường hợp",
        &[
            Choose("Cha mẹ có đăng ký kết hôn", "Cha mẹ không đăng ký kết hôn"),
            Choose("Giấy chứng sinh", "Giấy chứng sinh"),
        ],
    ),
    (
        "Người được khai sinh",
        &[
            Fill("Họ và tên", "Rơ Châm H'Mai"),
            Fill("Ngày", "5"),
            Fill("Tháng", "11"),
            Fill("Năm", "2026"),
            Choose("Nam", "Nữ"),
            Select("Dân tộc", "Gia-rai"),
            Fill("Nơi sinh", "Bệnh viện Đa khoa tỉnh Gia Lai"),
            Fill("Quê quán", "Xã Ia Hrung, huyện Ia Grai, tỉnh Gia Lai"),
        ],
    ),
    (
        "Người mẹ",
        &[
            Choose("Có", "Có"),
            Fill("Họ và tên", "Rơ Châm H'Lan"),
            Fill("Năm", "1990"),
            Select("Dân tộc", "Gia-rai"),
            Fill("Nơi cư trú", "Làng Jút 1, xã Ia Hrung, huyện Ia Grai"),
        ],
    ),
    ("Người cha", &[Choose("Có", "Không")]),
    ("Bản sao", &[Choose("Có", "Có"), Fill("Số lượng bản sao", "2")]),
];

/// What somebody who acts for an enterprise is asked for besides: nothing is known of the person there.
pub(crate) const REQUESTER: &[Answer] =
    &[Fill("Họ và tên người yêu cầu", "Rơ Châm H'Lan"), Fill("Ngày", "12"), Fill("Tháng", "3"), Fill("Năm", "1985")];

/// Answers the pages with the mouse, one after the other.
pub(crate) async fn answer(walk: &mut Walk<'_>, pages: &[Page], shots: &str) {
    for (number, (heading, answers)) in pages.iter().enumerate() {
        let shown = walk.browser.heading().await;
        assert!(shown.ends_with(heading), "{shown:?} is no page of {heading:?}");
        for one in *answers {
            with_the_mouse(walk, *one).await;
        }
        walk.look(&format!("{shots}-{}", number + 1)).await;
        walk.browser.press("Tiếp tục").await;
    }
}

/// One answer with the mouse.
pub(crate) async fn with_the_mouse(walk: &Walk<'_>, answer: Answer) {
    match answer {
        Fill(label, text) => walk.browser.fill(label, text).await,
        Select(label, line) => walk.browser.select(label, line).await,
        Choose(_, label) => walk.browser.choose(label).await,
    }
}

/// Answers the pages by the keyboard alone.
pub(crate) async fn answer_by_keyboard(walk: &Walk<'_>, pages: &[Page]) {
    for (heading, answers) in pages {
        let shown = walk.browser.heading().await;
        assert!(shown.ends_with(heading), "{shown:?} is no page of {heading:?}");
        for one in *answers {
            match one {
                Fill(label, text) => {
                    walk.browser.tab_to(label).await;
                    walk.browser.type_keys(text).await;
                }
                Select(label, line) => {
                    walk.browser.tab_to(label).await;
                    walk.browser.type_keys(line).await;
                }
                Choose(first, label) => {
                    walk.browser.tab_to(first).await;
                    walk.browser.type_keys(" ").await;
                    if first != label {
                        walk.browser.press_key(Key::Down).await;
                    }
                }
            }
        }
        walk.browser.tab_to("Tiếp tục").await;
        walk.browser.enter().await;
    }
}

//! The citizen's part without a mouse: Tab, Enter, Space, the arrows and letters.

use super::citizen::{Citizen, PAPER, PROCEDURE};
use super::officer::OFFICE;
use crate::look::Walk;
use crate::questions::{BIRTH, answer_by_keyboard};
use crate::readers::letter;
use fantoccini::key::Key;

/// From the home page to the dossier code. Only the choice of a file is the operating system's own window.
pub(super) async fn file(walk: &mut Walk<'_>, citizen: &Citizen) {
    register(walk, citizen).await;
    find_the_procedure(walk).await;
    walk.browser.tab_to("Địa chỉ").await;
    walk.browser.type_keys(citizen.address).await;
    walk.browser.enter().await;
    answer_by_keyboard(walk, BIRTH).await;
    assert_eq!(walk.browser.heading().await, "Bước 8 trong 10 bước Nơi nhận kết quả");

    // The first answer has the focus; an arrow goes to the next and chooses it, Space chooses where one stands.
    walk.browser.tab_to("Nhận trực tuyến").await;
    walk.browser.type_keys(" ").await;
    walk.browser.press_key(Key::Down).await;
    press(walk, "Tiếp tục").await;
    assert_eq!(walk.browser.heading().await, "Bước 9 trong 10 bước Tệp đính kèm");

    walk.browser.tab_to(PAPER).await;
    walk.browser.upload(PAPER, &citizen.papers.result().0).await;
    walk.browser.must_say("Giấy khai sinh.pdf (mở trong thẻ mới)").await;
    press(walk, "Tiếp tục").await;
    assert_eq!(walk.browser.heading().await, "Bước 10 trong 10 bước Kiểm tra và nộp hồ sơ");
    walk.browser.must_say("Nhận tại Bộ phận Một cửa").await;
    press(walk, "Nộp hồ sơ").await;
    assert_eq!(walk.browser.heading().await, "Nộp hồ sơ thành công");
}

async fn register(walk: &mut Walk<'_>, citizen: &Citizen) {
    walk.goto("/").await;
    press(walk, "Đăng ký").await;
    walk.browser.tab_to("Công dân").await;
    walk.browser.type_keys(" ").await;
    press(walk, "Xác minh mức độ trung bình (IAL2)").await;
    fill(walk, "CMND/CCCD", &citizen.identity).await;
    walk.browser.enter().await;
    let fields = [
        ("Mật khẩu", citizen.password),
        ("Nhập lại mật khẩu", citizen.password),
        ("Họ và tên", citizen.name),
        ("Ngày", "2"),
        ("Tháng", "9"),
        ("Năm", "1990"),
        ("Số điện thoại", "0912 345 678"),
        ("Email", &citizen.email),
    ];
    for (label, text) in fields {
        fill(walk, label, text).await;
    }
    walk.browser.enter().await;
    let letter = letter(walk.server, &citizen.email, "dang-ky/xac-nhan").await;
    walk.browser.goto(letter["links"][0].as_str().unwrap()).await;
    press(walk, "Xác nhận").await;
    press(walk, "Đăng nhập").await;
    fill(walk, "Tên tài khoản (CMND/CCCD)", &citizen.identity).await;
    fill(walk, "Mật khẩu", citizen.password).await;
    walk.browser.enter().await;
    walk.browser.must_say(citizen.name).await;
}

async fn find_the_procedure(walk: &mut Walk<'_>) {
    walk.goto("/").await;
    fill(walk, "Quý vị cần làm thủ tục gì?", "khai sinh").await;
    walk.browser.enter().await;
    press(walk, PROCEDURE).await;
    press(walk, "Nộp hồ sơ").await;
    fill(walk, "Tìm theo tên cơ quan hoặc nơi quý vị ở", "ia kha").await;
    walk.browser.enter().await;
    press(walk, OFFICE).await;
    assert_eq!(walk.browser.heading().await, "Bước 1 trong 10 bước Chủ hồ sơ");
}

async fn fill(walk: &Walk<'_>, label: &str, text: &str) {
    walk.browser.tab_to(label).await;
    walk.browser.type_keys(text).await;
}

async fn press(walk: &Walk<'_>, name: &str) {
    walk.browser.tab_to(name).await;
    walk.browser.enter().await;
}

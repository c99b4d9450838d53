//! The eight steps of the national portal (R26–R36), by the words that the leaflet prints and in its order.

use tests::browser::Screen::{Desk, Phone};
use tests::browser::Scripts::{Off, On};
use tests::postgres::Database;
use tests::server::{Server, Setup};

use crate::look::{Walk, Window};
use crate::readers::letter;

const PASSWORD: &str = "Rẫy-chè-Ia-Đơk-7";

#[tokio::test]
async fn the_eight_steps_are_walked_on_sqlite() {
    let server = Server::start(Setup::default()).await;
    for (number, window) in [(1, (Desk, On)), (2, (Phone, Off)), (3, (Phone, On)), (4, (Desk, Off))] {
        walk_the_eight_steps(&server, Window::new("accounts-sqlite", window), number).await;
    }
}

#[tokio::test]
async fn the_eight_steps_are_walked_on_postgresql() {
    let database = Database::create().await;
    let server = Server::start(Setup { database: Some(database.url()), ..Setup::default() }).await;
    walk_the_eight_steps(&server, Window::new("accounts-postgresql", (Phone, On)), 5).await;
}

async fn walk_the_eight_steps(server: &Server, window: Window, number: u32) {
    // Passkeys are bound to names: on one's own machine the portal has the name `localhost`.
    let national = server.national().replace("127.0.0.1", "localhost");
    let has_scripts = window.has_scripts();
    let mut walk = Walk::open(server, window).await;
    let identity = format!("064190{number:06}");
    let phone = format!("09612340{number:02}");
    // 1. The portal, *Đăng ký*.
    walk.browser.goto(&national).await;
    walk.look("national-home").await;
    walk.browser.follow("Đăng ký").await;
    // 2. Who registers, and how they are verified.
    walk.look_at("Đăng ký", "register-kind").await;
    for words in ["Doanh nghiệp", "Cơ quan nhà nước", "xác minh mức độ trung bình (IAL2)"] {
        walk.browser.must_say(words).await;
    }
    walk.browser.press("Tiếp tục").await;
    walk.look("register-kind-refused").await;
    walk.browser.must_say("Chọn Công dân, Doanh nghiệp hoặc Cơ quan nhà nước").await;
    walk.browser.choose("Công dân").await;
    walk.browser.choose("Thuê bao di động").await;
    walk.browser.press("Tiếp tục").await;
    // 3. The data, *Đăng ký*.
    walk.look("register-details").await;
    let fields = [
        ("Tên đăng nhập (CMND hoặc CCCD)", identity.as_str()),
        ("Họ và tên", "Rơ Châm H'Lan"),
        ("Ngày", "2"),
        ("Tháng", "9"),
        ("Năm", "1990"),
        ("Số điện thoại", &phone),
    ];
    for (label, text) in fields {
        walk.browser.fill(label, text).await;
    }
    answer_captcha(&walk).await;
    walk.browser.press("Đăng ký").await;
    // 4. The OTP, *Xác nhận*.
    walk.look_at("Nhập mã OTP", "register-code").await;
    walk.browser.fill("Mã OTP", "12345").await;
    walk.browser.press("Xác nhận").await;
    walk.look("register-code-refused").await;
    let first = code(server, &phone, "dang ky tai khoan").await;
    walk.browser.fill("Mã OTP", &first).await;
    walk.browser.press("Xác nhận").await;
    // 5. The password, *Đăng ký*.
    walk.look_at("Đặt mật khẩu", "register-password").await;
    walk.browser.must_say("Ít nhất 8 ký tự").await;
    walk.browser.fill("Mật khẩu mới", PASSWORD).await;
    walk.browser.fill("Nhập lại mật khẩu", PASSWORD).await;
    walk.browser.press("Đăng ký").await;
    walk.look_at("Đăng ký thành công", "registered").await;
    // 6. *Đăng nhập*.
    walk.browser.goto(&national).await;
    walk.browser.follow("Đăng nhập").await;
    walk.look_at("Đăng nhập", "providers").await;
    // 7. *Tài khoản cấp bởi Cổng DVCQG*, number, password, *Đăng nhập*.
    walk.browser.follow("Tài khoản cấp bởi Cổng DVCQG").await;
    walk.look("sign-in").await;
    walk.browser.fill("Số CMND/CCCD", &identity).await;
    walk.browser.fill("Mật khẩu", PASSWORD).await;
    answer_captcha(&walk).await;
    walk.browser.press("Đăng nhập").await;
    // 8. The second OTP, *Xác nhận*.
    walk.look_at("Nhập mã OTP", "sign-in-code").await;
    let second = code(server, &phone, "dang nhap").await;
    walk.browser.fill("Mã OTP", &second).await;
    walk.browser.press("Xác nhận").await;
    walk.browser.must_say("Rơ Châm H'Lan").await;
    // One's own account.
    for (path, page) in [
        ("/tai-khoan", "account"),
        ("/tai-khoan/mat-khau", "change-password"),
        ("/tai-khoan/so-dien-thoai", "change-phone"),
        ("/tai-khoan/email", "change-email"),
        ("/tai-khoan/phien", "sessions"),
        ("/tai-khoan/du-lieu", "data"),
        ("/tai-khoan/dong", "close"),
        ("/quen-mat-khau", "recovery"),
    ] {
        walk.browser.goto(&format!("{national}{path}")).await;
        walk.look(page).await;
    }
    if has_scripts {
        sign_in_with_a_passkey(&mut walk, &national).await;
    }
    add_an_app(&mut walk, &national).await;
    walk.end();
}

/// A passkey is made on the device and lets its holder in afterwards: no number, no password, no code.
async fn sign_in_with_a_passkey(walk: &mut Walk<'_>, national: &str) {
    walk.browser.goto(&format!("{national}/tai-khoan")).await;
    walk.browser.follow("Bảo mật đăng nhập").await;
    walk.look_at("Bảo mật đăng nhập", "factors-none").await;
    walk.browser.follow("Thêm khóa truy cập").await;
    walk.browser.fill("Mật khẩu hiện tại", PASSWORD).await;
    walk.browser.press("Tiếp tục").await;
    walk.look_at("Thêm khóa truy cập", "passkey-new").await;
    walk.browser.fill("Tên của khóa", "Điện thoại của mẹ").await;
    // When the person says no nothing is sent, and a sentence says what to do.
    let says_no = "navigator.credentials.create = async () => { throw new DOMException('no', 'NotAllowedError') }";
    walk.browser.run(says_no, Vec::new()).await;
    walk.browser.tap("Tạo khóa truy cập").await;
    walk.browser.must_say("Thiết bị chưa trả lời được").await;
    walk.browser.reload().await;
    walk.browser.fill("Tên của khóa", "Điện thoại của mẹ").await;
    walk.browser.plug_in_authenticator().await;
    walk.browser.tap("Tạo khóa truy cập").await;
    walk.browser.must_say("Đã lưu thay đổi").await;
    walk.look("factors-passkey").await;
    walk.browser.must_say("Điện thoại của mẹ").await;
    walk.browser.goto(&format!("{national}/dang-xuat")).await;
    walk.browser.press("Đăng xuất").await;
    walk.browser.goto(&format!("{national}/dang-nhap?tiep=/tai-khoan/bao-mat")).await;
    walk.browser.follow("Đăng nhập bằng khóa truy cập").await;
    walk.look_at("Đăng nhập bằng khóa truy cập", "passkey-sign-in").await;
    walk.browser.tap("Dùng khóa truy cập").await;
    walk.browser.must_say("Dùng gần nhất lúc").await;
    assert_eq!(walk.browser.heading().await, "Bảo mật đăng nhập");
}

/// The pages of an authenticator app.
async fn add_an_app(walk: &mut Walk<'_>, national: &str) {
    walk.browser.goto(&format!("{national}/tai-khoan/bao-mat")).await;
    walk.browser.follow("Thêm ứng dụng xác thực").await;
    walk.look("app-password").await;
    walk.browser.fill("Mật khẩu hiện tại", PASSWORD).await;
    walk.browser.press("Tiếp tục").await;
    walk.look_at("Thêm ứng dụng xác thực", "app-new").await;
    walk.browser.fill("Mã của ứng dụng", "000000").await;
    walk.browser.press("Xác nhận").await;
    walk.browser.must_say("Mã không đúng").await;
    let script = "return document.querySelector('[data-secret]').textContent";
    let secret = walk.browser.run(script, Vec::new()).await;
    walk.browser.fill("Mã của ứng dụng", &code_of_app(secret.as_str().unwrap())).await;
    walk.browser.press("Xác nhận").await;
    walk.look_at("Mã dự phòng", "backup-codes").await;
    walk.browser.follow("Tôi đã cất các mã").await;
    walk.look_at("Bảo mật đăng nhập", "factors-app").await;
}

/// What the app on a telephone shows now.
fn code_of_app(secret: &str) -> String {
    let secret = totp_rs::Secret::try_from_base32(secret.replace(' ', "")).ok().unwrap();
    let app = totp_rs::Builder::new().with_secret(secret.as_bytes().to_vec()).build().unwrap();
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap();
    app.generate(now.as_secs()).to_string()
}

/// The demonstration shows the captcha's answer beside it; with scripts the browser may have worked it off already.
async fn answer_captcha(walk: &Walk<'_>) {
    let script = "const shown = document.querySelector('[data-demo-captcha]');
        return shown && shown.offsetParent ? shown.dataset.demoCaptcha : ''";
    let answer = walk.browser.run(script, Vec::new()).await;
    if let Some(answer) = answer.as_str().filter(|answer| !answer.is_empty()) {
        walk.browser.fill("Mã xác thực", answer).await;
    }
}

/// The six digits of the text message about this.
async fn code(server: &Server, phone: &str, about: &str) -> String {
    let message = letter(server, phone, about).await;
    let text = message["text"].as_str().unwrap().to_owned();
    let digits = text.split(|c: char| !c.is_ascii_digit()).find(|run| run.len() == 6);
    digits.expect("the message has six digits").to_owned()
}

//! An enterprise takes a member in, who files for it: found by the words that a person reads.

use tests::browser::Screen::{Desk, Phone};
use tests::browser::Scripts::{Off, On};
use tests::postgres::Database;
use tests::server::{Server, Setup};

use crate::look::{Walk, Window};
use crate::questions::{BIRTH, REQUESTER, answer, with_the_mouse};
use crate::readers::letter;

const PASSWORD: &str = "Rẫy-tiêu-Ia-Hrung-8";
/// A paper of the procedure.
const PAPER: &str = "Giấy chứng sinh";
const PERSON: &str = "Rơ Châm H'Lan";

#[tokio::test]
async fn a_member_files_for_the_enterprise_on_sqlite() {
    let server = Server::start(Setup::default()).await;
    for (number, window) in [(0, (Desk, On)), (1, (Phone, Off))] {
        a_member_files(&server, Window::new("representation-sqlite", window), number).await;
    }
}

#[tokio::test]
async fn a_member_files_for_the_enterprise_on_postgresql() {
    let database = Database::create().await;
    let server = Server::start(Setup { database: Some(database.url()), ..Setup::default() }).await;
    a_member_files(&server, Window::new("representation-postgresql", (Phone, On)), 0).await;
}

async fn a_member_files(server: &Server, window: Window, number: usize) {
    let mut walk = Walk::open(server, window).await;
    let tax = ["0100109106", "0301452948"][number];
    let company = format!("Công ty Cà phê Ia Grai {number}");
    let identity = format!("0641900007{number:02}");
    register(&mut walk, "Công dân", &identity, PERSON).await;
    walk.browser.press("Đăng xuất").await;
    register(&mut walk, "Doanh nghiệp", tax, &company).await;
    // The enterprise gives.
    walk.goto("/tai-khoan").await;
    walk.look("enterprise-account").await;
    walk.browser.must_say("Nguyễn Thị Hòa").await;
    walk.browser.follow("Đại diện và ủy quyền").await;
    walk.look_at("Đại diện và ủy quyền", "overview-empty").await;
    walk.browser.follow("Thêm thành viên hoặc người được ủy quyền").await;
    walk.look("give").await;
    walk.browser.press("Gửi lời mời").await;
    walk.look("give-refused").await;
    walk.browser.must_say("Nhập số CMND hoặc CCCD của người sẽ đại diện").await;
    walk.browser.fill("Số CMND hoặc CCCD của người đại diện", &identity).await;
    walk.browser.choose("Thành viên của doanh nghiệp").await;
    walk.browser.choose("Nộp hồ sơ").await;
    walk.browser.press("Gửi lời mời").await;
    walk.look("given").await;
    walk.browser.must_say("Chờ trả lời").await;
    walk.browser.press("Đăng xuất").await;
    // The person accepts and acts.
    sign_in(&walk, &identity, PERSON).await;
    walk.goto("/tai-khoan").await;
    walk.browser.follow("Đại diện và ủy quyền").await;
    walk.look("offered").await;
    walk.browser.press(&format!("Nhận làm đại diện {company}")).await;
    walk.look("accepted").await;
    walk.browser.press(&format!("Làm việc thay {company}")).await;
    walk.look("acting").await;
    walk.browser.must_say(&format!("Đang làm việc thay {company}")).await;
    // Filing for the enterprise.
    walk.goto("/thu-tuc/1.001193").await;
    walk.browser.follow("Nộp hồ sơ").await;
    walk.browser.fill("Tìm theo tên cơ quan hoặc nơi quý vị ở", "ia kha").await;
    walk.browser.press("Tìm").await;
    walk.browser.follow("UBND thị trấn Ia Kha").await;
    walk.look("owner").await;
    assert_eq!(walk.browser.value("Họ và tên chủ hồ sơ").await, company);
    walk.browser.fill("Địa chỉ", "12 Hùng Vương, thị trấn Ia Kha").await;
    walk.browser.press("Tiếp tục").await;
    for own in REQUESTER {
        with_the_mouse(&walk, *own).await;
    }
    answer(&mut walk, BIRTH, "birth").await;
    walk.browser.choose("Nhận trực tuyến").await;
    walk.browser.press("Tiếp tục").await;
    let folder = tempfile::TempDir::with_prefix("motcua-paper-").unwrap();
    let paper = folder.path().join("Giấy chứng sinh.pdf");
    std::fs::write(&paper, b"%PDF-1.7\n% a paper\n%%EOF\n").unwrap();
    walk.browser.upload(PAPER, &paper).await;
    walk.browser.press("Tiếp tục").await;
    walk.browser.press("Nộp hồ sơ").await;
    assert_eq!(walk.browser.heading().await, "Nộp hồ sơ thành công");
    walk.browser.follow(&format!("Hồ sơ của {company}")).await;
    walk.look("dossiers").await;
    walk.browser.follow("Thủ tục đăng ký khai sinh").await;
    walk.look("dossier").await;
    walk.browser.must_say(&format!("{PERSON}, thay mặt {company}")).await;
    walk.browser.press("Thôi làm việc thay").await;
    walk.look("stopped").await;
    walk.browser.follow("Nhật ký làm việc thay").await;
    walk.look("journal").await;
    walk.browser.must_say(&format!("{PERSON}, cho {company}")).await;
    // A child.
    walk.goto("/tai-khoan/dai-dien/con").await;
    walk.look("child").await;
    walk.browser.fill("Họ và tên của con", "Rơ Châm Minh").await;
    for (label, text) in [("Ngày", "1"), ("Tháng", "6"), ("Năm", "2020")] {
        walk.browser.fill(label, text).await;
    }
    walk.browser.choose("Mẹ").await;
    walk.browser.press("Khai con").await;
    walk.look("child-declared").await;
    walk.browser.must_say("Rơ Châm Minh, 01/06/2020").await;
    walk.end();
}

/// The seven steps, up to being signed in.
pub(crate) async fn register(walk: &mut Walk<'_>, kind: &str, number: &str, name: &str) {
    walk.goto("/dang-ky").await;
    walk.browser.choose(kind).await;
    walk.browser.press("Xác minh mức độ trung bình (IAL2)").await;
    let enterprise = kind == "Doanh nghiệp";
    walk.browser.fill(if enterprise { "Mã số thuế" } else { "CMND/CCCD" }, number).await;
    walk.browser.press("Tiến hành đăng ký").await;
    walk.look(if enterprise { "enterprise-details" } else { "details" }).await;
    let email = format!("dai-dien-{number}@example.com");
    let own: &[(&str, &str)] = match enterprise {
        true => &[
            ("Tên doanh nghiệp", name),
            ("Họ và tên người đại diện", "Nguyễn Thị Hòa"),
            ("Số CMND hoặc CCCD của người đại diện", "064185001234"),
        ],
        false => &[("Họ và tên", name)],
    };
    let common = [
        ("Mật khẩu", PASSWORD),
        ("Nhập lại mật khẩu", PASSWORD),
        ("Ngày", "12"),
        ("Tháng", "3"),
        ("Năm", "1985"),
        ("Số điện thoại", "0912 345 678"),
        ("Email", &email),
    ];
    for (label, text) in own.iter().chain(&common) {
        walk.browser.fill(label, text).await;
    }
    walk.browser.press("Đăng ký").await;
    let letter = letter(walk.server, &email, "dang-ky/xac-nhan").await;
    walk.browser.goto(letter["links"][0].as_str().unwrap()).await;
    walk.browser.press("Xác nhận").await;
    sign_in(walk, number, name).await;
}

pub(crate) async fn sign_in(walk: &Walk<'_>, number: &str, name: &str) {
    walk.goto("/dang-nhap").await;
    walk.browser.fill("Tên tài khoản (CMND/CCCD)", number).await;
    walk.browser.fill("Mật khẩu", PASSWORD).await;
    walk.browser.press("Đăng nhập").await;
    walk.browser.must_say(name).await;
}

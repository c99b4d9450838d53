//! Procedures with forms of their own, filed on a telephone by the words that a person reads; and over a network that is slow
//! and breaks.

use content::Content;
use tests::browser::Network;
use tests::browser::Screen::Phone;
use tests::browser::Scripts::{Off, On};
use tests::server::{Server, Setup};

use crate::look::{Walk, Window};
use crate::questions::Answer::{Choose, Fill, Select};
use crate::questions::{Answer, BIRTH, Page, answer, with_the_mouse};
use crate::representation::register;

const PERSON: &str = "Rơ Châm H'Lan";
const PAPER: &[u8] = b"%PDF-1.7\n% a paper\n%%EOF\n";
/// The most that a whole filing without files takes over the wire, in bytes.
const MOST_BYTES: u64 = 100_000;

/// Tờ khai đăng ký kết hôn.
const MARRIAGE: &[Page] = &[
    ("Bên nữ", BRIDE),
    (
        "Bên nam",
        &[
            Fill("Họ và tên", "Puih Thuân"),
            Fill("Ngày", "19"),
            Fill("Tháng", "8"),
            Fill("Năm", "1995"),
            Select("Dân tộc", "Gia-rai"),
            Fill("Nơi cư trú", "Làng Jút 1, xã Ia Hrung, huyện Ia Grai"),
            Select("Loại giấy tờ", "Thẻ căn cước công dân"),
            Fill("Số giấy tờ", "064095009027"),
            Fill("Đây là lần kết hôn thứ mấy?", "1"),
        ],
    ),
    ("Bản sao", &[Choose("Có", "Không")]),
];
const BRIDE: &[Answer] = &[
    Fill("Họ và tên", PERSON),
    Fill("Ngày", "12"),
    Fill("Tháng", "3"),
    Fill("Năm", "1985"),
    Select("Dân tộc", "Gia-rai"),
    Fill("Nơi cư trú", "Làng Jút 1, xã Ia Hrung, huyện Ia Grai"),
    Select("Loại giấy tờ", "Thẻ căn cước"),
    Fill("Số giấy tờ", "064185009014"),
    Fill("Đây là lần kết hôn thứ mấy?", "1"),
];

/// Giấy đề nghị đăng ký hộ kinh doanh: one person alone, whose household is not asked for.
const BUSINESS: &[Page] = &[
    ("Chủ hộ kinh doanh", &[Choose("Nam", "Nữ"), Fill("Nơi thường trú", "Tổ 1, thị trấn Ia Kha, huyện Ia Grai")]),
    ("Tên hộ kinh doanh", &[Fill("Tên hộ kinh doanh bằng tiếng Việt", "Hộ kinh doanh Cà phê H'Lan")]),
    ("Trụ sở", &[Fill("Địa chỉ trụ sở", "12 Hùng Vương, thị trấn Ia Kha, huyện Ia Grai"), Choose("Có", "Có")]),
    ("Ngành, nghề kinh doanh", &[Fill("Tên ngành", "Bán lẻ cà phê")]),
    ("Vốn kinh doanh", &[Fill("Vốn kinh doanh (đồng)", "50.000.000")]),
    ("Thông tin đăng ký thuế", &[Fill("Số lao động dự kiến", "2"), Choose("Phương pháp kê khai", "Phương pháp khoán")]),
    ("Chủ thể thành lập", &[Choose("Cá nhân", "Cá nhân")]),
];

/// Đơn đề nghị cấp giấy phép xây dựng nhà ở riêng lẻ.
const BUILDING: &[Page] = &[
    ("Chủ đầu tư", &[]),
    (
        "Địa điểm xây dựng",
        &[
            Fill("Lô đất số", "45"),
            Fill("Diện tích lô đất (m²)", "120,5"),
            Fill("Địa chỉ xây dựng", "12 Hùng Vương, thị trấn Ia Kha, huyện Ia Grai"),
        ],
    ),
    ("Thiết kế xây dựng", &[Fill("Tổ chức hoặc cá nhân lập thiết kế", "Công ty Tư vấn Xây dựng Gia Lai")]),
    (
        "Nội dung đề nghị cấp phép",
        &[
            Choose("Cấp I", "Cấp III"),
            Fill("Cốt xây dựng (m)", "0,45"),
            Fill("Diện tích xây dựng tầng 1 (tầng trệt) (m²)", "80"),
            Fill("Tổng diện tích sàn (m²)", "160"),
            Fill("Chiều cao công trình (m)", "8,5"),
            Fill("Số tầng", "2"),
        ],
    ),
    ("Thời gian hoàn thành", &[Fill("Dự kiến hoàn thành trong (tháng)", "8")]),
];

/// A procedure: its code, the pages of its form, the papers that must be given, and what the review says.
type Filing = (&'static str, &'static [Page], &'static [&'static str], &'static [&'static str]);

const FILINGS: &[Filing] = &[
    ("1.000894", MARRIAGE, &[], &["Puih Thuân", "19/08/1995", "Không thu phí, lệ phí"]),
    ("1.001612", BUSINESS, &[], &["Bán lẻ cà phê", "50.000.000 đồng", "150.000 đồng"]),
    (
        "1.013225",
        BUILDING,
        &["Giấy tờ hợp pháp về đất đai", "Hồ sơ thiết kế xây dựng"],
        &["120,5 m²", "Cấp III", "Dự kiến hoàn thành trong"],
    ),
];

#[tokio::test]
async fn forms_are_filed_on_a_telephone_with_scripts_and_without() {
    let server = Server::start(Setup::default()).await;
    let content = Content::load().unwrap();
    for (number, scripts) in [On, Off].into_iter().enumerate() {
        let mut walk = Walk::open(&server, Window::new("forms", (Phone, scripts))).await;
        register(&mut walk, "Công dân", &format!("0641850090{number}4"), PERSON).await;
        for (code, pages, papers, words) in FILINGS {
            let agency = &content.agencies_of(&code.parse().unwrap())[0];
            walk.goto(&format!("/nop-ho-so/{code}?co-quan={agency}")).await;
            walk.browser.fill("Địa chỉ", "Tổ 1, thị trấn Ia Kha").await;
            walk.browser.press("Tiếp tục").await;
            answer(&mut walk, pages, code).await;
            receive_online(&walk).await;
            for paper in *papers {
                walk.browser.upload(paper, &paper_file(walk.browser.folder(), paper)).await;
            }
            walk.look(&format!("{code}-files")).await;
            walk.browser.press("Tiếp tục").await;
            walk.look(&format!("{code}-review")).await;
            for words in *words {
                walk.browser.must_say(words).await;
            }
            walk.browser.press("Nộp hồ sơ").await;
            assert_eq!(walk.browser.heading().await, "Nộp hồ sơ thành công");
        }
        walk.end();
    }
}

/// 50 kbit/s, two seconds to every answer, and for a while nothing at all: what was typed is kept, and the whole filing
/// (without its files) is light.
#[tokio::test]
async fn a_birth_is_registered_over_a_network_that_is_slow_and_breaks() {
    let server = Server::start(Setup::default()).await;
    let mut walk = Walk::open(&server, Window::new("slow", (Phone, On))).await;
    register(&mut walk, "Công dân", "064190000777", PERSON).await;
    walk.browser.forget_pages().await;
    walk.browser.set_network(Network::Slow).await;
    let mut bytes = Wire::default();
    walk.goto("/nop-ho-so/1.001193?co-quan=H21.58.51").await;
    bytes.count(&walk).await;
    walk.browser.fill("Địa chỉ", "Tổ 1, thị trấn Ia Kha").await;
    walk.browser.press("Tiếp tục").await;
    for (number, page) in BIRTH.iter().enumerate() {
        bytes.count(&walk).await;
        if number == 2 {
            // The network is gone while she types; the page says so, keeps what stands in it, and saves it afterwards.
            walk.browser.set_network(Network::None).await;
            for one in page.1 {
                with_the_mouse(&walk, *one).await;
            }
            walk.browser.must_say("Chưa lưu được").await;
            walk.look("cut").await;
            walk.browser.set_network(Network::Slow).await;
            walk.browser.fill("Nơi sinh", "Bệnh viện Đa khoa tỉnh").await;
            walk.browser.must_say("Đã lưu lúc").await;
            walk.browser.reload().await;
            assert_eq!(walk.browser.value("Họ và tên").await, "Rơ Châm H'Mai");
            assert_eq!(walk.browser.value("Nơi sinh").await, "Bệnh viện Đa khoa tỉnh");
            walk.browser.press("Tiếp tục").await;
        } else {
            for one in page.1 {
                with_the_mouse(&walk, *one).await;
            }
            walk.browser.press("Tiếp tục").await;
        }
    }
    bytes.count(&walk).await;
    receive_online(&walk).await;
    bytes.count(&walk).await;
    walk.browser.set_network(Network::Whole).await;
    walk.browser.upload("Giấy chứng sinh", &paper_file(walk.browser.folder(), "Giấy chứng sinh")).await;
    walk.browser.press("Tiếp tục").await;
    bytes.count(&walk).await;
    walk.browser.press("Nộp hồ sơ").await;
    assert_eq!(walk.browser.heading().await, "Nộp hồ sơ thành công");
    bytes.count(&walk).await;
    println!("a whole filing without files: {} bytes over the wire in {} pages", bytes.sum, bytes.pages);
    assert!(bytes.sum <= MOST_BYTES, "{} bytes", bytes.sum);
    walk.end();
}

/// What pages and all that they fetch took over the wire.
#[derive(Default)]
struct Wire {
    sum: u64,
    pages: u32,
}

impl Wire {
    /// Adds the page in the window; what came from the browser's memory counts nothing.
    async fn count(&mut self, walk: &Walk<'_>) {
        let script =
            "return [...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')]
            .reduce((sum, entry) => sum + entry.transferSize, 0)";
        self.sum += walk.browser.run(script, Vec::new()).await.as_u64().unwrap();
        self.pages += 1;
    }
}

async fn receive_online(walk: &Walk<'_>) {
    walk.browser.choose("Nhận trực tuyến").await;
    walk.browser.press("Tiếp tục").await;
}

/// A paper as a file; none is written twice, since a browser does not send what changed after it was chosen.
fn paper_file(folder: &std::path::Path, title: &str) -> std::path::PathBuf {
    let paper = folder.join(format!("{title}.pdf"));
    std::fs::write(&paper, PAPER).unwrap();
    paper
}

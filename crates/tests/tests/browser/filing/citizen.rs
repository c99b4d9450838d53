//! What the citizen does: looks for the procedure, registers by the leaflet's seven steps, files, follows, receives.

use super::officer::OFFICE;
use super::papers::Papers;
use crate::look::Walk;
use crate::questions::{BIRTH, answer};
use crate::readers::{letter, moment_after};
use tests::pdf::pdf_text;

pub(super) const PROCEDURE: &str = "Thủ tục đăng ký khai sinh";
/// A paper of the procedure.
pub(super) const PAPER: &str = "Giấy chứng sinh";
const OTHER: &str = "Giấy tờ khác";
const PASSWORD: &str = "Rẫy-tiêu-Ia-Hrung-8";
const ADDRESS: &str = "12 Hùng Vương, thị trấn Ia Kha, huyện Ia Grai, tỉnh Gia Lai";

/// What a second window would send that stood open on the review while the first one filed.
const SUBMIT_AGAIN: &str = "
    const form = document.createElement('form');
    form.method = 'post';
    form.action = arguments[0];
    form.append(document.querySelector('input[name=csrf]').cloneNode());
    document.body.append(form);
    form.submit();";

/// A person with an identity card, an address for letters and a password.
pub(super) struct Citizen {
    pub(super) identity: String,
    pub(super) name: &'static str,
    pub(super) email: String,
    pub(super) password: &'static str,
    pub(super) address: &'static str,
    pub(super) papers: Papers,
}

/// What the portal says of a dossier that was filed.
pub(super) struct Filed {
    pub(super) code: String,
    pub(super) secret: String,
    pub(super) answer_due: String,
    /// The page on which it was submitted.
    review: String,
    pub(super) citizen: &'static str,
}

impl Citizen {
    /// One of the test's people.
    pub(super) fn number(number: u32) -> Self {
        Self {
            identity: format!("064190{number:06}"),
            name: "Rơ Châm H'Lan",
            email: format!("nguoi-nop-{number}@example.com"),
            password: PASSWORD,
            address: ADDRESS,
            papers: Papers::new(),
        }
    }

    /// From the home page, in her own words, to the page of the procedure and on to the choice of the agency.
    pub(super) async fn find_the_procedure(&self, walk: &mut Walk<'_>) {
        walk.goto("/").await;
        walk.look("home").await;
        walk.browser.fill("Quý vị cần làm thủ tục gì?", "khai sinh").await;
        walk.browser.press("Tìm").await;
        walk.look("search").await;
        walk.browser.follow(PROCEDURE).await;
        walk.look_at(PROCEDURE, "procedure").await;
        walk.browser.follow("Nộp hồ sơ").await;
        walk.look_at("Chọn nơi nộp hồ sơ", "agencies").await;
    }

    /// The same by the leaflet's way (R51, R52): the menu *Dịch vụ công*, a search, *Nộp hồ sơ*.
    pub(super) async fn find_the_service(&self, walk: &mut Walk<'_>) {
        walk.browser.follow("Dịch vụ công").await;
        walk.look_at("Dịch vụ công", "services").await;
        walk.browser.fill("Tìm dịch vụ công", "khai sinh").await;
        walk.browser.press("Tìm").await;
        walk.look("services-found").await;
        walk.browser.follow(&format!("Nộp hồ sơ: {PROCEDURE}")).await;
        assert_eq!(walk.browser.heading().await, "Chọn nơi nộp hồ sơ");
    }

    /// Finds her commune among the agencies.
    pub(super) async fn choose_the_agency(&self, walk: &mut Walk<'_>) {
        walk.browser.fill("Tìm theo tên cơ quan hoặc nơi quý vị ở", "ia kha").await;
        walk.browser.press("Tìm").await;
        walk.look("agency").await;
        walk.browser.follow(OFFICE).await;
    }

    /// The leaflet's seven steps (R37–R43), from the home page to being signed in.
    pub(super) async fn register(&self, walk: &mut Walk<'_>) {
        walk.goto("/").await;
        walk.browser.follow("Đăng ký").await;
        walk.look("register-kind").await;
        walk.browser.choose("Công dân").await;
        walk.browser.press("Xác minh mức độ trung bình (IAL2)").await;
        walk.look("register-number").await;
        walk.browser.fill("CMND/CCCD", &self.identity).await;
        walk.browser.press("Tiến hành đăng ký").await;
        walk.look("register-details").await;
        let fields = [
            ("Mật khẩu", self.password),
            ("Nhập lại mật khẩu", self.password),
            ("Họ và tên", self.name),
            ("Ngày", "2"),
            ("Tháng", "9"),
            ("Năm", "1990"),
            ("Số điện thoại", "0912 345 678"),
            ("Email", &self.email),
        ];
        for (label, text) in fields {
            walk.browser.fill(label, text).await;
        }
        walk.browser.press("Đăng ký").await;
        walk.look("registered").await;
        let letter = letter(walk.server, &self.email, "dang-ky/xac-nhan").await;
        walk.browser.goto(letter["links"][0].as_str().unwrap()).await;
        walk.look("confirm").await;
        walk.browser.press("Xác nhận").await;
        walk.look("confirmed").await;
        walk.browser.follow("Đăng nhập").await;
        walk.look("sign-in").await;
        self.sign_in(walk).await;
    }

    /// Fills in the page in the window.
    pub(super) async fn sign_in(&self, walk: &Walk<'_>) {
        walk.browser.fill("Tên tài khoản (CMND/CCCD)", &self.identity).await;
        walk.browser.fill("Mật khẩu", self.password).await;
        walk.browser.press("Đăng nhập").await;
        walk.browser.must_say(self.name).await;
    }

    pub(super) async fn sign_out(&self, walk: &mut Walk<'_>) {
        walk.browser.press("Đăng xuất").await;
        assert!(!walk.browser.text().await.contains(self.name), "{}", walk.browser.text().await);
    }

    /// The pages of filing (R53–R58).
    pub(super) async fn file(&self, walk: &mut Walk<'_>) -> Filed {
        self.enter_the_owner(walk).await;
        answer(walk, BIRTH, "birth").await;
        self.choose_where_to_receive(walk).await;
        self.attach(walk).await;
        walk.look_at("Bước 10 trong 10 bước Kiểm tra và nộp hồ sơ", "review").await;
        for words in [
            PROCEDURE,
            OFFICE,
            self.name,
            &self.identity,
            "0912 345 678",
            ADDRESS,
            "Nhận trực tuyến",
            "Giấy chứng sinh.pdf",
            "Sổ hộ khẩu.pdf",
            "Rơ Châm H'Mai",
            "05/11/2026",
            "Gia-rai",
            "16.000 đồng",
        ] {
            walk.browser.must_say(words).await;
        }
        let review = walk.path().await;
        walk.browser.press("Nộp hồ sơ").await;
        let filed = self.read_the_success(walk, review).await;
        self.keep_the_receipt(walk, &filed).await;
        filed
    }

    async fn enter_the_owner(&self, walk: &mut Walk<'_>) {
        walk.look_at("Bước 1 trong 10 bước Chủ hồ sơ", "owner").await;
        // What the account knows is not asked again (R8).
        assert_eq!(walk.browser.value("Họ và tên chủ hồ sơ").await, self.name);
        assert_eq!(walk.browser.value("Số CMND/CCCD hoặc mã số thuế").await, self.identity);
        assert_eq!(walk.browser.value("Năm").await, "1990");
        walk.browser.fill("Số điện thoại", "không có").await;
        walk.browser.press("Tiếp tục").await;
        walk.look("owner-refused").await;
        let told = walk.browser.description("Số điện thoại").await;
        assert!(told.contains("Số điện thoại không đúng. Ví dụ đúng: 0912 345 678"), "{told}");
        assert!(walk.browser.description("Địa chỉ").await.contains("Nhập địa chỉ"));
        assert_eq!(walk.browser.value("Số điện thoại").await, "không có");
        walk.browser.fill("Số điện thoại", "0912 345 678").await;
        walk.browser.fill("Địa chỉ", ADDRESS).await;
        walk.browser.press("Tiếp tục").await;
    }

    async fn choose_where_to_receive(&self, walk: &mut Walk<'_>) {
        walk.look_at("Bước 8 trong 10 bước Nơi nhận kết quả", "delivery").await;
        walk.browser.press("Tiếp tục").await;
        walk.look("delivery-refused").await;
        walk.browser.must_say("Chọn nơi nhận kết quả").await;
        walk.browser.choose("Nhận trực tuyến").await;
        walk.browser.press("Tiếp tục").await;
    }

    async fn attach(&self, walk: &mut Walk<'_>) {
        walk.look_at("Bước 9 trong 10 bước Tệp đính kèm", "files").await;
        // With scripts a file goes as soon as it is chosen.
        let has_scripts = walk.has_scripts();
        let send = async |walk: &Walk<'_>, paper: &str| {
            if !has_scripts {
                walk.browser.press(&format!("Tải lên {paper}")).await;
            }
        };
        let no_papers = [
            (self.papers.one_byte(), "Nội dung tệp không phải PDF, ảnh", "one-byte"),
            (self.papers.program(), "Tệp này là một chương trình, không phải giấy tờ", "program"),
        ];
        for (file, sentence, page) in no_papers {
            walk.browser.upload(PAPER, &file).await;
            send(walk, PAPER).await;
            walk.browser.must_say(sentence).await;
            walk.look(&format!("files-{page}")).await;
            let told = walk.browser.description(PAPER).await;
            assert!(told.contains(sentence), "beside the field stands {told:?}");
        }
        walk.browser.upload(PAPER, &self.papers.scan()).await;
        send(walk, PAPER).await;
        walk.browser.must_say("Giấy chứng sinh.pdf (mở trong thẻ mới)").await;
        walk.look("files-attached").await;
        walk.browser.upload(OTHER, &self.papers.small("nhầm.pdf")).await;
        send(walk, "Giấy tờ khác").await;
        walk.browser.must_say("nhầm.pdf (mở trong thẻ mới)").await;
        walk.browser.press("Xóa nhầm.pdf").await;
        assert!(!walk.browser.text().await.contains("nhầm.pdf"));
        // Chosen and not yet uploaded: going on takes it along.
        walk.browser.upload(OTHER, &self.papers.small("Sổ hộ khẩu.pdf")).await;
        walk.browser.press("Tiếp tục").await;
    }

    async fn read_the_success(&self, walk: &mut Walk<'_>, review: String) -> Filed {
        walk.look_at("Nộp hồ sơ thành công", "filed").await;
        walk.browser.must_say("Hồ sơ đã được chuyển đến bộ phận tiếp nhận hồ sơ.").await;
        let text = async |id: &str| {
            let script = "return document.getElementById(arguments[0]).innerText.trim()";
            walk.browser.run(script, vec![id.into()]).await.as_str().unwrap().to_owned()
        };
        let (code, secret) = (text("ma-ho-so").await, text("ma-tra-cuu").await);
        assert!(code.starts_with("H21.58.51-"), "{code}");
        assert_eq!(secret.len(), 4, "{secret}");
        let answer_due = moment_after(&walk.browser.text().await, "Hạn trả lời tiếp nhận");
        Filed { code, secret, answer_due, review, citizen: self.name }
    }

    async fn keep_the_receipt(&self, walk: &mut Walk<'_>, filed: &Filed) {
        walk.browser.tap("Tải Giấy xác nhận đã nộp hồ sơ (PDF)").await;
        let (name, receipt) = walk.browser.take_download().await;
        assert_eq!(name, format!("{}-bien-nhan.pdf", filed.code));
        let receipt = pdf_text(&receipt);
        for words in [&filed.code, &filed.secret, PROCEDURE, self.name, "Giấy chứng sinh.pdf", "Sổ hộ khẩu.pdf"]
        {
            assert!(receipt.contains(words), "{words:?} is not on the receipt: {receipt}");
        }
        let letter = letter(walk.server, &self.email, &filed.code).await;
        assert!(letter["text"].as_str().unwrap().contains("Thủ tục: Đăng ký khai sinh"), "{letter}");
    }

    /// Back and once more, a window that was left open, a reload: the dossier is filed once.
    pub(super) async fn files_nothing_more(&self, walk: &mut Walk<'_>, filed: &Filed) {
        let done = format!("/ho-so/{}/da-nop", filed.code);
        walk.browser.reload().await;
        assert_eq!(walk.path().await, done);
        walk.browser.back().await;
        if walk.browser.offers("Nộp hồ sơ").await {
            walk.browser.press("Nộp hồ sơ").await;
        }
        assert_eq!(walk.path().await, done);
        walk.goto("/").await;
        walk.browser.run(SUBMIT_AGAIN, vec![filed.review.as_str().into()]).await;
        walk.browser.must_say("Nộp hồ sơ thành công").await;
        assert_eq!(walk.path().await, done);
        walk.browser.follow("Hồ sơ của tôi").await;
        walk.look_at("Hồ sơ của tôi", "my-dossiers").await;
        let list = walk.browser.text().await;
        assert_eq!(list.matches("H21.58.51-").count(), 1, "{list}");
        assert!(list.contains(&filed.code) && !list.contains("Bắt đầu soạn lúc"), "{list}");
    }

    /// The signed receipt is kept, found right by the page that checks it, and wrong once a letter is another.
    pub(super) async fn check_the_receipt(&self, walk: &mut Walk<'_>, filed: &Filed) {
        walk.goto(&format!("/ho-so/{}/da-nop", filed.code)).await;
        walk.browser.follow("Biên nhận có ký số").await;
        walk.look_at(&format!("Biên nhận hồ sơ {}", filed.code), "receipt").await;
        walk.browser.tap("Tải biên nhận đầy đủ (JSON)").await;
        let (name, receipt) = walk.browser.take_download().await;
        assert_eq!(name, format!("{}-bien-nhan.json", filed.code));
        let receipt = String::from_utf8(receipt).unwrap();
        walk.browser.follow("Kiểm tra biên nhận").await;
        walk.look_at("Kiểm tra biên nhận", "receipt-check").await;
        walk.browser.fill("Hoặc dán nội dung biên nhận (không bắt buộc)", &receipt).await;
        walk.browser.press("Kiểm tra").await;
        walk.look_at("Kiểm tra biên nhận Biên nhận đúng", "receipt-right").await;
        walk.browser.follow("Kiểm tra biên nhận khác").await;
        let changed = receipt.replace(self.name, "Người khác");
        walk.browser.fill("Hoặc dán nội dung biên nhận (không bắt buộc)", &changed).await;
        walk.browser.press("Kiểm tra").await;
        walk.look_at("Kiểm tra biên nhận Biên nhận không đúng", "receipt-wrong").await;
    }

    /// Signs in again and downloads what the officer has attached.
    pub(super) async fn receive_the_result(&self, walk: &mut Walk<'_>, filed: &Filed) {
        walk.goto("/ho-so").await;
        walk.look("sign-in-on-the-way").await;
        self.sign_in(walk).await;
        walk.browser.follow(PROCEDURE).await;
        walk.look_at(&format!("Hồ sơ {}", filed.code), "dossier").await;
        walk.browser.must_say("Đã trả kết quả").await;
        walk.browser.tap("Giấy khai sinh.pdf").await;
        let (name, bytes) = walk.browser.take_download().await;
        assert_eq!(name, "Giấy khai sinh.pdf");
        assert_eq!(bytes, self.papers.result().1);
        walk.browser.follow("Xem cách tính thời hạn").await;
        walk.look_at(&format!("{} Cách tính ngày hẹn trả kết quả", filed.code), "due-date").await;
        letter(walk.server, &self.email, "đã có kết quả").await;
        self.sign_out(walk).await;
    }

    /// Without signing in: nothing without the secret, everything about the progress with it, and never who it is about.
    pub(super) async fn track_to_the_end(&self, walk: &mut Walk<'_>, filed: &Filed) {
        walk.goto("/").await;
        walk.browser.follow("Tra cứu").await;
        walk.look_at("Tra cứu hồ sơ", "tracking").await;
        walk.browser.fill("Mã hồ sơ", &filed.code).await;
        walk.browser.fill("Mã tra cứu", "0000").await;
        walk.browser.press("Tra cứu").await;
        walk.look("tracking-wrong").await;
        walk.browser.must_say("Không có hồ sơ nào khớp với mã hồ sơ và mã tra cứu này").await;
        let text = walk.browser.text().await;
        assert!(!text.contains(PROCEDURE) && !text.contains(OFFICE), "a wrong secret tells: {text}");
        walk.browser.fill("Mã tra cứu", &filed.secret).await;
        walk.browser.press("Tra cứu").await;
        walk.look_at(&format!("Hồ sơ {}", filed.code), "tracking-returned").await;
        let text = walk.browser.text().await;
        for words in [PROCEDURE, OFFICE, "Đã trả kết quả", "Đã giải quyết xong", "Đã tiếp nhận", "Đã nộp"]
        {
            assert!(text.contains(words), "{words:?} is missing: {text}");
        }
        assert!(!text.contains(self.name) && !text.contains(&self.identity), "{text}");
    }
}

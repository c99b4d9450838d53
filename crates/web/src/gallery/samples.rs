//! What the gallery shows: entered and refused forms, and lists with short, long and missing values.

use crate::view::form::{Choice, FormView};
use crate::view::parts::{Link, Pagination, Step, StepState, SummaryRow, Task, Tone};

pub(super) struct Samples {
    pub(super) crumbs: Vec<Link>,
    pub(super) kinds: Vec<Choice>,
    pub(super) deliveries: Vec<Choice>,
    pub(super) communes: Vec<Choice>,
    pub(super) rows: Vec<SummaryRow>,
    pub(super) tasks: Vec<Task>,
    pub(super) steps: Vec<Step>,
    pub(super) pages: Pagination,
    pub(super) tones: [(Tone, &'static str); 5],
    pub(super) dossiers: Vec<SampleDossier>,
}

pub(super) struct SampleDossier {
    pub(super) code: String,
    pub(super) procedure: &'static str,
    pub(super) owner: &'static str,
    pub(super) filed_at: &'static str,
    pub(super) due_at: &'static str,
    pub(super) status: &'static str,
    pub(super) tone: Tone,
}

pub(super) fn filled_form() -> FormView {
    FormView::new()
        .with("full_name", "Nguyễn Thị Ánh Tuyết")
        .with("birth_date.day", "22")
        .with("birth_date.month", "11")
        .with("birth_date.year", "1990")
        .with("kind", "citizen")
        .with("delivery", "post")
        .with("delivery", "online")
        .with("commune", "23767")
        .with("note", "Đề nghị gọi trước khi giao kết quả.")
        .with("agree", "1")
}

pub(super) fn refused_form() -> FormView {
    let mut form = FormView::new()
        .with("full_name", "Nguyễn <b>Văn</b> \"A\"")
        .with("birth_date.day", "31")
        .with("birth_date.month", "2");
    form.refuse("full_name", "Họ và tên chỉ gồm chữ cái và khoảng trắng");
    form.refuse("email", "Nhập địa chỉ thư điện tử, ví dụ ten@example.com");
    form.refuse("password", "Mật khẩu cần ít nhất 8 ký tự");
    form.refuse("birth_date", "Ngày sinh phải là một ngày có thật, ví dụ 22/11/1990");
    form.refuse("kind", "Chọn loại tài khoản");
    form.refuse("delivery", "Chọn ít nhất một cách nhận kết quả");
    form.refuse("commune", "Chọn xã, phường nơi cư trú");
    form.refuse("note", "Ghi chú dài tối đa 500 ký tự");
    form.refuse("paper", "Tệp phải là PDF, JPG hoặc PNG, dung lượng không quá 100 MB");
    form.refuse("agree", "Đánh dấu để xác nhận thông tin là đúng");
    form.refuse("captcha", "Mã xác thực không đúng. Hình đã được đổi, vui lòng nhập mã mới");
    form
}

pub(super) fn samples() -> Samples {
    let task = |text: &str, href: Option<&str>, status: &str, tone| Task {
        text: text.to_owned(),
        href: href.map(str::to_owned),
        hint: String::new(),
        status: status.to_owned(),
        tone,
    };
    let step = |title: &str, at: &str, by: &str, note: &str, state| Step {
        title: title.to_owned(),
        at: at.to_owned(),
        by: by.to_owned(),
        note: note.to_owned(),
        state,
    };
    Samples {
        crumbs: vec![
            Link::new("/", "Trang chủ"),
            Link::new("/thu-tuc", "Thủ tục"),
            Link::new("/thu-tuc?q=ho-tich", "Hộ tịch"),
        ],
        kinds: vec![
            Choice::new("citizen", "Công dân"),
            Choice::new("enterprise", "Doanh nghiệp")
                .with_hint("Doanh nghiệp, hợp tác xã, hộ kinh doanh có mã số thuế."),
        ],
        deliveries: vec![
            Choice::new("desk", "Nhận tại Bộ phận tiếp nhận và trả kết quả"),
            Choice::new("post", "Nhận qua dịch vụ bưu chính công ích")
                .with_hint("Cước phí trả cho nhân viên bưu điện khi nhận."),
            Choice::new("online", "Nhận bản điện tử trên Cổng"),
        ],
        communes: vec![
            Choice::new("23764", "Xã Ia Krái"),
            Choice::new("23767", "Xã Ia Grai"),
            Choice::new("23770", "Xã Ia Hrung"),
        ],
        rows: vec![
            SummaryRow::new("Họ và tên", "Nguyễn Thị Ánh Tuyết").changed_at("#a"),
            SummaryRow::new("Số CMND/CCCD", "064190001234"),
            SummaryRow::new("Địa chỉ", "Thôn Thắng Trạch 2\nXã Ia Grai\nTỉnh Gia Lai").changed_at("#b"),
            SummaryRow::new("Thư điện tử", "").changed_at("#c"),
        ],
        tasks: vec![
            task("Chủ hồ sơ", Some("#1"), "Đã nhập", Tone::Good),
            task("Nơi nhận kết quả", Some("#2"), "Đang nhập", Tone::Active),
            task("Tệp đính kèm thành phần hồ sơ", Some("#3"), "Chưa nhập", Tone::Neutral),
            task("Nộp hồ sơ", None, "Chưa thể nộp", Tone::Neutral),
        ],
        steps: vec![
            step("Trả kết quả", "", "", "", StepState::ToCome),
            step(
                "Đang giải quyết",
                "08:30 23/11/2026",
                "UBND xã Ia Grai · Rơ Châm H’Len",
                "Hẹn trả 16:00 26/11/2026.",
                StepState::Current,
            ),
            step("Đã tiếp nhận", "08:10 23/11/2026", "UBND xã Ia Grai", "", StepState::Done),
            step("Đã nộp hồ sơ", "21:47 22/11/2026", "Nguyễn Thị Ánh Tuyết", "", StepState::Done),
        ],
        pages: Pagination::new(6, 5_664, 20, "/thu-tuc?q=khai%20sinh"),
        tones: [
            (Tone::Neutral, "Bản nháp"),
            (Tone::Active, "Đang giải quyết"),
            (Tone::Good, "Đã trả kết quả"),
            (Tone::Attention, "Sắp đến hạn"),
            (Tone::Bad, "Quá hạn"),
        ],
        dossiers: sample_dossiers(),
    }
}

fn sample_dossiers() -> Vec<SampleDossier> {
    let kinds = [
        ("Đăng ký khai sinh", "Nguyễn Thị Ánh Tuyết", "Quá hạn", Tone::Bad),
        ("Đăng ký kết hôn", "Siu H’Bia", "Sắp đến hạn", Tone::Attention),
        (
            "Đăng ký, cấp Giấy chứng nhận quyền sử dụng đất, quyền sở hữu tài sản gắn liền với đất lần đầu đối với tổ chức đang sử dụng đất",
            "Công ty TNHH Một thành viên Cà phê Ia Grai",
            "Chờ tiếp nhận",
            Tone::Neutral,
        ),
        ("Xác nhận tình trạng hôn nhân", "Rơ Mah Đốt", "Đang giải quyết", Tone::Active),
    ];
    let rows = (1..=24).zip(kinds.iter().cycle());
    rows.map(|(number, (procedure, owner, status, tone))| SampleDossier {
        code: format!("H21.58.51-261122-{number:04}"),
        procedure,
        owner,
        filed_at: "21:47 22/11/2026",
        due_at: "16:00 26/11/2026",
        status,
        tone: *tone,
    })
    .collect()
}

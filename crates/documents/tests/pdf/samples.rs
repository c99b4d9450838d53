//! Documents as a day at the desk brings them, for tests and for looking at.

use documents::{
    AcceptanceSlip, Applicant, Issue, Letter, LetterBlock, Letterhead, Moment, PortalSignature, Receipt, ReceivedFile,
    RefusalReason, RefusalSlip, RequestedItem, Signature, SlipCopy, SubmittedComponent, SupplementSlip,
};

/// The longest name of a procedure in the national database begins like this and goes on; 1,192 characters.
pub(crate) const LONG_NAME: &str = "Đăng ký biến động đối với trường hợp thay đổi quyền sử dụng đất, quyền sở hữu tài sản gắn liền với đất theo thỏa thuận của các thành viên hộ gia đình hoặc của vợ và chồng; quyền sử dụng đất xây dựng công trình trên mặt đất phục vụ cho việc vận hành, khai thác sử dụng công trình ngầm, quyền sở hữu công trình ngầm; bán tài sản, điều chuyển, chuyển nhượng quyền sử dụng đất là tài sản công theo quy định của pháp luật về quản lý, sử dụng tài sản công; nhận quyền sử dụng đất, quyền sở hữu tài sản gắn liền với đất theo kết quả giải quyết tranh chấp, khiếu nại, tố cáo về đất đai hoặc bản án, quyết định của Tòa án, quyết định thi hành án của cơ quan thi hành án đã được thi hành; quyết định hoặc phán quyết của Trọng tài thương mại Việt Nam về giải quyết tranh chấp giữa các bên phát sinh từ hoạt động thương mại liên quan đến đất đai; nhận quyền sử dụng đất, quyền sở hữu tài sản gắn liền với đất do xử lý tài sản thế chấp là quyền sử dụng đất, tài sản gắn liền với đất đã được đăng ký, bao gồm cả xử lý tài sản thế chấp là quyền sử dụng đất, tài sản gắn liền với đất đã được đăng ký, bao gồm cả xử lý khoản nợ có nguồn gốc từ khoản nợ xấu của tổ chức tín dụng, chi nhánh ngân hàng nước ngoài";

const CODE: &str = "H21.58-261122-0001";
const ADDRESS: &str = "https://dichvucong.gialai.gov.vn/tra-cuu?ma-ho-so=H21.58-261122-0001";
const PAGE: &str = "dichvucong.gialai.gov.vn/tra-cuu";
const PHONE: &str = "0269 3844 789";

pub(crate) fn receipt() -> Receipt {
    Receipt {
        letterhead: letterhead(),
        code: CODE.to_owned(),
        secret: "K7MX".to_owned(),
        procedure_code: "1.004194".to_owned(),
        procedure_name: "Đăng ký tạm trú".to_owned(),
        catalogue_version: "19/07/2026".to_owned(),
        owner_name: "Rơ Châm H’Nưn".to_owned(),
        owner_number: "064199012345".to_owned(),
        filer_name: "Nguyễn Thị Hồng Hạnh".to_owned(),
        filed_at: Moment { year: 2026, month: 11, day: 22, hour: 14, minute: 5 },
        answer_due_at: Moment { year: 2026, month: 11, day: 23, hour: 14, minute: 5 },
        answer_hours: 8,
        delivery: "Qua bưu điện: Rơ Châm H’Nưn, 0905 123 456, Làng Kép, xã Ia O, huyện Ia Grai, tỉnh Gia Lai"
            .to_owned(),
        files: vec![
            file("Tờ khai thay đổi thông tin cư trú (Mẫu CT01)", "to-khai-CT01.pdf", 384_201),
            file("Giấy tờ, tài liệu chứng minh chỗ ở hợp pháp", "Hợp đồng thuê nhà – trang 1.jpg", 2_148_552),
            file("Giấy tờ, tài liệu chứng minh chỗ ở hợp pháp", "Hợp đồng thuê nhà – trang 2.jpg", 1_987_004),
        ],
        look_up_address: ADDRESS.to_owned(),
        look_up_page: PAGE.to_owned(),
        help_phone: PHONE.to_owned(),
        portal_signature: Some(portal_signature()),
    }
}

pub(crate) fn portal_signature() -> PortalSignature {
    let digest = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";
    let page = "https://dichvucong.gialai.gov.vn/kiem-tra-bien-nhan";
    PortalSignature {
        digest: digest.to_owned(),
        signature: "hgyY0il_MGCjP0Jz".to_owned(),
        check_address: format!("{page}?ma={CODE}&so={digest}"),
        check_page: page.to_owned(),
    }
}

pub(crate) fn acceptance_slip() -> AcceptanceSlip {
    AcceptanceSlip {
        letterhead: letterhead(),
        number: "12/TNHS".to_owned(),
        place: "Ia Grai".to_owned(),
        copy: SlipCopy::ForFiler,
        code: CODE.to_owned(),
        applicant: applicant(),
        procedure_code: "1.004194".to_owned(),
        procedure_name: "Đăng ký tạm trú".to_owned(),
        components: vec![
            SubmittedComponent {
                name: "Tờ khai thay đổi thông tin cư trú (Mẫu CT01)".to_owned(),
                quantity: "1 tệp".to_owned(),
            },
            SubmittedComponent {
                name: "Giấy tờ, tài liệu chứng minh chỗ ở hợp pháp".to_owned(),
                quantity: "2 tệp".to_owned(),
            },
        ],
        sets: 1,
        time_limit: "3 ngày làm việc".to_owned(),
        accepted_at: Moment { year: 2026, month: 11, day: 23, hour: 8, minute: 40 },
        due_at: Moment { year: 2026, month: 11, day: 27, hour: 8, minute: 40 },
        due_derivation:
            "3 ngày làm việc kể từ 08:40 ngày 23/11/2026; không tính ngày 24/11/2026 (Ngày Văn hóa Việt Nam)."
                .to_owned(),
        delivery: "Qua bưu điện: Làng Kép, xã Ia O, huyện Ia Grai, tỉnh Gia Lai".to_owned(),
        register_book: "01/2026".to_owned(),
        register_ordinal: "12".to_owned(),
        filer: Signature {
            name: "Nguyễn Thị Hồng Hạnh".to_owned(),
            instead: "Đã nộp trực tuyến lúc 14:05 ngày 22/11/2026".to_owned(),
        },
        receiver: Signature { name: "Trần Văn Đức".to_owned(), instead: String::new() },
        look_up_address: ADDRESS.to_owned(),
        look_up_page: PAGE.to_owned(),
        help_phone: PHONE.to_owned(),
    }
}

pub(crate) fn supplement_slip() -> SupplementSlip {
    SupplementSlip {
        letterhead: letterhead(),
        number: "5/HDHS".to_owned(),
        place: "Ia Grai".to_owned(),
        code: CODE.to_owned(),
        applicant: applicant(),
        procedure_code: "1.004194".to_owned(),
        procedure_name: "Đăng ký tạm trú".to_owned(),
        filed_at: Moment { year: 2026, month: 11, day: 22, hour: 14, minute: 5 },
        requested_at: Moment { year: 2026, month: 11, day: 23, hour: 10, minute: 30 },
        respond_by: "07/12/2026".to_owned(),
        items: vec![
            RequestedItem {
                name: "Giấy tờ, tài liệu chứng minh chỗ ở hợp pháp".to_owned(),
                reason: "không đọc được".to_owned(),
                text: "Chụp lại trang 2 của hợp đồng thuê nhà, đủ bốn góc, không lóa.".to_owned(),
            },
            RequestedItem {
                name: String::new(),
                reason: "còn thiếu".to_owned(),
                text: "Gửi ý kiến đồng ý của chủ hộ trên tờ khai CT01.".to_owned(),
            },
        ],
        legal_ground: "Khoản 1 Điều 28 Luật Cư trú số 68/2020/QH14".to_owned(),
        officer: Signature { name: "Trần Văn Đức".to_owned(), instead: String::new() },
        look_up_address: ADDRESS.to_owned(),
        look_up_page: PAGE.to_owned(),
        help_phone: PHONE.to_owned(),
    }
}

/// A decision, as a draft.
pub(crate) fn letter() -> Letter {
    let paragraph = |lead: &str, text: &str| LetterBlock::Paragraph { lead: lead.to_owned(), text: text.to_owned() };
    Letter {
        above: String::new(),
        agency: "Ủy ban nhân dân xã Ia Grai".to_owned(),
        place: "Ia Grai".to_owned(),
        symbol: "QĐ-UBND".to_owned(),
        heading: "QUYẾT ĐỊNH".to_owned(),
        title: "Quyết định hỗ trợ chi phí mai táng".to_owned(),
        subject: "Về việc hỗ trợ chi phí mai táng đối với đối tượng bảo trợ xã hội".to_owned(),
        to: String::new(),
        grounds: vec![
            "Luật Tổ chức chính quyền địa phương ngày 16 tháng 6 năm 2025".to_owned(),
            "Nghị định số 20/2021/NĐ-CP ngày 15 tháng 3 năm 2021 của Chính phủ".to_owned(),
        ],
        body: vec![
            LetterBlock::Heading("QUYẾT ĐỊNH:".to_owned()),
            paragraph("Điều 1.", "Hỗ trợ chi phí mai táng đối với ông Rơ Lan Blơi, sinh 1944, chết ngày 20/11/2026."),
            LetterBlock::Rows(vec![
                ("Mức hỗ trợ".to_owned(), "10.000.000 đồng".to_owned()),
                ("Người nhận".to_owned(), "Rơ Châm H’Nưn".to_owned()),
            ]),
            LetterBlock::Table {
                head: vec!["Họ và tên".to_owned(), "Quan hệ".to_owned()],
                rows: vec![vec!["Rơ Châm H’Nưn".to_owned(), "Con".to_owned()]],
            },
            paragraph("Điều 2.", "Quyết định này có hiệu lực kể từ ngày ký./."),
        ],
        receivers: vec!["Như Điều 1".to_owned(), "Lưu: VT".to_owned()],
        on_behalf: "TM. ỦY BAN NHÂN DÂN".to_owned(),
        post: "CHỦ TỊCH".to_owned(),
        issue: Issue::Draft,
        code: CODE.to_owned(),
        made_at: Moment { year: 2026, month: 11, day: 24, hour: 8, minute: 15 },
    }
}

/// The reply that refuses, issued.
pub(crate) fn official_letter() -> Letter {
    Letter {
        above: "Ủy ban nhân dân tỉnh Gia Lai".to_owned(),
        agency: "Sở Xây dựng".to_owned(),
        heading: String::new(),
        title: "Công văn trả lời không cấp giấy phép xây dựng".to_owned(),
        subject: "V/v trả lời đề nghị cấp giấy phép xây dựng".to_owned(),
        symbol: "SXD-QLXD".to_owned(),
        to: "Rơ Châm H’Nưn, Làng Kép, xã Ia O, tỉnh Gia Lai".to_owned(),
        on_behalf: String::new(),
        post: "GIÁM ĐỐC".to_owned(),
        issue: Issue::Issued {
            number: "217".to_owned(),
            at: Moment { year: 2026, month: 11, day: 25, hour: 9, minute: 0 },
            signer: "Trần Văn Đức".to_owned(),
        },
        ..letter()
    }
}

pub(crate) fn refusal_slip() -> RefusalSlip {
    RefusalSlip {
        letterhead: letterhead(),
        number: "3/TCHS".to_owned(),
        place: "Ia Grai".to_owned(),
        code: CODE.to_owned(),
        applicant: applicant(),
        procedure_code: "1.004194".to_owned(),
        procedure_name: "Đăng ký tạm trú".to_owned(),
        filed_at: Moment { year: 2026, month: 11, day: 22, hour: 14, minute: 5 },
        refused_at: Moment { year: 2026, month: 11, day: 23, hour: 9, minute: 12 },
        reasons: vec![
            RefusalReason {
                text: "Hợp đồng thuê nhà đã hết hạn ngày 31/10/2026 nên không còn chứng minh được chỗ ở hợp pháp.".to_owned(),
                legal_ground: "Khoản 1 Điều 28 Luật Cư trú số 68/2020/QH14".to_owned(),
            },
            RefusalReason { text: "Tờ khai CT01 chưa có ý kiến đồng ý của chủ hộ.".to_owned(), legal_ground: String::new() },
        ],
        advice: "Gia hạn hợp đồng thuê nhà, xin ý kiến của chủ hộ trên tờ khai rồi nộp lại. Các tệp đã nộp vẫn còn trong tài khoản.".to_owned(),
        filer: Signature { name: "Nguyễn Thị Hồng Hạnh".to_owned(), instead: "Đã nộp trực tuyến lúc 14:05 ngày 22/11/2026".to_owned() },
        officer: Signature { name: "Trần Văn Đức".to_owned(), instead: String::new() },
        look_up_address: ADDRESS.to_owned(),
        look_up_page: PAGE.to_owned(),
        help_phone: PHONE.to_owned(),
    }
}

pub(crate) fn file(component: &str, file_name: &str, size: u64) -> ReceivedFile {
    ReceivedFile {
        component: component.to_owned(),
        file_name: file_name.to_owned(),
        size,
        sha256: "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08".to_owned(),
    }
}

pub(crate) fn letterhead() -> Letterhead {
    Letterhead {
        agency: "UBND huyện Ia Grai".to_owned(),
        desk: "Bộ phận Tiếp nhận và Trả kết quả huyện Ia Grai".to_owned(),
    }
}

pub(crate) fn applicant() -> Applicant {
    Applicant {
        name: "Rơ Châm H’Nưn".to_owned(),
        address: "Làng Kép, xã Ia O, huyện Ia Grai, tỉnh Gia Lai".to_owned(),
        phone: "0905 123 456".to_owned(),
        email: "hnun.rocham@example.vn".to_owned(),
    }
}

//! What the documents say.

use documents::{SlipCopy, Typesetter};

use crate::page::{pages, words};
use crate::samples;

#[test]
fn the_receipt_says_what_arrived_and_how_to_look_it_up() {
    let pdf = Typesetter::new().unwrap().receipt(&samples::receipt()).unwrap();
    let words = words(&pdf);
    for expected in [
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "BỘ PHẬN TIẾP NHẬN VÀ TRẢ KẾT QUẢ HUYỆN IA GRAI",
        "GIẤY XÁC NHẬN ĐÃ NỘP HỒ SƠ TRỰC TUYẾN",
        "Hồ sơ đã được chuyển đến bộ phận tiếp nhận hồ sơ.",
        "Mã hồ sơ H21.58-261122-0001",
        "Mã tra cứu K7MX",
        "Đăng ký tạm trú Mã thủ tục 1.004194 · Phiên bản danh mục 19/07/2026",
        "Chủ hồ sơ Rơ Châm H’Nưn Số định danh hoặc mã số thuế: 064•••••••••",
        "Người nộp Nguyễn Thị Hồng Hạnh",
        "Nộp lúc 14:05 ngày 22/11/2026",
        "Được trả lời chậm nhất 14:05 ngày 23/11/2026 Trong 8 giờ làm việc",
        "Nơi nhận kết quả Qua bưu điện",
        "Tệp đã nhận (3)",
        "Hợp đồng thuê nhà – trang 1.jpg",
        "2,1 MB 2.148.552 byte",
        "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
        "vào dichvucong.gialai.gov.vn/tra-cuu.",
        "gọi 0269 3844 789",
        "Trang 1/2",
        "Chữ ký số của cổng",
        "Chữ ký Ed25519, phần đầu hgyY0il_MGCjP0Jz…",
    ] {
        assert!(words.contains(expected), "«{expected}» is not in: {words}");
    }
    assert!(!words.contains("064199012345"), "the owner's number stands open on the receipt");
    // With three files the signature has a page of its own; how to look the dossier up stands on the first.
    assert_eq!(pages(&pdf), 2);
    let look_up = words.find("Nhập mã hồ sơ H21.58-261122-0001").expect("how to look it up");
    assert!(look_up < words.find("Trang 1/2").expect("the foot of the first page"), "{words}");
}

#[test]
fn the_receipt_names_no_filer_when_the_owner_filed() {
    let mut receipt = samples::receipt();
    receipt.filer_name = String::new();
    let words = words(&Typesetter::new().unwrap().receipt(&receipt).unwrap());
    assert!(!words.contains("Người nộp"), "{words}");
}

#[test]
fn form_01_carries_every_field_of_the_circular() {
    let pdf = Typesetter::new().unwrap().acceptance_slip(&samples::acceptance_slip()).unwrap();
    let words = words(&pdf);
    for expected in [
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Số: 12/TNHS",
        "Ia Grai, ngày 23 tháng 11 năm 2026",
        "GIẤY TIẾP NHẬN HỒ SƠ VÀ HẸN TRẢ KẾT QUẢ",
        "Mã hồ sơ: H21.58-261122-0001",
        "(Liên 1: Giao người nộp hồ sơ)",
        "Bộ phận tiếp nhận Bộ phận Tiếp nhận và Trả kết quả huyện Ia Grai",
        "Tiếp nhận hồ sơ của Rơ Châm H’Nưn",
        "Địa chỉ Làng Kép, xã Ia O, huyện Ia Grai, tỉnh Gia Lai",
        "Số điện thoại 0905 123 456",
        "Email hnun.rocham@example.vn",
        "Nội dung yêu cầu giải quyết Đăng ký tạm trú",
        "1. Tờ khai thay đổi thông tin cư trú (Mẫu CT01) (1 tệp)",
        "2. Giấy tờ, tài liệu chứng minh chỗ ở hợp pháp (2 tệp)",
        "Số lượng hồ sơ 1 bộ",
        "3 ngày làm việc",
        "Thời gian nhận hồ sơ 8 giờ 40 phút, ngày 23 tháng 11 năm 2026",
        "8 giờ 40 phút, ngày 27 tháng 11 năm 2026",
        "không tính ngày 24/11/2026",
        "Đăng ký nhận kết quả tại Qua bưu điện",
        "Quyển số 01/2026, số thứ tự 12",
        "NGƯỜI NỘP HỒ SƠ",
        "NGƯỜI TIẾP NHẬN HỒ SƠ",
        "Đã nộp trực tuyến lúc 14:05 ngày 22/11/2026",
        "(Ký và ghi rõ họ tên)",
        "Trần Văn Đức",
        "Mẫu số 01",
    ] {
        assert!(words.contains(expected), "«{expected}» is not in: {words}");
    }
    assert_eq!(pages(&pdf), 1);
}

#[test]
fn the_desk_keeps_the_second_copy() {
    let mut slip = samples::acceptance_slip();
    slip.copy = SlipCopy::ForDesk;
    let words = words(&Typesetter::new().unwrap().acceptance_slip(&slip).unwrap());
    assert!(words.contains("(Liên 2: Lưu tại nơi tiếp nhận)"), "{words}");
}

#[test]
fn form_02_names_what_is_asked_for_why_until_when_and_who_helps() {
    let pdf = Typesetter::new().unwrap().supplement_slip(&samples::supplement_slip()).unwrap();
    let words = words(&pdf);
    for expected in [
        "Số: 5/HDHS",
        "Ia Grai, ngày 23 tháng 11 năm 2026",
        "PHIẾU YÊU CẦU BỔ SUNG, HOÀN THIỆN HỒ SƠ",
        "Mã hồ sơ: H21.58-261122-0001",
        "Hồ sơ của Rơ Châm H’Nưn",
        "Nội dung yêu cầu giải quyết Đăng ký tạm trú",
        "Địa chỉ Làng Kép, xã Ia O, huyện Ia Grai, tỉnh Gia Lai",
        "Bổ sung chậm nhất Hết ngày 07/12/2026",
        "Yêu cầu hoàn thiện hồ sơ gồm những nội dung sau",
        "1. Giấy tờ, tài liệu chứng minh chỗ ở hợp pháp Chụp lại trang 2",
        "Lý do: không đọc được",
        "2. Gửi ý kiến đồng ý của chủ hộ",
        "Căn cứ: Khoản 1 Điều 28 Luật Cư trú",
        "liên hệ Trần Văn Đức, Bộ phận Tiếp nhận và Trả kết quả huyện Ia Grai, số điện thoại 0269 3844 789,",
        "NGƯỜI HƯỚNG DẪN",
        "Mẫu số 02",
    ] {
        assert!(words.contains(expected), "«{expected}» is not in: {words}");
    }
    assert_eq!(pages(&pdf), 1);
}

#[test]
fn a_draft_says_that_it_is_one_and_has_no_number() {
    let words = words(&Typesetter::new().unwrap().letter(&samples::letter()).unwrap());
    for expected in [
        "ỦY BAN NHÂN DÂN XÃ IA GRAI",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "Số: ………/QĐ-UBND",
        "DỰ THẢO",
        "Ia Grai, ngày …… tháng …… năm 2026",
        "QUYẾT ĐỊNH Về việc hỗ trợ chi phí mai táng",
        "Căn cứ Luật Tổ chức chính quyền địa phương ngày 16 tháng 6 năm 2025;",
        "ngày 15 tháng 3 năm 2021 của Chính phủ.",
        "Điều 1. Hỗ trợ chi phí mai táng",
        "Mức hỗ trợ: 10.000.000 đồng",
        "STT Họ và tên Quan hệ 1 Rơ Châm H’Nưn Con",
        "Nơi nhận: - Như Điều 1; - Lưu: VT.",
        "TM. ỦY BAN NHÂN DÂN CHỦ TỊCH",
        "chưa có số, chưa ký, chưa có giá trị.",
    ] {
        assert!(words.contains(expected), "«{expected}» is not in: {words}");
    }
}

#[test]
fn an_issued_letter_has_number_day_and_name_and_no_mark() {
    let words = words(&Typesetter::new().unwrap().letter(&samples::official_letter()).unwrap());
    for expected in [
        "ỦY BAN NHÂN DÂN TỈNH GIA LAI SỞ XÂY DỰNG",
        "Số: 217/SXD-QLXD",
        "V/v trả lời đề nghị cấp giấy phép xây dựng",
        "ngày 25 tháng 11 năm 2026",
        "Kính gửi: Rơ Châm H’Nưn",
        "GIÁM ĐỐC Trần Văn Đức",
    ] {
        assert!(words.contains(expected), "«{expected}» is not in: {words}");
    }
    assert!(!words.contains("DỰ THẢO") && !words.contains("chưa có số"), "{words}");
}

#[test]
fn form_03_says_why_and_what_next() {
    let pdf = Typesetter::new().unwrap().refusal_slip(&samples::refusal_slip()).unwrap();
    let words = words(&pdf);
    for expected in [
        "Số: 3/TCHS",
        "Ia Grai, ngày 23 tháng 11 năm 2026",
        "PHIẾU TỪ CHỐI TIẾP NHẬN, GIẢI QUYẾT HỒ SƠ",
        "Mã hồ sơ: H21.58-261122-0001",
        "Hồ sơ của Rơ Châm H’Nưn",
        "không tiếp nhận, giải quyết hồ sơ này với lý do cụ thể như sau:",
        "1. Hợp đồng thuê nhà đã hết hạn ngày 31/10/2026",
        "Căn cứ: Khoản 1 Điều 28 Luật Cư trú số 68/2020/QH14",
        "2. Tờ khai CT01 chưa có ý kiến đồng ý của chủ hộ.",
        "Gia hạn hợp đồng thuê nhà",
        "NGƯỜI NỘP HỒ SƠ",
        "Trần Văn Đức",
        "Mẫu số 03",
    ] {
        assert!(words.contains(expected), "«{expected}» is not in: {words}");
    }
    assert_eq!(pages(&pdf), 1);
}

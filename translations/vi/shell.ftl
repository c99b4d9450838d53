# Khung của mọi trang: thực đơn, tài khoản, chân trang, bản trình diễn. Tên nút và mục giữ đúng chữ của tờ gấp.
skip-link = Bỏ qua, đến nội dung chính
menu-label = Trình đơn chính
menu-home = Trang chủ
menu-services = Dịch vụ công
menu-information = Thông tin và Dịch vụ
menu-procedures = Thủ tục
menu-agencies = Cơ quan
menu-tracking = Tra cứu
menu-help = Hỗ trợ
menu-my-dossiers = Hồ sơ của tôi
menu-dossiers-of = Hồ sơ của { $name }
menu-account = Tài khoản
menu-inbox = Hồ sơ đến

account-label = Tài khoản
account-register = Đăng ký
account-sign-in = Đăng nhập
account-sign-out = Đăng xuất

demo-tag = Trình diễn
demo-text = Hồ sơ nộp ở đây không được cơ quan nào giải quyết.
demo-clock = Đồng hồ: { $time }.
demo-messages = Xem thư mô phỏng

help-title = Hướng dẫn hỗ trợ
help-lead = Khi cần hỗ trợ sử dụng dịch vụ công trực tuyến, vui lòng liên hệ:

footer-label = Liên kết cuối trang
footer-title = Liên kết
footer-guide = Hướng dẫn nộp hồ sơ
footer-tracking = Tra cứu hồ sơ
footer-agencies = Cơ quan tiếp nhận
footer-motto = Chung tay xây dựng một nền hành chính dân chủ, trong sạch, chuyên nghiệp và hiện đại.

shortcuts-title = Phím tắt
shortcut-move = Xuống, lên trong danh sách
shortcut-open = Mở hồ sơ đang chọn
shortcut-search = Đến ô tìm kiếm
shortcut-up = Trở về danh sách
shortcut-help = Mở bảng phím tắt này
shortcuts-close = Đóng

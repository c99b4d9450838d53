# Lỗi khi nhập: nói rõ sai ở đâu và sửa thế nào.
input-name-missing = Nhập họ và tên
input-name-character = Họ và tên chỉ gồm chữ cái và khoảng trắng, không có chữ số hay ký hiệu
input-number-missing = Nhập số CMND/CCCD hoặc mã số thuế
input-number-length = Số căn cước công dân có 12 chữ số, chứng minh nhân dân có 9 chữ số, mã số thuế có 10 hoặc 13 chữ số
input-number-digits = Số giấy tờ chỉ gồm chữ số
input-number-place = Số căn cước công dân không đúng: ba chữ số đầu không phải mã của nơi đăng ký khai sinh nào
input-number-check = Mã số thuế không đúng, có thể gõ nhầm một chữ số. Hãy kiểm tra lại
input-phone-missing = Nhập số điện thoại
input-phone-wrong = Số điện thoại không đúng. Ví dụ đúng: 0912 345 678
input-email-missing = Nhập địa chỉ email
input-email-wrong = Địa chỉ email không đúng. Ví dụ đúng: ten@example.com
input-birth-date-wrong = Ngày sinh không đúng. Có thể chỉ ghi năm, hoặc tháng và năm
input-too-long = { $what } chỉ nhận tối đa { $max } ký tự
input-a-name = Tên
input-a-text = Mục này
input-control-character = Có ký tự không đọc được, vui lòng gõ lại

# Chữ dùng chung của các thành phần: ô nhập, lỗi, danh sách, phân trang.
form-error-title-prefix = Lỗi:{" "}
form-error-summary = Vui lòng sửa các lỗi sau
form-error-prefix = Lỗi:
form-optional = (không bắt buộc)
form-day = Ngày
form-month = Tháng
form-year = Năm
form-characters-at-most = Tối đa { $n } ký tự.
form-characters-left = Còn # ký tự.
form-characters-over = Thừa # ký tự.
form-upload-running = Đang tải lên: #%
form-upload-failed = Chưa tải lên được. Kiểm tra kết nối mạng rồi thử lại; những gì đã nhập vẫn còn.

password-rule-length = Ít nhất 8 ký tự
password-rule-upper = Có chữ in hoa
password-rule-lower = Có chữ thường
password-rule-digit = Có chữ số
password-rule-special = Có ký tự đặc biệt, ví dụ ! @ #

warning-prefix = Lưu ý:
value-missing = Chưa có
action-change = Sửa
action-back = Quay lại

breadcrumbs-label = Vị trí trang
pagination-label = Các trang kết quả
pagination-previous = Trang trước
pagination-next = Trang sau
pagination-page = Trang { $n }

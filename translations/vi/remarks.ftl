# Trao đổi giữa người nộp và cơ quan; hồ sơ đang soạn bị xóa.
remarks-title = Trao đổi
remarks-open = Hỏi và xem trả lời
remarks-unread = Trao đổi mới
remarks-none = Chưa có trao đổi nào.
remarks-you = Quý vị ({ $name })
remarks-filer = Người nộp: { $name }
remarks-words = Viết trao đổi mới
remarks-hint = Hỏi về hồ sơ này. Giấy tờ thì gửi ở phần bổ sung khi cơ quan yêu cầu. Trao đổi đã gửi không sửa, không xóa được.
remarks-desk-hint = Viết cho người dân đọc. Người nộp được báo qua thư, thư không có nội dung. Trao đổi đã gửi không sửa, không xóa được.
remarks-missing = Viết nội dung trao đổi
remarks-send = Gửi
remarks-closed = Hồ sơ đã kết thúc nên không trao đổi thêm được. Cần hỏi, vui lòng gọi số hỗ trợ ở cuối trang.
remarks-too-many = Hồ sơ này đã có { $max } trao đổi, là mức nhiều nhất. Cần hỏi thêm, vui lòng gọi số hỗ trợ ở cuối trang.
remarks-wait = Đã có { $max } trao đổi liền nhau chưa được trả lời. Vui lòng chờ bên kia trả lời.

discard-title = Xóa hồ sơ đang soạn
discard-warning = Mọi nội dung đã khai và tệp đã tải lên của hồ sơ này bị xóa hẳn, không lấy lại được.
discard-button = Xóa
discard-keep = Không xóa, quay lại
my-draft-expires = Nếu không sửa thêm, hồ sơ này bị xóa lúc { $at }
my-draft-continue = Soạn tiếp
my-draft-delete = Xóa
my-draft-deleted = Đã xóa hồ sơ đang soạn

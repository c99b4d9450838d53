# Trang báo lỗi: chuyện gì đã xảy ra, nghĩa là gì, làm gì tiếp. Mỗi lỗi có -title, -lead và -what-to-do.
error-home = Về trang chủ
error-search = Tìm thủ tục
error-number = Khi gọi hỗ trợ, vui lòng đọc số này:

error-not-found-title = Không tìm thấy trang
error-not-found-lead = Địa chỉ này không có trang nào, hoặc trang đã được chuyển đi.
error-not-found-what-to-do = Nếu gõ địa chỉ, hãy kiểm tra lại từng chữ. Nếu bấm vào liên kết, hãy tìm thủ tục hoặc cơ quan từ trang chủ.

error-forbidden-title = Không có quyền xem trang này
error-forbidden-lead = Tài khoản đang dùng không được phép thực hiện việc này.
error-forbidden-what-to-do = Nếu có tài khoản khác, hãy đăng xuất rồi đăng nhập lại bằng tài khoản đó. Nếu cần giúp đỡ, vui lòng gọi số hỗ trợ ở cuối trang.

error-acting-title = Quý vị đang làm việc thay
error-acting-lead = Quý vị đang làm việc thay { $name }; việc này chỉ làm được khi thôi làm việc thay.
error-acting-what-to-do = Bấm Thôi làm việc thay để trở về tài khoản của chính mình, rồi mở lại trang này.

error-no-filing-title = Chưa được giao quyền nộp hồ sơ
error-no-filing-lead = Quý vị đang làm việc thay { $name } và chỉ được xem hồ sơ, chưa được giao quyền nộp hồ sơ.
error-no-filing-what-to-do = Hãy đề nghị bên ấy giao thêm quyền Nộp hồ sơ. Để nộp hồ sơ của chính mình, hãy thôi làm việc thay.

error-stale-title = Phiên làm việc đã hết hạn
error-stale-lead = Để bảo vệ thông tin, nội dung gửi từ trang đã mở quá lâu, hoặc mở từ lần đăng nhập trước, sẽ không được nhận. Chưa có gì được gửi đi.
error-stale-what-to-do = Hãy quay lại trang trước, tải lại trang rồi thực hiện lại.

error-unreadable-title = Không đọc được yêu cầu
error-unreadable-lead = Nội dung gửi đến bị thiếu hoặc không đúng, có thể do đường truyền bị ngắt. Chưa có gì được lưu.
error-unreadable-what-to-do = Hãy quay lại trang trước và thử lại.

error-method-title = Không mở được trang theo cách này
error-method-lead = Địa chỉ này chỉ nhận nội dung gửi từ trang khác, không mở trực tiếp được.
error-method-what-to-do = Hãy quay lại trang trước và bấm nút ở đó.

error-too-large-title = Tệp quá lớn
error-too-large-lead = Tệp hoặc nội dung gửi đến vượt quá dung lượng cho phép nên chưa được nhận.
error-too-large-what-to-do = Hãy giảm dung lượng tệp, ví dụ chụp hoặc quét lại với cỡ ảnh nhỏ hơn, hoặc chia thành nhiều tệp, rồi tải lên lại.

error-too-many-title = Thử lại sau ít phút
error-too-many-lead = Có quá nhiều yêu cầu liên tiếp từ thiết bị này, nên chúng tôi tạm dừng để bảo vệ tài khoản và hệ thống.
error-too-many-what-to-do = Hãy chờ vài phút rồi thử lại.

error-conflict-title = Hồ sơ vừa được thay đổi
error-conflict-lead = Trong lúc trang này đang mở, hồ sơ đã được người khác, hoặc chính quý vị ở một cửa sổ khác, thay đổi. Việc vừa làm chưa được lưu.
error-conflict-what-to-do = Hãy mở lại hồ sơ để xem tình trạng hiện nay rồi thực hiện lại nếu vẫn cần.

error-unavailable-title = Hệ thống tạm thời gián đoạn
error-unavailable-lead = Một phần của hệ thống đang không hoạt động. Những gì đã được xác nhận trước đó vẫn còn nguyên.
error-unavailable-what-to-do = Hãy thử lại sau ít phút.

error-internal-title = Hệ thống gặp lỗi
error-internal-lead = Lỗi này là của chúng tôi, không phải do quý vị. Những gì đã được xác nhận trước đó vẫn còn nguyên.
error-internal-what-to-do = Hãy thử lại sau ít phút. Nếu vẫn gặp lỗi, vui lòng gọi số hỗ trợ ở cuối trang.

error-busy-title = Đang có quá nhiều người đăng nhập
error-busy-lead = Yêu cầu của quý vị chưa được thực hiện; không có gì bị mất hay thay đổi.
error-busy-what-to-do = Xin thử lại sau ít giây.

# Tra cứu và theo dõi hồ sơ.
status-draft = Đang soạn
status-filed = Mới đăng ký
status-accepted = Đang xử lý
status-refused = Không được tiếp nhận
status-finished = Đã xử lý xong
status-returned = Đã trả kết quả
status-overdue = Quá hạn

step-waiting-answer = Chờ bộ phận tiếp nhận trả lời
step-in-process = Đang giải quyết
step-waiting-return = Chờ trả kết quả
step-since = Từ { $at }
step-due = Hạn: { $at }
step-overdue = Đã quá hạn: { $at }
step-filed = Đã nộp, chuyển đến bộ phận tiếp nhận hồ sơ
step-accepted = Đã tiếp nhận
step-refused = Không tiếp nhận
step-finished = Đã giải quyết xong
step-returned = Đã trả kết quả

fact-procedure = Thủ tục
fact-agency = Cơ quan giải quyết
fact-desk = Nơi tiếp nhận
fact-filed = Nộp lúc
fact-answer-due = Hạn trả lời tiếp nhận
fact-accepted = Tiếp nhận lúc
fact-due = Hẹn trả kết quả
fact-returned = Trả kết quả lúc

my-dossiers-none = Quý vị chưa có hồ sơ nào
my-dossiers-start = Tìm dịch vụ công để nộp hồ sơ
my-dossiers-only-look = Quý vị chỉ được xem hồ sơ của bên này, chưa được giao quyền nộp hồ sơ.
my-dossiers-filed = Hồ sơ đã nộp
my-dossiers-drafts = Hồ sơ đang soạn
my-dossiers-started-at = Bắt đầu soạn lúc { $at }

dossier-title = Hồ sơ { $code }
dossier-heading = Hồ sơ
dossier-history = Quá trình giải quyết
dossier-documents = Giấy tờ
dossier-receipt = Giấy xác nhận đã nộp hồ sơ (PDF)
dossier-acceptance-slip = Giấy tiếp nhận hồ sơ và hẹn trả kết quả (PDF)
dossier-refusal-slip = Phiếu từ chối tiếp nhận hồ sơ (PDF)
dossier-result = Kết quả
dossier-reasons = Lý do không tiếp nhận
dossier-legal-ground = Căn cứ:
dossier-refused-what-to-do = Quý vị có thể hoàn thiện giấy tờ theo các lý do trên rồi nộp hồ sơ mới. Cần hỏi thêm, vui lòng gọi số hỗ trợ ở cuối trang.
dossier-file-again = Nộp lại hồ sơ

tracking-title = Tra cứu hồ sơ
tracking-lead = Xem hồ sơ đang ở đâu, ai đang giữ, từ khi nào và hạn đến lúc nào. Không cần đăng nhập.
tracking-code = Mã hồ sơ
tracking-code-hint = Ghi trên giấy xác nhận, ví dụ H21.58.51-261122-0001.
tracking-code-missing = Nhập mã hồ sơ
tracking-code-wrong = Mã hồ sơ không đúng dạng. Ví dụ đúng: H21.58.51-261122-0001
tracking-secret = Mã tra cứu
tracking-secret-hint = 4 ký tự in cùng mã hồ sơ, hoặc 4 số cuối giấy tờ của chủ hồ sơ.
tracking-secret-missing = Nhập mã tra cứu
tracking-wrong = Không có hồ sơ nào khớp với mã hồ sơ và mã tra cứu này. Hãy kiểm tra lại cả hai
tracking-receipt = Cần biết một biên nhận có đúng hay không?
tracking-look-up = Tra cứu
tracking-progress-only = Trang này chỉ cho biết tiến độ. Để xem nội dung, giấy tờ và kết quả, chủ hồ sơ cần đăng nhập.

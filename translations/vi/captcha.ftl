# Mã xác thực: để biết người gửi không phải máy.
captcha-label = Mã xác thực
captcha-hint = Nhập { $n } chữ số trong hình. Không nhìn rõ thì bấm «Nghe mã».
captcha-picture = Hình có { $n } chữ số
captcha-listen = Nghe mã
captcha-another = Đổi hình khác
captcha-reveal = Tự nhập mã
captcha-working = Đang kiểm tra tự động, quý vị không phải làm gì…
captcha-waiting = Đang kiểm tra, xong sẽ gửi ngay…
captcha-done = Đã kiểm tra, không cần nhập mã
captcha-demo = Bản trình diễn: mã xác thực là { $answer }
captcha-missing = Nhập mã xác thực
captcha-wrong = Mã xác thực không đúng. Hình đã được đổi, vui lòng nhập mã mới
captcha-expired = Mã xác thực đã hết hạn sau 10 phút. Vui lòng nhập mã mới
captcha-used = Mã xác thực này đã được dùng. Vui lòng nhập mã mới
captcha-void = Mã xác thực không còn dùng được. Vui lòng nhập mã mới

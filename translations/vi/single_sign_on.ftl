# Đăng nhập một lần: trang hỏi ý kiến, đăng nhập qua cổng khác, liên kết tài khoản.
sso-moving-on = Đang chuyển tiếp
sso-moving-on-lead = Quý vị đang được chuyển đến trang tiếp theo. Nếu trang không tự chuyển, hãy bấm nút dưới đây.
sso-continue = Tiếp tục

sso-consent-title = Cho phép chia sẻ thông tin
sso-consent-question = Cho phép { $client } biết thông tin của quý vị?
sso-consent-lead = Quý vị đang đăng nhập { $client } bằng tài khoản của Cổng Dịch vụ công quốc gia.
sso-consent-list = Nếu quý vị đồng ý, nơi đó sẽ được biết:
sso-consent-act-question = Cho phép { $client } nộp hồ sơ thay quý vị tại { $portal }?
sso-consent-act-list = Nếu quý vị đồng ý, nơi đó sẽ được biết và được làm những việc sau:
sso-consent-act-counts = Hồ sơ do nơi đó nộp có giá trị như hồ sơ quý vị tự nộp. Trong hồ sơ luôn ghi rõ hồ sơ được nộp qua nơi nào.
sso-consent-act-end = Quý vị có thể thu hồi bất cứ lúc nào tại mục Tài khoản, trang Các nơi được xem thông tin của tôi. Sau khi thu hồi, chậm nhất 5 phút nơi đó không làm được gì thay quý vị nữa.
sso-consent-password = Mật khẩu của quý vị không được chia sẻ với ai.
sso-consent-agree = Đồng ý
sso-consent-refuse = Không đồng ý
sso-scope-openid = Quý vị là ai: một mã số cố định của tài khoản
sso-scope-profile = Họ và tên, ngày sinh, loại tài khoản
sso-scope-email = Địa chỉ email
sso-scope-phone = Số điện thoại
sso-scope-vn = Số CMND/CCCD hoặc mã số thuế, và mức độ xác minh của tài khoản
sso-scope-dossiers = Thay quý vị soạn hồ sơ, tải giấy tờ lên và nộp hồ sơ tại { $portal }; xem các hồ sơ của quý vị ở đó
sso-scope-offline = Những điều này cả khi quý vị không đăng nhập, trong tối đa 90 ngày
sso-consents-title = Các nơi được xem thông tin của tôi
sso-consents-lead = Quý vị đã cho phép những nơi sau biết thông tin của mình khi đăng nhập bằng tài khoản này. Thu hồi thì nơi đó không còn xem được thông tin; lần sau đăng nhập, quý vị sẽ được hỏi lại.
sso-consents-none = Quý vị chưa cho phép nơi nào biết thông tin của mình.
sso-consents-given = Đồng ý lúc { $given }.
sso-consents-withdraw = Thu hồi

sso-refused-title = Không thể đăng nhập từ trang này
sso-refused-malformed = Yêu cầu đăng nhập vừa nhận được không đọc được.
sso-refused-client = Trang vừa đưa quý vị đến đây chưa được đăng ký với Cổng Dịch vụ công quốc gia.
sso-refused-address = Trang vừa đưa quý vị đến đây yêu cầu trả quý vị về một địa chỉ chưa được đăng ký.
sso-refused-what-now = Để bảo vệ quý vị, yêu cầu này không được thực hiện. Hãy quay lại trang đó và thử lại. Nếu vẫn không được, vui lòng báo cho nơi quản lý trang đó.

sso-sign-out-lead = Quý vị vừa đăng xuất khỏi { $client }. Quý vị có muốn đăng xuất khỏi Cổng Dịch vụ công quốc gia không?
sso-sign-out-lead-unknown = Quý vị có muốn đăng xuất khỏi Cổng Dịch vụ công quốc gia không?
sso-stay = Không, tôi muốn tiếp tục
sso-sign-out-refused-title = Chưa đăng xuất
sso-sign-out-refused-what-now = Quý vị vẫn đang đăng nhập ở đây. Nếu muốn đăng xuất, hãy bấm nút dưới đây.

sso-or = Hoặc đăng nhập bằng
sso-or-hint = Nếu tài khoản của quý vị do nơi khác cấp, không nhập số và mật khẩu của tài khoản đó ở trên. Hãy bấm nút dưới đây rồi đăng nhập tại nơi đã cấp.
sso-failed-title = Chưa đăng nhập được
sso-failed-unreachable = Hiện không kết nối được với nơi cấp tài khoản. Vui lòng thử lại sau ít phút, hoặc đăng nhập bằng tài khoản của cổng này.
sso-failed-unknown = Lần đăng nhập này đã quá hạn, đã dùng rồi, hoặc được bắt đầu từ một trình duyệt khác. Vui lòng đăng nhập lại từ đầu.
sso-failed-provider = Nơi cấp tài khoản trả lời không đúng, nên cổng này chưa cho đăng nhập. Vui lòng thử lại.
sso-failed-too-little = Nơi cấp tài khoản không cho biết số CMND/CCCD hoặc mã số thuế của quý vị, nên không tìm được tài khoản. Quý vị có thể đăng ký tài khoản của cổng này.
sso-failed-not-offered = Tài khoản của cơ quan nhà nước không dùng được ở cổng này.
sso-failed-unconfirmed = Số của quý vị đã được đăng ký ở cổng này nhưng chưa xác nhận qua email. Hãy mở thư đã gửi và bấm vào liên kết trong thư, rồi đăng nhập lại.
sso-failed-not-usable = Tài khoản của quý vị ở cổng này hiện chưa dùng được. Vui lòng gọi số hỗ trợ ở cuối trang.

sso-link-title = Liên kết hai tài khoản của quý vị
sso-link-lead = Cổng này đã có tài khoản mang số { $number }, cùng số với tài khoản quý vị vừa dùng ({ $provider }).
sso-link-why = Để chắc chắn cả hai tài khoản là của quý vị, hãy nhập mật khẩu của tài khoản ở cổng này. Chỉ cần làm một lần; những lần sau quý vị đăng nhập bằng tài khoản nào cũng được.
sso-link-password = Mật khẩu của tài khoản ở cổng này
sso-link-button = Liên kết và đăng nhập
sso-link-not-mine = Nếu quý vị chưa từng đăng ký tài khoản ở cổng này, vui lòng gọi số hỗ trợ ở cuối trang.
sso-link-sign-in-first = Tài khoản này dùng xác thực hai bước. Quý vị hãy đăng nhập vào cổng bằng tài khoản này trước, rồi chọn lại cách đăng nhập vừa dùng: hai tài khoản sẽ được liên kết

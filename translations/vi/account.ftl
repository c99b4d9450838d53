# Tài khoản: đăng ký, xác nhận, đăng nhập, mật khẩu.

# Cán bộ: hồ sơ đến, tiếp nhận, từ chối, trả kết quả.

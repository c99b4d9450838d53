# Thư và tin nhắn gửi đi.

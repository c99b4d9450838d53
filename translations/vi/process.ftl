# Các bước giải quyết hồ sơ và sơ đồ của chúng.

process-title = Các bước giải quyết
process-who = { $role }, trong { $limit }
process-done = Đã xong
process-current = Đang ở phần này
process-to-come = Chưa đến
process-picture = Xem sơ đồ các bước
process-picture-name = Sơ đồ các bước giải quyết; danh sách ở trên ghi các bước bằng chữ
process-picture-hint = Đường liền nét là đường hồ sơ của quý vị đi qua. Đường đứt nét là trường hợp khác.

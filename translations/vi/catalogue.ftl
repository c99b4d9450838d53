# Danh mục: tìm thủ tục, trang thủ tục, cơ quan, dịch vụ công.

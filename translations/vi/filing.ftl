# Nộp hồ sơ: chủ hồ sơ, nơi nhận kết quả, tệp đính kèm, nộp.

# 由 zh 自动转换；这里只写转换得不对的
print-hashes = 同一核驗碼表示依據相同的規則、相同的臺賬、得出相同的分數。
print-report-hashes = 同一核驗碼表示依據相同的規則、相同的臺賬、得出相同的數字。
print-reached = { $all } 個中 { $n } 個達到目標
print-of = { $all } 個中 { $n } 個

"""The password of everybody who is invented for tests."""

PASSWORD = "柳岸河边走一走吧好的"

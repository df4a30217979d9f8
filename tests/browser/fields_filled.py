"""What the flows fill in of the form of fields_server.py, and what the ledger holds of it then."""

from typing import Any

TYPED = {
    "text": "一句话",
    "long_text": "几句话",
    "address": "湖滨路3号",
    "integer": "12",
    "number": "3.5",
    "money": "18.20",
    "phone": "13800000427",
    "id_card": "11010519491231002X",
}
STORED: dict[str, Any] = {
    **TYPED,
    "integer": 12,
    "twice": 24,
    "day": "2026-11-20",
    "time": "09:30",
    "moment": "2026-11-20T09:30:00+08:00",
    "duration": 90,
    "boolean": True,
    "choice": "blue",
    "choices": ["dog"],
    "rating": 4,
    "ref": "hh-1",
    "refs": ["hh-2"],
    "code": "6901234567892",
    "members": [{"name": "陈桂芳", "age": 71, "lives": "hh-1", "pension": True}, {"name": "小明", "age": 7}],
    "people": 2,
    "ages": 78,
    "period": "2026-11",
    "lies": "lakeside/g1",
}

"""The order in which people count buildings, doors and grids."""

import re
from typing import Final

_NUMBERS: Final = re.compile(r"(\d{1,400})|(\D+)")
"""Numbers and what stands between them; Python reads none of more than 4300 digits."""

_DIGITS: Final = "〇一二三四五六七八九"
_COUNTED: Final = re.compile(f"第([{_DIGITS[1:]}]?十[{_DIGITS[1:]}]?|[{_DIGITS[1:]}])")


def natural(text: str) -> tuple[tuple[int, str], ...]:
    """Return a key that puts 2号楼 before 10号楼, and 第二网格 before 第十一网格."""
    if "第" in text:
        text = _COUNTED.sub(lambda found: f"第{_counted(found[1])}", text)
    return tuple((int(digits), "") if digits else (-1, rest) for digits, rest in _NUMBERS.findall(text))


def _counted(word: str) -> int:
    """Return a number of up to 99 that is written in characters: 十一, 二十."""
    tens, ten, ones = word.rpartition("十")
    return (_DIGITS.index(tens) if tens else 1) * 10 * bool(ten) + (_DIGITS.index(ones) if ones else 0)

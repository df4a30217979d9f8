"""Chinese in traditional characters, made from what is written in simplified ones by OpenCC's tables.

Only words of the app and of a regulation are converted. What people are called, and what they wrote, stays as it is:
the tables know the variants of common words and make another letter of a rare one (䶮 and 𬭎 stand in people's names).
"""

import re
from functools import cache
from typing import Any, Final

HANT: Final = "zh-Hant"
"""The language tag of what is written in traditional characters."""
_TABLES: Final = "s2tw"
"""Forms of letters as Taiwan's standard has them, without exchanging words for others."""

_QUOTES: Final = {"“": "「", "”": "」", "‘": "『", "’": "』"}
_QUOTED: Final = re.compile(r"[“”‘]|(?<![A-Za-z])’|’(?![A-Za-z])")
"""Quotation marks; an apostrophe stands between Latin letters."""
_CHINESE: Final = re.compile(r"[\u3400-\u9fff]")


@cache
def _converter() -> Any:  # noqa: ANN401 - the library's own class
    from opencc import OpenCC  # noqa: PLC0415 - a library with large tables, for prints alone

    return OpenCC(_TABLES)


def has_chinese(text: str) -> bool:
    """Whether Chinese characters stand in a text."""
    return _CHINESE.search(text) is not None


@cache
def traditional(text: str) -> str:
    """Return a text in traditional characters and quotation marks; what isn't Chinese stays as it is."""
    if text.isascii():
        return text
    made = str(_converter().convert(text))
    return _QUOTED.sub(lambda found: _QUOTES[found[0]], made) if has_chinese(made) else made

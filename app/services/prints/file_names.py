"""Names of files that somebody takes along: what people call it, without what some system's names must not have."""

import re
from typing import Final

_REFUSED: Final = re.compile(r'[\x00-\x1f\x7f<>:"/\\|?*]+')
LONGEST: Final = 80
"""Characters at most: three bytes each in Chinese, and systems take 255 bytes."""


def file_name(stem: str, ending: str) -> str:
    """Return a file's name as Windows, macOS and Linux take it; the stem is cut where it is too long."""
    return f"{_REFUSED.sub('-', stem).strip(' .')[:LONGEST]}.{ending}"

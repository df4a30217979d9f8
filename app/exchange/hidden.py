"""Which rows and columns of a sheet its program doesn't show: they are read as all others, and named."""

import re
from typing import Final

_ROW: Final = re.compile(rb"<(?:\w+:)?row\s([^>]*)>")
_COLUMN: Final = re.compile(rb"<(?:\w+:)?col\s([^>]*)>")
_ATTRIBUTE: Final = re.compile(rb"""([\w:]+)\s*=\s*["']([^"']*)["']""")
_TRUE: Final = {b"1", b"true", b"on"}


def hidden_rows(part: bytes) -> frozenset[int]:
    """Return the numbers of the rows that a sheet's XML hides, counted from 1."""
    if b"hidden" not in part:
        return frozenset()
    found = (dict(_ATTRIBUTE.findall(attributes)) for attributes in _ROW.findall(part))
    return frozenset(
        int(one[b"r"]) for one in found if one.get(b"hidden") in _TRUE and one.get(b"r", b"").isdigit()
    )


def hidden_columns(part: bytes, most: int) -> frozenset[int]:
    """Return the columns that a sheet's XML hides, counted from 0, the first `most`."""
    if b"hidden" not in part:
        return frozenset()
    found: set[int] = set()
    for attributes in _COLUMN.findall(part):
        one = dict(_ATTRIBUTE.findall(attributes))
        first, last = one.get(b"min", b""), one.get(b"max", b"")
        if one.get(b"hidden") in _TRUE and first.isdigit() and last.isdigit():
            found.update(range(int(first) - 1, min(int(last), most)))
    return frozenset(found)

"""How wide the columns of a table are: their shares of the line, but where it can be, no text of theirs is broken.

The sandbox has no fonts: letters are as wide as those of DejaVu Sans, the widest of the fonts that prints choose, and
in Chinese prints as those of Noto Sans CJK.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import inf
from typing import Final

_EM: Final = 9.5 * 25.4 / 72
"""The size of a table's letters, in millimetres."""
_SIDES: Final = 2.5
"""What a cell keeps free on both sides together, in millimetres, rounded up."""
_BOLD: Final = 1.17
_ROUNDED: Final = 1.01
"""By how much a text may be wider than its letters in hundredths of an em add up to."""
_WORD: Final = re.compile(r"[^\s\-/\u2e80-\U0003ffff]+[\-/]?|[\u2e80-\U0003ffff]")
"""What isn't broken: Latin words, up to their hyphens, and single Chinese letters."""
_LONGEST: Final = 18
"""Letters of a word that a column is widened for; addresses of pages and the like are broken."""
_PART: Final = 3
"""A text that takes more than one part in so many of a line is broken, whatever its column has."""
_WIDE: Final = (
    (32, 40, 46, 84, 64, 95, 78, 27, 39, 39, 50, 84, 32, 36, 32, 34)
    + (64,) * 10
    + (34, 34, 84, 84, 84, 53, 100, 68, 69, 70, 77, 63, 58, 77, 75, 29, 29, 66, 56, 86, 75, 79, 60, 79, 69, 63, 61)
    + (73, 68, 99, 69, 61, 69, 39, 34, 39, 84, 50, 50, 61, 63, 55, 63, 62, 35, 63, 63, 28, 28, 58, 28, 97, 63, 61, 63)
    + (63, 41, 52, 39, 63, 59, 82, 59, 59, 52, 64, 34, 64, 84)
)  # fmt: skip
"""Hundredths of an em of the letters from the space to the tilde, in DejaVu Sans."""
_CHINESE: Final = (
    (22, 32, 47, 56, 56, 92, 68, 28, 34, 34, 47, 56, 28, 35, 28, 39)
    + (56,) * 10
    + (28, 28, 56, 56, 56, 47, 95, 61, 66, 64, 69, 59, 55, 69, 73, 29, 54, 65, 54, 81, 72, 74, 63, 74, 64, 60, 60)
    + (72, 58, 88, 57, 53, 60, 34, 39, 34, 56, 56, 61, 56, 62, 51, 62, 55, 32, 56, 61, 28, 28, 55, 28, 93, 61, 61, 62)
    + (62, 39, 47, 38, 61, 52, 80, 50, 52, 48, 34, 27, 34, 56)
)  # fmt: skip
"""The same in Noto Sans CJK."""


def widths_of(
    columns: Sequence[tuple[str, float]],
    rows: Sequence[Sequence[str]],
    width: float,
    *,
    chinese: bool = False,
) -> list[float]:
    """Return the widths of columns of (title, share) that make up `width`, in millimetres, to thousandths.

    `chinese` says that a font of that script is at work.
    """
    letters = _CHINESE if chinese else _WIDE
    shares = [share for _, share in columns]
    whole = sum(shares) or 1.0
    cells: Iterable[Sequence[str]] = zip(*rows, strict=True) if rows else [()] * len(columns)
    found = [
        _Column(title, Counter(below), width * share / whole, width, letters)
        for (title, share), below in zip(columns, cells, strict=True)
    ]
    for needed in _needs(found):
        if sum(needed) <= width:
            return _shared(shares, needed, width)
    return _shared(shares, [0.0] * len(shares), width)


@dataclass(frozen=True)
class _Column:
    """A column: its title, how often it has each text, what its share gives it, and the whole line, in millimetres."""

    title: str
    texts: Counter[str]
    room: float
    line: float
    letters: Sequence[int]

    @cached_property
    def head(self) -> float:
        """What the longest word of its title needs."""
        return self._sides(_BOLD * self._longest([self.title]))

    @cached_property
    def words(self) -> float:
        """What its longest word needs."""
        return max(self.head, self._sides(self._longest(self.texts)))

    @cached_property
    def whole(self) -> float:
        """What it needs so that no text is broken."""
        most = self.line * _ROUNDED / _PART
        return max([self.words, *(one for one in map(self._sides, self._widths) if one <= most)])

    @cached_property
    def roomy(self) -> float:
        """What it needs so that its title isn't broken either, and long texts get all that they may take."""
        most = self.line / _PART
        title = self._sides(_BOLD * self._width(self.title))
        return max(self.whole, *(min(self._sides(one), most) for one in self._widths), min(title, most))

    @cached_property
    def broken(self) -> int:
        """How many rows have a text that has no room in its share."""
        wide = zip(self._widths, self.texts.values(), strict=True)
        return sum(often for one, often in wide if self._sides(one) > self.room)

    @cached_property
    def _widths(self) -> list[float]:
        return [self._width(text) for text in self.texts]

    def _longest(self, texts: Iterable[str]) -> float:
        words = set(_WORD.findall("\n".join(texts)))
        return max((self._width(word) for word in words if len(word) <= _LONGEST), default=0.0)

    def _width(self, text: str) -> float:
        return _EM * sum(map(self._letter, text)) / 100

    def _letter(self, letter: str) -> int:
        at = ord(letter) - 32
        if 0 <= at < len(self.letters):
            return self.letters[at]
        base = ord(unicodedata.normalize("NFD", letter)[0]) - 32
        return self.letters[base] if 0 <= base < len(self.letters) else 100

    @staticmethod
    def _sides(width: float) -> float:
        return width * _ROUNDED + _SIDES if width else 0.0


def _needs(columns: Sequence[_Column]) -> Iterator[list[float]]:
    """Yield what columns need: titles and texts unbroken, then the texts, then with those of ever more columns broken.

    At last come the heads alone. First those are broken that are so in few rows, the widest first; what has room in its
    share keeps it longest.
    """
    yield [column.roomy for column in columns]
    needed = [column.whole for column in columns]
    yield needed
    for at in sorted(range(len(columns)), key=lambda at: (columns[at].broken or inf, -columns[at].whole)):
        needed[at] = columns[at].words
        yield needed
    yield [column.head for column in columns]


def _shared(shares: Sequence[float], least: Sequence[float], width: float) -> list[float]:
    """Return what each column gets: its share of what is left by those that need more than theirs."""
    fixed: set[int] = set()
    while True:
        left = width - sum(least[at] for at in fixed)
        whole = sum(share for at, share in enumerate(shares) if at not in fixed) or 1.0
        found = [
            least[at] if at in fixed else round(left * share / whole, 3) for at, share in enumerate(shares)
        ]
        short = {at for at, one in enumerate(found) if at not in fixed and one < least[at]}
        if not short:
            return [round(one, 3) for one in found]
        fixed |= short

"""The text of a regulation in pieces: what stands between one number of an article, a paragraph, a point and the next.

Nothing is read into it and nothing lost: the pieces put together are the text.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

_DIGITS: Final = {sign: value for value, sign in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_UNITS: Final = {"十": 10, "百": 100, "千": 1_000}
_HAN: Final = "[零〇一二两三四五六七八九十百千]{1,8}"
_NUMBER: Final = rf"(?:{_HAN}|[0-9]{{1,4}})"
_CIRCLED: Final = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"

_NAMED: Final = (
    ("book", rf"第\s*{_NUMBER}\s*[编部]分?"),
    (
        "chapter",
        rf"第\s*{_NUMBER}\s*章|(?:Cap[ií]tulo|Chapter|T[ií]tulo)\s+(?:[0-9]{{1,3}}|[IVXL]{{1,6}})\b[.:º]?",
    ),
    ("section", rf"第\s*{_NUMBER}\s*节|(?:Secci[oó]n|Section)\s+(?:[0-9]{{1,3}}|[IVXL]{{1,6}})\b[.:ª]?"),
    (
        "article",
        rf"第\s*{_NUMBER}\s*条|(?:Art[ií]culo|Article|Art\.)\s*[0-9]{{1,4}}[.:º°]*|§\s*[0-9]{{1,4}}[a-z]?",
    ),
    ("paragraph", rf"第\s*{_NUMBER}\s*款"),
    ("han", rf"{_HAN}、"),
)
"""What says its own rank, the highest first."""
_PLAIN: Final = (
    ("han_in", rf"[（(]\s*{_HAN}\s*[)）]"),
    ("digit_in", r"[（(]\s*[0-9]{1,2}\s*[)）]"),
    ("digit", r"[0-9]{1,2}(?:[.．](?![0-9])|[、)）])"),
    ("circled", f"[{_CIRCLED}]"),
    ("letter", r"(?:\(?[a-z]\)|[a-z]\.)(?=\s)"),
)
"""What has the rank that its first use gives it: below what it stands under."""
_ALL: Final = (*_NAMED, *_PLAIN)
_RANKS: Final = {name: rank for rank, (name, _) in enumerate(_NAMED)}
_MARK: Final = re.compile("|".join(f"(?P<{name}>{pattern})" for name, pattern in _ALL), re.IGNORECASE)
_LINE: Final = re.compile(r"[^\n]*\n|[^\n]+")
_WITHIN: Final = frozenset({"han", "han_in", "digit_in", "digit", "circled"})
"""What may begin in the middle of a line: copied texts lose their line breaks."""
_BEFORE: Final = "。；;：:！!？?"
"""What must stand before it there."""
_LONGEST_SAYING: Final = 2_000


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a text: its number as written (none for what stands before the first), its depth, all its characters.

    `ref` leads to it from the top, as references are written: `第十二条（一）`, `一、1.（2）`.
    """

    ref: str
    label: str
    depth: int
    text: str

    @property
    def says(self) -> str:
        """What it says, without its number and line breaks."""
        return " ".join(self.text.strip().removeprefix(self.label).split())[:_LONGEST_SAYING]


@dataclass(frozen=True, slots=True)
class _Mark:
    start: int
    kind: str
    label: str


def pieces(text: str) -> tuple[Piece, ...]:
    """Return the pieces of a text, in order; their texts put together are the text."""
    marks = list(_marks(text))
    ends = [*(mark.start for mark in marks), len(text)]
    found = [Piece("", "", 0, text[: ends[0]])] if ends[0] else []
    above: list[_Mark] = []
    for number, mark in enumerate(marks):
        above = [*_above(above, mark.kind), mark]
        found.append(Piece(_reference(above), mark.label, len(above), text[mark.start : ends[number + 1]]))
    return tuple(found)


def _marks(text: str) -> Iterator[_Mark]:
    """Yield where pieces begin: at numbers that begin a line, and at those that go on within one."""
    last: dict[str, int] = {}
    for line in _LINE.finditer(text):
        own = line.group()
        begin = len(own) - len(own.lstrip(" \t\u3000\r"))
        first = _MARK.match(own, begin)
        if first is not None:
            yield _made(first, line.start(), last)
        yield from _inner(own, first.end() if first else begin, line.start(), last)


def _inner(line: str, begin: int, offset: int, last: dict[str, int]) -> Iterator[_Mark]:
    for match in _MARK.finditer(line, begin):
        kind = str(match.lastgroup)
        before = line[: match.start()].rstrip()
        if kind not in _WITHIN or not before or before[-1] not in _BEFORE or match.start() == begin:
            continue
        value = _value(match.group())
        if value == last.get(kind, -1) + 1 or (value == 1 and _goes_on(kind, line, match.end())):
            yield _made(match, offset, last)


def _goes_on(kind: str, line: str, after: int) -> bool:
    """Whether a second one follows: a first one alone is a reference, not a list."""
    return any(
        match.lastgroup == kind and _value(match.group()) == 2  # noqa: PLR2004
        for match in _MARK.finditer(line, after)
    )


def _made(match: re.Match[str], offset: int, last: dict[str, int]) -> _Mark:
    kind = str(match.lastgroup)
    for name in _below(kind):
        last.pop(name, None)
    last[kind] = _value(match.group())
    return _Mark(offset + match.start(), kind, match.group())


def _below(kind: str) -> list[str]:
    """Return the kinds that begin anew under one that says its own rank."""
    names = [name for name, _ in _ALL]
    return names[_RANKS[kind] + 1 :] if kind in _RANKS else []


def _above(above: list[_Mark], kind: str) -> list[_Mark]:
    """Return what a mark stands under: what is above its own kind, or above its rank, or the last one itself."""
    for number, mark in enumerate(above):
        if mark.kind == kind or (kind in _RANKS and _RANKS.get(mark.kind, len(_RANKS)) > _RANKS[kind]):
            return above[:number]
    return above


def _reference(above: list[_Mark]) -> str:
    """Return the way to the last mark. Articles are numbered through, so what is above one isn't said."""
    kinds = [mark.kind for mark in above]
    begin = kinds.index("article") if "article" in kinds else 0
    return "".join(mark.label for mark in above[begin:])


def _value(label: str) -> int:
    """Return the number that a mark says; 0 for letters."""
    if label in _CIRCLED:
        return _CIRCLED.index(label) + 1
    digits = re.search(r"[0-9]+", label)
    if digits:
        return int(digits.group())
    han = re.search(_HAN, label)
    return _han(han.group()) if han else 0


def _han(text: str) -> int:
    total, digit = 0, 0
    for sign in text:
        if sign in _UNITS:
            total += (digit or 1) * _UNITS[sign]
            digit = 0
        else:
            digit = _DIGITS[sign]
    return total + digit


# ---- as an inventory
def inventory_of(name: str, document: str, title: str, found: tuple[Piece, ...], kind: str) -> dict[str, Any]:
    """Return the data of an inventory: an item for each piece that says something, all of one kind for now.

    Items are numbered through, `DOCUMENT-01`; what an item says begins with its reference.
    """
    said = [piece for piece in found if piece.says]
    width = max(2, len(str(len(said))))
    items = {
        f"{document}-{number:0{width}}": {"kind": kind, "says": f"{piece.ref} {piece.says}".strip()}
        for number, piece in enumerate(said, 1)
    }
    return {"inventory": name, "document": document, "title": title, "items": items}

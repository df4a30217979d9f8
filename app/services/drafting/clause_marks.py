"""Where pieces of a regulation's text begin: the numbers, of every sort that real texts use, opening a line or in one.

Texts are pasted out of web pages, word processors and scans: brackets are lost, marks stand before numbers, lines
are broken in the middle of a sentence. A number counts where it opens a line and fits; where it can be meant as
a quantity or as a reference it counts only if it goes on from the one before.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

_DIGITS: Final = {sign: value for value, sign in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_UNITS: Final = {"十": 10, "百": 100, "千": 1_000}
_HAN: Final = "[零〇一二两三四五六七八九十百千]{1,8}"
_DIGIT: Final = "[0-9０-９]"
_NUMBER: Final = rf"(?:{_HAN}|{_DIGIT}{{1,4}})"
_SIGNS: Final = {"①": 20, "⑴": 20, "⒈": 20, "㈠": 10}
"""The first sign of each run of signs that are numbers, and how many there are."""
_CIRCLED, _BRACKETED, _POINTED, _HAN_SIGNS = (
    f"[{first}-{chr(ord(first) + count - 1)}]" for first, count in _SIGNS.items()
)
_EN: Final = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")
_ES: Final = (
    "primer[oa]",
    "segund[oa]",
    "tercer[oa]",
    "cuart[oa]",
    "quint[oa]",
    "sext[oa]",
    "s[eé]ptim[oa]",
    "octav[oa]",
    "noven[oa]",
    "d[eé]cim[oa]",
)
_ROMAN: Final = (
    "I",
    "II",
    "III",
    "IV",
    "V",
    "VI",
    "VII",
    "VIII",
    "IX",
    "X",
    "XI",
    "XII",
    "XIII",
    "XIV",
    "XV",
)

NAMED: Final = (
    ("book", rf"第\s*{_NUMBER}\s*[编部]分?"),
    (
        "chapter",
        rf"第\s*{_NUMBER}\s*章|(?:Cap[ií]tulo|Chapter|T[ií]tulo)\s+(?:[0-9]{{1,3}}|[IVXL]{{1,6}})\b[.:º]?",
    ),
    ("section", rf"第\s*{_NUMBER}\s*节|(?:Secci[oó]n|Section)\s+(?:[0-9]{{1,3}}|[IVXL]{{1,6}})\b[.:ª]?"),
    (
        "article",
        rf"第\s*{_NUMBER}\s*条(?:之{_HAN})?|(?:Art[ií]culo|Article|Art\.)\s*[0-9]{{1,4}}[.:º°]*|§\s*[0-9]{{1,4}}[a-z]?",
    ),
    ("paragraph", rf"第\s*{_NUMBER}\s*款"),
    ("han", rf"{_HAN}、"),
)
"""What says its own rank, the highest first."""
_PLAIN: Final = (
    ("han_in", rf"[（(]\s*{_HAN}\s*[)）]|{_HAN_SIGNS}"),
    ("digit_in", rf"[（(]\s*{_DIGIT}{{1,2}}\s*[)）]|{_BRACKETED}"),
    ("outline", rf"{_DIGIT}{{1,2}}(?:[.．]{_DIGIT}{{1,2}}){{1,3}}[.．、]?(?![0-9０-９.．%％])"),
    ("digit", rf"{_DIGIT}{{1,2}}(?:[.．](?![0-9０-９])|[、)）])|{_POINTED}"),
    ("circled", _CIRCLED),
    ("han_is", rf"{_HAN}(?:是|要)"),
    ("ordinal", rf"(?-i:{'|'.join(f'{one.title()}(?:ly)?' for one in _EN)})[,:.]"),
    ("ordinal_is", rf"(?-i:The (?:{'|'.join(_EN)}))\s(?:is|one)\b"),
    ("ordinal_es", rf"(?-i:{'|'.join(one[0].upper() + one[1:] for one in _ES)})(?:[,:]|\.[-—–]?)"),
    ("roman", r"(?-i:[IVX]{1,5})[.)](?=\s)"),
    ("letter", r"(?:\(?[a-z]\)|[a-z]\.)(?=\s)"),
)
"""What has the rank that its first use gives it: below what it stands under."""
_OPENING: Final = (
    ("han", rf"{_HAN}(?:[.．。:：](?![0-9０-９])|\u3000)"),
    ("digit_in", rf"[。.]\s*{_DIGIT}{{1,2}}\s*[)）]"),
    ("row", rf"(?:\|\s*)?{_DIGIT}{{1,3}}[ ]*[\t|]"),
    ("bullet", r"(?:[-–—](?![-–—0-9０-９])|[•●○■□◆◇▪➢✓]|·|\*(?=\s))"),
)
"""What counts at the beginning of a line only: other ways to write the same, lost brackets, rows of tables, dots."""
ALL: Final = (*NAMED, *_PLAIN, *_OPENING[2:])
RANKS: Final = {name: rank for rank, (name, _) in enumerate(NAMED)}
ABSOLUTE: Final = frozenset({"article", "outline"})
"""What says by itself where it is: what is above it isn't said with it."""


def _any_of(patterns: tuple[tuple[str, str], ...]) -> re.Pattern[str]:
    grouped: dict[str, list[str]] = {}
    for name, pattern in patterns:
        grouped.setdefault(name, []).append(pattern)
    return re.compile(
        "|".join(f"(?P<{name}>{'|'.join(ones)})" for name, ones in grouped.items()), re.IGNORECASE
    )


_INNER: Final = _any_of((*NAMED, *_PLAIN))
_FIRST: Final = _any_of((*NAMED, *_PLAIN, *_OPENING))
_JUNK: Final = "[ \t\u3000\u00a0\u200b\ufeff\r]|[?？※#>*＊【〖〔]|[-–—•●○■□◆◇▪➢·]"
_LED: Final = re.compile(rf"(?:{_JUNK})*")
"""What may stand before a number without being part of the text: marks of editors, of web pages and of dots."""
_BLANK: Final = re.compile("[ \t\u3000\u00a0\u200b\ufeff\r]*")
_LINE: Final = re.compile(r"[^\n]*\n|[^\n]+")
_CONTENTS: Final = re.compile(
    r"(?!\s*[0-9]{1,3}\t).*(?:…|\.{4,}|·{4,}|。{4,}|\t)[\s.…·]*[0-9]{1,3}\s*$|\s*[-–—]\s*[0-9]{1,4}\s*[-–—]\s*$"
)
"""A line of a table of contents, or a page's number."""
_REFERS: Final = re.compile("(?:规定|规範|所|的|之外|及|和|与|至|或|、|，|,|第|中)")
"""What follows a number of an article that a broken line has brought to its beginning."""
_WITHIN: Final = frozenset({"han", "han_in", "digit_in", "digit", "circled", "han_is"})
"""What may begin in the middle of a line: copied texts lose their line breaks."""
_GUARDED: Final = frozenset({"han_is", "roman", "row"})
"""What can be words or a quantity, even at the beginning of a line: it counts where it goes on from the one before."""
_BEFORE: Final = "。；;：:！!？?"
"""What must stand before it there."""
_TIGHT: Final = re.compile(r"[0-9０-９A-Za-z(（第附表件图、,，.-]")
"""What makes a number behind it part of a word, of a reference or of a quantity."""


@dataclass(frozen=True, slots=True)
class Mark:
    """The beginning of a piece: where it and its number stand in the text, its sort, how it is written, its value."""

    start: int
    at: int
    kind: str
    label: str
    value: int


def marks(text: str) -> Iterator[Mark]:
    """Yield where pieces begin, in order."""
    finding = _Finding(text)
    for line in _LINE.finditer(text):
        yield from finding.of(line.group(), line.start())


class _Finding:
    """What was found so far: the last value of each sort."""

    def __init__(self, text: str) -> None:
        self._last: dict[str, int] = {}
        self._outline: tuple[int, ...] = ()
        self._end = len(text)
        self._seconds: dict[tuple[str, bool], list[int]] = {}
        """Where second ones stand, by their sort: all, and those behind the end of a sentence."""
        for match in _INNER.finditer(text):
            kind = str(match.lastgroup)
            if value_of(kind, match.group()) == 2:  # noqa: PLR2004
                self._seconds.setdefault((kind, False), []).append(match.start())
                if _ends_sentence(text, match.start()):
                    self._seconds.setdefault((kind, True), []).append(match.start())

    def _goes_on(self, kind: str, after: int, until: int, *, behind: bool = False) -> bool:
        """Whether a second one follows: a first one alone is a reference, not a list."""
        places = self._seconds.get((kind, behind), [])
        next_one = bisect_left(places, after)
        return next_one < len(places) and places[next_one] < until

    def of(self, line: str, offset: int) -> Iterator[Mark]:
        """Yield the marks of a line of a text."""
        found = None if _CONTENTS.match(line) else self._first(line, offset)
        begin = _BLANK.match(line).end()  # type: ignore[union-attr]  # it fits nothing, too
        if found is not None:
            yield self._made(found, offset, offset)
            begin = found.end()
        yield from self._inner(line, begin, offset)

    def _first(self, line: str, offset: int) -> re.Match[str] | None:
        """Return the number that opens a line: behind what only leads to it, or else the dot itself."""
        for begin in dict.fromkeys((_LED.match(line).end(), _BLANK.match(line).end())):  # type: ignore[union-attr]
            found = _FIRST.match(line, begin)
            while found is not None and not self._counts(found, line, offset):
                found = self._other(found, line)
            if found is not None:
                return found
        return None

    @staticmethod
    def _other(found: re.Match[str], line: str) -> re.Match[str] | None:
        """Return what else the same place may be: a letter that isn't a Roman number."""
        if found.lastgroup != "roman":
            return None
        return re.compile(r"(?P<letter>[A-Z][.)])(?=\s)").match(line, found.start())

    def _counts(self, found: re.Match[str], line: str, offset: int) -> bool:
        kind, value = str(found.lastgroup), value_of(str(found.lastgroup), found.group())
        if kind == "article" and found.group().startswith("第") and _REFERS.match(line, found.end()):
            return False
        if kind == "outline":
            return _follows(self._outline, _numbers(found.group()))
        if kind not in _GUARDED:
            return True
        last = self._last.get(kind, 0)
        if kind == "roman" and self._last.get("letter") == ord(found.group()[0].lower()) - 1:
            return False
        if value == 1 and kind == "han_is":
            return self._goes_on(kind, offset + found.end(), self._end)
        return value in {1, last + 1}

    def _inner(self, line: str, begin: int, offset: int) -> Iterator[Mark]:
        for match in _INNER.finditer(line, begin):
            kind = str(match.lastgroup)
            before = line[: match.start()].rstrip()
            if kind not in _WITHIN or not before or match.start() == begin:
                continue
            value = value_of(kind, match.group())
            after, until = offset + match.end(), offset + len(line)
            if before[-1] not in _BEFORE and (
                value != 1
                or kind == "han_is"
                or _TIGHT.match(before[-1])
                or not self._goes_on(kind, after, until, behind=True)
            ):
                continue
            if value == self._last.get(kind, -1) + 1 or (value == 1 and self._goes_on(kind, after, until)):
                yield self._made(match, offset + match.start(), offset)

    def _made(self, match: re.Match[str], start: int, offset: int) -> Mark:
        kind = str(match.lastgroup)
        value = value_of(kind, match.group())
        for name in _below(kind):
            self._last.pop(name, None)
        self._last[kind] = value
        if kind in {"outline", "digit", "chapter"}:
            self._outline = _numbers(match.group()) if kind == "outline" else (value,)
        return Mark(start, offset + match.start(), kind, match.group(), value)


def _follows(last: tuple[int, ...], numbers: tuple[int, ...]) -> bool:
    """Whether `2.1` may follow `1.3`: one further at some place, and all ones behind it. Ones may begin anew."""
    if set(numbers) == {1}:
        return True
    for place in range(min(len(last), len(numbers) - 1) + 1):
        further = (last[place] if place < len(last) else 0) + 1
        rest = numbers[place + 1 :]
        if numbers[:place] == last[:place] and numbers[place] == further and set(rest) <= {1}:
            return True
    return False


def _ends_sentence(text: str, place: int) -> bool:
    """Whether a sentence ends before a place, or a clause of one: what may begin there is one of a list."""
    before = text[max(0, place - 20) : place].rstrip()
    return before[-1:] in _BEFORE if before else False


def _below(kind: str) -> list[str]:
    """Return the kinds that begin anew under one that says its own rank."""
    names = [name for name, _ in ALL]
    return names[RANKS[kind] + 1 :] if kind in RANKS else []


def _numbers(label: str) -> tuple[int, ...]:
    return tuple(int(one) for one in re.findall(f"{_DIGIT}+", label))


def value_of(kind: str, label: str) -> int:
    """Return the number that a mark of a kind says; 0 where it says none."""
    if kind in {"ordinal", "ordinal_is"}:
        return next(n for n, word in enumerate(_EN, 1) if word in label.lower())
    if kind == "ordinal_es":
        return next(n for n, word in enumerate(_ES, 1) if re.match(word, label.lower()))
    if kind == "roman":
        letters = label[:-1]
        return _ROMAN.index(letters) + 1 if letters in _ROMAN else 0
    if kind == "letter":
        return ord(label.strip("().")[0].lower())
    for first, count in _SIGNS.items():
        if ord(first) <= ord(label[0]) < ord(first) + count:
            return ord(label[0]) - ord(first) + 1
    digits = _numbers(label)
    if digits:
        return digits[-1]
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

"""The text of a regulation in pieces: what stands between one number of an article, a paragraph, a point and the next.

Nothing is read into it and nothing lost: the pieces put together are the text.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from app.services.drafting.clause_marks import ABSOLUTE, RANKS, Mark, marks

_LONGEST_SAYING: Final = 2_000
_BEHIND: Final = re.compile(r"^(?:[\s】〗〕]|\*\*(?!\*))*")
"""What closes what stood around a number."""
_WORDS: Final = re.compile("([A-Za-z,:])\n(?=[A-Za-z])")
"""Where two numbers that are words meet."""
_LOST: Final = re.compile(r"[。.]\s*([0-9０-９]{1,2}\s*)([)）])")
_BULLET: Final = "bullet"
_DEEPEST: Final = 6
"""Lists of one sort within each other; more of them are lists behind each other, however long the text is."""
_FAR: Final = 300
"""Marks within which an outer number goes on."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a text: its number as written (none for what stands before the first), its depth, all its characters.

    `ref` leads to it from the top, as references are written: `第十二条（一）`, `一、1.（2）`; the second dot under
    it is `一、•2`. `within` is where in `text` what it says begins, behind its number.
    """

    ref: str
    label: str
    depth: int
    text: str
    within: int = 0

    @property
    def says(self) -> str:
        """What it says, without its number and line breaks."""
        rest = _BEHIND.sub("", self.text[self.within :]) if self.label else self.text
        return " ".join(rest.split())[:_LONGEST_SAYING]


def pieces(text: str) -> tuple[Piece, ...]:
    """Return the pieces of a text, in order; their texts put together are the text."""
    found = list(marks(text))
    ends = [*(mark.start for mark in found), len(text)]
    made = [Piece("", "", 0, text[: ends[0]])] if ends[0] else []
    tree = _Tree(found)
    for number, mark in enumerate(found):
        above, ref = tree.place(number)
        within = mark.at + len(mark.label) - mark.start
        made.append(Piece(ref, _said(mark), len(above), text[mark.start : ends[number + 1]], within))
    return tuple(made)


class _Tree:
    """What each mark stands under."""

    def __init__(self, found: Sequence[Mark]) -> None:
        self._found = found
        self._above: list[Mark] = []
        self._holding: set[int] = set()
        """Where marks stand under which others of their own kind were found."""
        self._dots: dict[int, int] = {}

    def place(self, number: int) -> tuple[list[Mark], str]:
        """Return the way to a mark from the top, itself last, and the reference that says it."""
        mark = self._found[number]
        if mark.kind != _BULLET:
            self._above = [one for one in self._above if one.kind != _BULLET]
        self._above = [*self._over(number), mark]
        return self._above, self._reference()

    def _over(self, number: int) -> list[Mark]:
        """Return what a mark stands under: what is above its own kind, or above its rank, or the last one itself."""
        mark, above = self._found[number], self._above
        if mark.kind in RANKS:
            for place, one in enumerate(above):
                if RANKS.get(one.kind, len(RANKS)) >= RANKS[mark.kind]:
                    return above[:place]
            return above
        if mark.kind == "outline":
            depth = _points(mark)
            return [one for one in above if one.kind != "outline" or _points(one) < depth]
        same = [place for place, one in enumerate(above) if one.kind == mark.kind]
        if not same:
            return above
        last = same[-1]
        if mark.value == 1 and mark.kind not in {_BULLET, "row"} and self._holds(number, last):
            self._holding.add(above[last].start)
            return above[: last + 1]
        fitting = [place for place in same if above[place].value + 1 == mark.value]
        place = fitting[-1] if fitting else last
        if above[place].start in self._holding:
            self._holding.add(mark.start)
        return above[:place]

    def _holds(self, number: int, place: int) -> bool:
        """Whether a list that begins anew lies within the item before it: the outer numbers go on behind it."""
        outer = self._above[place]
        if outer.start in self._holding:
            return True
        higher = {one.kind for one in self._above[:place]} - {outer.kind}
        open_lists = [outer.value, 1]
        for later in self._found[number + 1 : number + 1 + _FAR]:
            if later.kind in higher or later.kind in RANKS:
                return False
            if later.kind != outer.kind:
                continue
            fits = [level for level, value in enumerate(open_lists) if value + 1 == later.value]
            if fits:
                del open_lists[fits[-1] + 1 :]
                open_lists[-1] = later.value
                if len(open_lists) == 1:
                    return True
            elif later.value == 1:
                if len(open_lists) == _DEEPEST:
                    return False
                open_lists.append(1)
        return False

    def _reference(self) -> str:
        """Return the way to the last mark, beginning at what says by itself where it is."""
        own = [place for place, mark in enumerate(self._above) if mark.kind in ABSOLUTE]
        article = [place for place in own if self._above[place].kind == "article"]
        begin = (article or own[-1:] or [0])[0]
        said = [_said(mark) for mark in self._above[begin:]]
        if self._above[-1].kind == _BULLET:
            over = self._above[-2].start if len(self._above) > 1 else -1
            self._dots[over] = self._dots.get(over, 0) + 1
            said[-1] = f"•{self._dots[over]}"
        return _WORDS.sub(r"\1 ", "\n".join(said)).replace("\n", "")


def _said(mark: Mark) -> str:
    """Return a number as it is usually written: copying has spoilt its bracket, or its comma."""
    label = mark.label.strip("|\t ")
    lost = _LOST.fullmatch(label)
    if lost:
        return f"{'（' if lost[2] == '）' else '('}{lost[1]}{lost[2]}"
    return re.sub("[.．。:：\u3000]$", "、", label) if mark.kind == "han" else label


def _points(mark: Mark) -> int:
    return mark.label.rstrip(".．、").count(".") + mark.label.rstrip(".．、").count("．")


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

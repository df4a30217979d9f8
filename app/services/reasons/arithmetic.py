"""How points come about, exactly: what an item starts with, what each line adds or takes, and where the result is cut.

Everything is an exact number; `total` adds it up again, so that what is shown can be held against what was computed.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from app.domain.core.numbers import normal, round_to
from app.domain.core.values import Number
from app.domain.kinds.common import Rounding, Texts
from app.i18n import Translator


@dataclass(frozen=True, slots=True)
class Group:
    """So many rows with the same signed points."""

    count: int
    each: Number

    @property
    def points(self) -> Number:
        """The signed points of all of them."""
        return normal(self.count * self.each)


@dataclass(frozen=True, slots=True)
class Share:
    """A proportion of the item's maximum: part ÷ whole × most."""

    part: Number
    whole: Number
    most: Number

    @property
    def points(self) -> Number:
        """What the proportion gives; a share over one gives all, one under zero nothing."""
        value = Fraction(self.part) / Fraction(self.whole)
        return normal(max(min(value, Fraction(1)), Fraction(0)) * self.most)


@dataclass(frozen=True, slots=True)
class Term:
    """What one line (or one part of a section) contributes.

    `cap`: the most that it may give or take, in size. `over`: by how many the sum is divided, of an average.
    """

    title: Texts
    groups: tuple[Group, ...] = ()
    share: Share | None = None
    cap: Number | None = None
    over: int = 1

    @property
    def raw(self) -> Number:
        """The signed points before the cap."""
        if self.share is not None:
            return self.share.points
        return normal(Fraction(sum((group.points for group in self.groups), 0)) / self.over)

    @property
    def points(self) -> Number:
        """The signed points that count."""
        if self.cap is None:
            return self.raw
        return self.cap if self.raw > self.cap else max(self.raw, normal(Fraction(0) - Fraction(self.cap)))

    @property
    def cut(self) -> bool:
        """Whether the cap took something away."""
        return self.points != self.raw


@dataclass(frozen=True, slots=True)
class Sum:
    """A sum within bounds. `floor` and `ceiling` None: there is none; `round_to` and `half` say how it is rounded."""

    terms: tuple[Term, ...]
    start: Number | None = None
    floor: Number | None = None
    ceiling: Number | None = None
    round_to: Number | None = None
    half: Rounding = Rounding.UP

    @property
    def raw(self) -> Number:
        """What adds up, before bounds and rounding."""
        return normal((self.start or 0) + sum((term.points for term in self.terms), 0))

    @property
    def bounded(self) -> Number:
        """What is left within the bounds."""
        value = self.raw
        if self.floor is not None:
            value = max(value, self.floor)
        return value if self.ceiling is None else min(value, self.ceiling)

    @property
    def total(self) -> Number:
        """The result."""
        return self.bounded if self.round_to is None else _rounded(self.bounded, self.round_to, self.half)


def _rounded(value: Number, to: Number, half: Rounding) -> Number:
    """Return the multiple of `to` nearest to `value`; of two equally near that which `half` says."""
    steps = Fraction(value) / Fraction(to)
    if half is Rounding.UP or (steps * 2).denominator != 1 or steps.denominator == 1:
        return round_to(value, to)
    if half is Rounding.EVEN:
        return round_to(value, 2 * to)
    return normal(int(steps) * Fraction(to))


def grouped(points: Sequence[Number]) -> tuple[Group, ...]:
    """Return the points of rows as groups of equal ones, the largest first."""
    counts: dict[Number, int] = {}
    for value in points:
        counts[value] = counts.get(value, 0) + 1
    return tuple(
        Group(counts[each], each) for each in sorted(counts, key=lambda each: (-abs(Fraction(each)), each))
    )


# ---- in signs ------------------------------------------------------------------------------------------------------
def equation(made: Sum, t: Translator) -> tuple[str, str]:
    """Return a sum in signs, and what it gives before bounds and rounding: (`20 − 4 × 0.5`, `18`)."""
    pieces: list[str] = [] if made.start is None else [t.number(Fraction(made.start))]
    for term in made.terms:
        if term.share is None and not term.groups:
            continue
        if term.cut:
            _add(pieces, term.points, t.number(abs(Fraction(term.points))))
            continue
        if term.share is not None:
            part, whole, most = (
                t.number(Fraction(value)) for value in (term.share.part, term.share.whole, term.share.most)
            )
            _add(pieces, 1, f"{part} ÷ {whole} × {most}")
            continue
        own: list[str] = []
        for group in term.groups:
            each = t.number(abs(Fraction(group.each)))
            words = each if group.count == 1 else f"{t.number(group.count)} × {each}"
            _add(own if term.over > 1 else pieces, group.each, words)
        if term.over > 1:
            _add(pieces, 1, f"({' '.join(own)}) ÷ {t.number(term.over)}")
    left = " ".join(pieces) or t.number(0)
    return left, t.number(Fraction(made.raw))


def sum_words(made: Sum, t: Translator) -> tuple[str, str]:
    """Return what leads to the result (`20 − 4 × 0.5 = `, empty for a single figure), and the result."""
    left, result = equation(made, t)
    return ("" if left == result else f"{left} = "), result


def _add(pieces: list[str], signed: Number, words: str) -> None:
    if not pieces:
        pieces.append(words if signed >= 0 else f"−{words}")
        return
    pieces += ["+" if signed >= 0 else "−", words]

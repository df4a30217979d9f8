"""Bands that several conditions make: values between two of them, values in two of them (W212), and what they earn."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from itertools import pairwise
from math import ceil, floor
from typing import Final

from app.declarations.checks.figures import dates_of
from app.declarations.checks.reach import alike
from app.declarations.checks.surveyed import Surveyed, compared, conjuncts, lines_of, where_of
from app.domain.core.expressions import Expression, Operator
from app.domain.core.numbers import format_number
from app.domain.core.types import type_of
from app.domain.core.values import NUMERIC, Kind
from app.domain.kinds.common import Parameter
from app.domain.problem import Problem, Where

_BANDS: Final = 3
"""So many ranges of one column are meant as a scale, on which a gap is an oversight."""


@dataclass(frozen=True, slots=True)
class Range:
    """The values of one column for which something holds; None: no bound. `given` is what it then gives, signed."""

    name: str
    where: Where
    low: Fraction | None
    low_in: bool
    high: Fraction | None
    high_in: bool
    whole: bool
    given: tuple[Parameter, int] | None = None


def lines(surveyed: Surveyed, name: str) -> Iterator[Problem]:
    """Yield the problems of the lines of each item of a sheet that differ only in the range of one column."""
    sheet, at = surveyed.regulation.sheets[name], surveyed.at(name)
    groups: dict[object, list[Range]] = {}
    for word, items in (("items", sheet.items), ("bonus", sheet.bonus)):
        for line, where, item in lines_of(items, at / word, at):
            if line.source is None or line.source.set:
                continue
            figure = line.amount.figure if line.amount else None
            given = None if figure is None else (figure, line.sign)
            for key, found in _ranges(line.source.where, where.name, where_of(where, "where"), given):
                groups.setdefault((item.id, line.source.table, key), []).append(found)
    for ranges in groups.values():
        yield from _scale(ranges)
        yield from _earned(ranges)


def alike_rules(surveyed: Surveyed) -> Iterator[tuple[str, ...]]:
    """Yield the rules of each group that are about the same rows and facts, of two rules at least."""
    groups: dict[object, list[str]] = {}
    for name, rule in surveyed.regulation.rules.items():
        if surveyed.sound(name) and rule.unless is None and rule.select is None:
            groups.setdefault((alike(rule)[:3], rule.group, rule.hit), []).append(name)
    yield from (tuple(group) for group in groups.values() if len(group) > 1)


def rules(surveyed: Surveyed, alike_ones: Iterable[str]) -> Iterator[Problem]:
    """Yield the problems of rules about the same rows and facts that differ only in the range of one column."""
    groups: dict[tuple[str | None, str, object], list[Range]] = {}
    for name in alike_ones:
        rule, where = surveyed.regulation.rules[name], where_of(surveyed.at(name), "when")
        for key, found in _ranges(rule.when, name, where, None):
            groups.setdefault((rule.group, rule.hit, key), []).append(found)
    for (group, hit, _), ranges in groups.items():
        # Where only one of a group counts, that two apply is settled, or a fault of its own (E130).
        yield from _scale(ranges, overlaps=group is None or hit == "all")


def _ranges(
    condition: Expression, name: str, where: Where, given: tuple[Parameter, int] | None
) -> Iterator[tuple[object, Range]]:
    """Yield the range of each number that a condition bounds, with what else it asks: one range a column."""
    parts = conjuncts(condition)
    for column in dict.fromkeys(read[0] for part in parts if (read := compared(part)) is not None):
        low = high = None
        low_in = high_in = False
        rest: list[Expression] = []
        kinds: set[Kind] = set()
        for part in parts:
            read = compared(part)
            if read is None or read[0] != column or read[1] in (Operator.EQUAL, Operator.UNEQUAL):
                rest.append(part)
                continue
            _, operator, value = read
            kinds.add(type_of(part.left).kind)  # type: ignore[union-attr]  # a comparison has a left side
            if operator in (Operator.MORE, Operator.AT_LEAST):
                low, low_in = value, operator is Operator.AT_LEAST
            else:
                high, high_in = value, operator is Operator.AT_MOST
        if kinds <= NUMERIC and (low is not None or high is not None):
            whole = kinds == {Kind.INTEGER}
            yield (column, frozenset(rest)), Range(name, where, low, low_in, high, high_in, whole, given)


def _scale(ranges: Iterable[Range], *, overlaps: bool = True) -> Iterator[Problem]:
    """Yield the gaps and overlaps of neighbours. One range inside another is no fault: each adds something."""
    ordered = sorted(ranges, key=lambda one: (one.low is not None, one.low or 0, not one.low_in))
    banded = len(ordered) >= _BANDS and any(one.low is not None and one.high is not None for one in ordered)
    for one, other in pairwise(ordered):
        if one.high is None or other.low is None:
            continue
        if (one.low, one.low_in) == (other.low, other.low_in):
            continue
        if _overlap(one, other):
            if overlaps and (other.high is None or other.high > one.high):
                yield _told("overlap", one, other, format_number(other.low))
        elif one.high == other.low:
            if not (one.high_in or other.low_in):
                yield _told("value", one, other, format_number(one.high))
        elif _decimals(one, other):
            yield _told("decimals", one, other, f"{format_number(one.high)} … {format_number(other.low)}")
        elif banded and _left_out(one, other):
            yield _told("gap", one, other, f"{format_number(one.high)} … {format_number(other.low)}")


def _told(reason: str, one: Range, other: Range, value: str) -> Problem:
    values = {"reason": reason, "what": other.name, "other": one.name, "value": value}
    return Problem("W212", other.where, values)


def _overlap(one: Range, other: Range) -> bool:
    if one.high is None or other.low is None:
        return True
    return one.high > other.low or (one.high == other.low and one.high_in and other.low_in)


def _decimals(one: Range, other: Range) -> bool:
    """Whether only decimals lie between two neighbours: 9 and 10, 9.9 and 10."""
    if one.whole or one.high is None or other.low is None or not (one.high_in and other.low_in):
        return False
    return other.low - one.high == Fraction(1, max(_grain(one.high), _grain(other.low)))


def _left_out(one: Range, other: Range) -> bool:
    """Whether a value lies between two neighbours; of whole numbers, a whole one."""
    if not one.whole or one.high is None or other.low is None:
        return True
    first = floor(one.high) + 1 if one.high_in else ceil(one.high)
    last = ceil(other.low) - 1 if other.low_in else floor(other.low)
    return first <= last


def _grain(value: Fraction) -> int:
    """Return how finely a number is written: 1 for a whole one, 10 for one decimal."""
    grain = 1
    while (value * grain).denominator != 1 and grain < value.denominator * value.denominator:
        grain *= 10
    return grain


# ---- what worse and better earn
def _earned(ranges: Iterable[Range]) -> Iterator[Problem]:
    """Yield the first range of a scale that breaks the order of what is given (W203)."""
    ordered = sorted(ranges, key=lambda one: (one.low is not None, one.low or 0))
    if len(ordered) < _BANDS or any(_overlap(one, other) for one, other in pairwise(ordered)):
        return
    figures = [one.given for one in ordered]
    given = [figure for figure in figures if figure is not None]
    if len(given) == len(ordered):
        yield from not_monotone(given, [one.name for one in ordered], [one.where for one in ordered])


def not_monotone(
    given: list[tuple[Parameter, int]], names: list[str], places: list[Where]
) -> Iterator[Problem]:
    """Yield W203 at the first of the figures, in order, that goes back where the others went on."""
    for day in dates_of(figure for figure, _ in given):
        values = [_number(figure, day) * sign for figure, sign in given]
        position = turning(values)
        if position is not None:
            shown = ", ".join(format_number(value) for value in values)
            yield Problem(
                "W203", places[position], {"what": names[position], "reason": "order", "values": shown}
            )
            return


def _number(figure: Parameter, day: date) -> Fraction:
    value = figure.on(day)
    return Fraction(value) if isinstance(value, int | Fraction) else Fraction(0)


def turning(values: list[Fraction]) -> int | None:
    """Return the position at which numbers stop going in one direction, or None."""
    direction = 0
    for position, (one, other) in enumerate(pairwise(values), start=1):
        step = (other > one) - (other < one)
        if step and direction and step != direction:
            return position
        direction = step or direction
    return None

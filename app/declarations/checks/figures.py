"""Checks over finished definitions: cycles, weights, sums, grades, assumed figures, changes inside a window."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from fractions import Fraction
from itertools import pairwise

from app.domain.clocks import needs_hours
from app.domain.core.values import Length, Value
from app.domain.kinds.appraisal import Appraisal, Part
from app.domain.kinds.common import Heading, Origin, Parameter
from app.domain.kinds.duty import Duty
from app.domain.kinds.sheet import Item, Sheet
from app.domain.problem import Problem, Where
from app.domain.workdays import Calendar, Every

_FIRST_MONTHS = {"month": range(1, 13), "quarter": (1, 4, 7, 10), "half_year": (1, 7), "year": (1,)}


def cycles(uses: Mapping[str, Sequence[tuple[str, Where]]]) -> Iterator[Problem]:
    """Yield one problem (E110) for each cycle of definitions that read one another, at the reading that closes it."""
    done: set[str] = set()
    for start in sorted(uses):
        yield from _cycles_from(start, uses, done)


def _cycles_from(
    start: str, uses: Mapping[str, Sequence[tuple[str, Where]]], done: set[str]
) -> Iterator[Problem]:
    """Walk depth first without recursion: definitions may be many, and a chain of them long."""
    trail: list[str] = []
    stack: list[tuple[str, int]] = [(start, 0)]
    while stack:
        name, position = stack.pop()
        if position == 0:
            if name in done:
                continue
            trail.append(name)
        reads = uses.get(name, ())
        if position >= len(reads):
            trail.pop()
            done.add(name)
            continue
        stack.append((name, position + 1))
        other, where = reads[position]
        if other in trail:
            way = [*trail[trail.index(other) :], other]
            yield Problem("E110", where, {"what": " → ".join(way)})
        elif other not in done:
            stack.append((other, 0))


def without_hours(parameters: Iterable[Parameter], calendar: Calendar) -> Iterator[Problem]:
    """Yield the limits in working time of a place whose calendar doesn't say from when to when work is done."""
    for parameter in parameters if not calendar.hours else ():
        if any(isinstance(value, Length) and needs_hours(value.unit) for _, value in parameter.values):
            where = parameter.where or Where("")
            values = {"reason": "no_hours", "what": parameter.path.rpartition("/")[2]}
            yield Problem("E103", where, values)


# ---- figures over time
def dates_of(parameters: Iterable[Parameter]) -> list[date]:
    """Return the days at which any of the figures changes, and one before all of them."""
    found = {since for parameter in parameters for since, _ in parameter.values if since is not None}
    return [date.min, *sorted(found)]


def _number(value: Value) -> Fraction:
    return Fraction(value) if isinstance(value, int | Fraction) else Fraction(0)


def _shown(value: Fraction) -> str:
    return str(value.numerator) if value.denominator == 1 else f"{value.numerator}/{value.denominator}"


# ---- appraisals
def appraisal_faults(appraisal: Appraisal) -> Iterator[Problem]:
    """Yield the problems of weights (E120) and of grades (E122)."""
    yield from _weights(appraisal.parts, appraisal.heading)
    bounds = [grade.at_least for grade in appraisal.grades]
    if not bounds:
        return
    where = appraisal.heading.where
    if bounds[-1] is not None:
        yield Problem("E122", bounds[-1].where, {"what": appraisal.id, "reason": "no_last"})
    given = [bound for bound in bounds if bound is not None]
    if len(given) < len(bounds) - 1:
        yield Problem("E122", where, {"what": appraisal.id, "reason": "order"})
    for higher, lower in pairwise(given):
        if any(_number(higher.on(day)) <= _number(lower.on(day)) for day in dates_of((higher, lower))):
            yield Problem("E122", lower.where, {"what": appraisal.id, "reason": "order"})


def _shares(part: Part, heading: Heading) -> Iterator[Problem]:
    """Yield a problem where the shares of a part's windows don't add up."""
    shares = [share for _, share in part.shares]
    for day in dates_of(shares) if shares else ():
        total = sum((_number(share.on(day)) for share in shares), Fraction(0))
        if total != 1:
            yield Problem("E120", shares[-1].where, {"what": heading.id, "sum": f"{_shown(total * 100)}%"})
            return


def _weights(parts: Sequence[Part], heading: Heading) -> Iterator[Problem]:
    if not parts:
        return
    for day in dates_of(part.weight for part in parts):
        total = sum((_number(part.weight.on(day)) for part in parts), Fraction(0))
        if total != 1:
            values = {"what": heading.id, "sum": f"{_shown(total * 100)}%"}
            yield Problem("E120", parts[-1].weight.where, values)
            break
    for part in parts:
        yield from _weights(part.parts, heading)
        yield from _shares(part, heading)


# ---- sheets
def sheet_faults(sheet: Sheet) -> Iterator[Problem]:
    """Yield the problems of items against their section, and of sections against the sheet (E121)."""
    if sheet.max is not None and not (len(sheet.items) == 1 and sheet.items[0].id == sheet.id):
        yield from _sums(sheet.items, sheet.max, sheet.id)
    for item in (*sheet.items, *sheet.bonus):
        yield from _section(item, sheet.id)


def _section(item: Item, name: str) -> Iterator[Problem]:
    path = f"{name}/{item.id}"
    if item.items and item.max is not None:
        yield from _sums(item.items, item.max, path)
    for inner in item.items:
        yield from _section(inner, path)


def _sums(items: Sequence[Item], whole: Parameter, path: str) -> Iterator[Problem]:
    given = [item.max for item in items if item.max is not None]
    if len(given) != len(items) or not given:
        return
    for day in dates_of((*given, whole)):
        total = sum((_number(one.on(day)) for one in given), Fraction(0))
        if total != _number(whole.on(day)):
            values = {"what": path, "sum": _shown(total), "max": _shown(_number(whole.on(day)))}
            yield Problem("E121", whole.where, values)
            return


# ---- warnings
def assumed(parameters: Iterable[Parameter]) -> Iterator[Problem]:
    """Yield a warning (W201) for each figure that the text doesn't give, until the place confirms it."""
    for parameter in parameters:
        if parameter.origin is Origin.ASSUMED:
            yield Problem("W201", parameter.where, {"what": parameter.path})


def changes_inside(duty: Duty) -> Iterator[Problem]:
    """Yield a warning (W205) for each figure of a periodic duty that changes inside a window."""
    own = [duty.times, duty.late_until]
    pairs = [(duty.every, parameter) for parameter in own]
    pairs += [(tier.every or duty.every, tier.times) for tier in duty.tiers]
    for every, parameter in pairs:
        if every is None or parameter is None:
            continue
        for since, _ in parameter.values[1:]:
            if since is not None and not starts_window(every, since):
                yield Problem("W205", parameter.where, {"what": parameter.path, "date": since.isoformat()})


def starts_window(every: Every, day: date) -> bool:
    """Whether a window of this spacing starts on `day`; spacings that only a calendar knows are let pass."""
    if every.number != 1:
        return True
    if every.unit == "week" and every.weekday is None:
        return day.weekday() == 0
    months = _FIRST_MONTHS.get(every.unit)
    return months is None or (day.day == 1 and day.month in months)

"""Counts of rows up to each one: without a break, of adjoining windows, or of all so far."""

from fractions import Fraction
from typing import Any

from tests.naive.conditions import holds
from tests.naive.hits import hit
from tests.naive.marks import NA, UNKNOWN
from tests.naive.world import DAY, Row, World, holds_on

RUNS = frozenset({"streak", "consecutive", "ordinal"})


def add_run(world: World, chain: list[Row], name: str, rows: list[Row], begins: str) -> None:
    """Add how many rows up to each one met a condition, and how many surely did.

    Each row is counted by what the version of its own time says; `chain` are the versions, the last one's the count.
    """
    fact = chain[-1]["facts"][name]
    (how,) = RUNS & fact.keys()
    by = fact.get("by") or []
    by = [by] if isinstance(by, str) else by
    counts: dict[Any, Any] = {}
    least: dict[Any, Any] = {}
    last: dict[Any, Any] = {}
    for row in sorted(rows, key=lambda row: (row["at"], str(row["key"]))):
        group: tuple[Any, ...] = tuple(str(row[column]) for column in by)
        if "every" in fact:
            group += (world.label(world.day(row["at"]), fact["every"]),)
        of = next(one for one in chain if holds_on(one, world.day(row[begins])))
        hit("a row that is counted by the version of its time", of is not chain[-1])
        truth = holds(of["facts"][name][how], row)
        adjoins = _adjoins(world, last.get(group), row)
        for counted, said in ((counts, truth), (least, truth is True)):
            before = counted.get(group, Fraction(0))
            counted[group] = _next(how, before, said, adjoins=adjoins, first=group not in last)
        if how == "consecutive":
            hit("adjoining windows", counts[group] not in (UNKNOWN, 0, 1) and adjoins is True)
            hit("windows that don't adjoin", truth is True and adjoins is False and group in last)
        else:
            hit(f"a count: {how}", counts[group] not in (UNKNOWN, 0, 1))
        last[group] = row
        row[name], row[f"least {name}"] = counts[group], least[group]


def _next(how: str, before: Any, truth: Any, *, adjoins: Any, first: bool) -> Any:
    if truth is NA:
        return before
    if truth is UNKNOWN:
        return UNKNOWN
    if how == "ordinal":
        return before if before is UNKNOWN else before + truth
    if truth is False:
        return Fraction(0)
    if how == "consecutive" and not first and adjoins is not True:
        return before if adjoins is None else Fraction(1)
    return UNKNOWN if before is UNKNOWN else before + 1


def _adjoins(world: World, before: Row | None, row: Row) -> Any:
    """Whether a row's window begins as the one before ends; None where it is the same."""
    if before is None:
        return True
    names = [one.get("period", one.get("window")) for one in (before, row)]
    if names[0] is None:
        first, second = world.day(before["at"]), world.day(row["at"])
        return None if first == second else first + DAY == second
    return None if names[0] == names[1] else before["end"] == row["start"]

"""Indicators: what is counted, or taken, of the rows of each window."""

from datetime import date, datetime, timedelta
from fractions import Fraction
from typing import Any

from tests.naive.conditions import figure, holds, number, value_of
from tests.naive.marks import NA, UNKNOWN, Mark, all_of
from tests.naive.spines import link_of, source_rows, spine_of
from tests.naive.world import Row, World, holds_on, seconds_in

TINY = timedelta(microseconds=1)


def windows_of(world: World, item: Row, each: str) -> list[Row]:
    """Return a row for each subject and window in which it was there at all and a definition is in force."""
    spine = spine_of(world, each)
    found = []
    for subject, spans in spine.subjects.items():
        for window, start, end in world.windows(item["every"]):
            inside = [
                (s["start"], s["end"])
                for s in spans
                if s["start"] < end and (s["end"] is None or s["end"] > start)
            ]
            if seconds_in(inside, start, end) > 0 and holds_on(item, world.day(start)):
                found.append(
                    {
                        "about": subject,
                        "subject": subject,
                        "period": window,
                        "start": start,
                        "end": end,
                        "at": end - TINY,
                    }
                )
    return found


def _mine(world: World, source: Any, row: Row, each: str, tables: dict[str, list[Row]]) -> list[Row]:
    spine = spine_of(world, each)
    return [
        other
        for other in source_rows(world, source, tables)
        if row["about"] in link_of(world, source, other, spine) and row["start"] <= other["at"] < row["end"]
    ]


def measured(function: str, rows: list[Row], column: str | None, undecided: str | None = None) -> Any:
    """Return an aggregate over the rows that count; one that may count makes it unknown unless a policy says more."""
    sure = [row for row in rows if row["counts"] is True]
    unsure = [row for row in rows if row["counts"] is UNKNOWN]
    if function == "count":
        if undecided == "count_in":
            return Fraction(len(sure) + len(unsure))
        return UNKNOWN if unsure and undecided != "leave_out" else Fraction(len(sure))
    if unsure:
        return UNKNOWN
    values = [value_of(column or "", row) for row in sure]
    if any(value is UNKNOWN for value in values):
        return UNKNOWN
    values = [value for value in values if value is not NA]
    if function in {"sum", "distinct"}:
        return Fraction(sum(values, Fraction(0))) if function == "sum" else Fraction(len(set(values)))
    if not values:
        return NA
    ordered = sorted(values)
    middle = len(ordered) // 2
    functions: dict[str, Any] = {
        "average": lambda: Fraction(sum(values, Fraction(0))) / len(values),
        "min": lambda: ordered[0],
        "max": lambda: ordered[-1],
        "first": lambda: values[0],
        "last": lambda: values[-1],
        "middle": lambda: (
            ordered[middle] if len(ordered) % 2 else (ordered[middle - 1] + ordered[middle]) / 2
        ),
    }
    return functions[function]()


def indicator_rows(world: World, item: Row, tables: dict[str, list[Row]]) -> list[Row]:
    """Return an indicator's figures."""
    found = []
    for row in windows_of(world, item, item["per"]):
        day = world.day(row["start"])
        part, whole = _parts(world, item, row, tables)
        value = _value(item, part, whole, day)
        target: Any = NA
        met: Any = value if isinstance(value, Mark) else NA
        for word, declared in (item.get("target") or {}).items():
            target = number(str(figure(declared, day)))
            if not isinstance(value, Mark):
                met = value >= target if word == "at_least" else value <= target
        own = {"value": value, "part": part, "whole": whole, "target": target, "met": met}
        found.append({**row, **own, "key": (row["about"], row["period"])})
    return found


def _parts(world: World, item: Row, row: Row, tables: dict[str, list[Row]]) -> tuple[Any, Any]:
    """Return what is counted (or taken) and what it is held against."""
    measure, undecided = item["measure"], item.get("undecided")
    mine = _mine(world, item["of"], row, item["per"], tables)
    for other in mine:
        other["counts"] = all_of([other["counts"], holds(item.get("where"), other)])
    if measure == "share":
        parts = [{**other, "counts": all_of([other["counts"], holds(item["part"], other)])} for other in mine]
        if undecided == "leave_out":
            mine = [other for other in mine if holds(item["part"], other) is not UNKNOWN]
        return measured("count", parts, None, undecided), measured("count", mine, None, undecided)
    if measure == "rate":
        against = _mine(world, item["against"], row, item["per"], tables)
        return measured("count", mine, None, undecided), measured("count", against, None, undecided)
    return measured(measure, mine, item.get("column"), undecided), measured("count", mine, None, undecided)


def _value(item: Row, part: Any, whole: Any, day: date) -> Any:
    value = part
    if item["measure"] in {"share", "rate"}:
        quotient = divided(part, whole)
        each = number(str(figure(item.get("per_each"), day, "1")))
        value = quotient if isinstance(quotient, Mark) else quotient * each
    if item["measure"] not in {"count", "sum", "distinct"}:
        empty = {"zero": Fraction(0), "unknown": UNKNOWN}.get(item.get("empty", ""), NA)
        value = whole if isinstance(whole, Mark) else empty if whole == 0 else value
    if "small" in item:
        under = number(str(figure(item["small"]["under"], day)))
        gives = UNKNOWN if item["small"].get("gives") == "unknown" else NA
        value = whole if isinstance(whole, Mark) else gives if whole < under else value
    return value


def divided(part: Any, whole: Any) -> Any:
    """Return a quotient, exactly."""
    if UNKNOWN in (part, whole):
        return UNKNOWN
    if NA in (part, whole):
        return NA
    return NA if whole == 0 else Fraction(part) / whole


def inside(row: Row, start: datetime, end: datetime) -> bool:
    """Whether a row's instant lies in a window."""
    return bool(start <= row["at"] < end)

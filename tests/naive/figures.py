"""Indicators: what is counted, or taken, of the rows of each window."""

from datetime import date, datetime, timedelta
from fractions import Fraction
from typing import Any

from tests.naive.choosing import sampled
from tests.naive.conditions import figure, holds, number, value_of
from tests.naive.hits import hit
from tests.naive.marks import NA, UNKNOWN, Mark, all_of, mark_of
from tests.naive.spines import link_of, source_rows, spine_of
from tests.naive.world import KINDS, Row, World, holds_on, seconds_in

TINY = timedelta(microseconds=1)


def windows_of(world: World, item: Row, each: str) -> list[Row]:
    """Return a row for each subject and window in which it was there at all and a definition is in force."""
    spine = spine_of(world, each)
    kind = next(iter(item.keys() & KINDS))
    found = []
    for subject, spans in spine.subjects.items():
        for window, start, end in world.windows(item["every"]):
            inside = [
                (s["start"], s["end"])
                for s in spans
                if s["start"] < end and (s["end"] is None or s["end"] > start)
            ]
            if seconds_in(inside, start, end) > 0 and holds_on(item, world.day(start)):
                hit(f"a later version of one: {kind}", "versions before" in item)
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
    rows = source_rows(world, item["of"], tables)
    for other in rows:
        other["counts"] = all_of([other["counts"], holds(item.get("where"), other)])
    if isinstance(item["of"], dict) and "sample" in item["of"]:
        rows = [other for other in rows if other["counts"] is True]
        sampled(world, item["of"]["sample"], item["every"], rows, tables)
    spine = spine_of(world, item["per"])
    windows = windows_of(world, item, item["per"])
    for row in windows:
        mine = [
            other
            for other in rows
            if row["about"] in link_of(world, item["of"], other, spine)
            and inside(other, row["start"], row["end"])
        ]
        row["part"], row["whole"] = _parts(world, item, row, mine, tables)
    for row in windows:
        day = world.day(row["start"])
        part, whole = row["part"], row["whole"]
        if item["measure"] == "change":
            value, whole = _change(item, row, windows)
        else:
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


def _change(item: Row, row: Row, windows: list[Row]) -> tuple[Any, Any]:
    """Return by how much, or by which part, a window differs from the one before, and what that one had."""
    before = [other for other in windows if other["about"] == row["about"] and other["end"] == row["start"]]
    earlier: Any = before[0]["part"] if before else NA
    hit("a change without a window before", not before)
    mark = mark_of([row["part"], earlier])
    if mark is not None:
        return mark, earlier
    change = item.get("change") or {}
    value = (row["part"] - earlier) * (-1 if change.get("better") == "lower" else 1)
    hit("a change for the better", value > 0)
    if change.get("as") == "relative":
        hit("a change relative to nothing", earlier == 0)
        hit("a relative change", earlier != 0)
        value = divided(value, abs(earlier))
    return value, earlier


def _parts(
    world: World, item: Row, row: Row, mine: list[Row], tables: dict[str, list[Row]]
) -> tuple[Any, Any]:
    """Return what is counted (or taken) and what it is held against."""
    measure, undecided = item["measure"], item.get("undecided")
    if measure == "share":
        parts = [{**other, "counts": all_of([other["counts"], holds(item["part"], other)])} for other in mine]
        if undecided == "leave_out":
            mine = [other for other in mine if holds(item["part"], other) is not UNKNOWN]
        return measured("count", parts, None, undecided), measured("count", mine, None, undecided)
    if measure == "rate":
        against = _mine(world, item["against"], row, item["per"], tables)
        return measured("count", mine, None, undecided), measured("count", against, None, undecided)
    if measure == "streak":
        return _run_at_the_end(item, mine), measured("count", mine, None)
    column = item.get("column")
    if measure == "change":
        words = [word for word in item["of"] if word in {"sum", "average", "max"}]
        measure, column = (words[0], item["of"][words[0]]) if words else ("count", None)
    return measured(measure, mine, column, undecided), measured("count", mine, None, undecided)


def _run_at_the_end(item: Row, rows: list[Row]) -> Any:
    """Return how many rows, up to the last one, meet a condition without a break."""
    if any(row["counts"] is UNKNOWN for row in rows):
        return UNKNOWN
    run: Any = Fraction(0)
    for row in rows:
        truth = holds(item["part"], row)
        if truth is UNKNOWN:
            run = UNKNOWN
        elif truth is False:
            run = Fraction(0)
        elif truth is True and run is not UNKNOWN:
            run += 1
    hit("a run at a window's end", run not in (UNKNOWN, 0, 1))
    return run


def _value(item: Row, part: Any, whole: Any, day: date) -> Any:
    value = part
    if item["measure"] in {"share", "rate"}:
        quotient = divided(part, whole)
        each = number(str(figure(item.get("per_each"), day, "1")))
        value = quotient if isinstance(quotient, Mark) else quotient * each
    if item["measure"] not in {"count", "sum", "distinct", "streak"}:
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

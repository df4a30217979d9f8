"""Indicators and rules."""

from datetime import date, datetime, timedelta
from fractions import Fraction
from math import ceil, floor
from typing import Any

from tests.naive.conditions import figure, holds, number, value_of
from tests.naive.marks import NA, UNKNOWN, Mark, all_of, opposite
from tests.naive.spines import link_of, source_rows, spine_of
from tests.naive.world import Row, World, seconds_in

TINY = timedelta(microseconds=1)


def windows_of(world: World, each: str, every: str) -> list[Row]:
    """Return a row for each subject and window in which it was there at all."""
    spine = spine_of(world, each)
    found = []
    for subject, spans in spine.subjects.items():
        for window, start, end in world.windows(every):
            inside = [
                (s["start"], s["end"])
                for s in spans
                if s["start"] < end and (s["end"] is None or s["end"] > start)
            ]
            if seconds_in(inside, start, end) > 0:
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
    for row in windows_of(world, item["per"], item["every"]):
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


# ---- rules ---------------------------------------------------------------------------------------------------------
def rule_rows(world: World, rule: Row, tables: dict[str, list[Row]]) -> list[Row]:
    """Return a rule's findings: the rows for which its condition surely holds and its exception surely doesn't."""
    each = rule["for_each"]
    if isinstance(each, str) and (
        each.startswith("role ") or each in world.levels.values() or _is_subject(world, each)
    ):
        rows = windows_of(world, each, rule["every"])
        for row in rows:
            row["key"] = (row["about"], row["period"])
        kind = each
    else:
        rows = [row for row in source_rows(world, each, tables) if row["counts"] is True]
        kind = "role ?"  # whoever owes the row
        for row in rows:
            row["about"] = row.get("owner", row.get("about", row["subject"]))
    for name, fact in (rule.get("facts") or {}).items():
        _add_fact(world, name, fact, rows, kind, tables)
        if "streak" in fact and "back" in fact:
            _make_decided(name, [rule.get("when"), rule.get("unless")], rows)
    # Earlier rows have been counted by now; they are judged in their own period, later ones in theirs.
    rows = [row for row in rows if world.period[0] <= world.day(row["at"]) <= world.period[1]]
    if "select" in rule:
        rows = _selected(world, rule["select"], rows)
    found = []
    for row in rows:
        unless = opposite(holds(rule["unless"], row)) if "unless" in rule else True
        if all_of([holds(rule.get("when"), row), unless]) is True:
            found.append({**row, "rule": rule["rule"]})
    return found


def _is_subject(world: World, each: str) -> bool:
    return any(form.get("describes") == each for form in world.forms.values())


def _add_fact(
    world: World, name: str, fact: Row, rows: list[Row], each: str, tables: dict[str, list[Row]]
) -> None:
    if "streak" in fact:
        _add_streak(name, fact, rows)
        return
    (function,) = (key for key in fact if key not in {"column", "by", "within"})
    for row in rows:
        source = fact[function]
        since = None
        if "within" in fact:
            length = figure(fact["within"], world.day(row["start"]))
            since = _so_far_back(world, row["at"], length)
        mine = [
            other
            for other in source_rows(world, source, tables)
            if row["about"] in link_of(world, source, other, spine_of(world, each))
            and (
                row["start"] <= other["at"] < row["end"]
                if since is None
                else since <= other["at"] <= row["at"]
            )
        ]
        row[name] = measured(function, mine, fact.get("column"))


def _so_far_back(world: World, at: datetime, length: str) -> datetime:
    """Return since when an entry is still so near: exact in hours, else whole days with that of `at` as the last."""
    many, unit = length.split(" ")
    if unit == "hours":
        return at - timedelta(hours=int(many))
    return world.midnight(world.day(at) - timedelta(days=int(many) - 1))


def _add_streak(name: str, fact: Row, rows: list[Row]) -> None:
    """Add how many rows in a row, up to each one, met a condition; and how many surely did."""
    by = fact.get("by") or []
    by = [by] if isinstance(by, str) else by
    runs: dict[Any, Any] = {}
    least: dict[Any, Fraction] = {}
    for row in sorted(rows, key=lambda row: (row["at"], str(row["key"]))):
        group = tuple(str(row[column]) for column in by)
        truth = holds(fact["streak"], row)
        before = runs.get(group, Fraction(0))
        if truth is UNKNOWN:
            runs[group], least[group] = UNKNOWN, Fraction(0)
        elif truth is False:
            runs[group] = least[group] = Fraction(0)
        elif truth is True:
            runs[group] = UNKNOWN if before is UNKNOWN else before + 1
            least[group] = least.get(group, Fraction(0)) + 1
        row[name], row[f"least {name}"] = runs.get(group, Fraction(0)), least.get(group, Fraction(0))


def _make_decided(name: str, conditions: list[Any], rows: list[Row]) -> None:
    """Take so many sure rows for the count where no comparison with it could come out otherwise by more of them."""
    decides = [number_ for condition in conditions for number_ in _deciding(name, condition)]
    for row in rows:
        if decides and row[name] is UNKNOWN and row[f"least {name}"] >= max(decides):
            row[name] = row[f"least {name}"]


def _deciding(name: str, condition: Any) -> list[int]:
    found = []
    for key, wanted in (condition or {}).items():
        if key in {"any", "all", "none"}:
            found += [number_ for part in wanted for number_ in _deciding(name, part)]
        elif key == name:
            words = {"is": wanted} if isinstance(wanted, str) else wanted
            for word, text in words.items():
                if word in {"at_least", "under"}:
                    found.append(ceil(number(text)))
                elif word in {"over", "at_most", "is", "not"}:
                    found.append(floor(number(text)) + 1)
    return found


def _selected(world: World, select: Row, rows: list[Row]) -> list[Row]:
    """Return the best (or the last) of each window: those whose place is within the number or the share."""
    rows = [row for row in rows if holds(select.get("where"), row) is True]
    word = "bottom" if "bottom" in select else "top"
    found = []
    for row in rows:
        same = [other for other in rows if other["period"] == row["period"]]
        present = [other[select["by"]] for other in same if not isinstance(other[select["by"]], Mark)]
        value = row[select["by"]]
        if isinstance(value, Mark):
            continue
        before = sum(other < value if word == "bottom" else other > value for other in present)
        tied = sum(other == value for other in present)
        text = str(figure(select[word], world.day(row["at"])))
        places: Any = number(text)
        if text.endswith("%"):
            whole = places * len(present)
            places = ceil(whole) if select.get("round") == "up" else floor(whole)
        places = max(places, number(str(select.get("at_least", "0"))))
        last = before + 1 if select.get("ties", "all") == "all" else before + tied
        if last <= places:
            found.append(row)
    return found


def inside(row: Row, start: datetime, end: datetime) -> bool:
    """Whether a row's instant lies in a window."""
    return bool(start <= row["at"] < end)

"""Declared tables: rows, one step after another."""

from datetime import timedelta
from fractions import Fraction
from typing import Any

from tests.naive.conditions import holds, value_of
from tests.naive.figures import measured
from tests.naive.hits import hit
from tests.naive.marks import NA, UNKNOWN
from tests.naive.spines import source_rows, spine_of
from tests.naive.world import Row, World, seconds_in

TINY = timedelta(microseconds=1)
Tables = dict[str, list[Row]]


def table_rows(world: World, table: Row, tables: Tables) -> list[Row]:
    """Return the rows of a table of which the steps are among those that are drawn."""
    rows = _from(world, table["from"], tables)
    for step in table["steps"]:
        (kind,) = step.keys() & {"where", "set", "per", "sequence", "expand", "tally"} - (
            {"set"} if "per" in step else set()
        )
        match kind:
            case "where":
                rows = [row for row in rows if _stays(step, row)]
            case "set":
                rows = [
                    {**row, **{name: value_of(text, row) for name, text in step["set"].items()}}
                    for row in rows
                ]
            case "per":
                rows = _grouped(step, rows)
            case "sequence":
                _in_order(world, step["sequence"], rows)
            case "expand":
                rows = _windows(world, step["expand"], rows)
            case _:
                _tallied(world, step["tally"], rows, tables)
    return rows


def _from(world: World, source: Any, tables: Tables) -> list[Row]:
    if isinstance(source, dict) and "each" in source:
        spine = spine_of(world, source["each"])
        return [
            {"subject": subject, "spans": spans, "key": (subject,)}
            for subject, spans in spine.subjects.items()
        ]
    return [row for row in source_rows(world, source, tables) if row["counts"] is True]


def _stays(step: Row, row: Row) -> bool:
    truth = holds(step["where"], row)
    hit("a row of a table that may stay", truth is UNKNOWN)
    return truth is True or (truth is UNKNOWN and step.get("undecided") == "count_in")


def _windows(world: World, expand: Row, rows: list[Row]) -> list[Row]:
    found = []
    for row in rows:
        for label, start, end in world.windows(expand["every"]):
            spans = [(s["start"], s["end"]) for s in row["spans"]]
            if seconds_in([(s, e) for s, e in spans if s < end and (e is None or e > start)], start, end) > 0:
                found.append({**row, "window": label, "start": start, "end": end, "at": end - TINY})
    hit("rows of windows", bool(found))
    return found


def _tallied(world: World, tally: Row, rows: list[Row], tables: Tables) -> None:
    undecided = tally.get("undecided")
    for row in rows:
        mine = [
            other
            for other in source_rows(world, tally["of"], tables)
            if other["subject"] == row["subject"] and row["start"] <= other["at"] < row["end"]
        ]
        if undecided == "leave_out":
            mine = [other for other in mine if other["counts"] is not UNKNOWN]
        for other in mine:
            other["counts"] = (
                True if other["counts"] is UNKNOWN and undecided == "count_in" else other["counts"]
            )
        for name, text in tally["set"].items():
            row[name] = _aggregate(text, mine, decided=undecided is not None)


def _grouped(step: Row, rows: list[Row]) -> list[Row]:
    found: dict[Any, list[Row]] = {}
    for row in rows:
        row["counts"] = True
        found.setdefault(tuple(value_of(text, row) for text in step["per"].values()), []).append(row)
    hit("rows that are grouped", any(len(mine) > 1 for mine in found.values()))
    return [
        {
            **dict(zip(step["per"], key, strict=True)),
            **{name: _aggregate(text, mine) for name, text in step["set"].items()},
            "key": key,
        }
        for key, mine in found.items()
    ]


def _aggregate(text: str, rows: list[Row], *, decided: bool = False) -> Any:
    """Return `count`, or what stands in brackets behind a function's name; `decided`: no row without its value."""
    name, _, column = text.rstrip(")").partition("(")
    if column and decided:
        rows = [row for row in rows if row[column] is not UNKNOWN]
    return measured(name, sorted(rows, key=lambda row: (row["at"], str(row["key"]))), column or None)


def _in_order(world: World, sequence: Row, rows: list[Row]) -> None:
    groups: dict[Any, list[Row]] = {}
    for row in sorted(rows, key=lambda row: (row["at"], str(row["key"]))):
        groups.setdefault(row[sequence["within"]], []).append(row)
    for mine in groups.values():
        last = None
        for at, row in enumerate(mine):
            for name, text in sequence["set"].items():
                day = world.day(row["at"])
                if text == "ordinal":
                    row[name] = Fraction(at + 1)
                elif text == "gap":
                    row[name] = NA if at == 0 else Fraction((day - world.day(mine[at - 1]["at"])).days)
                else:
                    days = int(text.removeprefix("spaced(").split(" ")[0])
                    row[name] = last is None or (day - last).days >= days
                    hit("a row that comes too soon", not row[name])
                    last = day if row[name] else last

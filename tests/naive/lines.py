"""The lines of a sheet: which rows are reasons for points, whose, and which of them count."""

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from tests.naive.amounts import worth_of
from tests.naive.conditions import figure, holds, number
from tests.naive.figures import inside
from tests.naive.hits import hit
from tests.naive.marks import NA, UNKNOWN, Mark
from tests.naive.spines import link_of, source_rows, spine_of
from tests.naive.world import Row, World

Tables = dict[str, list[Row]]


def each_of(item: Row) -> dict[str, Row]:
    """Return an item's lines by their names: one that is credited to several is a line for each of them."""
    found: dict[str, Row] = {}
    for name, line in (item.get("lines") or {}).items():
        for at, who in enumerate(line.get("credit") or [None]):
            own = dict(line)
            if who is None:
                found[name] = own
                continue
            who_map = who if isinstance(who, Mapping) else {"column": who}
            if "amount" in who_map:
                own["add" if "add" in line else "deduct"] = who_map["amount"]
            own["to"] = dict(who_map)
            label = who_map.get("role") or who_map.get("column")
            found[name if at == 0 else f"{name}_{label}"] = own
    return found


def rows_of(world: World, sheet: Row, item: Row, line: Row, tables: Tables) -> list[Row]:
    """Return everything that a line gives or takes at any time: a row with `about` and `points` for each reason."""
    source = line.get("for_each") or line.get("share_of") or line.get("mark") or line["checklist"]["form"]
    found = []
    for row in source_rows(world, source, tables):
        truth = _applies(world, item, line, row)
        policy = line.get("undecided")
        if truth is UNKNOWN and policy == "leave_out":
            hit("undecided left out")
            continue
        if truth is not True and truth is not UNKNOWN:
            continue
        points = worth_of(world, item, line, row)
        if truth is UNKNOWN and policy is None:
            points = UNKNOWN
        own = {**row, "points": points, "doubt": truth is UNKNOWN}
        found += [{**own, "about": about} for about in _whose(world, sheet, line, source, row)]
    return found


def line_rows(world: World, sheet: Row, item: Row, line: Row, row: Row, tables: Tables) -> list[Row]:
    """Return what a line gives or takes for one person and period."""
    found = [
        other
        for other in rows_of(world, sheet, item, line, tables)
        if other["about"] == row["about"] and inside(other, row["start"], row["end"])
    ]
    return chosen(world, line, found)


def _whose(world: World, sheet: Row, line: Row, source: Any, row: Row) -> list[Any]:
    """Return who gets a row's points: whom it is about, whom a column names, or who holds a post where it was."""
    to = line.get("to") or ({"role": line["shared"]} if "shared" in line else None)
    if to is None:
        return link_of(world, source, row, spine_of(world, sheet["for_each"]))
    if "column" in to:
        return [row[to["column"]]]
    place = world.place_at(row["place"], world.declared["role"][to["role"]]["level"])
    held = {
        post["worker"]
        for post in world.holders()
        if post["role"] == to["role"]
        and post["place"] == place
        and post["start"] <= row["at"]
        and (post["end"] is None or post["end"] > row["at"])
    }
    hit("points for the holders of a post", bool(held))
    return sorted(held)


def _applies(world: World, item: Row, line: Row, row: Row) -> Any:
    """Whether a line applies to a row."""
    if "share_of" in line:
        return row["value"] is not NA
    if "mark" in line:
        return _allowed(world, line, row)
    truth = holds(line.get("where"), row)
    if row["counts"] is not True:
        return row["counts"] if truth is not False else False
    return truth


def _allowed(world: World, line: Row, row: Row) -> Any:
    """Whether a mark counts: within its bounds, by somebody in one of the posts, and with a reason if one is wanted."""
    least, most = line["between"]
    within = holds({"points": {"at_least": least, "at_most": most}}, row)
    if "by" in line:
        posts = [
            post
            for post in world.holders()
            if post["worker"] == row["by"] and post["role"] in line["by"] and post["start"] <= row["at"]
        ]
        if not any(post["end"] is None or post["end"] > row["at"] for post in posts):
            hit("a mark by somebody who mayn't", within)
            return False
    own = row["by"] == row["subject"]
    if {"never": own, "only": not own}.get(line.get("own", "never"), False):
        hit("a mark on oneself", within)
        return False
    if line.get("reason") == "required" and row["why"] is UNKNOWN:
        hit("a mark without its reason", within)
        return False
    return within


def chosen(world: World, line: Row, rows: list[Row]) -> list[Row]:
    """Leave out the first rows, keep the best or the last alone, and hold each case to its cap; rows of one window."""
    rows = sorted(rows, key=lambda row: (row["at"], str(row["key"])))
    if "beyond" in line:
        rows = _beyond(world, line, rows)
    take = line.get("take")
    if take == "highest" and rows:
        # The most that is given, or taken; of equal ones the earlier. What isn't known may be it.
        there = [row for row in rows if not isinstance(row["points"], Mark)]
        best = max(there, key=lambda row: row["points"] * _sign(line)) if there else rows[0]
        hit("take highest", len(there) > 1)
        rows = [row for row in rows if row is best or row["points"] is UNKNOWN]
    elif take == "last" and rows:
        latest = max(row["at"] for row in rows)
        hit("take last", len(rows) > 1)
        rows = [row for row in rows if row["at"] == latest][:1]
    if "each_case" in line:
        rows = _cases(world, line["each_case"], rows)
    return rows


def _sign(line: Row) -> int:
    return -1 if "deduct" in line else 1


def _cases(world: World, case: Row, rows: list[Row]) -> list[Row]:
    """Let no more than so much count of the rows with one value of a column, in the order of time."""
    found = []
    for value in dict.fromkeys(str(row[case["of"]]) for row in rows):
        given: Any = Fraction(0)
        total: Any = Fraction(0)
        for row in rows:
            if str(row[case["of"]]) != value:
                continue
            points = row["points"]
            if total is UNKNOWN or points is UNKNOWN:
                total = UNKNOWN
                found.append({**row, "points": UNKNOWN})
                continue
            if points is NA:
                found.append(row)
                continue
            most = number(str(figure(case["at_most"], world.day(row["at"]))))
            total += points
            within = min(max(total, -most), most)
            hit("a case's cap", within != total)
            found.append({**row, "points": within - given})
            given = within
    return found


def _beyond(world: World, line: Row, rows: list[Row]) -> list[Row]:
    """Leave out the first rows; where it isn't known whether earlier ones count, nor is what a later one is worth."""
    kept = []
    for at, row in enumerate(rows, 1):
        skipped = number(str(figure(line["beyond"], world.day(row["at"]))))
        if at <= skipped:
            continue
        hit("beyond the first")
        sure = sum(not other["doubt"] for other in rows[:at])
        unsure = "undecided" not in line and (row["doubt"] or sure <= skipped)
        kept.append({**row, "points": UNKNOWN} if unsure else row)
    return kept

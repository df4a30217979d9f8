"""Sheets: items from their lines, sections from their items, the sheet from its sections, and what is left of it."""

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from tests.naive.conditions import figure, holds, number, rounded
from tests.naive.figures import inside, windows_of
from tests.naive.hits import hit
from tests.naive.lines import Tables, each_of, line_rows
from tests.naive.marks import NA, UNKNOWN, Mark, any_of
from tests.naive.spines import link_of, source_rows, spine_of, there
from tests.naive.world import DAY, Row, World, seconds_in


# ---- items ---------------------------------------------------------------------------------------------------------
def sheet_rows(world: World, sheet: Row, tables: Tables) -> tuple[list[Row], list[Row], list[Row]]:
    """Return a sheet's rows, its items and its lines."""
    wholes, items, lines = [], [], []
    declared = dict(sheet.get("items") or {})
    if "lines" in sheet:
        declared[sheet["sheet"]] = {
            "lines": sheet["lines"],
            **({"max": sheet["max"]} if "max" in sheet and not declared else {}),
        }
    for row in windows_of(world, sheet, sheet["for_each"]):
        day = world.day(row["start"])
        at = _Sheet(world, sheet, row, tables, day)
        tops = [at.item(item, (name,)) for name, item in declared.items()]
        whole = at.together(tops, {"max": sheet["max"]} if "max" in sheet else {})
        bonus: Any = Fraction(0)
        for name, item in (sheet.get("bonus") or {}).items():
            most = item.get("max", item.get("at_most"))
            points = at.item(
                {**item, **({} if most is None else {"max": most}), "floor": "none"}, ("bonus", name)
            )["points"]
            bonus = plus(bonus, Fraction(0) if points is NA else points)
        rule = sheet.get("round")
        if "prorate" in sheet:
            part = _part(world, sheet, row, tables)
            whole["points"], bonus = scaled(whole["points"], part), scaled(bonus, part)
        points, total = rounded(whole["points"], rule), rounded(plus(whole["points"], bonus), rule)
        state = state_of(total)
        if not is_eligible(world, sheet.get("eligible"), sheet["for_each"], row):
            hit("a sheet of somebody who isn't eligible")
            points, total, state = NA, NA, "not_eligible"
        key = (row["about"], row["period"])
        wholes.append(
            {
                **row,
                "points": points,
                "max": whole["max"],
                "bonus": bonus,
                "total": total,
                "state": state,
                "key": key,
            }
        )
        items += at.items
        lines += at.lines
    return wholes, items, lines


def plus(left: Any, right: Any) -> Any:
    """Return a sum, or the mark of one of the two."""
    if UNKNOWN in (left, right):
        return UNKNOWN
    return NA if NA in (left, right) else left + right


def state_of(points: Any) -> str:
    """Return the state that follows from points."""
    return "not_computable" if points is UNKNOWN else "not_applicable" if points is NA else "computed"


class _Sheet:
    """One sheet of one person and period."""

    def __init__(self, world: World, sheet: Row, row: Row, tables: Tables, day: Any) -> None:
        self.world, self.sheet, self.row, self.tables, self.day = world, sheet, row, tables, day
        self.items: list[Row] = []
        self.lines: list[Row] = []

    def item(self, item: Row, path: tuple[str, ...]) -> Row:
        """Return an item's points, its maximum and what it leaves out of the maximum above it."""
        if item.get("items"):
            parts = [self.item(part, (*path, name)) for name, part in item["items"].items()]
            found = self.together(parts, item)
        else:
            found = self.summed(item, path)
        if "requires" in item:
            found["points"] = self.gated(item["requires"], found["points"])
            hit("requires", found["points"] == 0)
        if found["points"] is NA:
            policy = item.get("not_applicable", "omit")
            found["points"] = {"full": found["max"], "zero": Fraction(0)}.get(policy, NA)
            found["omitted"] = (
                found["declared"] if found["points"] is NA and policy == "omit" else found["omitted"]
            )
            if found["points"] is NA and policy == "rescale":
                found["omitted"] = Fraction(0)
        if "max" not in item:
            found["omitted"] = Fraction(0)
        found["points"] = rounded(found["points"], item.get("round"))
        found["rescales"] = item.get("not_applicable") == "rescale"
        found["vetoed"] = self.vetoed(item, found)
        self.items.append(
            {
                "about": self.row["about"],
                "at": self.row["at"],
                "period": self.row["period"],
                "item": "/".join(path),
                "points": found["points"],
                "max": found["max"],
                "state": state_of(found["points"]),
            }
        )
        return found

    def summed(self, item: Row, path: tuple[str, ...]) -> Row:
        """Add up the lines, each capped, and keep the sum within the item's bounds."""
        most: Any = number(str(figure(item["max"], self.day))) if "max" in item else NA
        total: Any = most if item.get("start") == "max" else Fraction(0)
        for name, line in each_of(item).items():
            rows = line_rows(self.world, self.sheet, item, line, self.row, self.tables)
            self.lines += [
                {
                    "about": self.row["about"],
                    "at": self.row["at"],
                    "period": self.row["period"],
                    "item": "/".join(path),
                    "line": name,
                    "points": row["points"],
                    "row": row["key"],
                }
                for row in rows
            ]
            points = [row["points"] for row in rows]
            raw: Any = (
                UNKNOWN
                if any(one is UNKNOWN for one in points)
                else sum((one for one in points if one is not NA), Fraction(0))
            )
            if line.get("take") == "average" and not isinstance(raw, Mark):
                given = [one for one in points if one is not NA]
                hit("take average", len(given) > 1)
                raw = raw / len(given) if given else raw
            if "share_of" in line and not rows:
                raw = NA
            elif "at_most" in line and rows and not isinstance(raw, Mark):
                first = min(row["at"] for row in rows)
                cap = number(str(figure(line["at_most"], self.world.day(first))))
                hit("a line's cap", abs(raw) > cap)
                raw = min(max(raw, -cap), cap)
            total = plus(total, raw)
        return {"points": bounded(total, most, item), "max": most, "declared": most, "omitted": Fraction(0)}

    def together(self, parts: list[Row], item: Row) -> Row:
        """Add up parts: those that don't apply leave with their maximum, or leave it to the others."""
        declared: Any = number(str(figure(item["max"], self.day))) if "max" in item else NA
        omitted = sum((part["omitted"] for part in parts), Fraction(0))
        most = declared if declared is NA else declared - omitted
        here = [part for part in parts if part["points"] is not NA]
        gone = sum(
            (
                part["max"]
                for part in parts
                if part["points"] is NA and part["rescales"] and part["max"] is not NA
            ),
            Fraction(0),
        )
        total: Any = NA
        if here:
            total = Fraction(0)
            for part in here:
                total = plus(total, part["points"])
            if gone and not isinstance(total, Mark):
                present = sum((part["max"] for part in here if part["max"] is not NA), Fraction(0))
                total = total * (present + gone) / present if present else NA
        points = bounded(total, most, item)
        veto = any_of(part["vetoed"] for part in parts)
        if veto is UNKNOWN:
            points = UNKNOWN
        elif veto is True:
            hit("a veto", points != 0)
            points = Fraction(0)
        return {"points": points, "max": most, "declared": declared, "omitted": omitted}

    def vetoed(self, item: Row, found: Row) -> Any:
        """Whether the item makes what it stands in worth nothing."""
        reasons = []
        if "veto" in item:
            truth = holds(item["veto"], {"points": found["points"], "max": found["max"]})
            reasons.append(False if truth is NA else truth)
        if "vetoed_by" in item:
            sure, perhaps = self.enough(item["vetoed_by"])
            reasons.append(True if sure else UNKNOWN if perhaps else False)
        return any_of(reasons)

    def gated(self, requires: Any, points: Any) -> Any:
        """Return no points without the evidence that is wanted."""
        sure, perhaps = self.enough(requires)
        if points is NA or sure:
            return points
        return UNKNOWN if perhaps else Fraction(0)

    def enough(self, wanted: Any) -> tuple[bool, bool]:
        """Whether there surely are as many rows in the window as are wanted, and whether there may be."""
        spine = spine_of(self.world, self.sheet["for_each"])
        rows = [
            row
            for row in source_rows(self.world, wanted, self.tables)
            if self.row["about"] in link_of(self.world, wanted, row, spine)
            and inside(row, self.row["start"], self.row["end"])
        ]
        least = number(str(figure(wanted.get("times") if isinstance(wanted, dict) else None, self.day, "1")))
        sure = sum(row["counts"] is True for row in rows)
        return sure >= least, sum(row["counts"] in (True, UNKNOWN) for row in rows) >= least


def bounded(total: Any, most: Any, item: Row) -> Any:
    """Return a sum within 0 and the maximum; without a maximum as it is."""
    if isinstance(total, Mark) or most is NA:
        return total
    if item.get("floor") != "none":
        total = max(total, Fraction(0))
    return min(total, most)


def scaled(points: Any, part: Any) -> Any:
    """Return a part of points, or the mark of one of the two."""
    if UNKNOWN in (points, part):
        return UNKNOWN
    return NA if NA in (points, part) else points * part


# ---- who is assessed, and for how much of the time ------------------------------------------------------------------
def _part(world: World, sheet: Row, row: Row, tables: Tables) -> Any:
    """Return for which part of the window points are: of the time in the post, or of rows that add up to a full one."""
    rule = sheet["prorate"]
    spine = spine_of(world, sheet["for_each"])
    if not isinstance(rule, Mapping):
        spans = [(one["start"], one["end"]) for one in spine.subjects[row["about"]]]
        spans = [(s, e) for s, e in spans if s < row["end"] and (e is None or e > row["start"])]
        whole = int((row["end"] - row["start"]).total_seconds())
        part = Fraction(seconds_in(spans, row["start"], row["end"]), whole)
        hit("a part of the points for a part of the time", part < 1)
        return part
    done: Any = Fraction(0)
    for other in source_rows(world, rule, tables):
        mine = row["about"] in link_of(world, rule, other, spine) and inside(other, row["start"], row["end"])
        if mine and other["counts"] is not False and other["counts"] is not NA:
            value = other[rule["column"]] if other["counts"] is True else UNKNOWN
            done = plus(done, Fraction(0) if value is NA else value)
    if done is UNKNOWN:
        return UNKNOWN
    part = min(
        max(done / number(str(figure(rule["full"], world.day(row["start"])))), Fraction(0)), Fraction(1)
    )
    hit("a part of the points for a part of the work", 0 < part < 1)
    return part


def is_eligible(world: World, eligible: Any, each: str, row: Row) -> bool:
    """Whether somebody is assessed: so long in the post without a gap, there on the first or the last day."""
    if not eligible:
        return True
    held = there((one["start"], one["end"]) for one in spine_of(world, each).subjects[row["about"]])
    edge = eligible.get("present_at")
    if edge == "window_start" and not any(
        s <= row["start"] and (e is None or e > row["start"]) for s, e in held
    ):
        return False
    if edge == "window_end" and not any(s < row["end"] and (e is None or e >= row["end"]) for s, e in held):
        return False
    if "in_post" in eligible:
        since = max(s for s, _ in held if s < row["end"])
        last = world.day(world.later(since, eligible["in_post"]["at_least"])) - DAY
        judged = (
            row["start"] if eligible["in_post"].get("at", "window_start") == "window_start" else row["end"]
        )
        if world.day(judged) < last:
            return False
    return True

"""Sheets and appraisals."""

from fractions import Fraction
from math import ceil, floor
from typing import Any

from tests.naive.conditions import figure, holds, number, rounded, value_of
from tests.naive.figures import divided, inside, windows_of
from tests.naive.marks import NA, UNKNOWN, Mark, all_of
from tests.naive.spines import link_of, source_rows, spine_of
from tests.naive.world import Row, World

Tables = dict[str, list[Row]]


# ---- lines ---------------------------------------------------------------------------------------------------------
def _line_rows(world: World, sheet: Row, item: Row, line: Row, row: Row, tables: Tables) -> list[Row]:
    """Return what a line gives or takes for one person and period: a row with `points` for each reason."""
    source = line.get("for_each") or line.get("share_of") or line["mark"]
    spine = spine_of(world, sheet["for_each"])
    found = []
    for other in source_rows(world, source, tables):
        if row["about"] not in link_of(world, source, other, spine):
            continue
        if not inside(other, row["start"], row["end"]):
            continue
        truth: Any
        if "share_of" in line:
            truth = other["value"] is not NA
        elif "mark" in line:
            truth = holds({"points": {"at_least": line["between"][0], "at_most": line["between"][1]}}, other)
        else:
            truth = holds(line.get("where"), other)
            if other["counts"] is not True:
                truth = other["counts"] if truth is not False else False
        policy = line.get("undecided")
        if truth is UNKNOWN and policy == "leave_out":
            continue
        if truth is not True and truth is not UNKNOWN:
            continue
        points = _worth(world, item, line, other)
        if truth is UNKNOWN and policy is None:
            points = UNKNOWN
        found.append({**other, "points": points, "doubt": truth is UNKNOWN})
    return _chosen(world, line, found)


def _applies(line: Row, row: Row) -> Any:
    """Whether a line applies to a row."""
    if "share_of" in line:
        return row["value"] is not NA
    if "mark" in line:
        least, most = line["between"]
        return holds({"points": {"at_least": least, "at_most": most}}, row)
    return all_of([row["counts"], holds(line.get("where"), row)])


def _chosen(world: World, line: Row, rows: list[Row]) -> list[Row]:
    """Leave out the first rows, or all but the best."""
    rows = sorted(rows, key=lambda row: (row["at"], str(row["key"])))
    if "beyond" in line:
        rows = _beyond(world, line, rows)
    if line.get("take") != "highest" or not rows:
        return rows
    # The most that is given, or the most that is taken; of equal ones the earlier. What isn't known may be it.
    there = [row for row in rows if not isinstance(row["points"], Mark)]
    best = max(there, key=lambda row: abs(row["points"]) * _sign(line, row)) if there else rows[0]
    return [row for row in rows if row is best or row["points"] is UNKNOWN]


def _sign(line: Row, row: Row) -> int:
    return 1 if (row["points"] >= 0) == ("deduct" not in line) else -1


def _beyond(world: World, line: Row, rows: list[Row]) -> list[Row]:
    """Leave out the first rows; where it isn't known whether earlier ones count, nor is what a later one is worth."""
    kept = []
    for at, row in enumerate(rows, 1):
        skipped = number(str(figure(line["beyond"], world.day(row["at"]))))
        if at <= skipped:
            continue
        sure = sum(not other["doubt"] for other in rows[:at])
        unsure = "undecided" not in line and (row["doubt"] or sure <= skipped)
        kept.append({**row, "points": UNKNOWN} if unsure else row)
    return kept


def _worth(world: World, item: Row, line: Row, row: Row) -> Any:
    day = world.day(row["at"])
    if "share_of" in line:
        most = number(str(figure(item["max"], day)))
        value = row["value"]
        return value if isinstance(value, Mark) else min(max(value, Fraction(0)), Fraction(1)) * most
    if "mark" in line:
        return row["points"]
    declared = line["add"] if "add" in line else line["deduct"]
    worth = _amount(declared, row, day)
    if isinstance(worth, Mark):
        return worth
    return worth if "add" in line else -worth


def _amount(declared: Any, row: Row, day: Any) -> Any:
    if not isinstance(declared, dict) or "of" not in declared:
        text = str(figure(declared, day))
        try:
            return number(text)
        except ValueError:
            return value_of(text, row)

    def read(what: Any) -> Fraction:
        return number(str(figure(what, day)))

    of = value_of(declared["of"], row)
    if isinstance(of, Mark):
        return of
    if "bands" in declared:
        for band in declared["bands"]:
            if "under" in band and of >= read(band["under"]):
                continue
            if "to" in band and of > read(band["to"]):
                continue
            return read(band["gives"])
    if "below" in declared or "above" in declared:
        word = "below" if "below" in declared else "above"
        bound = read(declared[word])
        distance = max(bound - of if word == "below" else of - bound, Fraction(0)) / read(declared["each"])
        count = declared.get("count", "whole")
        steps = {"whole": floor(distance), "started": ceil(distance), "exact": distance}[count]
        return steps * read(declared["gives"])
    return read(declared["gives"][of])


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
    for row in windows_of(world, sheet["for_each"], sheet["every"]):
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
        points, total = rounded(whole["points"], rule), rounded(plus(whole["points"], bonus), rule)
        key = (row["about"], row["period"])
        wholes.append(
            {
                **row,
                "points": points,
                "max": whole["max"],
                "bonus": bonus,
                "total": total,
                "state": state_of(total),
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
        self.items.append(
            {
                "about": self.row["about"],
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
        for name, line in (item.get("lines") or {}).items():
            rows = _line_rows(self.world, self.sheet, item, line, self.row, self.tables)
            self.lines += [
                {
                    "about": self.row["about"],
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
            if "share_of" in line and not rows:
                raw = NA
            elif "at_most" in line and rows and not isinstance(raw, Mark):
                first = min(row["at"] for row in rows)
                cap = number(str(figure(line["at_most"], self.world.day(first))))
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
        return {"points": bounded(total, most, item), "max": most, "declared": declared, "omitted": omitted}

    def gated(self, requires: Any, points: Any) -> Any:
        """Return no points without the evidence that is wanted."""
        spine = spine_of(self.world, self.sheet["for_each"])
        rows = [
            row
            for row in source_rows(self.world, requires, self.tables)
            if self.row["about"] in link_of(self.world, requires, row, spine)
            and inside(row, self.row["start"], self.row["end"])
        ]
        least = number(
            str(figure(requires.get("times") if isinstance(requires, dict) else None, self.day, "1"))
        )
        if points is NA or sum(row["counts"] is True for row in rows) >= least:
            return points
        return UNKNOWN if sum(row["counts"] in (True, UNKNOWN) for row in rows) >= least else Fraction(0)


def bounded(total: Any, most: Any, item: Row) -> Any:
    """Return a sum within 0 and the maximum; without a maximum as it is."""
    if isinstance(total, Mark) or most is NA:
        return total
    if item.get("floor") != "none":
        total = max(total, Fraction(0))
    return min(total, most)


# ---- appraisals ----------------------------------------------------------------------------------------------------
def appraisal_rows(world: World, item: Row, tables: Tables) -> list[Row]:
    """Return an appraisal's rows: scores, ranks, grades held to their quotas."""
    rows = windows_of(world, item["for_each"], item["every"])
    for row in rows:
        row["key"] = (row["about"], row["period"])
        score = _composite(
            world, item["parts"], item, item.get("missing_part", "not_computable"), row, tables, "part"
        )
        row["bonus"] = Fraction(0)
        if "bonus" in item:
            own = [other["total"] for other in tables[item["bonus"]] if other["key"] == row["key"]]
            row["bonus"] = sum((points for points in own if not isinstance(points, Mark)), Fraction(0))
        row["score"] = rounded(plus(score, row["bonus"]), item.get("round"))
        row["over"] = False
    for row in rows:
        others = [other["score"] for other in rows if other["period"] == row["period"]]
        row["rank"] = ranked(row["score"], others)
        row["ranked"] = Fraction(sum(not isinstance(score, Mark) for score in others))
        row["grade"] = _grade(world, item, row)
        for grade, override in (item.get("override") or {}).items():
            found = [one for one in tables[override["finding"]] if one["about"] == row["about"]]
            if any(inside(one, row["start"], row["end"]) for one in found):
                row["grade"] = grade
    names = list(item.get("grades") or {})
    for at, name in enumerate(names):
        quota = item["grades"][name].get("quota")
        if quota is not None:
            _hold_to(world, quota, rows, name, names[at + 1] if at + 1 < len(names) else None)
    for row in rows:
        row["state"] = state_of(row["score"])
        if row["state"] == "computed" and row["over"]:
            row["state"] = "over_quota"
    return rows


def ranked(score: Any, others: list[Any]) -> Any:
    """Return the place among others: 1, 1, 3."""
    if isinstance(score, Mark):
        return score
    return Fraction(1 + sum(not isinstance(other, Mark) and other > score for other in others))


def _grade(world: World, item: Row, row: Row) -> Any:
    if row["score"] is UNKNOWN:
        return UNKNOWN
    for name, grade in (item.get("grades") or {}).items():
        if "at_least" not in grade or row["score"] >= number(
            str(figure(grade["at_least"], world.day(row["start"])))
        ):
            return name
    return NA


def _hold_to(world: World, quota: Row, rows: list[Row], name: str, below: str | None) -> None:
    """Move those of a grade who come after its places are full into the next grade, or mark them."""
    beyond = []
    for row in rows:
        if row["grade"] != name:
            continue
        same = [
            other["score"] for other in rows if other["period"] == row["period"] and other["grade"] == name
        ]
        place = ranked(row["score"], same)
        if isinstance(place, Mark):
            continue
        tied = sum(other == row["score"] for other in same)
        share = number(str(figure(quota["top"], world.day(row["start"])))) * row["ranked"]
        places = max(
            ceil(share) if quota.get("round") == "up" else floor(share), int(quota.get("at_least", "0"))
        )
        last = place if quota.get("ties", "none") == "all" else place + tied - 1
        if last > places:
            beyond.append(row)
    for row in beyond:
        if quota.get("over", "next_grade") == "next_grade" and below is not None:
            row["grade"] = below
        else:
            row["over"] = True


def _composite(
    world: World, parts: Row, item: Row, missing: str, row: Row, tables: Tables, prefix: str
) -> Any:
    """Return the weighted score under the policies for parts that are missing or don't apply."""
    absent = item.get("not_applicable", missing)
    total, weights, present = Fraction(0), Fraction(0), False
    blocked = False
    for name, part in parts.items():
        column = f"{prefix}_{name}"
        if "parts" in part:
            score = _composite(
                world, part["parts"], item, part.get("missing_part", missing), row, tables, column
            )
        else:
            score = _part(world, part, row, tables)
        row[column] = score
        weight = number(str(figure(part["weight"], world.day(row["start"]))))
        policy = missing if score is UNKNOWN else absent if score is NA else ""
        if policy == "":
            total, weights, present = total + score * weight, weights + weight, True
        elif policy == "not_computable":
            blocked = True
        elif policy == "zero":
            weights += weight
    if blocked or not present:
        return UNKNOWN
    return total / weights if "renormalise" in (missing, absent) else total


def _part(world: World, part: Row, row: Row, tables: Tables) -> Any:
    mine = [other for other in tables[part["from"]] if other["about"] == row["about"]]
    mine = [other for other in mine if holds(part.get("where"), other) is True]
    if "roll_up" in part:
        inner = [other for other in mine if inside(other, row["start"], row["end"])]
        score = _rolled_up(world, part, sorted(inner, key=lambda other: other["at"]))
    else:
        own = [other for other in mine if other["period"] == row["period"]]
        score = out_of_hundred(world, part["from"], own[0]) if own else NA
    for other, condition in (part.get("only_if") or {}).items():
        same = [
            one for one in tables[other] if one["about"] == row["about"] and one["period"] == row["period"]
        ]
        if not any(holds(condition, one) is True for one in same):
            score = UNKNOWN
    return score


def out_of_hundred(world: World, table: str, row: Row) -> Any:
    """Return a sheet's points in percent of its maximum, a share times 100, another figure as it is."""
    if table in world.declared.get("sheet", {}):
        if isinstance(row["points"], Mark):
            return row["points"]
        return NA if row["max"] is NA or row["max"] == 0 else row["points"] / row["max"] * 100
    value = row["value"]
    shares = world.declared["indicator"][table]["measure"] in {"share", "rate"}
    return value if isinstance(value, Mark) or not shares else value * 100


def _rolled_up(world: World, part: Row, rows: list[Row]) -> Any:
    """Return one score of several periods."""
    if part["roll_up"] == "pool":
        whole = total([row["whole"] for row in rows])
        pooled = divided(total([row["part"] for row in rows]), whole)
        return pooled if isinstance(pooled, Mark) else pooled * 100
    values = [out_of_hundred(world, part["from"], row) for row in rows]
    kept = [value for value in values if value is not NA]
    if UNKNOWN in values or part["roll_up"] == "sum":
        return total(values)
    if not kept:
        return NA
    return {
        "average": sum(kept, Fraction(0)) / len(kept),
        "best": max(kept),
        "worst": min(kept),
        "last": kept[-1],
    }[part["roll_up"]]


def total(values: list[Any]) -> Any:
    """Return a sum; what doesn't apply is left out, an unknown part makes it unknown."""
    return UNKNOWN if UNKNOWN in values else sum((value for value in values if value is not NA), Fraction(0))

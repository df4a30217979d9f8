"""Appraisals: weighted parts, what becomes of missing ones, grades and their quotas."""

from fractions import Fraction
from itertools import product
from math import ceil, floor
from typing import Any

from tests.naive.conditions import figure, holds, number, rounded
from tests.naive.figures import divided, inside, measured, windows_of
from tests.naive.hits import hit
from tests.naive.lines import Tables, line_rows
from tests.naive.marks import NA, UNKNOWN, Mark, all_of
from tests.naive.sheets import is_eligible, plus, scaled, state_of
from tests.naive.spines import link_of, source_rows, spine_of
from tests.naive.world import Row, World


# ---- appraisals ----------------------------------------------------------------------------------------------------
def appraisal_rows(world: World, item: Row, tables: Tables) -> list[Row]:
    """Return an appraisal's rows: scores, ranks, grades held to their quotas."""
    rows = windows_of(world, item, item["for_each"])
    _parts_alone(world, item, rows, tables)
    for row in rows:
        _scored(world, item, row, _before(row, rows), tables)
    for row in rows:
        others = [other["score"] for other in rows if other["period"] == row["period"]]
        row["rank"] = ranked(row["score"], others)
        row["ranked"] = Fraction(sum(not isinstance(score, Mark) for score in others))
        row["grade"] = _grade(world, item, row)
        for grade, override in (item.get("override") or {}).items():
            found = [one for one in tables[override["finding"]] if one["about"] == row["about"]]
            if any(inside(one, row["start"], row["end"]) for one in found):
                hit("an override", row["grade"] != grade)
                row["grade"] = grade
    names = list(item.get("grades") or {})
    for at, name in enumerate(names):
        quota = item["grades"][name].get("quota")
        if quota is not None:
            _hold_to(world, quota, rows, names, at)
    for row in rows:
        row["state"] = _state(row)
    return rows


def _state(row: Row) -> str:
    if not row["assessed"]:
        return "not_eligible"
    state = state_of(row["score"])
    if state != "computed":
        return state
    if UNKNOWN in (row["grade"], row["over"]):
        hit("a grade that isn't known")
        return "undecided"
    return "over_quota" if row["over"] else state


def _before(row: Row, rows: list[Row]) -> Row | None:
    """Return the row of the same person in the adjoining window before, with its parts as they were measured there."""
    found = [one for one in rows if one["about"] == row["about"] and one["end"] == row["start"]]
    return found[0] if found else None


def _parts_alone(world: World, item: Row, rows: list[Row], tables: Tables) -> None:
    """Add what each part says by itself, as columns that start with `raw`: what is carried over is taken from these."""
    for row in rows:
        for name, part in item["parts"].items():
            if "parts" not in part:
                score = _part(world, item, part, row, tables)
                row[f"raw part_{name}"] = _corrected(world, item, f"part_{name}", part, row, score, tables)


def _scored(world: World, item: Row, row: Row, before: Row | None, tables: Tables) -> None:
    """Add the parts, the score and whether all minima were reached."""
    row["key"] = (row["about"], row["period"])
    missing = item.get("missing_part", "not_computable")
    score = _composite(world, item["parts"], item, missing, row, before, tables, "part")
    row["passed"] = _passed(world, item["parts"], row, "part")
    row["bonus"] = Fraction(0)
    if "bonus" in item:
        own = [other["total"] for other in tables[item["bonus"]] if other["key"] == row["key"]]
        row["bonus"] = sum((points for points in own if not isinstance(points, Mark)), Fraction(0))
    row["score"] = rounded(plus(score, row["bonus"]), item.get("round"))
    row["assessed"] = is_eligible(world, item.get("eligible"), item["for_each"], row)
    if not row["assessed"]:
        hit("a year of somebody who isn't eligible")
        row["score"] = NA
    row["over"] = False


def _passed(world: World, parts: Row, row: Row, prefix: str) -> Any:
    """Whether every part, and each part of a part, reaches its minimum; one that doesn't apply asks for none."""
    found = []
    for name, part in parts.items():
        score = row[f"{prefix}_{name}"]
        if "minimum" in part and score is not NA:
            least = number(str(figure(part["minimum"], world.day(row["start"]))))
            found.append(UNKNOWN if score is UNKNOWN else score >= least)
            hit("a minimum that isn't reached", found[-1] is False)
        if "parts" in part:
            found.append(_passed(world, part["parts"], row, f"{prefix}_{name}"))
    return all_of(found)


def ranked(score: Any, others: list[Any]) -> Any:
    """Return the place among others: 1, 1, 3."""
    if isinstance(score, Mark):
        return score
    return Fraction(1 + sum(not isinstance(other, Mark) and other > score for other in others))


def _grade(world: World, item: Row, row: Row) -> Any:
    for name, grade in (item.get("grades") or {}).items():
        if "at_least" not in grade:
            return UNKNOWN if row["score"] is UNKNOWN else name
        if isinstance(row["score"], Mark):
            return row["score"]
        bound = number(str(figure(grade["at_least"], world.day(row["start"]))))
        reached = all_of([row["score"] >= bound, *([row["passed"]] if grade.get("passed") == "true" else [])])
        if reached is True:
            return name
        if reached is not False:
            return reached
        hit("a grade that is kept from whoever failed a part", row["score"] >= bound)
    return NA


def _hold_to(world: World, quota: Row, rows: list[Row], names: list[str], at: int) -> None:
    """Move those of a grade who come after its places are full into the next grade, or mark them."""
    name, below = names[at], names[at + 1] if at + 1 < len(names) else None
    beyond, unsure = [], []
    for row in rows:
        if row["grade"] != name or isinstance(row["score"], Mark):
            continue
        among = [
            other
            for other in rows
            if other["period"] == row["period"]
            and all(
                _posted(world, other)[column] == _posted(world, row)[column]
                for column in quota.get("within", ())
            )
        ]
        hit("a quota within groups", len(among) < sum(other["period"] == row["period"] for other in rows))
        hit("a place for whoever isn't eligible", not all(other["assessed"] for other in among))
        fits = _in_every_world(world, quota, names, row, among)
        if fits is UNKNOWN:
            unsure.append(row)
        elif not fits:
            beyond.append(row)
    for row in unsure:
        hit("a place that isn't known")
        if quota.get("over", "next_grade") == "next_grade" and below is not None:
            row["grade"] = UNKNOWN
        else:
            row["over"] = UNKNOWN
    for row in beyond:
        hit("beyond a quota")
        if quota.get("over", "next_grade") == "next_grade" and below is not None:
            row["grade"] = below
        else:
            row["over"] = True


def _posted(world: World, row: Row) -> Row:
    """Return where somebody was posted last before the window's end."""
    role = [one for one in world.holders() if one["worker"] == row["about"] and one["start"] < row["end"]]
    role = [one for one in role if one["role"] == "leader"]
    return {"place": max(role, key=lambda one: (one["start"], str(one["subject"])))["place"]}


def _in_every_world(world: World, quota: Row, names: list[str], row: Row, among: list[Row]) -> Any:
    """Whether there is a place for a row, however it turns out for those whose grade isn't known.

    Each of them who has a score may have the grade or may not, and be counted or not where only a grade's are.
    """
    of = quota.get("of", "all")
    better = names if of == "all" else names[: names.index(of) + 1]
    same = [other for other in among if other["grade"] == row["grade"]]
    open_ = [other for other in among if other["grade"] is UNKNOWN and not isinstance(other["score"], Mark)]
    sure = [
        other
        for other in among
        if not isinstance(other["score"], Mark) and (of == "all" or other["grade"] in better)
    ]
    choices = [
        [(0, other), (0, None)] if other in sure else [(1, other), (1, None), (0, None)] for other in open_
    ]
    found = {
        _has_place(
            world,
            quota,
            row,
            [*same, *(takes for _, takes in chosen if takes is not None)],
            len(sure) + sum(counted for counted, _ in chosen),
        )
        for chosen in product(*choices)
    }
    hit("a place that somebody may take whose grade isn't known", len(found) > 1)
    return found.pop() if len(found) == 1 else UNKNOWN


def _has_place(world: World, quota: Row, row: Row, same: list[Row], counted: int) -> Any:
    """Whether there is a place for a row of a grade; unknown where what breaks a tie is."""
    day = world.day(row["start"])
    text = str(figure(quota["top"], day))
    places: Any = number(text)
    if text.endswith("%"):
        hit("a quota of those of a grade", quota.get("of", "all") != "all")
        share = places * counted
        places = ceil(share) if quota.get("round") == "up" else floor(share)
    else:
        hit("a quota that is a number")
    places = max(places, int(quota.get("at_least", "0")))
    scores = [one["score"] for one in same]
    first, tied = ranked(row["score"], scores), scores.count(row["score"])
    ties = quota.get("ties", "none")
    if ties == "all":
        return bool(first <= places)
    if first + tied - 1 <= places:
        return True
    if ties == "none" or first > places:
        hit("tied across a quota's bound", first <= places)
        return False

    # Further columns decide, in the ranking's direction; who is tied by them too is taken together.
    def standing(one: Row) -> list[Any]:
        columns = ties["by"] if isinstance(ties["by"], dict) else dict.fromkeys(ties["by"], "highest")
        return [scaled(one[column], 1 if way == "highest" else -1) for column, way in columns.items()]

    level = [one for one in same if one["score"] == row["score"]]
    if any(UNKNOWN in standing(one) for one in level):
        return UNKNOWN
    ahead = [one for one in same if one["score"] == row["score"] and standing(one) > standing(row)]
    hit("a tie that a further column breaks", bool(ahead))
    return bool(first + len(ahead) <= places)


def _composite(  # noqa: PLR0917 - all of one row
    world: World,
    parts: Row,
    item: Row,
    missing: str,
    row: Row,
    before: Row | None,
    tables: Tables,
    prefix: str,
) -> Any:
    """Return the weighted score under the policies for parts that are missing or don't apply."""
    total, weights, present = Fraction(0), Fraction(0), False
    blocked, renormalised = False, False
    for name, part in parts.items():
        column = f"{prefix}_{name}"
        own = missing
        if "parts" in part:
            inner = part.get("missing_part", missing)
            score = _composite(world, part["parts"], item, inner, row, before, tables, column)
        else:
            score = row.get(f"raw {column}")
            if score is None:
                alone = _part(world, item, part, row, tables)
                score = _corrected(world, item, column, part, row, alone, tables)
            own = part.get("missing_part", missing)
        absent = item.get("not_applicable", own)
        policy = own if score is UNKNOWN else absent if score is NA else ""
        if policy == "carry":
            earlier = NA if before is None else before.get(f"raw {column}", NA)
            if not isinstance(earlier, Mark):
                hit("a part that is carried over")
                score, policy = _corrected(world, item, column, part, row, earlier, tables), ""
            else:
                policy = "not_computable"
        row[column] = score
        weight = number(str(figure(part["weight"], world.day(row["start"]))))
        renormalised = renormalised or "renormalise" in (own, absent)
        if policy == "":
            total, weights, present = total + score * weight, weights + weight, True
        elif policy == "not_computable":
            blocked = True
        elif policy == "zero":
            weights += weight
        hit(f"a missing part: {policy}", policy != "")
    if blocked or not present:
        return UNKNOWN
    return total / weights if renormalised else total


def _part(world: World, item: Row, part: Row, row: Row, tables: Tables) -> Any:
    """Return what a part is by itself, out of a hundred."""
    source = part["from"]
    if isinstance(source, dict):
        score = _taken(world, item, source, row, tables)
    else:
        mine = [other for other in tables[source] if other["about"] == row["about"]]
        mine = [other for other in mine if holds(part.get("where"), other) is True]
        if isinstance(part.get("roll_up"), dict):
            score = _by_shares(world, item, part, row, mine)
        elif "roll_up" in part:
            inner = [other for other in mine if inside(other, row["start"], row["end"])]
            score = _rolled_up(world, part, sorted(inner, key=lambda other: other["at"]))
            score = _with_enough(world, part, row, inner, score)
        else:
            own = [other for other in mine if other["period"] == row["period"]]
            score = out_of_hundred(world, source, own[0]) if own else NA
    for other, condition in (part.get("only_if") or {}).items():
        same = [
            one for one in tables[other] if one["about"] == row["about"] and one["period"] == row["period"]
        ]
        if not any(holds(condition, one) is True for one in same):
            hit("a part that waits for another figure")
            score = UNKNOWN
    return score


def _corrected(world: World, item: Row, column: str, part: Row, row: Row, score: Any, tables: Tables) -> Any:
    """Return a part's score with what was given to it afterwards; a sheet's items have corrections of their own."""
    declared = item.get("corrected_by")
    is_sheet = isinstance(part["from"], str) and part["from"] in world.declared.get("sheet", {})
    if declared is None or isinstance(score, Mark) or is_sheet:
        return score
    name = f"{item['appraisal']}/{column.removeprefix('part_').replace('_', '/')}"
    where = {**declared["where"], declared["item"]: name}
    line = {"for_each": declared["form"], "where": where, "add": declared["add"]}
    given = total([one["points"] for one in line_rows(world, item, {}, line, row, tables)])
    if given is UNKNOWN:
        return UNKNOWN
    hit("a part that is corrected afterwards", given != 0)
    return min(max(score + given, Fraction(0)), max(score, Fraction(100)))


def _taken(world: World, item: Row, source: Row, row: Row, tables: Tables) -> Any:
    """Return a part that is taken of a form's entries in the window; of none it is unknown."""
    spine = spine_of(world, item["for_each"])
    mine = [
        other
        for other in source_rows(world, source, tables)
        if row["about"] in link_of(world, source, other, spine) and inside(other, row["start"], row["end"])
    ]
    seen = measured("count", mine, None)
    if seen is UNKNOWN or seen == 0:
        return UNKNOWN
    hit("a part of a form's entries")
    return measured(source["measure"], mine, source["column"])


def _with_enough(world: World, part: Row, row: Row, inner: list[Row], score: Any) -> Any:
    """Return the score, or unknown where fewer windows than wanted have one."""
    if "least" not in part:
        return score
    least = number(str(figure(part["least"], world.day(row["start"]))))
    there = [one for one in inner if not isinstance(out_of_hundred(world, part["from"], one), Mark)]
    if len(there) >= least:
        return score
    hit("fewer windows than wanted")
    return UNKNOWN


def _by_shares(world: World, item: Row, part: Row, row: Row, mine: list[Row]) -> Any:
    """Return the windows of a part weighed by the shares that name them, each a part of its own."""
    missing = part.get("missing_part", item.get("missing_part", "not_computable"))
    absent = item.get("not_applicable", missing)
    # Only the part as a whole can be carried over.
    missing, absent = ("not_computable" if policy == "carry" else policy for policy in (missing, absent))
    total, weights, present, blocked = Fraction(0), Fraction(0), False, False
    for key, share in part["roll_up"].items():
        own = [one for one in mine if inside(one, row["start"], row["end"])]
        own = [one for one in own if one["period"].partition("-")[2] == key]
        values = [out_of_hundred(world, part["from"], one) for one in sorted(own, key=lambda one: one["at"])]
        kept = [value for value in values if value is not NA]
        score: Any = UNKNOWN if UNKNOWN in values else kept[-1] if kept else NA
        policy = missing if score is UNKNOWN else absent if score is NA else ""
        weight = number(str(figure(share, world.day(row["start"]))))
        if policy == "":
            total, weights, present = total + score * weight, weights + weight, True
        elif policy == "not_computable":
            blocked = True
        elif policy == "zero":
            weights += weight
    if blocked or not present:
        return UNKNOWN
    hit("windows weighed by shares")
    return total / weights if "renormalise" in (missing, absent) else total


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
    if part["roll_up"] == "pool" and part["from"] in world.declared.get("sheet", {}):
        pooled = divided(total([row["points"] for row in rows]), total([row["max"] for row in rows]))
        hit("pooled sheets", len(rows) > 1)
        return pooled if isinstance(pooled, Mark) else pooled * 100
    if part["roll_up"] == "pool":
        hit("pooled shares", len(rows) > 1)
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

"""What a row is worth to a line."""

from fractions import Fraction
from math import ceil, floor
from typing import Any

from tests.naive.conditions import figure, number, value_of
from tests.naive.hits import hit
from tests.naive.marks import UNKNOWN, Mark
from tests.naive.world import Row, World


def worth_of(world: World, item: Row, line: Row, row: Row) -> Any:
    """Return the points of a row, with their sign."""
    day = world.day(row["at"])
    if "share_of" in line:
        most = number(str(figure(item["max"], day)))
        value = row["value"]
        return value if isinstance(value, Mark) else min(max(value, Fraction(0)), Fraction(1)) * most
    if "mark" in line:
        return row["points"]
    if "checklist" in line:
        return _checked(line["checklist"]["each"], row, day)
    declared = line["add"] if "add" in line else line["deduct"]
    worth = _amount(declared, row, day)
    if isinstance(worth, Mark):
        return worth
    return worth if "add" in line else -worth


def _checked(each: Row, row: Row, day: Any) -> Any:
    """Add up what each question of a checklist gives: for yes, by the choice, or so many times the number."""
    points = []
    for field, given in each.items():
        said = row[field]
        if said is UNKNOWN:
            return UNKNOWN
        if isinstance(said, str):
            points.append(number(str(figure(given[said], day))))
        elif isinstance(said, bool):
            points.append(number(str(figure(given, day))) if said else Fraction(0))
        else:
            points.append(said * number(str(figure(given, day))))
    hit("checklist", any(points))
    return sum(points, Fraction(0))


def _amount(declared: Any, row: Row, day: Any) -> Any:  # noqa: C901 - a line a way
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
            hit("bands")
            return read(band["gives"])
    if "slabs" in declared:
        return _slabs(declared["slabs"], of, read)
    if "below" in declared or "above" in declared:
        word = "below" if "below" in declared else "above"
        bound = read(declared[word])
        distance = max(bound - of if word == "below" else of - bound, Fraction(0)) / read(declared["each"])
        count = declared.get("count", "whole")
        steps = {"whole": floor(distance), "started": ceil(distance), "exact": distance}[count]
        hit(f"steps counted {count}", distance != floor(distance))
        return steps * read(declared["gives"])
    return read(declared["gives"][of])


def _slabs(slabs: list[Row], of: Any, read: Any) -> Fraction:
    """Give each slab's rate for what lies in it, as a tax does: nothing above it, nothing below."""
    total, lower, slabs_in = Fraction(0), Fraction(0), 0
    for slab in slabs:
        text = slab.get("to", slab.get("under"))
        upper = None if text is None else read(text)
        top = of if upper is None else min(of, upper)
        if top > lower:
            total += (top - lower) * read(slab["gives"])
            slabs_in += 1
        if upper is not None:
            lower = upper
    hit("slabs", slabs_in > 1)
    return total

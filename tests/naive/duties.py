"""Duties: who owes what, what counted, and the state that follows."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from fractions import Fraction
from math import ceil, floor
from typing import Any

from tests.naive.conditions import figure, number
from tests.naive.counting import count, fits, state, waived
from tests.naive.deadlines import triggered
from tests.naive.hits import hit
from tests.naive.marks import NA, UNKNOWN
from tests.naive.spines import Spine, spine_of, there
from tests.naive.windows import followed, is_rolling, windows_of
from tests.naive.world import Row, World, holds_on, seconds_in

TINY = timedelta(microseconds=1)


def duty_rows(world: World, duty: Row, tables: dict[str, list[Row]]) -> list[Row]:
    """Return a duty's occurrences."""
    tiers = duty.get("tiers") or {"all": {}}
    earlier: list[Any] = []
    found: list[Row] = []
    for name, tier in tiers.items():
        whole = {
            **duty,
            **{key: tier[key] for key in ("every", "within", "series", "times", "met_by") if key in tier},
        }
        whole["own"] = [tier.get("where"), duty.get("where")]
        whole["not"] = list(earlier)
        whole["tier"] = name
        earlier.append(tier.get("where"))
        found += (
            list(triggered(world, whole, tables))
            if is_triggered(world, duty)
            else list(_periodic(world, whole, tables))
        )
    return found


def is_triggered(world: World, duty: Row) -> bool:
    """Whether a duty is started by rows, not by the calendar."""
    each = duty["for_each"]
    return isinstance(each, dict) or (each in world.forms and world.forms[each].get("describes") != each)


# ---- periodic ------------------------------------------------------------------------------------------------------
def _periodic(world: World, duty: Row, tables: dict[str, list[Row]]) -> Iterator[Row]:
    spine = spine_of(world, duty["for_each"])
    for subject, spans in spine.subjects.items():
        slots: list[Row] = []
        for window in windows_of(world, duty, spine, subject, tables):
            start, end, day = window["start"], window["end"], world.day(window["start"])
            if not holds_on(duty, day):
                continue
            hit("a later version of one: duty", "versions before" in duty)
            surely, perhaps, part = _member(duty, spans, start, end, window.get("member"))
            needed = number(str(figure(duty.get("times"), day, "1")))
            if part is not None:
                needed = _scaled(duty["due_if"].get("round", "up"), needed * part)
            if not perhaps or needed == 0:
                continue
            slots.append(
                {
                    **window,
                    "subject": subject,
                    "tier": duty["tier"],
                    "due": end,
                    "at": end - TINY,
                    "closes": end,
                    "sure": surely and window.get("sure", True),
                    "needed": needed,
                    "part": part,
                }
            )
            if "late_until" in duty:
                slots[-1]["closes"] = world.later(end - TINY, figure(duty["late_until"], day))
            slots[-1] |= _owner(world, duty, spine, subject, start, end)
        if is_rolling(duty):
            followed(world, duty, spine, subject, slots, tables)
        else:
            count(world, duty, spine, subject, slots, tables)
        for slot in slots:
            slot["waived"] = waived(world, duty, spine, slot, tables)
            slot["state"] = state(world, slot, grace="late_until" in duty)
            yield slot


def _scaled(how: str, needed: Fraction) -> Fraction:
    whole = {"up": ceil(needed), "down": floor(needed), "half_up": floor(needed + Fraction(1, 2))}[how]
    hit("times in proportion", whole != needed)
    return Fraction(whole)


def _member(
    duty: Row, spans: list[Row], start: datetime, end: datetime, rule: str | None
) -> tuple[bool, bool, Any]:
    """Whether the subject surely, and whether it perhaps, was there for long enough; and the part of the times."""
    declared = duty.get("due_if") or "half"
    declared = {"member": declared} if isinstance(declared, str) else declared
    rule = rule or declared.get("member", "half")
    answers, covers = [], []
    whole = int((end - start).total_seconds())
    for wanted in ((True,), (True, UNKNOWN)):
        chosen = [
            (row["start"], row["end"]) for row in spans if any(fits(duty, row) is one for one in wanted)
        ]
        chosen = [(s, e) for s, e in there(chosen) if s < end and (e is None or e > start)]
        covered = seconds_in(chosen, start, end)
        covers.append(covered)
        match rule:
            case "half":
                answers.append(covered > 0 and covered * 2 >= whole)
            case "any":
                answers.append(covered > 0)
            case "all":
                answers.append(covered > 0 and covered >= whole)
            case "at_start":
                answers.append(any(s <= start for s, _ in chosen))
            case "at_end":
                answers.append(any(e is None or e >= end for _, e in chosen))
            case _:
                many, unit = rule.split(" ")
                days = int(many) * (7 if unit.startswith("week") else 1)
                answers.append(covered > 0 and covered >= days * 86_400)
    if declared.get("prorate") != "true":
        return answers[0], answers[1], None
    return answers[0] and covers[0] == covers[1], answers[1], Fraction(covers[1], whole)


def _owner(world: World, duty: Row, spine: Spine, subject: str, start: datetime, end: datetime) -> Row:
    """Return who owes it and where: of a post's holders the one with most of the window, then the later."""
    before = [row for row in spine.subjects[subject] if row["start"] is None or row["start"] < end]
    role = duty.get("owed_by")
    if role is None:
        if spine.refers == "place":
            return {"owner": subject, "place": subject}
        if spine.refers == "worker":
            return {"owner": subject, "place": longest(before, "place", start, end)}
        return {"owner": NA, "place": before[-1]["place"] if before else NA}
    level = world.declared["role"][role]["level"]
    if spine.refers == "place":
        place = world.place_at(subject, level)
    else:
        own = [name for name, to in spine.refs.items() if to == level]
        last = before[-1][own[0] if own else "place"] if before else NA
        place = last if own else world.place_at(last, level)
    posts = [row for row in world.holders() if row["role"] == role and row["place"] == place]
    return {"owner": longest(posts, "worker", start, end), "place": place}


def longest(rows: list[Row], column: str, start: datetime, end: datetime) -> Any:
    """Return the value whose rows cover most of the time; of equals the one that came later, then the greater."""
    best: list[Any] = []
    for value in {row[column] for row in rows}:
        spans = [(row["start"] or start, row["end"]) for row in rows if row[column] == value]
        spans = [(s, e) for s, e in spans if s < end and (e is None or e > start)]
        if spans:
            latest = max(max(s, start) for s, _ in spans)
            best.append((seconds_in(spans, start, end), latest, value))
    return max(best)[2] if best else NA

"""Limits and series that rows start: when they end, which of several rows start one, and what became of them."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from tests.naive.clocks import TINY, Stop, extended, pauses_of, reach, spans_of, stands
from tests.naive.conditions import figure, number
from tests.naive.counting import count, fits, state, waived
from tests.naive.hits import hit
from tests.naive.marks import NA, UNKNOWN, all_of
from tests.naive.spines import Spine, source_rows, table_of
from tests.naive.world import DAY, Row, World, days, holds_on, months_later

Tables = dict[str, list[Row]]
NEVER = timedelta(days=9)


def triggered(world: World, duty: Row, tables: Tables) -> Iterator[Row]:
    """Yield the occurrences of a duty that rows start."""
    slots: list[Row] = []
    for event in source_rows(world, duty["for_each"], tables):
        truth = all_of([event["counts"], fits(duty, event)])
        if (truth is True or truth is UNKNOWN) and holds_on(duty, world.day(event["at"])):
            slots.append(_begun(world, duty, event, sure=truth is True, tables=tables))
    chosen = _chosen(duty, slots)
    for slot in chosen:
        if "series" in duty:
            yield from _series(world, duty, slot, tables)
        else:
            yield {**slot, "state": state(world, slot, grace=True)}


def _begun(world: World, duty: Row, event: Row, *, sure: bool, tables: Tables) -> Row:
    day = world.day(event["at"])
    slot = {
        "begun": True,
        "subject": event["id"],
        "group": event["subject"],
        "window": day.isoformat(),
        "tier": duty["tier"],
        "start": event["at"],
        "sure": sure,
        "owner": event[duty.get("owed_by", "by")],
        "place": event["place"],
        "needed": number(str(figure(duty.get("times"), day, "1"))),
    }
    if "series" in duty:
        return slot | {"ended": None}
    limit = figure(duty["within"], day)
    slot["due"] = slot["latest"] = world.later(event["at"], limit)
    if "pauses" in duty or "extended_by" in duty:
        for name, other in (("due", False), ("latest", True)):
            slot[name] = _limit(world, duty, slot, limit, tables, at_best=other)
    slot["at"] = NA if slot["due"] is None else slot["due"] - TINY
    slot["closes"] = datetime.max.replace(tzinfo=world.zone) - NEVER
    if "late_until" in duty and slot["latest"] is not None:
        slot["closes"] = world.later(slot["latest"] - TINY, figure(duty["late_until"], day))
    slot["end"] = slot["closes"]
    count(world, {**duty, "late_until": None}, _spine(duty), slot["subject"], [slot], tables)
    slot["waived"] = waived(world, duty, _spine(duty), {**slot, "waiting": slot["due"]}, tables)
    slot["ended"] = slot["due"] if slot["met_at"] is NA else slot["met_at"]
    return slot


def _spine(duty: Row) -> Spine:
    return Spine({}, table_of(duty["for_each"]), {})


# ---- the limit ------------------------------------------------------------------------------------------------------
def _limit(
    world: World, duty: Row, slot: Row, limit: str, tables: Tables, *, at_best: bool
) -> datetime | None:
    """Return the limit by what surely moves it, or by all that may."""
    day = world.day(slot["start"])
    stops: list[Stop] = []
    for pause in (duty.get("pauses") or {}).values():
        if "during" in pause:
            rows = _of(world, pause["during"], slot, tables, possible=at_best)
            spans = [(row["start"], row["end"]) for row in rows]
            spans = [(s, e) for s, e in spans if e is None or e > slot["start"]]
            stops += spans_of(world, pause, day, spans)
        else:
            # Soonest by what surely began and may have ended; latest by what may have begun and surely ended.
            asked = _since(slot, _of(world, pause["from"], slot, tables, possible=at_best))
            received = _since(slot, _of(world, pause["until"], slot, tables, possible=not at_best))
            stops += pauses_of(world, limit, pause, day, asked, received)
    hit("pauses that overlap", any(stands(stops[:at], stop[0]) for at, stop in enumerate(stops)))
    due = reach(world, slot["start"], limit, stops)
    hit("a pause", due is not None and due > world.later(slot["start"], limit))
    hit("a pause that is still open", due is None)
    if "extended_by" in duty:
        granted = _of(world, duty["extended_by"], slot, tables, possible=at_best)
        granted = [row for row in granted if row["at"] >= slot["start"]]
        due = extended(world, duty["extended_by"], slot["start"], limit, due, stops, granted, at_best=at_best)
    return due


def _of(world: World, source: Any, slot: Row, tables: Tables, *, possible: bool) -> list[Row]:
    """Return the rows of a source that are about the event, or are those of whoever owes it."""
    form = world.forms[table_of(source)]
    own = next((name for name, field in form["fields"].items() if field.get("to") in world.forms), None)
    found = []
    for row in source_rows(world, source, tables):
        mine = row[own] == slot["subject"] if own else row["subject"] == slot["owner"]
        if mine and (row["counts"] is True or (possible and row["counts"] is UNKNOWN)):
            found.append(row)
    return found


def _since(slot: Row, rows: list[Row]) -> list[datetime]:
    return [row["at"] for row in rows if row["at"] >= slot["start"]]


# ---- which of several -----------------------------------------------------------------------------------------------
def _chosen(duty: Row, slots: list[Row]) -> list[Row]:
    """Keep of several events about one thing those that start a clock."""
    starts = duty.get("starts", "each")
    if starts == "each":
        return slots
    found = []
    for slot in slots:
        mine = [other for other in slots if other["group"] == slot["group"]]
        sure = [other for other in mine if other["sure"]]
        kept = not slot["sure"] or slot in (_first(sure) if starts == "first" else _last(sure))
        hit(f"an event that starts nothing: {starts}", not kept)
        if kept:
            doubted = len(sure) < len(mine)
            hit("an event that may start the clock of others", doubted and slot["sure"])
            found.append({**slot, "sure": slot["sure"] and not doubted})
    return found


def _first(slots: list[Row]) -> list[Row]:
    """Each that comes when none runs: the one before has ended."""
    found: list[Row] = []
    for slot in slots:
        if not found or (found[-1]["ended"] is not None and slot["start"] >= found[-1]["ended"]):
            found.append(slot)
    return found


def _last(slots: list[Row]) -> list[Row]:
    """Each that ends before the next one comes."""
    return [
        slot
        for slot, following in zip(slots, [*slots[1:], None], strict=True)
        if following is None or (slot["ended"] is not None and slot["ended"] <= following["start"])
    ]


# ---- series ---------------------------------------------------------------------------------------------------------
def _series(world: World, duty: Row, event: Row, tables: Tables) -> Iterator[Row]:
    series = duty["series"]
    (unit,) = (key for key in series if key != "give")
    give = series.get("give", "0 days")
    give = {"before": give, "after": give} if isinstance(give, str) else give
    before, after = give.get("before", "0 days"), give.get("after", "0 days")
    slots = []
    for many in sorted(set(map(int, series[unit]))):
        day = _offset(world, world.day(event["start"]), unit, many)
        early = world.midnight(day - DAY * int(before.split(" ")[0]))
        end = world.midnight(day + DAY * (int(after.split(" ")[0]) + 1))
        hit("a window of a series that begins with its event", early < event["start"])
        slot = {
            **event,
            "window": day.isoformat(),
            "start": max(event["start"], early),
            "due": end,
            "end": end,
            "closes": end,
            "at": end - TINY,
        }
        if "late_until" in duty:
            slot["closes"] = world.later(end - TINY, figure(duty["late_until"], world.day(slot["start"])))
        slots.append(slot)
    count(
        world,
        {**duty, "late_until": duty.get("late_until", "")},
        _spine(duty),
        event["subject"],
        slots,
        tables,
    )
    hit("entries that fill two windows of a series", sum(slot["counted"] > 0 for slot in slots) > 1)
    for slot in slots:
        slot["waived"] = waived(world, duty, _spine(duty), slot, tables)
        slot["state"] = state(world, slot, grace="late_until" in duty)
        yield slot


def _offset(world: World, day: Any, unit: str, many: int) -> Any:
    match unit:
        case "days":
            return day + DAY * many
        case "weeks":
            return day + DAY * 7 * many
        case "months":
            return months_later(day, many)
        case "years":
            return months_later(day, many * 12)
    worked = [one for one in days(day + DAY, day + DAY * (many * 3 + 30)) if world.is_worked(one)]
    return worked[many - 1] if many else day

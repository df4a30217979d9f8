"""Windows of periodic duties: the calendar's, those from entry to entry, those that a roster says."""

from datetime import date, datetime, timedelta
from fractions import Fraction
from typing import Any

from tests.naive.counting import events_of, fits
from tests.naive.hits import hit
from tests.naive.marks import NA, UNKNOWN
from tests.naive.spines import Spine, source_rows, table_of, there
from tests.naive.world import Row, World

TINY = timedelta(microseconds=1)
Tables = dict[str, list[Row]]


def is_rolling(duty: Row) -> bool:
    """Whether each entry starts a window."""
    return isinstance(duty["every"], dict) and "rolling" in duty["every"]


def windows_of(world: World, duty: Row, spine: Spine, subject: str, tables: Tables) -> list[Row]:
    """Return the windows in which a subject may owe something, in order."""
    every = duty["every"]
    if is_rolling(duty):
        return _rolling(world, duty, spine, subject, tables)
    if isinstance(every, dict) and "each" not in every:
        return _rostered(world, duty, spine, subject, tables)
    found = world.windows(every["each"] if isinstance(every, dict) else every)
    windows = [{"window": label, "start": start, "end": end} for label, start, end in found]
    if isinstance(every, dict):
        return _on_roster(world, duty, spine, subject, windows, tables)
    return windows


def _numbered(world: World, windows: list[Row]) -> list[Row]:
    """Name windows by the day on which they begin, the second of a day with its number."""
    days: dict[date, int] = {}
    for window in windows:
        day = world.day(window["start"])
        days[day] = days.get(day, 0) + 1
        hit("a second window of a day", days[day] > 1)
        window["begun"] = True
        window["window"] = day.isoformat() if days[day] == 1 else f"{day.isoformat()}/{days[day]}"
    return windows


# ---- from entry to entry ---------------------------------------------------------------------------------------------
def _rolling(world: World, duty: Row, spine: Spine, subject: str, tables: Tables) -> list[Row]:
    """Return a window from the beginning of each stay, and one from each entry that surely counts."""
    force = duty.get("in_force", {}).get("from")
    opens = (
        None if force is None or duty.get("goes_on") == "true" else world.midnight(date.fromisoformat(force))
    )
    stays = there(
        (row["start"], row["end"])
        for row in spine.subjects[subject]
        if fits(duty, row) is True or fits(duty, row) is UNKNOWN
    )
    begun = [start if opens is None else max(start, opens) for start, _ in stays]
    begun = [since for since, (_, end) in zip(begun, stays, strict=True) if end is None or end > since]
    if spine.refers == "place":
        begun = [] if opens is None else [opens]
    entries = [event for event in events_of(world, duty, spine, subject, [], tables) if event["sure"]]
    entries.sort(key=lambda event: (event["ends"], str(event["key"])))
    found: list[Row] = [{"start": since, "order": 0, "entry": None} for since in begun]
    found += [{"start": event["ends"], "order": 1, "entry": event} for event in entries]
    found.sort(key=lambda one: (one["start"], one["order"]))
    limit = duty["every"]["rolling"]
    for at, window in enumerate(found):
        window["end"] = world.later(window["start"], limit)
        window["next"] = next((one["entry"] for one in found[at + 1 :] if one["entry"] is not None), None)
    return _numbered(world, found)


def followed(world: World, duty: Row, spine: Spine, subject: str, slots: list[Row], tables: Tables) -> None:
    """Add what counted: the entry with which the next window begins, if it comes while this one can be met."""
    events = events_of(world, duty, spine, subject, [], tables)
    for slot in slots:
        after = slot["next"]
        met = after is not None and after["ends"] < slot["closes"]
        unsure = [event for event in events if not event["sure"]]
        perhaps = any(slot["start"] <= event["ends"] < slot["closes"] for event in unsure)
        slot["counted"] = Fraction(met)
        slot["possible"] = Fraction(met or perhaps)
        slot["short"] = Fraction(not met)
        slot["short_at_best"] = Fraction(not met and not perhaps)
        slot["met_at"] = after["ends"] if met else NA
        slot["entries"] = [after["key"]] if met else []
        hit("a rolling window that is met", met)
        hit("a rolling window from an entry", slot["entry"] is not None)
        hit("a rolling window that is met late", met and after["ends"] >= slot["due"])
        hit("a rolling window that is missed", not met and not perhaps)


# ---- rosters ---------------------------------------------------------------------------------------------------------
def _rows(world: World, duty: Row, tables: Tables) -> list[Row]:
    rows = source_rows(world, duty["every"]["roster"], tables)
    return [row for row in rows if row["counts"] is True or row["counts"] is UNKNOWN]


def _rostered(world: World, duty: Row, spine: Spine, subject: str, tables: Tables) -> list[Row]:
    """Return a window for each row of the roster that concerns the subject."""
    form = table_of(duty["every"]["roster"])
    own = all(table_of(source) == form for source in _listed(duty["met_by"]))
    found = []
    for row in _rows(world, duty, tables):
        if not _concerns(world, row, spine, subject):
            continue
        if "start" in row:
            window: Row = {"start": row["start"], "end": row["end"]}
        else:
            # Being named in the roster's own row lies in that moment; anything else in its day.
            end = row["at"] + TINY if own else world.midnight(world.day(row["at"]) + timedelta(days=1))
            window = {"start": row["at"], "end": end, "member": "at_start"}
        found.append({**window, "sure": row["counts"] is True, "row": str(row["key"])})
    hit("a window by a roster", bool(found))
    found.sort(key=lambda window: (window["start"], window["row"]))
    return _numbered(world, found)


def _listed(sources: Any) -> list[Any]:
    return sources if isinstance(sources, list) else [sources]


def _concerns(world: World, row: Row, spine: Spine, subject: str) -> bool:
    """Whether a row is about the subject, or, where it is about a place, the subject was there as it began."""
    if row["subject"] not in world.levels:
        return bool(row["subject"] == subject)
    begins: datetime = row["start"] if "start" in row else row["at"]
    return any(
        state["start"] <= begins
        and (state["end"] is None or state["end"] > begins)
        and (state["place"] == row["subject"] or str(state["place"]).startswith(row["subject"] + "/"))
        for state in spine.subjects[subject]
    )


def _on_roster(
    world: World, duty: Row, spine: Spine, subject: str, windows: list[Row], tables: Tables
) -> list[Row]:
    """Keep the calendar's windows in which the roster has the subject."""
    found = []
    rows = [row for row in _rows(world, duty, tables) if _concerns(world, row, spine, subject)]
    for window in windows:
        mine = [
            row
            for row in rows
            if row["start"] < window["end"] and (row["end"] is None or row["end"] > window["start"])
        ]
        if mine:
            hit("a day on a roster")
            found.append({**window, "sure": any(row["counts"] is True for row in mine)})
    return found

"""Clocks that stand still and limits that are moved, by walking from day to day, or from minute to minute."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from tests.naive.conditions import figure, number
from tests.naive.hits import hit
from tests.naive.marks import UNKNOWN
from tests.naive.world import DAY, Row, World

TINY = timedelta(microseconds=1)
MINUTE = timedelta(minutes=1)
Stop = tuple[datetime, datetime | None]
"""When a clock stands still; None: it still does."""

TOO_FAR = 4_000
"""Days after which nobody looks on."""


def unit_of(length: str) -> str:
    """Return the unit of a length, in the singular."""
    return length.split(" ")[1].rstrip("s")


def by_days(length: str) -> bool:
    """Whether a clock counts days rather than running."""
    return unit_of(length) in {"day", "working_day", "week", "month", "year"}


def stands(stops: Iterable[Stop], at: datetime) -> bool:
    """Whether the clock stands still at an instant."""
    return any(start <= at and (end is None or at < end) for start, end in stops)


def is_at_work(world: World, at: datetime) -> bool:
    """Whether work is done at an instant."""
    clock = at.astimezone(world.zone).strftime("%H:%M")
    hours = world.calendar["hours"]
    return world.is_worked(world.day(at)) and any(begins <= clock < ends for begins, ends in hours)


def reach(world: World, at: datetime, length: str, stops: list[Stop]) -> datetime | None:
    """Return the end of a limit whose clock stands still now and then; None if it never comes."""
    if not stops:
        return world.later(at, length)
    many, unit = int(length.split(" ", maxsplit=1)[0]), unit_of(length)
    if by_days(length):
        return _reach_by_days(world, at, length, stops)
    left = MINUTE * many * (60 if unit.endswith("hour") else 1)
    while left:
        stop = next(((start, end) for start, end in stops if start <= at and (end is None or at < end)), None)
        if stop is not None:
            if stop[1] is None:
                return None
            at = stop[1]
            continue
        ahead = [start for start, _ in stops if start > at]
        step = min([left, MINUTE, *(start - at for start in ahead)])
        if unit.startswith("working"):
            day = world.day(at)
            if (world.midnight(day) - at).days < -TOO_FAR or day.year > 2040:
                return None
            if not world.is_worked(day):
                at = world.midnight(day + DAY)
                continue
            if is_at_work(world, at):
                left -= step
        else:
            left -= step
        at += step
    return at


def _reach_by_days(world: World, at: datetime, length: str, stops: list[Stop]) -> datetime | None:
    """Count days that the clock isn't held over: a day counts by its first instant."""
    day, unit = world.day(at), unit_of(length)
    working = unit == "working_day"
    left = int(length.split(" ", maxsplit=1)[0])
    if not working:
        left = (world.day(world.later(at, length) - TINY) - day).days
    for _ in range(TOO_FAR):
        if not left:
            return world.midnight(day + DAY)
        day += DAY
        if (not working or world.is_worked(day)) and not stands(stops, world.midnight(day)):
            left -= 1
    return None


def pauses_of(
    world: World, limit: str, pause: Row, day: Any, asked: list[datetime], received: list[datetime]
) -> list[Stop]:
    """Return when a clock stands still between asking and what then comes first."""
    found: list[Stop] = []
    for at in asked:
        start: datetime = at
        end = min((one for one in received if one >= at), default=None)
        if by_days(limit):
            # The day of asking counts, that of receipt doesn't.
            start = world.midnight(world.day(at) + DAY)
            end = None if end is None else world.midnight(world.day(end) + DAY)
        if "at_most" in pause:
            most = world.later(at, figure(pause["at_most"], day))
            hit("a pause that ends by itself", end is None or most < end)
            end = most if end is None else min(end, most)
        found.append((start, end if end is None else max(start, end)))
    return cut(world, pause, day, found)


def spans_of(world: World, pause: Row, day: Any, spans: list[Stop]) -> list[Stop]:
    """Return when a clock stands still during spans, each so long at most."""
    found = []
    for start, until in spans:
        end = until
        if "at_most" in pause:
            most = world.later(start - TINY, figure(pause["at_most"], day))
            end = most if end is None else min(end, most)
        found.append((start, end))
    return cut(world, pause, day, found)


def cut(world: World, pause: Row, day: Any, stops: list[Stop]) -> list[Stop]:
    """Keep of all pauses of a kind no more than so much together."""
    if "in_all" not in pause or not stops:
        return stops
    length = figure(pause["in_all"], day)
    many, unit = int(length.split(" ")[0]), unit_of(length)
    end = None
    if by_days(length):
        one, left = world.day(min(start for start, _ in stops)), many * (7 if unit == "week" else 1)
        for _ in range(TOO_FAR):
            if stands(stops, world.midnight(one)) and (unit != "working_day" or world.is_worked(one)):
                if not left:
                    end = world.midnight(one)
                    break
                left -= 1
            one += DAY
    else:
        at, rest = min(start for start, _ in stops), MINUTE * many * (60 if unit.endswith("hour") else 1)
        while rest and any(stop is None or stop > at for _, stop in stops):
            if not stands(stops, at):
                at = min(start for start, _ in stops if start > at)
                continue
            # Working hours are used up only while work is done.
            rest -= MINUTE * (not unit.startswith("working") or is_at_work(world, at))
            at += MINUTE
        end = at
    if end is None:
        return stops
    hit("pauses that are cut together", any(stop is None or stop > end for _, stop in stops))
    return [(start, end if stop is None else min(stop, end)) for start, stop in stops if start < end]


def extended(
    world: World,
    extension: Row,
    start: datetime,
    limit: str,
    due: datetime | None,
    stops: list[Stop],
    granted: list[Row],
    *,
    at_best: bool,
) -> datetime | None:
    """Return the limit as it was moved by what was granted before it had passed."""
    day = world.day(start)
    said: Row = {
        key: figure(extension[key], day) for key in ("by", "at_most", "in_all", "total") if key in extension
    }
    first = due
    for row in granted:
        if due is None or first is None:
            return None
        if row["at"] >= due:
            hit("an extension that comes too late")
            continue
        length = _granted(extension, said, row, limit, at_best=at_best)
        if length is None:
            return None  # nobody knows how far it may go
        if number(length.split(" ")[0]) > 0:
            due = _moved(world, said, start, first, due, stops, length)
    return due


def _granted(extension: Row, said: Row, row: Row, limit: str, *, at_best: bool) -> str | None:
    """Return how much is granted; at best, of what isn't known, as much as may be; None without a bound."""
    if "by" in said:
        return str(said["by"])
    amount = row[extension["column"]]
    if amount is UNKNOWN and at_best:
        return next((said[key] for key in ("at_most", "in_all", "total") if key in said), None)
    return f"{0 if amount is UNKNOWN else int(amount)} {limit.split(' ')[1]}"


def _moved(
    world: World, said: Row, start: datetime, first: datetime, due: datetime, stops: list[Stop], length: str
) -> datetime | None:
    def further(since: datetime, wanted: str) -> datetime | None:
        return reach(world, since - TINY if by_days(wanted) else since, wanted, stops)

    ends = [further(due, length)]
    if "at_most" in said:
        ends.append(further(due, said["at_most"]))
    if "in_all" in said:
        ends.append(further(first, said["in_all"]))
    if "total" in said:
        whole = reach(world, start, said["total"], stops)
        ends.append(None if whole is None else max(whole, first))
    known = [one for one in ends if one is not None]
    if not known:
        return None
    hit("an extension that is cut", min(known) < known[0])
    hit("an extension", min(known) > due)
    return max(due, min(known))

"""When something was done, and when it was written down."""

from collections.abc import Callable, Hashable, Iterator, Sequence
from datetime import date, time, timedelta
from zoneinfo import ZoneInfo

from app.domain.plausibility import Act, Given, Suspicion
from app.domain.workdays import Calendar
from app.domain.zones import date_of
from app.plugins.plausibility.grouping import by_person


def _groups(acts: Sequence[Act], key: Callable[[Act], Hashable]) -> Iterator[list[Act]]:
    found: dict[Hashable, list[Act]] = {}
    for act in acts:
        found.setdefault(key(act), []).append(act)
    yield from found.values()


def bursts(acts: Sequence[Act], given: Given, calendar: Calendar) -> Iterator[Suspicion]:
    """Yield a person's entries of the last `days` days of a month, where they are `percent` of the month's or more.

    By the day of recording; a month with fewer than `least` entries of the person says nothing.
    """

    def recorded(act: Act) -> date:
        return date_of(calendar.zone, act.recorded_at)

    for own in by_person(acts):
        for month in _groups(own, lambda act: recorded(act).replace(day=1)):
            after = (recorded(month[0]).replace(day=1) + timedelta(days=31)).replace(day=1)
            last = [act for act in month if (after - recorded(act)).days <= given["days"]]
            if len(month) >= given["least"] and 100 * len(last) >= given["percent"] * len(month):
                yield Suspicion(tuple(act.id for act in last), (("part", len(last)), ("whole", len(month))))


def late(acts: Sequence[Act], given: Given, calendar: Calendar) -> Iterator[Suspicion]:
    """Yield what a person recorded on one day of acts that lay more than `days` days back."""

    def days(act: Act) -> int:
        return (date_of(calendar.zone, act.recorded_at) - date_of(calendar.zone, act.at)).days

    for own in by_person(acts):
        behind = [act for act in own if days(act) > given["days"]]
        for group in _groups(behind, lambda act: date_of(calendar.zone, act.recorded_at)):
            figures = (("entries", len(group)), ("longest", max(map(days, group))))
            yield Suspicion(tuple(act.id for act in group), figures)


def outside_hours(acts: Sequence[Act], given: Given, calendar: Calendar) -> Iterator[Suspicion]:
    """Yield a person's acts of one day whose time of day isn't in [`from`, `until`), in hours.

    Midnight itself is left out: an entry of which only the day is known has it.
    """
    zone = ZoneInfo(calendar.zone)

    def unusual(act: Act) -> bool:
        clock = act.at.astimezone(zone).time()
        return clock != time(0) and not given["from"] <= clock.hour < given["until"]

    for own in by_person(acts):
        for group in _groups(
            [act for act in own if unusual(act)], lambda act: date_of(calendar.zone, act.at)
        ):
            yield Suspicion(tuple(act.id for act in group), (("entries", len(group)),))

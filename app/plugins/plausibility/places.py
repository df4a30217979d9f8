"""Where somebody was: at two places at one time, or at two that lie too far apart."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta
from itertools import pairwise
from math import asin, cos, radians, sin, sqrt
from typing import Any, Final

from app.domain.plausibility import Act, Given, Suspicion
from app.domain.workdays import Calendar
from app.plugins.plausibility.grouping import by_person

EARTH_RADIUS: Final = 6_371_000
"""In metres, the mean one: a distance is right to half a percent, which no flag hangs on."""


def same_time(acts: Sequence[Act], given: Given, _calendar: Calendar) -> Iterator[Suspicion]:
    """Yield runs of one person's acts, each less than `minutes` after the one before, at more than one spot."""
    least = timedelta(minutes=1) * given["minutes"]
    for own in by_person(acts):
        run: list[Act] = []
        for act in own:
            if run and act.at - run[-1].at >= least:
                yield from _apart(run)
                run = []
            run.append(act)
        yield from _apart(run)


def _apart(run: Sequence[Act]) -> Iterator[Suspicion]:
    spots = {act.spot for act in run}
    if len(spots) > 1:
        yield Suspicion(tuple(act.id for act in run), (("places", len(spots)),))


def impossible_travel(acts: Sequence[Act], given: Given, _calendar: Calendar) -> Iterator[Suspicion]:
    """Yield neighbours among one person's acts with a position that lie further apart than `kmh` gets somebody.

    Less than `metres` apart is no travel: devices are that far off.
    """
    for own in by_person(acts):
        placed = [(act, found) for act in own if (found := next(_positions(act.answers), None)) is not None]
        for (one, here), (other, there) in pairwise(placed):
            distance = round(metres_between(here, there))
            seconds = (other.at - one.at).total_seconds()
            if distance > given["metres"] and distance * 3600 > given["kmh"] * 1000 * seconds:
                figures = (("distance", distance), ("minutes", int(seconds // 60)))
                yield Suspicion((one.id, other.id), figures)


def _positions(answers: Mapping[str, Any]) -> Iterator[tuple[float, float]]:
    for answer in answers.values():
        if isinstance(answer, Mapping) and "lat" in answer and "lon" in answer:
            yield float(answer["lat"]), float(answer["lon"])


def metres_between(one: tuple[float, float], other: tuple[float, float]) -> float:
    """Return the distance of two positions (degrees of latitude and longitude) along the earth's surface, in metres."""
    (north, east), (to_north, to_east) = (tuple(map(radians, place)) for place in (one, other))
    across = sin((to_north - north) / 2) ** 2
    across += cos(north) * cos(to_north) * sin((to_east - east) / 2) ** 2
    return 2 * EARTH_RADIUS * asin(sqrt(min(1.0, across)))

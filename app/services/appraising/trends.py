"""How scores stood at the end of each month of a year: the year worked out as of those instants.

One evaluation goes through the months, taking in what was recorded in each; so a month costs what happened in it. What
was known at the end of a month that is over changes no more, unless something is recorded that dates itself back.
"""

import asyncio
from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from app.domain.core.values import Number
from app.domain.entry import Entry
from app.domain.kinds.planning import limited
from app.domain.period import Period
from app.domain.zones import DAY, start_of_day
from app.services.appraising.record import TrendPoint
from app.services.appraising.scores import Opened
from app.services.evaluate import Evaluation
from app.services.live import LiveCommunities
from app.services.ports import Clock, Decider
from app.services.reasons.records import number_or_none

Trend = Mapping[tuple[str, str], tuple[TrendPoint, ...]]
"""The points by appraisal and whom they are about."""

REMEMBERED: Final = 6


@dataclass(frozen=True, slots=True)
class _Known:
    counts: tuple[int, ...]
    trend: Trend


class Trends:
    """Works trends out when somebody asks, and remembers the last few."""

    def __init__(self, live: LiveCommunities, decider: Callable[[], Decider], clock: Clock) -> None:
        """Keep the ports."""
        self._live = live
        self._decider = decider
        self._clock = clock
        self._known: OrderedDict[tuple[str, str, str], _Known] = OrderedDict()
        self._lock = asyncio.Lock()

    async def of(self, opened: Opened) -> Trend:
        """Return the trends of all appraisals of a year; a month that isn't over has no point. Raises DecisionError."""
        regulation = opened.regulation
        ends = tuple(_ends(opened.evaluation.period, regulation.calendar.zone, self._clock()))
        entries = list(opened.community.entries.values())
        counts = tuple(sum(entry.recorded_at <= end for entry in entries) for _, end in ends)
        key = (regulation.place.id, opened.period, regulation.revision)
        async with self._lock:
            known = self._known.pop(key, None)
            if known is None or known.counts != counts:
                trend = await asyncio.to_thread(self._worked_out, opened, entries, ends)
                known = _Known(counts, trend)
            self._known[key] = known
            while len(self._known) > REMEMBERED:
                self._known.popitem(last=False)
        return known.trend

    def _worked_out(
        self, opened: Opened, entries: Iterable[Entry], ends: tuple[tuple[date, datetime], ...]
    ) -> Trend:
        appraisals = list(opened.regulation.appraisals)
        if not ends or not appraisals:
            return {}
        regulation = limited(opened.regulation, appraisals)
        made = Evaluation(regulation, opened.evaluation.period, self._decider())
        left = sorted(entries, key=lambda entry: (entry.recorded_at, entry.id))
        points: dict[tuple[str, str], list[TrendPoint]] = {}
        taken = 0
        for number, (day, end) in enumerate(ends):
            now_known = [entry for entry in left[taken:] if entry.recorded_at <= end]
            taken += len(now_known)
            if number:
                made.apply(now_known, end)
            else:
                made.load(now_known, end)
            for appraisal in appraisals:
                for about, score in _scores(made, appraisal, opened.period):
                    points.setdefault((appraisal, about), []).append(
                        TrendPoint(day.strftime("%Y-%m"), day, score)
                    )
        return {key: tuple(found) for key, found in points.items()}


def _scores(made: Evaluation, appraisal: str, period: str) -> Iterator[tuple[str, Number | None]]:
    schema = made.schema(appraisal)
    about, own, score = (schema.position(name) for name in ("about", "period", "score"))
    for row in made.rows(appraisal).values():
        if row[own] == period:
            yield str(row[about]), number_or_none(row[score])


def _ends(period: Period, zone: str, now: datetime) -> Iterator[tuple[date, datetime]]:
    """Yield the last day of each month of a year that is over, and the instant at which it ended."""
    day = period.start
    while day < period.end:
        following = (day.replace(day=1) + timedelta(days=32)).replace(day=1)
        end = start_of_day(zone, min(following, period.end))
        if end > now:
            return
        yield min(following, period.end) - DAY, end
        day = following

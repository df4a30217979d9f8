"""How scores stood at the end of each month of a year: the year worked out as of those instants.

One evaluation goes through the months, taking in what was recorded in each; so a month costs what happened in it. What
was known at the end of a month that is over changes no more, so months are kept by the revision and the number of
entries that were known by then.
"""

import asyncio
import json
from bisect import bisect_right
from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import takewhile
from typing import Final

from app.domain.core.numbers import format_number, parse_number
from app.domain.core.values import Number
from app.domain.entry import Entry
from app.domain.kinds.planning import limited
from app.domain.period import Period
from app.domain.zones import DAY, start_of_day
from app.services.appraising.opened import Opened
from app.services.appraising.record_views import TrendPoint
from app.services.evaluate import Evaluation
from app.services.live import LiveCommunities
from app.services.ports import Clock, Decider, Kept, Progress
from app.services.reasons.records import number_or_none

Trend = Mapping[tuple[str, str], tuple[TrendPoint, ...]]
"""The points by appraisal and whom they are about."""

REMEMBERED: Final = 6
_PART: Final = "months 2"
"""The part that months are kept in; its number goes up with what is said of a month."""


@dataclass(frozen=True, slots=True)
class Month:
    """A month that is over, by its last day, and the scores at its end: (appraisal, whom, score).

    `count` is how many entries were known by then, `last` the id of the one recorded last. With the same revision as
    many up to the same one have the same scores: what was recorded changes no more, what is recorded later isn't among
    them, and a ledger that was restored from elsewhere ends with another.
    """

    day: date
    count: int
    last: str
    scores: tuple[tuple[str, str, Number | None], ...]


class Trends:
    """Works trends out when somebody asks, month after month, and keeps each month, also beyond the process."""

    def __init__(
        self,
        live: LiveCommunities,
        decider: Callable[[], Decider],
        clock: Clock,
        kept: Kept | None = None,
    ) -> None:
        """Keep the ports; `kept` None: only in memory."""
        self._live = live
        self._decider = decider
        self._clock = clock
        self._kept = kept
        self._known: OrderedDict[tuple[str, str, str], tuple[Month, ...]] = OrderedDict()
        self._lock = asyncio.Lock()

    async def of(self, opened: Opened, progress: Progress | None = None) -> Trend:
        """Return the trends of all appraisals of a year; a month that isn't over has no point. Raises DecisionError.

        `progress` is called with (done, of) while months are worked out, in a thread.
        """
        regulation = opened.regulation
        ends = tuple(_ends(opened.evaluation.period, regulation.calendar.zone, self._clock()))
        entries = list(opened.community.entries.values())
        key = (regulation.place.id, opened.period, regulation.revision)
        async with self._lock:
            known = self._known.pop(key, None)
            months = await asyncio.to_thread(self._months, opened, entries, ends, known, progress)
            self._known[key] = months
            while len(self._known) > REMEMBERED:
                self._known.popitem(last=False)
        return _trend(months)

    def _months(
        self,
        opened: Opened,
        entries: list[Entry],
        ends: tuple[tuple[date, datetime], ...],
        known: tuple[Month, ...] | None,
        progress: Progress | None,
    ) -> tuple[Month, ...]:
        """Return the months of a year: those that are known, and from the first that isn't on the others anew."""
        if not ends or not opened.regulation.appraisals:
            return ()
        entries.sort(key=lambda entry: (entry.recorded_at, entry.id))
        times = [entry.recorded_at for entry in entries]
        counts = [bisect_right(times, end) for _, end in ends]
        wanted = [(day, count, _last(entries, count)) for (day, _), count in zip(ends, counts, strict=True)]
        name = f"trend\0{opened.regulation.place.id}\0{opened.period}\0{opened.regulation.revision}"
        before = self._read(name) if known is None else known
        right = list(
            takewhile(
                lambda pair: (pair[0].day, pair[0].count, pair[0].last) == pair[1],
                zip(before, wanted, strict=False),
            )
        )
        months = [month for month, _ in right]
        if len(months) < len(wanted):
            months += self._worked_out(
                opened, entries, list(zip(ends, counts, strict=True)), len(months), progress
            )
            if self._kept is not None:
                self._kept.write(name, {_PART: _written(months)})
        return tuple(months)

    def _worked_out(
        self,
        opened: Opened,
        entries: list[Entry],
        ends: list[tuple[tuple[date, datetime], int]],
        first: int,
        progress: Progress | None,
    ) -> Iterator[Month]:
        """Yield the months from the `first` on; `entries` stand in the order in which they were recorded."""
        appraisals = list(opened.regulation.appraisals)
        regulation = limited(opened.regulation, appraisals)
        made = Evaluation(regulation, opened.evaluation.period, self._decider())
        months = ends[first:]
        tell = progress or (lambda _done, _of: None)
        taken = 0
        for number, ((day, end), count) in enumerate(months):
            if number:
                made.apply(entries[taken:count], end)
            else:
                made.load(entries[:count], end, lambda done, of: tell(done, of * len(months)))
            taken = count
            tell(number + 1, len(months))
            scores = [
                (appraisal, about, score)
                for appraisal in appraisals
                for about, score in _scores(made, appraisal, opened.period)
            ]
            yield Month(day, count, _last(entries, count), tuple(scores))

    def _read(self, name: str) -> tuple[Month, ...]:
        data = None if self._kept is None else self._kept.read(name).get(_PART)
        return () if data is None else _read(data)


def _last(entries: Sequence[Entry], count: int) -> str:
    return entries[count - 1].id if count else ""


def _trend(months: tuple[Month, ...]) -> Trend:
    points: dict[tuple[str, str], list[TrendPoint]] = {}
    for month in months:
        for appraisal, about, score in month.scores:
            point = TrendPoint(month.day.strftime("%Y-%m"), month.day, score)
            points.setdefault((appraisal, about), []).append(point)
    return {key: tuple(found) for key, found in points.items()}


def _written(months: Iterable[Month]) -> bytes:
    """Return months as JSON, figures exact."""
    return json.dumps(
        [
            [
                month.day.isoformat(),
                month.count,
                month.last,
                [
                    [appraisal, about, None if score is None else format_number(score)]
                    for appraisal, about, score in month.scores
                ],
            ]
            for month in months
        ]
    ).encode()


def _read(data: bytes) -> tuple[Month, ...]:
    return tuple(
        Month(
            date.fromisoformat(day),
            count,
            last,
            tuple(
                (appraisal, about, None if score is None else parse_number(score))
                for appraisal, about, score in scores
            ),
        )
        for day, count, last, scores in json.loads(data)
    )


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

"""The tables of periods other than the running year: worked out when asked for, then kept up with the ledger.

In January everybody looks at the year before while everybody records the new one: what an entry changes there is taken
in as it comes, instead of working the whole year out again for each.
"""

import asyncio
from collections import Counter, OrderedDict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice
from typing import Final

from app.domain.entry import Entry
from app.domain.period import Period
from app.domain.regulation import Regulation
from app.services.evaluate import Evaluation
from app.services.ports import Decider, Progress

STEP: Final = timedelta(minutes=1)
"""How often time is let pass: a due limit shows at most this late."""

REMEMBERED: Final = 2
"""How many evaluations of other periods are kept in memory."""


@dataclass(slots=True)
class _Kept:
    """An evaluation, and how many of the community's entries, in the order in which they came, it has taken in."""

    evaluation: Evaluation
    taken: int


class OtherPeriods:
    """Evaluations of other periods. Those that a thread reads aren't changed under it: see `held`."""

    def __init__(self, decider: Callable[[], Decider]) -> None:
        """Keep what decides."""
        self._decider = decider
        self._kept: OrderedDict[tuple[str, str, str], _Kept] = OrderedDict()
        self._locks: dict[tuple[str, str], asyncio.Lock] = {}
        self._held: Counter[int] = Counter()

    async def of(
        self,
        regulation: Regulation,
        entries: dict[str, Entry],
        period: Period,
        now: datetime,
        progress: Progress | None = None,
    ) -> Evaluation:
        """Return the tables of a period with all entries (in the order in which they came) as of now.

        `progress` is called with (nodes, of) where it is worked out from its first entry. Raises DecisionError.
        """
        place = regulation.place.id
        async with self._locks.setdefault((place, period.label), asyncio.Lock()):
            key = (place, period.label, regulation.revision)
            found = self._kept.pop(key, None)
            if found is None or (self._held[id(found.evaluation)] and len(entries) > found.taken):
                found = _Kept(Evaluation(regulation, period, self._decider()), len(entries))
                await asyncio.to_thread(found.evaluation.load, list(entries.values()), now, progress)
            else:
                self._follow(found, entries, now)
            self._kept[key] = found
            while len(self._kept) > REMEMBERED:
                self._kept.popitem(last=False)
            return found.evaluation

    def _follow(self, found: _Kept, entries: dict[str, Entry], now: datetime) -> None:
        """Take in what came since, or let time pass; what a thread reads keeps its moment."""
        came = list(islice(entries.values(), found.taken, None))
        as_of = found.evaluation.as_of
        waits = as_of is None or now - as_of >= STEP
        if came or (waits and not self._held[id(found.evaluation)]):
            found.evaluation.apply(came, now)
            found.taken += len(came)

    @contextmanager
    def held(self, evaluation: Evaluation) -> Iterator[None]:
        """Leave an evaluation as it is while a thread reads it: whoever asks meanwhile gets another."""
        self._held[id(evaluation)] += 1
        try:
            yield
        finally:
            self._held[id(evaluation)] -= 1

    def forget(self) -> None:
        """Drop all of them."""
        self._kept.clear()

"""The tables of each community, kept at work while the app runs.

Every process tails the ledger: an entry that another one stored reaches this one's tables by its number. The tables of
the running year are kept; another period is evaluated when asked for, and a few of those are remembered.
"""

import asyncio
from collections.abc import Callable, Iterable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from app.domain.entry import Entry
from app.domain.kinds.planning import limited
from app.domain.period import Period, parse_period
from app.domain.problem import Problem, ProblemError
from app.domain.regulation import Regulation
from app.domain.zones import date_of
from app.services.collecting import uncollected
from app.services.evaluate import Evaluation
from app.services.other_periods import STEP, OtherPeriods
from app.services.ports import FOREVER, Clock, Decider, Declarations, Ledger, Progress, Revision, Revisions


@dataclass(slots=True)
class Community:
    """A community at work: its regulation, its tables of the running year, and how far it has read the ledger."""

    regulation: Regulation
    evaluation: Evaluation
    number: int
    entries: dict[str, Entry]

    @property
    def place(self) -> str:
        """The community's id."""
        return self.regulation.place.id


_FORMER: Final = 4
"""How many earlier regulations are kept at hand: entries that are corrected are mostly of the last few."""


class LiveCommunities:
    """All communities that somebody has asked for since the start."""

    def __init__(
        self,
        ledger: Ledger,
        revisions: Revisions,
        declarations: Declarations,
        decider: Callable[[], Decider],
        clock: Clock,
        *,
        below: bool = False,
    ) -> None:
        """Keep the ports; nothing is read before the first `fresh`.

        A place above communities has entries of its own alone, unless what lies `below` is meant, too: that is for
        prints that compare its communities, never for people (ADR 232).
        """
        self._below = below
        self._ledger = ledger
        self._revisions = revisions
        self._declarations = declarations
        self._decider = decider
        self._clock = clock
        self._communities: dict[str, Community] = {}
        self._locks: dict[str, asyncio.Lock] = {}
        self._others = OtherPeriods(decider)
        self._told: dict[str, Community] = {}
        self._former: dict[tuple[str, str], Regulation | None] = {}

    async def fresh(self, place: str, progress: Progress | None = None) -> Community:
        """Return the community with every stored entry taken in, under the revision in force, as of now.

        Raises ProblemError E510 when the place has no published regulation, DecisionError when the engine fails.
        `progress` is called with (nodes, of) where it is read from its first entry.
        """
        async with self._locks.setdefault(place, asyncio.Lock()):
            now = self._clock()
            revision = await self.revision(place)
            found = self._communities.get(place)
            if found is None or found.regulation.revision != revision.hash or self._is_over(found, now):
                loaded = self._declarations.load(place, revision.files, with_cases=False)
                if loaded.regulation is None:
                    raise ProblemError(*loaded.problems)
                found = await self._open(loaded.regulation, found or self._told.pop(place, None), progress)
                self._communities[place] = found
            taken_in = False
            try:
                await self._tail(found)
                taken_in = True
            finally:
                if not taken_in:  # half a change is none: the next one to ask reads the community anew
                    self._communities.pop(place, None)
            return found

    async def former(self, place: str, revision: str) -> Regulation | None:
        """Return an earlier regulation of a place, to read what its forms said; None where it isn't known any more."""
        if (place, revision) not in self._former:
            found = await self._revisions.get(place, revision)
            if found is None:
                return None
            loaded = await asyncio.to_thread(self._declarations.load, place, found.files, with_cases=False)
            while len(self._former) >= _FORMER:
                self._former.pop(next(iter(self._former)))
            self._former[place, revision] = loaded.regulation
        return self._former[place, revision]

    async def revision(self, place: str) -> Revision:
        """Return the revision in force now. Raises ProblemError E510 where there is none."""
        revision = await self._revisions.current(place, self._clock())
        if revision is None:
            raise ProblemError(Problem("E510", values={"place": place}))
        return revision

    async def waiting(self, place: str) -> Revision | None:
        """Return the last published revision where it waits for its day still; None where it is in force."""
        newest = await self._revisions.current(place, FOREVER)
        starts = None if newest is None else newest.starts
        return newest if starts is not None and starts > self._clock() else None

    def _is_over(self, community: Community, now: datetime) -> bool:
        return community.evaluation.period.label != year_of(community.regulation, now).label

    async def told(self, place: str) -> Evaluation:
        """Return the tables of what was recorded, such as who holds which post: nothing that follows from it.

        They are those of the community if it is at work; else they are made for once, which takes a tenth of the time.
        Raises as `fresh`.
        """
        if place in self._communities:
            return (await self.fresh(place)).evaluation
        async with self._locks.setdefault(place, asyncio.Lock()):
            now = self._clock()
            regulation = limited(await in_force(place, self._revisions, self._declarations, now), ())
            found = self._told.get(place)
            number = await self._ledger.last_number(place)
            if found is None or (found.number, found.regulation.revision) != (number, regulation.revision):
                found = self._told[place] = await self._open(regulation, None)
            return found.evaluation

    async def _open(
        self,
        regulation: Regulation,
        before: Community | None,
        progress: Progress | None = None,
    ) -> Community:
        """Evaluate a community from its first entry, beside the event loop."""
        place = regulation.place.id
        if before is None:
            entries: dict[str, Entry] = {}
            number = 0
            with uncollected():
                async for stored in self._ledger.read(place, below=self._reads_below(regulation)):
                    entries[stored.entry.id] = stored.entry
                    number = stored.number
        else:
            entries, number = before.entries, before.number
        now = self._clock()
        evaluation = Evaluation(regulation, year_of(regulation, now), self._decider())
        await asyncio.to_thread(evaluation.load, list(entries.values()), now, progress)
        return Community(regulation, evaluation, number, entries)

    def _reads_below(self, regulation: Regulation) -> bool:
        return self._below or not regulation.is_above

    async def _tail(self, community: Community) -> None:
        """Take in what was stored since, in this process or another; a few entries take milliseconds.

        The clock is read after the ledger: what was stored while one waited has happened by then.
        """
        came: list[Entry] = []
        below = self._reads_below(community.regulation)
        async for stored in self._ledger.read(community.place, community.number, below=below):
            came.append(stored.entry)
            community.entries[stored.entry.id] = stored.entry
            community.number = stored.number
        now = self._clock()
        as_of = community.evaluation.as_of
        if came or as_of is None or now - as_of >= STEP:
            community.evaluation.apply(came, now)

    async def other_period(self, place: str, period: str, progress: Progress | None = None) -> Evaluation:
        """Return the tables of another period of the place, as of now; the running year's are those of `fresh`.

        Raises as `fresh`, and ProblemError E511 for what isn't a period.
        `progress` is called with (nodes, of) of what isn't worked out yet.
        """
        community = await self.fresh(place, progress)
        if period == community.evaluation.period.label:
            return community.evaluation
        wanted = read_period(period, community.regulation)
        return await self._others.of(community.regulation, community.entries, wanted, self._clock(), progress)

    def held(self, evaluation: Evaluation) -> AbstractContextManager[None]:
        """Leave another period's tables as they are while a thread reads them."""
        return self._others.held(evaluation)

    async def suppose(self, regulation: Regulation, entries: Iterable[Entry]) -> Evaluation:
        """Return the tables of the running year as they would be with these entries alone: nothing is stored.

        Raises DecisionError.
        """
        now = self._clock()
        found = Evaluation(regulation, year_of(regulation, now), self._decider())
        await asyncio.to_thread(found.load, list(entries), now)
        return found

    def known(self) -> Mapping[str, Community]:
        """Return the communities that are at work, by id, as they are."""
        return self._communities

    def forget(self, places: Iterable[str]) -> None:
        """Drop communities, so that the next `fresh` reads them anew: after a restore, or a rebuilt demo."""
        for place in places:
            self._communities.pop(place, None)
            self._told.pop(place, None)
        self._others.forget()


async def in_force(
    place: str, revisions: Revisions, declarations: Declarations, now: datetime | None = None
) -> Regulation:
    """Return the regulation in force at `now` (None: the newest). Raises ProblemError: E510, or its faults."""
    found = (
        await revisions.current(place, now)
        if now is not None
        else next(iter(await revisions.all(place)), None)
    )
    if found is None:
        raise ProblemError(Problem("E510", values={"place": place}))
    loaded = declarations.load(place, found.files, with_cases=False)
    if loaded.regulation is None:
        raise ProblemError(*loaded.problems)
    return loaded.regulation


def year_of(regulation: Regulation, now: datetime) -> Period:
    """Return the calendar year of an instant in the place's zone: the period that the app keeps at work."""
    return parse_period(str(date_of(regulation.calendar.zone, now).year))


def read_period(text: str, regulation: Regulation) -> Period:
    """Return a period by its label. Raises ProblemError E511 for what names none."""
    try:
        return parse_period(text, regulation.calendar)
    except ValueError as fault:
        raise ProblemError(Problem("E511", values={"period": text[:20]})) from fault

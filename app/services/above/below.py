"""The communities below a place, for those who work there: their totals, and nothing that is of anybody by name."""

import asyncio
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import Final, Protocol
from zoneinfo import ZoneInfo

from app.domain.core.values import Number
from app.domain.kinds.appraisal import Appraisal
from app.domain.kinds.common import Texts
from app.domain.problem import ProblemError
from app.domain.zones import date_of
from app.i18n import Translator
from app.services.actor import Actor, ActorRef, DeniedError, Permission, Post, Resolve
from app.services.appraising.closing import Closing
from app.services.appraising.opened import Opened, as_shown
from app.services.appraising.ranking import appraisal_view
from app.services.labels import Labels
from app.services.live import LiveCommunities
from app.services.people import require
from app.services.ports import FOREVER, Clock, Revisions
from app.services.prints.report import PrintedCounts
from app.services.prints.report_duties import Duties
from app.services.prints.report_scene import ReportSources, Scene
from app.services.year.reading import YearReader

YEARS: Final = 3
"""How many years can be looked at: the running one and those before it."""


class Lying(Protocol):
    """Knows which communities there are. Blocking."""

    def places(self) -> list[str]:
        """Return the ids of all communities."""
        ...


@dataclass(frozen=True, slots=True)
class Lower:
    """A community below. Without a regulation in force (`published` False) there is nothing to look at."""

    place: str
    title: Texts
    published: bool


@dataclass(frozen=True, slots=True)
class Below:
    """The communities below the reader's place, the years that can be looked at, newest first, and what one may do."""

    communities: tuple[Lower, ...]
    years: tuple[str, ...]
    may_print: bool


@dataclass(frozen=True, slots=True)
class AppraisalTotals:
    """An appraisal in one community: where its year stands, how many appeals are open, how the scores lie.

    `stage` is empty while the year hasn't been opened, or where it has no stages. `bins` count scores by tenths of the
    maximum; `scored` of `assessed` have a score, `average` is None without one.
    """

    title: Texts
    stage: Texts
    opened: bool
    frozen: bool
    appeals: int
    assessed: int
    scored: int
    average: Number | None
    bins: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class CommunityYear:
    """A year of one community: its appraisals, and what became of its duties by grid, all of them last."""

    place: str
    period: str
    appraisals: tuple[AppraisalTotals, ...]
    duties: tuple[PrintedCounts, ...]


class CommunitiesBelow:
    """For those who see scores at a place above; rights are looked up anew at every call."""

    def __init__(
        self,
        resolve: Resolve,
        live: LiveCommunities,
        declared: Lying,
        revisions: Revisions,
        closing: Closing,
        clock: Clock,
    ) -> None:
        """Keep the ports; `resolve` is that which knows people of places above."""
        self._resolve = resolve
        self._live = live
        self._declared = declared
        self._revisions = revisions
        self._closing = closing
        self._clock = clock

    async def view(self, ref: ActorRef) -> Below:
        """Return the communities below the actor's place. Raises DeniedError."""
        actor = await self._reader(ref)
        regulation = (await self._live.fresh(actor.community)).regulation
        now = self._clock()
        this = date_of(regulation.calendar.zone, now).year
        found = []
        for place in await asyncio.to_thread(communities_below, self._declared, actor.community):
            current = await self._revisions.current(place, now)
            known = regulation.places.places.get(place)
            title = {} if known is None else known.title
            if current is not None:
                with suppress(ProblemError):
                    title = (await self._live.fresh(place)).regulation.place.title
            found.append(Lower(place, title or {"zh": place}, current is not None))
        years = tuple(str(this - back) for back in range(YEARS))
        return Below(tuple(found), years, actor.may(Permission.APPRAISE))

    async def year(self, ref: ActorRef, place: str, period: str, t: Translator) -> CommunityYear:
        """Return a year of one of the communities, as it is shown there: a closed one as it was closed.

        Raises DeniedError, also for a community that lies elsewhere; ProblemError E510, E511, E592; DecisionError.
        """
        actor = await self._reader(ref)
        if place not in await asyncio.to_thread(communities_below, self._declared, actor.community):
            raise DeniedError("not_permitted")
        now = self._clock()
        community = await self._live.fresh(place)
        evaluation = await self._live.other_period(place, period)
        nobody = Actor("", "", "", place, actor.language, Post("", "", place, frozenset()), ())
        opened = await as_shown(
            self._closing, Opened(nobody, community, evaluation, period, Labels(evaluation, now)), now
        )
        with self._live.held(opened.evaluation):
            return await asyncio.to_thread(self._told, opened, t)

    def _told(self, opened: Opened, t: Translator) -> CommunityYear:
        now = self._clock()
        scene = Scene(ReportSources(opened, "", now), t.at(ZoneInfo(opened.regulation.calendar.zone)))
        return CommunityYear(
            opened.community.place,
            opened.period,
            tuple(self._appraisals(opened)),
            Duties(scene).whole().rows,
        )

    def _appraisals(self, opened: Opened) -> Iterator[AppraisalTotals]:
        last = opened.evaluation.period
        for appraisal in opened.regulation.appraisals.values():
            if appraisal.heading.holds(last.start, last.start):
                yield self._totals(opened, appraisal)

    def _totals(self, opened: Opened, appraisal: Appraisal) -> AppraisalTotals:
        now = self._clock()
        reader = YearReader(opened, appraisal, now)
        view = appraisal_view(opened, appraisal, now)
        stage: Texts = next((one.title for one in reader.stages() if one.now), {})
        return AppraisalTotals(
            view.title,
            stage,
            bool(reader.year),
            reader.frozen,
            sum(one.is_open for one in reader.record.appeals),
            len(view.rows),
            sum(row.score is not None for row in view.rows),
            view.average,
            view.bins,
        )

    async def _reader(self, ref: ActorRef) -> Actor:
        return await above(self._resolve, ref, self._clock, Permission.SEE_SCORES)


async def above(resolve: Resolve, ref: ActorRef, clock: Clock, permission: Permission) -> Actor:
    """Return somebody of a place above who has a permission for all of it. Raises DeniedError."""
    actor = await resolve(ref, clock())
    require(actor, permission)
    if not actor.is_above or actor.post.place != actor.community:
        raise DeniedError("not_permitted")
    return actor


def communities_below(declared: Lying, place: str) -> list[str]:
    """Return the ids of the communities that lie in a place."""
    return [one for one in declared.places() if one.startswith(f"{place}/")]


async def published_below(declared: Lying, revisions: Revisions, place: str) -> list[str]:
    """Return those of them that have a publication, also one whose day hasn't come."""
    found = await asyncio.to_thread(communities_below, declared, place)
    return [one for one in found if await revisions.current(one, FOREVER) is not None]

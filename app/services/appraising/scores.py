"""My score: what a person has so far, by section and item, and why."""

from contextlib import AbstractContextManager
from datetime import date

from app.domain.membership import HOLDER
from app.domain.zones import date_of
from app.services.actor import ActorRef, Resolve
from app.services.appraising.closing import Closing
from app.services.appraising.opened import Opened, as_shown
from app.services.appraising.part_reasons import part_reason
from app.services.appraising.person_score import score_view
from app.services.appraising.score_views import ScoreView
from app.services.appraising.standings import (
    abouts,
    require_sight,
    standing,
    worker_of,
)
from app.services.appraising.windows import read_name, year_of
from app.services.labels import Labels
from app.services.live import Community, LiveCommunities
from app.services.ports import Clock
from app.services.reasons.reasons import ItemReason, Reasons
from app.services.reasons.records import record_of, records


class ScoresService:
    """Shows scores: one's own to everybody, those of others with SEE_SCORES at their place."""

    def __init__(
        self, live: LiveCommunities, resolve: Resolve, clock: Clock, closing: Closing | None = None
    ) -> None:
        """Keep the ports, and what knows of closed periods."""
        self._closing = closing
        self._live = live
        self._resolve = resolve
        self._clock = clock
        self._firsts: dict[tuple[str, int], date | None] = {}

    async def open(self, ref: ActorRef, period: str | None) -> Opened:
        """Return the evaluation of a year (None: the running one), or of that in which a window lies.

        A closed year is shown as it was closed. Raises DeniedError and ProblemError E511, E592.
        """
        now = self._clock()
        actor = await self._resolve(ref, now)
        community = await self._live.fresh(actor.community)
        regulation = community.regulation
        label = community.evaluation.period.label
        if period:
            label = year_of(period, regulation.appraisals.values(), regulation.calendar)
        evaluation = await self._live.other_period(actor.community, label)
        first = self._first_work(community)
        return await as_shown(
            self._closing, Opened(actor, community, evaluation, label, Labels(evaluation, now), first), now
        )

    def held(self, opened: Opened) -> AbstractContextManager[None]:
        """Leave the tables as they are while a thread reads them."""
        return self._live.held(opened.evaluation)

    def _first_work(self, community: Community) -> date | None:
        """Return the day of the first record of work, files and appointments aside; kept until another entry comes."""
        key = (community.place, community.number)
        if key not in self._firsts:
            forms = community.regulation.forms
            files = {form.id for form in forms.values() if form.describes is not None}
            zone = community.regulation.calendar.zone
            days = [entry.at for entry in community.entries.values() if entry.form not in files]
            first = date_of(zone, min(days)) if days else None
            self._firsts = {**{k: v for k, v in self._firsts.items() if k[0] != key[0]}, key: first}
        return self._firsts[key]

    async def overview(
        self, ref: ActorRef, person: str | None = None, period: str | None = None, of: str = ""
    ) -> ScoreView:
        """Return a person's score (None: one's own). Raises DeniedError `not_permitted`, ProblemError E511.

        `of` names one of the appraisals that the person stands in, as `Standing.key` does; the first one where it
        names none of the year.
        """
        opened = await self.open(ref, period)
        who = person or opened.actor.person
        require_sight(opened, who)
        return score_view(opened, who, self._clock(), standing(opened, who, of))

    async def traced(self, ref: ActorRef, appraisal: str, about: str, period: str) -> tuple[str, str]:
        """Return whose a printed appraisal is, and the name of the standing: one's own person, or one that is seen.

        Raises DeniedError `not_permitted` for what the actor may not see, ProblemError E511.
        """
        opened = await self.open(ref, period)
        own = opened.actor.person
        who = own if about in abouts(opened, own) else worker_of(opened, about)
        if about in opened.regulation.places.places and who != own:
            zone = opened.regulation.calendar.zone
            until = opened.evaluation.period.end
            there = [row for row in records(opened.evaluation, HOLDER) if row["place"] == about]
            there = [row for row in there if date_of(zone, row["start"]) < until]
            who = max(there, key=lambda row: row["start"])["worker"] if there else about
        require_sight(opened, who)
        return who, f"{appraisal}:{about}"

    async def reason(
        self,
        ref: ActorRef,
        sheet: str,
        path: tuple[str, ...],
        person: str | None = None,
        period: str | None = None,
        of: str = "",
    ) -> ItemReason | None:
        """Return why an item of a sheet has its points; None when there is no such item. Raises as `overview`.

        `sheet` names one of several windows as `SheetView.name` does.
        """
        opened = await self.open(ref, period)
        who = person or opened.actor.person
        require_sight(opened, who)
        own, window = read_name(sheet, opened.period)
        stands = standing(opened, who, of)
        first = () if stands is None else (stands.about,)
        for about in dict.fromkeys((*first, *abouts(opened, who))):
            if own in opened.regulation.sheets and record_of(opened.evaluation, own, about, window):
                return Reasons(opened.evaluation, own, about, window).reason(path)
        return None

    async def part(
        self,
        ref: ActorRef,
        path: tuple[str, ...],
        person: str | None = None,
        period: str | None = None,
        of: str = "",
    ) -> ItemReason | None:
        """Return why a part of a score has its points; None when there is no such part. Raises as `overview`."""
        opened = await self.open(ref, period)
        who = person or opened.actor.person
        require_sight(opened, who)
        found = standing(opened, who, of)
        if found is None:
            return None
        return part_reason(opened.evaluation, found.appraisal, found.about, opened.period, path)

"""The layer of a place above communities: what a change of its files does in each of them, and how it comes there.

The place publishes its own files. In each community they are in force once that one publishes them, as with everything
that comes to it from above: a draft lies ready there, which it checks, looks at and approves for itself (ADR 233).
"""

import asyncio
from dataclasses import dataclass
from typing import Final

from app.domain.kinds.common import Texts
from app.domain.problem import Problem, ProblemError
from app.i18n import Translator
from app.services.above.below import communities_below
from app.services.actor import Actor, ActorRef, DeniedError
from app.services.drafting.changes import Files, applied, changes_of
from app.services.drafting.drafts import DraftPorts, RegulationDrafting
from app.services.drafting.publication import DraftPublication
from app.services.impact.document import impact_document
from app.services.impact.impact import ImpactService, Sight
from app.services.layers.layers import Layering
from app.services.layers.under import Owns, under, without_doubles
from app.services.ports import FOREVER, Revision

TOTALS: Final = Sight(scores=False, subjects=False, sensitive=False)
"""What is told of a community whose people one isn't among."""
_KEPT: Final = 64


@dataclass(frozen=True, slots=True)
class Reached:
    """A community that a draft of the layer reaches. `changes`: it makes other files of its.

    `published` False: it has no regulation in force, so it isn't told what changes. `problems` are errors that it would
    have. `told` are the totals that were worked out of this content, None while nobody did.
    """

    place: str
    title: Texts
    published: bool
    changes: bool
    problems: tuple[Problem, ...]
    told: tuple[str, ...] | None


@dataclass(frozen=True, slots=True)
class Reach:
    """All communities that a draft reaches; `content` is its hash, `period` the year over which it is tried.

    `seen` says that of each community it was told what changes there: that is the draft's impact.
    """

    draft: str
    content: str
    period: str
    communities: tuple[Reached, ...]
    seen: bool


@dataclass(slots=True)
class LayerBelow:
    """What publication asks of the communities below a place: whether a draft would break one, and to take it over."""

    ports: DraftPorts
    drafting: RegulationDrafting
    declared: Layering

    def owns(self, place: str) -> Owns:
        """Return what tells the files of a place's own layer."""
        own_path = self.ports.authoring.own_path
        return lambda path: own_path(place, path) == path

    async def sides(self, place: str, files: Files) -> dict[str, tuple[Files, Files]]:
        """Return by community below what its files are, as published last or on disk, and would be with these."""
        own = self.owns(place)
        found: dict[str, tuple[Files, Files]] = {}
        for one in await asyncio.to_thread(communities_below, self.declared, place):
            newest = await self.ports.revisions.current(one, FOREVER)
            before = (
                newest.files
                if newest is not None
                else await asyncio.to_thread(self.ports.authoring.read_files, one)
            )
            after: Files = under(before, files, own)
            if after != before:
                after = await asyncio.to_thread(without_doubles, self.declared, after, one, place)
            found[one] = before, after
        return found

    async def errors(self, place: str, files: Files) -> tuple[Problem, ...]:
        """Return the errors that communities below would have with these files of the layer, and hadn't."""
        found: list[Problem] = []
        for one, (before, after) in (await self.sides(place, files)).items():
            found += [
                problem for problem in await self.new_errors(one, before, after) if problem not in found
            ]
        return tuple(found)

    async def new_errors(self, place: str, before: Files, after: Files) -> tuple[Problem, ...]:
        """Return the errors that a community's files have then and hadn't."""
        if before == after:
            return ()
        was = await self.drafting.check(place, before, with_cases=False)
        then = await self.drafting.check(place, after, with_cases=False)
        known = {(one.code, one.where, str(sorted(one.values.items()))) for one in was.problems}
        return tuple(
            one
            for one in then.problems
            if one.is_error and (one.code, one.where, str(sorted(one.values.items()))) not in known
        )

    async def hand_down(self, place: str, revision: Revision, title: str) -> tuple[str, ...]:
        """Open a draft of a published layer in each community that hasn't these files yet; return the places."""
        opened = []
        for one, (before, after) in (await self.sides(place, revision.files)).items():
            if await self.ports.revisions.current(one, FOREVER) is None or before == after:
                continue
            changes = changes_of(before, after)
            if applied(before, changes) != before:
                await self.drafting.propose(one, revision.published_by, title, changes)
                opened.append(one)
        return tuple(opened)


class LayerImpact:
    """What a draft of a layer changes in each community below: totals alone. For those who publish or approve."""

    def __init__(
        self,
        ports: DraftPorts,
        drafting: RegulationDrafting,
        below: LayerBelow,
        impact: ImpactService,
        publication: DraftPublication,
    ) -> None:
        """Keep the ports."""
        self._ports = ports
        self._drafting = drafting
        self._below = below
        self._impact = impact
        self._publication = publication
        self._told: dict[tuple[str, str, str], tuple[str, ...]] = {}

    async def reach(self, ref: ActorRef, draft_id: str) -> Reach:
        """Return the communities that a draft reaches. Raises DeniedError, ProblemError E547."""
        actor = await self._reader(ref)
        return await self._reach(ref, actor, draft_id)

    async def work_out(self, ref: ActorRef, draft_id: str, place: str, t: Translator) -> tuple[str, ...]:
        """Return what a draft would change in one of the communities over the last year that is over: totals.

        Once that is told of all of them, it is noted that the actor saw the draft's impact. Raises as `reach`;
        ProblemError E597 for a community that it doesn't reach, or with its faults; DecisionError.
        """
        actor = await self._reader(ref)
        found = await self._drafting.files(ref, draft_id)
        sides = (await self._below.sides(actor.community, found.files)).get(place)
        if sides is None:
            raise ProblemError(Problem("E597", values={"what": place[:80], "place": actor.community}))
        period = self._period()
        run = await self._impact.begin(place, period, sides[1])
        replayed = await self._impact.wait(run)
        document = await asyncio.to_thread(impact_document, replayed, TOTALS, t)
        lines = tuple(document.headlines)
        self._remember((draft_id, self._content(found.files), place), lines)
        reach = await self._reach(ref, actor, draft_id)
        if reach.seen:
            told = [t.dotted(t.text(one.title), *(one.told or ())) for one in reach.communities if one.told]
            said = {"period": period, "as_of": document.as_of, "headlines": told}
            await self._publication.see(ref, draft_id, reach.content, said)
        return lines

    def _remember(self, key: tuple[str, str, str], lines: tuple[str, ...]) -> None:
        self._told[key] = lines
        while len(self._told) > _KEPT:
            self._told.pop(next(iter(self._told)))

    async def _reach(self, ref: ActorRef, actor: Actor, draft_id: str) -> Reach:
        found = await self._drafting.files(ref, draft_id)
        content = self._content(found.files)
        communities = []
        for one, (before, after) in (await self._below.sides(actor.community, found.files)).items():
            regulation = (await self._drafting.check(one, before, with_cases=False)).regulation
            communities.append(
                Reached(
                    one,
                    {"zh": one} if regulation is None else regulation.place.title,
                    await self._ports.revisions.current(one, FOREVER) is not None,
                    before != after,
                    await self._below.new_errors(one, before, after),
                    self._told.get((draft_id, content, one)),
                )
            )
        seen = all(one.told is not None for one in communities if one.published)
        return Reach(draft_id, content, self._period(), tuple(communities), seen and bool(communities))

    def _content(self, files: Files) -> str:
        return self._ports.authoring.revision_of(files)

    def _period(self) -> str:
        return str(self._ports.clock().year - 1)

    async def _reader(self, ref: ActorRef) -> Actor:
        actor = await self._drafting.reader(ref)
        if not actor.is_above:
            raise DeniedError("not_permitted")
        return actor

"""The layer of a place above communities: what a change of its files does in each of them, and how it comes there.

The place publishes its own files. In each place below that has a regulation of its own they are in force once that one
publishes them, as with everything that comes to it from above: a draft lies ready there, which it checks, looks at and
approves for itself (ADR 233). From a district that goes to its streets that have people first, and on from those.
"""

import asyncio
from dataclasses import dataclass
from typing import Final

from app.domain.kinds.common import Texts
from app.domain.place_ids import lineage
from app.domain.problem import Problem, ProblemError
from app.i18n import Translator
from app.services.above.below import communities_below
from app.services.actor import Actor, ActorRef, DeniedError
from app.services.drafting.changes import Files, applied, changes_of
from app.services.drafting.drafts import DraftPorts, RegulationDrafting
from app.services.drafting.publication import DraftPublication
from app.services.drafting.reading import DraftFiles
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

    def brings(self, place: str, before: Files, files: Files) -> Owns:
        """Return what tells the files that a publication of a place brings to those below: those of its own layer.

        What it took over from the levels above itself, compared with its files before, goes on with them.
        """
        own = self.owns(place)
        upper = [self.owns(one) for one in _between("", place)]
        changed = changes_of(before, files)
        taken = {path for path in changed if any(owns(path) for owns in upper)}
        return lambda path: own(path) or path in taken

    async def sides(self, place: str, before: Files, files: Files) -> dict[str, tuple[Files, Files]]:
        """Return by place below what its files are, as published last or on disk, and would be with these of the layer.

        Those are the communities, and the places between that have a regulation of their own; `before` are the layer's
        files as they were.
        """
        brings = self.brings(place, before, files)
        levels = [one for one in (*_between("", place), place) if any(map(brings, self._of(one, files)))]
        found: dict[str, tuple[Files, Files]] = {}
        for one in (*await self.between(place), *await self._communities(place)):
            newest = await self.ports.revisions.current(one, FOREVER)
            was = (
                newest.files
                if newest is not None
                else await asyncio.to_thread(self.ports.authoring.read_files, one)
            )
            after: Files = under(was, files, brings)
            if after != was:
                for level in levels:
                    after = await asyncio.to_thread(without_doubles, self.declared, after, one, level)
            found[one] = was, after
        return found

    async def between(self, place: str) -> tuple[str, ...]:
        """Return the places between a place and its communities that have a regulation of their own, the highest first.

        Their people decide what goes on to the communities below them.
        """
        inner = {middle for one in await self._communities(place) for middle in _between(place, one)}
        return tuple(
            [one for one in sorted(inner) if await self.ports.revisions.current(one, FOREVER) is not None]
        )

    async def _communities(self, place: str) -> list[str]:
        return await asyncio.to_thread(communities_below, self.declared, place)

    def _of(self, place: str, files: Files) -> list[str]:
        return [path for path in files if self.owns(place)(path)]

    async def errors(self, place: str, before: Files, files: Files) -> dict[str, tuple[Problem, ...]]:
        """Return by place below the errors that it would have with these files of the layer, and hadn't."""
        sides = await self.sides(place, before, files)
        found = {one: await self.new_errors(one, was, after) for one, (was, after) in sides.items()}
        return {one: problems for one, problems in found.items() if problems}

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
        """Open a draft of a published layer where people decide on it next and haven't these files; return the places.

        Those are the places below with a regulation of their own that no other one lies above.
        """
        was = None if revision.based_on is None else await self.ports.revisions.get(place, revision.based_on)
        deciding = await self.between(place)
        opened = []
        sides = await self.sides(place, (was or revision).files, revision.files)
        for one, (before, after) in sides.items():
            if await self.ports.revisions.current(one, FOREVER) is None or before == after:
                continue
            if any(one.startswith(f"{upper}/") for upper in deciding):
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
        sides = (await self._sides(actor, found)).get(place)
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
            said = {"period": document.period, "as_of": document.as_of, "headlines": told}
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
        for one, (before, after) in (await self._sides(actor, found)).items():
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

    async def _sides(self, actor: Actor, found: DraftFiles) -> dict[str, tuple[Files, Files]]:
        """Return the communities alone: what is told is of them; a street between has no year of its own."""
        place = actor.community
        sides = await self._below.sides(place, found.base, found.files)
        for one in await self._below.between(place):
            sides.pop(one, None)
        return sides

    def _content(self, files: Files) -> str:
        return self._ports.authoring.revision_of(files)

    def _period(self) -> str:
        return str(self._ports.clock().year - 1)

    async def _reader(self, ref: ActorRef) -> Actor:
        actor = await self._drafting.reader(ref)
        if not actor.is_above:
            raise DeniedError("not_permitted")
        return actor


def _between(place: str, below: str) -> list[str]:
    """Return the ids of the places above `below` that lie in `place` ("": all), the highest first."""
    return [one for one in lineage(below)[:-1] if not place or one.startswith(f"{place}/")]

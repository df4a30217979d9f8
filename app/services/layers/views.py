"""What people see and do of layers: each value with its level, choices of their own, ground that moved, promotion.

A choice within what the level above leaves open is a change of the place's overlay, in a draft. Bringing a choice to
the level above opens a draft in each community there: each of them checks, looks and approves for itself.
"""

import asyncio
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Final

from app.domain.edits import UnreadableError
from app.domain.kinds.common import Heading, Texts
from app.domain.kinds.planning import definitions
from app.domain.problem import Problem, ProblemError
from app.domain.regulation import Regulation
from app.i18n import Translator
from app.services.actor import Actor, ActorRef, Permission
from app.services.drafting.changes import Files
from app.services.drafting.drafts import DraftPorts, RegulationDrafting
from app.services.drafting.publish import FileChange, changed_files
from app.services.impact.document import impact_document
from app.services.impact.impact import ImpactService, Sight
from app.services.layers.choosing import LayerChoices
from app.services.layers.layers import Effective, Layering, Level, effective_of
from app.services.layers.promotion import at_place, patched, promoted_in
from app.services.layers.under import under
from app.services.ports import FOREVER
from app.services.reasons.paths import Members, members_in

MOVED: Final = "W222"
TOTALS: Final = Sight(scores=False, subjects=False, sensitive=False)


@dataclass(frozen=True, slots=True)
class Moved:
    """Ground that has moved under a change of the place: `what` is its path or id, `reason` how (as W222 says)."""

    what: str
    reason: str
    problem: Problem


@dataclass(frozen=True, slots=True)
class Group:
    """A definition with those of its figures that are open, or were changed on the way; `members` are its titles."""

    id: str
    title: Texts
    figures: tuple[Effective, ...]
    members: Members = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class LayersView:
    """The layers of a place, in a draft or (`draft` "") as they were published last.

    `titles` are those of the places of the levels by id; `above` the levels to which a change can be brought, the
    nearest first; `own` the definitions that the place added or laid over others.
    """

    place: str
    draft: str
    number: int
    titles: Mapping[str, Texts]
    above: tuple[str, ...]
    groups: tuple[Group, ...]
    moved: tuple[Moved, ...]
    own: tuple[tuple[str, Texts], ...]
    problems: tuple[Problem, ...]
    may_edit: bool


@dataclass(frozen=True, slots=True)
class Sister:
    """What a promotion does in one community: the figures that become others there, and new problems.

    `keeps` says that it has a choice of its own at that path, which holds on. `published` is whether it has a
    regulation in force, so that a draft can be opened there. `added` are the moves, by path, that add something beside
    figures: they have titles. `gains` are definitions that it hasn't yet.
    """

    place: str
    title: Texts
    moves: tuple[tuple[str, str, str], ...]
    problems: tuple[Problem, ...]
    keeps: bool
    published: bool
    added: Mapping[str, Level] = field(default_factory=dict)
    gains: tuple[Texts, ...] = ()


@dataclass(frozen=True, slots=True)
class Raised:
    """A promotion as it would be: what files say then, and each community with what it does there."""

    what: str
    name: Texts
    to: str
    title: Texts
    files: tuple[FileChange, ...]
    sisters: tuple[Sister, ...]
    members: Members = field(default_factory=dict)
    along: tuple[Texts, ...] = ()
    """Titles of the place's own definitions that go up too, since it rests on them."""
    decides: bool = False
    """Whether the level has a regulation of its own in force: then its people decide, and hand it down (ADR 233)."""

    @property
    def errors(self) -> bool:
        """Whether any community would have errors that it hadn't."""
        return any(problem.is_error for sister in self.sisters for problem in sister.problems)


def _gained(before: Regulation, after: Regulation) -> tuple[Texts, ...]:
    """Return what the definitions are called that a regulation has then and hadn't before."""
    known, then = headings(before), headings(after)
    return tuple(title or {"zh": name} for name, title in then.items() if name not in known)


class LayersService(LayerChoices):
    """Reading needs the permission to publish or to approve; all else that to publish."""

    def __init__(
        self,
        ports: DraftPorts,
        drafting: RegulationDrafting,
        declared: Layering,
        impact: ImpactService | None = None,
    ) -> None:
        """Keep the ports; without `impact` it isn't told whom a promotion touches."""
        super().__init__(drafting, declared)
        self._impact = impact
        self._ports = ports

    # ---- reading -----------------------------------------------------------------------------------------------------
    async def view(self, ref: ActorRef, draft_id: str = "") -> LayersView:
        """Return the layers of the actor's community. Raises DeniedError, ProblemError E510, E547."""
        actor = await self._drafting.reader(ref)
        place = actor.community
        number, files = await self._files(ref, place, draft_id)
        loaded = await self._drafting.check(place, files, with_cases=False)
        regulation = loaded.regulation
        moved = tuple(
            Moved(str(one.values["what"]), str(one.values["reason"]), one)
            for one in loaded.problems
            if one.code == MOVED and one.where is not None and one.where.path == self.overlay(place)
        )
        errors = tuple(one for one in loaded.problems if one.is_error)
        above = tuple(place.rsplit("/", count)[0] for count in range(1, place.count("/") + 1))
        is_whole = regulation is not None
        if (
            regulation is None
        ):  # what was published last says which figures there are: two are often changed together
            regulation = (await self._drafting.check(place, await self._published(place))).regulation
        found = await self._figures_of(place, files, regulation, is_whole=is_whole)
        if regulation is None or found is None:
            return LayersView(
                place, draft_id, number, {}, above, (), moved, (), errors, actor.may(Permission.PUBLISH)
            )
        declared = await asyncio.to_thread(self._ports.authoring.declared, place, files)
        titles = headings(regulation)
        folder = f"{self._declared.folder(place)}/"
        own = tuple(
            (one.id, titles.get(one.id, {}))
            for one in declared
            if one.path.startswith(folder) and one.id in titles
        )
        return LayersView(
            place,
            draft_id,
            number,
            {
                one: regulation.places.places[one].title
                for one in (place, *above)
                if one in regulation.places.places
            },
            above,
            _grouped(found, titles, regulation),
            moved,
            own,
            errors,
            actor.may(Permission.PUBLISH),
        )

    async def _published(self, place: str) -> Files:
        return (await self._drafting.newest(place)).files

    async def _figures_of(
        self, place: str, files: Files, regulation: Regulation | None, *, is_whole: bool
    ) -> tuple[Effective, ...] | None:
        """Return the figures of files; of those at fault, as an earlier regulation has them with what is chosen now.

        None where files can't be read.
        """
        if regulation is None:
            return None
        try:
            found = await asyncio.to_thread(effective_of, self._declared, place, files, regulation)
        except (ProblemError, UnreadableError):
            return None
        return found if is_whole else tuple(map(_as_chosen, found))

    async def figures(self, ref: ActorRef, draft_id: str, name: str) -> dict[str, Effective]:
        """Return the figures of one definition of a draft by path; none while it has errors. Raises as `view`."""
        view = await self.view(ref, draft_id)
        return {one.path: one for group in view.groups if group.id == name for one in group.figures}

    async def _files(self, ref: ActorRef, place: str, draft_id: str) -> tuple[int, Files]:
        if draft_id:
            found = await self._drafting.files(ref, draft_id)
            return found.draft.step.number, found.files
        return 0, (await self._drafting.newest(place)).files

    # ---- for all -----------------------------------------------------------------------------------------------------
    async def promotion(self, ref: ActorRef, draft_id: str, what: str, to: str) -> Raised:
        """Return what bringing a change of the place (a path, or an id of its own) to a level above would do.

        Raises as `view`; ProblemError E597, E598.
        """
        actor = await self._drafting.actor(ref)
        _, raised = await self._raised(ref, actor.community, draft_id, what, to)
        return raised

    @property
    def tells_effects(self) -> bool:
        """Whether `touched` can be asked."""
        return self._impact is not None

    async def touched(
        self, ref: ActorRef, draft_id: str, what: str, to: str, place: str, t: Translator
    ) -> tuple[str, tuple[str, ...]]:
        """Return what a promotion would change in a community over the last year that is over: the year, totals.

        The totals name nobody: the actor isn't of that community. Raises as `promotion`, DecisionError.
        """
        actor = await self._drafting.actor(ref)
        patches, _ = await self._raised(ref, actor.community, draft_id, what, to)
        if self._impact is None or place not in patches:
            raise ProblemError(Problem("E597", values={"what": place[:80], "place": to[:80]}))
        files = (await self._drafting.newest(place)).files
        period = str(self._ports.clock().year - 1)
        run = await self._impact.begin(place, period, patched(files, patches[place]))
        replayed = await self._impact.wait(run)
        document = await asyncio.to_thread(impact_document, replayed, TOTALS, t)
        return period, tuple(document.headlines)

    async def propose(self, ref: ActorRef, draft_id: str, what: str, to: str, title: str) -> tuple[str, ...]:
        """Open a draft in each community at the level above that says so; return the places. Nothing is in force by it.

        Where the level has a regulation of its own in force, the one draft is there: its people decide, and what they
        publish comes to the communities. Raises as `promotion`; ProblemError with the errors that a community would
        have.
        """
        actor = await self._drafting.actor(ref)
        patches, raised = await self._raised(ref, actor.community, draft_id, what, to)
        errors = [one for sister in raised.sisters for one in sister.problems if one.is_error]
        if errors:
            raise ProblemError(*errors)
        if raised.decides:
            own = (await self._files(ref, actor.community, draft_id))[1]
            return await self._bring_up(actor, own, what, to, title)
        opened = []
        for sister in raised.sisters:
            if sister.published and patches[sister.place]:
                await self._drafting.propose(sister.place, actor.person, title, patches[sister.place])
                opened.append(sister.place)
        return tuple(opened)

    async def _bring_up(self, actor: Actor, own: Files, what: str, to: str, title: str) -> tuple[str, ...]:
        """Open the draft at the level above: on what that says now, whatever the community's copy of it says."""
        place, own_path = actor.community, self._ports.authoring.own_path
        layer = (await self._drafting.newest(to)).files
        files = under(own, layer, lambda path: own_path(to, path) == path)
        found = await asyncio.to_thread(promoted_in, self._declared, {place: files}, place, what, to)
        patch = at_place(self._declared, found, to, place)
        draft = await self._drafting.propose(to, actor.person, title, patch)
        return () if draft is None else (to,)

    async def _raised(
        self, ref: ActorRef, place: str, draft_id: str, what: str, to: str
    ) -> tuple[dict[str, Mapping[str, str | None]], Raised]:
        _, own = await self._files(ref, place, draft_id)
        if not place.startswith(f"{to}/"):
            raise ProblemError(Problem("E597", values={"what": to[:80], "place": place}))
        files_of: dict[str, Files] = {place: own}
        published = {place}
        for one in await asyncio.to_thread(self._declared.places):
            if one == place or not (one.startswith(f"{to}/") or one == to):
                continue
            newest = await self._ports.revisions.current(one, FOREVER)
            if newest is not None:
                published.add(one)
            files_of[one] = (
                newest.files
                if newest is not None
                else await asyncio.to_thread(self._declared.read_files, one)
            )
        patches, raised = await asyncio.to_thread(self._worked_out, files_of, published, place, what, to)
        return patches, replace(raised, decides=await self._ports.revisions.current(to, FOREVER) is not None)

    def _worked_out(
        self, files_of: Mapping[str, Files], published: Iterable[str], place: str, what: str, to: str
    ) -> tuple[dict[str, Mapping[str, str | None]], Raised]:
        found = promoted_in(self._declared, files_of, place, what, to)
        patches: dict[str, Mapping[str, str | None]] = {}
        sisters = []
        title: Texts = {}
        name: Texts = {}
        members: Members = {}
        titles: Mapping[str, Texts] = {}
        for one, files in files_of.items():
            patches[one] = at_place(self._declared, found, one, place)
            after = patched(files, patches[one])
            known, before = self._figures(one, files)
            then, now = self._figures(one, after)
            moves = tuple(
                (path, "" if path not in before else before[path].value, figure.value)
                for path, figure in now.items()
                if path not in before or before[path].value != figure.value
            )
            keeps = one != place and any(
                level.layer == one for path, figure in now.items() if path == what for level in figure.levels
            )
            added = (
                next((level.title for level in before[what].levels if level.title), {})
                if what in before
                else {}
            )
            if known is not None:
                name = headings(known).get(what.partition("/")[0], {}) or name
                members = {**members, **members_in(what.partition("/")[0], known)}
                titles = headings(known) if one == place else titles
                if added:  # what an overlay adds is no member of the definition itself
                    members = {**members, (what.rpartition("/")[2],): added}
                title = known.places.places[to].title if to in known.places.places else title
            sisters.append(
                Sister(
                    one,
                    {} if known is None else known.place.title,
                    moves,
                    found.checked[one],
                    keeps,
                    one in published,
                    {path: now[path].levels[-1] for path, _, _ in moves if now[path].levels},
                    () if known is None or then is None else _gained(known, then),
                )
            )
        changes = changed_files(files_of[place], patched(files_of[place], found.patch))
        along = tuple(titles.get(one, {}) or {"zh": one} for one in found.along)
        return patches, Raised(what, name, to, title, changes, tuple(sisters), members, along)

    def _figures(self, place: str, files: Files) -> tuple[Regulation | None, dict[str, Effective]]:
        """Return the regulation of a place's files, and its figures by path; none while there are errors."""
        regulation = self._declared.load(place, files, with_cases=False).regulation
        if regulation is None:
            return None, {}
        return regulation, {one.path: one for one in effective_of(self._declared, place, files, regulation)}


def _as_chosen(one: Effective) -> Effective:
    """Return a figure with the value that the last level chose for it."""
    last = one.levels[-1] if one.levels else None
    return one if last is None or last.sort != "to" else replace(one, value=last.after, layer=last.layer)


def headings(regulation: Regulation) -> dict[str, Texts]:
    """Return the title of each definition by id."""
    found: dict[str, Texts] = {}
    groups = (definitions(regulation), regulation.forms, regulation.classes, regulation.roles)
    for name, one in ((name, one) for group in groups for name, one in group.items()):
        heading = getattr(one, "heading", None)
        found[name] = heading.title if isinstance(heading, Heading) else {}
    return found


def _grouped(
    figures: Iterable[Effective], titles: Mapping[str, Texts], regulation: Regulation
) -> tuple[Group, ...]:
    by_definition: dict[str, list[Effective]] = {}
    for one in figures:
        by_definition.setdefault(one.definition, []).append(one)
    return tuple(
        Group(name, titles.get(name, {}), tuple(own), members_in(name, regulation))
        for name, own in by_definition.items()
    )

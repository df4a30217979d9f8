"""Reading drafts of a regulation: their files, steps, what the checker finds, what they change."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from app.domain.kinds.common import Texts
from app.domain.problem import Problem, ProblemError
from app.services.actor import Actor, ActorRef, DeniedError, Permission, Resolve
from app.services.drafting.changes import Files, applied
from app.services.drafting.naming import changed_names, titled
from app.services.drafting.ports import (
    Authoring,
    DeclaredFile,
    DraftState,
    DraftStep,
    RegulationDraft,
    RegulationDrafts,
)
from app.services.drafting.publish import Copies, FileChange, changed_files
from app.services.drafting.texts import sound
from app.services.ports import FOREVER, Clock, Loaded, Revision, Revisions

READERS: Final = frozenset({Permission.PUBLISH, Permission.APPROVE})
"""Who may see drafts: those who make them, and those who approve."""

_REMEMBERED: Final = 8


async def _nobody(_place: str) -> Mapping[str, str]:
    return {}


@dataclass(frozen=True, slots=True)
class DraftFiles:
    """All files of a draft at one of its steps, and which of them differ from the revision below."""

    draft: RegulationDraft
    base: Files
    files: Files
    behind: bool
    """Whether something was published since: then it is brought up to date before it can be published."""

    @property
    def changed(self) -> frozenset[str]:
        """The paths that differ from the base."""
        return frozenset(self.draft.step.files)


@dataclass(frozen=True, slots=True)
class DraftPorts:
    """What drafting needs."""

    drafts: RegulationDrafts
    revisions: Revisions
    authoring: Authoring
    copies: Copies
    resolve: Resolve
    clock: Clock
    names: Callable[[str], Awaitable[Mapping[str, str]]] = _nobody
    """Returns what the people of a place are called."""


class DraftReading:
    """Drafts of the communities as they are; reading needs the permission to publish or to approve."""

    def __init__(self, ports: DraftPorts) -> None:
        """Keep the ports."""
        self._ports = ports
        self._bases: dict[tuple[str, str], Files] = {}

    async def actor(self, ref: ActorRef) -> Actor:
        """Return who asks. Raises DeniedError unless the post may publish."""
        found = await self._ports.resolve(ref, self._ports.clock())
        if not found.may(Permission.PUBLISH):
            raise DeniedError("not_permitted")
        return found

    async def reader(self, ref: ActorRef) -> Actor:
        """Return who asks. Raises DeniedError unless the post may publish or approve."""
        found = await self._ports.resolve(ref, self._ports.clock())
        if not any(map(found.may, READERS)):
            raise DeniedError("not_permitted")
        return found

    async def drafts(self, ref: ActorRef) -> list[RegulationDraft]:
        """Return the open drafts of the actor's community that change something, newest first."""
        return await self.changing((await self.reader(ref)).community)

    async def changing(self, place: str) -> list[RegulationDraft]:
        """Return the open drafts of a place that change something: one begun by a mere look is none to go on with."""
        return [one for one in await self._ports.drafts.of_place(place) if one.step.files]

    async def about(
        self, ref: ActorRef, drafts: Sequence[RegulationDraft]
    ) -> dict[str, tuple[Texts | str, ...]]:
        """Return, by draft, what those without a title change: definitions by their titles. Nothing of the others.

        Of drafts of the actor's community alone. Raises DeniedError unless the post may publish or approve.
        """
        place = (await self.reader(ref)).community
        found: dict[str, tuple[Texts | str, ...]] = {}
        for one in drafts:
            if not one.title and one.place == place:
                found[one.id] = await asyncio.to_thread(
                    self._about, one, await self._base(one.place, one.step.base)
                )
        return found

    def _about(self, draft: RegulationDraft, base: Files) -> tuple[Texts | str, ...]:
        authoring = self._ports.authoring
        names = changed_names(authoring, base, draft.step.files)
        return titled(names, authoring.declared(draft.place, applied(base, draft.step.files)))

    async def newest(self, place: str) -> Revision:
        """Return the last publication, also one whose day hasn't come. Raises ProblemError E510 without one."""
        found = await self._ports.revisions.current(place, FOREVER)
        if found is None:
            raise ProblemError(Problem("E510", values={"place": place}))
        return found

    async def draft(self, ref: ActorRef, draft_id: str) -> RegulationDraft:
        """Return an open draft of the actor's community. Raises DeniedError; ProblemError E547 when there is none."""
        actor = await self.reader(ref)
        found = await self._ports.drafts.get(draft_id)
        if found is None or found.place != actor.community or found.state != DraftState.OPEN:
            raise ProblemError(Problem("E547"))
        return found

    async def files(self, ref: ActorRef, draft_id: str) -> DraftFiles:
        """Return all files of a draft as it is. Raises as `draft`."""
        return await self._files_of(await self.draft(ref, draft_id))

    async def files_at(self, ref: ActorRef, draft_id: str, number: int) -> Files:
        """Return all files of a draft at one of its steps. Raises as `draft`, E547 for a step that there never was."""
        return await self._at(await self.draft(ref, draft_id), number)

    def stands_for(self, place: str, path: str, files: Files) -> str:
        """Return the file of the base that a place's copy at `path` stands for; "" for a file of its own."""
        return self._beneath(place, files).get(path, "")

    async def _files_of(self, draft: RegulationDraft) -> DraftFiles:
        base = await self._base(draft.place, draft.step.base)
        newest = await self.newest(draft.place)
        behind = newest.hash != draft.step.base
        return DraftFiles(draft, base, applied(base, draft.step.files), behind)

    async def declared(self, ref: ActorRef, draft_id: str) -> Sequence[DeclaredFile]:
        """Return the files in force under the draft, by kind and id. Raises as `draft`."""
        found = await self.files(ref, draft_id)
        return await asyncio.to_thread(self._ports.authoring.declared, found.draft.place, found.files)

    async def steps(self, ref: ActorRef, draft_id: str) -> list[DraftStep]:
        """Return all steps of a draft, oldest first, without texts. Raises as `draft`."""
        await self.draft(ref, draft_id)
        return await self._ports.drafts.steps(draft_id)

    async def checked(self, ref: ActorRef, draft_id: str, *, with_cases: bool = True) -> Loaded:
        """Check a draft: what the checker finds and, without errors, the regulation. Raises as `draft`."""
        found = await self.files(ref, draft_id)
        return await self.check(found.draft.place, found.files, with_cases=with_cases)

    async def checked_with(self, ref: ActorRef, draft_id: str, path: str, text: str) -> Loaded:
        """Check a draft as it would be with another text of one file, which isn't saved. Raises as `draft`."""
        found = await self.files(ref, draft_id)
        return await self.check_throughout(found.draft.place, {**found.files, path: sound(text)}, path)

    async def check(self, place: str, files: Files, *, with_cases: bool = True) -> Loaded:
        """Check files beside the event loop."""
        return await asyncio.to_thread(self._ports.authoring.check, place, files, with_cases=with_cases)

    async def check_throughout(self, place: str, files: Files, path: str) -> Loaded:
        """Check files for whoever edits the one at `path`; faults of cases leave the regulation to be looked at.

        What a definition is called stands in its cases as well, so whoever renames it learns at once what they lack.
        While the regulation has faults, cases are checked only where the file is one of them.
        """
        loaded = await self.check(place, files, with_cases=False)
        if loaded.regulation is None:
            return await self.check(place, files) if path.endswith(".case.yaml") else loaded
        return replace(loaded, problems=(await self.check(place, files)).problems)

    async def diff(self, ref: ActorRef, draft_id: str) -> tuple[FileChange, ...]:
        """Return the files that a draft changes, with their lines, beside its base. Raises as `draft`."""
        found = await self.files(ref, draft_id)
        before = self.with_originals(found.draft.place, found.base, found.files)
        return await asyncio.to_thread(changed_files, before, found.files)

    def with_originals(self, place: str, before: Files, after: Files) -> Files:
        """Return files with what new copies of the base's stand for in their place: so that only changes differ."""
        beneath = self._beneath(place, before)
        copied = {own: before[path] for own, path in beneath.items() if own in after and own not in before}
        return {**before, **copied}

    def _beneath(self, place: str, files: Files) -> dict[str, str]:
        """Return, by the path of a place's copy, the file of the base that it would stand for."""
        own_path = self._ports.authoring.own_path
        return {own: path for path in files for own in [own_path(place, path)] if own and own != path}

    async def _base(self, place: str, revision_hash: str) -> Files:
        """Return the files of a published revision; a few are remembered, since they never change."""
        key = place, revision_hash
        if key not in self._bases:
            found = await self._ports.revisions.get(place, revision_hash)
            if found is None:
                raise ProblemError(Problem("E510", values={"place": place}))
            self._bases[key] = found.files
            while len(self._bases) > _REMEMBERED:
                self._bases.pop(next(iter(self._bases)))
        return self._bases[key]

    async def _at(self, draft: RegulationDraft, number: int) -> Files:
        """Return the files of a draft at one of its steps. Raises ProblemError E547 for a step that there never was."""
        step = draft.step if draft.step.number == number else await self._ports.drafts.step(draft.id, number)
        if step is None:
            raise ProblemError(Problem("E547"))
        return applied(await self._base(draft.place, step.base), step.files)

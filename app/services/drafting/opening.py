"""Opening drafts of a regulation: on the newest publication, on an earlier one, on files that were edited by hand."""

import asyncio
import secrets
from typing import Final

from app.domain.problem import Problem, ProblemError
from app.services.actor import ActorRef
from app.services.drafting.changes import Files, applied, changes_of
from app.services.drafting.ports import Changes, DraftState, DraftStep, RegulationDraft, StepKind
from app.services.drafting.reading import DraftReading
from app.services.ports import Revision

_MOST_TITLE: Final = 120


class DraftOpening(DraftReading):
    """Opens and closes drafts; everything here needs the permission to publish."""

    async def open(self, ref: ActorRef, title: str = "") -> RegulationDraft:
        """Open a draft on the newest publication. Raises DeniedError, ProblemError E510 without one.

        One that the actor opened before under the same title, and that changes nothing, is that draft: looking around
        leaves no pile of empty ones behind.
        """
        actor = await self.actor(ref)
        newest = await self.newest(actor.community)
        called = _title(title)
        for one in await self._ports.drafts.of_place(actor.community):
            is_empty = not one.step.files and one.step.base == newest.hash
            if is_empty and (one.opened_by, one.title) == (actor.person, called):
                return one
        return await self._opened(actor.community, actor.person, title, newest.hash, {})

    async def restore(self, ref: ActorRef, revision_hash: str, title: str = "") -> RegulationDraft:
        """Open a draft on the newest publication that says what an earlier revision said.

        Raises DeniedError, ProblemError E547 when there is no such revision.
        """
        actor = await self.actor(ref)
        wanted = await self._ports.revisions.get(actor.community, revision_hash)
        if wanted is None:
            raise ProblemError(Problem("E547"))
        return await self.open_with(ref, wanted.files, title)

    async def open_with(self, ref: ActorRef, files: Files, title: str = "") -> RegulationDraft:
        """Open a draft on the newest publication that consists of these files. Raises as `open`."""
        actor = await self.actor(ref)
        newest = await self.newest(actor.community)
        changes = changes_of(newest.files, files)
        return await self._opened(actor.community, actor.person, title, newest.hash, changes)

    async def disk_changes(self, ref: ActorRef) -> Changes:
        """Return what the files on this machine's disk say otherwise than the revision that they came from."""
        return (await self.on_disk((await self.actor(ref)).community))[1]

    async def take_disk(self, ref: ActorRef, title: str = "") -> RegulationDraft | None:
        """Make a draft of files that were edited by hand; see `take_disk_of`. Raises DeniedError."""
        actor = await self.actor(ref)
        return await self.take_disk_of(actor.community, actor.person, title)

    async def take_disk_of(self, place: str, by: str, title: str = "") -> RegulationDraft | None:
        """Make a draft of a place's files on disk, on the revision that this copy came from; None without a change.

        An open draft of the same files is returned as it is. Raises ProblemError E510 without a revision.
        """
        base, changes = await self.on_disk(place)
        if not changes:
            return None
        taken = await self.taken(place, base, changes)
        return taken or await self._opened(place, by, title, base.hash, changes)

    async def taken(self, place: str, base: Revision, changes: Changes) -> RegulationDraft | None:
        """Return the open draft that says these changes of a revision, or began with them; None without one.

        What was made of it since then is no reason to take the same files once more.
        """
        for one in await self._ports.drafts.of_place(place):
            for step in (one.step, await self._ports.drafts.step(one.id, 1)):
                if step is not None and (step.base, dict(step.files)) == (base.hash, dict(changes)):
                    return one
        return None

    async def propose(self, place: str, by: str, title: str, changes: Changes) -> RegulationDraft | None:
        """Open a draft in a community for what another one brings to the level above; who may is asked there.

        An open draft that says the same already is returned as it is; None where it says so already. Raises
        ProblemError E510.
        """
        newest = await self.newest(place)
        wanted = changes_of(newest.files, applied(newest.files, changes))
        if not wanted:
            return None
        for one in await self._ports.drafts.of_place(place):
            if one.step.base == newest.hash and dict(one.step.files) == wanted:
                return one
        return await self._opened(place, by, title, newest.hash, wanted)

    async def on_disk(self, place: str) -> tuple[Revision, Changes]:
        """Return the revision that this machine's copy of a place's files came from, and what they say otherwise.

        Files that equal an earlier revision are a copy of that one: nobody changed them. Raises ProblemError E510.
        """
        newest = await self.newest(place)
        files = await asyncio.to_thread(self._ports.authoring.read_files, place)
        readable = {path: text.encode("utf-8", "replace").decode() for path, text in files.items()}
        base = await self._ports.revisions.get(place, self._ports.authoring.revision_of(readable))
        if base is None:
            origin = await asyncio.to_thread(self._ports.copies.origin, place)
            base = None if origin is None else await self._ports.revisions.get(place, origin)
        base = base or newest
        return base, changes_of(base.files, readable)

    async def _opened(self, place: str, by: str, title: str, base: str, files: Changes) -> RegulationDraft:
        now = self._ports.clock()
        draft = RegulationDraft(
            secrets.token_hex(8),
            place,
            _title(title),
            by,
            now,
            DraftState.OPEN,
            DraftStep(1, StepKind.OPENED, by, now, base, files),
        )
        await self._ports.drafts.open(draft)
        return draft

    async def discard(self, ref: ActorRef, draft_id: str) -> None:
        """Close a draft without publishing it. Raises DeniedError, ProblemError E547."""
        await self.actor(ref)
        await self.draft(ref, draft_id)
        await self._ports.drafts.close(draft_id, DraftState.DISCARDED)


def _title(said: str) -> str:
    return " ".join(said.split())[:_MOST_TITLE]

"""Drafts of a regulation: opened on a revision, edited by several at once, undone and redone, brought up to date.

A draft is a chain of saved states that is never rewritten. Whoever saves says which state was looked at; what others
saved since is merged in leaf by leaf, and where both changed the same leaf nothing is stored before somebody decides.
Taking back is a change like any other: what a step changed is changed back, and what others did since stays.
"""

import asyncio
import secrets
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from app.domain.edits import Edit, NowhereError, UnfitError, UnreadableError
from app.domain.problem import Problem, ProblemError, Where
from app.services.actor import Actor, ActorRef, DeniedError, Permission, Resolve
from app.services.draft_changes import (
    FileConflict,
    Files,
    Prefer,
    applied,
    changes_of,
    reversible,
    together,
)
from app.services.draft_ports import (
    Authoring,
    Changes,
    DeclaredFile,
    DraftState,
    DraftStep,
    RegulationDraft,
    RegulationDrafts,
    StepKind,
)
from app.services.ports import FOREVER, Clock, Loaded, Revision, Revisions
from app.services.publish import Copies, FileChange, changed_files

READERS: Final = frozenset({Permission.PUBLISH, Permission.APPROVE})
"""Who may see drafts: those who make them, and those who approve."""

LONGEST: Final = 500_000
"""Characters of a file at most; loading refuses longer ones."""
_TRIES: Final = 8
_MOST_TITLE: Final = 120
_LONGEST_TOLD: Final = 80
_REMEMBERED: Final = 8


@dataclass(frozen=True, slots=True)
class Saved:
    """What became of a change: the draft's newest step, and by path what the changed files say now (None: gone).

    `merged` says that others had changed the same files meanwhile, and that both changes are in. With `conflicts`
    nothing was stored.
    """

    number: int
    files: Changes
    merged: bool = False
    conflicts: tuple[FileConflict, ...] = ()


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


class RegulationDrafting:
    """Drafts of the communities; reading needs the permission to publish or to approve, all else that to publish."""

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

    # ---- opening ---------------------------------------------------------------------------------------------------
    async def drafts(self, ref: ActorRef) -> list[RegulationDraft]:
        """Return the open drafts of the actor's community, newest first."""
        return await self._ports.drafts.of_place((await self.reader(ref)).community)

    async def open(self, ref: ActorRef, title: str = "") -> RegulationDraft:
        """Open a draft on the newest publication. Raises DeniedError, ProblemError E510 without one."""
        actor = await self.actor(ref)
        newest = await self.newest(actor.community)
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

        An open draft that says the same already is returned as it is. Raises ProblemError E510 without a revision.
        """
        base, changes = await self.on_disk(place)
        if not changes:
            return None
        for one in await self._ports.drafts.of_place(place):
            if one.step.base == base.hash and dict(one.step.files) == dict(changes):
                return one
        return await self._opened(place, by, title, base.hash, changes)

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

    async def newest(self, place: str) -> Revision:
        """Return the last publication, also one whose day hasn't come. Raises ProblemError E510 without one."""
        found = await self._ports.revisions.current(place, FOREVER)
        if found is None:
            raise ProblemError(Problem("E510"))
        return found

    async def _opened(self, place: str, by: str, title: str, base: str, files: Changes) -> RegulationDraft:
        now = self._ports.clock()
        draft = RegulationDraft(
            secrets.token_hex(8),
            place,
            " ".join(title.split())[:_MOST_TITLE],
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

    # ---- reading ---------------------------------------------------------------------------------------------------
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
        """Check a draft as it would be with another text of one file, which isn't saved. Raises as `draft`.

        Cases are checked only where the file is one of them: nothing else depends on cases.
        """
        found = await self.files(ref, draft_id)
        files = {**found.files, path: sound(text)}
        return await self.check(found.draft.place, files, with_cases=path.endswith(".case.yaml"))

    async def check(self, place: str, files: Files, *, with_cases: bool = True) -> Loaded:
        """Check files beside the event loop."""
        return await asyncio.to_thread(self._ports.authoring.check, place, files, with_cases=with_cases)

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

    # ---- changing --------------------------------------------------------------------------------------------------
    async def edit(
        self,
        ref: ActorRef,
        draft_id: str,
        path: str,
        edits: Iterable[Edit],
        *,
        seen: int,
        prefer: Prefer = "",
    ) -> Saved:
        """Make edits of one file as it was at the step `seen`; what others changed since is merged in.

        A file of the base becomes one of the place's own, which stands for it; `Saved.files` says where it is now.
        Raises as `draft`, and ProblemError: E104 for a file that isn't YAML, E545 for a path that leads nowhere, E546
        for a text whose form doesn't allow the edit, E558 for a file of a place above.
        """
        listed = tuple(edits)
        return await self._changed_text(
            ref, draft_id, path, lambda text: self._edited(path, text, listed), seen, prefer
        )

    async def save(
        self, ref: ActorRef, draft_id: str, path: str, text: str, *, seen: int, prefer: Prefer = ""
    ) -> Saved:
        """Save the whole text of one file, typed over its state at the step `seen`. Raises as `edit`."""
        typed = sound(text)
        return await self._changed_text(ref, draft_id, path, lambda _: typed, seen, prefer)

    async def add(self, ref: ActorRef, draft_id: str, path: str, text: str) -> Saved:
        """Add a file to the place's own folder: `rules/x.yaml` means that folder's.

        Raises as `draft`; ProblemError E558 for a path that isn't the place's, E559 for one that is taken.
        """
        draft = await self.draft(ref, draft_id)
        target = self._ports.authoring.own_path(draft.place, path)
        if target is None:
            raise ProblemError(Problem("E558", Where(path)))

        def make(files: Files) -> Files:
            if target in files:
                raise ProblemError(Problem("E559", Where(target)))
            return {**files, target: sound(text)}

        return await self._change(ref, draft_id, draft.step.number, make)

    async def remove(self, ref: ActorRef, draft_id: str, path: str) -> Saved:
        """Take one of the place's own files away: after a copy of the base's, the base's is in force again.

        Raises as `draft`; ProblemError E545 without such a file, E558 for one that isn't the place's.
        """
        draft = await self.draft(ref, draft_id)
        if path not in draft.step.files and self._ports.authoring.own_path(draft.place, path) != path:
            raise ProblemError(Problem("E558", Where(path)))

        def make(files: Files) -> Files:
            if path not in files:
                raise ProblemError(Problem("E545", Where(path), {"what": path}))
            return {name: text for name, text in files.items() if name != path}

        return await self._change(ref, draft_id, draft.step.number, make)

    async def can(self, ref: ActorRef, draft_id: str) -> tuple[bool, bool]:
        """Whether the actor has a change of a draft to take back, and one to do again. Raises as `draft`."""
        actor = await self.actor(ref)
        undo, redo = reversible(await self.steps(ref, draft_id), actor.person)
        return bool(undo), bool(redo)

    async def undo(self, ref: ActorRef, draft_id: str) -> Saved:
        """Take back the actor's own last change that stands: what others changed since stays.

        Where somebody changed the same leaf since, nothing is stored and the conflicts say so. Without a change nothing
        happens. Raises as `draft`.
        """
        return await self._again(ref, draft_id, StepKind.UNDONE)

    async def redo(self, ref: ActorRef, draft_id: str) -> Saved:
        """Do again what the actor took back last, unless something else was changed since; as `undo`."""
        return await self._again(ref, draft_id, StepKind.REDONE)

    async def _again(self, ref: ActorRef, draft_id: str, kind: StepKind) -> Saved:
        actor = await self.actor(ref)
        for _ in range(_TRIES):
            found = await self.files(ref, draft_id)
            undo, redo = reversible(await self._ports.drafts.steps(draft_id), actor.person)
            numbers = undo if kind is StepKind.UNDONE else redo
            if not numbers:
                return Saved(found.draft.step.number, {})
            ends = await self._at(found.draft, numbers[-1] - 1), await self._at(found.draft, numbers[-1])
            before, after = ends if kind is StepKind.REDONE else reversed(ends)
            saved = await self._store(found, actor.person, kind, before, after, of=numbers[-1])
            if saved is not None:
                return saved
        raise ProblemError(Problem("E541"))

    async def rebase(self, ref: ActorRef, draft_id: str, prefer: Prefer = "") -> Saved:
        """Bring a draft onto the newest publication: what was published since is merged in.

        Where both changed the same leaf, nothing is stored unless `prefer` says whose is taken. Raises as `draft`.
        """
        actor = await self.actor(ref)
        for _ in range(_TRIES):
            found = await self.files(ref, draft_id)
            newest = await self.newest(found.draft.place)
            if newest.hash == found.draft.step.base:
                return Saved(found.draft.step.number, {})
            onto = replace(found, base=newest.files, files=newest.files)
            saved = await self._store(
                onto, actor.person, StepKind.REBASED, found.base, found.files, prefer, base=newest.hash
            )
            if saved is not None:
                return saved
        raise ProblemError(Problem("E541"))

    async def _changed_text(
        self,
        ref: ActorRef,
        draft_id: str,
        path: str,
        make: Callable[[str], str],
        seen: int,
        prefer: Prefer,
    ) -> Saved:
        draft = await self.draft(ref, draft_id)
        own = self._ports.authoring.own_path(draft.place, path)
        target = path if path in draft.step.files else own
        if target is None:
            raise ProblemError(Problem("E558", Where(path)))

        def changed(files: Files) -> Files:
            text = files.get(target, files.get(path))
            if text is None:
                raise ProblemError(Problem("E545", Where(path), {"what": path}))
            return {**files, target: make(text)}

        return await self._change(ref, draft_id, seen, changed, prefer)

    async def _change(
        self, ref: ActorRef, draft_id: str, seen: int, make: Callable[[Files], Files], prefer: Prefer = ""
    ) -> Saved:
        actor = await self.actor(ref)
        for _ in range(_TRIES):
            found = await self.files(ref, draft_id)
            before = await self._at(found.draft, seen)
            after = await asyncio.to_thread(make, before)
            saved = await self._store(found, actor.person, StepKind.EDITED, before, after, prefer)
            if saved is not None:
                return saved
        raise ProblemError(Problem("E541"))

    async def _store(  # noqa: PLR0913 - what a step is
        self,
        onto: DraftFiles,
        by: str,
        kind: StepKind,
        before: Files,
        after: Files,
        prefer: Prefer = "",
        *,
        of: int | None = None,
        base: str | None = None,
    ) -> Saved | None:
        """Put the change from `before` to `after` onto a draft's files; None when somebody else was faster."""
        last = onto.draft.step
        beneath = self._beneath(onto.draft.place, before)
        both = await asyncio.to_thread(
            together, before, after, onto.files, self._ports.authoring.merged, prefer, beneath
        )
        if both.conflicts:
            return Saved(last.number, {}, conflicts=both.conflicts)
        told = {path: both.files.get(path) for path in changes_of(before, after)}
        changes = changes_of(onto.base, both.files)
        if base is None and changes == dict(last.files):
            return Saved(last.number, told, both.merged)
        step = DraftStep(last.number + 1, kind, by, self._ports.clock(), base or last.base, changes, of)
        if not await self._ports.drafts.add(onto.draft.id, step):
            return None
        return Saved(step.number, told, both.merged)

    # ---- parts -----------------------------------------------------------------------------------------------------
    async def _base(self, place: str, revision_hash: str) -> Files:
        """Return the files of a published revision; a few are remembered, since they never change."""
        key = place, revision_hash
        if key not in self._bases:
            found = await self._ports.revisions.get(place, revision_hash)
            if found is None:
                raise ProblemError(Problem("E510"))
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

    def _edited(self, path: str, text: str, edits: Sequence[Edit]) -> str:
        try:
            return self._ports.authoring.edited(text, edits)
        except UnreadableError:
            raise ProblemError(Problem("E104", Where(path), {"reason": "syntax"})) from None
        except NowhereError as fault:
            raise ProblemError(Problem("E545", Where(path), {"what": _told(fault.path)})) from None
        except UnfitError as fault:
            raise ProblemError(Problem("E546", Where(path), {"what": _told(fault.path)})) from None


def sound(text: str) -> str:
    """Return a text as files hold it: lines end with a line feed, and nothing that a file couldn't hold."""
    ended = text.replace("\r\n", "\n").replace("\r", "\n").removeprefix("\ufeff")
    if len(ended) > LONGEST:
        raise ProblemError(Problem("E938", values={"most": LONGEST}))
    return ended.encode("utf-8", "replace").decode().replace("\0", "")


def _told(path: Sequence[str | int]) -> str:
    return "/".join(map(str, path))[:_LONGEST_TOLD]

"""Changing drafts of a regulation: edited by several at once, undone and redone, brought up to date.

A draft is a chain of saved states that is never rewritten. Whoever saves says which state was looked at; what others
saved since is merged in leaf by leaf, and where both changed the same leaf nothing is stored before somebody decides.
Taking back is a change like any other: what a step changed is changed back, and what others did since stays.
"""

import asyncio
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Final

from app.domain.edits import Edit, Path, RenameKey, UnreadableError
from app.domain.problem import Problem, ProblemError, Where
from app.services.actor import ActorRef
from app.services.drafting.authors import authored, by_one, other_of
from app.services.drafting.changes import FileConflict, Files, Other, Prefer, changes_of, reversible, together
from app.services.drafting.draft_names import DraftNames
from app.services.drafting.followed import cases_beside
from app.services.drafting.ports import Changes, DraftStep, RegulationDraft, StepKind
from app.services.drafting.reading import READERS, DraftFiles, DraftPorts
from app.services.drafting.texts import sound
from app.services.reasons.paths import led_in_file
from app.services.reasons.phrases import Said

__all__ = ["READERS", "DraftFiles", "DraftPorts", "RegulationDrafting", "Saved"]
_TRIES: Final = 8


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


class RegulationDrafting(DraftNames):
    """Drafts of the communities; reading needs the permission to publish or to approve, all else that to publish."""

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

        What gets another id gets it wherever the place's files name it, in the same step.

        A file of the base becomes one of the place's own, which stands for it; `Saved.files` says where it is now.
        Raises as `draft`, and ProblemError: E104 for a file that isn't YAML, E545 for a path that leads nowhere, E546
        for a text whose form doesn't allow the edit, E558 for a file of a place above.
        """
        listed = tuple(edits)
        renames = [(str(one.path[-1]), one.key) for one in listed if isinstance(one, RenameKey)]
        along = await self._along(ref, draft_id, path, listed, renames, seen) if renames else {}
        return await self._changed_text(
            ref, draft_id, path, lambda text: self._edited(path, text, listed), seen, prefer, along=along
        )

    async def save(
        self,
        ref: ActorRef,
        draft_id: str,
        path: str,
        text: str,
        *,
        seen: int,
        prefer: Prefer = "",
        over: str | None = None,
    ) -> Saved:
        """Save the whole text of one file, typed over its state at the step `seen`. Raises as `edit`.

        `over` is the text that it was typed over where that isn't what the file says at that step: whoever goes on
        typing while others' changes are merged in hasn't seen those.
        """
        typed = sound(text)
        was = None if over is None else sound(over)
        return await self._changed_text(ref, draft_id, path, lambda _: typed, seen, prefer, was)

    async def write(
        self,
        ref: ActorRef,
        draft_id: str,
        make: Callable[[Files], Files],
        *,
        seen: int,
        prefer: Prefer = "",
    ) -> Saved:
        """Let the place's own files say what `make` returns of the draft's files at the step `seen`.

        What others changed since is merged in. Raises as `draft`, what `make` raises, and ProblemError E558 for a file
        that isn't the place's.
        """
        place = (await self.draft(ref, draft_id)).place

        def made(files: Files) -> Files:
            texts = make(files)
            for path in texts:
                if self._ports.authoring.own_path(place, path) != path:
                    raise ProblemError(Problem("E558", Where(path)))
            return {**files, **{path: sound(text) for path, text in texts.items()}}

        return await self._change(ref, draft_id, seen, made, prefer)

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

        The place's cases beside it go in the same step: they would name what is there no more.

        Raises as `draft`; ProblemError E545 without such a file, E558 for one that isn't the place's.
        """
        draft = await self.draft(ref, draft_id)

        def is_own(one: str) -> bool:
            return one in draft.step.files or self._ports.authoring.own_path(draft.place, one) == one

        if not is_own(path):
            raise ProblemError(Problem("E558", Where(path)))

        def make(files: Files) -> Files:
            if path not in files:
                raise ProblemError(Problem("E545", Where(path), {"what": path}))
            going = {path, *filter(is_own, [cases_beside(files, path)])}
            return {name: text for name, text in files.items() if name not in going}

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
                names = await self._ports.names(found.draft.place)
                other = Other(
                    names.get(newest.published_by, ""),
                    newest.published_at,
                    is_reader=newest.published_by == actor.person,
                )
                return replace(saved, conflicts=by_one(saved.conflicts, other))
        raise ProblemError(Problem("E541"))

    async def authored(
        self, draft: RegulationDraft, conflicts: Iterable[FileConflict], by: str
    ) -> tuple[FileConflict, ...]:
        """Return conflicts with who made the other change of each, as it is told to the person `by`."""
        names = await self._ports.names(draft.place)

        async def read(number: int) -> tuple[DraftStep, Files]:
            step = (
                draft.step if number == draft.step.number else await self._ports.drafts.step(draft.id, number)
            )
            return step or draft.step, await self._at(draft, number)

        return await authored(
            conflicts,
            draft.step.number,
            read,
            self._ports.authoring.said,
            lambda step: other_of(by, step, names),
        )

    async def _changed_text(  # noqa: PLR0913, PLR0917 - what a change of one file is
        self,
        ref: ActorRef,
        draft_id: str,
        path: str,
        make: Callable[[str], str],
        seen: int,
        prefer: Prefer,
        over: str | None = None,
        along: Files = MappingProxyType({}),
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
            return {**files, target: make(text), **along}

        looked_at = {} if over is None else {target: over}
        return await self._change(ref, draft_id, seen, changed, prefer, looked_at)

    async def _change(
        self,
        ref: ActorRef,
        draft_id: str,
        seen: int,
        make: Callable[[Files], Files],
        prefer: Prefer = "",
        over: Files = MappingProxyType({}),
    ) -> Saved:
        """Change the files at a step; `over` are those that the actor saw otherwise than they are there."""
        actor = await self.actor(ref)
        for _ in range(_TRIES):
            found = await self.files(ref, draft_id)
            before = {**await self._at(found.draft, seen), **over}
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
            told = await asyncio.to_thread(self._in_words, both.conflicts, {**before, **onto.files})
            return Saved(last.number, {}, conflicts=await self.authored(onto.draft, told, by))
        said = {path: both.files.get(path) for path in changes_of(before, after)}
        changes = changes_of(onto.base, both.files)
        if base is None and changes == dict(last.files):
            return Saved(last.number, said, both.merged)
        step = DraftStep(last.number + 1, kind, by, self._ports.clock(), base or last.base, changes, of)
        if not await self._ports.drafts.add(onto.draft.id, step):
            return None
        return Saved(step.number, said, both.merged)

    def _in_words(self, conflicts: Iterable[FileConflict], files: Files) -> tuple[FileConflict, ...]:
        """Return conflicts with where each stands in words, as far as the files can be read."""
        return tuple(
            replace(one, words=tuple(self._led(files.get(one.path, ""), each.path) for each in one.conflicts))
            for one in conflicts
        )

    def _led(self, text: str, path: Path) -> Said:
        try:
            return led_in_file(self._ports.authoring.said(text), path)
        except UnreadableError:
            return ""

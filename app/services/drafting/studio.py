"""What the studio's pages are told: drafts and revisions, the files of a draft in words, one file as it is typed."""

import asyncio
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date

from app.domain.problem import Problem, ProblemError
from app.domain.regulation import Regulation
from app.domain.zones import date_of
from app.services.actor import ActorRef, Permission
from app.services.drafting.changes import Files
from app.services.drafting.completion import Option, options, spot_of
from app.services.drafting.definition_words import DefinitionWords, Reworded
from app.services.drafting.drafts import DraftFiles, DraftPorts, RegulationDrafting
from app.services.drafting.file_rewordings import reworded_files
from app.services.drafting.followed import cases_beside
from app.services.drafting.gates import APPROVED, SEEN
from app.services.drafting.names_offered import names_offered
from app.services.drafting.ports import Changes, DeclaredFile
from app.services.drafting.problem_titles import titles_in
from app.services.drafting.publish import changed_files
from app.services.drafting.studio_views import (
    Checked,
    Compared,
    DraftRow,
    DraftView,
    FileRow,
    FileView,
    Overview,
    RevisionRow,
)
from app.services.ending_posts import Ending, nothing_ends
from app.services.ports import FOREVER, Accounts, Loaded
from app.services.reasons.phrases import Phrase, Said

_DECLARING = (".yaml", ".yml")
"""How the names of files end that declare something; print templates are all others."""


class Studio:
    """Reads what the pages show; everything here needs the permission to publish or to approve."""

    def __init__(
        self,
        ports: DraftPorts,
        drafting: RegulationDrafting,
        accounts: Accounts,
        ending: Ending = nothing_ends,
    ) -> None:
        """Keep the ports."""
        self._ending = ending
        self._ports = ports
        self._drafting = drafting
        self._accounts = accounts

    async def overview(self, ref: ActorRef) -> Overview:
        """Return the drafts and publications of the actor's community. Raises DeniedError, ProblemError E510."""
        actor = await self._drafting.reader(ref)
        place = actor.community
        newest = await self._drafting.newest(place)
        names = await self._names(place)
        levels = {
            person: level
            for level in self._levels(place)
            for person in (await self._names(level)).keys() - names
        }
        may_edit = actor.may(Permission.PUBLISH)
        drafts = await self._drafting.changing(place)
        about = await self._drafting.about(ref, drafts)
        rows = [
            DraftRow(
                one.id,
                one.title,
                about.get(one.id, ()),
                names.get(one.opened_by, ""),
                names.get(one.step.by, ""),
                one.step.at,
                len(one.step.files),
                one.step.base != newest.hash,
                await self._stage(ref, one.id),
                levels.get(one.step.by, ""),
            )
            for one in drafts
        ]
        now = self._ports.clock()
        current = await self._ports.revisions.current(place, now)
        published = [
            RevisionRow(
                one,
                names.get(one.published_by, one.published_by),
                current is not None and (one.hash, one.published_at) == (current.hash, current.published_at),
                one.starts is not None and one.starts > now,
                names.get(one.approved_by, one.approved_by),
            )
            for one in await self._ports.revisions.all(place)
        ]
        copied, changes = await self._drafting.on_disk(place) if may_edit else (newest, {})
        is_stale = not changes and copied.hash != newest.hash
        changes = await self._not_from_above(place, changes)
        taken = await self._drafting.taken(place, copied, changes) if changes else None
        disk_draft = "" if taken is None else taken.id
        return Overview(tuple(rows), tuple(published), tuple(changes), is_stale, may_edit, disk_draft)

    @staticmethod
    def _levels(place: str) -> tuple[str, ...]:
        """Return the ids of the places that this one lies in, the nearest first."""
        return tuple(place.rsplit("/", count)[0] for count in range(1, place.count("/") + 1))

    async def _not_from_above(self, place: str, changes: Changes) -> Changes:
        """Return changes on disk without those that a level above published: nobody made them by hand here."""
        found = dict(changes)
        for level in self._levels(place):
            published = await self._ports.revisions.current(level, FOREVER)
            for path, text in changes.items() if published is not None else ():
                own = self._ports.authoring.own_path(level, path) == path
                if own and published is not None and published.files.get(path) == text:
                    found.pop(path, None)
        return found

    async def _stage(self, ref: ActorRef, draft_id: str) -> str:
        """Return how far a draft is with what it says now: `seen`, `approved`, or nothing of both."""
        marks = await self._ports.drafts.marks(draft_id)
        if not marks:
            return ""
        content = self._ports.authoring.revision_of((await self._drafting.files(ref, draft_id)).files)
        kinds = {mark.kind for mark in marks if mark.content == content}
        return next((kind for kind in (APPROVED, SEEN) if kind in kinds), "")

    async def _names(self, place: str) -> dict[str, str]:
        return {one.person: one.name for one in await self._accounts.of_place(place)}

    async def draft(self, ref: ActorRef, draft_id: str) -> DraftView:
        """Return a draft with its files and what is wrong with them. Raises DeniedError, ProblemError E547."""
        actor = await self._drafting.reader(ref)
        found = await self._drafting.files(ref, draft_id)
        loaded = await self._drafting.check(found.draft.place, found.files)
        words = await self._words(found, loaded)
        declared = await self._drafting.declared(ref, draft_id)
        originals = self._drafting.with_originals(found.draft.place, found.base, found.files)
        ending = () if loaded.regulation is None else await self._ending(found.draft.place, loaded.regulation)
        problems = (*loaded.problems, *(one.problem() for one in ending))
        removed = tuple(path for path, text in found.draft.step.files.items() if text is None)
        may_edit = actor.may(Permission.PUBLISH)
        undo, redo = await self._drafting.can(ref, draft_id) if may_edit else (False, False)
        undeclared = sorted(found.changed & found.files.keys() - {one.path for one in declared})
        return DraftView(
            found.draft,
            tuple(_row(one, found, originals, loaded.problems, words) for one in declared),
            removed,
            tuple(path for path in undeclared if path.endswith(_DECLARING)),
            problems,
            found.behind,
            may_edit,
            undo,
            redo,
            loaded.regulation is not None,
            (await self._drafting.about(ref, [found.draft])).get(found.draft.id, ()),
            {**titles_in(problems, loaded.regulation), **{one.role: one.title for one in ending}},
            await self._called(found, removed),
            tuple(path for path in undeclared if not path.endswith(_DECLARING)),
        )

    async def _called(self, found: DraftFiles, paths: Sequence[str]) -> Mapping[str, Said]:
        """Return what files are called that a draft takes away: the titles of what they declared."""
        if not paths:
            return {}
        place = found.draft.place
        before = self._drafting.with_originals(place, found.base, found.files)
        declared = await asyncio.to_thread(self._ports.authoring.declared, place, before)
        return {
            one.path: one.title or Phrase(f"kind-{one.kind or 'none'}")
            for one in declared
            if one.path in paths
        }

    async def _words(self, found: DraftFiles, loaded: Loaded) -> DefinitionWords | None:
        """Return the words of a draft's definitions; while it has errors those of its base."""
        regulation = loaded.regulation
        if regulation is None:
            base = await self._drafting.check(found.draft.place, found.base, with_cases=False)
            regulation = base.regulation
        return None if regulation is None else DefinitionWords(regulation, self._day(regulation))

    def _day(self, regulation: Regulation) -> date:
        return date_of(regulation.calendar.zone, self._ports.clock())

    async def file(self, ref: ActorRef, draft_id: str, path: str) -> FileView:
        """Return one file of a draft, or of the base where the draft has it not changed.

        Raises DeniedError, ProblemError E547 without such a draft, E545 without such a file.
        """
        actor = await self._drafting.reader(ref)
        found = await self._drafting.files(ref, draft_id)
        declared = await self._drafting.declared(ref, draft_id)
        own = self._ports.authoring.own_path(found.draft.place, path)
        if own is not None and own in found.files and path not in found.changed:
            path = own  # the place's copy, which stands for the base's
        text = found.files.get(path)
        if text is None:
            raise ProblemError(Problem("E545", values={"what": path[:80]}))
        one = next((one for one in declared if one.path == path), None)
        loaded = await self._drafting.check(found.draft.place, found.files)
        words = await self._words(found, loaded)
        return FileView(
            found.draft,
            path,
            text,
            "" if one is None else one.kind,
            "" if one is None else one.id,
            {} if one is None or words is None else words.title(one.id),
            "" if one is None else one.layer,
            own is not None or path in found.changed,
            own == path or path in found.changed,
            _checked(path, "" if one is None else one.id, loaded, words),
            actor.may(Permission.PUBLISH),
            bool(cases_beside(found.files, path)),
        )

    async def check(self, ref: ActorRef, draft_id: str, path: str, text: str) -> Checked:
        """Return what a text that is being typed says and gets wrong; nothing is saved. Raises as `file`."""
        found = await self._drafting.files(ref, draft_id)
        loaded = await self._drafting.checked_with(ref, draft_id, path, text)
        declared = await asyncio.to_thread(
            self._ports.authoring.declared, found.draft.place, {**found.files, path: text}
        )
        name = next((one.id for one in declared if one.path == path), "")
        words = (
            None
            if loaded.regulation is None
            else DefinitionWords(loaded.regulation, self._day(loaded.regulation))
        )
        return _checked(path, name, loaded, words)

    async def complete(self, ref: ActorRef, draft_id: str, path: str, before: str) -> list[Option]:
        """Return what can be typed behind a text. Raises as `file`."""
        found = await self._drafting.files(ref, draft_id)
        spot = spot_of(before)
        if spot is None:
            return []
        declared = await self._drafting.declared(ref, draft_id)
        own = self._ports.authoring.own_path(found.draft.place, path)
        kind = next((one.kind for one in declared if one.path in (path, own)), "")
        loaded = await self._drafting.check(found.draft.place, found.base, with_cases=False)
        names = names_offered(declared, loaded.regulation, self._ports.authoring.field_types())
        return options(self._ports.authoring.language(), kind, spot, names)

    async def compare(self, ref: ActorRef, one: str, other: str) -> Compared:
        """Return two publications side by side, the second as what the first became.

        Raises DeniedError, ProblemError E547 when there is no such revision.
        """
        actor = await self._drafting.reader(ref)
        sides = [await self._ports.revisions.get(actor.community, name) for name in (one, other)]
        first, second = sides
        if first is None or second is None:
            raise ProblemError(Problem("E547"))
        found = await self._compared(actor.community, first.files, second.files)
        return replace(found, before=first, after=second)

    async def changes(self, ref: ActorRef, draft_id: str) -> Compared:
        """Return a draft beside its base. Raises as `draft`."""
        found = await self._drafting.files(ref, draft_id)
        return await self._compared(found.draft.place, found.base, found.files)

    async def _compared(self, place: str, before: Files, after: Files) -> Compared:
        files = await asyncio.to_thread(
            changed_files, self._drafting.with_originals(place, before, after), after
        )
        sides = [await self._drafting.check(place, side, with_cases=False) for side in (before, after)]
        if any(side.regulation is None for side in sides):
            return Compared(files, ())
        first, second = (side.regulation for side in sides if side.regulation)
        day = self._day(second)
        old, new = DefinitionWords(first, self._day(first)), DefinitionWords(second, day)

        def told() -> tuple[Reworded, ...]:
            rows = tuple(new.reworded(old))
            known = {row.name for row in rows}
            texts = (before, first), (after, second)
            return (*rows, *reworded_files(*texts, self._ports.authoring.said, day, known))

        return Compared(files, await asyncio.to_thread(told))


def _row(
    one: DeclaredFile,
    found: DraftFiles,
    originals: Files,
    problems: Iterable[Problem],
    words: DefinitionWords | None,
) -> FileRow:
    here = [problem for problem in problems if problem.where is not None and problem.where.path == one.path]
    errors = sum(problem.is_error for problem in here)
    change = "" if one.path not in found.changed else "changed" if one.path in originals else "added"
    return FileRow(
        one.path,
        one.kind,
        one.id,
        (words.title(one.id) if words is not None and one.id else {}) or one.title,
        () if words is None else words.of(one.id),
        one.layer,
        one.own is not None,
        change,
        errors,
        len(here) - errors,
        one.cases,
    )


def _checked(path: str, name: str, loaded: Loaded, words: DefinitionWords | None) -> Checked:
    here = tuple(
        problem for problem in loaded.problems if problem.where is not None and problem.where.path == path
    )
    elsewhere = sum(problem.is_error for problem in loaded.problems) - sum(one.is_error for one in here)
    return Checked(here, elsewhere, None if words is None or loaded.regulation is None else words.of(name))

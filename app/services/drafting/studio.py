"""What the studio's pages show: drafts and revisions, the files of a draft in words, one file as it is typed."""

import asyncio
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from app.domain.kinds.common import Texts
from app.domain.problem import Problem, ProblemError
from app.domain.regulation import Regulation
from app.domain.zones import date_of
from app.services.actor import ActorRef, Permission
from app.services.drafting.changes import Files
from app.services.drafting.completion import Names, Option, options, spot_of
from app.services.drafting.definition_words import DefinitionWords, Reworded
from app.services.drafting.described import Named
from app.services.drafting.drafts import DraftFiles, DraftPorts, RegulationDrafting
from app.services.drafting.file_rewordings import reworded_files
from app.services.drafting.followed import cases_beside
from app.services.drafting.gates import APPROVED, SEEN
from app.services.drafting.ports import Changes, DeclaredFile, RegulationDraft
from app.services.drafting.problem_titles import Titles, titles_in
from app.services.drafting.publish import FileChange, changed_files
from app.services.ending_posts import Ending, nothing_ends
from app.services.ports import FOREVER, Accounts, Loaded, Revision
from app.services.reasons.phrases import Phrase, Said

_SPACINGS = ("day", "working_day", "week", "month", "quarter", "half_year", "year")
_ROWS = ("form", "duty", "indicator", "rule", "sheet", "appraisal", "table", "procedure")
_DECLARING = (".yaml", ".yml")
"""How the names of files end that declare something; print templates are all others."""


@dataclass(frozen=True, slots=True)
class DraftRow:
    """A draft in the list: who opened it when, who changed it last when, how many files it changes.

    Who is of another community, and brought a change to the level above, has no name here: "". Of somebody of a level
    above, who handed down a change, `saved_at_level` is that place's id: names of its people aren't told below.

    `about` is what it changes, by titles, where nobody gave it a title. `stage` is of what it says now: `seen` where
    its impact was looked at and nobody has approved it yet, `approved` where somebody has, else empty.
    """

    id: str
    title: str
    about: tuple[Texts | str, ...]
    opened_by: str
    saved_by: str
    saved_at: datetime
    changed: int
    behind: bool
    stage: str = ""
    saved_at_level: str = ""


@dataclass(frozen=True, slots=True)
class RevisionRow:
    """A publication: `waits` until its day, `in_force` now; who published it, and who approved it, by name."""

    revision: Revision
    by: str
    in_force: bool
    waits: bool
    approved_by: str = ""


@dataclass(frozen=True, slots=True)
class Overview:
    """The studio of a place. `disk` are the files on this machine that somebody changed by hand.

    `is_stale` says that they are a copy of an earlier revision; `disk_draft` is the open draft of them, "" without one.
    """

    drafts: tuple[DraftRow, ...]
    revisions: tuple[RevisionRow, ...]
    disk: tuple[str, ...]
    is_stale: bool
    may_edit: bool
    disk_draft: str = ""


@dataclass(frozen=True, slots=True)
class FileRow:
    """A file of a draft: what it declares, what it says, whose it is, whether it is changed, what the checker finds.

    `change` is empty, `added` or `changed`. `words` are as of the regulation in force while the draft has errors.
    `cases` are what the cases in it are called; its title is then that of the definition beside which it lies.
    """

    path: str
    kind: str
    id: str
    title: Texts
    words: tuple[Said, ...]
    layer: str
    own: bool
    change: str
    errors: int
    warnings: int
    cases: tuple[Texts, ...] = ()


@dataclass(frozen=True, slots=True)
class DraftView:
    """A draft with its files by kind; `removed` are the paths that it takes away.

    `beneath` are the paths of files that it changes though another one stands for them at the place; `titles` are
    those of what its reminders name.
    """

    draft: RegulationDraft
    files: tuple[FileRow, ...]
    removed: tuple[str, ...]
    beneath: tuple[str, ...]
    problems: tuple[Problem, ...]
    behind: bool
    may_edit: bool
    can_undo: bool
    can_redo: bool
    is_whole: bool
    about: tuple[Texts | str, ...] = ()
    titles: Titles = field(default_factory=dict)
    called: Mapping[str, Said] = field(default_factory=dict)
    """What those are called that it takes away, by path."""
    templates: tuple[str, ...] = ()
    """The paths of print templates that it changes: the editor doesn't open them."""


@dataclass(frozen=True, slots=True)
class Checked:
    """What checking a typed text gave: the problems of its file, how many errors are elsewhere, what it says.

    `words` is None while errors keep the regulation from being built.
    """

    problems: tuple[Problem, ...]
    elsewhere: int
    words: tuple[Said, ...] | None


@dataclass(frozen=True, slots=True)
class FileView:
    """One file of a draft. `removes`: it is the place's own and can be taken away; `cases`: with its cases."""

    draft: RegulationDraft
    path: str
    text: str
    kind: str
    id: str
    title: Texts
    layer: str
    own: bool
    removes: bool
    checked: Checked
    may_edit: bool
    cases: bool = False


@dataclass(frozen=True, slots=True)
class Compared:
    """Two sets of files side by side: by lines, and what definitions say in words, before and after.

    `before` and `after` are the publications where it is two of those.
    """

    files: tuple[FileChange, ...]
    words: tuple[Reworded, ...]
    before: Revision | None = None
    after: Revision | None = None


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
        names = _offered(declared, loaded.regulation, self._ports.authoring.field_types())
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


def _offered(
    declared: Sequence[DeclaredFile], regulation: Regulation | None, field_types: Sequence[str]
) -> Names:
    """Return what names can be typed, by what they name."""
    by_kind: dict[str, list[str]] = {}
    for one in declared:
        if one.id:
            by_kind.setdefault(one.kind, []).append(one.id)
    rows = [name for kind in _ROWS for name in by_kind.get(kind, [])]
    found: dict[Named, Sequence[str]] = {
        named: by_kind[named.value] for named in Named if named.value in by_kind
    }
    found[Named.TABLE] = rows
    found[Named.FIELD_TYPE] = field_types
    found[Named.SPACING] = _SPACINGS
    found[Named.PERMISSION] = [one.value for one in Permission]
    if regulation is not None:
        found |= _of_regulation(regulation, by_kind.get("role", []), rows)
    return found


def _of_regulation(
    regulation: Regulation, roles: Sequence[str], rows: Sequence[str]
) -> Mapping[Named, Sequence[str]]:
    subjects = sorted({form.describes for form in regulation.forms.values() if form.describes})
    fields = sorted({field.id for form in regulation.forms.values() for field in form.fields})
    levels = sorted({place.level for place in regulation.places.places.values()})
    posts = [f"{word} {role}" for word in ("role", "post") for role in roles]
    return {
        Named.SUBJECT: subjects,
        Named.REFERENCE: [*subjects, *levels, "worker", "role"],
        Named.EACH: [*subjects, *posts, *levels, *rows],
        Named.LEVEL: levels,
        Named.FIELD: fields,
        Named.COLUMN: fields,
        Named.FINDING: sorted({rule.then.finding for rule in regulation.rules.values()}),
    }

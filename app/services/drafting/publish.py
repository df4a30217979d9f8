"""Files on disk: what they say beside the revision in force, and an operator's way of putting them into force."""

import asyncio
import difflib
import logging
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Protocol

from app.domain.entry import Entry, standing
from app.domain.form_changes import Fate, FormChange, form_changes
from app.domain.place_changes import PlaceChange, place_changes
from app.domain.problem import Problem, ProblemError
from app.domain.regulation import Regulation, sensitive_fields
from app.services.actor import Actor, ActorRef, DeniedError, Permission, Resolve
from app.services.cases import CaseResult, run_cases
from app.services.ports import (
    COMMAND,
    FOREVER,
    Clock,
    Decider,
    Declarations,
    Ledger,
    Loaded,
    Progress,
    Revision,
    Revisions,
)

_CONTEXT = 2
"""Unchanged lines shown around a change."""

logger = logging.getLogger("gridbook")


class Copies(Protocol):
    """Remembers which revision this machine's copy of a place's files came from."""

    def origin(self, place: str) -> str | None:
        """Return the hash of the revision, or None when it isn't known."""
        ...

    def note(self, place: str, revision_hash: str) -> None:
        """Remember that the files equal this revision now."""
        ...


@dataclass(frozen=True, slots=True)
class FileChange:
    """A file that differs from the revision in force. `kind`: added, changed, removed; `lines`: a unified diff."""

    path: str
    kind: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Standing:
    """What a place's files say beside what is in force there.

    `problems` are the checker's findings about the files on disk; with an error among them they can't be published.
    `behind` says that somebody published since this copy of the files was made.
    """

    place: str
    current: Revision | None
    revision: str
    changes: tuple[FileChange, ...]
    problems: tuple[Problem, ...]
    behind: bool = False

    @property
    def errors(self) -> tuple[Problem, ...]:
        """The problems that refuse the files."""
        return tuple(problem for problem in self.problems if problem.is_error)

    @property
    def can_be_published(self) -> bool:
        """Whether there is a change, and nothing speaks against it."""
        return bool(self.changes) and not self.errors and not self.behind


@dataclass(slots=True)
class _Seen:
    """The files of a place as they were last looked at."""

    files: Mapping[str, str]
    loaded: Loaded
    told: tuple[str, ...] = ()
    cases: list[CaseResult] | None = None


class Publishing:
    """Looks at the files, tells what would change, publishes for operators; each process over the database follows."""

    def __init__(
        self,
        declarations: Declarations,
        revisions: Revisions,
        copies: Copies,
        decider: Callable[[], Decider],
        resolve: Resolve,
        clock: Clock,
        ledger: Ledger | None = None,
    ) -> None:
        """Keep the ports; without a ledger there are no answers that a change could touch."""
        self._ledger = ledger
        self._declarations = declarations
        self._revisions = revisions
        self._copies = copies
        self._decider = decider
        self._resolve = resolve
        self._clock = clock
        self._seen: dict[str, _Seen] = {}

    # ---- for people ------------------------------------------------------------------------------------------------
    async def standing_for(self, ref: ActorRef) -> Standing:
        """Return how the actor's community stands. Raises DeniedError."""
        return await self.standing((await self._publisher(ref)).community)

    async def history_for(self, ref: ActorRef) -> list[Revision]:
        """Return the published revisions of the actor's community, newest first. Raises DeniedError."""
        return await self._revisions.all((await self._publisher(ref)).community)

    async def _publisher(self, ref: ActorRef) -> Actor:
        actor = await self._resolve(ref, self._clock())
        if not actor.may(Permission.PUBLISH):
            raise DeniedError("not_permitted")
        return actor

    # ---- for the command line and the background ---------------------------------------------------------------------
    async def published_places(self) -> list[str]:
        """Return the ids of the declared communities that have a regulation in force."""
        places = await asyncio.to_thread(self._declarations.places)
        now = self._clock()
        return [place for place in places if await self._revisions.current(place, now) is not None]

    async def needs_approval(self, place: str) -> bool:
        """Whether the regulation in force names a post that approves its changes."""
        current = await self._revisions.current(place, self._clock())
        if current is None:
            return False
        loaded = await asyncio.to_thread(self._declarations.load, place, current.files, with_cases=False)
        return loaded.regulation is not None and bool(approving(loaded.regulation))

    async def standing(self, place: str) -> Standing:
        """Return how a place's files stand beside its last publication, also one whose day hasn't come."""
        current = await self._revisions.current(place, FOREVER)
        seen = await self._look_at(place)
        changes = await asyncio.to_thread(changed_files, {} if current is None else current.files, seen.files)
        if current is not None and not changes:
            await asyncio.to_thread(self._copies.note, place, current.hash)
        behind = False
        if current is not None and changes:
            origin = await asyncio.to_thread(self._copies.origin, place)
            behind = (origin is not None and origin != current.hash) or await self._is_old(
                place, seen.loaded.revision
            )
        return Standing(place, current, seen.loaded.revision, changes, seen.loaded.problems, behind)

    async def _is_old(self, place: str, revision: str) -> bool:
        """Whether the files are those of a revision that was in force before."""
        return await self._revisions.get(place, revision) is not None

    async def cases(self, place: str, progress: Progress | None = None) -> list[CaseResult]:
        """Run the cases of a place's files on disk; once for the same files. Raises ProblemError, DecisionError."""
        return await self._cases(await self._look_at(place), progress)

    async def answers(self, place: str) -> tuple[FormChange, ...]:
        """Return what becomes of the answers that there are under a place's files on disk: forms that read otherwise.

        Raises ProblemError for files with errors.
        """
        found = await self._touched(place)
        return () if found is None else await asyncio.to_thread(form_changes, *found)

    async def _touched(self, place: str) -> tuple[Regulation, Regulation, list[Entry]] | None:
        """Return the regulation published last, that of the files on disk, and the entries that stand."""
        after = whole((await self._look_at(place)).loaded)
        current = await self._revisions.current(place, FOREVER)
        if self._ledger is None or current is None or current.hash == after.revision:
            return None
        before = await asyncio.to_thread(self._declarations.load, place, current.files, with_cases=False)
        if before.regulation is None:
            return None
        entries = [stored.entry async for stored in self._ledger.read(place)]
        return before.regulation, after, standing(entries, self._clock())

    def _lost(
        self, before: Regulation, after: Regulation, stands: list[Entry], *, meant: bool
    ) -> list[Problem]:
        """Return which answers would count nowhere, unless that is meant, and which places are needed still."""
        forms = () if meant else form_changes(before, after, stands)
        return [*left_out(forms), *needed(place_changes(before, after, stands, self._clock()))]

    async def _cases(self, look: _Seen, progress: Progress | None = None) -> list[CaseResult]:
        regulation = whole(look.loaded)
        if look.cases is None:
            look.cases = await asyncio.to_thread(
                run_cases, regulation, regulation.cases, self._decider(), progress
            )
        return look.cases

    async def publish(
        self,
        place: str,
        by: str,
        resolution: str = "",
        *,
        seen: str | None = None,
        force: bool = False,
        despite_cases: bool = False,
        despite_entries: bool = False,
    ) -> Revision:
        """Put the files on disk into force, from now on; return the revision. Nothing changes when they are already.

        This is an operator's way, past the gates of the studio; the revision says so (COMMAND). People make a draft.

        Raises ProblemError: every error of the files; E541 when they changed since the actor looked (`seen`); E542
        when somebody else has published since this copy was made, unless `force`; E543 when cases of the regulation
        fail, unless `despite_cases`; E544 when entries would count nowhere any more, unless `despite_entries`; E599
        when a place would end or go that somebody is in charge of, or that entries name. Raises DecisionError when the
        cases can't be run.
        """
        standing = await self.standing(place)
        look = self._seen[place]
        whole(look.loaded)
        if seen is not None and seen != standing.revision:
            raise ProblemError(Problem("E541"))
        if standing.current is not None and not standing.changes:
            return standing.current
        if standing.behind and not force:
            raise ProblemError(Problem("E542"))
        failed = [] if despite_cases else [case for case in await self._cases(look) if not case.passed]
        if failed:
            raise ProblemError(Problem("E543", failed[0].case.where, {"failed": len(failed)}))
        touched = await self._touched(place)
        lost = [] if touched is None else await asyncio.to_thread(self._lost, *touched, meant=despite_entries)
        if lost:
            raise ProblemError(*lost)
        based_on = None if standing.current is None else standing.current.hash
        now = self._clock()
        waits = None if standing.current is None else standing.current.starts
        revision = Revision(
            standing.revision,
            place,
            look.files,
            now,
            by,
            resolution.strip(),
            based_on=based_on,
            starts=waits
            if waits is not None and waits > now
            else None,  # what it is based on waits for its day
            way=COMMAND,
        )
        await self._revisions.add(revision)
        if self._ledger is not None:
            await self._ledger.set_apart(place, sensitive_fields(whole(look.loaded)))
        await asyncio.to_thread(self._copies.note, place, revision.hash)
        return revision

    async def look(self) -> None:
        """Look for files that were changed by hand: broken ones are told in the log, by code and place; once."""
        for place in await self.published_places():
            seen = await self._look_at(place)
            told = tuple(
                f"{problem.code} {problem.where}" for problem in seen.loaded.problems if problem.is_error
            )
            if told and told != seen.told:
                logger.warning(
                    "files of %s are at fault, the revision in force stays: %s", place, "; ".join(told)
                )
            seen.told = told

    async def _look_at(self, place: str) -> _Seen:
        """Return the files as they are now, checked; checking is done again only after a change."""
        files = await asyncio.to_thread(self._declarations.read_files, place)
        seen = self._seen.get(place)
        if seen is None or seen.files != files:
            loaded = await asyncio.to_thread(self._declarations.load, place, files)
            seen = self._seen[place] = _Seen(files, loaded)
        return seen


def left_out(changes: Iterable[FormChange]) -> Iterator[Problem]:
    """Yield a problem (E544) for each question by which entries would count nowhere any more."""
    for change in changes:
        for one in change.questions:
            if one.fate is Fate.LEFT_OUT:
                what = f"{change.form}/fields/{one.question}" if one.question else change.form
                yield Problem("E544", one.where, {"what": what, "entries": one.entries})


def needed(changes: Iterable[PlaceChange]) -> Iterator[Problem]:
    """Yield a problem (E599) for each place that can't end or go yet."""
    for change in changes:
        if change.posts and change.until is not None:
            held = sum(one.many for one in change.posts)
            day = change.until.isoformat()
            yield Problem("E599", values={"what": change.place, "reason": "held", "number": held, "day": day})
        elif change.refused:
            yield Problem("E599", values={"what": change.place, "reason": "named", "number": change.entries})


def approving(regulation: Regulation) -> tuple[str, ...]:
    """Return the roles that a regulation names for approving its changes, of those that there are at its place.

    A role of the street is none of a community's, nor one of a community's the street's.
    """
    here = {regulation.place.level}
    if not regulation.is_above:
        here = {one.level for one in regulation.places.within(regulation.place.id)} | here
    return tuple(
        role.id for role in regulation.roles.values() if Permission.APPROVE in role.may and role.level in here
    )


def whole(loaded: Loaded) -> Regulation:
    """Return the regulation that was loaded. Raises ProblemError with every error."""
    if loaded.regulation is None:
        raise ProblemError(*(problem for problem in loaded.problems if problem.is_error))
    return loaded.regulation


def _lines(text: str | None) -> list[str]:
    """Return lines that can be shown: odd bytes of a file that isn't UTF-8 stand in its text as surrogates."""
    return (text or "").encode("utf-8", "replace").decode().splitlines()


def changed_files(before: Mapping[str, str], after: Mapping[str, str]) -> tuple[FileChange, ...]:
    """Return the files that differ, by path."""
    changes = []
    for path in sorted({*before, *after}):
        old, new = before.get(path), after.get(path)
        if old == new:
            continue
        kind = "added" if old is None else "removed" if new is None else "changed"
        lines = difflib.unified_diff(_lines(old), _lines(new), n=_CONTEXT, lineterm="")
        changes.append(FileChange(path, kind, tuple(lines)[2:]))
    return tuple(changes)

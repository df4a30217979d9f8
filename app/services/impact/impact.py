"""What a draft of the regulation would change: replayed over a past period beside what is in force.

It works beside the pages, with progress, and can be called off. Tables that are at work anyway are the one side; the
other takes over all of them that the draft leaves alone. Nothing of it is stored: what it tells follows from the
entries and the two sets of files, and is worked out anew where it is asked for after a restart.
"""

import asyncio
import hashlib
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from functools import cached_property
from typing import Final

from app.domain.entry import Entry
from app.domain.impact import Impact, impact_of
from app.domain.kinds.form import Form
from app.domain.period import Period
from app.domain.problem import ProblemError
from app.domain.regulation import Regulation
from app.domain.zones import date_of
from app.services.actor import Actor, ActorRef, DeniedError, Permission, Resolve
from app.services.clearance import clearance
from app.services.drafting.publish import FileChange, changed_files
from app.services.impact.beside import Beside
from app.services.live import LiveCommunities, read_period
from app.services.ports import Clock, Decider, Declarations, Progress, Revision
from app.services.snapshots import Snapshot

REMEMBERED: Final = 3
"""How many replays a process keeps."""

MOST_YEARS: Final = 5
"""How many years back a draft can be tried over."""

DraftFiles = Callable[[ActorRef, str], Awaitable[Mapping[str, str]]]
"""Returns the files of a draft of the actor's, by its id; raises DeniedError, ProblemError for one there isn't."""


READERS: Final = frozenset({Permission.PUBLISH, Permission.APPROVE})
"""Who sees what a draft would change: those who publish, and those who approve."""


class CalledOffError(Exception):
    """Nobody wants the result any more."""


@dataclass(frozen=True)
class Replayed:
    """Both sides over the same entries, and what differs. `files` are the texts that do.

    `waits` is the last publication that waits for its day and whose change these files have, too: it isn't in force, so
    what differs is of both.
    """

    base: Snapshot
    after: Beside
    impact: Impact
    decider: Decider = field(repr=False)
    files: tuple[FileChange, ...] = ()
    waits: Revision | None = None

    @cached_property
    def before(self) -> Beside:
        """The side in force, to be asked for reasons: nothing of it is worked out again."""
        made = Beside(self.base.regulation, self.base, self.decider)
        made.load_beside(())
        return made


class Doing(StrEnum):
    """What a replay is at, in their order."""

    WAITING = "waiting"  # another replay goes first
    READING = "reading"  # the entries, for the revision in force
    IN_FORCE = "in_force"  # the period under the revision in force
    DRAFT = "draft"  # the same under the draft
    COMPARING = "comparing"


@dataclass(frozen=True, slots=True)
class Stage:
    """How far a replay is: `done` of `total` (0: it isn't known yet) of what it is doing, begun at `since`.

    `state`: running, done, failed, off. `draft` is the draft that was asked about last, "" for the files on disk.
    """

    id: str
    period: str
    state: str
    doing: Doing
    done: int
    total: int
    since: datetime
    draft: str = ""


@dataclass(slots=True)
class _Run:
    place: str
    period: Period
    regulation: Regulation
    files: tuple[FileChange, ...]
    since: datetime
    waits: Revision | None = None
    draft: str = ""
    state: str = "running"
    doing: Doing = Doing.WAITING
    done: int = 0
    total: int = 0
    fault: Exception | None = None
    result: Replayed | None = None
    task: "asyncio.Task[None] | None" = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Sight:
    """What somebody may see of a replay beside its totals: others' results, subjects by name, sensitive answers."""

    scores: bool
    subjects: bool
    sensitive: bool


def replay(
    regulation: Regulation,
    base: Snapshot,
    entries: list[Entry],
    decider: Decider,
    files: tuple[FileChange, ...] = (),
    progress: Progress | None = None,
) -> Replayed:
    """Return what `regulation` makes of what `base` rests on, beside it. `entries` are all of those, in any order.

    Blocking. Raises DecisionError. `progress` is called with (done, of).
    """
    after = _laid(regulation, base, entries, decider, progress)
    return _compared(base, after, decider, files)


def _laid(
    regulation: Regulation,
    base: Snapshot,
    entries: list[Entry],
    decider: Decider,
    progress: Progress | None,
) -> Beside:
    after = Beside(regulation, base, decider)
    after.load_beside(entries, progress)
    return after


def _compared(base: Snapshot, after: Beside, decider: Decider, files: tuple[FileChange, ...]) -> Replayed:
    return Replayed(base, after, impact_of(base, after, after.rerun), decider, files)


class ImpactService:
    """Replays drafts for those who may publish or approve; who sees what of the result is asked at each call."""

    def __init__(
        self,
        live: LiveCommunities,
        declarations: Declarations,
        decider: Callable[[], Decider],
        resolve: Resolve,
        clock: Clock,
        drafts: DraftFiles | None = None,
    ) -> None:
        """Keep the ports; without `drafts` there are only the files on disk."""
        self._live = live
        self._declarations = declarations
        self._decider = decider
        self._resolve = resolve
        self._clock = clock
        self._drafts = drafts
        self._runs: OrderedDict[str, _Run] = OrderedDict()
        self._one_at_a_time = asyncio.Semaphore(1)

    # ---- for people ------------------------------------------------------------------------------------------------
    async def start(self, ref: ActorRef, period: str, draft: str = "") -> str:
        """Begin to replay a draft ("": the files on disk) over a period; return the replay's id.

        What is being worked out, or known already, isn't begun again. Raises DeniedError, ProblemError: E510, E511, or
        the faults of the draft's files.
        """
        actor = await self._reader(ref)
        place = actor.community
        if draft and self._drafts is not None:
            files = await self._drafts(ref, draft)
        else:
            files = await asyncio.to_thread(self._declarations.read_files, place)
        run = await self.begin(place, period, files)
        self._runs[run].draft = draft
        return run

    async def stage(self, ref: ActorRef, run: str) -> Stage | None:
        """Return how far a replay is; None for one that there isn't (any more). Raises DeniedError."""
        actor = await self._reader(ref)
        found = self._runs.get(run)
        if found is None or found.place != actor.community:
            return None
        return Stage(
            run,
            found.period.label,
            found.state,
            found.doing,
            found.done,
            found.total,
            found.since,
            found.draft,
        )

    async def call_off(self, ref: ActorRef, run: str) -> None:
        """End a replay that goes on. Raises DeniedError."""
        actor = await self._reader(ref)
        found = self._runs.get(run)
        if found is not None and found.place == actor.community and found.state == "running":
            found.state = "off"

    async def result(self, ref: ActorRef, run: str) -> "tuple[Replayed, Sight] | None":
        """Return a replay that is done, and what the actor may see of it; None for one that isn't there.

        Raises DeniedError; what it failed by: ProblemError, DecisionError.
        """
        actor = await self._reader(ref)
        found = self._runs.get(run)
        if found is None or found.place != actor.community:
            return None
        if found.fault is not None:
            raise found.fault
        if found.result is None:
            return None
        return found.result, sight_of(actor, found.result.after.regulation.forms.values())

    async def periods(self, ref: ActorRef) -> tuple[str, ...]:
        """Return the years of which there are records, the newest first, five at most. Raises DeniedError."""
        actor = await self._reader(ref)
        community = await self._live.fresh(actor.community)
        zone = community.regulation.calendar.zone
        files = {form.id for form in community.regulation.forms.values() if form.describes is not None}
        last = date_of(zone, self._clock()).year
        days = [date_of(zone, one.at).year for one in community.entries.values() if one.form not in files]
        first = max(min(days, default=last), last - MOST_YEARS + 1)
        return tuple(str(year) for year in range(last, first - 1, -1))

    async def _reader(self, ref: ActorRef) -> Actor:
        actor = await self._resolve(ref, self._clock())
        if not any(map(actor.may, READERS)):
            raise DeniedError("not_permitted")
        return actor

    # ---- at work ---------------------------------------------------------------------------------------------------
    async def begin(
        self, place: str, period: str, files: Mapping[str, str], progress: Progress | None = None
    ) -> str:
        """Begin to replay files, or find the replay that is there; who may is not asked here. Raises as `start`.

        `progress` is called with (nodes, of) where the community isn't at work yet.
        """
        community = await self._live.fresh(place, progress)
        window = read_period(period, community.regulation)
        loaded = await asyncio.to_thread(self._declarations.load, place, files, with_cases=False)
        if loaded.regulation is None:
            raise ProblemError(*(problem for problem in loaded.problems if problem.is_error))
        in_force = community.regulation.revision
        parts = (place, window.label, in_force, loaded.revision, str(community.number))
        run = hashlib.sha256("\0".join(parts).encode()).hexdigest()[:16]
        known = self._runs.get(run)
        if known is None or known.state in {"failed", "off"}:
            changed = await self._changed(place, files)
            waits = await self._waiting(place, files)
            made = _Run(place, window, loaded.regulation, changed, self._clock(), waits)
            self._runs[run] = made
            made.task = asyncio.get_running_loop().create_task(self._work(made), name="impact")
        self._runs.move_to_end(run)
        self._forget()
        return run

    async def wait(self, run: str, progress: Progress | None = None) -> Replayed:
        """Return a replay when it is done. Raises what it failed by; CalledOffError."""
        found = self._runs[run]
        while found.task is not None and not found.task.done():
            await asyncio.wait({found.task}, timeout=0.2)
            if progress is not None:
                progress(found.done, found.total)
        if found.fault is not None:
            raise found.fault
        if found.result is None:
            raise CalledOffError
        return found.result

    async def _changed(self, place: str, files: Mapping[str, str]) -> tuple[FileChange, ...]:
        current = await self._live.revision(place)
        return await asyncio.to_thread(changed_files, current.files, files)

    async def _waiting(self, place: str, files: Mapping[str, str]) -> Revision | None:
        """Return a publication that waits for its day, where files have what it changes, or change that further."""
        waiting = await self._live.waiting(place)
        if waiting is None:
            return None
        current = (await self._live.revision(place)).files
        paths = {one for one in {*current, *waiting.files} if current.get(one) != waiting.files.get(one)}
        return waiting if any(files.get(one) != current.get(one) for one in paths) else None

    def _forget(self) -> None:
        done = [run for run, found in self._runs.items() if found.state != "running"]
        for run in done[:-REMEMBERED]:
            del self._runs[run]

    async def _work(self, run: _Run) -> None:
        def at(doing: Doing, behind: Doing) -> Progress:
            """Begin with `doing`: `behind` is what it comes to with the first node, and with the last one."""
            run.doing, run.done, run.total = doing, 0, 0

            def progress(done: int, total: int) -> None:
                if run.state == "off":
                    raise CalledOffError
                run.done, run.total = done, total
                run.doing = behind if done else doing

            return progress

        try:
            async with self._one_at_a_time:
                told = at(Doing.READING, Doing.IN_FORCE)
                evaluation = await self._live.other_period(run.place, run.period.label, told)
                community = await self._live.fresh(run.place)
                told = at(Doing.DRAFT, Doing.DRAFT)
                told(0, 1)
                base, entries = evaluation.snapshot(), list(community.entries.values())
                decider = self._decider()
                after = await asyncio.to_thread(_laid, run.regulation, base, entries, decider, told)
                run.doing, run.done, run.total = Doing.COMPARING, 0, 0
                compared = await asyncio.to_thread(_compared, base, after, decider, run.files)
                run.result = replace(compared, waits=run.waits)
                run.done = run.total = 1
                run.state = "done"
        except CalledOffError:
            run.state = "off"
        except Exception as fault:  # noqa: BLE001 - it is raised again where somebody asks for the result
            run.fault, run.state = fault, "failed"


def sight_of(actor: Actor, forms: Iterable[Form]) -> Sight:
    """Return what an actor may see of a replay: sensitive columns where none is kept from it."""
    return Sight(
        actor.may(Permission.SEE_SCORES),
        actor.may(Permission.SEE_PLACE),
        all(clearance(actor, form).reads(item) for form in forms for item in form.fields),
    )


EVERYTHING: Final = Sight(scores=True, subjects=True, sensitive=True)
"""What the machine's operator sees."""

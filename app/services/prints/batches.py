"""Many appraisals as one print: a job that goes on where it stopped, with one merged file and a zip of single ones.

People are printed some at a time. What is printed lies on the disk, so a batch that is paused, or whose process died,
goes on with the next ones; it begins anew where entries, rules or the day have changed meanwhile, since then the pages
wouldn't fit together.
"""

import asyncio
import hashlib
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Final, Protocol
from zoneinfo import ZoneInfo

from app.domain.kinds.appraisal import Appraisal
from app.domain.problem import Problem, ProblemError
from app.domain.zones import date_of
from app.i18n import Translator
from app.services.actor import ActorRef, DeniedError, Permission
from app.services.appraising.opened import Opened
from app.services.appraising.ranking import appraisal_view
from app.services.appraising.record import RecordReader
from app.services.appraising.scores import ScoresService
from app.services.appraising.standings import name_of
from app.services.evaluate import ledger_hash
from app.services.jobs import Turned
from app.services.labels import Labels
from app.services.parts import covers_all
from app.services.people import require
from app.services.ports import AppraisalDocument, Clock, Job, Jobs, Progress
from app.services.prints.appraisal import Sources, document_of
from app.services.prints.file_names import file_name
from app.services.prints.printing_jobs import (
    PAUSED,
    UNDER_WAY,
    PrintingJob,
    PrintingQueue,
    as_printing,
    asked_by,
)

KIND: Final = "print"
TOGETHER: Final = 10
"""How many people are printed in one go: they share their fonts, and the printing process holds their pages."""
WHICH: Final = ("pdf", "zip")
_STOPPED: Final = frozenset({PAUSED, "failed"})


@dataclass(frozen=True, slots=True)
class Pages:
    """Some documents printed: all pages together, each as a file of its own, and how many pages each of them has."""

    together: bytes
    singles: tuple[bytes, ...]
    counts: tuple[int, ...]


Bookmarks = Sequence[tuple[str, int]]
"""Where each document of a merged file begins: its title, and its first page, from nought."""


@dataclass(frozen=True, slots=True)
class Called:
    """What a printed document is called: `title` in the merged file's list, and `file`, of its own file in the zip."""

    title: str
    file: str


class BatchPress(Protocol):
    """Prints some documents in one go, and puts what was printed together. Blocking."""

    def available(self) -> Problem | None:
        """Return None when PDFs can be made, else what is missing."""
        ...

    def several(self, documents: Sequence[AppraisalDocument], language: str) -> Pages:
        """Return the PDFs of documents of one template. Raises ProblemError E574, E575."""
        ...

    def join(
        self,
        parts: Sequence[Path],
        target: Path,
        about: AppraisalDocument,
        language: str,
        data: str,
        marks: Bookmarks,
    ) -> None:
        """Write all pages into one file with bookmarks, `data` (JSON) attached. Raises ProblemError E575, E576."""
        ...


class BatchFolder(Protocol):
    """Where the parts of one batch lie until it is whole. Raises ProblemError E576 where the disk is full."""

    def begin(self, key: str) -> frozenset[int]:
        """Return the numbers of the parts that are there of the batch of this key; those of another one are dropped."""
        ...

    def put(self, number: int, pages: Pages, called: Sequence[Called], data: str) -> None:
        """Keep a part: whole and on the disk, or not at all. `data` are its people's JSON, one a line."""
        ...

    def finish(self, count: int, join: Callable[[Sequence[Path], Path, str, Bookmarks], None]) -> None:
        """Put `count` parts together: `join` writes the merged file; then the parts are dropped."""
        ...

    def path(self, which: str) -> Path | None:
        """Return the finished file, `pdf` or `zip`, or None."""
        ...


@dataclass(frozen=True, slots=True)
class Batch:
    """What is to be printed: whom, from which evaluation, in which language; `address` is where the app is reached."""

    opened: Opened
    appraisal: Appraisal
    people: tuple[str, ...]
    language: str
    ledger: str
    now: datetime
    address: str = ""

    @property
    def key(self) -> str:
        """What the pages depend on, as a hash: parts of two batches with one key fit together."""
        zone = self.opened.regulation.calendar.zone
        said = (
            self.opened.regulation.revision,
            self.ledger,
            date_of(zone, self.now).isoformat(),
            self.appraisal.id,
            self.opened.period,
            self.language,
            self.address,
            *self.people,
        )
        return hashlib.sha256("\0".join(said).encode()).hexdigest()


def print_batch(
    batch: Batch,
    folder: BatchFolder,
    press: BatchPress,
    progress: Progress,
    go_on: Callable[[], bool] = lambda: True,
) -> bool:
    """Print a batch into its folder; False where `go_on` said no before the end. Raises ProblemError."""
    if not batch.people:
        raise ProblemError(Problem("E570"))
    there = folder.begin(batch.key)
    reader = RecordReader(batch.opened, batch.appraisal)
    t = Translator(batch.language).at(ZoneInfo(batch.opened.regulation.calendar.zone))
    called = called_of(batch, t)
    parts = [batch.people[at : at + TOGETHER] for at in range(0, len(batch.people), TOGETHER)]
    done = 0
    for number, people in enumerate(parts):
        if number not in there:
            if not go_on():
                return False
            documents = [
                document_of(
                    Sources(
                        batch.opened, batch.appraisal, about, batch.ledger, batch.now, batch.address, reader
                    ),
                    t,
                )
                for about in people
            ]
            pages = press.several(documents, batch.language)
            folder.put(
                number, pages, [called[about] for about in people], "\n".join(one.json for one in documents)
            )
        done += len(people)
        progress(done, len(batch.people))
    first = document_of(
        Sources(batch.opened, batch.appraisal, batch.people[0], batch.ledger, batch.now, "", reader), t
    )

    def join(paths: Sequence[Path], target: Path, data: str, marks: Bookmarks) -> None:
        press.join(paths, target, first, batch.language, data, marks)

    folder.finish(len(parts), join)
    return True


def called_of(batch: Batch, t: Translator) -> dict[str, Called]:
    """Return what each one's document is called; of two with one name the id tells which file is whose."""
    opened = batch.opened
    names = {
        about: (name if isinstance(name := name_of(opened, about), str) else t.text(name)) or about
        for about in batch.people
    }
    many = Counter(file_name(name, "pdf") for name in names.values())
    title = t.text(batch.appraisal.heading.title) or batch.appraisal.id
    called = {}
    for about, name in names.items():
        own = (about,) if many[file_name(name, "pdf")] > 1 else ()
        called[about] = Called(name, file_name("-".join((title, batch.opened.period, name, *own)), "pdf"))
    return called


def people_of(opened: Opened, appraisal: Appraisal, now: datetime) -> tuple[str, ...]:
    """Return all who are assessed and whom the actor sees, best first; then by id, so the order is the same again."""
    return tuple(row.about for row in appraisal_view(opened, appraisal, now).rows)


class PrintBatches:
    """Starts, stops and shows batches, for those with APPRAISE over the whole community."""

    def __init__(
        self,
        scores: ScoresService,
        jobs: Jobs,
        press: BatchPress,
        folders: Callable[[str], BatchFolder],
        clock: Clock,
        call: Callable[[], None],
    ) -> None:
        """Keep the ports; `folders` gives the folder of a job, `call` wakes whoever does the jobs."""
        self._scores = scores
        self._jobs = jobs
        self._press = press
        self._folders = folders
        self._clock = clock
        self._call = call
        self._queue = PrintingQueue(KIND, jobs, clock, call)

    async def start(self, ref: ActorRef, appraisal: str, period: str, language: str, address: str) -> str:
        """Queue a batch and return its id; one of the same that is under way already is that one.

        Raises DeniedError, ProblemError E511, E570, and what keeps PDFs from being made.
        """
        opened = await self._opened(ref, period)
        missing = self._press.available()
        if missing is not None:
            raise ProblemError(missing)
        if appraisal not in opened.regulation.appraisals:
            raise ProblemError(Problem("E570"))
        said = {"appraisal": appraisal, "period": opened.period, "language": language, "address": address}
        return await self._queue.put(ref, opened.actor, said)

    async def all(self, ref: ActorRef, period: str | None = None) -> tuple[PrintingJob, ...]:
        """Return the batches of the reader's community, newest first. Raises DeniedError, ProblemError E511."""
        opened = await self._opened(ref, period)
        found = await self._queue.of_place(opened.actor.community)
        return tuple(self._view(job, opened) for job in found)

    async def pause(self, ref: ActorRef, job_id: str) -> None:
        """Stop a batch after the people that are being printed. Raises DeniedError, ProblemError E570 for none."""
        job = await self._job(ref, job_id)
        await self._jobs.turn(job, UNDER_WAY, PAUSED, job.arguments, None, (job.done, job.total))

    async def go_on(self, ref: ActorRef, job_id: str) -> None:
        """Let a batch that was paused, or that failed, go on where it stopped. Raises as `pause`."""
        job = await self._job(ref, job_id)
        if await self._jobs.turn(job, _STOPPED, "queued", job.arguments, None, (job.done, job.total)):
            self._call()

    async def file(self, ref: ActorRef, job_id: str, which: str) -> Path | None:
        """Return the merged file (`pdf`) or the single ones (`zip`), None while there is none. Raises as `pause`."""
        job = await self._job(ref, job_id)
        return self._folders(job.id).path(which) if which in WHICH else None

    async def work(self, job: Job, progress: Progress) -> Turned:
        """Print; begun again after a crash it goes on. Raises ProblemError; DeniedError counts as E570."""
        said = job.arguments
        try:
            opened = await self._opened(asked_by(job), str(said["period"]))
        except DeniedError:
            raise ProblemError(Problem("E570")) from None
        appraisal = opened.regulation.appraisals.get(str(said["appraisal"]))
        if appraisal is None:
            raise ProblemError(Problem("E570"))
        now = opened.evaluation.as_of or self._clock()
        opened = Opened(
            opened.actor, opened.community, opened.evaluation, opened.period, Labels(opened.evaluation, now)
        )
        reached = job.done, job.total

        def counted(done: int, total: int) -> None:
            nonlocal reached
            reached = done, total
            progress(done, total)

        with self._scores.held(opened):
            whole = await self._printed(job, opened, appraisal, now, counted)
        if not whole:  # paused while a part was printed, which is counted since
            await self._jobs.turn(job, {PAUSED}, PAUSED, said, None, reached)
        return Turned("done" if whole else PAUSED, said, reached=reached)

    async def _printed(
        self, job: Job, opened: Opened, appraisal: Appraisal, now: datetime, progress: Progress
    ) -> bool:
        """Print one after the other beside the event loop; return whether all are printed, False once paused."""
        said = job.arguments
        hashed = opened.ledger or await asyncio.to_thread(
            ledger_hash, list(opened.community.entries.values())
        )
        people = await asyncio.to_thread(people_of, opened, appraisal, now)
        batch = Batch(
            opened, appraisal, people, str(said["language"]), hashed, now, str(said.get("address") or "")
        )
        loop = asyncio.get_running_loop()

        def go_on() -> bool:
            current = asyncio.run_coroutine_threadsafe(self._jobs.get(job.id), loop).result()
            return current is not None and current.state == "running"

        run = partial(print_batch, batch, self._folders(job.id), self._press, progress, go_on)
        return await asyncio.to_thread(run)

    # ---- inside ----------------------------------------------------------------------------------------------------
    async def _opened(self, ref: ActorRef, period: str | None) -> Opened:
        opened = await self._scores.open(ref, period)
        require(opened.actor, Permission.APPRAISE)
        if not covers_all(opened.actor, opened.regulation):
            raise DeniedError("not_permitted")
        return opened

    async def _job(self, ref: ActorRef, job_id: str) -> Job:
        opened = await self._opened(ref, None)
        job = await self._queue.one(job_id, opened.actor.community)
        if job is None:
            raise ProblemError(Problem("E570"))
        return job

    def _view(self, job: Job, opened: Opened) -> PrintingJob:
        named = str(job.arguments["appraisal"])
        appraisal = opened.regulation.appraisals.get(named)
        return as_printing(
            job,
            self._clock(),
            opened.labels.of("worker", job.by).name,
            made=job.state == "done" and self._folders(job.id).path("pdf") is not None,
            title=(None if appraisal is None else appraisal.heading.title) or {"zh": named},
        )

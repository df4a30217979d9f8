"""The printed comparison of the communities below a place: a job with progress, its file kept until it is fetched.

All entries of all communities are read for it, under the rules of the place itself: that makes them comparable. They
are read for this once and dropped again; what comes out has totals by community and names nobody (ADR 232).
"""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, Protocol
from zoneinfo import ZoneInfo

from app.domain.problem import Problem, ProblemError
from app.i18n import PRINT_LANGUAGES, Translator
from app.services.above.below import above
from app.services.actor import Actor, ActorRef, DeniedError, Permission, Resolve
from app.services.appraising.opened import Opened
from app.services.evaluate import ledger_hash
from app.services.jobs import Turned
from app.services.labels import Labels
from app.services.live import LiveCommunities, read_period
from app.services.ports import Accounts, Clock, Job, Jobs, Progress
from app.services.prints.place_report import report_of
from app.services.prints.printing_jobs import PrintingJob, PrintingQueue, as_printing, asked_by
from app.services.prints.report import DocumentPrinter
from app.services.prints.report_scene import ReportSources

KIND: Final = "report"


class Contents(Protocol):
    """Keeps files under their SHA-256. Blocking."""

    def put(self, content: bytes) -> str:
        """Keep a content and return its SHA-256. Raises ProblemError E402."""
        ...

    def get(self, sha256: str) -> bytes | None:
        """Return the content, or None."""
        ...


@dataclass(frozen=True, slots=True)
class ReportPorts:
    """What reports are made with.

    `whole` makes what reads all entries below a place, `call` wakes whoever does the jobs.
    """

    whole: Callable[[], LiveCommunities]
    jobs: Jobs
    printer: DocumentPrinter
    contents: Contents
    clock: Clock
    call: Callable[[], None]


class ComparisonReports:
    """Starts and shows reports, for those with APPRAISE at a place above; rights are looked up anew at every call."""

    def __init__(self, resolve: Resolve, accounts: Accounts, ports: ReportPorts) -> None:
        """Keep the ports; `resolve` is that which knows people of places above."""
        self._resolve = resolve
        self._accounts = accounts
        self._ports = ports
        self._queue = PrintingQueue(KIND, ports.jobs, ports.clock, ports.call)

    def can_print(self) -> Problem | None:
        """Return None when PDFs can be made, else what is missing."""
        return self._ports.printer.available()

    async def start(self, ref: ActorRef, period: str, language: str) -> str:
        """Queue a report and return its id; the same one that is under way already is that one.

        Raises DeniedError; ProblemError E511 for what is no period, and what keeps PDFs from being made.
        """
        actor = await self._printing(ref)
        missing = self._ports.printer.available()
        if missing is not None:
            raise ProblemError(missing)
        if not (period.isascii() and period.isdigit() and len(period) == 4):  # noqa: PLR2004 - a year
            raise ProblemError(Problem("E511", values={"period": period[:20]}))
        said = {"period": period, "language": language if language in PRINT_LANGUAGES else "zh"}
        return await self._queue.put(ref, actor, said)

    async def all(self, ref: ActorRef) -> tuple[PrintingJob, ...]:
        """Return the reports of the reader's place, newest first. Raises DeniedError."""
        actor = await self._printing(ref)
        names = {one.person: one.name for one in await self._accounts.of_place(actor.community)}
        now = self._ports.clock()
        return tuple(
            as_printing(job, now, names.get(job.by, ""), made=job.state == "done" and job.result is not None)
            for job in await self._queue.of_place(actor.community)
        )

    async def file(self, ref: ActorRef, job_id: str) -> tuple[str, bytes] | None:
        """Return the year and the PDF of a report, None while there is none. Raises DeniedError."""
        actor = await self._printing(ref)
        job = await self._queue.one(job_id, actor.community)
        if job is None or job.result is None:
            return None
        content = await asyncio.to_thread(self._ports.contents.get, job.result)
        return None if content is None else (str(job.arguments["period"]), content)

    async def work(self, job: Job, progress: Progress) -> Turned:
        """Print; begun again after a crash it comes out the same. Raises ProblemError; DeniedError counts as E570."""
        said = job.arguments
        try:
            actor = await self._printing(asked_by(job))
        except DeniedError:
            raise ProblemError(Problem("E570")) from None
        opened = await self._opened(actor, str(said["period"]), progress)
        made = await asyncio.to_thread(self._printed, opened, str(said["language"]))
        sha256 = await asyncio.to_thread(self._ports.contents.put, made)
        return Turned("done", said, sha256, reached=(1, 1))

    async def _opened(self, actor: Actor, period: str, progress: Progress) -> Opened:
        """Evaluate all that lies below, for this once."""
        live, place = self._ports.whole(), actor.community
        community = await live.fresh(place, progress)
        label = read_period(period, community.regulation).label
        evaluation = await live.other_period(place, label, progress)
        return Opened(actor, community, evaluation, label, Labels(evaluation, self._ports.clock()))

    def _printed(self, opened: Opened, language: str) -> bytes:
        ledger = ledger_hash(list(opened.community.entries.values()))
        t = Translator(language).at(ZoneInfo(opened.regulation.calendar.zone))
        sources = ReportSources(opened, ledger, self._ports.clock(), names=False)
        return self._ports.printer.document(report_of(sources, t), language)

    async def _printing(self, ref: ActorRef) -> Actor:
        return await above(self._resolve, ref, self._ports.clock, Permission.APPRAISE)

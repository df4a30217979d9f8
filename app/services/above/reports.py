"""The printed comparison of the communities below a place: a job with progress, its file kept until it is fetched.

All entries of all communities are read for it, under the rules of the place itself: that makes them comparable. They
are read for this once and dropped again; what comes out has totals by community and names nobody (ADR 232).
"""

import asyncio
import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, Protocol
from zoneinfo import ZoneInfo

from app.domain.problem import Problem, ProblemError
from app.i18n import PRINT_LANGUAGES, Translator
from app.services.above.below import above
from app.services.actor import Actor, ActorRef, DeniedError, Permission, Resolve
from app.services.appraising.opened import Opened
from app.services.evaluate import ledger_hash
from app.services.jobs import Turned, problems_of, seconds_until_taken
from app.services.labels import Labels
from app.services.live import LiveCommunities, read_period
from app.services.ports import Accounts, Clock, Job, Jobs, Progress
from app.services.prints.place_report import report_of
from app.services.prints.report import DocumentPrinter
from app.services.prints.report_scene import ReportSources

KIND: Final = "report"
_UNDER_WAY: Final = frozenset({"queued", "running"})


class Contents(Protocol):
    """Keeps files under their SHA-256. Blocking."""

    def put(self, content: bytes) -> str:
        """Keep a content and return its SHA-256. Raises ProblemError E402."""
        ...

    def get(self, sha256: str) -> bytes | None:
        """Return the content, or None."""
        ...


@dataclass(frozen=True, slots=True)
class ReportView:
    """A report as its page shows it. `made`: its file is there. `problems` are why it stopped.

    `resumes`: nobody seems to go on with it; in so many seconds somebody will.
    """

    id: str
    period: str
    language: str
    by: str
    at: datetime
    state: str
    done: int
    total: int
    made: bool
    problems: tuple[Problem, ...]
    resumes: int | None = None


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
        place = actor.community
        for job in await self._ports.jobs.of_place(place):
            same = all(job.arguments.get(name) == value for name, value in said.items())
            if job.kind == KIND and job.state in _UNDER_WAY and same:
                return job.id
        now = self._ports.clock()
        digest = hashlib.sha256(f"{place}\0{json.dumps(said, sort_keys=True)}\0{now.isoformat()}".encode())
        account = {"account": ref.account, "post": ref.post or "", "epoch": ref.epoch}
        made = Job(
            id=digest.hexdigest()[:32],
            kind=KIND,
            place=place,
            by=actor.person,
            arguments={**said, "ref": account},
            state="queued",
            done=0,
            total=0,
            created_at=now,
        )
        await self._ports.jobs.put(made)
        self._ports.call()
        return made.id

    async def all(self, ref: ActorRef) -> tuple[ReportView, ...]:
        """Return the reports of the reader's place, newest first. Raises DeniedError."""
        actor = await self._printing(ref)
        names = {one.person: one.name for one in await self._accounts.of_place(actor.community)}
        now = self._ports.clock()
        return tuple(
            ReportView(
                job.id,
                str(job.arguments["period"]),
                str(job.arguments["language"]),
                names.get(job.by, ""),
                job.created_at,
                job.state,
                job.done,
                job.total,
                job.state == "done" and job.result is not None,
                problems_of(job.problem) if job.problem else (),
                seconds_until_taken(job, now),
            )
            for job in await self._ports.jobs.of_place(actor.community)
            if job.kind == KIND
        )

    async def file(self, ref: ActorRef, job_id: str) -> tuple[str, bytes] | None:
        """Return the year and the PDF of a report, None while there is none. Raises DeniedError."""
        actor = await self._printing(ref)
        job = await self._ports.jobs.get(job_id)
        if job is None or job.kind != KIND or job.place != actor.community or job.result is None:
            return None
        content = await asyncio.to_thread(self._ports.contents.get, job.result)
        return None if content is None else (str(job.arguments["period"]), content)

    async def work(self, job: Job, progress: Progress) -> Turned:
        """Print; begun again after a crash it comes out the same. Raises ProblemError; DeniedError counts as E570."""
        said = job.arguments
        given: Mapping[str, Any] = said["ref"]
        ref = ActorRef(str(given["account"]), str(given["post"]) or None, int(given["epoch"]))
        try:
            actor = await self._printing(ref)
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

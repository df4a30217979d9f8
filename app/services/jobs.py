"""Long work beside the pages: jobs are taken from the queue one at a time, and beat while they go on.

A job whose process died is taken again by whichever process looks next: at once where that knows that the other one is
gone, else when its beat is old. So what a job does must come out the same when it is begun twice.
"""

import asyncio
import contextlib
import json
import logging
import math
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from app.domain.problem import Problem, ProblemError, Where
from app.services.ports import Clock, Gone, Job, Jobs, Progress, nobody_is_gone

PAUSE: Final = 2.0
"""Seconds between two looks at the queue while nobody has called."""
BEAT: Final = 3.0
"""Seconds between two notes of progress."""
STALE: Final = timedelta(seconds=20)
"""How old a beat is when its process counts as dead."""

QUIET: Final = timedelta(seconds=8)
"""How old a beat is when a reader is told that nobody seems to go on, and until when somebody will."""

logger = logging.getLogger("gridbook")


@dataclass(frozen=True, slots=True)
class Turned:
    """What became of a job: its next state, arguments and result so far; `after` runs when that is stored.

    `reached` is how many of how many things are done, for who looks at the job later.
    """

    state: str
    arguments: Mapping[str, Any]
    result: str | None = None
    after: Callable[[], object] | None = None
    reached: tuple[int, int] = (0, 0)


Handler = Callable[[Job, Progress], Awaitable[Turned]]
"""Does a job of one kind. Raises ProblemError for what can't be done."""


class JobRunner:
    """Takes jobs from the start of the server to its end."""

    def __init__(
        self,
        jobs: Jobs,
        clock: Clock,
        handlers: Mapping[str, Handler],
        taker: str = "",
        gone: Gone = nobody_is_gone,
    ) -> None:
        """Do the jobs of these kinds, as the process `taker`; `gone` tells of another one that it isn't there."""
        self._taker = taker
        self._gone = gone
        self._jobs = jobs
        self._clock = clock
        self._handlers = handlers
        self._task: asyncio.Task[None] | None = None
        self._called = asyncio.Event()

    async def start(self) -> None:
        """Begin."""
        self._task = asyncio.get_running_loop().create_task(self._run(), name="jobs")

    async def stop(self) -> None:
        """End, and wait for it; what was being done is taken again by the next server."""
        if self._task is not None:
            self._task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._task

    def call(self) -> None:
        """Look at the queue now."""
        self._called.set()

    async def _run(self) -> None:
        while True:
            self._called.clear()
            try:
                while await self.work():
                    pass
            except Exception as fault:  # noqa: BLE001 - a task that ends does nobody's work any more
                logger.warning("the queue can't be looked at: %s", type(fault).__name__)
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(PAUSE):  # `wait_for` loses a cancellation that comes with a call
                    await self._called.wait()

    async def work(self) -> bool:
        """Do the next job; whether there was one."""
        now = self._clock()
        job = await self._jobs.take(now, now - STALE, self._taker, self._gone)
        if job is None:
            return False
        reached = [job.done, job.total]

        def progress(done: int, total: int) -> None:
            reached[:] = done, total

        beating = asyncio.create_task(self._beat(job.id, reached))
        try:
            turned = await self._done(job, progress)
        finally:
            beating.cancel()
        if isinstance(turned, Turned):
            await self._jobs.turn(
                job, {"running"}, turned.state, turned.arguments, turned.result, turned.reached
            )
            if turned.after is not None:
                await asyncio.to_thread(turned.after)
        else:
            await self._jobs.beat(job.id, self._clock(), *reached)  # whoever looks sees how far it came
            await self._jobs.finish(job.id, None, turned)
        return True

    async def _done(self, job: Job, progress: Progress) -> Turned | str:
        """Do a job; return what became of it, or its problems."""
        try:
            return await self._handlers[job.kind](job, progress)
        except ProblemError as fault:
            return problems_text(*fault.problems)
        except Exception as fault:  # noqa: BLE001 - whoever waits for it is told, and the next job gets its turn
            logger.warning("a job failed: %s of %s", type(fault).__name__, job.kind)
            return problems_text(Problem("E479"))

    async def _beat(self, job_id: str, reached: list[int]) -> None:
        while True:
            await self._jobs.beat(job_id, self._clock(), reached[0], reached[1])
            await asyncio.sleep(BEAT)


def seconds_until_taken(job: Job, now: datetime) -> int | None:
    """Return in how many seconds at most a job that nobody seems to do is taken again; None for any other."""
    if job.state != "running" or job.beat is None or now - job.beat < QUIET:
        return None
    return max(1, math.ceil((job.beat + STALE - now).total_seconds() + PAUSE))


def problems_text(*problems: Problem) -> str:
    """Return problems as a job keeps them: their codes and slots, and where in a file they are."""
    kept = [
        {"code": one.code, "values": dict(one.values)}
        | ({} if one.where is None else {"where": [one.where.path, one.where.line, one.where.column]})
        for one in problems
    ]
    return json.dumps(kept, ensure_ascii=False)


def problems_of(text: str) -> tuple[Problem, ...]:
    """Return the problems that a job keeps; of an older job, which kept a code, that one."""
    try:
        kept = json.loads(text)
    except ValueError:
        return (Problem(text),)
    return tuple(
        Problem(
            str(one["code"]),
            Where(*one["where"]) if "where" in one else None,
            one.get("values", {}),
        )
        for one in kept
    )

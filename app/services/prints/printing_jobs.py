"""What the jobs that print have in common: how one is queued, for whom it is done, and what is shown of it."""

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from app.domain.kinds.common import Texts
from app.domain.problem import Problem
from app.services.actor import Actor, ActorRef
from app.services.jobs import problems_of, seconds_until_taken
from app.services.ports import Clock, Job, Jobs

PAUSED: Final = "paused"
UNDER_WAY: Final = frozenset({"queued", "running"})


@dataclass(frozen=True, slots=True)
class PrintingJob:
    """A job that prints, as pages show it. `title` is empty where a kind of job prints one thing only.

    `made`: its files are there. `problems` are why it stopped. `resumes`: nobody seems to go on with it; in so many
    seconds somebody will.
    """

    id: str
    title: Texts
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

    @property
    def under_way(self) -> bool:
        """Whether it waits its turn or is being done."""
        return self.state in UNDER_WAY


class PrintingQueue:
    """Queues jobs of one kind; `call` wakes whoever does them."""

    def __init__(self, kind: str, jobs: Jobs, clock: Clock, call: Callable[[], None]) -> None:
        """Keep the ports."""
        self._kind = kind
        self._jobs = jobs
        self._clock = clock
        self._call = call

    async def put(self, ref: ActorRef, actor: Actor, said: Mapping[str, str]) -> str:
        """Queue what is `said` for somebody and return the job's id; what is under way already is that one."""
        place = actor.community
        for job in await self._jobs.of_place(place):
            same = all(job.arguments.get(name) == value for name, value in said.items())
            if job.kind == self._kind and job.state in UNDER_WAY and same:
                return job.id
        now = self._clock()
        digest = hashlib.sha256(f"{place}\0{json.dumps(said, sort_keys=True)}\0{now.isoformat()}".encode())
        account = {"account": ref.account, "post": ref.post or "", "epoch": ref.epoch}
        job = Job(
            id=digest.hexdigest()[:32],
            kind=self._kind,
            place=place,
            by=actor.person,
            arguments={**said, "ref": account},
            state="queued",
            done=0,
            total=0,
            created_at=now,
        )
        await self._jobs.put(job)
        self._call()
        return job.id

    async def of_place(self, place: str) -> list[Job]:
        """Return the jobs of this kind at a place, newest first."""
        return [job for job in await self._jobs.of_place(place) if job.kind == self._kind]

    async def one(self, job_id: str, place: str) -> Job | None:
        """Return a job of this kind at a place; None where there is no such one."""
        job = await self._jobs.get(job_id)
        return None if job is None or job.kind != self._kind or job.place != place else job


def asked_by(job: Job) -> ActorRef:
    """Return who asked for a job; their rights are looked up anew when it is done."""
    given: Mapping[str, Any] = job.arguments["ref"]
    return ActorRef(str(given["account"]), str(given["post"]) or None, int(given["epoch"]))


def as_printing(job: Job, now: datetime, by: str, *, made: bool, title: Texts | None = None) -> PrintingJob:
    """Return a job as pages show it; `by` is the name of who asked for it."""
    return PrintingJob(
        job.id,
        title or {},
        str(job.arguments["period"]),
        str(job.arguments["language"]),
        by,
        job.created_at,
        job.state,
        job.done,
        job.total,
        made,
        problems_of(job.problem) if job.problem else (),
        seconds_until_taken(job, now),
    )

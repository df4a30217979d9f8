"""A small queue that survives a crash, over the database."""

import json
from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from tortoise.expressions import Q

from app.ledger.database import Database, Lock, Session
from app.ledger.instants import from_micros, to_micros
from app.ledger.models import JobRow
from app.services.canonical import canonical_json
from app.services.ports import Gone, Job, nobody_is_gone


class StoredJobs:
    """Answers to `Jobs`."""

    def __init__(self, database: Database) -> None:
        """Keep jobs in `database`."""
        self._database = database

    async def put(self, job: Job) -> None:
        """Queue a job; the same id again is no change."""

        async def work(_: Session) -> None:
            if await JobRow.filter(id=job.id).exists():
                return
            await JobRow.create(
                id=job.id,
                kind=job.kind,
                place=job.place,
                requested_by=job.by,
                arguments=canonical_json(job.arguments),
                state=job.state,
                done=job.done,
                total=job.total,
                created_at=to_micros(job.created_at),
                beat=None if job.beat is None else to_micros(job.beat),
                result=job.result,
                problem=job.problem,
            )

        await self._database.change(Lock.JOBS, work)

    async def take(
        self, now: datetime, stale_before: datetime, taker: str = "", gone: Gone = nobody_is_gone
    ) -> Job | None:
        """Claim the oldest job queued, or running by nobody any more; one caller gets it."""
        stale = to_micros(stale_before)

        async def work(_: Session) -> Job | None:
            found = await JobRow.filter(Q(state="queued") | Q(state="running")).order_by(
                "created_at", "number"
            )
            for row in found:
                is_over = row.beat is None or row.beat < stale or (bool(row.taker) and gone(str(row.taker)))
                if row.state == "queued" or is_over:
                    row.state, row.beat, row.taker = "running", to_micros(now), taker or None
                    await row.save(update_fields=["state", "beat", "taker"])
                    return _job(row)
            return None

        return await self._database.change(Lock.JOBS, work)

    async def beat(self, job_id: str, now: datetime, done: int, total: int) -> None:
        """Note progress of a running job."""
        values = {"beat": to_micros(now), "done": done, "total": total}
        await self._database.within(lambda: JobRow.filter(id=job_id, state="running").update(**values))

    async def turn(
        self,
        job: Job,
        was: Collection[str],
        state: str,
        arguments: Mapping[str, Any],
        result: str | None,
        reached: tuple[int, int] = (0, 0),
    ) -> bool:
        """Bring a job that is in one of the states `was` into another one, without a beat; whether it was in one."""
        values = {
            "state": state,
            "arguments": canonical_json(arguments),
            "result": result,
            "problem": None,
            "beat": None,
            "done": reached[0],
            "total": reached[1],
        }
        changed = await self._database.within(
            lambda: JobRow.filter(id=job.id, state__in=list(was)).update(**values)
        )
        return bool(changed)

    async def finish(self, job_id: str, result: str | None, problem: str | None) -> None:
        """Close a job as done, or as failed when `problem` (a code, no personal data) is given; once."""
        values = {"state": "failed" if problem else "done", "result": result, "problem": problem}
        await self._database.within(
            lambda: JobRow.filter(id=job_id, state__in=["queued", "running"]).update(**values)
        )

    async def get(self, job_id: str) -> Job | None:
        """Return the job."""
        row = await self._database.within(lambda: JobRow.get_or_none(id=job_id))
        return None if row is None else _job(row)

    async def of_place(self, place: str, limit: int = 50) -> list[Job]:
        """Return the newest jobs of a place."""
        rows = await self._database.within(
            lambda: JobRow.filter(place=place).order_by("-created_at", "-number").limit(limit)
        )
        return [_job(row) for row in rows]


def _job(row: JobRow) -> Job:
    return Job(
        id=row.id,
        kind=row.kind,
        place=row.place,
        by=row.requested_by,
        arguments=json.loads(row.arguments),
        state=row.state,
        done=row.done,
        total=row.total,
        created_at=from_micros(row.created_at),
        beat=None if row.beat is None else from_micros(row.beat),
        result=row.result,
        problem=row.problem,
        taker=row.taker or "",
    )

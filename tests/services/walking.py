"""A small community's year, walked through by those who take part in it."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from app.domain.entry import Entry
from app.services.actor import ActorRef
from app.services.filling import RefusedError
from app.services.form_views import Wanted
from app.services.submitted import Submission
from tests.fakes.year import DIRECTOR, HAN, MA, STREET, ZHOU, WorkingYear


class Walk:
    """The community's year, walked through step by step."""

    def __init__(self, here: WorkingYear) -> None:
        self.here = here

    async def send(self, ref: ActorRef, wanted: Wanted, **answers: Any) -> str:
        """Open a form as its page does and send it in; return the entry's id."""
        self.here.now += timedelta(minutes=1)  # two steps of the same instant have no order
        view = await self.here.work.submissions.open(ref, wanted)
        given = {name: value for name, value in {**view.answers, **answers}.items() if value is not None}
        sent = Submission(view.entry_id, view.form.id, given, view.subject)
        receipt = await self.here.work.submissions.submit(ref, sent, view.key)
        return receipt.entry.id

    async def step(self, name: str, ref: ActorRef = DIRECTOR) -> str:
        return await self.send(ref, await self.here.year.step(ref, "final", "2025", name))

    async def sum_up(self, *refs: ActorRef) -> None:
        for ref in refs:
            await self.send(ref, await self.here.year.summary(ref, "2025", "summary"), done="忙了一年")

    async def mark(self, ref: ActorRef, about: str, points: str, reason: str | None = None) -> str:
        return await self.send(
            ref, Wanted("vote", about, answers={"period": "2025"}), points=points, reason=reason
        )

    async def to_publicity(self) -> None:
        await self.step("open")
        await self.sum_up(ZHOU, MA, HAN)
        await self.step("mark")
        for about, points in (("w-1", "80"), ("w-2", "60"), ("w-4", "80")):
            await self.mark(DIRECTOR, about, points)
        await self.step("publish")

    async def appeal(self, ref: ActorRef = ZHOU, item: str = "score/reports", line: str = "") -> str:
        wanted, _, _, _ = await self.here.year.appeal(ref, "2025", item, line)
        return await self.send(ref, wanted, reason="三季度报告交在纸上")

    async def decide(
        self, appeal: str, outcome: str, points: str | None = None, ref: ActorRef = STREET
    ) -> str:
        wanted = await self.here.year.decision(ref, appeal)
        return await self.send(ref, wanted, outcome=outcome, points=points, reason="已核对")

    async def correct(self, ref: ActorRef, entry: str, **answers: Any) -> str:
        """Correct an entry as its page does; return the id of the correction."""
        self.here.now += timedelta(minutes=1)
        view = await self.here.work.submissions.open(ref, Wanted(entry=entry))
        given = {name: value for name, value in {**view.answers, **answers}.items() if value is not None}
        sent = Submission(view.entry_id, view.form.id, given, view.subject)
        receipt = await self.here.work.submissions.correct(ref, entry, sent, "写错了", view.key)
        return receipt.entry.id

    async def entries(self) -> Mapping[str, Entry]:
        """Return all entries of the community."""
        return (await self.here.live.fresh("lakeside")).entries

    async def score(self, person: str) -> Mapping[str, Any]:
        """Return score, grade and rank of somebody as they stand."""
        opened = await self.here.scores.open(DIRECTOR, "2025")
        schema = opened.evaluation.schema("final")
        row = opened.evaluation.rows("final")[person, "2025"]
        return {name: row[schema.position(name)] for name in ("score", "grade", "rank")}

    async def withdraw(self, ref: ActorRef, entry: str) -> None:
        """Take an entry back."""
        self.here.now += timedelta(minutes=1)
        await self.here.work.submissions.withdraw(ref, entry, "不该有")


def codes(fault: RefusedError) -> list[str]:
    return [f"{one.problem.code} {one.problem.values.get('reason', '')}" for one in fault.faults]

"""Serves a small community whose year is appraised: `python -m tests.browser.year_server PORT`.

Where the file JUMP is made its clock goes on by eight days.
"""

import asyncio
import logging
import sys
import tempfile
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from app.domain.entry import Entry
from app.services.actor import ActorRef
from app.services.form_views import Wanted
from app.services.submitted import Submission
from app.settings import Settings
from app.ui.app import create_app, serve
from tests.browser.nursery import Run
from tests.fakes.books import entry_views, flags
from tests.fakes.year import DIRECTOR, FILES, HAN, MA, ZHOU, WorkingYear

FLAG = """\
flag: recorded_late
title: {zh: 季报很久后才录入, en: Reports recorded long after, es: Informes anotados mucho después}
of: report
check: late_entry
with: {days: 14}
"""


async def prepare(here: WorkingYear) -> None:
    """Walk the year up to the marks: everybody has summed up, the director has marked all."""

    async def send(ref: ActorRef, wanted: Wanted, **answers: Any) -> None:
        here.now += timedelta(minutes=1)
        view = await here.work.submissions.open(ref, wanted)
        sent = Submission(view.entry_id, view.form.id, {**view.answers, **answers}, view.subject)
        await here.work.submissions.submit(ref, sent, view.key)

    await send(DIRECTOR, await here.year.step(DIRECTOR, "final", "2025", "open"))
    for ref in (ZHOU, MA, HAN):
        await send(
            ref, await here.year.summary(ref, "2025", "summary"), done="走访、调解、巡查，都按时做了。"
        )
    await send(DIRECTOR, await here.year.step(DIRECTOR, "final", "2025", "mark"))
    for about, points in (("w-1", "80"), ("w-2", "60")):
        await send(DIRECTOR, Wanted("vote", about, answers={"period": "2025"}), points=points)


class Clock:
    """The community's clock goes on with each look at it, and jumps a week where a file says so."""

    def __init__(self, here: WorkingYear, jump: str) -> None:
        self._here = here
        self._jump = Path(jump or "later")

    def tick(self) -> None:
        """Go on by a second; by eight days once."""
        self._here.now += timedelta(seconds=1)
        if self._jump.exists():
            self._jump.unlink()
            self._here.now += timedelta(days=8)


class Ticking(WorkingYear):
    """A year whose clock goes on."""

    ticking: Clock | None = None

    def clock(self) -> Any:
        if self.ticking is not None:
            self.ticking.tick()
        return self.now


def make(jump: str = "") -> Run:
    logging.basicConfig(level=logging.WARNING)
    folder = Path(tempfile.mkdtemp(prefix="gridbook-year-"))
    here = Ticking(folder, texts={**FILES, "rules/recorded_late.yaml": FLAG})

    async def start() -> None:
        await here.start()
        at, later = datetime(2025, 2, 20, tzinfo=UTC), datetime(2025, 4, 1, tzinfo=UTC)
        late = Entry("r-late", "lakeside", "report", at, "w-2", later, {"pages": 3})
        await here.store.ledger.append([late], {})
        await prepare(here)

    asyncio.run(start())
    here.renew()

    def run(port: int) -> None:
        settings = Settings(port=port, data=folder)
        Ticking.ticking = Clock(here, jump)
        services = replace(here.services(), flags=flags(here), entry_views=entry_views(here))
        create_app(services, settings)
        serve(settings)

    return run


if __name__ == "__main__":
    make()(int(sys.argv[1]))

"""Serves the small community of tests/fakes/working.py with its ledger: `python -m tests.browser.books_server PORT`."""

import asyncio
import logging
import sys
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

from app.domain.entry import Entry
from app.settings import Settings
from app.ui.app import create_app, serve
from tests.browser.nursery import Run
from tests.fakes.books import imports, services
from tests.fakes.working import PLACE, Working

NOTES = (
    "楼道灯坏了，已报修。",
    "<img src=x onerror=document.title='hacked'>",
    "Una nota bastante larga sobre la reparación de la luz de la escalera, con muchas palabras seguidas",
    "",
)


class Ticking(Working):
    """The community as time goes by."""

    def clock(self) -> datetime:
        return datetime.now(UTC)


async def prepare(working: Working) -> None:
    await working.start()
    entries = []
    for number in range(60):
        at = working.now - timedelta(hours=5 * number + 1)
        said = {"channel": ("home", "phone")[number % 2], "condition": "well", "notes": NOTES[number % 4]}
        subject = f"hh-{number % 3 + 1}"
        entries.append(Entry(f"visit-{number:03}", PLACE, "visit", at, "w-1", at, said, subject))
    at = working.now - timedelta(minutes=5)
    corrected = {"channel": "phone", "condition": "well", "notes": "是电话，不是上门。", "_reason": "记错了"}
    entries.append(
        Entry(
            "visit-000-c", PLACE, "visit", entries[0].at, "w-1", at, corrected, "hh-1", supersedes="visit-000"
        )
    )
    await working.store.ledger.append(entries, {})


def make() -> Run:
    logging.basicConfig(level=logging.WARNING)
    folder = Path(tempfile.mkdtemp(prefix="gridbook-books-"))
    working = Ticking(folder, now=datetime.now(UTC))
    asyncio.run(prepare(working))

    def run(port: int) -> None:
        settings = Settings(port=port, data=folder)
        imported, runner = imports(working, folder / "imports")
        create_app(services(working, imported), settings)
        serve(settings, before=(runner.start,), after=(runner.stop,))

    return run


if __name__ == "__main__":
    make()(int(sys.argv[1]))

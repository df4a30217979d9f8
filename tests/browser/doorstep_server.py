"""Serves the shipped regulation over a few people and a stairwell: `python -m tests.browser.doorstep_server PORT`."""

import asyncio
import logging
import sys
import tempfile
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

from app.declarations.files import FileDeclarations
from app.domain.entry import Entry
from app.plugins.calendars import official_days
from app.services import ports
from app.settings import Settings
from app.ui.app import create_app, serve
from tests.browser.nursery import Run
from tests.fakes import working

PLACE = "demo/liuan"
NOW = datetime(2026, 11, 25, 2, 0, tzinfo=UTC)
"""A month's last week: what a month asks for is to be looked at."""
STAIRWELL = ("3-2-101", "3-2-201", "3-2-301")
NAMES = ("陈桂芳", "何建国", "梁玉珍")


def founding(start: datetime) -> list[Entry]:
    """Return a grid leader and three households of one stairwell."""
    found: list[Entry] = []

    def add(form: str, subject: str, place: str, answers: Mapping[str, object]) -> None:
        found.append(Entry(f"{form}-{subject}", place, form, start, "w-1", start, dict(answers), subject))

    add("worker_file", "w-1", PLACE, {"name": "周敏", "employed_as": "other", "lives_in_grid": True})
    add("appointment", "p-1", f"{PLACE}/g1", {"worker": "w-1", "role": "grid_leader"})
    for at, (door, head) in enumerate(zip(STAIRWELL, NAMES, strict=True), 1):
        add(
            "household",
            f"hh-{at}",
            PLACE,
            {"grid": f"{PLACE}/g1", "building": "3号楼", "door": door, "head": head,
             "registration": "local_urban", "members": 2, "special": ["empty_nest"]},
        )  # fmt: skip
    return found


class Shipped(FileDeclarations):
    """The shipped files, as they are on disk."""

    def load(self, place: str, files: Mapping[str, str], *, with_cases: bool = True) -> ports.Loaded:
        """Return the regulation without its cases: they are tried elsewhere."""
        del with_cases
        return super().load(place, files, with_cases=False)


def make() -> Run:
    logging.basicConfig(level=logging.WARNING)
    folder = Path(tempfile.mkdtemp(prefix="gridbook-door-"))
    shipped = Shipped(Path(__file__).parents[2], official_days)
    made = working.Working(folder, NOW, declarations=shipped, place=PLACE, founding=founding)
    asyncio.run(made.start())
    made.renew()
    asyncio.run(made.live.fresh(PLACE))  # loaded once for all that are forked

    def run(port: int) -> None:
        settings = Settings(port=port, data=folder)
        create_app(made.services(), settings)
        serve(settings)

    return run


if __name__ == "__main__":
    make()(int(sys.argv[1]))

"""Serves the demo's first community with its year 2025, wired as the app: `python -m tests.browser.demo_server PORT`.

Its clock stands in December until a test says what time it is: `/test-clock?to=2026-01-01T01:00:00Z`.
"""

import asyncio
import logging
import shutil
import sys
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, cast

from app.bootstrap import wire
from app.domain.regulation import sensitive_fields
from app.services.people import posts_at
from app.services.ports import Account, Revision
from app.settings import Settings
from tests.browser.nursery import Run
from tests.browser.wired import Time, running
from tests.fakes.shipped import share_loads
from tests.fakes.stores import FakeStore
from tests.fakes.working import FAST, PASSWORD
from tests.services.scenario_demo import ROOT, scenario, the_year

PLACE = "demo/liuan"
NOW = datetime(2025, 12, 22, 1, tzinfo=UTC)
CASES = ("home_visit.case.yaml", "weekly_report_due.case.yaml", "grid_leader_year.case.yaml")
ROLES = ("director", "street_officer", "grid_leader")
"""Whose holders have an account each, with the role's name: the second approves changes of the regulation."""


def _most_cases(_folder: str, names: list[str]) -> list[str]:
    """Leave out the cases of all but a few definitions: each edit checks them, and publishing runs them, 130 in all."""
    return [name for name in names if name.endswith(".case.yaml") and name not in CASES]


async def founded(store: FakeStore, settings: Settings, time: Time) -> None:
    """Let the year be there as it was on a day in December, with an account for one holder of each role."""
    wired = wire(settings, cast("Any", store), time)
    files = wired.declarations.read_files(PLACE)
    loaded = wired.declarations.load(PLACE, files)
    regulation = loaded.regulation
    assert regulation is not None, [str(one) for one in loaded.problems if one.is_error]
    begun = NOW - timedelta(days=700)
    await store.revisions.add(Revision(loaded.revision, PLACE, files, begun, "demo"))
    entries = [one for one in the_year() if one.recorded_at <= NOW]
    await store.ledger.append(entries, sensitive_fields(regulation))
    told = await wired.live.told(PLACE)
    hashed = FAST.hash(PASSWORD)
    for role in ROLES:
        worker = min(who for who, post in posts_at(told, regulation, NOW) if post.role == role)
        await store.accounts.save(Account(f"a-{role}", role, worker, role, PLACE, hashed))
    wired.decider.close()


def make() -> Run:
    logging.basicConfig(level=logging.WARNING)
    folder = Path(tempfile.mkdtemp(prefix="gridbook-demo-"))
    for name in ("forms", "rules", "config"):
        shutil.copytree(ROOT / name, folder / "files" / name, ignore=_most_cases)
    settings = Settings(files=folder / "files", data=folder / "data")
    share_loads(folder / "data")
    assert scenario().place == PLACE
    store, time = FakeStore(), Time(NOW)
    asyncio.run(founded(store, settings, time))
    return running(settings, store, time)


if __name__ == "__main__":
    make()(int(sys.argv[1]))

"""Serves the community of tests/fakes/every.py, wired as the app is: `python -m tests.browser.every_server PORT`.

`/known` says the addresses that only this server knows.
"""

import asyncio
import logging
import sys
import tempfile
from datetime import timedelta
from pathlib import Path
from typing import Any, cast

from nicegui import app

from app.bootstrap import Wired, wire
from app.services.drafting.drafts import RegulationDrafting
from app.services.ports import Account, Revision
from app.settings import Settings
from app.ui.app import create_app, serve
from tests.browser.nursery import Run
from tests.fakes.checkout import write
from tests.fakes.every import (
    CHANGED,
    DRAFTS,
    FILES,
    LISTS,
    NOW,
    STARTED,
    STREET,
    STREET_FILES,
    batches,
    entries,
    street_entries,
)
from tests.fakes.stores import FakeStore
from tests.fakes.working import FAST, PASSWORD, PLACE
from tests.fakes.year import DIRECTOR, PEOPLE
from tests.services.test_imports import GOOD, HEAD, OTHER, workbook

OWN = f"config/places/{PLACE}/{CHANGED}"
"""The drafts' copy of the file that they change."""
EARLIER = "0" * 64
"""The revision before the one in force."""
LATER = "rules/request_overdue.yaml"
"""The file that came with the one in force."""


async def founded(store: FakeStore, wired: Wired) -> None:
    files = wired.declarations.read_files(PLACE)
    loaded = wired.declarations.load(PLACE, files)
    assert loaded.regulation is not None, [str(problem) for problem in loaded.problems]
    before = {path: text for path, text in files.items() if path != LATER}
    await store.revisions.add(Revision(EARLIER, PLACE, before, STARTED, "w-3", "2023-1"))
    await store.revisions.add(Revision(loaded.revision, PLACE, files, STARTED + timedelta(days=1), "w-3"))
    sensitive = {
        form.id: frozenset(item.id for item in form.fields if item.sensitive)
        for form in loaded.regulation.forms.values()
    }
    await store.ledger.append(entries(), sensitive)
    hashed = FAST.hash(PASSWORD)
    for person, name, _, _, login in PEOPLE:
        await store.accounts.save(Account(f"a-{login}", login, person, name, PLACE, hashed))
    above = wired.declarations.load(STREET, wired.declarations.read_files(STREET))
    assert above.regulation is not None, [str(problem) for problem in above.problems]
    for place in (STREET, f"{STREET}/mill"):
        files = wired.declarations.read_files(place)
        loaded = wired.declarations.load(place, files)
        await store.revisions.add(Revision(loaded.revision, place, files, STARTED, "w-s"))
    await store.ledger.append(street_entries(), {})
    await store.accounts.save(Account("a-qianjiang", "qianjiang", "w-s", "钱江", STREET, hashed))
    for job in batches():
        await store.jobs.put(job)


async def drafted(drafting: RegulationDrafting, title: str, text: str) -> str:
    """Open a draft in which the changed file has this text."""
    draft = await drafting.open(DIRECTOR, title)
    await drafting.save(DIRECTOR, draft.id, CHANGED, text, seen=draft.step.number)
    return draft.id


async def prepared(wired: Wired) -> dict[str, str]:
    """Bring drafts, imports and an impact to where their pages show something; return what their addresses name."""
    services = wired.services
    assert services.drafting is not None
    assert services.imports is not None
    assert services.impacts is not None
    draft = await drafted(
        services.drafting, DRAFTS[0], FILES[CHANGED].replace("every: quarter", "every: month")
    )
    run = await services.impacts.start(DIRECTOR, "2025", draft)
    await wired.impact.wait(run)
    broken = await drafted(services.drafting, DRAFTS[1], FILES[CHANGED] + "late_until: 2 dayz\n")
    book = workbook(HEAD, GOOD, (*OTHER[:6], 99, "无"))
    jobs = [await services.imports.take(DIRECTOR, "household", name, book) for name in LISTS]
    view = await services.imports.view(DIRECTOR, jobs[0])
    await services.imports.check(DIRECTOR, jobs[0], {one.title: one.field or None for one in view.columns})
    while await wired.jobs.work():
        pass
    invitation = await services.accounts.reset(DIRECTOR, "a-handong")
    return {
        "draft": draft,
        "broken": broken,
        "run": run,
        "checked": jobs[0],
        "uploaded": jobs[1],
        "secret": invitation.secret,
        "file": OWN,
        "earlier": EARLIER,
        "now": (await services.drafting.newest(PLACE)).hash,
    }


def make() -> Run:
    logging.basicConfig(level=logging.WARNING)
    folder = Path(tempfile.mkdtemp(prefix="gridbook-every-"))
    write(folder / "files", {**FILES, **STREET_FILES})
    settings = Settings(files=folder / "files", data=folder / "data")
    store = FakeStore()
    wired = wire(settings, cast("Any", store), lambda: NOW)
    asyncio.run(founded(store, wired))
    wired.decider.close()

    def run(port: int) -> None:
        own = settings.model_copy(update={"port": port})
        wired = wire(own, cast("Any", store), lambda: NOW)
        ready: list[asyncio.Task[dict[str, str]]] = []
        create_app(wired.services, own)

        async def start() -> None:
            ready.append(asyncio.create_task(prepared(wired)))

        @app.get("/known")
        async def tell() -> dict[str, str]:
            return await ready[0]

        try:
            serve(own, before=(start,))
        finally:
            wired.decider.close()

    return run


if __name__ == "__main__":
    make()(int(sys.argv[1]))

"""Serves a community of a street with a sister, wired as it is: `python -m tests.browser.layers_server PORT`.

The base leaves two figures open; the community has chosen one of them, over ground that has moved since.
"""

import asyncio
import json
import logging
import sys
import tempfile
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any, cast

from app.bootstrap import wire
from app.domain.entry import Entry
from app.services.ports import Account, Revision
from app.settings import Settings
from tests.browser.nursery import Run
from tests.browser.wired import Time, running
from tests.fakes.checkout import write
from tests.fakes.stores import FakeStore
from tests.fakes.working import FAST, FILES, NOW, PASSWORD, PEOPLE, founding

STREET, HERE, SISTER = "east", "east/lakeside", "east/hillside"
HOME, CALL = "rules/home_visit.yaml", "rules/phone_call.yaml"
PLACE_FILE = "config/places/lakeside/place.yaml"
TEXTS = {
    **{path: text for path, text in FILES.items() if path != PLACE_FILE},
    "config/places/east/place.yaml": (
        "place: east\nlevel: street\ntitle: {zh: 东街, en: East street, es: Calle Este}\ncalendar: cn\n"
    ),
    "config/places/east/lakeside/place.yaml": FILES[PLACE_FILE],
    "config/places/east/hillside/place.yaml": (
        "place: hillside\nlevel: community\ntitle: {zh: 山脚社区, en: Hillside, es: La Ladera}\ncalendar: cn\n"
        "places: {g1: {level: grid, title: {zh: 第一网格}}}\n"
    ),
    "config/places/east/lakeside/overlay.yaml": (
        "overlay: lakeside\nchanges:\n  - {path: phone_call/times, to: 2, over: 3, why: 居民会议}\n"
    ),
    HOME: FILES[HOME].replace("times: 1", "times: {value: 1, open: {at_least: 1, at_most: 3}}"),
    CALL: FILES[CALL].replace("times: 1", "times: {value: 1, open: {at_most: 4}}"),
    "config/roles/director.yaml": FILES["config/roles/director.yaml"].replace(
        "administer]", "administer, publish, approve]"
    ),
}


def moved(entry: Entry) -> Entry:
    """Return an entry of the community beside the lake as one of the same community in its street."""

    def there(text: str) -> str:
        return text.replace("lakeside", HERE)

    answers = json.loads(there(json.dumps(dict(entry.answers))))
    return replace(entry, place=there(entry.place), answers=answers)


async def founded(store: FakeStore, settings: Settings) -> None:
    """Let both communities have a regulation in force, and one of them people, households and accounts."""
    wired = wire(settings, cast("Any", store), lambda: NOW)
    since = NOW - timedelta(days=400)
    for place in (HERE, SISTER):
        files = wired.declarations.read_files(place)
        loaded = wired.declarations.load(place, files)
        assert loaded.regulation is not None, [str(problem) for problem in loaded.problems]
        await store.revisions.add(Revision(loaded.revision, place, files, since, "w-3"))
    await store.ledger.append([moved(one) for one in founding(since)], {})
    hashed = FAST.hash(PASSWORD)
    for person, name, _, _, login in PEOPLE:
        await store.accounts.save(Account(f"a-{login}", login, person, name, HERE, hashed))
    wired.decider.close()


def make() -> Run:
    logging.basicConfig(level=logging.WARNING)
    folder = Path(tempfile.mkdtemp(prefix="gridbook-layers-"))
    write(folder / "files", TEXTS)
    settings = Settings(files=folder / "files", data=folder / "data")
    store = FakeStore()
    asyncio.run(founded(store, settings))
    return running(settings, store, Time())


if __name__ == "__main__":
    make()(int(sys.argv[1]))

"""Serves scores and an appraisal of a small declared community: `python -m tests.browser.score_server PORT`."""

import asyncio
import logging
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from app import plugins
from app.domain.entry import Entry
from app.printing import WeasyPrinter
from app.services.actor import Permission, Post
from app.services.appraisals import AppraisalsService
from app.services.appraising.closing import Closing, ClosingPorts
from app.services.appraising.scores import ScoresService
from app.services.appraising.staff import StaffService
from app.services.appraising.trends import Trends
from app.services.live import LiveCommunities
from app.services.ports import Account, Loaded, Revision
from app.services.prints.places import PlacePrints
from app.services.year.year import YearService
from app.settings import Settings
from app.ui.app import create_app, serve
from tests.browser.nursery import Run
from tests.fakes.community import FAST, PASSWORD, FakeCommunity
from tests.fakes.deciders import PlainDecider
from tests.fakes.stores import FakeClosings, FakeLedger, FakeRevisions
from tests.services.declared import PLACE, Told, told
from tests.services.test_scores import GIVEN, NOW, RULES

NAMES = {"w1": ("zhoumin", "周敏"), "w2": ("majun", "马骏"), "w9": ("shenruolan", "沈若兰")}
FILES = """
---
form: worker_file
title: {zh: 人员档案, en: Staff file, es: Ficha}
describes: worker
label: [name]
fields: {name: {type: text, required: true}}
"""
PEOPLE = """
- {form: worker_file, at: 2024-01-01, subject: w1, name: 周敏}
- {form: worker_file, at: 2024-01-01, subject: w2, name: 马骏}
"""


class Declared:
    """The one regulation."""

    def __init__(self, case: Told) -> None:
        self._loaded = Loaded(replace(case.regulation, revision="a" * 64), (), {}, "a" * 64)

    def read_files(self, place: str) -> Mapping[str, str]:
        return {}

    def load(self, place: str, files: Mapping[str, str], *, with_cases: bool = True) -> Loaded:
        return self._loaded

    def places(self) -> list[str]:
        return [PLACE]

    def create_place(self, place: str, level: str, title: Mapping[str, str], grids: int) -> None:
        raise NotImplementedError

    def remove_place(self, place: str) -> None:
        raise NotImplementedError


def community() -> tuple[FakeCommunity, LiveCommunities, Closing]:
    plugins.load(others=False)
    made = FakeCommunity(now=NOW)
    hashed = FAST.hash(PASSWORD)
    for person, (login, name) in NAMES.items():
        made.store.accounts[person] = Account(person, login, person, name, PLACE, hashed)
        chief = person == "w9"
        may = frozenset(Permission) if chief else frozenset({Permission.RECORD})
        made.posts[person] = (Post(f"p-{person}", "leader", PLACE if chief else f"{PLACE}/g1", may),)
    case = told(RULES + FILES, GIVEN + PEOPLE)
    ledger, revisions = FakeLedger(), FakeRevisions()
    asyncio.run(ledger.append([replace(entry, place=entry.place or PLACE) for entry in case.entries], {}))
    revisions.revisions.append(Revision("a" * 64, PLACE, {}, NOW - timedelta(days=900), "w9"))
    declared = Declared(case)
    live = LiveCommunities(ledger, revisions, declared, PlainDecider, made.clock)
    ports = ClosingPorts(live, ledger, FakeClosings(), revisions, declared, PlainDecider, made.clock)
    closing = Closing(ports)
    asyncio.run(closing.close(PLACE, "2024", "w9"))
    made.now += timedelta(minutes=1)
    at = datetime(2024, 3, 10, tzinfo=UTC)
    asyncio.run(ledger.append([Entry("late", PLACE, "report", at, "w1", made.now, {})], {}))
    return made, live, closing


def make() -> Run:
    logging.basicConfig(level=logging.WARNING)
    made, live, closing = community()
    scores = ScoresService(live, made.resolve, made.clock, closing)
    services = replace(
        made.services(),
        scores=scores,
        staff=StaffService(scores, made.clock),
        year=YearService(scores, Trends(live, PlainDecider, made.clock), made.clock),
        appraisals=AppraisalsService(scores, WeasyPrinter(), made.clock, closing),
        place_prints=PlacePrints(scores, WeasyPrinter(), made.clock),
    )
    folder = Path(tempfile.mkdtemp(prefix="gridbook-scores-"))

    def run(port: int) -> None:
        settings = Settings(port=port, data=folder)
        create_app(services, settings)
        serve(settings)

    return run


if __name__ == "__main__":
    make()(int(sys.argv[1]))

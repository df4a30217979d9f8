"""The four demo communities in one store, side by side: each by its own regulation, none by another's entries."""

import asyncio
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from io import BytesIO
from itertools import product
from zoneinfo import ZoneInfo

import pytest

from app import plugins
from app.declarations.scenario_file import read_scenarios
from app.domain.entry import Entry
from app.domain.regulation import sensitive_fields
from app.exchange.lists import write_xlsx
from app.exchange.xlsx import read_xlsx
from app.i18n import LANGUAGES, Translator
from app.services.actor import ActorRef
from app.services.appraising.scores import ScoresService
from app.services.community import Communities
from app.services.demo import Demo, DemoPorts
from app.services.filling import SYSTEM_FORMS
from app.services.live import LiveCommunities
from app.services.people import People
from app.services.today import TodayService
from app.services.workbooks.export import table_of
from app.services.workbooks.reading import WorkbookImport
from app.services.workbooks.register import Register
from tests.fakes import shipped
from tests.fakes.counting import uncounted
from tests.fakes.deciders import PlainDecider
from tests.fakes.stores import FakeStore
from tests.services.scenario_demo import ROOT

PLACES = ("demo/hengjie", "demo/liuan", "demo/xinglin", "demo/zaoyuan")
EVENING = datetime(2025, 1, 14, 10, tzinfo=UTC)


@dataclass
class App:
    """One store with all four, as of a Tuesday evening in their first January."""

    now: datetime = EVENING

    def __post_init__(self) -> None:
        self.store = FakeStore()
        declarations = shipped.declarations()
        ledger, revisions = self.store.ledger, self.store.revisions
        self.live = LiveCommunities(ledger, revisions, declarations, PlainDecider, self.clock)
        communities = Communities(declarations, revisions, ledger, self.clock)
        ports = DemoPorts(
            communities, self.store.accounts, ledger, self.live, self.clock, lambda: read_scenarios(ROOT)
        )
        self.demo = Demo(ports)
        people = People(self.store.accounts, self.live)
        self.today = TodayService(self.live, people.resolve, self.clock)
        self.scores = ScoresService(self.live, people.resolve, self.clock)

    def clock(self) -> datetime:
        return self.now

    async def tables(self, place: str) -> Mapping[str, object]:
        evaluation = (await self.live.fresh(place)).evaluation
        return {name: dict(evaluation.rows(name)) for name in evaluation.regulation.duties}


@pytest.fixture(scope="module", name="app")
def app_fixture() -> App:
    app = App()
    with uncounted(), ThreadPoolExecutor(1) as pool:
        pool.submit(asyncio.run, app.demo.start(lambda _done, _total: None)).result()
    return app


STREET = "demo"


async def test_all_four_are_published_and_their_people_come_community_by_community(app: App) -> None:
    published = sorted(revision.place for revision in app.store.revisions.revisions)
    assert published == [STREET, *PLACES]  # the street has people, too
    people = await app.demo.people()
    seen = list(dict.fromkeys(person.community["en"] for person in people))
    assert [title.split()[0] for title in seen] == ["Liu'an", "Hengjie", "Xinglin", "Zaoyuan", "Qinglan"]
    assert [person.community["en"] for person in people] == sorted(
        (person.community["en"] for person in people), key=seen.index
    )


async def test_what_somebody_owes_today_is_of_the_own_regulation_alone(app: App) -> None:
    owed: dict[str, set[str]] = {}
    everybody = [one for place in PLACES for one in (await app.store.accounts.of_place(place))[:12]]
    for account in everybody:
        mine = await app.today.today(ActorRef(account.id))
        items = (*mine.late, *mine.soon, *mine.later, *mine.done)
        owed.setdefault(account.place, set()).update(item.duty for item in items)
    for place in PLACES:
        regulation = (await app.live.fresh(place)).regulation
        assert owed[place]
        assert owed[place] <= set(regulation.duties)
    assert "half_day_patrol" in owed["demo/hengjie"]
    assert {"elderly_call", "elderly_visit"} <= owed["demo/xinglin"]
    assert {"census_visit", "box_checked"} <= owed["demo/zaoyuan"]
    assert not owed["demo/liuan"] & {"half_day_patrol", "elderly_call", "census_visit"}


async def test_a_score_is_made_of_the_own_regulation_s_sheets(app: App) -> None:
    for place in PLACES:
        regulation = (await app.live.fresh(place)).regulation
        for account in (await app.store.accounts.of_place(place))[:3]:
            score = await app.scores.overview(ActorRef(account.id))
            assert {sheet.id for sheet in score.sheets} <= set(regulation.sheets)


async def test_an_entry_in_one_changes_nothing_in_another(app: App) -> None:
    before = {place: await app.tables(place) for place in PLACES}
    community = await app.live.fresh("demo/zaoyuan")
    box = Entry(
        id="typed-by-hand",
        place="demo/zaoyuan",
        form="box_check",
        at=EVENING - timedelta(hours=2),
        by="zy-w02",
        recorded_at=EVENING - timedelta(minutes=1),
        answers={"letters": 3},
        subject="demo/zaoyuan/g2",
    )
    await app.store.ledger.append([box], sensitive_fields(community.regulation))
    after = {place: await app.tables(place) for place in PLACES}
    assert {place for place in PLACES if after[place] != before[place]} == {"demo/zaoyuan"}
    changed = {name for name, rows in after["demo/zaoyuan"].items() if rows != before["demo/zaoyuan"][name]}
    assert changed == {"box_checked"}


@pytest.mark.parametrize("place", PLACES)
async def test_each_list_of_each_form_comes_in_again_as_known_in_whatever_language_it_went_out(
    app: App, place: str
) -> None:
    community = await app.live.fresh(place)
    types = plugins.field_types(plugins.load(others=False))
    register = Register(community, app.now)
    zone = ZoneInfo(community.regulation.calendar.zone)
    told, seen = [], set()
    forms = [form for name, form in community.regulation.forms.items() if name not in SYSTEM_FORMS]
    for form, language in product(forms, LANGUAGES):
        for entries in (False, True) if form.describes else (False,):
            t = Translator(language).at(zone)
            table = table_of(register, form, app.now, t, sensitive=False, entries=entries)
            if not table.rows:
                continue
            few = replace(table, rows=table.rows[:: max(1, len(table.rows) // 20)])
            stream = BytesIO()
            write_xlsx(few, stream)
            book = read_xlsx(stream.getvalue(), "out.xlsx")
            importing = WorkbookImport(community, form, book, types, app.now)
            seen.add(form.id)
            told += [(form.id, language, one.became) for one in importing.told() if one.became != "known"]
    assert told == []
    assert len(seen) > 5

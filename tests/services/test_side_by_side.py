"""The four shipped communities in one app: each under its own regulation, over one ledger."""

from datetime import UTC, datetime

from app.domain.entry import Entry
from app.services.live import LiveCommunities
from app.services.ports import Revision
from app.services.reasons.records import records
from tests.fakes.deciders import PlainDecider
from tests.fakes.stores import FakeStore
from tests.services.item_tables import ROOT
from tests.services.test_shipped_regulations import PLACES, declarations

NOW = datetime(2025, 4, 1, 4, tzinfo=UTC)
LAST_YEAR = datetime(2024, 1, 1, tzinfo=UTC)
POSTS = {
    "demo/liuan": "grid_leader",
    "demo/hengjie": "grid_member",
    "demo/xinglin": "social_worker",
    "demo/zaoyuan": "grid_member",
}


def worker_of(place: str) -> str:
    return "w-" + place[-3:]


def post(place: str) -> Entry:
    answers = {"worker": worker_of(place), "role": POSTS[place]}
    return Entry(
        f"post-{place}", f"{place}/g1", "appointment", LAST_YEAR, "w0", LAST_YEAR, answers, f"post-{place}"
    )


def patrol(place: str) -> Entry:
    at = datetime(2025, 3, 3, 2, tzinfo=UTC)
    answers = {
        "start": "2025-03-03T09:00:00+08:00",
        "end": "2025-03-03T10:00:00+08:00",
        "prepared": True,
        "reported": True,
        "clues": 1,
    }
    return Entry(f"patrol-{place}", f"{place}/g1", "patrol", at, worker_of(place), at, answers)


async def living() -> LiveCommunities:
    store = FakeStore()
    for place in PLACES:
        files = declarations().read_files(place)
        loaded = declarations().load(place, files, with_cases=False)
        await store.revisions.add(Revision(loaded.revision, place, files, LAST_YEAR, "w0"))
        found = [post(place), patrol(place)] if place != "demo/zaoyuan" else [post(place)]
        await store.ledger.append(found, {one.id: frozenset() for one in found})
    return LiveCommunities(store.ledger, store.revisions, declarations(), PlainDecider, lambda: NOW)


async def test_one_app_runs_the_four_communities_each_by_its_own_text() -> None:
    live = await living()
    found = {}
    for place, duty in (
        ("demo/liuan", "daily_patrol"),
        ("demo/hengjie", "half_day_patrol"),
        ("demo/xinglin", "clue_patrol"),
    ):
        community = await live.fresh(place)
        found[place] = {
            row["window"]: row["state"]
            for row in records(community.evaluation, duty)
            if row["window"].startswith("2025-03-03") and row["subject"] == worker_of(place)
        }
    # The same hour of the same morning: a day's patrol in two communities, half a day's in the third.
    assert found == {
        "demo/liuan": {"2025-03-03": "met"},
        "demo/hengjie": {"2025-03-03/1": "met", "2025-03-03/2": "missed"},
        "demo/xinglin": {"2025-03-03": "met"},
    }
    boxes = {row["state"] for row in records((await live.fresh("demo/zaoyuan")).evaluation, "box_checked")}
    assert {"missed", "due"} <= boxes <= {"missed", "due", "upcoming"}


async def test_the_communities_share_the_base_and_differ_by_what_they_use_and_add() -> None:
    tables = {}
    for place in PLACES:
        loaded = declarations().load(place, declarations().read_files(place), with_cases=False)
        assert loaded.regulation is not None
        tables[place] = loaded.regulation
    patrols = [one.forms["patrol"] for one in tables.values() if "patrol" in one.forms]
    assert {form.heading.where.path for form in patrols if form.heading.where} == {"forms/patrol.yaml"}
    assert [len(form.fields) for form in patrols] == [9, 7, 8]
    assert "home_visit" in tables["demo/liuan"].duties
    assert all("home_visit" not in one.duties for place, one in tables.items() if place != "demo/liuan")
    assert (ROOT / "forms" / "patrol.yaml").is_file()

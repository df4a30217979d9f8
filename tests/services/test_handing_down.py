"""What a district publishes comes to its streets that have people first, and on from those to their communities."""

import dataclasses
from collections.abc import AsyncIterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any, cast

import pytest
import pytest_asyncio

from app.bootstrap import Wired, wire
from app.domain.entry import Entry
from app.i18n import Translator
from app.services.actor import ActorRef
from app.services.drafting.gates import Decision
from app.services.notices import Link
from app.services.ports import Account, Revision
from app.settings import Settings
from tests.fakes.checkout import write
from tests.fakes.stores import FakeStore
from tests.fakes.working import FILES
from tests.services.test_who_may import MORE

NOW = datetime(2026, 11, 22, 2, 42, tzinfo=UTC)
DISTRICT, STREET, BESIDE = "hills", "hills/river", "hills/brook"
LAKESIDE, MILL = f"{STREET}/lakeside", f"{BESIDE}/mill"
OF_DISTRICT, OF_STREET = ActorRef("a-district"), ActorRef("a-street")
MAY = "record, see_place, see_scores, publish, approve, administer"
CALL = "rules/district_call.yaml"
CALLS = """\
duty: district_call
title: {zh: 区统一电话}
for_each: household
owed_by: leader
every: month
times: 1
met_by: {form: visit, where: {channel: phone}}
"""


def files() -> dict[str, str]:
    """Return a district with two streets, and a community in each."""
    shared = {path: text for path, text in FILES.items() if "config/places" not in path}
    own = FILES["config/places/lakeside/place.yaml"]
    return {
        **shared,
        **MORE,
        "config/roles/of_district.yaml": f"role: of_district\ntitle: {{zh: 区负责人}}\nlevel: district\nmay: [{MAY}]\n",
        "config/roles/of_street.yaml": f"role: of_street\ntitle: {{zh: 街道负责人}}\nlevel: street\nmay: [{MAY}]\n",
        "config/places/hills/place.yaml": "place: hills\nlevel: district\ntitle: {zh: 丘陵区}\n",
        "config/places/hills/river/place.yaml": "place: river\nlevel: street\ntitle: {zh: 临河街道}\n",
        "config/places/hills/brook/place.yaml": "place: brook\nlevel: street\ntitle: {zh: 溪边街道}\n",
        "config/places/hills/river/lakeside/place.yaml": own,
        "config/places/hills/brook/mill/place.yaml": own.replace("place: lakeside", "place: mill"),
    }


@dataclasses.dataclass
class Hills:
    """The application over a district: one of its streets has people, the other has none."""

    wired: Wired
    store: FakeStore

    async def publish(self, place: str) -> None:
        found = self.wired.declarations.read_files(place)
        loaded = self.wired.declarations.load(place, found)
        assert loaded.regulation is not None, [str(problem) for problem in loaded.problems]
        await self.store.revisions.add(
            Revision(loaded.revision, place, found, NOW - timedelta(days=400), "w-d")
        )

    async def decide(self, ref: ActorRef, draft: str) -> None:
        """Bring a draft of a level through its gates into force."""
        services = self.wired.services
        impact, publication = services.layer_impact, services.draft_publication
        assert impact is not None
        assert publication is not None
        for one in (await impact.reach(ref, draft)).communities:
            await impact.work_out(ref, draft, one.place, Translator("zh"))
        await publication.cases(ref, draft)
        content = (await publication.gates(ref, draft)).content
        await publication.approve(ref, draft, content, Decision("1 号", date(2026, 11, 22)))
        await publication.publish(ref, draft, content)

    async def drafts(self) -> dict[str, list[str]]:
        """Return the paths that each place's one draft changes."""
        found = {}
        for place in (STREET, BESIDE, LAKESIDE, MILL):
            for draft in await self.store.regulation_drafts.of_place(place):
                found[place] = list(draft.step.files)
        return found


@pytest_asyncio.fixture
async def hills(tmp_path: Path) -> AsyncIterator[Hills]:
    write(tmp_path / "files", files())
    store = FakeStore()
    wired = wire(Settings(files=tmp_path / "files", data=tmp_path / "data"), cast("Any", store), lambda: NOW)
    made = Hills(wired, store)
    for place in (DISTRICT, STREET, LAKESIDE, MILL):
        await made.publish(place)
    since = NOW - timedelta(days=400)
    for account, person, place, role in (
        ("a-district", "w-d", DISTRICT, "of_district"),
        ("a-street", "w-s", STREET, "of_street"),
    ):
        post = {"worker": person, "role": role}
        await store.ledger.append(
            [Entry(f"post-{person}", place, "appointment", since, person, since, post, f"p-{person}")], {}
        )
        await store.accounts.save(Account(account, account[2:], person, person, place, "x"))
    yield made
    wired.close()


async def _of_district(hills: Hills) -> str:
    drafting = hills.wired.services.drafting
    assert drafting is not None
    draft = await drafting.open(OF_DISTRICT, "区统一规定")
    await drafting.add(OF_DISTRICT, draft.id, CALL, CALLS)
    return draft.id


async def test_a_districts_layer_waits_for_the_people_of_a_street_and_passes_a_street_without_any(
    hills: Hills,
) -> None:
    draft = await _of_district(hills)
    impact = hills.wired.services.layer_impact
    assert impact is not None
    reach = await impact.reach(OF_DISTRICT, draft)
    assert [one.place for one in reach.communities] == [MILL, LAKESIDE]  # each is told all the same
    await hills.decide(OF_DISTRICT, draft)
    path = f"config/places/hills/{CALL}"
    assert await hills.drafts() == {STREET: [path], MILL: [path]}
    (theirs,) = await hills.store.regulation_drafts.of_place(STREET)
    await hills.decide(
        OF_STREET, theirs.id
    )  # what came from the district goes on with what the street decides
    assert await hills.drafts() == {LAKESIDE: [path], MILL: [path]}


async def test_a_street_hands_down_what_it_changed_and_not_what_lay_above_it_before(hills: Hills) -> None:
    write(Path(hills.wired.settings.files), {f"config/places/hills/{CALL}": CALLS})
    await hills.publish(LAKESIDE)  # it has taken over from its files what the street hasn't yet
    drafting = hills.wired.services.drafting
    assert drafting is not None
    draft = await drafting.open(OF_STREET, "街道规定")
    await drafting.add(OF_STREET, draft.id, "rules/street_call.yaml", CALLS.replace("district", "street"))
    await hills.decide(OF_STREET, draft.id)
    assert await hills.drafts() == {LAKESIDE: ["config/places/hills/river/rules/street_call.yaml"]}


async def test_a_districts_layer_that_would_break_a_streets_own_rule_isnt_published(hills: Hills) -> None:
    own = CALLS.replace("times: 1", "times: 2")
    write(Path(hills.wired.settings.files), {f"config/places/hills/river/{CALL}": own})
    await hills.publish(STREET)
    publication = hills.wired.services.draft_publication
    assert publication is not None
    gates = await publication.gates(OF_DISTRICT, await _of_district(hills))
    assert [problem.code for problem in gates.errors] == ["E131"]
    assert gates.broken == (STREET,)


@pytest.mark.parametrize("place", [STREET, DISTRICT])
async def test_only_places_with_a_regulation_of_their_own_lie_between(hills: Hills, place: str) -> None:
    below = hills.wired.services.layer_impact._below  # type: ignore[union-attr]
    assert await below.between(place) == ((STREET,) if place == DISTRICT else ())


async def test_who_decides_on_what_was_handed_down_is_told_on_today_until_it_is_decided(hills: Hills) -> None:
    since = NOW - timedelta(days=400)
    for account, person, role in (("a-lake", "w-l", "director"), ("a-leads", "w-k", "leader")):
        post = {"worker": person, "role": role}
        await hills.store.ledger.append(
            [Entry(f"post-{person}", LAKESIDE, "appointment", since, person, since, post, f"p-{person}")], {}
        )
        await hills.store.accounts.save(Account(account, account[2:], person, person, LAKESIDE, "x"))
    drafting, work = hills.wired.services.drafting, hills.wired.services.work
    assert drafting is not None
    assert work is not None
    notices = work.notices
    own = await drafting.open(ActorRef("a-lake"), "社区自己的")  # nobody is told of what was begun here
    await drafting.add(ActorRef("a-lake"), own.id, "rules/own_call.yaml", CALLS.replace("district", "own"))
    draft = await drafting.open(OF_STREET, "统一电话")
    await drafting.add(OF_STREET, draft.id, "rules/street_call.yaml", CALLS.replace("district", "street"))
    await hills.decide(OF_STREET, draft.id)
    handed = next(
        one for one in await hills.store.regulation_drafts.of_place(LAKESIDE) if one.opened_by == "w-s"
    )
    (told,) = (await notices.notices(ActorRef("a-lake"))).unseen
    assert told.link == Link("draft", handed.id)
    assert (
        Translator("zh").text(told.title)
        == "临河街道下发了规则改动“临河街道统一规定（1 号）”，请查看并决定是否采用"
    )
    assert not (await notices.notices(ActorRef("a-leads"))).unseen
    assert await notices.see(ActorRef("a-lake"), told.id)
    assert [one.id for one in (await notices.notices(ActorRef("a-lake"))).seen] == [told.id]
    await drafting.discard(ActorRef("a-lake"), handed.id)
    assert not (await notices.notices(ActorRef("a-lake"))).seen

"""Records of a grid that has ended are told, and moved together: shown first, with a reason, undone for a minute."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from app.domain.entry import Entry
from app.domain.problem import ProblemError
from app.services.actor import DeniedError
from app.services.books.move_plans import Move
from app.services.registers.kinds import BACK, OUT, TRANSFER
from app.services.registers.listing import Query
from app.services.registers.preview import Change
from tests.fakes.books import moves
from tests.fakes.registers import FILES, peopled
from tests.fakes.working import DIRECTOR, LEADER, NEIGHBOUR, PLACE, Working, codes

if TYPE_CHECKING:
    from app.services.books.moves import Moves

ENDED = date(2026, 11, 16)
TODAY = date(2026, 11, 22)
G1, G2 = f"{PLACE}/g1", f"{PLACE}/g2"
PLACES = {
    **FILES,
    "config/places/lakeside/place.yaml": FILES["config/places/lakeside/place.yaml"].replace(
        "g1: {level: grid,", f"g1: {{level: grid, in_force: {{until: {ENDED}}},"
    ),
}
ALL = ("hh-1", "hh-2", "hh-3", "hh-5")
LATER = datetime(2026, 11, 18, 2, tzinfo=UTC)


def changed_later(start: datetime) -> list[Entry]:
    """Return the community, one household of which was changed two days after its grid had ended."""
    made = peopled(start)
    old = next(one for one in made if one.subject == "hh-3" and one.form == "household")
    return [*made, replace(old, id="later-3", at=LATER, recorded_at=LATER)]


@pytest.fixture(name="working")
async def working_fixture(tmp_path: Path) -> Working:
    made = Working(tmp_path, texts=PLACES, founding=changed_later)
    await made.start()
    return made


def wanted(*subjects: str, **more: object) -> Move:
    move = Move("household", G1, G2, ENDED, subjects or ALL, "第一网格撤销", "ab12")
    return replace(move, **more)  # type: ignore[arg-type]


async def places(working: Working, about: str = "household") -> dict[str, str]:
    found = await working.work.subjects.find(DIRECTOR, Query(about))
    return {row.label.id: row.label.place.rpartition("/")[2] for row in found.rows}


async def size(working: Working) -> int:
    return len((await working.live.fresh(PLACE)).entries)


# ---- what is told
async def test_what_lies_in_an_ended_grid_is_told_where_registers_are_listed_and_mended(
    working: Working,
) -> None:
    for about, many in (("household", 4), ("person", 3)):  # of a person nothing else is wanted
        page = await working.work.subjects.find(DIRECTOR, Query(about))
        mending = await working.work.registers.mending.to_mend(DIRECTOR, about)
        for told in (page.left, mending.left):
            assert [(one.place, one.ended, one.records) for one in told] == [(G1, ENDED, many)]
        assert mending.quality is (about == "household")
    assert (await working.work.subjects.find(DIRECTOR, Query("household", on=date(2026, 1, 5)))).left == ()
    assert (await working.work.subjects.find(NEIGHBOUR, Query("household"))).left == ()
    left = await moves(working).left(DIRECTOR)
    assert {about: one[0].records for about, one in left.items()} == {
        "household": 4,
        "person": 3,
        "membership": 1,
    }


async def test_the_page_begins_with_the_ended_grid_and_offers_those_that_are_there(working: Working) -> None:
    found = await moves(working).options(DIRECTOR, "household")
    assert (found.place, found.ended, list(found.targets)) == (G1, ENDED, [G2])
    assert {place: many for place, (_, many) in found.froms.items()} == {G1: 4, G2: 1}
    assert sorted(one.id for one in found.records) == sorted(ALL)
    other = await moves(working).options(DIRECTOR, "household", G2)
    assert (other.ended, list(other.targets), [one.id for one in other.records]) == (None, [], ["hh-4"])
    nothing = await moves(working).options(DIRECTOR, "household", f"{PLACE}/g9")
    assert (nothing.records, nothing.place) == ((), f"{PLACE}/g9")


# ---- moving
async def test_all_move_with_those_who_live_there_and_one_that_cannot_stays_and_hinders_none(
    working: Working,
) -> None:
    service, before = moves(working), await size(working)
    found = await service.preview(DIRECTOR, wanted(reason=""))
    assert (found.total, found.moving, found.refused) == (4, 3, 1)
    assert [(title["zh"], many) for title, many in found.along] == [("居民信息", 3)]
    (stays,) = found.first_refused
    assert (stays.whose, stays.problem.code, stays.problem.values) == (
        "10-1-101 梁玉珍",
        "E752",
        {"day": "2026-11-18"},
    )
    assert await size(working) == before
    done = await service.move(DIRECTOR, wanted())
    assert (done.count, done.left) == (3, timedelta(minutes=1))
    assert await places(working) == {"hh-1": "g2", "hh-2": "g2", "hh-3": "g1", "hh-4": "g2", "hh-5": "g2"}
    assert set((await places(working, "person")).values()) == {"g2"}
    then = await working.work.subjects.find(DIRECTOR, Query("household", on=ENDED))
    assert {row.label.id for row in then.rows if row.label.place == G2} == {"hh-1", "hh-2", "hh-4", "hh-5"}
    card = await working.work.subjects.card(DIRECTOR, "household", "hh-1")
    assert "第一网格撤销" in [moment.reason for moment in card.moments]
    now = await size(working)
    assert (await service.move(DIRECTOR, wanted())).count == 3  # pressed twice
    assert await size(working) == now


async def test_on_the_day_of_its_last_change_a_record_moves_after_it(working: Working) -> None:
    await moves(working).move(DIRECTOR, wanted("hh-3", on=date(2026, 11, 18)))
    assert (await places(working))["hh-3"] == "g2"


async def test_it_is_undone_as_a_whole_within_the_minute_and_one_by_one_afterwards(working: Working) -> None:
    service, before = moves(working), await places(working)
    await service.move(DIRECTOR, wanted(on=TODAY))
    assert [(one.id, one.count) for one in await service.recent(DIRECTOR)] == [("ab12", 4)]
    assert await service.recent(LEADER) == ()
    with pytest.raises(ProblemError) as fault:
        await service.undo(LEADER, "ab12", "x")
    assert codes(fault.value) == ["E720"]
    assert await service.undo(DIRECTOR, "ab12", "点错了") == 4
    assert await places(working) == before
    assert set((await places(working, "person")).values()) == {"g1"}
    assert await service.recent(DIRECTOR) == ()
    with pytest.raises(ProblemError) as fault:
        await service.undo(DIRECTOR, "ab12", "再来一次")
    assert codes(fault.value) == ["E718"]
    working.now += timedelta(seconds=5)
    await service.move(DIRECTOR, wanted(on=TODAY, key="cd34"))
    working.now += timedelta(minutes=1)
    with pytest.raises(ProblemError) as fault:
        await service.undo(DIRECTOR, "cd34", "晚了")
    assert codes(fault.value) == ["E740"]
    first = next(
        one.id
        for one in (await working.live.fresh(PLACE)).entries.values()
        if one.id.startswith("reg-cd34-") and one.subject == "hh-1"
    )
    await working.work.submissions.withdraw(DIRECTOR, first, "这户其实没转")
    there = await places(working)
    assert (there["hh-1"], there["hh-2"]) == ("g1", "g2")
    people = await places(working, "person")
    assert (people["p-1"], people["p-3"]) == ("g1", "g2")


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"reason": " "}, "E719"),
        ({"on": TODAY + timedelta(days=1)}, "E706"),
        ({"to": G1}, "E707"),
        ({"to": f"{PLACE}/g9"}, "E707"),
        ({"about": "castle"}, "E707"),
        ({"subjects": ("hh-4", "hh-77")}, "E751"),
        ({"subjects": tuple(map(str, range(2_001)))}, "E773"),
        ({"subjects": ("hh-3",)}, "E751"),  # all of it stays
    ],
)
async def test_what_can_not_be_moved_is_told_and_nothing_is_stored(
    working: Working, change: dict[str, object], code: str
) -> None:
    before = await size(working)
    with pytest.raises(ProblemError) as fault:
        await moves(working).move(DIRECTOR, wanted(**change))
    assert codes(fault.value) == [code]
    assert await size(working) == before


async def test_who_may_not_fill_the_form_in_moves_nothing(working: Working) -> None:
    service: Moves = moves(working)
    with pytest.raises(DeniedError):
        await service.options(DIRECTOR, "holder")
    with pytest.raises(ProblemError) as fault:  # the neighbour doesn't see what lies in the other grid
        await service.move(NEIGHBOUR, wanted())
    assert codes(fault.value) in (["E751"], ["E707"])


# ---- one by one
async def test_a_transfer_or_return_of_a_day_before_the_last_change_is_refused_instead_of_lost(
    working: Working,
) -> None:
    changes = working.work.registers.changes
    with pytest.raises(ProblemError) as fault:
        await changes.record(DIRECTOR, Change(TRANSFER, "household", "hh-3", ENDED, G2, key="one"))
    assert codes(fault.value) == ["E752"]
    await changes.record(DIRECTOR, Change(TRANSFER, "household", "hh-3", date(2026, 11, 18), G2, key="two"))
    assert (await places(working))["hh-3"] == "g2"
    working.now += timedelta(minutes=5)
    await changes.record(DIRECTOR, Change(OUT, "household", "hh-2", date(2026, 11, 19), key="three"))
    working.now += timedelta(minutes=5)
    with pytest.raises(ProblemError) as fault:
        await changes.record(DIRECTOR, Change(BACK, "household", "hh-2", date(2026, 11, 20), G2, key="four"))
    assert codes(fault.value) == ["E752"]

"""Registers change by entries: out, back, elsewhere, two into one, one into two; shown before, taken back after."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from app.domain.entry import Entry
from app.domain.problem import ProblemError
from app.services.actor import DeniedError
from app.services.books.bulk_views import Selection
from app.services.form_views import Wanted
from app.services.registers.changes import RecordRefusedError
from app.services.registers.history import Act
from app.services.registers.kinds import BACK, MERGE, OUT, SPLIT, TRANSFER
from app.services.registers.listing import Query, Who
from app.services.registers.preview import Change
from app.services.submitted import Submission
from tests.fakes.books import bulk
from tests.fakes.registers import FILES, peopled
from tests.fakes.working import DIRECTOR, LEADER, NEIGHBOUR, NOW, PLACE, Working, codes

TODAY = date(2026, 11, 22)
WHOLE = "household"


@pytest.fixture(name="working")
async def working_fixture(tmp_path: Path) -> Working:
    made = Working(tmp_path, texts=FILES, founding=peopled)
    await made.start()
    return made


async def listed(working: Working, **wanted: Any) -> list[str]:
    page = await working.work.subjects.find(DIRECTOR, Query(WHOLE, **wanted))
    return [row.label.id for row in page.rows]


async def record(working: Working, kind: str, subject: str = "hh-1", **more: Any) -> tuple[str, ...]:
    change = Change(kind, more.pop("about", WHOLE), subject, key=f"{kind}{subject}0000", **more)
    return await working.work.registers.changes.record(DIRECTOR, change)


async def acts(working: Working, subject: str = "hh-1") -> list[tuple[Act, str]]:
    card = await working.work.subjects.card(DIRECTOR, WHOLE, subject)
    return [(moment.act, moment.became) for moment in card.moments]


# ---- out, back, elsewhere
async def test_a_household_moves_out_with_those_who_live_there_and_comes_back(working: Working) -> None:
    await record(working, OUT, on=TODAY - timedelta(days=2), along=("p-1", "p-2"))
    assert "hh-1" not in await listed(working)
    assert await listed(working, who=Who.LEFT) == await listed(working, who=Who.GONE) == ["hh-1"]
    people = await working.work.subjects.find(DIRECTOR, Query("person"))
    assert [row.label.id for row in people.rows] == ["p-3"]
    working.now += timedelta(hours=1)
    await record(working, BACK, on=TODAY, place=f"{PLACE}/g2")
    card = await working.work.subjects.card(DIRECTOR, WHOLE, "hh-1")
    assert (card.label.present, card.label.place) == (True, f"{PLACE}/g2")
    assert [act for act, _ in await acts(working)] == [Act.BACK, Act.LEFT, Act.CAME]


async def test_a_preview_tells_what_is_recorded_and_who_owes_what_and_stores_nothing(
    working: Working,
) -> None:
    change = Change(TRANSFER, WHOLE, "hh-1", TODAY, f"{PLACE}/g2", along=("p-1",))
    before = len((await working.live.fresh(PLACE)).entries)
    found = await working.work.registers.changes.preview(DIRECTOR, change)
    assert len((await working.live.fresh(PLACE)).entries) == before
    assert [(one.whom, [str(change.title["zh"]) for change in one.changes]) for one in found.planned] == [
        ("1-1-101 陈桂芳", ["网格"]),
        ("陈桂芳", ["网格"]),
    ]
    assert {debt.owner for debt in found.before} == {"周敏"}
    assert {debt.owner for debt in found.after} == {"马骏"}
    assert {debt.day for debt in found.after} == {date(2026, 12, 31)}


async def test_the_transfer_is_seen_by_the_new_grid_and_no_more_by_the_old_one(working: Working) -> None:
    await record(working, TRANSFER, on=TODAY, place=f"{PLACE}/g2")
    mine = await working.work.subjects.find(NEIGHBOUR, Query(WHOLE))
    assert "hh-1" in [row.label.id for row in mine.rows]
    with pytest.raises(DeniedError):
        await working.work.subjects.card(LEADER, WHOLE, "hh-1")
    past = await working.work.subjects.find(LEADER, Query(WHOLE, on=date(2026, 1, 1)))
    assert "hh-1" not in [row.label.id for row in past.rows]
    assert [act for act, _ in await acts(working)] == [Act.MOVED, Act.CAME]


@pytest.mark.parametrize(
    ("kind", "more", "code"),
    [
        (BACK, {}, "E751"),
        (TRANSFER, {"place": f"{PLACE}/g1"}, "E751"),
        (TRANSFER, {}, "E751"),
        (TRANSFER, {"place": f"{PLACE}/g9"}, "E703"),
        (OUT, {"on": TODAY + timedelta(days=1)}, "E706"),
        (MERGE, {"other": "hh-2"}, "E719"),
        (MERGE, {"other": "hh-1", "reason": "x"}, "E750"),
        (MERGE, {"other": "hh-77", "reason": "x"}, "E707"),
        (SPLIT, {"entries": ("visit-of-hh-5",), "reason": "x"}, "E720"),
        (SPLIT, {"reason": "x"}, "E751"),
        (SPLIT, {"entries": ("visit-hh-1",)}, "E719"),
        (OUT, {"subject": "hh-77"}, "E707"),
        (OUT, {"about": "castle"}, "E707"),
    ],
)
async def test_what_can_not_be_is_told_and_nothing_is_stored(
    working: Working, kind: str, more: dict[str, Any], code: str
) -> None:
    before = len((await working.live.fresh(PLACE)).entries)
    with pytest.raises(ProblemError) as fault:
        await record(working, kind, **more)
    assert codes(fault.value) == [code]
    assert len((await working.live.fresh(PLACE)).entries) == before


async def test_what_a_person_has_a_form_refuses_today_goes_along_and_what_breaks_a_condition_is_told_with_its_name(
    tmp_path: Path,
) -> None:
    person = FILES["forms/person.yaml"].replace(
        "  born:", "  tel: {type: phone}\n  pets: {type: integer, at_most: 3}\n  born:"
    )
    home, day = {"grid": f"{PLACE}/g1", "household": "hh-1"}, NOW - timedelta(days=9)
    old = [
        Entry("p-4-file", PLACE, "person", day, "w-3", day, {**home, "name": "李四", "tel": "12"}, "p-4"),
        Entry("p-5-file", PLACE, "person", day, "w-3", day, {**home, "name": "王五", "pets": 4}, "p-5"),
    ]
    working = Working(
        tmp_path, texts={**FILES, "forms/person.yaml": person}, founding=lambda start: [*peopled(start), *old]
    )
    await working.start()
    moved = await record(working, TRANSFER, on=TODAY, place=f"{PLACE}/g2", along=("p-4",))
    entries = (await working.live.fresh(PLACE)).entries
    assert [(entries[one].subject, entries[one].answers.get("tel")) for one in moved] == [
        ("hh-1", None), ("p-4", "12"),
    ]  # fmt: skip
    edited = Submission("edit-of-p-4", "person", {**entries[moved[1]].answers, "name": "李四光"}, "p-4")
    assert (await working.work.submissions.submit(DIRECTOR, edited)).new
    wrong = replace(edited, id="edit-of-p-4-b", answers={**edited.answers, "tel": "13"})
    with pytest.raises(ProblemError) as fault:
        await working.work.submissions.submit(DIRECTOR, wrong)
    assert codes(fault.value) == ["E714"]
    change = Change(OUT, WHOLE, "hh-1", TODAY, along=("p-1", "p-5"))
    with pytest.raises(RecordRefusedError) as refused:
        await working.work.registers.changes.preview(DIRECTOR, change)
    assert (refused.value.label.name, refused.value.form.id, codes(refused.value)) == (
        "王五", "person", ["E712"],
    )  # fmt: skip


async def test_only_those_may_change_a_register_whose_post_does(working: Working) -> None:
    changes = working.work.registers.changes
    for kind, reason in ((MERGE, "x"), (SPLIT, "x")):
        with pytest.raises(DeniedError):
            await changes.record(LEADER, Change(kind, WHOLE, "hh-1", other="hh-2", reason=reason))
    with pytest.raises(DeniedError):
        await changes.record(LEADER, Change(OUT, WHOLE, "hh-4", TODAY))
    for about, subject in (("worker", "w-1"), ("holder", "p-w-1")):
        with pytest.raises(DeniedError):
            await changes.record(DIRECTOR, Change(MERGE, about, subject, other="w-2", reason="x"))
    with pytest.raises(DeniedError):
        await changes.record(DIRECTOR, Change(OUT, "holder", "p-w-3", TODAY))
    options = await changes.options(LEADER, OUT, WHOLE, "hh-1")
    assert options.kinds == (OUT, TRANSFER)
    assert options.along == {"p-1": "陈桂芳", "p-2": "陈小明"}


async def test_the_same_change_twice_is_one(working: Working) -> None:
    first = await record(working, OUT, on=TODAY)
    working.now += timedelta(seconds=5)
    assert await record(working, OUT, on=TODAY) == first[:1]
    assert [act for act, _ in await acts(working)] == [Act.LEFT, Act.CAME]


# ---- who is who
async def test_a_merge_gathers_what_was_told_of_both_and_is_taken_back_by_an_entry(working: Working) -> None:
    changes = working.work.registers.changes
    wanted = Change(MERGE, WHOLE, "hh-1", other="hh-5", reason="重复登记", key="merge-hh-1")
    found = await changes.preview(DIRECTOR, wanted)
    assert found.follows == 2
    assert [one.whom for one in found.planned] == ["1-1-102 陈桂方 → 1-1-101 陈桂芳"]
    assert {debt.whom for debt in found.before} == {"1-1-101 陈桂芳", "1-1-102 陈桂方"}
    assert {debt.whom for debt in found.after} == {"1-1-101 陈桂芳"}
    (entry,) = await changes.record(DIRECTOR, wanted)
    card = await working.work.subjects.card(DIRECTOR, WHOLE, "hh-5")  # its address still leads somewhere
    assert (card.label.id, card.aliases) == ("hh-1", 1)
    assert "visit-of-hh-5" in {moment.entry for moment in card.moments}
    merged = next(moment for moment in card.moments if moment.act is Act.MERGED)
    assert (merged.other, merged.reason, merged.may_undo) == ("1-1-102 陈桂方", "重复登记", True)
    assert "hh-5" not in await listed(working)
    working.now += timedelta(minutes=5)
    await working.work.submissions.withdraw(DIRECTOR, entry, "看错了")
    assert "hh-5" in await listed(working)
    assert (Act.MERGED, "withdrawn") in await acts(working)
    apart = await working.work.subjects.card(DIRECTOR, WHOLE, "hh-5")
    assert "visit-of-hh-5" in {moment.entry for moment in apart.moments}


async def test_who_referred_to_the_absorbed_record_goes_on_with_the_one_that_is_kept(
    working: Working,
) -> None:
    submissions = working.work.submissions
    await record(working, MERGE, other="hh-2", reason="同一户")
    view = await submissions.open(DIRECTOR, Wanted("person", "p-3"))
    assert view.answers["household"] == "hh-1"
    typed_before = Submission("edit-of-p-3", "person", {**view.answers, "household": "hh-2"}, "p-3")
    receipt = await submissions.submit(DIRECTOR, typed_before)
    assert receipt.entry.answers["household"] == "hh-1"
    options = await working.work.registers.changes.options(DIRECTOR, OUT, WHOLE, "hh-1")
    assert set(options.along) == {"p-1", "p-2", "p-3"}
    await record(working, OUT, on=TODAY, along=("p-2", "p-3"))
    people = await working.work.subjects.find(DIRECTOR, Query("person"))
    assert [row.label.id for row in people.rows] == ["p-1"]


async def test_a_split_gives_a_new_record_what_was_told_of_it(working: Working) -> None:
    options = await working.work.registers.changes.options(DIRECTOR, SPLIT, WHOLE, "hh-5")
    assert {moment.entry for moment in options.moments} == {"visit-of-hh-5", "household-hh-5"}
    ids = await record(
        working,
        SPLIT,
        "hh-5",
        entries=("visit-of-hh-5",),
        answers={"door": "1-1-103", "head": "林春生"},
        reason="分户",
    )
    new = (await working.live.fresh(PLACE)).entries[ids[1]].subject
    card = await working.work.subjects.card(DIRECTOR, WHOLE, str(new))
    assert card.label.name == "林春生"
    assert not {fact.field for fact in card.facts} & {"phone", "id_card"}
    assert {moment.entry for moment in card.moments} >= {"visit-of-hh-5", ids[0], ids[1]}
    assert "visit-of-hh-5" not in {
        m.entry for m in (await working.work.subjects.card(DIRECTOR, WHOLE, "hh-5")).moments
    }
    working.now += timedelta(minutes=5)
    await working.work.submissions.withdraw(DIRECTOR, ids[0], "不用分")
    back = await working.work.subjects.card(DIRECTOR, WHOLE, "hh-5")
    assert "visit-of-hh-5" in {moment.entry for moment in back.moments}


async def test_persons_go_to_the_new_record_of_a_split_from_its_day_on_and_each_move_is_an_entry(
    working: Working,
) -> None:
    changes = working.work.registers.changes
    options = await changes.options(DIRECTOR, SPLIT, WHOLE, "hh-1")
    assert options.along == {"p-1": "陈桂芳", "p-2": "陈小明"}
    day = TODAY - timedelta(days=3)
    named = {"door": "1-1-104", "head": "陈小明"}
    change = Change(SPLIT, WHOLE, "hh-1", day, along=("p-2",), answers=named, reason="分户", key="split")
    preview = await changes.preview(DIRECTOR, change)
    (moved,) = [one for one in preview.planned if one.whom == "陈小明"]
    assert [one.after for one in moved.changes] == [("1-1-104 陈小明",)]
    ids = await changes.record(DIRECTOR, change)
    assert len(ids) == 3
    entries = (await working.live.fresh(PLACE)).entries
    part = entries[ids[1]].subject
    assert (entries[ids[2]].subject, entries[ids[2]].answers["household"]) == ("p-2", part)

    async def people(household: str, on: date) -> set[str]:
        card = await working.work.subjects.card(DIRECTOR, WHOLE, household, on)
        return {link.label.id for links in card.links for link in links.links if link.about == "person"}

    assert (await people("hh-1", day), await people(str(part), day)) == ({"p-1"}, {"p-2"})
    assert await people("hh-1", day - timedelta(days=1)) == {"p-1", "p-2"}
    assert await changes.record(DIRECTOR, change) == ids[:1], "asked twice"
    # Taken back, everybody lives where they did, and there is no second record.
    working.now += timedelta(minutes=5)
    back = await working.work.submissions.withdrawing(DIRECTOR, ids[0])
    assert (back.going, back.staying) == (("1-1-104 陈小明", "陈小明"), ())
    await working.work.submissions.withdraw(DIRECTOR, ids[0], "不用分")
    assert await people("hh-1", day) == await people("hh-1", TODAY) == {"p-1", "p-2"}
    assert str(part) not in await listed(working)
    assert await listed(working, who=Who.GONE) == []
    assert codes(await refused(working, ids[2])) == ["E718"], "it went along"


async def refused(working: Working, entry: str) -> ProblemError:
    with pytest.raises(ProblemError) as fault:
        await working.work.submissions.withdraw(DIRECTOR, entry, "x")
    return fault.value


async def test_who_was_told_of_since_a_split_stays_and_is_named_before_it_is_taken_back(
    working: Working,
) -> None:
    named = {"door": "1-1-104", "head": "陈小明"}
    ids = await record(working, SPLIT, on=TODAY, along=("p-1", "p-2"), answers=named, reason="分户")
    entries = (await working.live.fresh(PLACE)).entries
    part = entries[ids[1]].subject
    working.now += timedelta(hours=1)
    later = {**entries[ids[3]].answers, "name": "陈晓明"}
    told = Submission("p-2-later", "person", later, "p-2", working.now)
    await working.work.submissions.submit(DIRECTOR, told)
    working.now += timedelta(hours=1)
    back = await working.work.submissions.withdrawing(DIRECTOR, ids[0])
    assert (back.going, back.staying) == (("陈桂芳", "陈晓明"), ("1-1-104 陈小明", "陈晓明"))
    await working.work.submissions.withdraw(DIRECTOR, ids[0], "不用分")
    entries = (await working.live.fresh(PLACE)).entries
    assert part in await listed(working), "somebody lives there"

    async def lives(person: str) -> set[str]:
        card = await working.work.subjects.card(DIRECTOR, "person", person)
        return {link.label.id for links in card.links for link in links.links if link.about == WHOLE}

    assert (await lives("p-1"), await lives("p-2")) == ({"hh-1"}, {part})


async def test_who_left_along_is_back_when_the_move_is_taken_back_by_the_minute_or_in_bulk(
    working: Working,
) -> None:
    async def persons() -> list[str]:
        found = await working.work.subjects.find(DIRECTOR, Query("person"))
        return [row.label.id for row in found.rows]

    before = await persons()
    working.ticks = timedelta(milliseconds=3)
    for number, taken_back in enumerate((by_the_minute, in_bulk)):
        change = Change(OUT, WHOLE, "hh-1", TODAY, along=("p-1", "p-2"), key=f"out-{number}")
        ids = await working.work.registers.changes.record(DIRECTOR, change)
        assert await persons() == ["p-3"]
        working.now += timedelta(seconds=30)
        await taken_back(working, ids[0])
        assert (await persons(), "hh-1" in await listed(working)) == (before, True)
        working.now += timedelta(minutes=5)
    named = Change(SPLIT, WHOLE, "hh-1", answers={"door": "1-1-104"}, reason="分户", key="split")
    first, _ = await working.work.registers.changes.record(DIRECTOR, named)
    assert len(await listed(working)) == 6
    await by_the_minute(working, first)
    assert len(await listed(working)) == 5


async def by_the_minute(working: Working, entry: str) -> None:
    await working.work.doorstep.undoing.undo(DIRECTOR, entry, "撤销")


async def in_bulk(working: Working, entry: str) -> None:
    await bulk(working).withdraw(DIRECTOR, Selection(ids=(entry,)), "看错了", "b" * 24)


async def test_records_to_merge_are_found_by_a_part_of_their_name(working: Working) -> None:
    others = working.work.registers.changes.others
    assert await others(DIRECTOR, WHOLE, "hh-1", "陈") == {"hh-5": "1-1-102 陈桂方"}
    assert list(await others(DIRECTOR, WHOLE, "hh-1", "10-1", "hh-5")) == ["hh-5", "hh-3"]


# ---- as of
async def test_the_register_is_read_as_of_a_day_and_as_it_was_known(working: Working) -> None:
    start = (NOW - timedelta(days=400)).date()
    assert "hh-5" not in await listed(working, on=start + timedelta(days=10))
    assert "hh-5" in await listed(working, on=start + timedelta(days=201))
    await record(working, OUT, on=TODAY - timedelta(days=100))  # recorded today only
    assert "hh-1" not in await listed(working, on=TODAY - timedelta(days=50))
    assert "hh-1" in await listed(working, on=TODAY - timedelta(days=50), known=TODAY - timedelta(days=1))
    card = await working.work.subjects.card(DIRECTOR, WHOLE, "hh-1", TODAY, TODAY - timedelta(days=1))
    assert card.label.present
    assert (card.changes, card.owed, [moment.act for moment in card.moments]) == ((), (), [Act.CAME])
    with pytest.raises(ProblemError) as fault:
        await working.work.subjects.card(DIRECTOR, WHOLE, "hh-5", start + timedelta(days=10))
    assert codes(fault.value) == ["E707"]


async def test_the_links_of_a_card_lead_both_ways(working: Working) -> None:
    card = await working.work.subjects.card(LEADER, WHOLE, "hh-1")
    assert [[link.label.name for link in group.links] for group in card.links] == [["陈桂芳", "陈小明"]]
    page = await working.work.subjects.find(LEADER, Query("membership"))
    assert [row.label.name for row in page.rows] == ["陈桂芳"]  # by whom it names
    person = await working.work.subjects.card(LEADER, "person", "p-1")
    assert [[link.label.id for link in group.links] for group in person.links] == [["hh-1"], ["m-1"]]


# ---- duplicates
async def test_duplicates_are_proposed_with_the_reason_and_no_more_of_a_number_than_its_end(
    working: Working,
) -> None:
    found = await working.work.registers.duplicates.proposed(DIRECTOR, WHOLE)
    (twin,) = found.twins
    assert (twin.one.id, twin.other.id) == ("hh-1", "hh-5")
    assert [[same.one for same in why.same] for why in twin.why] == [[("*******0000",), ("陈桂芳",)]]
    assert (found.may_merge, found.may_tell) == (True, True)
    leader = await working.work.registers.duplicates.proposed(LEADER, WHOLE)
    assert (leader.total, leader.may_merge, leader.may_tell) == (1, False, True)
    assert (await working.work.registers.duplicates.proposed(NEIGHBOUR, WHOLE)).total == 0
    people = await working.work.registers.duplicates.proposed(DIRECTOR, "person")
    assert [(twin.one.id, twin.other.id) for twin in people.twins] == [("p-2", "p-3")]


async def test_two_that_are_not_the_same_are_remembered_and_can_be_asked_about_again(
    working: Working,
) -> None:
    duplicates = working.work.registers.duplicates
    entry = await duplicates.tell_apart(LEADER, WHOLE, "hh-5", "hh-1", "母女两户")
    assert (await duplicates.proposed(DIRECTOR, WHOLE)).total == 0
    assert Act.DISTINCT in [act for act, _ in await acts(working)]
    await working.work.submissions.withdraw(DIRECTOR, entry, "是同一个")
    assert (await duplicates.proposed(DIRECTOR, WHOLE)).total == 1
    for one, other, code in (("hh-1", "hh-1", "E750"), ("hh-1", "hh-77", "E707")):
        with pytest.raises(ProblemError) as fault:
            await duplicates.tell_apart(DIRECTOR, WHOLE, one, other)
        assert codes(fault.value) == [code]
    with pytest.raises(ProblemError):
        await duplicates.tell_apart(LEADER, WHOLE, "hh-1", "hh-4")  # another's grid
    with pytest.raises(ProblemError):
        await duplicates.proposed(DIRECTOR, "castle")


# ---- what is to be mended
async def test_what_is_open_or_stale_is_listed_with_the_way_to_mend_it(working: Working) -> None:
    found = await working.work.registers.mending.to_mend(DIRECTOR, WHOLE)
    assert [(share.place["zh"], share.records, share.known, share.fresh) for share in found.shares] == [
        ("湖畔社区", 5, 1, 0),
        ("第一网格", 4, 1, 0),
        ("第二网格", 1, 0, 0),
    ]
    assert found.total == 5
    by_id = {one.label.id: one for one in found.records}
    assert [title["zh"] for title in by_id["hh-1"].open] == ["身份证"]
    assert (by_id["hh-1"].first, by_id["hh-5"].first) == ("id_card", "")
    assert (by_id["hh-5"].open, by_id["hh-5"].stale, by_id["hh-5"].confirmed) == ((), True, date(2026, 5, 6))
    assert (found.form, found.window, list(found.confirms), found.may) == (WHOLE, "2026-11", ["visit"], True)
    mine = await working.work.registers.mending.to_mend(LEADER, WHOLE, place=f"{PLACE}/g2")
    assert mine.total == 0
    with pytest.raises(ProblemError, match="E707"):
        await working.work.registers.mending.to_mend(DIRECTOR, "castle")


async def test_a_register_of_which_nothing_is_asked_has_nothing_to_mend_and_is_no_fault(
    working: Working,
) -> None:
    found = await working.work.registers.mending.to_mend(DIRECTOR, "person")
    assert (found.quality, found.left, found.total) == (False, (), 0)


async def test_a_merged_record_that_moves_out_is_gone_whatever_the_absorbed_one_said(
    working: Working,
) -> None:
    await record(working, MERGE, other="hh-5", reason="重复登记")
    working.now += timedelta(days=3)
    await record(working, OUT, on=TODAY + timedelta(days=2))
    assert not {"hh-1", "hh-5"} & set(await listed(working))
    card = await working.work.subjects.card(DIRECTOR, WHOLE, "hh-1")
    assert not card.label.present
    working.now += timedelta(days=1)
    await record(working, BACK, on=TODAY + timedelta(days=4), place=f"{PLACE}/g2")
    assert "hh-1" in await listed(working)

"""The list and the card of households, as each post may see them."""

from datetime import datetime
from pathlib import Path

import pytest

from app.domain.entry import Entry
from app.domain.kinds.duty import State
from app.domain.problem import ProblemError
from app.services.actor import DeniedError
from app.services.registers.listing import Query
from app.services.submitted import Submission
from tests.fakes.working import DIRECTOR, FILES, LEADER, PLACE, Working, codes, founding

GOOD = {"channel": "home", "condition": "well"}


@pytest.fixture
async def working(tmp_path: Path) -> Working:
    made = Working(tmp_path)
    await made.start()
    return made


async def names(working: Working, query: Query, ref: object = DIRECTOR) -> list[str]:
    page = await working.work.subjects.find(ref, query)  # type: ignore[arg-type]
    assert page.total == len(page.rows)
    return [row.label.name for row in page.rows]


async def test_a_list_holds_what_one_sees_with_the_ninth_building_before_the_tenth(working: Working) -> None:
    assert await names(working, Query("household"), LEADER) == ["陈桂芳", "何建国", "梁玉珍"]
    assert await names(working, Query("household")) == ["陈桂芳", "何建国", "梁玉珍", "谢秀兰"]


async def test_the_first_list_is_one_that_has_somebody_for_who_looks(tmp_path: Path) -> None:
    block = (
        "form: block\ndescribes: block\ntitle: {zh: 楼栋}\nplate: name\nlabel: [name]\n"
        "fields: {name: {type: text, required: true}}\n"
    )
    working = Working(tmp_path, texts={**FILES, "forms/block.yaml": block})
    await working.start()
    assert list(await working.work.subjects.types(LEADER)) == ["household", "block"]
    assert await working.work.subjects.first(LEADER) == "household"
    nobody = Working(tmp_path, texts={**FILES, "forms/block.yaml": block}, founding=without_households)
    await nobody.start()
    assert await nobody.work.subjects.first(LEADER) == "household"
    named = Entry("b-1", f"{PLACE}/g1", "block", nobody.now, "w-1", nobody.now, {"name": "1号楼"}, "b-1")
    await nobody.store.ledger.append([named], {})
    assert await nobody.work.subjects.first(LEADER) == "block"


async def test_while_all_lists_are_empty_the_first_is_one_that_may_be_added_to(tmp_path: Path) -> None:
    texts = {
        **FILES,
        "forms/household.yaml": FILES["forms/household.yaml"].replace("[leader, director]", "[director]"),
        "forms/block.yaml": "form: block\ndescribes: block\nfilled_by: [leader]\nplate: name\nlabel: [name]\n"
        "fields: {name: {type: text, required: true}}\n",
    }
    working = Working(tmp_path, texts=texts, founding=without_households)
    await working.start()
    assert await working.work.subjects.first(LEADER) == "block"
    assert await working.work.subjects.first(DIRECTOR) == "household"


def without_households(start: datetime) -> list[Entry]:
    return [entry for entry in founding(start) if entry.form != "household"]


async def test_search_looks_at_name_door_and_building_and_filters_narrow_it(working: Working) -> None:
    assert await names(working, Query("household", text="桂芳")) == ["陈桂芳"]
    assert await names(working, Query("household", text="1号楼 201")) == ["何建国"]
    assert await names(working, Query("household", text="nobody")) == []
    assert await names(working, Query("household", place=f"{PLACE}/g2")) == ["谢秀兰"]
    assert await names(working, Query("household", place=f"{PLACE}/g1", text="谢")) == []


async def test_a_row_shows_the_worst_that_is_owed_now(working: Working) -> None:
    (row,) = (await working.work.subjects.find(LEADER, Query("household", text="陈桂芳"))).rows
    assert row.state is State.DUE
    for number, channel in enumerate(("home", "phone")):
        answers = {**GOOD, "channel": channel}
        await working.work.submissions.submit(
            LEADER, Submission(f"visit-000{number}", "visit", answers, "hh-1")
        )
    (after,) = (await working.work.subjects.find(LEADER, Query("household", text="陈桂芳"))).rows
    assert after.state is None
    assert await names(working, Query("household", late=True), LEADER) == ["何建国", "梁玉珍"]


async def test_a_kind_of_subject_that_no_form_describes_is_a_clear_problem(working: Working) -> None:
    with pytest.raises(ProblemError) as fault:
        await working.work.subjects.find(LEADER, Query("spaceship"))
    assert codes(fault.value) == ["E707"]


async def test_the_card_tells_duties_facts_and_what_happened(working: Working) -> None:
    await working.work.submissions.submit(LEADER, Submission("visit-0001", "visit", GOOD, "hh-1"))
    card = await working.work.subjects.card(LEADER, "household", "hh-1")
    assert (card.label.name, card.label.plate, card.keeper, card.phone) == (
        "陈桂芳",
        "1-1-101",
        "周敏",
        "13800000000",
    )
    assert {owed.duty: owed.state for owed in card.owed} == {"home_visit": State.MET, "phone_call": State.DUE}
    assert ("2026-Q4", State.MET) in next(owed.year for owed in card.owed if owed.duty == "home_visit")
    assert [moment.form for moment in card.moments] == ["visit", "household"]
    assert card.moments[0].may_change
    assert {form.id for form in card.fillable} == {"visit", "request"}


async def test_corrections_and_withdrawals_stay_visible_with_their_reason(working: Working) -> None:
    submissions = working.work.submissions
    await submissions.submit(LEADER, Submission("visit-0001", "visit", GOOD, "hh-1"))
    better = Submission("visit-0002", "visit", {**GOOD, "condition": "attention", "concern": ["money"]})
    await submissions.correct(DIRECTOR, "visit-0001", better, "核对过")
    await submissions.withdraw(LEADER, "visit-0002", "记错了户")
    card = await working.work.subjects.card(LEADER, "household", "hh-1")
    by_id = {moment.entry: moment for moment in card.moments}
    assert (by_id["visit-0001"].became, by_id["visit-0001"].reason) == ("corrected", "核对过")
    assert (by_id["visit-0002"].became, by_id["visit-0002"].reason) == ("withdrawn", "记错了户")
    assert (by_id["visit-0002"].who, by_id["visit-0002"].corrected_by) == ("周敏", "沈若兰")
    assert not by_id["visit-0002"].may_change


async def test_a_post_without_a_label_goes_by_its_holder_and_its_role(working: Working) -> None:
    post = await working.work.subjects.card(DIRECTOR, "holder", "p-w-1")
    assert post.label.name == "周敏"
    person = await working.work.subjects.card(DIRECTOR, "worker", "w-1")
    shown = [(link.label.name, link.sort["zh"]) for group in person.links for link in group.links]
    assert shown == [("周敏", "网格长")]


async def test_a_card_outside_ones_place_is_denied_and_an_unknown_one_a_problem(working: Working) -> None:
    with pytest.raises(DeniedError):
        await working.work.subjects.card(LEADER, "household", "hh-4")
    with pytest.raises(ProblemError) as fault:
        await working.work.subjects.card(LEADER, "household", "hh-9")
    assert codes(fault.value) == ["E707"]


async def test_pictures_are_kept_by_their_content_and_only_pictures(working: Working) -> None:
    files = working.work.files
    png = b"\x89PNG\r\n\x1a\n" + b"0" * 50
    kept = await files.keep(LEADER, "楼道.png", png)
    assert (kept["type"], kept["size"]) == ("image/png", 58)
    assert kept == await files.keep(LEADER, "楼道.png", png)
    shown = await files.show(LEADER, kept["sha256"])
    assert shown is not None
    assert shown.content == png
    assert await files.show(LEADER, "../../etc/passwd") is None
    with pytest.raises(ProblemError) as fault:
        await files.keep(LEADER, "page.png", b"<script>alert(1)</script>")
    assert codes(fault.value) == ["E715"]
    with pytest.raises(ProblemError) as fault:
        await files.keep(LEADER, "large.png", png + b"0" * 1_000_000)
    assert codes(fault.value) == ["E716"]


async def test_a_card_offers_no_form_that_only_the_system_writes(working: Working) -> None:
    card = await working.work.subjects.card(DIRECTOR, "worker", "w-2")
    assert "login_link" not in {form.id for form in card.fillable}

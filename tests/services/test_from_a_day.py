"""A question that is required anew, from a day on: what was recorded before goes on to count."""

from datetime import date
from pathlib import Path

import pytest

from app.domain.entry import Entry
from app.domain.form_changes import Fate
from app.services.actor import DeniedError
from app.services.drafting.from_a_day import FromADay
from tests.declarations.community import PLACE
from tests.services.test_draft_publication import DRAFTER, LEADER, Desk, refused

VISIT = "forms/visit.yaml"
DAY = date(2025, 3, 2)


@pytest.fixture
async def desk(tmp_path: Path) -> Desk:
    made = Desk(tmp_path)
    await made.found()
    said = {"channel": "home"}
    await made.ledger.append([Entry("v-1", PLACE, "visit", made.now, "w-1", made.now, said, "h1")], {})
    return made


async def test_an_answer_that_is_required_from_a_day_on_leaves_earlier_records_as_they_are(
    desk: Desk,
) -> None:
    draft, _ = await desk.draft("minutes: {type: integer", "minutes: {type: integer, required: true", VISIT)
    gates = await desk.publication.gates(DRAFTER, draft)
    assert [(one.form, one.left_out) for one in gates.answers] == [("visit", 1)]
    days = FromADay(desk.ports, desk.drafting)
    assert await days.possible(DRAFTER, draft, ["visit", "household"]) == {"visit"}
    await days.change(DRAFTER, draft, "visit", DAY)
    gates = await desk.publication.gates(DRAFTER, draft)
    assert (gates.errors, gates.lost) == ((), 0)
    regulation = (await desk.drafting.checked(DRAFTER, draft)).regulation
    assert regulation is not None
    asked = [regulation.forms["visit"].on(day).field("minutes") for day in (date(2025, 3, 1), DAY)]
    assert [one.required for one in asked if one] == [False, True]
    assert await days.possible(DRAFTER, draft, ["visit"]) == frozenset(), "it has its day"


async def test_a_new_question_and_a_check_of_it_come_together_on_their_day(desk: Desk) -> None:
    draft, _ = await desk.draft(
        "minutes: {type: integer", "floor: {type: integer, required: true}\n  minutes: {type: integer", VISIT
    )
    files = await desk.drafting.files(DRAFTER, draft)
    path = next(one for one in files.files if one.endswith(VISIT) and "floor" in files.files[one])
    text = files.files[path] + "\nchecks:\n  high: {require: floor < 40, message: {zh: 太高。}}\n"
    await desk.drafting.save(DRAFTER, draft, path, text, seen=files.draft.step.number)
    await FromADay(desk.ports, desk.drafting).change(DRAFTER, draft, "visit", DAY)
    gates = await desk.publication.gates(DRAFTER, draft)
    assert (gates.errors, gates.lost) == ((), 0)
    regulation = (await desk.drafting.checked(DRAFTER, draft)).regulation
    assert regulation is not None
    before, after = (regulation.forms["visit"].on(day) for day in (date(2025, 3, 1), DAY))
    assert (before.field("floor"), len(before.checks)) == (None, 0)
    assert (after.field("floor") is not None, len(after.checks)) == (True, 1)


async def test_a_retyped_question_is_asked_the_new_way_from_its_day_on(desk: Desk) -> None:
    said = {"channel": "home", "minutes": 5}
    await desk.ledger.append([Entry("v-2", PLACE, "visit", desk.now, "w-1", desk.now, said, "h1")], {})
    draft, _ = await desk.draft("minutes: {type: integer", "minutes: {type: date", VISIT)
    assert (await desk.publication.gates(DRAFTER, draft)).lost == 1
    days = FromADay(desk.ports, desk.drafting)
    assert await refused(days.change(DRAFTER, draft, "visit", DAY)) != [], "one column can't be both"
    gates = await desk.publication.gates(DRAFTER, draft)
    assert [one.fate for change in gates.answers for one in change.questions] == [Fate.LEFT_OUT]


async def test_who_may_not_publish_says_no_day_and_of_other_forms_there_is_none(desk: Desk) -> None:
    draft, _ = await desk.draft("minutes: {type: integer", "minutes: {type: integer, required: true", VISIT)
    days = FromADay(desk.ports, desk.drafting)
    with pytest.raises(DeniedError):
        await days.change(LEADER, draft, "visit", DAY)
    assert await refused(days.change(DRAFTER, draft, "household", DAY)) == ["E545"]
    assert await refused(days.change(DRAFTER, draft, "nothing", DAY)) == ["E545"]

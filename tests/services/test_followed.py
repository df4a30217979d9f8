"""A question that gets another id gets it in the cases that answer it, in the same step."""

from pathlib import Path

import pytest

from app.domain.edits import RenameKey, SetValue
from app.services.drafting.followed import renamed
from tests.declarations.community import FILES
from tests.services.test_regulation_drafts import ANNA, Desk

CASES = "config/places/lakeside/rules/monthly_call.case.yaml"
TOLD = """\
# told by the leader
case: a call by phone counts
given:
  - {form: visit, at: 2025-03-04, subject: h1, by: w1, channel: phone}  # by phone
  - {form: meeting, at: 2025-03-05, channel: hall}
  - form: visit
    at: 2025-03-06
    channel: home
expect:
  - {in: visit, channel: phone}
  - {in: monthly_call, state: met}
"""


@pytest.fixture
async def desk(tmp_path: Path) -> Desk:
    made = Desk(tmp_path)
    await made.publish({CASES: TOLD})
    return made


async def test_cases_follow_a_renamed_question_with_their_comments_and_are_undone_with_it(desk: Desk) -> None:
    draft = await desk.drafting.open(ANNA)
    edits = [RenameKey(("fields", "channel"), "way")]
    saved = await desk.drafting.edit(ANNA, draft.id, "forms/visit.yaml", edits, seen=1)
    text = saved.files[CASES]
    assert text == TOLD.replace("by: w1, channel: phone", "by: w1, way: phone").replace(
        "    channel: home", "    way: home"
    ).replace("{in: visit, channel", "{in: visit, way")
    assert len(saved.files) == 2
    undone = await desk.drafting.undo(ANNA, draft.id)
    assert undone.files[CASES] == TOLD
    assert (await desk.drafting.draft(ANNA, draft.id)).step.files == {}


async def test_what_is_answered_in_repeated_rows_follows_as_well(desk: Desk) -> None:
    text = (
        FILES["forms/visit.yaml"] + "  people:\n    type: repeat\n    fields:\n      called: {type: text}\n"
    )
    given = "case: two\ngiven:\n  - {form: visit, at: 2025-03-04, people: [{called: A}, {called: B}]}\n"
    draft = await desk.drafting.open(ANNA)
    first = await desk.drafting.save(ANNA, draft.id, "forms/visit.yaml", text, seen=1)
    path = next(iter(first.files))
    second = await desk.drafting.save(ANNA, draft.id, CASES, given, seen=first.number)
    edits = [RenameKey(("fields", "people", "fields", "called"), "name")]
    saved = await desk.drafting.edit(ANNA, draft.id, path, edits, seen=second.number)
    assert saved.files[CASES] == given.replace("called", "name")


def test_only_questions_are_followed() -> None:
    edits = (RenameKey(("fields", "a", "choices", "x"), "y"), SetValue(("fields", "a", "title"), "z"))
    assert renamed(edits) == ()

"""A renamed question takes the answers that it had under its former name."""

from pathlib import Path

import pytest

from app.domain.entry import Entry
from app.domain.form_changes import Fate
from app.services.actor import DeniedError
from app.services.drafting.once_known import OnceKnown
from tests.declarations.community import FILES, PLACE
from tests.services.test_draft_publication import DRAFTER, LEADER, Desk, refused

VISIT = "config/places/lakeside/forms/call.yaml"
CALL = FILES["forms/visit.yaml"].replace("form: visit", "form: call")
MINUTES = "minutes: {type: integer"


@pytest.fixture
async def desk(tmp_path: Path) -> Desk:
    made = Desk(tmp_path)
    await made.found(**{VISIT: CALL})
    said = {"channel": "home", "minutes": 5}
    await made.ledger.append([Entry("v-1", PLACE, "call", made.now, "w-1", made.now, said, "h1")], {})
    return made


async def fates(desk: Desk, draft: str) -> list[tuple[str, Fate]]:
    gates = await desk.publication.gates(DRAFTER, draft)
    assert gates.errors == ()
    return [(one.question, one.fate) for change in gates.answers for one in change.questions]


@pytest.mark.parametrize(
    "anew",
    [
        "length: {type: integer, required: true",
        "more:\n    type: group\n    fields:\n      length: {type: integer",
        "length: {was: [duration], type: integer",
    ],
    ids=["required", "in a section", "renamed before"],
)
async def test_a_renamed_question_is_proposed_and_its_answers_are_carried(desk: Desk, anew: str) -> None:
    draft, _ = await desk.draft(MINUTES, anew, VISIT)
    gates = await desk.publication.gates(DRAFTER, draft)
    assert [(one.was, one.question) for one in gates.answers[0].renamed] == [("minutes", "length")]
    names = OnceKnown(desk.ports, desk.drafting)
    with pytest.raises(DeniedError):
        await names.take(LEADER, draft, "call", "length", "minutes")
    await names.take(DRAFTER, draft, "call", "length", "minutes")
    assert await fates(desk, draft) == [("length", Fate.CARRIED)]


async def test_what_no_file_of_the_draft_asks_takes_no_name(desk: Desk) -> None:
    draft, _ = await desk.draft(MINUTES, "length: {type: integer", VISIT)
    names = OnceKnown(desk.ports, desk.drafting)
    assert await refused(names.take(DRAFTER, draft, "call", "nothing", "minutes")) == ["E545"]
    assert await refused(names.take(DRAFTER, draft, "nothing", "length", "minutes")) == ["E545"]


async def test_a_name_that_another_question_has_is_a_fault_and_nothing_is_written(desk: Desk) -> None:
    draft, _ = await desk.draft(MINUTES, "length: {type: integer", VISIT)
    names = OnceKnown(desk.ports, desk.drafting)
    assert await refused(names.take(DRAFTER, draft, "call", "length", "channel")) != []
    assert ("length", Fate.CARRIED) not in await fates(desk, draft)

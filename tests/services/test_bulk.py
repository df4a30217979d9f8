"""Correcting and withdrawing many entries at once: what changes, what can't, and undoing all of it for a minute."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from pathlib import Path

import pytest

from app.domain.entry import RETRACTION, Entry, standing
from app.domain.problem import ProblemError
from app.services.actor import ActorRef, DeniedError
from app.services.books import bulk as bulk_module
from app.services.books.bulk import BulkChanges
from app.services.books.bulk_views import Selection
from app.services.books.undoing import MINUTE
from app.services.books.views import Wanted
from app.services.filling import CORRECTED_BY, REASON, RefusedError
from tests.fakes.books import bulk
from tests.fakes.working import DIRECTOR, FILES, LEADER, NEIGHBOUR, NOW, PLACE, Working, codes

OUTING = """\
form: outing
about: household
fields:
  building: {type: text}
  one: {type: ref, to: household, where: building == answers.building}
  seats: {type: integer, relevant: one.members >= 2}
  notes: {type: text}
"""
VISITS = Selection(wanted=Wanted(form="visit"))
BATCH = "b" * 24


def visit(number: int, by: str = "w-1", **answers: object) -> Entry:
    at = NOW - timedelta(days=1, minutes=number)
    said = {"channel": "home", "condition": "well", "gone_by_now": "旧话", **answers}
    subject = f"hh-{number % 3 + 1}"
    return Entry(f"visit-{number:03}", PLACE, "visit", at, by, at, said, subject)


async def made(
    folder: Path, entries: Sequence[Entry], texts: Mapping[str, str] = FILES
) -> tuple[Working, BulkChanges]:
    working = Working(folder, texts=texts)
    await working.start()
    await working.store.ledger.append(entries, {"visit": frozenset({"concern", "papers"})})
    return working, bulk(working)


async def said(working: Working, name: str = "channel") -> list[object]:
    """Return what stands of a question, by the time of the visits, the newest first."""
    community = await working.live.fresh(PLACE)
    found = [e for e in standing(community.entries.values(), working.now) if e.form == "visit"]
    return [entry.answers.get(name) for entry in sorted(found, key=lambda e: e.at, reverse=True)]


async def test_all_that_the_filter_finds_are_corrected_each_by_an_entry_of_its_own(tmp_path: Path) -> None:
    working, changes = await made(tmp_path, [visit(0), visit(1, channel="phone"), visit(2, minutes=5)])
    preview = await changes.preview(DIRECTOR, VISITS, "channel", "phone")
    assert (preview.total, preview.changes, preview.same, preview.refused, preview.losing) == (3, 2, 1, 0, 0)
    assert [one.row.id for one in preview.first] == ["visit-000", "visit-002"]
    assert await said(working) == ["home", "phone", "home"]
    done = await changes.correct(DIRECTOR, VISITS, "channel", "phone", "登记时选错了", BATCH)
    assert (done.count, done.withdrawn, done.left) == (2, False, MINUTE)
    assert await said(working) == ["phone", "phone", "phone"]
    community = await working.live.fresh(PLACE)
    new = next(e for e in community.entries.values() if e.supersedes == "visit-002")
    assert (new.by, new.at, new.answers[REASON], new.answers[CORRECTED_BY]) == (
        "w-1", visit(2).at, "登记时选错了", "w-3"
    )  # fmt: skip
    # What the form doesn't ask any more, and what else was answered, stays.
    assert (new.answers["gone_by_now"], new.answers["minutes"]) == ("旧话", 5)
    before = len(community.entries)
    again = await changes.correct(DIRECTOR, VISITS, "channel", "phone", "登记时选错了", BATCH)
    assert (again.count, len((await working.live.fresh(PLACE)).entries)) == (2, before)


async def test_what_cannot_be_changed_is_told_and_hinders_no_other(tmp_path: Path) -> None:
    entries = [visit(0), visit(1, by="w-2"), visit(2, condition="attention", concern=["illness"])]
    asked = FILES["forms/visit.yaml"].replace("    when_hidden: keep\n", "")
    working, changes = await made(tmp_path, entries, {**FILES, "forms/visit.yaml": asked})
    chosen = Selection(ids=("visit-000", "visit-001", "visit-002", "household-hh-1", "nothing"))
    preview = await changes.preview(LEADER, chosen, "again_on", "2026-12-01")
    told = {one.row.id: one.problem.code for one in preview.first_refused}
    # The first isn't asked that, the second is another's, the file of the household is no visit.
    assert told == {"visit-000": "E772", "visit-001": "E771", "household-hh-1": "E771"}
    assert (preview.total, preview.changes, preview.refused) == (4, 1, 3)
    done = await changes.correct(LEADER, chosen, "again_on", "2026-12-01", "约好了", BATCH)
    assert done.count == 1
    assert await said(working, "again_on") == [None, None, "2026-12-01"]
    assert await said(working, "concern") == [None, None, ["illness"]]


async def test_a_value_that_the_form_refuses_is_told_in_its_words(tmp_path: Path) -> None:
    _, changes = await made(tmp_path, [visit(0)])
    for field, value, code in (
        ("minutes", 700, "E712"),
        ("channel", "letter", "E703"),
        ("channel", None, "E701"),
        ("nothing", "x", "E772"),
        ("concern", ["money"], "E772"),  # sensitive answers aren't changed in one sweep
    ):
        preview = await changes.preview(LEADER, VISITS, field, value)
        assert (preview.changes, [one.problem.code for one in preview.first_refused]) == (0, [code])


@pytest.fixture
async def outing(tmp_path: Path) -> tuple[Working, BulkChanges]:
    at = NOW - timedelta(days=1)
    said = {"building": "1号楼", "one": "hh-2", "seats": 3}
    entry = Entry("outing-001", PLACE, "outing", at, "w-1", at, said, "hh-1")
    return await made(tmp_path, [entry], {**FILES, "forms/outing.yaml": OUTING})


async def test_a_question_asked_because_of_whom_an_entry_names_stays_answered(
    outing: tuple[Working, BulkChanges],
) -> None:
    working, changes = outing
    chosen = Selection(wanted=Wanted(form="outing"))
    preview = await changes.preview(LEADER, chosen, "notes", "补记")
    assert (preview.changes, preview.losing) == (1, 0)
    await changes.correct(LEADER, chosen, "notes", "补记", "漏填", BATCH)
    entries = (await working.live.fresh(PLACE)).entries.values()
    (new,) = [one for one in entries if one.supersedes == "outing-001"]
    assert (new.answers["seats"], new.answers["notes"]) == (3, "补记")


async def test_nobody_is_named_whom_the_other_answers_rule_out(outing: tuple[Working, BulkChanges]) -> None:
    _, changes = outing
    chosen = Selection(wanted=Wanted(form="outing"))
    for value, told in (("hh-1", []), ("hh-3", [("E761", "one")]), ("hh-99", [("E703", "one")])):
        preview = await changes.preview(LEADER, chosen, "one", value)
        assert [(one.problem.code, one.problem.field) for one in preview.first_refused] == told
        assert preview.changes == (not told)


async def test_who_loses_other_answers_is_counted_before(tmp_path: Path) -> None:
    _, changes = await made(
        tmp_path, [visit(0, condition="attention", concern=["illness"]), visit(1, notes="")]
    )
    preview = await changes.preview(LEADER, VISITS, "channel", "phone")
    assert (preview.changes, preview.losing) == (2, 0)  # a text that was left empty is no answer
    preview = await changes.preview(LEADER, VISITS, "condition", "well")
    assert (preview.changes, preview.losing, preview.same) == (1, 1, 1)


async def test_a_batch_is_undone_as_a_whole_for_a_minute_and_what_was_changed_since_stays(
    tmp_path: Path,
) -> None:
    working, changes = await made(tmp_path, [visit(number) for number in range(3)])
    await changes.correct(DIRECTOR, VISITS, "channel", "phone", "选错了", BATCH)
    assert [(one.id, one.count, one.left) for one in await changes.recent(DIRECTOR)] == [(BATCH, 3, MINUTE)]
    assert await changes.recent(LEADER) == ()
    one = Selection(
        ids=tuple(
            e.id for e in (await working.live.fresh(PLACE)).entries.values() if e.supersedes == "visit-001"
        )
    )
    working.now += timedelta(seconds=30)
    await changes.withdraw(DIRECTOR, one, "重复", "c" * 24)
    assert [(item.count, item.withdrawn) for item in await changes.recent(DIRECTOR)] == [
        (1, True),
        (2, False),
    ]
    with pytest.raises(ProblemError) as fault:
        await changes.undo(LEADER, BATCH, "撤销")
    assert codes(fault.value) == ["E720"]
    assert await changes.undo(DIRECTOR, BATCH, "撤销") == 2
    assert await said(working) == ["home", "home"]
    assert await changes.undo(DIRECTOR, "c" * 24, "撤销") == 1
    assert await said(working) == ["home", "phone", "home"]
    with pytest.raises(ProblemError, match="E718"):
        await changes.undo(DIRECTOR, BATCH, "撤销")
    with pytest.raises(ProblemError, match="E720"):
        await changes.undo(DIRECTOR, "d" * 24, "撤销")


async def test_after_a_minute_it_stays(tmp_path: Path) -> None:
    working, changes = await made(tmp_path, [visit(0)])
    await changes.withdraw(LEADER, VISITS, "重复", BATCH)
    community = await working.live.fresh(PLACE)
    assert [e.form for e in community.entries.values() if e.supersedes == "visit-000"] == [RETRACTION]
    working.now += MINUTE
    assert await changes.recent(LEADER) == ()
    with pytest.raises(ProblemError, match="E740"):
        await changes.undo(LEADER, BATCH, "撤销")


async def test_one_withdrawal_alone_stands_in_the_trash_too(tmp_path: Path) -> None:
    working, changes = await made(tmp_path, [visit(0)])
    receipt = await working.work.submissions.withdraw(LEADER, "visit-000", "重复")
    (found,) = await changes.recent(LEADER)
    assert (found.id, found.withdrawn) == (receipt.entry.id, True)
    assert await changes.undo(LEADER, found.id, "撤销") == 1
    assert await said(working) == ["home"]
    assert await changes.recent(LEADER) == ()


async def test_a_withdrawal_of_many_tells_what_it_cannot_take_back(tmp_path: Path) -> None:
    working, changes = await made(tmp_path, [visit(0), visit(1, by="w-2")])
    chosen = Selection(ids=("visit-000", "visit-001"))
    count, refused = await changes.refusals(LEADER, chosen)
    assert (count, [one.problem.code for one in refused]) == (1, ["E771"])
    assert (await changes.withdraw(LEADER, chosen, "重复", BATCH)).count == 1
    count, refused = await changes.refusals(LEADER, chosen)
    assert (count, [one.problem.code for one in refused]) == (0, ["E718", "E771"])
    assert len(await said(working)) == 1


async def test_nothing_is_done_without_a_reason_or_to_too_many_or_by_nobody(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    working, changes = await made(tmp_path, [visit(0), visit(1)])
    with pytest.raises(RefusedError, match="E719"):
        await changes.correct(LEADER, VISITS, "channel", "phone", "  ", BATCH)
    monkeypatch.setattr(bulk_module, "MOST", 1)
    with pytest.raises(ProblemError, match="E773"):
        await changes.preview(LEADER, VISITS, "channel", "phone")
    with pytest.raises(DeniedError):
        await changes.recent(ActorRef("nobody"))
    # Another grid's leader doesn't even learn that there are such entries.
    preview = await changes.preview(NEIGHBOUR, Selection(ids=("visit-000",)), "channel", "phone")
    assert preview.total == 0
    assert await said(working) == ["home", "home"]


async def test_only_questions_that_can_be_set_for_many_are_offered(tmp_path: Path) -> None:
    _, changes = await made(tmp_path, [])
    offered = [one.field.id for one in await changes.questions(LEADER, "visit")]
    assert offered == ["channel", "condition", "again_on", "minutes", "notes"]
    (grid,) = [one for one in await changes.questions(DIRECTOR, "household") if one.field.id == "grid"]
    assert set(grid.options) == {f"{PLACE}/g1", f"{PLACE}/g2"}
    assert await changes.questions(LEADER, RETRACTION) == ()

"""The archive of a closed period: worked out again it is identical, and whatever was altered is told."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from app.domain.problem import ProblemError
from app.services.appraising.archiving import Archive, Part, Verdict, archive_of, verify
from tests.fakes.deciders import PlainDecider
from tests.services.test_closing import DECLARED, POST, REPORTS, Desk, entry


def archived(desk: Desk) -> Archive:
    return asyncio.run(archive_of(desk.close(), desk.store.ledger, desk.store.revisions))


def held(desk: Desk, archive: Archive) -> Verdict:
    return verify(archive, desk.files, PlainDecider())


def test_a_closed_period_is_identical_to_itself_whatever_came_later() -> None:
    desk = Desk(POST, *REPORTS)
    desk.close()
    desk.now += timedelta(days=400)
    desk.enter(entry("late", "report", "2024-02-11", "2025-11-01"))
    desk.publish(DECLARED.replace("deduct: 20", "deduct: 50"), desk.now)
    archive = archived(desk)
    assert {one.id for one in archive.entries} == {"post", "r1", "r2", "r3", "r4"}
    assert held(desk, archive).is_identical


def test_an_entry_that_is_left_out_is_told_with_what_it_changes() -> None:
    desk = Desk(POST, *REPORTS)
    whole = archived(desk)
    verdict = held(desk, replace(whole, entries=tuple(one for one in whole.entries if one.id != "r2")))
    assert verdict.altered == (Part.ENTRIES,)
    assert not verdict.is_identical
    (score,) = (one for one in verdict.differences if one.table == "yearly")
    assert ("score", 100, 80) in score.columns


def test_a_regulation_with_another_figure_is_told() -> None:
    desk = Desk(POST, *REPORTS[1:])
    whole = archived(desk)
    files = {path: text.replace("deduct: 20", "deduct: 10") for path, text in whole.files.items()}
    verdict = held(desk, replace(whole, files=files))
    assert verdict.altered == (Part.REGULATION,)
    (score,) = (one for one in verdict.differences if one.table == "yearly")
    assert ("score", 80, 90) in score.columns


def test_a_point_that_was_written_into_the_outcome_is_the_first_difference() -> None:
    desk = Desk(POST, *REPORTS[1:])
    whole = archived(desk)
    outcome = whole.closed.outcome.replace('80,"pass"', '95,"pass"')
    assert outcome != whole.closed.outcome
    verdict = held(desk, replace(whole, closed=replace(whole.closed, outcome=outcome)))
    assert verdict.altered == ()
    assert [(one.table, one.columns) for one in verdict.differences] == [("yearly", (("score", 95, 80),))]


def test_another_day_of_closing_in_the_head_is_told() -> None:
    desk = Desk(POST, *REPORTS)
    whole = archived(desk)
    later = replace(whole.closed, as_of=whole.closed.as_of + timedelta(days=1))
    assert Part.OUTCOME in held(desk, replace(whole, closed=later)).altered


def test_the_same_rows_in_other_words_are_no_outcome_of_ours() -> None:
    desk = Desk(POST, *REPORTS)
    whole = archived(desk)
    spaced = replace(whole.closed, outcome=whole.closed.outcome.replace('"tables":', '"tables": '))
    assert held(desk, replace(whole, closed=spaced)) == Verdict((Part.OUTCOME,), ())


@pytest.mark.parametrize(
    "text", ["", "[]", "{}", '{"tables": []}', '{"tables": {"a": {"columns": ["x"], "rows": [[]]}}}']
)
def test_what_is_no_outcome_is_refused_by_name(text: str) -> None:
    desk = Desk(POST, *REPORTS)
    whole = archived(desk)
    with pytest.raises(ProblemError) as refused:
        held(desk, replace(whole, closed=replace(whole.closed, outcome=text)))
    assert [problem.code for problem in refused.value.problems] == ["E594"]


def test_a_regulation_that_cant_be_read_is_told_with_its_faults() -> None:
    desk = Desk(POST, *REPORTS)
    whole = archived(desk)
    broken = {path: text.replace("every: quarter", "every: blue_moon") for path, text in whole.files.items()}
    with pytest.raises(ProblemError) as refused:
        held(desk, replace(whole, files=broken))
    first, *faults = refused.value.problems
    assert first.code == "E592"
    assert faults[0].where is not None


def test_what_was_under_way_as_the_period_was_closed_came_after_it_and_is_left_out() -> None:
    desk = Desk(POST, *REPORTS)
    desk.close()
    for day in (11, 12):
        desk.enter(entry(f"under-way-{day}", "report", f"2024-02-{day}", "2024-02-11"))
    archive = archived(desk)
    assert {one.id for one in archive.entries} == {"post", "r1", "r2", "r3", "r4"}
    assert held(desk, archive).is_identical


def test_entries_that_arent_those_of_the_closing_cant_be_archived() -> None:
    desk = Desk(POST, *REPORTS)
    closed = replace(desk.close(), ledger="0" * 64)
    with pytest.raises(ProblemError) as refused:
        asyncio.run(archive_of(closed, desk.store.ledger, desk.store.revisions))
    assert [problem.code for problem in refused.value.problems] == ["E593"]


def test_a_period_whose_revision_is_gone_cant_be_archived() -> None:
    desk = Desk(POST, *REPORTS)
    closed = replace(desk.close(), revision="0" * 64)
    with pytest.raises(ProblemError) as refused:
        asyncio.run(archive_of(closed, desk.store.ledger, desk.store.revisions))
    assert [problem.code for problem in refused.value.problems] == ["E592"]

"""Two regulations over one ledger: only what differs is worked out, and the outcome is that of a whole replay."""

from datetime import UTC, datetime
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from app.declarations.load import load
from app.domain.differences import Kind
from app.domain.entry import entry_from_json
from app.domain.impact import impact_of
from app.domain.period import parse_period
from app.domain.regulation import Regulation
from app.services.canonical import outcome_text
from app.services.evaluate import Evaluation, evaluate
from app.services.impact.beside import Beside
from app.services.impact.comparing import Comparison, compare
from tests.declarations.community import official
from tests.fakes.deciders import PlainDecider
from tests.fakes.examples import examples
from tests.naive.draws import INSTANTS, PERIODS, PLACE, ledgers, regulations
from tests.services.declared import files_of, regulation_of

DECLARED = """
duty: call
for_each: role leader
every: quarter
met_by: {form: report, link: by}
---
duty: diary
for_each: role leader
every: month
met_by: {form: report, link: by}
---
sheet: score
for_each: role leader
every: year
max: 100
items:
  calls: {max: 100, start: max, lines: {missed: {deduct: 10, for_each: call, where: {state: missed}}}}
"""
POST = {
    "id": "p",
    "place": "c1/g1",
    "form": "appointment",
    "at": "2024-01-01T00:00:00+08:00",
    "by": "w9",
    "subject": "p1",
    "answers": {"worker": "w1", "role": "leader"},
}
AS_OF = datetime(2026, 1, 5, tzinfo=UTC)


def compared(before: str, after: str) -> Comparison:
    one, other = (regulation_of(files_of(text)) for text in (before, after))
    entries = [entry_from_json(POST)]
    found = compare(one, other, entries, parse_period("2025"), AS_OF, PlainDecider())
    whole = evaluate(entries, other, parse_period("2025"), AS_OF, PlainDecider())
    assert outcome_text(found.after) == outcome_text(whole)
    return found


def test_a_figure_changes_its_line_and_what_follows_from_it_alone() -> None:
    found = compared(DECLARED, DECLARED.replace("deduct: 10", "deduct: 20"))
    assert {table.split(".")[0] for table in found.rerun} == {"score"}
    changed = {(one.table, str(one.key)): {c[0]: c[1:] for c in one.columns} for one in found.changes}
    assert changed["score", "('w1', '2025')"] == {"points": (60, 20), "total": (60, 20)}
    assert {table for table, _ in changed} == {"score", "score.items", "score.lines"}
    assert found.to_json()["changes"][0]["kind"] == "changed"


def shares(before: str, after: str) -> list[int]:
    """Return how far laying a regulation beside another one said that it was, in thousandths."""
    one, other = (regulation_of(files_of(text)) for text in (before, after))
    first = Evaluation(one, parse_period("2025"), PlainDecider())
    first.load([entry_from_json(POST)], AS_OF)
    told: list[tuple[int, int]] = []
    beside = Beside(other, first.snapshot(), PlainDecider())
    beside.load_beside([entry_from_json(POST)], lambda done, of: told.append((done, of)))
    assert {of for _, of in told} == {1000}
    return [done for done, _ in told]


def test_how_far_it_is_counts_the_reading_of_entries_where_forms_differ() -> None:
    duty = DECLARED.replace("every: quarter", "every: month", 1)
    asked = duty + "---\nform: rumour\nfields: {what: {type: text}}\n"
    read, worked_out = shares(DECLARED, asked), shares(DECLARED, duty)
    assert read == sorted(read)
    assert {one for one in read if one <= 400} - {0}  # while entries are read it moves already
    assert max(read) > 400
    assert worked_out == sorted(worked_out)
    assert worked_out[-1] > 400


def test_what_nobody_changed_is_not_worked_out_again() -> None:
    assert compared(DECLARED, DECLARED).rerun == ()
    assert compared(DECLARED, DECLARED).changes == ()
    title = DECLARED.replace("duty: call\n", "duty: call\ntitle: {zh: 电话}\n")
    assert compared(DECLARED, title).rerun == ()


def test_a_definition_that_comes_or_goes_is_told_with_all_its_rows() -> None:
    less = "---".join(part for part in DECLARED.split("---") if "duty: diary" not in part)
    assert {change.kind for change in compared(DECLARED, less).changes} == {Kind.REMOVED}
    added = compared(less, DECLARED)
    assert [change.kind for change in added.changes] == [Kind.ADDED] * 12
    assert {table.split(".")[0] for table in added.rerun} == {"diary"}


def loaded(files: dict[str, str]) -> Regulation | None:
    return load(PLACE, files, official).regulation


@examples(5)
@given(regulations(), regulations(), st.data(), ledgers(), PERIODS, INSTANTS)
def test_going_by_lineage_gives_the_bytes_of_a_whole_replay(
    files: dict[str, str],
    others: dict[str, str],
    data: st.DataObject,
    entries: list[dict[str, Any]],
    period: str,
    as_of: str,
) -> None:
    # Some files of one regulation in the place of those of the other, as far as the whole still fits together.
    paths = data.draw(st.lists(st.sampled_from(sorted(set(files) & set(others))), max_size=4))
    before, after = loaded(files), loaded({**files, **{path: others[path] for path in paths}})
    assert before is not None
    if after is None:
        after = before
    ledger = [entry_from_json(entry) for entry in entries]
    instant = datetime.fromisoformat(as_of)
    found = compare(before, after, ledger, parse_period(period), instant, PlainDecider())
    whole = Evaluation(after, parse_period(period), PlainDecider())
    whole.load(ledger, instant)
    assert outcome_text(found.after) == outcome_text(whole.outcome(found.after.ledger))
    # Beside tables at work, into which the last entries came one by one, it is the same; so is what is told of it.
    live = Evaluation(before, parse_period(period), PlainDecider())
    live.load(ledger[: len(ledger) // 2], instant)
    for entry in ledger[len(ledger) // 2 :]:
        live.apply([entry])
    beside = Beside(after, live.snapshot(), PlainDecider())
    beside.load_beside(ledger)
    assert outcome_text(beside.outcome(found.after.ledger)) == outcome_text(found.after)
    assert impact_of(live.snapshot(), beside, beside.rerun) == impact_of(live, whole)

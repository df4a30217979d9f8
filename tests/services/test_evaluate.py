"""A whole evaluation: the same bytes whatever the order and the engine, and nothing without findings."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.core.values import Kind, Length, Span, Type, Unit
from app.domain.kinds.links import AmbiguousLinkError, link_column
from app.domain.period import parse_period
from app.domain.workdays import Calendar, Every
from app.engine import DurableDecider
from app.services.canonical import outcome_text
from app.services.evaluate import Evaluation, PeriodCalendar, evaluate, ledger_hash, place_rows
from app.services.ports import Answer, DecisionError, Question
from tests.domain.plain_flow import TEXT, schema
from tests.fakes.deciders import PlainDecider, SilentDecider
from tests.fakes.examples import examples
from tests.services.declared import LEADER, Told, told

WHOLE = """
class: kind
of: household
first_of: {special: {special: true}, ordinary: {}}
---
duty: seen
for_each: household
owed_by: leader
tiers:
  special: {where: {kind: special}, every: quarter}
  ordinary: {where: {kind: ordinary}, every: half_year}
met_by: {form: visit, where: {met: true}}
---
duty: weekly
for_each: role leader
every: week
met_by: report
late_until: 2 days
waived_by: [{form: leave, where: {approved: true}, covers: half}]
---
rule: neglected
for_each: seen
when: {tier: special, state: missed}
then: {finding: neglected}
---
rule: warned
for_each: role leader
every: year
facts: {cases: {count: neglected}}
when: {cases: {at_least: 2}}
then: {finding: warned}
---
indicator: coverage
per: role leader
every: year
measure: share
of: seen
where: {state: {one_of: [met, missed]}}
part: {state: met}
empty: not_applicable
undecided: leave_out
---
sheet: score
for_each: role leader
every: year
max: 100
items:
  visits: {max: 60, not_applicable: full, lines: {share: {share_of: coverage}}}
  weekly:
    max: 40
    start: max
    lines:
      missed: {deduct: 1, for_each: weekly, where: {state: missed}}
      late: {deduct: 1/2, for_each: weekly, where: {state: late}, at_most: 3}
---
appraisal: final
for_each: role leader
every: year
parts: {all: {weight: 100%, from: score}}
round: {to: 0.1}
grades: {good: {at_least: 60, quota: {top: 50%, at_least: 1}}, fail: {}}
override: {fail: {finding: warned}}
"""


def year(seed: int = 7) -> Told:
    """Return a year of two leaders and twelve households, drawn from a seed."""
    chance = random.Random(seed)  # noqa: S311 - invented facts
    lines = [LEADER.replace("p1", "p2").replace("w1", "w2").replace("g1", "g2")]
    for number in range(12):
        special = chance.choice(["true", "false", ""])
        lines.append(
            f"- {{form: household, at: 2024-0{chance.randrange(1, 10)}-01, subject: h{number},"
            f" grid: c1/g{number % 2 + 1}, special: {special}}}"
        )
        for _ in range(chance.randrange(4)):
            met = chance.choice(["true", "true", "false", ""])
            lines.append(
                f"- {{form: visit, at: 2025-{chance.randrange(1, 13):02}-{chance.randrange(1, 29):02},"
                f" by: w1, subject: h{number}, channel: home, met: {met}}}"
            )
    lines += [
        f"- {{form: report, at: 2025-{chance.randrange(1, 13):02}-{chance.randrange(1, 29):02},"
        f" by: w{chance.randrange(1, 3)}}}"
        for _ in range(60)
    ]
    lines.append(
        "- {form: leave, at: 2025-03-01, subject: w1, start: 2025-03-10, end: 2025-04-01, approved: true}"
    )
    return told(WHOLE, "\n".join(lines))


YEAR = year()


@pytest.fixture(scope="module")
def durable() -> Iterator[DurableDecider]:
    with DurableDecider() as decider:
        decider.warm()
        yield decider


@examples(5)
@given(seed=st.integers(0, 1000))
def test_the_order_of_entries_changes_no_byte(seed: int) -> None:
    entries = list(YEAR.entries)
    random.Random(seed).shuffle(entries)  # noqa: S311 - an order
    assert outcome_text(replace(YEAR, entries=tuple(entries)).outcome()) == outcome_text(YEAR.outcome())


@examples(5)
@given(seed=st.integers(0, 1000))
def test_entries_one_by_one_while_time_goes_by_give_what_all_at_once_gives(seed: int) -> None:
    assert YEAR.bit_by_bit(seed) == outcome_text(YEAR.outcome())


def test_the_rules_engine_decides_as_a_reading_of_the_conditions_does(durable: DurableDecider) -> None:
    assert outcome_text(replace(YEAR, decider=durable).outcome()) == outcome_text(YEAR.outcome())
    assert replace(YEAR, decider=durable).bit_by_bit(3) == outcome_text(YEAR.outcome())


def test_with_a_decider_that_finds_nothing_every_point_that_rests_on_a_finding_disappears() -> None:
    plain, silent = YEAR.outcome(), replace(YEAR, decider=SilentDecider()).outcome()
    assert plain.tables["score.lines"].rows
    assert plain.tables["neglected"].rows
    for table in ("score.lines", "neglected", "warned"):
        assert silent.tables[table].rows == ()
    for table in ("seen", "weekly", "coverage"):
        assert silent.tables[table].rows == plain.tables[table].rows
    items = {(row["about"], row["item"]): row["points"] for row in silent.tables["score.items"].records()}
    assert {points for (_, item), points in items.items() if item == "weekly"} == {40}


def test_a_worker_that_fails_is_an_error_never_another_result() -> None:
    class Broken(PlainDecider):
        def decide(self, questions: Sequence[Question]) -> list[Answer]:
            raise DecisionError("died")

    with pytest.raises(DecisionError):
        replace(YEAR, decider=Broken()).outcome()


def test_an_entry_that_was_recorded_later_is_not_known_yet() -> None:
    early = datetime(2025, 6, 30, tzinfo=UTC)
    known = tuple(entry for entry in YEAR.entries if entry.recorded_at <= early)
    then = replace(YEAR, as_of=early)
    assert len(known) < len(YEAR.entries)
    assert outcome_text(then.outcome()) == outcome_text(replace(then, entries=known).outcome())
    assert then.outcome().ledger == ledger_hash(known)


def test_the_same_entry_twice_is_one_and_what_was_excluded_is_said() -> None:
    evaluation = YEAR.evaluation()
    text = outcome_text(evaluation.outcome("x"))
    evaluation.apply([YEAR.entries[5], YEAR.entries[6]])
    assert outcome_text(evaluation.outcome("x")) == text
    assert evaluation.knows(YEAR.entries[5].id)
    assert not evaluation.knows("nobody")
    stranger = replace(YEAR.entries[-1], id="stranger", form="unheard_of")
    outcome = evaluate([stranger], YEAR.regulation, parse_period("2025"), YEAR.as_of, PlainDecider())
    assert [entry for entry, _ in outcome.excluded] in ([], ["stranger"])


def test_nothing_comes_out_before_something_is_loaded() -> None:
    empty = Evaluation(YEAR.regulation, parse_period("2025"), PlainDecider())
    with pytest.raises(RuntimeError):
        empty.outcome("")
    assert empty.has("score.items")
    assert not empty.has("nothing")
    with pytest.raises(KeyError):
        empty.rows("nothing")


def test_the_kinds_of_result_tables_are_told_in_declared_order() -> None:
    assert YEAR.evaluation().result_tables() == {
        "seen": "duty",
        "weekly": "duty",
        "coverage": "indicator",
        "neglected": "rule",
        "warned": "rule",
        "score": "sheet",
        "score.items": "sheet",
        "score.lines": "sheet",
        "final": "appraisal",
    }


def test_each_place_is_known_with_those_above_it() -> None:
    rows = place_rows(YEAR.regulation)
    assert rows["place#"][0] == ("c1", "community", None, None)
    assert ("c1/g1", "community", "c1") in rows["place_level#"]
    assert ("c1/g1", "grid", "c1/g1") in rows["place_level#"]


def test_a_period_s_calendar_answers_for_the_place_s_zone() -> None:
    calendar = PeriodCalendar(Calendar("cn", "Asia/Shanghai"), parse_period("2025-03"))
    assert [window.label for window in calendar.windows(Every("month"))] == ["2025-03"]
    with pytest.raises(TypeError):
        calendar.windows("month")
    at = datetime(2025, 3, 1, 2, tzinfo=UTC)
    assert calendar.date_of(datetime(2025, 2, 28, 17, tzinfo=UTC)).isoformat() == "2025-03-01"
    assert calendar.reach(at, Length(2, Unit.HOURS), ()) == datetime(2025, 3, 1, 4, tzinfo=UTC)
    assert calendar.reach(at, Length(2, Unit.HOURS), (Span(at, None),)) is None
    assert calendar.reach(None, Length(2, Unit.HOURS), ()) is None
    assert calendar.reach(at, None, None) is None


def test_two_columns_that_could_tie_a_row_are_an_error_rather_than_a_guess() -> None:
    worker = Type(Kind.REF, to="worker")
    two = schema(["id"], id=TEXT, helper=worker, by=worker)
    with pytest.raises(AmbiguousLinkError) as fault:
        link_column(two, "worker")
    assert (fault.value.wanted, fault.value.candidates) == ("worker", ("helper", "by"))
    assert link_column(two, "worker", declared="by") == "by"
    assert link_column(schema(["id"], subject=worker, helper=worker), "worker") == "subject"

"""Indicators over time, of samples, of those who stood then, and of other indicators."""

from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.core.values import NotApplicable, Unknown
from tests.declarations.community import official
from tests.fakes.examples import examples
from tests.fakes.loading import load
from tests.services.declared import PLACE, Told, files_of, told

MARK = "- {form: mark, at: DAY, by: w9, subject: w1, kind: KIND, points: POINTS}\n"


def mark(day: str, points: Any = 1, kind: str = "good") -> str:
    return MARK.replace("DAY", day).replace("POINTS", str(points)).replace("KIND", kind)


def faults(declared: str) -> list[str]:
    found = load(PLACE, files_of(declared), official).problems
    return [
        f"{fault.code} {fault.values.get('reason', fault.values.get('name', ''))}"
        for fault in found
        if fault.is_error
    ]


# ---- change ----------------------------------------------------------------------------------------------------------
CHANGE = """
indicator: complaints
per: role leader
every: month
measure: change
of: {form: mark, where: {kind: bad}}
change: {CHANGE}
target: {at_least: 0}
"""


def changes(change: str, *bad: str, period: str = "2025-Q1") -> list[Any]:
    lines = "".join(mark(day, kind="bad") for day in bad) + mark("2025-03-05")
    return told(CHANGE.replace("{CHANGE}", change), lines, period=period).column("complaints", "value")


def test_a_change_is_held_against_the_window_before_also_before_the_period() -> None:
    days = ("2024-12-10", "2024-12-11", "2025-01-05", "2025-02-07", "2025-02-08", "2025-02-09", "2025-02-10")
    assert changes("{}", *days) == [-1, 3, -4]
    assert changes("{better: lower}", *days) == [1, -3, 4]
    assert changes("{as: relative}", *days) == [Fraction(-1, 2), 3, -1]
    assert changes("{as: relative, better: lower}", *days) == [Fraction(1, 2), -3, 1]
    for month, value in (("2025-01", -1), ("2025-02", 3), ("2025-03", -4)):
        assert changes("{}", *days, period=month) == [value]


def test_a_change_relative_to_nothing_or_without_a_window_before_does_not_apply() -> None:
    assert changes("{as: relative}", "2025-01-05") == [NotApplicable("empty"), -1, NotApplicable("empty")]
    late = "- {form: appointment, at: 2025-02-03, subject: p1, worker: w1, role: leader, place: c1/g1}\n"
    case = told(
        CHANGE.replace("{CHANGE}", "{}"),
        late + mark("2025-02-05", kind="bad"),
        period="2025-Q1",
        leader=False,
    )
    assert [row["value"] for row in case.rows("complaints")] == [NotApplicable("no_previous"), -1]
    assert case.row("complaints", period="2025-03")["met"] is False


# ---- streak ----------------------------------------------------------------------------------------------------------
STREAK = "indicator: run\nper: role leader\nevery: year\nmeasure: streak\nof: mark\npart: {points: {at_least: 3}}\n"


@pytest.mark.parametrize(
    ("points", "value"),
    [((), 0), ((3, 1, 3, 4), 2), ((3, 3, 1), 0), ((3, "", 4), Unknown("points")), (("", 1, 4), 1)],
)
def test_a_streak_is_the_run_with_which_a_window_ends(points: tuple[Any, ...], value: Any) -> None:
    lines = "".join(mark(f"2025-02-0{at}", one) for at, one in enumerate(points, start=1))
    assert told(STREAK, lines).row("run")["value"] == value


# ---- dated -----------------------------------------------------------------------------------------------------------
DATED = """
form: hazard
about: worker
fields: {found_on: {type: date}, seen_at: {type: datetime}}
---
indicator: hazards
per: role leader
every: month
measure: count
of: hazard
dated: COLUMN
"""


def test_a_column_may_say_in_which_window_a_row_lies() -> None:
    lines = (
        '- {form: hazard, at: 2025-03-05, by: w9, subject: w1, found_on: 2025-01-31, seen_at: "2025-02-01T00:00"}\n'
        '- {form: hazard, at: 2025-03-05, by: w9, subject: w1, found_on: 2025-02-01, seen_at: "2025-02-28T23:59"}\n'
        "- {form: hazard, at: 2025-03-05, by: w9, subject: w1}\n"
    )
    by_day = told(DATED.replace("COLUMN", "found_on"), lines, period="2025-Q1")
    assert by_day.column("hazards", "value") == [1, 1, 0]
    by_time = told(DATED.replace("COLUMN", "seen_at"), lines, period="2025-Q1")
    assert by_time.column("hazards", "value") == [0, 2, 0]
    assert faults(DATED.replace("COLUMN", "subject")) == ["E102 column"]


# ---- those who stood then --------------------------------------------------------------------------------------------
PERSONS = """
form: resident
describes: resident
fields:
  grid: {type: ref, to: grid, required: true}
  born: {type: date, required: true}
  left_on: {type: date}
ends: left_on
---
form: survey
about: resident
fields: {respondent: {type: ref, to: resident, required: true}}
---
indicator: coverage
per: community
every: quarter
measure: rate
of: {form: survey, distinct: respondent, link: place}
against: {form: resident, where: {age: {at_least: 18}}, at: EDGE}
empty: not_applicable
target: {at_least: 1/2}
"""
RESIDENTS = """\
- {form: resident, at: 2020-01-01, subject: x1, grid: c1/g1, born: 1980-01-01}
- {form: resident, at: 2020-01-01, subject: x2, grid: c1/g1, born: 2007-05-10}
- {form: resident, at: 2020-01-01, subject: x3, grid: c1/g2, born: 1990-01-01}
- {form: resident, at: 2025-02-10, subject: x3, grid: c1/g2, born: 1990-01-01, left_on: 2025-02-15}
- {form: resident, at: 2025-08-01, subject: x4, grid: c1/g2, born: 1970-01-01}
- {form: survey, at: 2025-02-01, by: w1, subject: x1, respondent: x1}
- {form: survey, at: 2025-05-01, by: w1, subject: x1, respondent: x1}
"""


def test_a_rate_is_against_those_who_stand_at_the_windows_edge_with_their_age_then() -> None:
    ends = told(PERSONS.replace("EDGE", "window_end"), RESIDENTS)
    assert ends.column("coverage", "whole") == [1, 2, 3, 3]
    assert ends.column("coverage", "value") == [1, Fraction(1, 2), 0, 0]
    starts = told(PERSONS.replace("EDGE", "window_start"), RESIDENTS)
    assert starts.column("coverage", "whole") == [2, 1, 2, 3]


def test_those_who_stand_at_an_edge_may_be_told_apart_by_what_is_worked_out_of_them() -> None:
    grown = PERSONS.replace("at: EDGE", 'set: {grown: "age >= 30"}, at: window_end').replace(
        "age: {at_least: 18}", "grown: true"
    )
    assert told(grown, RESIDENTS).column("coverage", "whole") == [1, 1, 2, 2]


VOTE = """
form: ballot
about: community
fields: {yes: {type: boolean, required: true}, voter: {type: ref, to: worker, required: true}}
---
indicator: adopted
per: community
every: quarter
measure: rate
of: {form: ballot, where: {yes: true}, distinct: voter}
against: {form: appointment, where: {role: leader}, distinct: worker, at: window_end}
empty: not_applicable
target: {at_least: 2/3}
"""


@pytest.mark.parametrize(("votes", "met"), [(2, True), (1, False)])
def test_two_thirds_are_exact_and_of_all_in_post_whether_they_vote_or_not(votes: int, met: bool) -> None:
    lines = "".join(
        f"- {{form: appointment, at: 2024-01-01, subject: p{n}, worker: w{n}, role: leader, place: c1/g1}}\n"
        for n in (1, 2, 3)
    ) + "".join(
        f"- {{form: ballot, at: 2025-02-0{n}, by: w{n}, subject: c1, voter: w{n}, yes: true}}\n" * 2
        for n in range(1, votes + 1)
    )
    row = told(VOTE, lines, period="2025-Q1", leader=False).row("adopted")
    assert (row["value"], row["met"]) == (Fraction(votes, 3), met)


# ---- samples ---------------------------------------------------------------------------------------------------------
SAMPLE = """
form: draw
fields: {period: {type: period, required: true}, seed: {type: text}, start: {type: integer}}
---
indicator: checked
per: role leader
every: quarter
measure: share
of: {form: mark, sample: {SAMPLE}}
part: {kind: good}
empty: zero
"""
TEN = [f"2025-02-{day:02}" for day in range(1, 11)]
DRAW = "- {form: draw, at: 2025-04-02, by: w9, period: 2025-Q1, VALUE}\n"


def sampled(sample: str, *draws: str, kinds: str = "good") -> Told:
    declared = SAMPLE.replace("{SAMPLE}", sample)
    lines = "".join(mark(day, kind=kinds) for day in TEN)
    return told(declared, lines + "".join(DRAW.replace("VALUE", one) for one in draws), period="2025-Q1")


def test_a_sample_is_drawn_of_the_rows_that_meet_the_condition() -> None:
    declared = SAMPLE.replace("mark, sample: {SAMPLE}", "mark, where: {kind: good}, sample: {share: 50%}")
    lines = "".join(mark(day, kind="good" if number % 2 else "bad") for number, day in enumerate(TEN))
    case = told(declared, lines + DRAW.replace("VALUE", "seed: a"), period="2025-Q1")
    assert case.row("checked")["whole"] == 3  # of five, not of ten


@pytest.mark.parametrize(
    ("sample", "size"),
    [
        ("{share: 20%, drawn_by: draw}", 2),
        ("{share: 25%}", 3),
        ("{share: 25%, round: down}", 2),
        ("{share: 1%, at_least: 4}", 4),
        ("{number: 7}", 7),
        ("{number: 1, within: [kind]}", 1),
    ],
)
def test_a_sample_waits_for_its_draw_and_is_drawn_by_the_first_seed(sample: str, size: int) -> None:
    assert sampled(sample).row("checked")["value"] == Unknown("draw")
    assert sampled(sample, "seed: ").row("checked")["value"] == Unknown("draw")
    found = {str(sampled(sample, f"seed: {seed}").row("checked")["rows"]) for seed in "abc"}
    assert len(found) > 1
    row = sampled(sample, "seed: a").row("checked")
    assert (row["whole"], row["part"], row["value"]) == (size, size, 1)
    assert sampled(sample, "seed: a", "seed: b").row("checked")["rows"] in {
        sampled(sample, "seed: a").row("checked")["rows"],
        sampled(sample, "seed: b").row("checked")["rows"],
    }


def test_whoever_takes_all_need_not_draw() -> None:
    assert sampled("{number: 10}").row("checked")["whole"] == 10


def test_so_many_running_are_taken_from_the_one_that_was_drawn() -> None:
    assert sampled("{from: draw.start, next: 3}").row("checked")["value"] == Unknown("draw")
    row = sampled("{from: draw.start, next: 3}", "start: 4").row("checked")
    assert row["whole"] == 3
    assert sampled("{from: draw.start, next: 3}", "start: 9").row("checked")["whole"] == 2


def test_a_sample_says_of_what_it_is_drawn() -> None:
    assert faults(SAMPLE.replace("{SAMPLE}", "{share: 20%, drawn_by: report}")) == [
        "E102 column",
        "E102 column",
    ]
    assert faults(SAMPLE.replace("{SAMPLE}", "{drawn_by: draw}")) == ["E106 share"]
    assert faults(SAMPLE.replace("{SAMPLE}", "{from: draw.start}")) == ["E106 next"]
    assert faults(SAMPLE.replace("{SAMPLE}", "{from: draw.seed, next: 3}")) == ["E102 column"]
    assert faults(SAMPLE.replace("{SAMPLE}", "{number: 3, within: [nothing]}")) == ["E102 column"]


# ---- rolled up -------------------------------------------------------------------------------------------------------
ROLLED = """
indicator: monthly
per: role leader
every: month
MEASURE
of: mark
empty: not_applicable
---
indicator: yearly
per: role leader
every: year
roll_up: HOW
of: monthly
empty: not_applicable
"""
SHARE = "measure: share\npart: {kind: good}"
AVERAGE = "measure: average\ncolumn: points"


def rolled(measure: str, how: str, lines: str) -> Any:
    return told(ROLLED.replace("MEASURE", measure).replace("HOW", how), lines).row("yearly")["value"]


@pytest.mark.parametrize(
    ("how", "value"),
    [
        ("pool", Fraction(5, 12)),
        ("average", Fraction(1, 2)),
        ("sum", 1),
        ("best", Fraction(3, 4)),
        ("worst", Fraction(1, 4)),
        ("last", Fraction(1, 4)),
    ],
)
def test_a_year_of_an_indicator_is_made_of_its_months(how: str, value: Fraction) -> None:
    lines = "".join(mark("2025-02-01", kind=kind) for kind in ("good", "good", "good", "bad"))
    lines += "".join(mark("2025-03-01", kind=kind) for kind in ("good", "good", *["bad"] * 6))
    assert rolled(SHARE, how, lines) == value


@examples(6)
@given(
    months=st.lists(st.lists(st.integers(0, 9), max_size=4), min_size=1, max_size=4),
    how=st.sampled_from(["pool", "average", "sum", "best", "worst", "last"]),
    measure=st.sampled_from(["average", "count", "sum", "share"]),
)
def test_roll_ups_agree_with_a_list_worked_out_by_hand(
    months: list[list[int]], how: str, measure: str
) -> None:
    lines = "".join(
        mark(f"2025-0{month}-03", value, "good" if value > 4 else "bad")
        for month, values in enumerate(months, start=1)
        for value in values
    )
    text = {
        "average": AVERAGE,
        "count": "measure: count",
        "sum": "measure: sum\ncolumn: points",
        "share": SHARE,
    }[measure]
    whole = [value for values in months for value in values]

    def naive(values: list[int]) -> Any:
        if measure in {"average", "share"} and not values:
            return None
        good = sum(value > 4 for value in values)
        return {
            "average": Fraction(sum(values), max(len(values), 1)),
            "count": len(values),
            "sum": sum(values),
            "share": Fraction(good, max(len(values), 1)),
        }[measure]

    every_month = [naive(values) for values in [*months, *[[]] * (12 - len(months))]]
    found = [value for value in every_month if value is not None]
    if how == "pool":
        expected = naive(whole)
    elif not found:
        expected = None
    else:
        expected = {
            "average": Fraction(sum(found)) / len(found),
            "sum": sum(found),
            "best": max(found),
            "worst": min(found),
            "last": found[-1],
        }[how]
    value = rolled(text, how, lines)
    assert value == (NotApplicable("empty") if expected is None else expected)


def test_only_what_can_be_rolled_up_is() -> None:
    declared = ROLLED.replace("MEASURE", "measure: min\ncolumn: points")
    assert faults(declared.replace("HOW", "pool")) == ["E103 pooled"]
    assert faults(declared.replace("HOW", "average")) == []
    assert faults(declared.replace("HOW", "average\nmeasure: sum")) == ["E103 rolled_up"]
    assert faults(declared.replace("HOW", "average").replace("of: monthly", "of: mark")) == ["E103 rolled_up"]
    assert faults(declared.replace("roll_up: HOW", "measure: streak")) == ["E106 part"]
    assert faults(declared.replace("roll_up: HOW\n", "")) == ["E106 measure"]


# ---- what isn't known ------------------------------------------------------------------------------------------------
SUMMED = """
indicator: total
per: role leader
every: year
measure: MEASURE
of: {form: mark, where: {points: {at_least: 1}}}
column: points
empty: zero
UNDECIDED
"""


@pytest.mark.parametrize(
    ("undecided", "value"), [("", Unknown("points")), ("undecided: leave_out", 6), ("undecided: count_in", 6)]
)
def test_undecided_rows_of_a_sum_are_left_out_as_declared(undecided: str, value: Any) -> None:
    lines = mark("2025-02-01", 4) + mark("2025-02-02", 2) + mark("2025-02-03", "")
    declared = SUMMED.replace("MEASURE", "sum").replace("UNDECIDED", undecided)
    assert told(declared, lines).row("total")["value"] == value

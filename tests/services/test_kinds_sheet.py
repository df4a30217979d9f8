"""Sheets: points from lines to items, sections and the sheet, in the fixed order and with exact numbers."""

from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.core.values import NotApplicable, Unknown
from tests.fakes.deciders import SilentDecider
from tests.fakes.examples import examples
from tests.services.declared import LEADER, Told, marks, told

SHEET = """
sheet: score
for_each: role leader
every: year
max: 100
items:
  praise:
    max: 10
    lines:
      good: {add: points, for_each: {form: mark, where: {kind: good}}GOOD}
      bad: {deduct: points, for_each: {form: mark, where: {kind: bad}}BAD}
  rest: {max: 90, start: max, lines: {}}
"""


def scored(good: str = "", bad: str = "", *marked: tuple[str, str], sheet: str = SHEET) -> Told:
    """Return a sheet and the marks given: (kind, points) each, a day apart."""
    lines = [
        f"- {{form: mark, at: 2025-02-{day:02}, by: w9, subject: w1, kind: {kind}, points: {points}}}"
        for day, (kind, points) in enumerate(marked, start=1)
    ]
    return told(sheet.replace("GOOD", good).replace("BAD", bad), "\n".join(lines))


def points(case: Told, item: str = "praise") -> Any:
    return case.row("score.items", item=item)["points"]


def test_an_item_is_clamped_once_on_the_sum_of_its_lines() -> None:
    assert points(scored("", "", ("good", "12"), ("bad", "3"))) == 9
    assert points(scored("", "", ("good", "12"))) == 10
    assert points(scored("", "", ("bad", "3"))) == 0


def test_a_line_is_capped_before_the_sum_whichever_its_sign() -> None:
    assert points(scored(", at_most: 4", "", ("good", "3"), ("good", "3"), ("bad", "1"))) == 3
    assert points(scored("", ", at_most: 2", ("good", "9"), ("bad", "3"), ("bad", "3"))) == 7


def test_the_first_rows_may_be_free_or_the_best_alone_may_count() -> None:
    assert points(scored(", beyond: 2", "", ("good", "1"), ("good", "2"), ("good", "3"))) == 3
    assert points(scored(", take: highest", "", ("good", "2"), ("good", "4"), ("good", "4"))) == 4


def test_a_start_from_the_maximum_loses_what_is_deducted() -> None:
    case = scored()
    assert points(case, "rest") == 90
    row = case.row("score")
    assert (row["points"], row["max"], row["bonus"], row["total"], row["state"]) == (
        90,
        100,
        0,
        90,
        "computed",
    )


def test_every_line_names_the_row_that_it_rests_on() -> None:
    case = scored("", "", ("good", "3"), ("bad", "1"))
    rows = case.rows("score.lines")
    assert [(row["item"], row["line"], row["points"], row["table"], row["row"]) for row in rows] == [
        ("praise", "bad", -1, "mark", ("given-00003", "w1")),
        ("praise", "good", 3, "mark", ("given-00002", "w1")),
    ]


def test_every_point_that_rests_on_a_finding_disappears_with_a_decider_that_finds_nothing() -> None:
    case = scored("", "", ("good", "3"), ("bad", "1"))
    silent = Told(case.regulation, case.entries, case.as_of, case.period, SilentDecider())
    assert silent.rows("score.lines") == []
    assert points(silent) == 0
    assert points(silent, "rest") == 90


UNSURE = ("good", "3"), ("good", "")


@pytest.mark.parametrize(
    ("policy", "found"),
    [("", Unknown("undecided")), (", undecided: leave_out", 3), (", undecided: count_in", 4)],
)
def test_what_may_count_makes_the_sheet_not_computable_unless_a_policy_says_otherwise(
    policy: str, found: Any
) -> None:
    line = "{add: 'if(known(points), points, 1)', for_each: {form: mark, where: {points: {over: 1}}}POLICY}"
    sheet = SHEET.replace("{add: points, for_each: {form: mark, where: {kind: good}}GOOD}", line)
    case = scored("", "", *UNSURE, sheet=sheet.replace("POLICY", policy))
    assert points(case) == found
    row = case.row("score")
    assert row["state"] == ("computed" if policy else "not_computable")
    assert row["total"] == (found + 90 if policy else Unknown("undecided"))


POLICIES = """
indicator: share
per: role leader
every: year
measure: share
of: mark
part: {kind: good}
empty: not_applicable
---
sheet: score
for_each: role leader
every: year
max: 100
items:
  side:
    max: 40
    items:
      a: {max: 30, POLICY, lines: {share: {share_of: share}}}
      b: {max: 10, start: max, lines: {bad: {deduct: points, for_each: {form: mark, where: {kind: bad}}}}}
  rest: {max: 60, start: max}
"""


@pytest.mark.parametrize(
    ("policy", "item", "side", "side_max", "whole"),
    [
        ("full", 30, 40, 40, 100),
        ("zero", 0, 10, 40, 100),
        ("omit", NotApplicable("empty"), 10, 10, 70),
        ("rescale", NotApplicable("empty"), 40, 40, 100),
    ],
)
def test_an_item_that_does_not_apply_follows_its_policy(
    policy: str, item: Any, side: int, side_max: int, whole: int
) -> None:
    case = told(POLICIES.replace("POLICY", f"not_applicable: {policy}"))
    assert case.row("score.items", item="side/a")["points"] == item
    section = case.row("score.items", item="side")
    assert (section["points"], section["max"]) == (side, side_max)
    sheet = case.row("score")
    assert (sheet["points"], sheet["max"], sheet["state"]) == (side + 60, whole, "computed")


def test_rescaled_points_grow_in_proportion_exactly() -> None:
    bad = "- {form: mark, at: 2025-02-01, by: w9, subject: w1, kind: bad, points: 1}"
    third = POLICIES.replace("POLICY", "not_applicable: rescale").replace("share_of: share", "share_of: none")
    third = third.replace("indicator: share", "indicator: none").replace(
        "of: mark", "of: {form: mark, where: {points: {over: 5}}}"
    )
    case = told(third, bad)
    assert case.row("score.items", item="side")["points"] == 36
    assert case.row("score.items", item="side/b")["points"] == 9


def test_a_share_gives_its_part_of_the_maximum() -> None:
    marks_of = "\n".join(
        f"- {{form: mark, at: 2025-02-0{day}, by: w9, subject: w1, kind: {kind}, points: 0}}"
        for day, kind in enumerate(("good", "good", "bad"), start=1)
    )
    case = told(POLICIES.replace("POLICY", "not_applicable: full"), marks_of)
    assert case.row("score.items", item="side/a")["points"] == 20


def test_a_section_of_which_no_part_applies_does_not_apply_and_so_with_the_sheet() -> None:
    alone = POLICIES.replace("POLICY", "not_applicable: omit")
    cut = alone[: alone.index("      b:")].replace("max: 40", "max: 30").replace("max: 100", "max: 30")
    row = told(cut).row("score")
    assert (row["state"], row["points"]) == ("not_applicable", NotApplicable("not_applicable"))


ROUNDED = """
sheet: score
for_each: role leader
every: year
round: {to: TO, half: HALF}
items: {all: {lines: {each: {add: points, for_each: mark}}}}
"""


@pytest.mark.parametrize(
    ("half", "given_points", "found"),
    [
        ("up", "1/4", Fraction(3, 10)),
        ("down", "1/4", Fraction(1, 5)),
        ("down", "-1/4", Fraction(-1, 5)),
        ("even", "1/4", Fraction(1, 5)),
        ("even", "7/20", Fraction(2, 5)),
        ("down", "13/50", Fraction(3, 10)),
        ("even", "6/25", Fraction(1, 5)),
        ("up", "-1/4", Fraction(-3, 10)),
    ],
)
def test_halves_are_rounded_as_declared_whatever_the_sign(
    half: str, given_points: str, found: Fraction
) -> None:
    case = scored(
        "", "", ("good", f'"{given_points}"'), sheet=ROUNDED.replace("TO", "0.1").replace("HALF", half)
    )
    assert case.row("score")["points"] == found


BONUS = (
    SHEET
    + "bonus: {extra: {at_most: 5, lines: {good: {add: points, for_each: {form: mark, where: {kind: good}}}}}}\n"
)


def test_a_bonus_comes_on_top_of_the_maximum_up_to_its_own() -> None:
    row = scored("", "", ("good", "8"), sheet=BONUS).row("score")
    assert (row["points"], row["bonus"], row["total"]) == (98, 5, 103)
    unknown = scored("", "", ("good", ""), sheet=BONUS.replace("GOOD", ", undecided: leave_out")).row("score")
    assert (unknown["state"], unknown["bonus"]) == ("not_computable", Unknown("points"))


AMOUNTS = """
sheet: score
for_each: role leader
every: year
items:
  all: {lines: {each: {WORTH, for_each: mark}}}
"""


@pytest.mark.parametrize(
    ("worth", "value", "found"),
    [
        ("add: {of: kind, gives: {good: 3, bad: -2}}", "0", 3),
        ("add: {of: points, bands: [{under: 10, gives: 1}, {to: 20, gives: 2}, {gives: 5}]}", "9", 1),
        ("add: {of: points, bands: [{under: 10, gives: 1}, {to: 20, gives: 2}, {gives: 5}]}", "20", 2),
        ("add: {of: points, bands: [{under: 10, gives: 1}, {to: 20, gives: 2}, {gives: 5}]}", "20.5", 5),
        ("deduct: {of: points, below: 90, each: 2, gives: 1}", "87", -1),
        ("deduct: {of: points, below: 90, each: 2, gives: 1, count: started}", "87", -2),
        ("deduct: {of: points, below: 90, each: 2, gives: 1, count: exact}", "87", Fraction(-3, 2)),
        ("deduct: {of: points, below: 90, each: 2, gives: 1}", "95", 0),
        ("add: {of: points, above: 90, each: 5, gives: 2}", "101", 4),
        ("add: {2012-01-01: 1, 2025-06-01: 9}", "0", 1),
        ("add: {of: kind, gives: {good: {2012-01-01: 1, 2025-01-01: 4}, bad: 0}}", "0", 4),
        ("add: 2 * points + 1", "3", 7),
    ],
)
def test_an_amount_is_worth_what_it_says(worth: str, value: str, found: Any) -> None:
    assert (
        scored("", "", ("good", value), sheet=AMOUNTS.replace("WORTH", worth)).row("score")["points"] == found
    )


GATED = """
sheet: score
for_each: role leader
every: year
max: 10
items: {all: {max: 10, start: max, requires: {form: mark, where: {points: {over: 0}}, times: 2}}}
"""


@pytest.mark.parametrize(
    ("given_points", "found", "state"),
    [
        (("1", "1"), 10, "computed"),
        (("1",), 0, "computed"),
        (("1", ""), Unknown("requires"), "not_computable"),
    ],
)
def test_without_evidence_an_item_is_zero(given_points: tuple[str, ...], found: Any, state: str) -> None:
    case = scored("", "", *[("good", value) for value in given_points], sheet=GATED)
    assert points(case, "all") == found
    assert case.row("score")["state"] == state


MARKED = """
form: panel
about: worker
fields: {points: {type: number, required: true}, period: {type: period}}
---
sheet: score
for_each: role leader
every: quarter
max: 20
items: {all: {max: 20, lines: {given: {mark: panel, between: [0, 20]}}}}
"""


def test_points_given_by_hand_count_in_the_period_that_they_name_and_within_their_bounds() -> None:
    panel = "- {form: panel, at: 2025-04-02, by: w9, subject: w1, points: POINTS PERIOD}\n"
    named = panel.replace("PERIOD", ", period: 2025-Q1")
    case = told(
        MARKED,
        named.replace("POINTS", "7") + named.replace("POINTS", "30") + panel.replace("POINTS PERIOD", "5"),
    )
    assert case.column("score", "points") == [7, 5, 0, 0]
    assert told(MARKED, named.replace("POINTS", "7"), period="2025-Q1").column("score", "points") == [7]
    assert told(MARKED, panel.replace("POINTS PERIOD", "5"), period="2025-Q1").rows("score.lines") == []


ELIGIBLE = """
sheet: score
for_each: WHO leader
every: quarter
max: 10
eligible: {in_post: {at_least: 6 months, at: AT}}
items: {all: {max: 10, start: max}}
"""


@pytest.mark.parametrize(("who", "about"), [("role", "w1"), ("post", "p1")])
def test_who_was_not_long_enough_in_the_post_is_not_eligible(who: str, about: str) -> None:
    since = LEADER.replace("2024-01-01", "2024-10-01")
    case = told(ELIGIBLE.replace("WHO", who).replace("AT", "window_start"), since, leader=False)
    assert case.column("score", "state") == ["not_eligible", "computed", "computed", "computed"]
    assert marks(case.column("score", "total")) == ["not_eligible", "10", "10", "10"]
    assert set(case.column("score", "about")) == {about}
    later = told(
        ELIGIBLE.replace("WHO", who).replace("AT", "window_start"),
        since.replace("10-01", "10-02"),
        leader=False,
    )
    assert later.column("score", "state") == ["not_eligible", "not_eligible", "computed", "computed"]
    end = told(ELIGIBLE.replace("WHO", who).replace("AT", "window_end"), since, leader=False)
    assert end.column("score", "state") == ["computed"] * 4


def test_between_two_appointments_nobody_is_assessed() -> None:
    given_lines = (
        LEADER.replace("place: c1/g1", "place: c1/g1, left_on: 2025-02-01")
        + "\n- {form: appointment, at: 2025-09-01, subject: p2, worker: w1, role: leader, place: c1/g1}"
    )
    case = told(GATED.replace("every: year", "every: quarter"), given_lines, leader=False)
    assert case.column("score", "period") == ["2025-Q1", "2025-Q3", "2025-Q4"]


APPLIES = """
sheet: score
for_each: household
every: quarter
max: 10
items: {all: {max: 10, start: max, applies: {special: true}}}
"""


def test_an_item_applies_to_what_its_subject_was_as_the_window_ended() -> None:
    household = "- {form: household, at: AT, subject: h1, grid: c1/g1SPECIAL}\n"
    told_of = household.replace("AT", "2024-01-01").replace("SPECIAL", ", special: false")
    told_of += household.replace("AT", "2025-06-30").replace("SPECIAL", ", special: true")
    told_of += household.replace("AT", "2025-10-01").replace("SPECIAL", "")
    case = told(APPLIES, told_of)
    assert marks(case.column("score", "points")) == ["not_applicable", "10", "10", "special"]
    assert case.column("score", "state") == ["not_applicable", "computed", "computed", "not_computable"]


def test_a_sheet_is_for_a_place_too() -> None:
    sheet = """
    sheet: score
    for_each: grid
    every: year
    max: 10
    items: {all: {max: 10, start: max, lines: {late: {deduct: 1, for_each: {form: report, link: place}}}}}
    """
    case = told(sheet, "- {form: report, at: 2025-02-01, by: w1, place: c1/g2}")
    assert dict(zip(case.column("score", "about"), case.column("score", "points"), strict=True)) == {
        "c1/g1": 10,
        "c1/g2": 9,
    }


def test_a_small_sheet_of_money_has_lines_alone_and_no_bounds() -> None:
    sheet = "sheet: score\nfor_each: role leader\nevery: month\nunit: CNY\n"
    sheet += "lines: {each: {deduct: 30, for_each: mark}}\n"
    case = scored("", "", ("bad", "1"), ("bad", "1"), sheet=sheet)
    assert case.row("score", period="2025-02")["points"] == -60
    assert case.row("score.items", period="2025-02")["item"] == "score"


EIGHTHS = st.integers(-40, 40).map(lambda value: Fraction(value, 8))


@examples(10)
@given(
    values=st.lists(st.tuples(st.sampled_from(["good", "bad"]), EIGHTHS.map(abs)), max_size=5),
    most=st.integers(1, 12),
    cap=st.integers(1, 6),
    start_max=st.booleans(),
    half=st.sampled_from(["up", "down", "even"]),
)
def test_the_arithmetic_agrees_with_one_written_down_again(
    values: list[tuple[str, Fraction]], most: int, cap: int, start_max: bool, half: str
) -> None:
    sheet = f"""
sheet: score
for_each: role leader
every: year
max: {most + 20}
round: {{to: 0.5, half: {half}}}
items:
  a:
    max: {most}
    start: {"max" if start_max else "0"}
    round: {{to: 0.25}}
    lines:
      good: {{add: points, for_each: {{form: mark, where: {{kind: good}}}}, at_most: {cap}}}
      bad: {{deduct: points, for_each: {{form: mark, where: {{kind: bad}}}}}}
  b: {{max: 20, lines: {{all: {{add: points, for_each: mark}}}}}}
"""
    case = scored("", "", *[(kind, f'"{value}"') for kind, value in values], sheet=sheet)
    good = min(sum((v for kind, v in values if kind == "good"), Fraction(0)), Fraction(cap))
    bad = sum((v for kind, v in values if kind == "bad"), Fraction(0))
    a = naive_round(
        max(Fraction(0), min((most if start_max else 0) + good - bad, Fraction(most))), Fraction(1, 4), "up"
    )
    b = max(Fraction(0), min(sum((v for _, v in values), Fraction(0)), Fraction(20)))
    assert points(case, "a") == a
    assert points(case, "b") == b
    assert case.row("score")["points"] == naive_round(a + b, Fraction(1, 2), half)


def naive_round(value: Fraction, to: Fraction, half: str) -> Fraction:
    """Round a value that isn't negative by comparing it with the two multiples beside it."""
    below = value // to * to
    above = below + to
    if value - below != above - value:
        return below if value - below < above - value else above
    return {"up": above, "down": below, "even": below if (below / to) % 2 == 0 else above}[half]

"""What a score sheet can say beside plain lines: whose points a row is, what is counted, gates, shares, parts."""

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

import pytest

from app.domain.core.values import NotApplicable, Unknown
from tests.services.declared import LEADER, Told, marks, told

WORKER = "form: staff\ndescribes: worker\nfields: {grade: {type: choice, from: [a, b]}}\n---\n"
ROLES = {
    "config/roles/cadre.yaml": "role: cadre\nlevel: community\nmay: [record]\n",
    "config/roles/office.yaml": "role: office\nlevel: community\nmay: [record]\n",
}


def mark(*values: tuple[str, str], subject: str = "w1", start: int = 1) -> str:
    """Return marks of a kind with points, a day apart."""
    return "\n".join(
        f"- {{form: mark, at: 2025-02-{day:02}, by: w9, subject: {subject}, kind: {kind}, points: {points}}}"
        for day, (kind, points) in enumerate(values, start=start)
    )


def one(line: str, *values: tuple[str, str]) -> Any:
    """Return what a sheet with one line over marks gives."""
    sheet = f"sheet: score\nfor_each: role leader\nevery: year\nitems: {{all: {{lines: {{each: {line}}}}}}}\n"
    return told(sheet, mark(*values)).row("score")["points"]


# ---- amounts
SLABS = "{add: {of: points, slabs: [{to: 1000, gives: 50%}, {to: 5000, gives: 30%}, {gives: 10%}]}, for_each: mark}"


@pytest.mark.parametrize(
    ("cost", "found"),
    [("0", 0), ("600", 300), ("1000", 500), ("3000", 1100), ("5000", 1700), ("6001", "1800.1")],
)
def test_each_slab_gives_its_share_of_what_lies_in_it(cost: str, found: Any) -> None:
    assert one(SLABS, ("good", cost)) == Fraction(found)


def test_slabs_may_change_by_date_and_take_nothing_of_less_than_nothing() -> None:
    dated = SLABS.replace("50%", "{2024-01-01: 50%, 2025-02-02: 60%}")
    assert one(dated, ("good", "100"), ("good", "100")) == 110
    assert one(SLABS, ("good", "-5")) == 0


CHECKLIST = """
form: check
about: worker
fields:
  tidy: {type: boolean, required: true}
  book: {type: choice, from: [none, some, all], required: true}
  defects: {type: integer, required: true, relevant: "tidy == false"}
---
sheet: score
for_each: role leader
every: year
items:
  site:
    max: 20
    lines:
      seen: {checklist: {form: check, each: {tidy: 5, book: {none: 0, some: 2, all: 4}, defects: -1}}, TAKE}
"""


@pytest.mark.parametrize(
    ("take", "found"),
    [("take: all", 9 - 1 + 2), ("take: average", Fraction(9 - 1 + 2, 3)), ("take: last", 2)],
)
def test_a_checklist_gives_points_for_yes_by_choice_and_so_many_times_a_number(take: str, found: Any) -> None:
    given = """
- {form: check, at: 2025-02-01, by: w9, subject: w1, tidy: true, book: all}
- {form: check, at: 2025-02-02, by: w9, subject: w1, tidy: false, book: some, defects: 3}
- {form: check, at: 2025-02-03, by: w9, subject: w1, tidy: false, book: some, defects: 0}
"""
    assert told(CHECKLIST.replace("TAKE", take), given).row("score")["points"] == found


# ---- which rows count
def test_of_several_the_highest_is_not_known_while_one_of_them_is_not() -> None:
    highest = "{add: points, for_each: mark, take: highest}"
    assert one(highest, ("good", "2"), ("good", "7"), ("good", "7")) == 7
    assert one(highest, ("good", "2"), ("good", "")) == Unknown("points")
    assert one(highest.replace("add", "deduct"), ("good", "2"), ("good", "7")) == -7


def test_the_last_mark_stands_for_those_before_it() -> None:
    last = "{add: points, for_each: mark, take: last}"
    assert one(last, ("good", "9"), ("bad", "4")) == 4
    assert one(last, ("good", ""), ("bad", "4")) == 4
    assert one(last, ("good", "4"), ("bad", "")) == Unknown("points")


UNSURE = "{add: 1, for_each: {form: mark, where: {points: {over: 0}}}, beyond: 1UNDECIDED}"


@pytest.mark.parametrize(
    ("values", "found"),
    [
        ((("good", "1"), ("good", "1"), ("good", "1")), 2),
        ((("good", "1"), ("good", "")), Unknown("undecided")),
        # Whether the second is the first of those that count hangs on the one before it.
        ((("good", ""), ("good", "1")), Unknown("undecided")),
        ((("good", ""),), 0),
    ],
)
def test_what_may_be_skipped_or_not_is_unknown(values: Sequence[tuple[str, str]], found: Any) -> None:
    assert one(UNSURE.replace("UNDECIDED", ""), *values) == found


def test_with_a_policy_for_what_is_undecided_the_first_are_skipped_as_they_come() -> None:
    values = (("good", ""), ("good", "1"), ("good", "1"))
    assert one(UNSURE.replace("UNDECIDED", ", undecided: leave_out"), *values) == 1
    assert one(UNSURE.replace("UNDECIDED", ", undecided: count_in"), *values) == 2


def test_a_case_gives_so_much_at_most_whatever_the_others_give() -> None:
    capped = "{add: points, for_each: mark, each_case: {of: kind, at_most: 5}}"
    assert one(capped, ("good", "3"), ("good", "4"), ("bad", "2"), ("good", "9")) == 7
    assert one(capped.replace("add", "deduct"), ("good", "3"), ("good", "4"), ("bad", "2")) == -7


# ---- whose points
PEOPLE = """
- {form: staff, at: 2024-01-01, subject: w1}
- {form: staff, at: 2024-01-01, subject: w2}
- {form: staff, at: 2024-01-01, subject: w3}
- {form: appointment, at: 2024-01-01, subject: p2, worker: w2, role: cadre, place: c1}
- {form: appointment, at: 2025-06-01, subject: p3, worker: w3, role: cadre, place: c1}
"""
CREDIT = (
    WORKER
    + """
form: breach
fields: {owner: {type: ref, to: worker, required: true}}
---
sheet: pay
for_each: worker
every: year
unit: CNY
lines: {late: {deduct: 10, for_each: breach, credit: [owner, {role: cadre, amount: 30}]}}
"""
)


def test_one_breach_is_charged_to_several_people() -> None:
    breach = "- {form: breach, at: AT, by: w9, place: c1/g1, owner: w1}\n"
    case = told(CREDIT, PEOPLE + breach.replace("AT", "2025-02-01"), files=ROLES)
    assert dict(zip(case.column("pay", "about"), case.column("pay", "points"), strict=True)) == {
        "w1": -10,
        "w2": -30,
        "w3": 0,
    }
    later = told(CREDIT, PEOPLE + breach.replace("AT", "2025-06-01"), files=ROLES)
    assert later.column("pay", "points") == [-10, -30, -30]
    assert {(row["line"], row["about"]) for row in later.rows("pay.lines")} == {
        ("late", "w1"),
        ("late_cadre", "w2"),
        ("late_cadre", "w3"),
    }


SHARED = """
form: event
fields: {level: {type: integer}}
---
sheet: grid_month
for_each: grid
every: month
max: 50
items: {all: {max: 50, start: max, lines: {bad: {deduct: level, for_each: event}}}}
---
sheet: member_month
for_each: role leader
every: month
max: 50
items: {grid: {max: 50, lines: {shared: {add: points, for_each: grid_month, shared: leader}}}}
"""


def test_a_unit_s_points_are_those_of_all_who_hold_its_post_when_it_is_judged() -> None:
    given = """
- {form: appointment, at: 2024-01-01, subject: p2, worker: w2, role: leader, place: c1/g1}
- {form: appointment, at: 2025-02-20, subject: p4, worker: w4, role: leader, place: c1/g2}
- {form: event, at: 2025-02-03, by: w9, place: c1/g1, level: 7}
"""
    case = told(SHARED, given)
    february = {row["about"]: row["points"] for row in case.rows("member_month", period="2025-02")}
    assert february == {"w1": 43, "w2": 43, "w4": 50}
    january = {row["about"]: row["points"] for row in case.rows("member_month", period="2025-01")}
    assert january == {"w1": 50, "w2": 50}


LISTED = """
form: party
fields: {present: {type: refs, to: worker}}
---
sheet: score
for_each: role leader
every: year
lines: {was_there: {add: 1, for_each: {form: party, link: present}}}
"""


def test_a_row_that_names_several_people_counts_for_each_of_them() -> None:
    given = "- {form: appointment, at: 2024-01-01, subject: p2, worker: w2, role: leader, place: c1/g1}\n"
    given += "- {form: party, at: 2025-02-01, by: w9, present: [w1, w2, w8]}\n"
    given += "- {form: party, at: 2025-03-01, by: w9, present: [w2]}\n"
    case = told(LISTED, given)
    assert case.column("score", "points") == [1, 2]


# ---- marks by hand
PANEL = """
form: panel
about: worker
fields: {points: {type: number, required: true}, reason: {type: text}}
---
sheet: score
for_each: role leader
every: year
max: 20
SHEET
items:
  manners:
    max: 20
    ITEM
    lines: {given: {mark: panel, between: [0, 20], LINE}}
"""
OFFICE = "- {form: appointment, at: 2025-02-01, subject: p8, worker: w8, role: office, place: c1, left_on: 2025-04-01}"
GIVEN = "- {form: panel, at: 'AT', by: BY, subject: w1, points: 7, reason: R}\n"


@pytest.mark.parametrize(
    ("sheet", "item", "line"),
    [
        ("", "", "by: [office]"),
        ("", "scored_by: [office]", ""),
        ("scored_by: office", "", ""),
        ("scored_by: leader", "scored_by: [cadre, office]", ""),
        ("scored_by: leader", "scored_by: cadre", "by: office"),
    ],
)
def test_a_mark_counts_from_those_alone_whose_item_it_is(sheet: str, item: str, line: str) -> None:
    text = PANEL.replace("SHEET", sheet or "title: S").replace("ITEM", item or "title: I")
    text = text.replace(", LINE", f", {line}" if line else "")

    def points(at: str, by: str) -> Any:
        given = GIVEN.replace("AT", at).replace("BY", by)
        return told(text, OFFICE + "\n" + given, files=ROLES).row("score")["points"]

    assert points("2025-03-01", "w8") == 7
    assert points("2025-01-31", "w8") == points("2025-04-01", "w8") == points("2025-03-01", "w1") == 0


def test_a_mark_without_the_reason_that_it_needs_does_not_count() -> None:
    text = PANEL.replace("SHEET", "title: S").replace("ITEM", "title: I").replace("LINE", "reason: required")
    given = GIVEN.replace("AT", "2025-03-01").replace("BY", "w8")
    assert told(text, given).row("score")["points"] == 7
    assert told(text, given.replace("reason: R", "reason: ")).row("score")["points"] == 0


# ---- gates
VETO = """
form: accident
about: worker
fields: {grave: {type: boolean}}
---
sheet: score
for_each: role leader
every: year
max: 100
items:
  safety:
    max: 60
    items:
      drills: {max: 40, lines: {good: {add: points, for_each: {form: mark, where: {kind: good}}}}VETO}
      posters: {max: 20, start: max}
  rest: {max: 40, start: max}
bonus: {extra: {lines: {bad: {add: points, for_each: {form: mark, where: {kind: bad}}}}}}
"""


def vetoed(veto: str, given: str) -> tuple[Any, Any, Any]:
    case = told(VETO.replace("VETO", veto), given)
    row = case.row("score")
    return case.row("score.items", item="safety")["points"], row["points"], row["total"]


def test_an_item_under_its_own_pass_mark_makes_its_section_worth_nothing() -> None:
    veto = ", veto: {points: {under: 10}}"
    assert vetoed(veto, mark(("good", "12"), ("bad", "3"))) == (32, 72, 75)
    assert vetoed(veto, mark(("good", "9"), ("bad", "3"))) == (0, 40, 43)
    assert vetoed(veto, mark(("good", "")))[0] == Unknown("points")


def test_rows_that_veto_make_the_section_worth_nothing_and_what_may_veto_makes_it_unknown() -> None:
    veto = ", vetoed_by: {form: accident, where: {grave: true}, times: 2}"
    accident = "- {form: accident, at: 2025-03-01, by: w9, subject: w1, grave: GRAVE}\n"
    sure, perhaps = accident.replace("GRAVE", "true"), accident.replace("GRAVE", "")
    good = mark(("good", "5")) + "\n"
    assert vetoed(veto, good + sure) == (25, 65, 65)
    assert vetoed(veto, good + sure + sure) == (0, 40, 40)
    assert vetoed(veto, good + sure + perhaps)[0] == Unknown("veto")


def test_an_item_of_the_sheet_itself_vetoes_the_sheet_but_not_its_bonus() -> None:
    text = VETO.replace("VETO", "").replace(
        "rest: {max: 40, start: max}", "rest: {max: 40, start: max, vetoed_by: accident}"
    )
    given = mark(("bad", "3")) + "\n- {form: accident, at: 2025-03-01, by: w9, subject: w1, grave: true}"
    row = told(text, given).row("score")
    assert (row["points"], row["bonus"], row["total"], row["state"]) == (0, 3, 3, "computed")


@pytest.mark.parametrize("policy", ["omit", "rescale"])
def test_an_item_that_does_not_apply_vetoes_nothing(policy: str) -> None:
    text = (
        WORKER
        + f"""
sheet: score
for_each: role leader
every: year
max: 20
items:
  a: {{max: 10, applies: {{grade: a}}, not_applicable: {policy}, veto: {{points: {{under: 10}}}}, lines: {{}}}}
  b: {{max: 10, start: max}}
"""
    )
    worker = "- {form: staff, at: 2024-01-01, subject: w1, grade: GRADE}"
    assert told(text, worker.replace("GRADE", "a")).row("score")["points"] == 0
    assert told(text, worker.replace("GRADE", "b")).row("score")["points"] == (
        20 if policy == "rescale" else 10
    )
    assert told(text, worker.replace("GRADE", "")).row("score")["points"] == Unknown("grade")


def test_an_item_applies_by_where_the_post_is() -> None:
    places = {
        "config/places/c1/place.yaml": "place: c1\nlevel: community\ncalendar: cn\nplaces:\n"
        "  g1: {level: grid, profile: {kind: residential}}\n  g2: {level: grid, profile: {kind: market}}\n"
    }
    text = """
sheet: score
for_each: role leader
every: year
max: 20
items:
  homes: {max: 10, start: max, applies: {place.kind: residential}, not_applicable: omit}
  rest: {max: 10, start: max}
"""
    moved = "- {form: appointment, at: 2024-01-01, subject: p2, worker: w2, role: leader, place: c1/g2}"
    assert told(text, moved, files=places).column("score", "points") == [20, 10]


# ---- parts of the points
PART = """
form: hours
about: worker
fields: {worked: {type: number, required: true}}
---
sheet: pay
for_each: role leader
every: month
unit: CNY
round: {to: 0.01}
prorate: PRORATE
lines: {fixed: {add: 310, for_each: wage}}
bonus: {more: {lines: {extra: {add: 31, for_each: wage}}}}
---
indicator: wage
per: role leader
every: month
measure: count
of: hours
empty: zero
"""


def test_whoever_was_there_for_part_of_the_month_gets_that_part() -> None:
    case = told(PART.replace("PRORATE", "in_post"), LEADER.replace("2024-01-01", "2025-03-25"), leader=False)
    march, april = case.rows("pay")[0], case.rows("pay")[1]
    assert (march["period"], march["part"], march["points"], march["bonus"], march["total"]) == (
        "2025-03",
        Fraction(7, 31),
        70,
        7,
        77,
    )
    assert (april["part"], april["points"], april["total"]) == (1, 310, 341)


def test_pay_may_go_by_hours_up_to_the_full_ones() -> None:
    hours = "{form: hours, column: worked, full: 160}"
    given = "- {form: hours, at: 2025-0MONTH-10, by: w1, subject: w1, worked: N}\n"
    lines = given.replace("MONTH", "1").replace("N", "40") + given.replace("MONTH", "2").replace("N", "200")
    case = told(PART.replace("PRORATE", hours), lines)
    assert case.column("pay", "total")[:3] == [Fraction("85.25"), 341, 0]


ELIGIBLE = (
    WORKER
    + """
sheet: score
for_each: role leader
every: quarter
max: 10
eligible: ELIGIBLE
items: {all: {max: 10, start: max}}
"""
)


@pytest.mark.parametrize(
    ("eligible", "assessed"),
    [
        ("{present_at: window_end}", (True, False, True, True)),
        ("{present_at: window_start}", (False, True, False, True)),
        ("{where: {grade: a}}", (False, False, True, True)),
        ("{present_at: window_start, where: {grade: a}}", (False, False, False, True)),
    ],
)
def test_only_those_are_assessed_who_were_there_and_fit(eligible: str, assessed: tuple[bool, ...]) -> None:
    given = """
- {form: appointment, at: 2025-02-01, subject: p1, worker: w1, role: leader, place: c1/g1, left_on: 2025-06-20}
- {form: appointment, at: 2025-06-10, subject: p5, worker: w1, role: leader, place: c1/g1, left_on: 2025-06-15}
- {form: appointment, at: 2025-08-10, subject: p6, worker: w1, role: leader, place: c1/g1}
- {form: staff, at: 2024-01-01, subject: w1, grade: b}
- {form: staff, at: 2025-07-01, subject: w1, grade: a}
"""
    case = told(ELIGIBLE.replace("ELIGIBLE", eligible), given, leader=False)
    assert tuple(state == "computed" for state in case.column("score", "state")) == assessed


def test_of_whom_it_is_not_known_whether_they_are_assessed_nothing_is_computed() -> None:
    case = told(
        ELIGIBLE.replace("ELIGIBLE", "{where: {grade: a}}"), "- {form: staff, at: 2024-01-01, subject: w1}"
    )
    assert set(case.column("score", "state")) == {"not_computable"}
    assert marks(case.column("score", "total")) == ["grade"] * 4


# ---- bounds
def test_minus_may_go_below_nothing_where_the_text_says_so_and_everything_may_not_apply() -> None:
    text = """
sheet: score
for_each: role leader
every: year
items:
  free: {max: 10, floor: none, lines: {bad: {deduct: points, for_each: {form: mark, where: {kind: bad}}}}}
"""
    assert told(text, mark(("bad", "12"))).row("score")["points"] == -12
    alone = "sheet: score\nfor_each: role leader\nevery: year\nitems:\n"
    alone += "  a: {max: 10, applies: {grade: a}, not_applicable: rescale, start: max}\n"
    case: Told = told(WORKER + alone, "- {form: staff, at: 2024-01-01, subject: w1, grade: b}")
    assert case.row("score")["points"] == NotApplicable("not_applicable")


GRIDS = """
sheet: score
for_each: grid
every: year
max: 20
items:
  reports: {max: 10, start: max, requires: {form: report, times: 2}}
  rest: {max: 10, start: max, vetoed_by: {form: report, where: {pages: {over: 99}}}}
"""


def test_a_place_s_items_are_gated_by_what_lies_in_it() -> None:
    report = "- {form: report, at: 2025-02-01, by: w1, place: c1/GRID, pages: N}\n"
    of = (("g1", "1"), ("g1", "2"), ("g2", "100"))
    given = "".join(report.replace("GRID", grid).replace("N}", f"{pages}}}") for grid, pages in of)
    rows = told(GRIDS, given).rows("score")
    assert {row["about"]: row["points"] for row in rows} == {"c1/g1": 20, "c1/g2": 0}


MONEY = """
form: bill
about: worker
fields: {cost: {type: money, required: true}}
---
sheet: pay
for_each: role leader
every: year
unit: CNY
lines:
  part: {add: {of: cost, slabs: [{to: {2024-01-01: 100, 2025-01-01: 200}, gives: 50%}, {gives: 10%}]}, for_each: bill}
  fee: {deduct: {of: cost, bands: [{under: 250, gives: 1}, {to: 400, gives: 2}, {gives: 3}]}, for_each: bill}
  over: {deduct: {of: cost, above: 300, each: 50, gives: 10}, for_each: bill}
"""


def test_slabs_bands_and_steps_of_money_have_their_bounds_in_the_same_money() -> None:
    bill = "- {form: bill, at: 2025-02-01, by: w1, subject: w1, cost: COST}\n"
    assert told(MONEY, bill.replace("COST", "400")).row("pay")["points"] == 100 + 20 - 2 - 20
    assert told(MONEY, bill.replace("COST", "100")).row("pay")["points"] == 50 - 1

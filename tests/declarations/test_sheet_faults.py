"""Faults of score sheets: each at its place, with its code."""

import pytest

from app.domain.problem import Problem
from tests.declarations.community import loaded

MARK = "form: mark\nabout: worker\nfields: {points: {type: number}, note: {type: text}, why: {type: text}}\n"
CHECK = """\
form: check
about: worker
fields:
  tidy: {type: boolean, required: true}
  how: {type: choice, from: [well, badly], required: true}
  note: {type: text}
  cost: {type: money}
  friend: {type: ref, to: worker}
"""
SHEET = """\
sheet: score
for_each: role grid_leader
every: year
HEAD
items:
  all:
    max: 10
    ITEM
    lines: {one: LINE}
"""
PLAIN = "{add: 1, for_each: check}"
WALLET = "wallet: {spent_by: {form: check, column: cost}}"


def _line(problem: Problem) -> int:
    assert problem.where is not None
    return problem.where.line


def faults(
    line: str = PLAIN, *, item: str = "title: I", head: str = "title: S", place: bool = False
) -> list[str]:
    text = SHEET.replace("HEAD", head).replace("ITEM", item).replace("LINE", line)
    if place:
        text = text.replace("role grid_leader", "grid")
    files = {"forms/mark.yaml": MARK, "forms/check.yaml": CHECK, "rules/score.yaml": text}
    return [
        f"{_line(problem)}:{problem.code} {problem.values.get('what', problem.values.get('name', ''))}".strip()
        for problem in loaded(files).problems
        if problem.is_error
    ]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("{add: cost, for_each: check}", "9:E103"),
        ("{add: {of: cost, slabs: [{gives: 10%}]}, for_each: check}", "9:E103"),
        (
            "{add: {of: cost, slabs: [{to: 9, gives: 1}, {to: 5, gives: 2}, {gives: 1}]}, for_each: check}",
            "9:E122",
        ),
        ("{checklist: {form: check, each: {tidy: 1, nothing: 2}}}", "9:E102"),
        ("{checklist: {form: check, each: {note: 1}}}", "9:E103"),
        ("{checklist: {form: check, each: {how: {well: 1}}}}", "9:E123"),
        ("{checklist: {form: check, each: {how: {well: 1, badly: 0, middling: 3}}}}", "9:E102"),
        ("{checklist: {form: nowhere, each: {tidy: 1}}}", "9:E102"),
        ("{add: 1, checklist: {form: check, each: {tidy: 1}}}", "9:E106"),
        ("{add: 1}", "9:E106"),
        ("{add: 1, for_each: check, shared: nobody}", "9:E102"),
        ("{add: 1, for_each: check, credit: [subject, {role: nobody}]}", "9:E102"),
        ("{add: 1, for_each: check, credit: [subject, nothing]}", "9:E102"),
        ("{add: 1, for_each: check, credit: [subject, how]}", "9:E111"),
        ("{add: 1, for_each: check, credit: [{amount: 3}]}", "9:E106"),
        ("{add: 1, for_each: check, each_case: {of: nothing, at_most: 3}}", "9:E102"),
        ("{mark: mark, between: [0, 5], by: [nobody]}", "9:E102"),
        ("{mark: mark, between: [0, 5], reason: required}", "9:E106"),
        ("{mark: mark, between: [0]}", "9:E106"),
        ("{mark: nowhere, between: [0, 5]}", "9:E102"),
        ("{mark: check, between: [0, 5]}", "9:E106"),
        ("{share_of: nowhere}", "9:E102"),
    ],
)
def test_a_line_that_can_not_be_carried_out_is_refused_at_its_place(line: str, expected: str) -> None:
    assert expected in [fault.split(" ")[0] for fault in faults(line)]


@pytest.mark.parametrize(
    ("keys", "expected"),
    [
        ({"item": "scored_by: nobody"}, "8:E102"),
        ({"head": "scored_by: [nobody]"}, "4:E102"),
        ({"item": "veto: {nothing: 1}"}, "8:E102"),
        ({"item": "vetoed_by: nowhere"}, "8:E102"),
        ({"head": "eligible: {present_at: window_end}", "place": True}, "4:E106"),
        ({"head": "prorate: {form: check, column: nothing, full: 10}"}, "4:E102"),
        ({"line": "{add: 1, for_each: check, shared: grid_leader}", "place": True}, "9:E111"),
    ],
)
def test_a_sheet_s_other_keys_are_refused_at_their_place(keys: dict[str, str], expected: str) -> None:
    assert expected in [fault.split(" ")[0] for fault in faults(**keys)]  # type: ignore[arg-type]  # place is a flag


def test_money_of_the_sheet_s_own_currency_is_added() -> None:
    assert faults("{add: cost, for_each: check}", head="unit: CNY") == []
    assert "9:E103" in [one.split(" ")[0] for one in faults("{add: cost, for_each: check}", head="unit: EUR")]


@pytest.mark.parametrize(
    ("keys", "what"),
    [
        ({"item": "start: max"}, "start"),
        ({"item": "requires: check"}, "requires"),
        ({"head": "prorate: in_post\n" + WALLET}, "prorate"),
        ({"line": "{share_of: reached}"}, "share_of"),
        ({"line": "{add: 1, for_each: check, take: average}"}, "take: average"),
        ({"line": "{add: 1, for_each: {table: monthly_call, link: owner}}"}, "monthly_call"),
    ],
)
def test_what_does_not_give_points_row_by_row_has_no_place_beside_a_wallet(
    keys: dict[str, str], what: str
) -> None:
    found = faults(**{"head": WALLET, **keys})  # type: ignore[arg-type]  # no flag among them
    assert [fault.split(" ", 1)[1] for fault in found if "E126" in fault] == [what]


def test_a_wallet_over_what_no_entry_is_says_since_when_it_counts() -> None:
    files = {
        "rules/passed.yaml": "rule: passed\nfor_each: {form: check}\nthen: {finding: passed}\n",
        "forms/check.yaml": CHECK,
        "rules/score.yaml": "sheet: score\nfor_each: role grid_leader\nevery: year\nHEAD\n"
        "wallet: {expires: 12 months}\nlines: {one: {add: 1, for_each: {table: passed, link: about}}}\n",
    }
    text = files["rules/score.yaml"]
    for head, found in (("title: S", [("E126", 6)]), ("in_force: {from: 2025-01-01}", [])):
        files["rules/score.yaml"] = text.replace("HEAD", head)
        problems = [problem for problem in loaded(files).problems if problem.is_error]
        assert [(problem.code, _line(problem)) for problem in problems] == found


@pytest.mark.parametrize(
    ("wallet", "expected"),
    [
        ("wallet: {spent_by: [{form: check, column: cost, of: nothing}]}", "4:E102"),
        ("wallet: {spent_by: {form: check, column: cost, stock: 3}}", "4:E106"),
        ("wallet: {spent_by: {form: nowhere, column: cost}}", "4:E102"),
        ("wallet: {levels: {two: {at_least: 20}, one: {at_least: 10}}}", "4:E122"),
        ("wallet: {levels: {two: {}}}", "4:E106"),
    ],
)
def test_a_wallet_that_can_not_be_kept_is_refused_at_its_place(wallet: str, expected: str) -> None:
    assert expected in [fault.split(" ")[0] for fault in faults(head=wallet)]


def test_a_wallet_s_table_is_there_only_where_there_is_a_wallet() -> None:
    line = "{add: 1, for_each: {table: TABLE, link: about}}"
    other = "sheet: other\nfor_each: role grid_leader\nevery: year\nlines: {one: {add: 1, for_each: check}}\n"
    for table, expected in (("other.wallet", ["9:E102"]), ("other.lines", [])):
        text = (
            SHEET.replace("HEAD", "title: S")
            .replace("ITEM", "title: I")
            .replace("LINE", line.replace("TABLE", table))
        )
        files = {"forms/check.yaml": CHECK, "rules/score.yaml": text, "rules/other.yaml": other}
        found = [f"{_line(one)}:{one.code}" for one in loaded(files).problems if one.is_error]
        assert found == expected

"""What a ledger never made use of is told, unless its file says why."""

import pytest

from app.services.reasons.fired import unfired
from tests.services.declared import LEADER, told

DECLARED = """
    duty: call
    for_each: household
    owed_by: leader
    every: month
    met_by: {form: visit, where: {channel: phone}}
    ---
    rule: lazy
    for_each: call
    when: {state: missed}
    then: {finding: lazy}
    ---
    rule: diligent
    for_each: call
    when: {counted: {over: 5}}
    then: {finding: diligent}
    MORE
    ---
    duty: paperwork
    for_each: {form: report}
    owed_by: by
    within: 3 days
    met_by: report
    ---
    sheet: points
    for_each: role leader
    every: year
    items:
      calls:
        max: 10
        start: max
        lines:
          missed: {deduct: 1, for_each: call, where: {state: missed}}
          many: {add: 1, for_each: call, where: {counted: {over: 5}}}
      texts:
        max: 5
        items:
          good: {max: 5, lines: {read: {add: pages, for_each: report}}}
    bonus:
      praise: {lines: {given: {add: 1, for_each: {form: mark, where: {kind: good}}}}}
"""
GIVEN = f"{LEADER}\n- {{form: household, at: 2024-12-01, subject: h1, grid: c1/g1}}\n"


def unused(more: str = "") -> list[tuple[str, str]]:
    evaluation = told(DECLARED.replace("MORE", more), GIVEN).evaluation()
    return [(str(problem.values["what"]), problem.code) for problem in unfired(evaluation)]


def test_duties_rules_and_lines_without_a_row_are_told() -> None:
    assert unused() == [
        ("paperwork", "W208"),
        ("diligent", "W208"),
        ("points/items/calls/lines/many", "W208"),
        ("points/items/texts/items/good/lines/read", "W208"),
        ("points/bonus/praise/lines/given", "W208"),
    ]


@pytest.mark.parametrize("more", ["acknowledged: {W208: nobody calls six times}"])
def test_what_its_file_acknowledges_isnt_told(more: str) -> None:
    assert "diligent" not in [what for what, _ in unused(more)]

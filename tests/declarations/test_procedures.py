"""Faults of procedures: each told at its place."""

import pytest

from tests.declarations.community import loaded, told

STEP = """\
form: step
fields:
  of: {type: ref, to: visit, required: true}
  done: {type: boolean, required: true}
  away: {type: date}
"""
GOOD = """\
procedure: handling
matter: visit
states: {open: 办理中, closed: 已办结}
steps:
  close: {from: open, to: closed, form: step, where: {done: true}, by: [director]}
  again: {from: closed, to: open, form: step, where: {done: false}}
route: {of: channel, to: {home: grid_leader}}
"""


def faults(text: str) -> list[str]:
    files = {"forms/step.yaml": STEP, "rules/handling.yaml": text}
    return [line.removeprefix("rules/handling.yaml:") for line in told(loaded(files))]


def test_a_procedure_without_faults_has_none() -> None:
    assert faults(GOOD) == []
    assert faults(GOOD.replace("{open: 办理中, closed: 已办结}", "[open, closed]")) == []


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("matter: visit", "matter: visits", ["2:9 E102"]),
        ("{open: 办理中, closed: 已办结}", "[]", ["3:9 E106"]),
        ("from: open, to: closed", "from: opened, to: closed", ["5:17 E102"]),
        ("from: open, to: closed", "from: open, to: close", ["5:27 E102"]),
        ("form: step, where: {done: true}", "form: stop, where: {done: true}", ["5:41 E102"]),
        ("form: step, where: {done: true}", "form: visit, where: {channel: home}", ["5:41 E111"]),
        ("form: step, where: {done: true}", "form: step, link: on, where: {done: true}", ["5:53 E102"]),
        ("where: {done: true}", "where: {of.channel: home}", ["5:54 E107"]),
        ("where: {done: true}", "where: {done: true}, needs: {dome: true}", ["5:76 E102"]),
        ("by: [director]", "by: [directress]", ["5:73 E102"]),
        ("of: channel", "of: chanel", ["7:13 E102"]),
        ("of: channel", "of: minutes", ["7:13 E103"]),
        ("home: grid_leader", "office: grid_leader", ["7:27 E102"]),
        ("home: grid_leader", "home: leader", ["7:33 E102"]),
        ("route:", "limits: [monthly_cal]\nroute:", ["7:10 E102"]),
        ("route:", "limits: [monthly_call]\nroute:", ["7:10 E103"]),
        ("route:", "stand_in: {during: visit, role: director}\nroute:", ["7:20 E103"]),
        ("route:", "stand_in: {during: leaf, role: leader}\nroute:", ["7:20 E102", "7:32 E102"]),
    ],
)
def test_a_fault_of_a_procedure_is_told_where_it_stands(old: str, new: str, expected: list[str]) -> None:
    assert old in GOOD
    assert faults(GOOD.replace(old, new, 1)) == expected

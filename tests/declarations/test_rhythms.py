"""Titles and clauses that say one rhythm where another is declared (W226)."""

from typing import Final

import pytest

from tests.declarations.community import loaded, told

DUTY: Final = (
    "duty: call\nfor_each: household\nowed_by: grid_leader\nmet_by: {form: visit, where: {channel: phone}}\n"
)


SHEET: Final = """
sheet: points
for_each: role grid_leader
every: year
max: 10
items:
  calls:
    title: {zh: 每季度联系}
    max: 10
    lines:
      missed: {deduct: 1, for_each: monthly_call, where: {state: missed}}
"""
TIERS: Final = """
title: {zh: 每月、每半年联系}
every: half_year
due_if: {member: any}
tiers:
  special: {title: {zh: 特殊户每季度}, where: {special: {filled: true}}, every: month}
  ordinary: {title: {zh: 普通户每半年}}
"""
SHARE: Final = """
indicator: called
title: {zh: 每月联系到的比例}
per: role grid_leader
every: year
measure: share
of: monthly_call
part: {state: met}
empty: unknown
"""


def found(**files: str) -> list[str]:
    """Return the lines of these files of rules at which a rhythm is found."""
    lines = told(loaded({f"rules/{name}.yaml": text for name, text in files.items()}))
    return [line.rpartition(":")[0] for line in lines if line.endswith("W226")]


@pytest.mark.parametrize(
    ("title", "every", "told_of"),
    [
        ("{zh: 每季度电话联系}", "month", True),
        ("{zh: 每季电话联系}", "quarter", False),
        ("{zh: 电话联系, en: Quarterly call}", "month", True),
        ("{zh: 每月电话联系, en: Call each month, es: Llamada trimestral}", "month", True),
        ("{zh: 每月电话联系, en: Call each month, es: Llamada mensual}", "month", False),
        ("{zh: 每日电话联系}", "working_day", False),
        ("{zh: 每日电话联系}", "half_day", False),
        ("{zh: 每周三次电话联系}", "{day: monday, of: week}", False),
        ("{zh: 每季度电话联系}", "3 months", False),
        ("{zh: 每月电话联系}", "2 months", False),  # no word for it: nothing is said of what isn't understood
        ("{zh: 电话联系, fr: Appel trimestriel}", "month", False),
        ("{zh: 电话联系, es: El diario}", "week", False),
    ],
)
def test_a_title_that_names_another_rhythm_than_the_duty_is_told_of(
    title: str, every: str, *, told_of: bool
) -> None:
    assert found(call=f"{DUTY}title: {title}\nevery: {every}\n") == ["rules/call.yaml:5"] * told_of


def test_each_tier_is_held_to_its_own_rhythm_and_the_duty_to_that_of_any() -> None:
    assert found(call=DUTY + TIERS) == ["rules/call.yaml:10"]
    assert found(call=DUTY + TIERS.replace("每季度", "每月")) == []


@pytest.mark.parametrize(
    ("text", "every", "told_of"),
    [
        ("特殊户每季度走访一次。", "month", True),
        ("普通户每半年、特殊户每季度走访一次。", "quarter", False),
        ("每个季度上门一次，平时电话随访。", "quarter", False),
        ("随时走访。", "month", False),
        ("Cada trimestre se llama a los hogares.", "month", True),
    ],
)
def test_a_clause_that_names_other_rhythms_than_the_duty_is_told_of(
    text: str, every: str, *, told_of: bool
) -> None:
    quoted = f"clause: {{doc: 走访制度, ref: 第三条, text: {text}}}\nevery: {every}\n"
    assert found(call=DUTY + quoted) == ["rules/call.yaml:5"] * told_of


def test_an_item_is_held_to_what_its_lines_look_at_and_left_alone_where_that_has_no_rhythm() -> None:
    visited = "      visited: {add: 1, for_each: visit, where: {channel: home}}\n"
    assert found(points=SHEET) == ["rules/points.yaml:8"]
    assert found(points=SHEET.replace("每季度", "每月")) == []
    assert found(points=SHEET.replace("每季度", "每年")) == []
    assert found(points=SHEET + visited) == []


def test_an_indicator_may_speak_of_the_rhythm_of_what_it_measures() -> None:
    assert found(called=SHARE) == []
    assert found(called=SHARE.replace("每月", "每年")) == []
    assert found(called=SHARE.replace("每月", "每周")) == ["rules/called.yaml:3"]

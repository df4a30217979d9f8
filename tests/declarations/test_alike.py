"""What an edit of a file changes: nothing, what it says to people alone, or what others may rest on."""

import pytest

from app.declarations.alike import alike, alike_to_others
from app.declarations.deployment import FIELD_TYPES
from app.declarations.kept import KeptLoads
from app.declarations.load import load
from app.declarations.reader import read_yaml
from tests.declarations.community import FILES, PLACE, official

FORM = """form: visit  # who goes
title: {zh: 走访, en: Visit}
clause: {doc: S1, text: 每月走访}
acknowledged: {W206: 原文如此}
fields:
  result:
    title: 结果
    hint: {zh: 见到谁, en: Who was met}
    type: choice
    from:
      met: {zh: 见到, en: Met}
      away: {zh: 不在, en: Away}
  title: {type: text}
constraints:
  - {check: {result: met}, message: {zh: 要见到, en: Meet them}}
quota: {value: 1, why: 暂定}
"""
DUTY = "duty: a\nmet_by: {form: b, where: {title: {zh: 一, en: 二}, zh: 三}}\nset: {why: c, title: {zh: d}}\n"


@pytest.mark.parametrize(
    ("text", "old", "new", "same", "same_to_others"),
    [
        (FORM, "who goes", "who is gone", True, True),
        (FORM, "走访,", "家访,", False, True),
        (FORM, "每月", "每季", False, True),
        (FORM, "原文如此", "原文没说", False, True),
        (FORM, "title: 结果", "title: 后果", False, False),
        (FORM, "Who was met", "Who was not", False, True),
        (FORM, "en: Met", "en: met", False, True),
        (FORM, "暂定", "待定", False, True),
        (FORM, "要见到", "须见到", False, True),
        (FORM, "met: {zh", "mer: {zh", False, False),
        (FORM, "value: 1", "value: 2", False, False),
        (FORM, "- {check", "-  {check", False, False),
        (FORM, "  title: {type: text}\n", "  title: {type: text}\n\n", False, False),
        (FORM, "title: {type: text}", "title: {type: date}", False, False),
        (FORM, "type: choice", "type: [choice]", False, False),
        (FORM, "en: Away}", "en: Away, was: [met]}", False, False),
        (FORM, "quota: {value: 1, why: 暂定}", "quota: {value: 1, why: [暂定]}", False, False),
        (DUTY, "一", "五", False, False),
        (DUTY, "三", "五", False, False),
        (DUTY, "why: c", "why: e", False, False),
        (DUTY, "zh: d", "zh: e", False, False),
    ],
)  # fmt: skip
def test_an_edit_counts_for_what_it_changes(
    text: str, old: str, new: str, same: bool, same_to_others: bool
) -> None:
    assert old in text
    before, now = (read_yaml("forms/a.yaml", one).data for one in (text, text.replace(old, new, 1)))
    assert (alike(before, now), alike_to_others(before, now)) == (same, same_to_others)


def test_a_title_that_is_typed_builds_its_own_file_again_and_a_comment_none() -> None:
    loads = KeptLoads(official, FIELD_TYPES)
    files = {**FILES, "forms/household.yaml": FILES["forms/household.yaml"] + "title: {zh: 户}\n"}
    loads.load(PLACE, files, with_cases=True)
    for new, rebuilt in (
        ("title: {zh: 户户}\n", {"household"}),
        ("title: {zh: 户\n", set()),  # at fault: what rests on it is built without it
        ("title: {zh: 住户}  # 新\n", {"household"}),
        ("title: {zh: 住户}  # 旧\n", set()),
    ):
        files = {**FILES, "forms/household.yaml": FILES["forms/household.yaml"] + new}
        loaded, fresh = loads.load(PLACE, files, with_cases=True), load(PLACE, files, official)
        assert (loaded.regulation, loaded.problems) == (fresh.regulation, fresh.problems)
        if loaded.regulation is not None:
            assert set(loads.rebuilt) == rebuilt

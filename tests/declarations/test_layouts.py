"""Printed registers are declared: a layout names a form, its columns with their share of the line, and who signs."""

import pytest

from app.domain.kinds.layout import LayoutColumn
from tests.declarations.community import codes, loaded

GOOD = """\
layout: household_list
title: {zh: 住户名册}
form: household
columns: [grid, {column: special, title: {zh: 群体}, width: 3}, place]
signatures: [{zh: 审核人}]
"""


def test_a_layout_has_its_columns_in_their_order() -> None:
    found = loaded({"forms/household_list.yaml": GOOD})
    assert codes(found) == []
    assert found.regulation is not None
    layout = found.regulation.layouts["household_list"]
    assert (layout.form, layout.signatures) == ("household", ({"zh": "审核人"},))
    assert layout.columns == (
        LayoutColumn("grid", {}, 1),
        LayoutColumn("special", {"zh": "群体"}, 3),
        LayoutColumn("place", {}, 1),
    )


@pytest.mark.parametrize(
    ("old", "new", "code", "where"),
    [
        ("form: household", "form: houshold", "E102", "forms/household_list.yaml:3:7"),
        ("[grid, ", "[gird, ", "E102", "forms/household_list.yaml:4:11"),
        ("column: special", "column: specials", "E102", "forms/household_list.yaml:4:26"),
        ("width: 3", "width: 0", "E103", "forms/household_list.yaml:4:59"),
        ("width: 3", "wide: 3", "E102", "forms/household_list.yaml:4:52"),
    ],
)
def test_what_is_wrong_with_a_layout_is_told_with_its_place(
    old: str, new: str, code: str, where: str
) -> None:
    found = loaded({"forms/household_list.yaml": GOOD.replace(old, new)})
    (problem,) = [one for one in found.problems if one.is_error]
    assert problem.code == code
    assert str(problem.where) == where


def test_a_layout_needs_columns() -> None:
    without = GOOD.replace("[grid, {column: special, title: {zh: 群体}, width: 3}, place]", "[]")
    assert "E106" in codes(loaded({"forms/household_list.yaml": without}))

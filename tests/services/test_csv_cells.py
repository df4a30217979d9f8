"""Cells of csv files that nobody's spreadsheet runs."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.services.csv_cells import guarded, unguarded


@pytest.mark.parametrize(
    "cell", ["=1+1", "+86", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "  =1", "\u3000=1"]
)
def test_no_cell_is_a_formula(cell: str) -> None:
    assert guarded(cell) == f"'{cell}"


@pytest.mark.parametrize("cell", ["", "1-1-101", "'quoted'", "a=1", "12"])
def test_what_is_no_formula_stays_as_it_is(cell: str) -> None:
    assert guarded(cell) == cell


@pytest.mark.parametrize("cell", ["'quoted'", "'tis", "a'=1"])
def test_an_apostrophe_that_guards_nothing_stays_when_it_is_read(cell: str) -> None:
    assert unguarded(cell) == cell


@given(st.text(alphabet="=+-@'\t\n a1"))
def test_what_was_guarded_is_read_as_it_was(cell: str) -> None:
    assert unguarded(guarded(cell)) == cell

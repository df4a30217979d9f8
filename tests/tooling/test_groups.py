"""Tests of the browser's stage that share a server go to one process, whatever becomes of their names."""

from pathlib import Path

from tests.browser.conftest import APART, LONGEST_FIRST, Grouped, group_of

BROWSER = Path(__file__).parents[1] / "browser"
EVERY = "tests/browser/test_every_page.py::test_every_page_fits_every_width_can_be_read_and_hit"


def test_a_file_is_a_group_and_the_looks_at_every_page_are_two() -> None:
    assert group_of("tests/browser/test_compose.py::test_a") == "test_compose.py"
    assert group_of(f"{EVERY}[zh-axe_at0]") == group_of(f"{EVERY}[es-axe_at2]") == "every-zh-es"
    assert group_of(f"{EVERY}[en-axe_at1]") == "every-en"


def test_tests_are_given_out_by_group() -> None:
    scheduling = Grouped.__new__(Grouped)
    assert scheduling._split_scope(f"{EVERY}[en-axe_at1]") == "every-en"


def test_each_group_that_begins_early_is_one_that_is_there() -> None:
    there = {file.name for file in BROWSER.glob("test_*.py")} | {*APART.values()}
    assert {*LONGEST_FIRST} <= there

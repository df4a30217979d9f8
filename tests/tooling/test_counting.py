"""What is left out of the count of branches isn't counted by anything: a process may count several times over."""

import os
import sys
from pathlib import Path

import pytest
from coverage import Coverage

from tests.fakes.counting import COUNTING, counted_within, uncounted
from tests.fakes.uncounted import UNCOUNTED_TESTS

TESTS = Path(__file__).parents[1]


def test_nothing_is_traced_in_an_uncounted_block_however_often_the_process_counts() -> None:
    one, other = (Coverage(data_file=None, config_file=False) for _ in range(2))
    one.start()
    other.start()
    try:
        with uncounted():
            within = sys.gettrace()
        after = sys.gettrace()
    finally:
        other.stop()
        one.stop()
    assert within is None
    assert after is not None


def test_between_tests_neither_this_process_nor_one_that_it_starts_is_counted(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    variable = f"{COUNTING}CONFIG"
    monkeypatch.setenv(variable, "as counted")
    counting = Coverage(data_file=None, config_file=False)
    counting.start()
    try:
        with counted_within() as counted:
            between = sys.gettrace(), os.environ.get(variable)
            with counted():
                within = sys.gettrace(), os.environ.get(variable)
            again = sys.gettrace(), os.environ.get(variable)
        after = sys.gettrace(), os.environ.get(variable)
    finally:
        counting.stop()
    assert between == again == (None, None)
    assert within[0] is not None
    assert after[0] is not None
    assert within[1] == after[1] == "as counted"


def test_every_single_test_that_is_left_out_of_the_count_is_there() -> None:
    gone = [
        f"{file}::{name}"
        for file, names in UNCOUNTED_TESTS.items()
        for name in names
        if f"def {name}(" not in (TESTS / file).read_text(encoding="utf-8")
    ]
    assert gone == []

"""What is left out of the count of branches isn't counted by anything: a process may count several times over."""

import sys
from pathlib import Path

from coverage import Coverage

from tests.fakes.counting import uncounted
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


def test_every_single_test_that_is_left_out_of_the_count_is_there() -> None:
    gone = [
        f"{file}::{name}"
        for file, names in UNCOUNTED_TESTS.items()
        for name in names
        if f"def {name}(" not in (TESTS / file).read_text(encoding="utf-8")
    ]
    assert gone == []

"""What is left out of the count of branches isn't counted by anything: a process may count several times over."""

import sys

from coverage import Coverage

from tests.fakes.counting import uncounted


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

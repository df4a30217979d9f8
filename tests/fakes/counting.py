"""Leaving repetitions out of the count of branches, which makes Python take twice as long (docs/adr/0099)."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

from coverage import Coverage

_COUNTING = "COVERAGE_PROCESS_"
"""How the variables begin by which a process knows that it is counted."""


@contextmanager
def uncounted() -> Iterator[None]:
    """Run the block in full, but count none of its branches; nothing else where none are counted anyway.

    A process of pytest-xdist counts three times, since it is also a process that a counted one has started: to stop
    one count alone lets the next one go on (docs/adr/0177).
    """
    stopped = []
    while (counting := Coverage.current()) is not None:
        counting.stop()
        stopped.append(counting)
    try:
        yield
    finally:
        for counting in reversed(stopped):
            counting.start()


@contextmanager
def uncounted_children() -> Iterator[None]:
    """Count no branches of processes that the block starts."""
    kept = {name: text for name, text in os.environ.items() if name.startswith(_COUNTING)}
    for name in kept:
        del os.environ[name]
    try:
        yield
    finally:
        os.environ.update(kept)


def uncounted_variables() -> dict[str, str]:
    """Return this process's variables, but those by which branches of a new process are counted, too."""
    return {name: value for name, value in os.environ.items() if not name.startswith(_COUNTING)}

"""Leaving repetitions out of the count of branches, which makes Python take twice as long (docs/adr/0099)."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.machinery import SourceFileLoader
from types import ModuleType

from coverage import Coverage

_COUNTING = "COVERAGE_PROCESS_"
"""How the variables begin by which a process knows that it is counted."""


@contextmanager
def uncounted() -> Iterator[list[Coverage]]:
    """Run the block in full, but count none of its branches; nothing else where none are counted anyway.

    Gives what counted until then, innermost first.

    A process of pytest-xdist counts three times, since it is also a process that a counted one has started: to stop
    one count alone lets the next one go on (docs/adr/0177).
    """
    stopped = []
    while (counting := Coverage.current()) is not None:
        counting.stop()
        stopped.append(counting)
    try:
        yield stopped
    finally:
        for counting in reversed(stopped):
            counting.start()


@contextmanager
def imports_counted() -> Iterator[None]:
    """Run the block and count of it no more than the app's modules as they are imported, with what that brings.

    A collection of tests imports the app and much else: all of it counted takes twice as long.
    """
    load = SourceFileLoader.exec_module
    with uncounted() as stopped:

        def counted(loader: SourceFileLoader, module: ModuleType) -> None:
            if module.__name__.partition(".")[0] != "app" or Coverage.current() is not None:
                return load(loader, module)
            for counting in reversed(stopped):
                counting.start()
            try:
                return load(loader, module)
            finally:
                for counting in stopped:
                    counting.stop()

        SourceFileLoader.exec_module = counted  # type: ignore[method-assign, assignment]
        try:
            yield
        finally:
            SourceFileLoader.exec_module = load  # type: ignore[method-assign]


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

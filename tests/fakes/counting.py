"""Leaving repetitions out of the count of branches, which makes Python take twice as long (docs/adr/0099)."""

import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from importlib.machinery import SourceFileLoader
from threading import current_thread, main_thread
from types import ModuleType

from coverage import Coverage

COUNTING = "COVERAGE_PROCESS_"
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
def _counted(stopped: list[Coverage]) -> Iterator[None]:
    """Count the block again by what `uncounted` stopped."""
    for counting in reversed(stopped):
        counting.start()
    try:
        yield
    finally:
        for counting in stopped:
            counting.stop()


@contextmanager
def imports_counted() -> Iterator[list[Coverage]]:
    """Run the block and count of it no more than the app's modules as they are imported, with what that brings.

    A collection of tests imports the app and much else: all of it counted takes twice as long. Gives what was
    stopped, as `uncounted` does.
    """
    load = SourceFileLoader.exec_module
    with uncounted() as stopped:

        def counted(loader: SourceFileLoader, module: ModuleType) -> None:
            ours = module.__name__.partition(".")[0] == "app" and current_thread() is main_thread()
            if not ours or Coverage.current() is not None:
                return load(loader, module)
            with _counted(stopped):
                return load(loader, module)

        SourceFileLoader.exec_module = counted  # type: ignore[method-assign, assignment]
        try:
            yield stopped
        finally:
            SourceFileLoader.exec_module = load  # type: ignore[method-assign]


@contextmanager
def uncounted_children() -> Iterator[dict[str, str]]:
    """Count no branches of processes that the block starts. Gives the variables by which they were counted."""
    kept = {name: text for name, text in os.environ.items() if name.startswith(COUNTING)}
    for name in kept:
        del os.environ[name]
    try:
        yield kept
    finally:
        os.environ.update(kept)


@contextmanager
def counted_within() -> Iterator[Callable[[], AbstractContextManager[None]]]:
    """Count nothing in the block, nor in processes that it starts, but where it enters what is given.

    What happens between tests is pytest's own, and following it takes as long again. Imports of the app count anyway:
    a module that is imported late is so once, whether the test that happens to be the first to need it counts or not.
    """
    with imports_counted() as stopped, uncounted_children() as variables:

        @contextmanager
        def counted() -> Iterator[None]:
            os.environ.update(variables)
            try:
                with _counted(stopped):
                    yield
            finally:
                for name in variables:
                    os.environ.pop(name, None)

        yield counted


def uncounted_variables() -> dict[str, str]:
    """Return this process's variables, but those by which branches of a new process are counted, too."""
    return {name: value for name, value in os.environ.items() if not name.startswith(COUNTING)}

"""When the collector of cycles stands still."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def uncollected() -> Iterator[None]:
    """Keep the collector from walking all there is again and again while very many new values are made.

    For work that makes no cycles and is done in seconds. It stands still for the whole process; of two that overlap
    the first to begin lets it run again.
    """
    running = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if running:
            gc.enable()

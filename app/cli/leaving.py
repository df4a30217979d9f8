"""How a server's process ends: what still computes in a thread is waited for a little, and then left."""

import logging
import os
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from typing import Final, NoReturn

PATIENCE: Final = 2.0
"""Seconds for what threads are doing when the server ends; what only computes for longer has nobody to tell."""


class Threads(ThreadPoolExecutor):
    """The threads of a server's loop. Python waits for each without end; these are waited for `patience` seconds."""

    def __init__(self, patience: float = PATIENCE, most: int | None = None) -> None:
        """Start nothing yet; `most` threads at a time, as many as Python takes unless told."""
        super().__init__(most, thread_name_prefix="gridbook")
        self._patience = patience

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:  # noqa: ARG002, FBT001, FBT002 - as the base has it
        """Begin nothing any more, and wait a little for what is being done."""
        super().shutdown(wait=False, cancel_futures=True)
        if wait:
            until = time.monotonic() + self._patience
            for thread in self._threads:
                thread.join(max(0.0, until - time.monotonic()))


def leave(code: int) -> NoReturn:
    """End this process now, when all that was to be kept is: the store closed, the processes beside it ended.

    At its own end Python would wait for every thread, and then take all communities apart object by object.
    """
    logging.shutdown()
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)

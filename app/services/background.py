"""What goes on beside the pages: communities are brought up ahead of their readers, files are watched."""

import asyncio
import contextlib
import logging
from collections.abc import Iterator
from typing import Final

from app.domain.problem import ProblemError
from app.services.drafting.publish import Publishing
from app.services.live import LiveCommunities
from app.services.ports import DecisionError

PAUSE: Final = 2.0
"""Seconds between two looks at the files."""

logger = logging.getLogger("gridbook")


class Background:
    """A task that runs from the start of the server to its end."""

    def __init__(self, live: LiveCommunities, publishing: Publishing) -> None:
        """Look after these."""
        self._live = live
        self._publishing = publishing
        self._task: asyncio.Task[None] | None = None
        self._told = ""

    async def start(self) -> None:
        """Begin."""
        self._task = asyncio.get_running_loop().create_task(self._run(), name="background")

    async def stop(self) -> None:
        """End, and wait for it."""
        if self._task is not None:
            self._task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._task

    async def _run(self) -> None:
        with self._tolerant("communities can't be brought up"):
            for place in await self._publishing.published_places():
                with self._tolerant("a community can't be brought up"):
                    await self._live.fresh(place)
        while True:
            with self._tolerant("files can't be looked at"):
                await self._publishing.look()
                self._told = ""
            await asyncio.sleep(PAUSE)

    @contextlib.contextmanager
    def _tolerant(self, what: str) -> Iterator[None]:
        """Tell a fault in the log, once while it stays, and go on: the next look may find it mended.

        Only the codes of problems are told, and the kind of anything else: its message could quote what people wrote.
        """
        try:
            yield
        except Exception as fault:  # noqa: BLE001 - a task that ends watches nothing any more, and nobody would see it
            why = str(fault) if isinstance(fault, ProblemError | DecisionError) else type(fault).__name__
            if why != self._told:
                logger.warning("%s: %s", what, why)
            self._told = why

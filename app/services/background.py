"""What goes on beside the pages: communities are brought up ahead of their readers, files are watched."""

import asyncio
import contextlib
import logging
from typing import Final

from app.domain.problem import ProblemError
from app.services.live import LiveCommunities
from app.services.ports import DecisionError
from app.services.publish import Publishing

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
        for place in await self._publishing.published_places():
            try:
                await self._live.fresh(place)
            except (ProblemError, DecisionError) as fault:
                logger.warning("community can't be brought up: %s", fault)
        while True:
            await self._publishing.look()
            await asyncio.sleep(PAUSE)

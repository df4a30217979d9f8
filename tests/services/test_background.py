"""What goes on beside the pages goes on, whatever happens to a database or a disk for a while."""

import asyncio
import logging
from typing import TYPE_CHECKING, cast

import pytest

from app.domain.problem import Problem, ProblemError
from app.services import background
from app.services.background import Background

if TYPE_CHECKING:
    from app.services.drafting.publish import Publishing
    from app.services.live import LiveCommunities


class Flaky:
    """Stands for communities and files; each look raises the next of `faults`, the later ones find nothing wrong."""

    def __init__(self, *faults: Exception) -> None:
        self.faults = list(faults)
        self.opened: list[str] = []
        self.looked = asyncio.Event()

    async def published_places(self) -> list[str]:
        return ["broken", "sound"]

    async def fresh(self, place: str) -> None:
        self.opened.append(place)
        if place == "broken":
            raise RuntimeError("people's words")

    async def look(self) -> None:
        if self.faults:
            raise self.faults.pop(0)
        self.looked.set()


async def test_a_look_that_fails_is_told_once_by_its_kind_and_the_next_one_comes(
    caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(background, "PAUSE", 0.0)
    caplog.set_level(logging.WARNING, "gridbook")
    gone = [OSError(5, "people's words"), OSError(5, "people's words"), ProblemError(Problem("E406"))]
    flaky = Flaky(*gone)
    beside = Background(cast("LiveCommunities", flaky), cast("Publishing", flaky))
    await beside.start()
    await asyncio.wait_for(flaky.looked.wait(), 60)
    await beside.stop()
    assert flaky.opened == ["broken", "sound"]
    assert [record.getMessage() for record in caplog.records] == [
        "a community can't be brought up: RuntimeError",
        "files can't be looked at: OSError",
        "files can't be looked at: E406",
    ]

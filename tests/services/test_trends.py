"""The months of a year's scores: kept by what was known then, and worked out from the first that isn't."""

from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

from app.domain.entry import Entry
from app.services.appraising.trends import Trends
from app.services.year.year import YearService
from tests.fakes.deciders import PlainDecider
from tests.fakes.year import ZHOU, WorkingYear


class FakeKept:
    """What is on disk."""

    def __init__(self) -> None:
        self.parts: dict[str, dict[str, bytes]] = {}

    def read(self, name: str) -> Mapping[str, bytes]:
        return self.parts.get(name, {})

    def write(self, name: str, parts: Mapping[str, bytes]) -> None:
        self.parts[name] = dict(parts)


class Process:
    """A server's process: it remembers nothing of the one before, and counts what it works out."""

    def __init__(self, here: WorkingYear, kept: FakeKept) -> None:
        self.made = 0
        self.told: list[tuple[int, int]] = []
        self.year = YearService(here.scores, Trends(here.live, self._decider, here.clock, kept), here.clock)

    def _decider(self) -> PlainDecider:
        self.made += 1
        return PlainDecider()

    async def scores(self) -> list[object]:
        mine = await self.year.trend(
            ZHOU, None, "2025", progress=lambda done, of: self.told.append((done, of))
        )
        assert mine is not None
        return [point.score for point in mine.trend]


async def test_months_that_were_worked_out_are_there_after_a_restart(tmp_path: Path) -> None:
    here = WorkingYear(tmp_path)
    await here.start()
    kept = FakeKept()
    first, second = Process(here, kept), Process(here, kept)
    found = await first.scores()
    assert found == [100] * 8 + [80] * 3 + [60]
    assert await second.scores() == found
    assert (first.made, second.made) == (1, 0)


async def test_it_is_told_how_many_of_the_months_are_done(tmp_path: Path) -> None:
    here = WorkingYear(tmp_path)
    await here.start()
    process = Process(here, FakeKept())
    await process.scores()
    shares = [done / of for done, of in process.told]
    assert shares == sorted(shares)
    assert process.told[-1] == (12, 12)
    assert len(process.told) > 12


async def test_a_record_that_came_in_with_an_earlier_stamp_has_its_months_worked_out_anew(
    tmp_path: Path,
) -> None:
    here = WorkingYear(tmp_path)
    await here.start()
    kept = FakeKept()
    await Process(here, kept).scores()
    (written,) = kept.parts.values()
    before = written["months 2"]
    at = datetime(2025, 10, 9, tzinfo=UTC)
    late = Entry("late", "lakeside", "report", at, "w-1", at, {"pages": 1})
    await here.store.ledger.append([late], {})
    process = Process(here, kept)
    await process.scores()
    assert process.made == 1
    assert process.told[-1] == (3, 3)  # October to December
    (written,) = kept.parts.values()
    assert written["months 2"] != before


async def test_months_of_another_ledger_with_as_many_entries_are_worked_out_anew(tmp_path: Path) -> None:
    kept, found = FakeKept(), []
    for name, pages in (("one", 1), ("other", 2)):
        here = WorkingYear(tmp_path / name)
        await here.start()
        at = datetime(2025, 12, 30, tzinfo=UTC)
        await here.store.ledger.append(
            [Entry(name, "lakeside", "report", at, "w-1", at, {"pages": pages})], {}
        )
        process = Process(here, kept)
        await process.scores()
        found.append(process.made)
    assert found == [1, 1]


async def test_what_is_kept_is_exact(tmp_path: Path) -> None:
    here = WorkingYear(tmp_path)
    await here.start()
    kept = FakeKept()
    one = await Process(here, kept).year.trend(ZHOU, None, "2025")
    other = await Process(here, kept).year.trend(ZHOU, None, "2025")
    assert one is not None
    assert other is not None
    assert one.trend == other.trend

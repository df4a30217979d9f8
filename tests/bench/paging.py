"""Page 20,000 of a ledger of a million entries, against page 1: `python -m tests.bench.paging [ENTRIES]`.

Measures what the page of the ledger asks of the store (rows and total), SQLite in a folder of its own. The bound is 1.3
times page 1; both are the middle of several runs, taken in turn. Then what an export asks of it: a narrowed ledger, a
stretch at a time into a workbook, with the time of the first and the last ones and the memory that it took.
"""

import asyncio
import resource
import statistics
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path

from app.domain.answer_filter import AnswerFilter
from app.domain.entry import Entry
from app.exchange.lists import SheetWriter
from app.ledger import Store, file_url, open_store
from app.services.ports import After, LedgerQuery

SIZE = 25
PAGE = 20_000
MOST = 1.3
BATCH = 10_000
STRETCH = 2_000
RUNS = 15
PLACE = "demo/s1"


def entry(number: int) -> Entry:
    """Return an invented visit; a day has some two thousand."""
    at = datetime(2024, 1, 1, tzinfo=UTC) + number * timedelta(seconds=43)
    answers = {"channel": "home" if number % 3 else "phone", "minutes": number % 60}
    form = "visit" if number % 4 else "patrol"
    return Entry(f"e-{number}", PLACE, form, at, f"w-{number % 32}", at, answers, f"hh-{number % 1550}")


async def fill(store: Store, entries: int) -> None:
    """Store so many."""
    for start in range(0, entries, BATCH):
        batch = [entry(number) for number in range(start, min(start + BATCH, entries))]
        await store.ledger.append(batch, {})


def say(line: str) -> None:
    """Print a line at once."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


async def took(store: Store, query: LedgerQuery) -> float:
    """Return the seconds that a page takes."""
    start = time.perf_counter()
    found = await store.ledger.find(query)
    assert found.entries
    return time.perf_counter() - start


async def measure(store: Store, entries: int) -> bool:
    """Print the times of the first and the far page; return whether the bound holds for all."""
    last = min(PAGE, entries // SIZE // 2)
    good = True
    for name, forms, order in (
        ("all, by time", (), "at"),
        ("all, by recording", (), "recorded_at"),
        ("one form", ("visit",), "at"),
    ):
        near = LedgerQuery(PLACE, forms=forms, order=order, limit=SIZE)
        far = LedgerQuery(PLACE, forms=forms, order=order, limit=SIZE, offset=(last - 1) * SIZE)
        await took(store, near)
        pairs = [(await took(store, near), await took(store, far)) for _ in range(RUNS)]
        first, other = (statistics.median(times) for times in zip(*pairs, strict=True))
        good = good and other <= MOST * first
        say(f"{name}: page 1 {first * 1000:.1f} ms, page {last} {other * 1000:.1f} ms, {other / first:.2f}")
    return good


async def export(store: Store, folder: Path) -> None:
    """Write a third of the ledger into a workbook as the page does, and print what that took."""
    query = LedgerQuery(PLACE, filters=(AnswerFilter("minutes", low=Decimal(40)),), limit=STRETCH)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    times: list[float] = []
    rows = 0
    after: After | None = None
    begun = time.perf_counter()
    with (folder / "ledger.xlsx").open("w+b") as made:
        writer = SheetWriter("ledger", ["at", "form", "by", "about", "minutes"], made, streamed=True)
        while True:
            start = time.perf_counter()
            found = await store.ledger.follow(query, after)
            times.append(time.perf_counter() - start)
            for one in found.entries:
                writer.row([one.at.isoformat(), one.form, one.by, one.subject, one.answers["minutes"]])
            rows += len(found.entries)
            after = found.after
            if after is None:
                break
        writer.close()
        size = made.seek(0, 2)
    whole, more = time.perf_counter() - begun, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    ends = [statistics.median(part) * 1000 for part in (times[:20], times[-21:-1])]
    say(
        f"export of {rows} rows: {whole:.0f} s, of them {sum(times):.0f} s reading {len(times)} stretches of {STRETCH}"
    )
    say(
        f"  the first twenty {ends[0]:.0f} ms each, the last {ends[1]:.0f} ms; {size >> 20} MB, {more >> 10} MB memory"
    )


async def main(entries: int) -> int:
    """Fill a store and measure it."""
    with tempfile.TemporaryDirectory(prefix="gridbook-paging-") as folder:
        async with open_store(file_url(Path(folder) / "ledger.db")) as store:
            start = time.perf_counter()
            await fill(store, entries)
            say(f"{entries} entries stored in {time.perf_counter() - start:.0f} s")
            good = await measure(store, entries)
            await export(store, Path(folder))
            return 0 if good else 1


if __name__ == "__main__":
    sys.exit(asyncio.run(main(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000)))

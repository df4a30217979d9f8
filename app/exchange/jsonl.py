"""The ledger as JSON Lines, one entry a line: what goes out comes in unchanged, and a fault names its line."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import BinaryIO, Final

from app.domain.entry import Entry
from app.domain.problem import Problem, Where
from app.exchange.entry_lines import Line, OnFault, entry_line, read_jsonl
from app.services.ports import IdTakenError, Ledger

_BATCH: Final = 2_000


@dataclass(frozen=True, slots=True)
class Imported:
    """What became of a file: entries that are new, entries that were there already, lines at fault.

    `silent` are the lines of entries that are stored and count nowhere, each as a problem.
    """

    new: int
    known: int
    faults: int
    silent: tuple[Problem, ...] = ()


async def export_jsonl(
    ledger: Ledger, place: str, stream: BinaryIO, progress: Callable[[int], None] | None = None
) -> int:
    """Write the entries of `place` and below to `stream`, in the order of arrival; return how many.

    Sensitive answers are included: the file is the whole ledger. `progress` is called with how many are written.
    """
    written = 0
    async for stored in ledger.read(place):
        stream.write(entry_line(stored.entry))
        written += 1
        if progress is not None and written % _BATCH == 0:
            progress(written)
    return written


async def import_jsonl(  # noqa: PLR0913 - each names one thing
    ledger: Ledger,
    stream: BinaryIO,
    on_fault: OnFault,
    *,
    sensitive: Mapping[str, frozenset[str]],
    name: str = "",
    place: str | None = None,
    check: Callable[[Entry], Iterable[Problem]] | None = None,
    reason: Callable[[Entry], str] | None = None,
    progress: Callable[[int], None] | None = None,
) -> Imported:
    """Append the entries of `stream`, a batch at a time, each whole or not at all.

    From the first fault on nothing more is stored, and the rest is read for its faults, so that all are told at
    once; after mending, the same file goes on where it stopped, since the same id with the same content is stored
    once. `check` gives the faults that only the forms know; `reason` says why an entry that is taken in counts nowhere
    (empty: it does), which isn't told of one that the same file puts right. `progress` is called with how many lines
    were read.
    Faults are those of `read_jsonl`, those of `check`, and E445: the id belongs to an entry with other content.
    """
    importer = _Importer(ledger, on_fault, sensitive, name)
    for line in read_jsonl(stream, importer.fault, name=name, place=place):
        for problem in check(line.entry) if check is not None else ():
            importer.fault(replace(problem, where=Where(name, line.number)))
        if reason is not None:
            importer.note(line, reason(line.entry))
        if await importer.add(line) and progress is not None:
            progress(line.number)
    await importer.store()
    return Imported(importer.new, importer.known, importer.faults, tuple(importer.silent.values()))


class _Importer:
    """Collects a batch and stores it, until there is a fault."""

    def __init__(
        self, ledger: Ledger, on_fault: OnFault, sensitive: Mapping[str, frozenset[str]], name: str
    ) -> None:
        self.new = self.known = self.faults = 0
        self._ledger = ledger
        self._on_fault = on_fault
        self._sensitive = sensitive
        self._name = name
        self._batch: list[Line] = []
        self.silent: dict[str, Problem] = {}

    def note(self, line: Line, reason: str) -> None:
        """Note an entry that counts nowhere for a reason, as long as no later one is in its place."""
        if line.entry.supersedes is not None:
            self.silent.pop(line.entry.supersedes, None)
        if reason:
            values = {"entry": line.entry.id, "reason": reason}
            self.silent[line.entry.id] = Problem("E564", Where(self._name, line.number), values)

    def fault(self, problem: Problem) -> None:
        """Count and tell a fault."""
        self.faults += 1
        self._on_fault(problem)

    async def add(self, line: Line) -> bool:
        """Add a line; return whether it completed a batch."""
        self._batch.append(line)
        if len(self._batch) < _BATCH:
            return False
        await self.store()
        return True

    async def store(self) -> None:
        """Store the batch, unless there was a fault."""
        batch, self._batch = self._batch, []
        if self.faults or not batch:
            return
        try:
            appended = await self._ledger.append([line.entry for line in batch], self._sensitive)
        except IdTakenError as error:
            lines = [line.number for line in batch if line.entry.id in error.args] or [batch[0].number]
            self.fault(Problem("E445", Where(self._name, lines[-1])))
        else:
            fresh = sum(one.new for one in appended)
            self.new += fresh
            self.known += len(appended) - fresh

"""Importing a workbook: good rows go in, a batch at a time, faulty ones are told; the same file again changes nothing.

A row's entry has an id that is made of what the row says. So an import that was cut short goes on where it stopped, and
what was acknowledged isn't repeated.
"""

import asyncio
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import islice
from typing import Final, Protocol

from app.domain.entry import RETRACTION, Entry
from app.domain.field_type import FieldTypes
from app.domain.kinds.form import Form
from app.domain.problem import Problem, ProblemError
from app.domain.regulation import sensitive_fields
from app.domain.submission import Fault
from app.i18n.translator import Translator
from app.services.collecting import uncollected
from app.services.live import Community
from app.services.ports import IdTakenError, Ledger
from app.services.workbooks.mapping import ColumnMapping, Plan, plan_of
from app.services.workbooks.register import Register
from app.services.workbooks.row_cells import Became, CellFault, Told
from app.services.workbooks.rows import RowReader
from app.services.workbooks.workbook import Book, place

BATCH: Final = 1_000
"""Rows that are stored together, each batch whole or not at all."""

Progress = Callable[[int, int], None]

_STORED: Final = frozenset({Became.NEW, Became.CHANGED})


class RowsHeld(Protocol):
    """What holds the rows of one file to more than their form: an appraisal's year, or who can administer."""

    async def faults(self, entries: Iterable[Entry]) -> Mapping[str, list[Fault]]:
        """Return what is wrong with rows, by their entries' ids."""
        ...


class HoldsRows(Protocol):
    """Knows what holds the rows of files."""

    def rows(self, community: Community, form: str) -> RowsHeld | None:
        """Return what holds the rows of one file for a form; None: nothing."""
        ...


@dataclass(frozen=True, slots=True)
class Imported:
    """How many rows became what, and the faulty ones."""

    counts: Mapping[Became, int]
    faulty: tuple[Told, ...]


class WorkbookImport:
    """One file for one form of one community, as it was when the import began."""

    def __init__(
        self,
        community: Community,
        form: Form,
        book: Book,
        types: FieldTypes,
        now: datetime,
        *,
        mapping: ColumnMapping | None = None,
        by: str | None = None,
    ) -> None:
        """Plan how the file is read. Raises ProblemError as `plan_of` and `RowReader` do."""
        self.plan: Plan = plan_of(book, form, community.regulation, mapping)
        self._community = community
        self._reader = RowReader(Register(community, now), form, self.plan, types, by)

    def __len__(self) -> int:
        """Return how many rows there are below the titles."""
        return sum(1 for sheet in self.plan.sheets for _ in sheet.rows())

    def told(self) -> Iterator[Told]:
        """Yield what becomes of each row; once, since a row may repeat an earlier one."""
        for sheet in self.plan.sheets:
            for row in sheet.rows():
                yield self._reader.read(sheet, row)

    async def run(
        self,
        ledger: Ledger,
        *,
        dry_run: bool = False,
        progress: Progress | None = None,
        held: RowsHeld | None = None,
    ) -> Imported:
        """Store what the good rows say, unless it is a `dry_run`; `progress` is called with (rows, of).

        `held` tells what an appraisal's year, or the posts, say to rows that their form lets through.
        """
        counts = dict.fromkeys(Became, 0)
        faulty: list[Told] = []
        rows = self.told()
        total = len(self)
        sensitive = sensitive_fields(self._community.regulation)
        done = 0
        while batch := await asyncio.to_thread(_next, rows):
            entries = []
            for one in await self._allowed(batch, held):
                counts[one.became] += 1
                if one.became is Became.FAULTY:
                    faulty.append(one)
                elif one.became is not Became.KNOWN and one.entry is not None:
                    entries.append(one.entry)
            if entries and not dry_run:
                await _append(ledger, entries, sensitive)
            done += len(batch)
            if progress is not None:
                progress(done, total)
        return Imported(counts, tuple(faulty))

    async def _allowed(self, batch: list[Told], held: RowsHeld | None) -> list[Told]:
        """Return the rows, faulty where what they say can't be."""
        if held is None:
            return batch
        new = [one.entry for one in batch if one.became in _STORED and one.entry is not None]
        faults = await held.faults(new)
        return [
            replace(one, became=Became.FAULTY, entry=None, faults=self._located(one, faults[one.entry.id]))
            if one.entry is not None and one.entry.id in faults
            else one
            for one in batch
        ]

    def _located(self, told: Told, faults: list[Fault]) -> tuple[CellFault, ...]:
        """Return a row's faults with the address of their row."""
        where = place(self.plan.book.name, told.sheet.sheet.name, told.row.number, None)
        return tuple(CellFault(replace(one.problem, where=where), None, one.message) for one in faults)


def _next(rows: Iterator[Told]) -> list[Told]:
    with uncollected():
        return list(islice(rows, BATCH))


async def _append(ledger: Ledger, entries: list[Entry], sensitive: Mapping[str, frozenset[str]]) -> None:
    try:
        await ledger.append(entries, sensitive)
    except IdTakenError:
        # Another import of the same rows ran meanwhile, at another time: what it stored stays.
        left = [entry for entry in entries if await ledger.get(entry.id) is None]
        await ledger.append(left, sensitive)


def importable(community: Community, form_id: str) -> Form:
    """Return the form of this id. Raises ProblemError E475 with those that there are."""
    forms = community.regulation.forms
    if form_id not in forms or form_id in {RETRACTION, "publication"}:
        known = ", ".join(sorted(name for name in forms if name not in {RETRACTION, "publication"}))
        raise ProblemError(Problem("E475", values={"form": form_id[:80], "known": known}))
    return forms[form_id]


def fault_words(fault: CellFault, t: Translator) -> str:
    """Return a fault in words: its code, what is wrong (in the form's own words where it has some), what to do."""
    problem = fault.problem
    text = t.problem(replace(problem, where=None))
    what = t.text(fault.message) or text.what
    if fault.title:  # no column says which question it is
        what = t("import-fault-of", title=t.text(fault.title), what=what)
    return f"{problem.code} {what}{'' if t.language == 'zh' else ' '}{text.remedy}".strip()

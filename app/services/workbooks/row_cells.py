"""What is told of a row of a workbook: what becomes of it, and what is wrong in which cell."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from app.domain.entry import Entry
from app.domain.kinds.common import Texts
from app.domain.problem import Problem
from app.services.workbooks.cells import CellError
from app.services.workbooks.mapping import SheetPlan
from app.services.workbooks.workbook import Row, place


class Became(StrEnum):
    """What becomes of a row: new, a change of a subject that is there, nothing since it is there, nothing yet."""

    NEW = "new"
    CHANGED = "changed"
    KNOWN = "known"
    FAULTY = "faulty"


@dataclass(frozen=True, slots=True)
class CellFault:
    """One thing that is wrong with a row; `column` from 0, None: with the whole row. `message`: the form's words.

    `title` is that of the question that no column of the row answers.
    """

    problem: Problem
    column: int | None = None
    message: Texts = field(default_factory=dict)
    title: Texts = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Told:
    """A row and what becomes of it."""

    sheet: SheetPlan
    row: Row
    became: Became
    entry: Entry | None = None
    faults: tuple[CellFault, ...] = ()


class Cells:
    """A row's cells by what they are, and what was found wrong with them."""

    def __init__(
        self, book: str, sheet: SheetPlan, row: Row, names: Mapping[str, str], titles: Mapping[str, Texts]
    ) -> None:
        """Keep a row; `names` are the present names of fields by earlier ones, `titles` those of questions."""
        self.sheet = sheet
        self._titles = titles
        self.row = row
        self.faults: list[CellFault] = []
        self._book = book
        self._names = names
        self._columns = {name: at for at, name in sheet.columns.items()}

    def column(self, name: str) -> int | None:
        """Return the column of a field or special name."""
        return self._columns.get(self._names.get(name, name))

    def note(self, problem: Problem, column: int | None, message: Texts | None = None) -> None:
        """Keep a fault, with the address of its cell."""
        where = place(self._book, self.sheet.sheet.name, self.row.number, column)
        located = Problem(problem.code, where, problem.values, problem.field, problem.suggestion)
        title = self._titles.get((problem.field or "").partition(".")[0], {}) if column is None else {}
        self.faults.append(CellFault(located, column, message or {}, title))

    def cell(self, fault: CellError, column: int | None, name: str, message: Texts | None = None) -> None:
        """Keep the fault of a cell that can't be read."""
        problem = Problem(fault.code, values=fault.values, field=name or None, suggestion=fault.suggestion)
        self.note(problem, column, message)

"""Who did what a row of a workbook tells, when, and whom it is about."""

from datetime import UTC, datetime

from app.domain.kinds.form import Form
from app.domain.kinds.links import WORKER
from app.domain.problem import Problem
from app.services.workbooks.cells import (
    CellError,
    Reading,
    found_one,
    found_several,
    moment_of,
    text_of,
)
from app.services.workbooks.mapping import AT, BY, SUBJECT
from app.services.workbooks.row_cells import Cells


class RowNames:
    """Reads the columns of a row that answer no question. What can't be read is noted at its cell."""

    def __init__(self, form: Form, reading: Reading, by: str | None, only: str | None) -> None:
        """Keep who did it where rows don't say, and the `only` place that a row can be about, if it is one."""
        self._form = form
        self._reading = reading
        self._by = by
        self._only = only

    def at(self, cells: Cells) -> datetime | None:
        """Return when it happened, in UTC; None where the row doesn't say, or not so that it can be read."""
        column = cells.column(AT)
        cell = None if column is None else cells.row.value(column)
        if cell is None:
            return None
        try:
            return moment_of(cell, self._reading).astimezone(UTC)
        except (CellError, OverflowError) as fault:
            known = fault if isinstance(fault, CellError) else CellError("E462", reason="moment")
            cells.cell(known, column, "")
            return None

    def by_whom(self, cells: Cells) -> str:
        """Return who did it; "" where nobody is named who is known."""
        return self._named(cells, BY, WORKER) or self._by or self._missing(cells, BY)

    def about(self, cells: Cells) -> tuple[str | None, tuple[str, ...]]:
        """Return whom a row is about, and whom else where the form may be about several."""
        about = self._form.describes or self._form.about
        if not about:
            return None, ()
        if self._form.several and not self._form.describes:
            first, *others = self._all_named(cells, about) or [""]
            return first or self._only or self._missing(cells, SUBJECT), tuple(others)
        found = self._named(cells, SUBJECT, about)
        if self._form.describes or found:
            return found, ()
        return self._only or self._missing(cells, SUBJECT), ()

    def _all_named(self, cells: Cells, to: str) -> list[str]:
        column = cells.column(SUBJECT)
        try:
            text = "" if column is None else text_of(cells.row.value(column))
            return found_several(to, text, self._reading.find) if text else []
        except CellError as fault:
            cells.cell(fault, column, "")
            return []

    def _named(self, cells: Cells, name: str, to: str) -> str | None:
        column = cells.column(name)
        try:
            text = "" if column is None else text_of(cells.row.value(column))
            return found_one(to, text, self._reading.find) if text else None
        except CellError as fault:
            cells.cell(fault, column, "")
            return ""

    @staticmethod
    def _missing(cells: Cells, name: str) -> str:
        column = cells.column(name)
        if not any(fault.column == column for fault in cells.faults):
            cells.note(Problem("E701"), column)
        return ""

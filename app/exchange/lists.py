"""Writing a list as xlsx or csv. Nothing that people have typed is ever a formula."""

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time
from typing import BinaryIO, Final

from xlsxwriter import Workbook

from app.exchange.returned import OPTIONS, Formats, write
from app.services.csv_cells import guarded
from app.services.workbooks.export import Table
from app.services.workbooks.workbook import CellValue

_NAME: Final = str.maketrans("", "", "[]:*?/\\'")
_LONGEST_NAME: Final = 31
MOST_ROWS: Final = 1_048_576
"""What a sheet of a workbook holds."""


def sheet_name(title: str) -> str:
    """Return a title as a sheet can be called: without what no name of a sheet holds, 31 characters at most."""
    return title.translate(_NAME)[:_LONGEST_NAME] or "1"


class SheetWriter:
    """Writes rows as they come; what a sheet can't hold goes on in a next one, with the titles again.

    With `streamed` the rows lie on the disk and not in memory until `close`.
    """

    def __init__(
        self,
        name: str,
        titles: Sequence[str],
        stream: BinaryIO,
        *,
        streamed: bool = False,
        most: int = MOST_ROWS,
    ) -> None:
        """Begin; `most` is how many rows a sheet holds, its titles among them."""
        options = {**OPTIONS, "in_memory": False, "constant_memory": True} if streamed else OPTIONS
        self._made = io.BytesIO() if not streamed else stream
        self._stream = stream
        self._book = Workbook(self._made, options)
        self._formats = Formats(self._book)
        self._name, self._titles, self._most = sheet_name(name), titles, most
        self._sheets = 0
        self._begin()

    def _begin(self) -> None:
        self._sheets += 1
        number = f" {self._sheets}" if self._sheets > 1 else ""
        self._sheet = self._book.add_worksheet(f"{self._name[: _LONGEST_NAME - len(number)]}{number}")
        for column, _ in enumerate(self._titles):
            self._sheet.set_column(column, column, 16)
        self._sheet.freeze_panes(1, 0)
        for column, title in enumerate(self._titles):
            self._sheet.write_string(0, column, title, self._formats.of("", head=True))
        self._next = 1

    def row(self, cells: Sequence[CellValue]) -> None:
        """Write one row, each cell as what it is."""
        if self._next >= self._most:
            self._end()
            self._begin()
        for column, value in enumerate(cells):
            if value is not None:
                write(self._sheet, self._next, column, value, self._formats, text=isinstance(value, str))
        self._next += 1

    def _end(self) -> None:
        if self._titles:
            self._sheet.autofilter(0, 0, self._next - 1, len(self._titles) - 1)

    def close(self) -> None:
        """Write the workbook to the stream."""
        self._end()
        self._book.close()
        if self._made is not self._stream:
            self._stream.write(self._made.getvalue())  # type: ignore[attr-defined]


def write_xlsx(table: Table, stream: BinaryIO) -> None:
    """Write the list as a workbook of one sheet, or as many as its rows take."""
    writer = SheetWriter(table.name, table.titles, stream)
    for row in table.rows:
        writer.row(row)
    writer.close()


def write_csv(table: Table, stream: BinaryIO) -> None:
    """Write the list as csv in UTF-8, with the mark by which spreadsheets know it."""
    text = io.TextIOWrapper(stream, encoding="utf-8-sig", newline="", write_through=True)
    writer = csv.writer(text)
    writer.writerow([guarded(title) for title in table.titles])
    writer.writerows(_cells(row) for row in table.rows)
    text.flush()
    text.detach()


def _cells(row: Iterable[CellValue]) -> Iterable[str]:
    for value in row:
        match value:
            case None:
                yield ""
            case bool():
                yield "true" if value else "false"
            case datetime():
                yield value.isoformat(" ")
            case date() | time():
                yield value.isoformat()
            case str():
                yield guarded(value)
            case _:
                yield str(value)

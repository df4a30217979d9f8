"""Writing a list as xlsx or csv. Nothing that people have typed is ever a formula."""

import csv
import io
from collections.abc import Iterable
from datetime import date, datetime, time
from typing import BinaryIO, Final

from xlsxwriter import Workbook

from app.exchange.returned import OPTIONS, Formats, write
from app.services.workbooks.export import Table
from app.services.workbooks.workbook import CellValue

FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet takes for the start of a formula in a csv file."""
GUARD: Final = "'"
"""Stands before it, so that it is text; reading takes it away again."""
_NAME: Final = str.maketrans("", "", "[]:*?/\\'")
_LONGEST_NAME: Final = 31


def sheet_name(title: str) -> str:
    """Return a title as a sheet can be called: without what no name of a sheet holds, 31 characters at most."""
    return title.translate(_NAME)[:_LONGEST_NAME] or "1"


def write_xlsx(table: Table, stream: BinaryIO) -> None:
    """Write the list as a workbook of one sheet."""
    made = io.BytesIO()
    book = Workbook(made, OPTIONS)
    formats = Formats(book)
    sheet = book.add_worksheet(sheet_name(table.name))
    for column, title in enumerate(table.titles):
        sheet.write_string(0, column, title, formats.of("", head=True))
        sheet.set_column(column, column, 16)
    sheet.freeze_panes(1, 0)
    for number, row in enumerate(table.rows, 1):
        for column, value in enumerate(row):
            if value is not None:
                write(sheet, number, column, value, formats, text=isinstance(value, str))
    if table.titles:
        sheet.autofilter(0, 0, len(table.rows), len(table.titles) - 1)
    book.close()
    stream.write(made.getvalue())


def write_csv(table: Table, stream: BinaryIO) -> None:
    """Write the list as csv in UTF-8, with the mark by which spreadsheets know it."""
    text = io.TextIOWrapper(stream, encoding="utf-8-sig", newline="", write_through=True)
    writer = csv.writer(text)
    writer.writerow([_guarded(title) for title in table.titles])
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
                yield _guarded(value)
            case _:
                yield str(value)


def _guarded(text: str) -> str:
    return f"{GUARD}{text}" if text.startswith(FORMULA) else text

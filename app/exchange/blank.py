"""The workbook of a blank list: titles, cells that take what their question takes, and a sheet with the answers."""

from io import BytesIO
from typing import Final

from xlsxwriter import Workbook
from xlsxwriter.utility import xl_range_abs
from xlsxwriter.worksheet import Worksheet

from app.exchange.lists import sheet_name
from app.exchange.returned import OPTIONS, Formats, plain
from app.services.workbooks.blank import BlankColumn, BlankList

ROWS: Final = 5_000
"""For how many rows a program offers the answers."""
_FORMATS: Final = {"text": "@", "date": "yyyy-mm-dd", "instant": "yyyy-mm-dd hh:mm", "number": ""}
_NARROW, _WIDE = 10, 34


def blank_xlsx(blank: BlankList) -> bytes:
    """Return the workbook. An answer that isn't in a column's list is asked back, not refused: the import tells."""
    stream = BytesIO()
    book = Workbook(stream, OPTIONS)
    formats = Formats(book)
    sheet = book.add_worksheet(sheet_name(blank.name))
    answers = _answers(book, blank, formats) if any(column.listed for column in blank.columns) else {}
    for at, column in enumerate(blank.columns):
        title = f"{column.title} *" if column.required else column.title
        sheet.write_string(0, at, title, formats.of("", head=True, wrapped=True))
        wide = min(_WIDE, max(_NARROW, 2 * len(title)))
        sheet.set_column(at, at, wide, formats.of(_FORMATS[column.written]))
        if column.note:
            sheet.write_comment(0, at, column.note, {"x_scale": 2})
        if at in answers and not column.several:
            _offer(sheet, at, answers[at])
    sheet.freeze_panes(1, 0)
    book.close()
    return stream.getvalue()


def _answers(book: Workbook, blank: BlankList, formats: Formats) -> dict[int, str]:
    """Write the sheet with the answers of each column; return the cells of each as a formula names them."""
    name = sheet_name(blank.answers)
    sheet = book.add_worksheet(name)
    found: dict[int, str] = {}
    listed = [(at, column) for at, column in enumerate(blank.columns) if column.listed]
    for place, (at, column) in enumerate(listed):
        sheet.write_string(0, place, column.title, formats.of("", head=True))
        sheet.set_column(place, place, _width(column))
        for number, answer in enumerate(column.listed, 1):
            sheet.write_string(number, place, plain(answer))
        found[at] = f"='{name}'!{xl_range_abs(1, place, len(column.listed), place)}"
    sheet.freeze_panes(1, 0)
    return found


def _width(column: BlankColumn) -> int:
    return min(_WIDE, max(_NARROW, *(2 * len(text) for text in (column.title, *column.listed))))


def _offer(sheet: Worksheet, at: int, source: str) -> None:
    sheet.data_validation(1, at, ROWS, at, {"validate": "list", "source": source, "error_type": "warning"})

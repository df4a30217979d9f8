"""A printed register as a workbook: title, place and period above, its heading on each page, blocks to sign below."""

import io
from collections.abc import Sequence
from typing import BinaryIO, Final

from xlsxwriter import Workbook

from app.exchange.lists import SheetWriter, sheet_name, write_csv, write_xlsx
from app.exchange.returned import OPTIONS, Formats, write
from app.exchange.returned import plain as as_text
from app.services.lists import PrintedRegister
from app.services.workbooks.export import Table

_A4: Final = 9
_LETTERS: Final = 118
"""How many letters are shared out among the columns of a sheet that fits A4 across."""
_HEADS: Final = 3
_NARROWEST: Final = 5


def xlsx_of(table: Table) -> bytes:
    """Return a list as a workbook."""
    stream = io.BytesIO()
    write_xlsx(table, stream)
    return stream.getvalue()


def sheets_of(name: str, titles: Sequence[str], stream: BinaryIO) -> SheetWriter:
    """Return what writes the rows of a list as they come into a workbook in `stream`."""
    return SheetWriter(name, titles, stream, streamed=True)


def csv_of(table: Table) -> bytes:
    """Return a list as csv."""
    stream = io.BytesIO()
    write_csv(table, stream)
    return stream.getvalue()


def register_xlsx(register: PrintedRegister) -> bytes:
    """Return a register as a workbook that prints as its PDF does: A4 across, its heading on each page."""
    stream = io.BytesIO()
    book = Workbook(stream, OPTIONS)
    formats = Formats(book)
    sheet = book.add_worksheet(sheet_name(register.title))
    last = len(register.columns)
    title = book.add_format({"bold": True, "font_size": 15, "align": "center"})
    head = book.add_format({"bold": True, "border": 1, "align": "center", "text_wrap": True})
    plain = book.add_format({"border": 1, "valign": "top", "text_wrap": True})
    sheet.merge_range(0, 0, 0, max(last, 1), register.title, title)
    sheet.write_string(1, 0, register.place)
    right = book.add_format({"align": "right"})
    sheet.write_string(1, max(last, 1), f"{register.when} · {register.count}", right)
    sheet.write_string(2, 0, register.number, head)
    shares = sum(width for _, width in register.columns) or 1
    sheet.set_column(0, 0, _NARROWEST)
    for column, (words, width) in enumerate(register.columns, 1):
        sheet.write_string(2, column, words, head)
        sheet.set_column(column, column, max(_LETTERS * width / shares, _NARROWEST))
    for number, row in enumerate(register.rows, 1):
        sheet.write_number(_HEADS - 1 + number, 0, number, plain)
        for column, value in enumerate(row, 1):
            if value is None or isinstance(value, str):
                sheet.write_string(_HEADS - 1 + number, column, as_text(value or ""), plain)
            else:
                write(sheet, _HEADS - 1 + number, column, value, formats)
    below = _HEADS + len(register.rows) + 1
    for at, words in enumerate(register.signatures):
        sheet.write_string(below, 1 + at * max(last // max(len(register.signatures), 1), 1), words)
    sheet.write_string(below + 2, 0, register.made)
    sheet.repeat_rows(0, _HEADS - 1)
    sheet.freeze_panes(_HEADS, 0)
    sheet.set_landscape()
    sheet.set_paper(_A4)
    sheet.fit_to_pages(1, 0)
    sheet.set_footer("&C&P / &N")
    book.close()
    return stream.getvalue()

"""The workbook that goes back: the faulty rows, what is wrong with each, the cells marked; mended, it comes in again.

Text stays text: a cell that begins like a formula is none. Cells of questions that are answered by text have the format
of text, so that a program keeps all digits of what is typed into them.
"""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from io import BytesIO
from typing import Final

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from app.domain.core.values import Kind
from app.domain.kinds.form import Form
from app.i18n.translator import Translator
from app.services.money import Money
from app.services.workbooks.mapping import SheetPlan, title_of
from app.services.workbooks.reading import fault_words
from app.services.workbooks.row_cells import Told
from app.services.workbooks.workbook import CellValue, letters

OPTIONS: Final = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
    "remove_timezone": True,
}
_MARK: Final = "#F8CBAD"
_HEAD: Final = "#D9E2F3"
_LONGEST: Final = 32_000
"""The most characters of a cell; a program takes a few more."""
_TEXT: Final = "@"


def returned(form: Form, faulty: Sequence[Told], t: Translator) -> bytes:
    """Return the workbook of the faulty rows, each in the sheet that it came from, in the reader's language."""
    stream = BytesIO()
    book = Workbook(stream, OPTIONS)
    sheets: dict[int, tuple[SheetPlan, list[Told]]] = {}
    for told in faulty:
        sheets.setdefault(id(told.sheet), (told.sheet, []))[1].append(told)
    formats = Formats(book)
    for plan, rows in sheets.values():
        _sheet(book.add_worksheet(plan.sheet.name or "csv"), form, plan, rows, (t, formats))
    if not sheets:
        book.add_worksheet()
    book.close()
    return stream.getvalue()


def _sheet(
    sheet: Worksheet, form: Form, plan: SheetPlan, rows: Sequence[Told], words: tuple[Translator, "Formats"]
) -> None:
    t, formats = words
    last = len(plan.header.values)
    texts = {
        at
        for at, name in plan.columns.items()
        if (item := form.field(name)) is not None and item.type.kind is Kind.TEXT
    }
    for at, value in enumerate(plan.header.values):
        sheet.write_string(0, at, title_of(value), formats.of("", head=True))
        sheet.set_column(at, at, 14, formats.of(_TEXT) if at in texts else None)
    sheet.write_string(0, last, t("workbook-column-faults"), formats.of("", head=True))
    sheet.set_column(last, last, 90)
    sheet.freeze_panes(1, 0)
    for number, told in enumerate(rows, 1):
        by_column: dict[int, list[str]] = {}
        lines = []
        for fault in told.faults:
            said = fault_words(fault, t)
            cell = f"{'' if fault.column is None else letters(fault.column)}{told.row.number}"
            title = "" if fault.column is None else title_of(plan.header.value(fault.column))
            lines.append(f"{cell} {title}".strip() + f": {said}")
            if fault.column is not None:
                by_column.setdefault(fault.column, []).append(said)
        for column, value in enumerate(told.row.values[:last]):
            write(sheet, number, column, value, formats, text=column in texts, marked=column in by_column)
        for column, said_here in by_column.items():
            if column >= len(told.row.values):
                write(sheet, number, column, None, formats, text=column in texts, marked=True)
            sheet.write_comment(
                number, column, "\n".join(said_here)[:_LONGEST], {"x_scale": 3, "y_scale": 1.5}
            )
        sheet.write_string(number, last, "\n".join(lines)[:_LONGEST], formats.of("", wrapped=True))


class Formats:
    """The formats of a workbook, each made once."""

    def __init__(self, book: Workbook) -> None:
        self._book = book
        self._made: dict[tuple[str, bool, bool, bool], Format] = {}

    def of(self, number: str, *, marked: bool = False, head: bool = False, wrapped: bool = False) -> Format:
        """Return the format of a kind of cell."""
        key = number, marked, head, wrapped
        if key not in self._made:
            wanted: dict[str, object] = {"valign": "top"}
            wanted |= {"num_format": number} if number else {}
            wanted |= {"bg_color": _MARK, "border": 1} if marked else {}
            wanted |= {"bg_color": _HEAD, "bold": True} if head else {}
            wanted |= {"text_wrap": True} if wrapped else {}
            self._made[key] = self._book.add_format(wanted)
        return self._made[key]


def plain(value: str) -> str:
    """Return what is typed as a cell can hold it: cut at a cell's length, and never the writer's own marks.

    A text that begins with `<r>` and ends with `</r>` goes into the file as it is, unescaped, so that no program opens
    it; with a space at its end it is text, and the space goes again when the cell is read.
    """
    short = value[:_LONGEST]
    return f"{short} " if short.startswith("<r>") and short.endswith("</r>") else short


def write(
    sheet: Worksheet,
    row: int,
    column: int,
    value: CellValue,
    formats: Formats,
    *,
    text: bool = False,
    marked: bool = False,
) -> None:
    """Write a value as what it is; text is never a formula."""
    match value:
        case None:
            sheet.write_blank(row, column, None, formats.of(_TEXT if text else "", marked=marked))
        case bool():
            sheet.write_boolean(row, column, value, formats.of("", marked=marked))
        case Money():
            sheet.write_number(row, column, value, formats.of(_TEXT if text else "#,##0.00", marked=marked))
        case int() | float():
            sheet.write_number(row, column, value, formats.of(_TEXT if text else "", marked=marked))
        case datetime():
            sheet.write_datetime(row, column, value, formats.of("yyyy-mm-dd hh:mm:ss", marked=marked))
        case date():
            sheet.write_datetime(row, column, value, formats.of("yyyy-mm-dd", marked=marked))
        case time() | timedelta():
            sheet.write_datetime(row, column, value, formats.of("hh:mm:ss", marked=marked))
        case _:
            sheet.write_string(row, column, plain(value), formats.of(_TEXT if text else "", marked=marked))

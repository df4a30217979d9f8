"""Reading xlsx: bounded before it is read, with formulas, merged cells and hidden sheets told apart.

calamine reads the values. It unpacks whatever a file says, allots a cell for everything between the first and the
last one, and gives of a formula the last result only. So each part is unpacked here first, up to a limit.
"""

import re
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from html import unescape
from io import BytesIO
from typing import Final

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from app.domain.problem import Problem, ProblemError
from app.exchange.hidden import hidden_columns, hidden_rows
from app.services.collecting import uncollected
from app.services.workbooks.workbook import EPOCH, Book, CellValue, Doubt, Row, Sheet, letters, place

LARGEST: Final = 64 * 1024 * 1024
"""The most bytes of a file."""
UNPACKED: Final = 256 * 1024 * 1024
"""The most bytes of all its parts, unpacked."""
MOST_PARTS: Final = 5_000
MOST_CELLS: Final = 8_000_000
"""The most cells from A1 to the last one that holds something."""
MOST_ROWS: Final = 200_000
"""The most rows of a file that hold something."""
MOST_COLUMNS: Final = 500
"""The most columns that are looked at."""

_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED: Final = "EncryptedPackage".encode("utf-16-le")
_EPOCH_1904: Final = date(1904, 1, 1)
_FILLED: Final = re.compile(rb"""\br\s*=\s*["']([A-Z]{1,3})([0-9]{1,7})["'][^>/]*>""")
_FORMULA: Final = re.compile(
    rb"""<(?:\w+:)?c\s[^>]*?\br\s*=\s*["']([A-Z]{1,3})([0-9]{1,7})["'][^>]*>\s*<(?:\w+:)?f[\s/>]"""
)
_ELEMENT: Final = re.compile(r"<(?:\w+:)?(sheet|Relationship)\s([^>]*)>")
_ATTRIBUTE: Final = re.compile(r"""([\w:]+)\s*=\s*(?:"([^"]*)"|'([^']*)')""")
_1904: Final = re.compile(r"""date1904\s*=\s*["'](?:1|true|on)["']""")
_CHUNK: Final = 1024 * 1024


@dataclass(slots=True)
class _Part:
    """What a sheet's XML says that calamine doesn't: how far it goes, which cells hold formulas, what is hidden."""

    rows: int = 0
    columns: int = 0
    formulas: set[tuple[int, int]] = field(default_factory=set)
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()


def read_xlsx(data: bytes, name: str) -> Book:
    """Return the sheets of a workbook.

    Raises ProblemError: E450 it can't be read, E451 it is protected by a password, E452 it is of another format, E453
    it would unpack to more than a limit, E454 it has too many rows, or a cell far outside.
    """
    if data.startswith(_OLE):
        raise _fault("E451" if _ENCRYPTED in data else "E452", name)
    if not data.startswith(b"PK"):
        raise _fault("E452", name)
    parts = _unpacked(data, name)
    sheets = _sheet_parts(parts)
    book = _text(parts.get("xl/workbook.xml", b""))
    with uncollected():
        looked = {sheet: _looked_through(parts.get(part, b"")) for sheet, part in sheets.items()}
    del parts
    for sheet, part in looked.items():
        if part.rows * part.columns > MOST_CELLS:
            cell = f"{letters(part.columns - 1)}{part.rows}"
            raise ProblemError(
                Problem("E454", place(name, sheet, part.rows, part.columns - 1), {"cell": cell})
            )
    try:
        with CalamineWorkbook.from_filelike(BytesIO(data)) as workbook, uncollected():
            return Book(
                name,
                tuple(_sheets(workbook, name, looked)),
                _EPOCH_1904 if _1904.search(book) else EPOCH,
            )
    except PasswordError:
        raise _fault("E451", name) from None
    except (CalamineError, OSError, ValueError, LookupError):
        raise _fault("E450", name) from None


def _fault(code: str, name: str, **values: str | int) -> ProblemError:
    return ProblemError(Problem(code, place(name, "", 0), values))


def _unpacked(data: bytes, name: str) -> dict[str, bytes]:
    """Return the XML parts; the sizes that the file names aren't believed."""
    kept: dict[str, bytes] = {}
    left = UNPACKED
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            infos = archive.infolist()
            if len(infos) > MOST_PARTS or sum(info.file_size for info in infos) > UNPACKED:
                raise _fault("E453", name, limit=UNPACKED // _CHUNK)
            for info in infos:
                if info.flag_bits & 1:
                    raise _fault("E451", name)
                with archive.open(info) as part:
                    content = bytearray()
                    while chunk := part.read(_CHUNK):
                        left -= len(chunk)
                        if left < 0:
                            raise _fault("E453", name, limit=UNPACKED // _CHUNK)
                        content += chunk
                if info.filename.endswith((".xml", ".rels")):
                    kept[info.filename.lstrip("/")] = bytes(content)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, ValueError):
        raise _fault("E450", name) from None
    if "xl/workbook.xml" not in kept:
        raise _fault("E452", name)
    return kept


def _text(part: bytes) -> str:
    return part.decode("utf-8", errors="replace")


def _sheet_parts(parts: Mapping[str, bytes]) -> dict[str, str]:
    """Return the part of each sheet by the sheet's name."""
    targets: dict[str, str] = {}
    for attributes in _elements(parts.get("xl/_rels/workbook.xml.rels", b""), "Relationship"):
        target = attributes.get("Target", "")
        targets[attributes.get("Id", "")] = (
            target.lstrip("/") if target.startswith("/") else f"xl/{target.removeprefix('./')}"
        )
    return {
        attributes.get("name", ""): targets.get(attributes.get("r:id", ""), "")
        for attributes in _elements(parts["xl/workbook.xml"], "sheet")
    }


def _elements(part: bytes, wanted: str) -> Iterator[dict[str, str]]:
    for kind, attributes in _ELEMENT.findall(_text(part)):
        if kind == wanted:
            pairs = _ATTRIBUTE.findall(attributes)
            found = {key: unescape(double or single) for key, double, single in pairs}
            # Whatever its prefix is, the relation's id is the only attribute that ends so.
            yield {("r:id" if key.endswith(":id") else key): value for key, value in found.items()}


def _looked_through(part: bytes) -> _Part:
    found = _Part(hidden_rows=hidden_rows(part), hidden_columns=hidden_columns(part, MOST_COLUMNS))
    columns: set[bytes] = set()
    for column, row in _FILLED.findall(part):
        columns.add(column)
        found.rows = max(found.rows, int(row))
    found.columns = max(map(_column, columns), default=-1) + 1
    if b"<f" in part or b":f" in part:
        found.formulas = {(int(row), _column(column)) for column, row in _FORMULA.findall(part)}
    return found


def _column(name: bytes) -> int:
    """Return the number of a column, counted from 0."""
    number = 0
    for letter in name:
        number = number * 26 + letter - 64
    return number - 1


def _sheets(workbook: CalamineWorkbook, name: str, looked: Mapping[str, _Part]) -> Iterator[Sheet]:
    left = MOST_ROWS
    for meta in workbook.sheets_metadata:
        if meta.typ is not SheetTypeEnum.WorkSheet:
            continue
        hidden = meta.visible is not SheetVisibleEnum.Visible
        rows: list[Row] = []
        sheet = workbook.get_sheet_by_name(meta.name)
        part = looked.get(meta.name, _Part())
        for row in _rows(sheet, part.formulas):
            left -= 1
            if left < 0:
                raise ProblemError(Problem("E455", place(name, meta.name, row.number), {"limit": MOST_ROWS}))
            rows.append(row)
        unseen = tuple(row.number for row in rows if row.number in part.hidden_rows)
        yield Sheet(meta.name, rows, hidden, unseen, tuple(sorted(part.hidden_columns)))


def _rows(sheet: CalamineSheet, formulas: set[tuple[int, int]]) -> Iterator[Row]:
    """Yield the rows that hold something. A merged cell's value stands, in doubt, in each of its cells."""
    merged: dict[int, list[tuple[int, int, int, int]]] = {}
    for (top, left), (bottom, right) in sheet.merged_cell_ranges or ():
        for row in range(top, min(bottom, top + MOST_ROWS) + 1):
            merged.setdefault(row, []).append((top, left, bottom, right))
    by_row: dict[int, list[int]] = {}
    for row, column in formulas:
        by_row.setdefault(row, []).append(column)
    firsts: dict[tuple[int, int], CellValue] = {}
    before: list[CellValue] = [None] * (
        sheet.start[1] if sheet.start else 0
    )  # a row starts at the first used column
    for index, cells in enumerate(sheet.iter_rows()):
        number = index + 1
        # calamine's values are those of cells; inline, since a list has a hundred thousand of them
        read = [(cell.strip() or None) if cell.__class__ is str else cell for cell in cells]
        values: list[CellValue] = [*before, *read][:MOST_COLUMNS]
        own = values.count(None) < len(values)
        doubts: dict[int, Doubt] = dict.fromkeys(by_row.get(number, ()), Doubt.FORMULA)
        for top, left, _, right in merged.get(index, ()) if own else ():
            if top == index and left < len(values):
                firsts[top, left] = values[left]
            for column in range(left, min(right + 1, len(values))):
                if (index, column) != (top, left) and (top, left) in firsts:
                    values[column] = firsts[top, left]
                    doubts[column] = Doubt.MERGED
        if own or doubts:
            yield Row(number, tuple(values), doubts)

"""Reading csv as offices have it: UTF-8, UTF-16 or GB18030, separated by commas, semicolons, tabs or bars."""

import codecs
import csv
from collections.abc import Iterator
from typing import Final

from app.domain.problem import Problem, ProblemError
from app.exchange.xlsx import LARGEST, MOST_COLUMNS, MOST_ROWS
from app.services.csv_cells import unguarded
from app.services.workbooks.workbook import Book, Doubt, Row, Sheet, place

_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SEPARATORS: Final = ",;\t|，；"
_SAMPLE: Final = 20
"""How many lines are looked at to tell what separates."""


def read_csv(data: bytes, name: str) -> Book:
    """Return the only sheet of a csv file. A line in another encoding than the rest is read and in doubt.

    Raises ProblemError: E450 binary data, E453 too large, E455 too many rows, E456 a line in no known encoding, E457 a
    quotation mark that isn't closed.
    """
    if len(data) > LARGEST:
        raise ProblemError(Problem("E453", place(name, "", 0), {"limit": LARGEST // 1024 // 1024}))
    lines, doubtful = _decoded(data, name)
    if any("\x00" in line for line in lines):
        raise ProblemError(Problem("E450", place(name, "", 0)))
    return Book(name, (Sheet("", list(_rows(lines, doubtful, name))),))


def _decoded(data: bytes, name: str) -> tuple[list[str], frozenset[int]]:
    """Return the lines, and the numbers (from 1) of those that aren't in the encoding of the rest."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            if encoding != "utf-8":
                return _whole(data[len(mark) :], encoding, name), frozenset()
            data = data[len(mark) :]
    pairs = {data[at : at + 2] for at in range(0, min(len(data), 8192), 2)}
    for end, encoding in ((b"\n\x00", "utf-16-le"), (b"\x00\n", "utf-16-be")):
        if end in pairs:  # without a mark, the ends of lines tell
            return _whole(data, encoding, name), frozenset()
    return _by_line(data.splitlines(keepends=True), name)


def _whole(data: bytes, encoding: str, name: str) -> list[str]:
    try:
        return data.decode(encoding).splitlines(keepends=True)
    except UnicodeDecodeError as fault:
        number = data[: fault.start].decode(encoding, errors="replace").count("\n") + 1
        raise ProblemError(Problem("E456", place(name, "", number))) from None


def _by_line(lines: list[bytes], name: str) -> tuple[list[str], frozenset[int]]:
    """Decode line by line: a file put together from two has lines of both."""
    found: list[str] = []
    other: list[int] = []
    telling = 0
    for number, line in enumerate(lines, 1):
        telling += not line.isascii()
        try:
            found.append(line.decode())
        except UnicodeDecodeError:
            try:
                found.append(line.decode("gb18030"))
            except UnicodeDecodeError:
                raise ProblemError(Problem("E456", place(name, "", number))) from None
            other.append(number)
    if len(other) * 2 < telling:
        return found, frozenset(other)
    try:  # mostly GB18030: a short line of it can look like UTF-8
        return [line.decode("gb18030") for line in lines], frozenset()
    except UnicodeDecodeError:
        utf8 = frozenset(n for n, line in enumerate(lines, 1) if not line.isascii()) - frozenset(other)
        return found, utf8


def _separator(lines: list[str]) -> str:
    """Return the character that stands in the most of the first lines, most often; a comma when none does."""
    sample = [_outside_quotes(line) for line in lines[:_SAMPLE] if line.strip()]
    scores = {
        one: (sum(one in line for line in sample), sum(line.count(one) for line in sample))
        for one in _SEPARATORS
    }
    best = max(_SEPARATORS, key=lambda one: scores[one])
    return best if scores[best][0] else ","


def _outside_quotes(line: str) -> str:
    return "".join(line.split('"')[::2])


def _rows(lines: list[str], doubtful: frozenset[int], name: str) -> Iterator[Row]:
    csv.field_size_limit(LARGEST)
    reader = csv.reader(lines, delimiter=_separator(lines), strict=True)
    first = 1
    left = MOST_ROWS
    try:
        for cells in reader:
            values = tuple(_bare(cell) for cell in cells[:MOST_COLUMNS])
            if any(value is not None for value in values):
                left -= 1
                if left < 0:
                    raise ProblemError(Problem("E455", place(name, "", first), {"limit": MOST_ROWS}))
                strange = bool(doubtful) and not doubtful.isdisjoint(range(first, reader.line_num + 1))
                columns = [at for at, value in enumerate(values) if value and not value.isascii()]
                yield Row(first, values, dict.fromkeys(columns, Doubt.ENCODING) if strange else {})
            first = reader.line_num + 1
    except csv.Error:
        raise ProblemError(Problem("E457", place(name, "", first))) from None


def _bare(cell: str) -> str | None:
    """Return a cell without blanks around it, and without the guard that keeps text from being a formula."""
    return unguarded(cell.strip()).strip() or None

"""Workbooks and csv files as they were read: sheets, rows and cells, each with its address."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Final

from app.domain.problem import Where

CellValue = str | int | float | bool | date | datetime | time | timedelta | None
"""What a cell holds; None for an empty one. Text has no blanks around it."""

EPOCH: Final = date(1899, 12, 30)
"""The day of serial number 0, as Excel counts since March 1900."""

_LETTERS: Final = 26


class Doubt(StrEnum):
    """Why a cell's value is only a proposal that somebody has to look at."""

    FORMULA = "formula"
    """The value that a formula last gave."""
    MERGED = "merged"
    """The value of the merged cell that the cell is a part of."""
    ENCODING = "encoding"
    """Text of a line in another encoding than the rest of its file."""


@dataclass(frozen=True, slots=True)
class Row:
    """A row: its number, counted from 1 as the program shows it, and its cells from column A on.

    `doubts` holds, by column counted from 0, what is only a proposal.
    """

    number: int
    values: tuple[CellValue, ...]
    doubts: Mapping[int, Doubt] = field(default_factory=dict)

    def value(self, column: int) -> CellValue:
        """Return the value in a column counted from 0; None beyond the last one."""
        return self.values[column] if column < len(self.values) else None


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet with its rows that aren't empty, in their order; the only one of a csv file has no name.

    `hidden_rows` are the numbers of those rows that its program doesn't show, `hidden_columns` counted from 0.
    """

    name: str
    rows: Sequence[Row]
    hidden: bool = False
    hidden_rows: tuple[int, ...] = ()
    hidden_columns: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Book:
    """A file: its name, its sheets, and the day of the serial number 0."""

    name: str
    sheets: tuple[Sheet, ...]
    epoch: date = EPOCH


def letters(column: int) -> str:
    """Return the letters of a column counted from 0: A, B, …, Z, AA."""
    found = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, _LETTERS)
        found = chr(ord("A") + rest) + found
    return found


def place(book: str, sheet: str, row: int, column: int | None = None) -> Where:
    """Return where a cell is: `book.xlsx 3号楼!C7`; without a column the row, `book.xlsx 3号楼!7`."""
    cell = f"{'' if column is None else letters(column)}{row or ''}"
    return Where(f"{book} {sheet}".strip() + (f"!{cell}" if cell else ""))

"""Reading a list, whatever its file is called."""

from pathlib import PurePath
from typing import Final

from app.exchange.separated import read_csv
from app.exchange.xlsx import read_xlsx
from app.services.workbooks.workbook import Book

SEPARATED: Final = (".csv", ".txt", ".tsv")


def read_list(data: bytes, name: str) -> Book:
    """Return a file as it was read, by what it is called. Raises ProblemError E450 to E457."""
    return (read_csv if PurePath(name).suffix.lower() in SEPARATED else read_xlsx)(data, name)

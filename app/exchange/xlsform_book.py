"""Workbooks of XLSForm, written and read; what a form's file says from what one asks."""

import io
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, BinaryIO, Final

from xlsxwriter import Workbook

from app.domain.field_type import FieldTypes
from app.domain.kinds.common import Texts
from app.exchange.returned import OPTIONS
from app.exchange.xlsform import Asked, Row, Sheets, questions_of, texts_in
from app.services.workbooks.workbook import Book

_FIRST: Final = ("type", "list_name", "name")
"""The columns that XLSForm's tools want first."""


def write_xlsform(sheets: Sheets, form: str, title: Texts, stream: BinaryIO) -> None:
    """Write the workbook: `survey`, `choices`, and `settings` with the form's id and title."""
    made = io.BytesIO()
    book = Workbook(made, OPTIONS)
    head = book.add_format({"bold": True})
    settings = {"form_id": form, "form_title": next(iter(title.values()), form), "default_language": "zh"}
    for name, rows in (("survey", sheets.survey), ("choices", sheets.choices), ("settings", (settings,))):
        sheet = book.add_worksheet(name)
        columns = sorted({key: None for row in rows for key in row}, key=lambda key: key not in _FIRST)
        for column, key in enumerate(columns):
            sheet.write_string(0, column, key, head)
            sheet.set_column(column, column, 20)
            for number, row in enumerate(rows, 1):
                if row.get(key):
                    sheet.write_string(number, column, row[key])
        sheet.freeze_panes(1, 0)
    book.close()
    stream.write(made.getvalue())


def form_data(book: Book, form: str, types: FieldTypes) -> tuple[dict[str, Any], tuple[str, ...]]:
    """Return what the file of a form says from a workbook of XLSForm, and the questions whose type there isn't here.

    Conditions, constraints and calculations are XPath there and stay behind: they are written anew.
    """
    rows = {sheet.name.casefold(): list(_rows(book, sheet.name)) for sheet in book.sheets}
    survey = [row for row in rows.get("survey", []) if row.get("type") and row.get("name", row["type"])]
    asked = {one.id: one for one in questions_of(survey, rows.get("choices", []), types)}
    unknown: list[str] = []
    fields = _fields(iter(survey), asked, unknown, "")
    title = next((row["form_title"] for row in rows.get("settings", []) if row.get("form_title")), "")
    return {"form": form, **({"title": {"zh": title}} if title else {}), "fields": fields}, tuple(unknown)


def _rows(book: Book, name: str) -> Iterator[Row]:
    """Yield the rows of a sheet by the words of its first one; what isn't text is written as Excel shows it."""
    sheet = next(sheet for sheet in book.sheets if sheet.name == name)
    if not sheet.rows:
        return
    head, *others = sheet.rows
    columns = [str(value or "").strip() for value in head.values]
    for row in others:
        yield {
            key: _shown(row.value(at)) for at, key in enumerate(columns) if key and row.value(at) is not None
        }


def _shown(value: object) -> str:
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)


def _fields(
    rows: Iterator[Row], asked: Mapping[str, Asked], unknown: list[str], end: str
) -> dict[str, dict[str, Any]]:
    """Return the questions until a row of type `end`, sections with what stands in them."""
    found: dict[str, dict[str, Any]] = {}
    for row in rows:
        word = row["type"].replace(" ", "_")
        if word == end:
            break
        name = row.get("name", "")
        if word == "begin_group":
            inner = _fields(rows, asked, unknown, "end_group")
            found[name] = {"type": "group", **_titled(texts_in("label", row)), "fields": inner}
            continue
        if word == "begin_repeat":
            for _ in _until(rows, "end_repeat"):
                pass
        one = asked.get(name)
        if one is None:
            continue
        if one.type is None:
            unknown.append(name)
        else:
            found[name] = _field(one, unknown)
    return found


def _until(rows: Iterator[Row], end: str) -> Iterator[Row]:
    for row in rows:
        if row["type"].replace(" ", "_") == end:
            return
        yield row


def _field(one: Asked, unknown: list[str]) -> dict[str, Any]:
    found: dict[str, Any] = {"type": one.type, **_titled(one.title)}
    if one.hint:
        found["hint"] = dict(one.hint)
    if one.required:
        found["required"] = "true"
    if one.read_only:
        found["read_only"] = "true"
    if one.choices:
        found["from"] = {key: dict(texts) or {"zh": key} for key, texts in one.choices.items()}
    if one.to:
        found["to"] = one.to
    if one.options:
        found["options"] = dict(one.options)
    if one.columns:
        if one.most is not None:
            found["between"] = [str(one.least), str(one.most)]
        found["fields"] = _columns(one.columns, unknown)
    return found


def _columns(columns: Sequence[Asked], unknown: list[str]) -> dict[str, dict[str, Any]]:
    unknown.extend(one.id for one in columns if one.type is None)
    return {one.id: _field(one, unknown) for one in columns if one.type is not None}


def _titled(title: Texts) -> dict[str, Any]:
    return {"title": dict(title)} if title else {}

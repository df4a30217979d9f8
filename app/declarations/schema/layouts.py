"""Printed lists."""

from typing import Annotated

from pydantic import Tag

from app.declarations.schema.base import (
    BY_SHAPE,
    MAP,
    SCALAR,
    ColumnId,
    FormId,
    Id,
    Integer,
    Model,
    TextIn,
)
from app.declarations.schema.common import Titled


class LayoutColumn(Model):
    """A column: a field of the form, or `at`, `by`, `subject`, `place`; `width` is its share of the line."""

    column: ColumnId
    title: TextIn = {}
    width: Integer = 1


LayoutColumnIn = Annotated[Annotated[ColumnId, Tag(SCALAR)] | Annotated[LayoutColumn, Tag(MAP)], BY_SHAPE]


class LayoutFile(Titled):
    """How a form's register, or its entries, are printed: columns, headings, blocks to sign."""

    layout: Id
    form: FormId
    columns: list[LayoutColumnIn]
    signatures: list[TextIn] = []
    print: Id | None = None

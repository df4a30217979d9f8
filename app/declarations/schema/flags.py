"""Flags: entries that a person should look at."""

from pydantic import Field

from app.declarations.schema.base import ColumnId, Id, ListOf, Text
from app.declarations.schema.common import SourceIn, Titled
from app.declarations.schema.figures_in import Given


class FlagFile(Titled):
    """A check of plausibility over the entries of forms. It is never a score's business."""

    flag: Id
    of: ListOf[SourceIn]
    check: Text
    given: dict[Id, Given] = Field({}, alias="with")
    fields: ListOf[ColumnId] = []
    apart: ListOf[ColumnId] = []

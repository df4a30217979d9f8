"""Headings, sources, what a definition has a row for, rounding."""

from typing import Annotated

from pydantic import Field, Tag

from app.declarations.schema.base import (
    BY_SHAPE,
    LIST,
    MAP,
    SCALAR,
    Boolean,
    Condition,
    Day,
    Id,
    ListOf,
    Model,
    Number,
    Text,
    TextIn,
    one_of,
)


class ClauseIn(Model):
    """The text of the regulation that a definition carries."""

    doc: Text
    ref: Text = ""
    text: Text = ""
    items: list[Text] = []


class InForce(Model):
    """When a definition holds: `from` included, `until` not."""

    since: Day | None = Field(None, alias="from")
    until: Day | None = None


class OpenIn(Model):
    """What lower levels may do with the definition as a whole."""

    off: Boolean = False


class Titled(Model):
    """What every kind may say of itself."""

    title: TextIn = {}
    clause: ClauseIn | None = None
    in_force: InForce | None = None
    open: OpenIn | None = None
    notes: TextIn = {}


class SourceMap(Model):
    """Rows of a table, filtered and extended. One of `form` and `table` is given; they mean the same."""

    form: Id | None = None
    table: Id | None = None
    where: Condition = None
    columns: dict[Id, Condition] = Field({}, alias="set")
    link: Id | None = None


SourceIn = Annotated[Annotated[Id, Tag(SCALAR)] | Annotated[SourceMap, Tag(MAP)], BY_SHAPE]
EachIn = Annotated[Annotated[Text, Tag(SCALAR)] | Annotated[SourceMap, Tag(MAP)], BY_SHAPE]
"""A subject, `role x`, `post x`, a place level, a table's id, or a source."""

PerIn = Annotated[
    Annotated[Text, Tag(SCALAR)] | Annotated[list[Text], Tag(LIST)] | Annotated[SourceMap, Tag(MAP)], BY_SHAPE
]


class RoundIn(Model):
    """Rounding to a multiple."""

    to: Number
    half: Annotated[str, one_of("up", "down", "even")] = "up"


IdList = ListOf[Id]

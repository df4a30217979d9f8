"""What a form says of the register that it describes: what makes two records one, and what a good record is."""

from typing import Annotated

from pydantic import Tag

from app.declarations.schema.base import (
    BY_SHAPE,
    LIST,
    MAP,
    SCALAR,
    FieldId,
    ListOf,
    Model,
    TextIn,
)
from app.declarations.schema.common import SourceIn
from app.declarations.schema.figures_in import EveryIn, Long


class SameMap(Model):
    """Two records are proposed as one when the answers of `same` are equal and those of `alike` nearly so."""

    same: ListOf[FieldId]
    alike: ListOf[FieldId] = []
    title: TextIn = {}


SameIn = Annotated[
    Annotated[FieldId, Tag(SCALAR)] | Annotated[list[FieldId], Tag(LIST)] | Annotated[SameMap, Tag(MAP)],
    BY_SHAPE,
]


class FreshIn(Model):
    """For how long a record is fresh, and which entries about the subject confirm it beside its own."""

    within: Long
    confirmed_by: ListOf[SourceIn] = []


class QualityIn(Model):
    """What is wanted of a register, looked at as each window of `every` ends."""

    every: EveryIn = "month"
    known: ListOf[FieldId] = []
    fresh: FreshIn | None = None

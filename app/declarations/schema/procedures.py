"""Procedures: states, and the steps between them."""

from typing import Annotated

from pydantic import Field, Tag

from app.declarations.schema.base import (
    BY_SHAPE,
    LIST,
    MAP,
    ColumnId,
    Condition,
    DutyId,
    FieldId,
    FormId,
    Id,
    ListOf,
    Model,
    RoleId,
    StateId,
    TextIn,
)
from app.declarations.schema.common import Titled


class MoveIn(Model):
    """A step: from which states to which, by an entry of which form, made by whom."""

    from_states: ListOf[StateId] = Field(alias="from")
    to: StateId
    form: FormId
    where: Condition = None
    needs: Condition = None
    by: ListOf[RoleId] = []
    link: ColumnId | None = None
    title: TextIn = {}


class RouteIn(Model):
    """Which post handles a matter, by a choice of its form."""

    of: FieldId
    to: dict[Id, RoleId]


class StandInIn(Model):
    """Who handles while somebody is away."""

    during: FormId
    role: RoleId


class ProcedureFile(Titled):
    """The states that a matter passes through; it begins in the first."""

    procedure: Id
    matter: FormId
    states: Annotated[Annotated[list[Id], Tag(LIST)] | Annotated[dict[Id, TextIn], Tag(MAP)], BY_SHAPE]
    steps: dict[Id, MoveIn]
    limits: ListOf[DutyId] = []
    route: RouteIn | None = None
    stand_in: StandInIn | None = None

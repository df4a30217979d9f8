"""Procedures: states, and the steps between them."""

from typing import Annotated

from pydantic import Field, Tag

from app.declarations.schema.base import BY_SHAPE, LIST, MAP, Condition, Id, ListOf, Model, TextIn
from app.declarations.schema.common import Titled


class MoveIn(Model):
    """A step: from which states to which, by an entry of which form, made by whom."""

    from_states: ListOf[Id] = Field(alias="from")
    to: Id
    form: Id
    where: Condition = None
    needs: Condition = None
    by: ListOf[Id] = []
    link: Id | None = None
    title: TextIn = {}


class RouteIn(Model):
    """Which post handles a matter, by a choice of its form."""

    of: Id
    to: dict[Id, Id]


class StandInIn(Model):
    """Who handles while somebody is away."""

    during: Id
    role: Id


class ProcedureFile(Titled):
    """The states that a matter passes through; it begins in the first."""

    procedure: Id
    matter: Id
    states: Annotated[Annotated[list[Id], Tag(LIST)] | Annotated[dict[Id, TextIn], Tag(MAP)], BY_SHAPE]
    steps: dict[Id, MoveIn]
    limits: ListOf[Id] = []
    route: RouteIn | None = None
    stand_in: StandInIn | None = None

"""Cases: the tests of a regulation, in its own words."""

from typing import Annotated, Any

from pydantic import Tag

from app.declarations.schema.base import BY_SHAPE, MAP, SCALAR, Id, Model, Text
from app.declarations.schema.common import ClauseIn


class CasePlace(Model):
    """A place of a case with facts of its own, as a place's file tells them."""

    level: Id
    profile: dict[Id, Any] = {}


class CaseIn(Model):
    """One case. `given` are entries with their answers flat; `expect` are rows of tables."""

    case: Text
    as_of: Text
    period: Text
    clause: ClauseIn | None = None
    places: dict[Text, Annotated[Annotated[Id, Tag(SCALAR)] | Annotated[CasePlace, Tag(MAP)], BY_SHAPE]] = {}
    given: list[dict[str, Any]] = []
    expect: list[dict[str, Any]]


class CaseFile(Model):
    """A file of several cases; `clause` is that of all of them."""

    clause: ClauseIn | None = None
    cases: list[CaseIn]

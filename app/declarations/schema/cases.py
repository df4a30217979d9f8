"""Cases: the tests of a regulation, in its own words."""

from typing import Annotated, Any

from pydantic import Tag

from app.declarations.schema.base import BY_SHAPE, MAP, SCALAR, Id, Model, Text, TextIn
from app.declarations.schema.common import ClauseIn


class CasePlace(Model):
    """A place of a case with facts of its own, as a place's file tells them."""

    level: Id
    profile: dict[Id, Any] = {}


class CaseIn(Model):
    """One case. `given` are entries with their answers flat; `expect` are rows of tables.

    `case` is the name by which it is found; `title` is what readers are told, in their languages.
    """

    case: Text
    title: TextIn = {}
    as_of: Text
    period: Text
    clause: ClauseIn | None = None
    places: dict[Text, Annotated[Annotated[Id, Tag(SCALAR)] | Annotated[CasePlace, Tag(MAP)], BY_SHAPE]] = {}
    given: list[dict[str, Any]] = []
    expect: list[dict[str, Any]]

    @property
    def called(self) -> dict[str, str]:
        """What readers are told: the title, else the name as a text in the source language."""
        return self.title or {"zh": self.case}


class CaseFile(Model):
    """A file of several cases; `clause` is that of all of them."""

    clause: ClauseIn | None = None
    cases: list[CaseIn]

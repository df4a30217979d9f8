"""Cases: the tests of a regulation, in its own words."""

from typing import Any

from app.declarations.schema.base import Id, Model, Text
from app.declarations.schema.common import ClauseIn


class CaseIn(Model):
    """One case. `given` are entries with their answers flat; `expect` are rows of tables."""

    case: Text
    as_of: Text
    period: Text
    clause: ClauseIn | None = None
    places: dict[Text, Id] = {}
    given: list[dict[str, Any]] = []
    expect: list[dict[str, Any]]


class CaseFile(Model):
    """A file of several cases; `clause` is that of all of them."""

    clause: ClauseIn | None = None
    cases: list[CaseIn]

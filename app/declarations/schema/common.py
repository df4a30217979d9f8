"""Headings, sources, what a definition has a row for, rounding."""

from typing import Annotated, Any

from pydantic import AfterValidator, Field, Tag, ValidationInfo, WithJsonSchema, model_validator
from pydantic_core import PydanticCustomError

from app.declarations import scalars
from app.declarations.located import LocatedMap
from app.declarations.schema.base import (
    BY_SHAPE,
    LIST,
    MAP,
    SCALAR,
    Boolean,
    ColumnId,
    Condition,
    Day,
    EachText,
    Expression,
    FormId,
    Id,
    ItemName,
    ListOf,
    Model,
    Number,
    TableId,
    Text,
    TextIn,
    named,
    noted,
    one_of,
)
from app.services.drafting.described import Named


class ClauseIn(Model):
    """The text of the regulation that a definition carries."""

    doc: Annotated[Text, named(Named.DOCUMENT)]
    ref: Text = ""
    text: Text = ""
    items: list[ItemName] = []


class InForce(Model):
    """When a definition holds: `from` included, `until` not."""

    since: Day | None = Field(None, alias="from")
    until: Day | None = None

    @model_validator(mode="before")
    @classmethod
    def _note_ends_before(cls, data: Any, info: ValidationInfo) -> Any:
        """Note an end that isn't after the beginning; a day that can't be read is a fault of its own."""
        if isinstance(data, LocatedMap) and {"from", "until"} <= data.keys():
            try:
                since, until = scalars.parse_date(data["from"]), scalars.parse_date(data["until"])
            except scalars.ScalarError:
                return data
            if until <= since:
                noted(info).wrong("ends_before", data.value_places["until"], "until")
        return data


class OpenIn(Model):
    """What lower levels may do with the definition as a whole."""

    off: Boolean = False


def _reasons(value: object) -> object:
    """Let one reason stand for the whole file, or one for each part by its path; each must say something."""
    reasons = list(value.values()) if isinstance(value, dict) else [value]
    if not reasons or not all(isinstance(reason, str) and reason.strip() for reason in reasons):
        raise PydanticCustomError("missing", "missing", {"name": "why"})
    return value


Acknowledged = Annotated[
    Any,
    AfterValidator(_reasons),
    WithJsonSchema(
        {
            "description": "Why a warning (W…) is no fault here: for the whole file, or for each path of ids in it.",
            "anyOf": [
                {"type": "string", "minLength": 1},
                {
                    "type": "object",
                    "additionalProperties": {"type": "string", "minLength": 1},
                    "minProperties": 1,
                },
            ],
        }
    ),
]


class Titled(Model):
    """What every kind may say of itself."""

    planned = frozenset(["versions"])

    title: TextIn = {}
    clause: ClauseIn | None = None
    in_force: InForce | None = None
    open: OpenIn | None = None
    notes: TextIn = {}
    acknowledged: dict[Text, Acknowledged] = {}


def _mapping(value: object) -> object:
    if not isinstance(value, LocatedMap):
        raise PydanticCustomError("expected", "expected", {"expected": "mapping"})
    return value


class Versioned(Titled):
    """What a kind may say of which the shape changes: the definitions that follow the one at the top of the file.

    Each is a whole one of the same kind, and is read as a file of its own (app.declarations.versions).
    """

    versions: dict[Id, Annotated[Any, AfterValidator(_mapping), WithJsonSchema({"type": "object"})]] = {}


class GoingOn(Versioned):
    """What a kind may say of which runs can go on from one version to the next: counts, rolling windows."""

    goes_on: Boolean = False


class SourceMap(Model):
    """Rows of a table, filtered and extended. One of `form` and `table` is given; they mean the same."""

    form: FormId | None = None
    table: Annotated[Text, named(Named.TABLE)] | None = None
    where: Condition = None
    columns: dict[Id, Condition] = Field({}, alias="set")
    link: ColumnId | None = None


SourceIn = Annotated[Annotated[TableId, Tag(SCALAR)] | Annotated[SourceMap, Tag(MAP)], BY_SHAPE]
EachIn = Annotated[Annotated[EachText, Tag(SCALAR)] | Annotated[SourceMap, Tag(MAP)], BY_SHAPE]
"""A subject, `role x`, `post x`, a place level, a table's id, or a source."""

PerIn = Annotated[
    Annotated[EachText, Tag(SCALAR)] | Annotated[list[EachText], Tag(LIST)] | Annotated[SourceMap, Tag(MAP)],
    BY_SHAPE,
]


class CorrectedMap(SourceMap):
    """Rows that change points afterwards.

    `item` names what they change, as `sheet/section/item` or `appraisal/part`, `add` says by how much.
    """

    item: ColumnId
    add: Expression
    title: TextIn = {}


class RoundIn(Model):
    """Rounding to a multiple."""

    to: Number
    half: Annotated[str, one_of("up", "down", "even")] = "up"


IdList = ListOf[Id]

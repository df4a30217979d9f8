"""Forms and classes."""

from typing import Annotated, Any

from pydantic import BeforeValidator, Field, Tag, WithJsonSchema

from app.declarations.located import LocatedList, LocatedMap
from app.declarations.schema.base import (
    BY_SHAPE,
    LIST,
    MAP,
    Boolean,
    Condition,
    Expression,
    FieldId,
    Id,
    Integer,
    ListOf,
    Model,
    Number,
    RoleId,
    SubjectId,
    Text,
    TextIn,
    named,
    one_of,
)
from app.declarations.schema.common import IdList, InForce, Versioned
from app.declarations.schema.registers import QualityIn, SameIn
from app.domain.problem import Where
from app.services.drafting.described import Named, Short


class ChoiceIn(Model):
    """An answer that can be picked; with `where` only while that holds of the other answers."""

    title: TextIn = {}
    retired: Boolean = False
    where: Condition = None
    in_force: InForce | None = None


_KEYS = {"title", "retired", "where", "in_force"}


def _choice(value: Any) -> Any:
    """Let `home: {zh: 入户, en: At home}` and `home: At home` stand for a choice with that title."""
    if not isinstance(value, str | LocatedMap) or (isinstance(value, LocatedMap) and _KEYS & value.keys()):
        return value
    where = value.where if isinstance(value, LocatedMap) else Where("")
    found = LocatedMap(where)
    if value:
        found.put("title", value, where, where)
    return found


Choices = Annotated[
    Annotated[list[Id], Tag(LIST)]
    | Annotated[
        dict[
            Id,
            Annotated[
                ChoiceIn,
                Short("title"),
                BeforeValidator(_choice),
                WithJsonSchema({"anyOf": [{"type": "string"}, {"type": "object"}]}),
            ],
        ],
        Tag(MAP),
    ],
    BY_SHAPE,
]


class ConstraintIn(Model):
    """A condition that must hold (of what fits `when`), and what to tell the person if it doesn't."""

    require: Condition
    when: Condition = None
    message: TextIn = {}


def _pair(value: Any) -> Any:
    if isinstance(value, LocatedList) and len(value) != 2:  # noqa: PLR2004 -- a pair has two members
        return None
    return value


Between = Annotated[list[Number], BeforeValidator(_pair)]


class TotalIn(Model):
    """What is worked out over a repeat's rows: `count: true`, or one other word with the column."""

    title: TextIn = {}
    hint: TextIn = {}
    unit: TextIn = {}
    count: Boolean = False
    sum: FieldId | None = None
    average: FieldId | None = None
    min: FieldId | None = None
    max: FieldId | None = None
    distinct: FieldId | None = None
    where: Condition = None


TOTALS = ("sum", "average", "min", "max", "distinct")


class FieldIn(Model):
    """A question of a form; of type `group` a section of it, of type `repeat` rows of questions."""

    type: Annotated[Text, named(Named.FIELD_TYPE)]
    title: TextIn = {}
    hint: TextIn = {}
    required: Boolean = False
    sensitive: Boolean = False
    sensitive_for: ListOf[RoleId] = []
    choices: Choices | None = Field(None, alias="from")
    to: Annotated[Id, named(Named.REFERENCE)] | None = None
    ordered: Boolean = False
    currency: Text | None = None
    between: Between | None = None
    at_least: Number | None = None
    at_most: Number | None = None
    max_length: Integer | None = None
    constraint: ConstraintIn | None = None
    constraints: dict[Id, ConstraintIn] = {}
    relevant: Condition = None
    when_hidden: Annotated[str, one_of("clear", "keep")] | None = None
    calculation: Expression | None = None
    default: Text | None = None
    read_only: Boolean = False
    carry_over: Boolean | None = None
    unit: TextIn = {}
    options: dict[Text, Any] = {}
    where: Condition = None
    fields: dict[Id, "FieldIn"] = {}
    totals: dict[Id, TotalIn] = {}
    folded: Boolean = False
    was: IdList = []
    in_force: InForce | None = None


class FormFile(Versioned):
    """A form: its entries are rows of the table of its name."""

    form: Id
    fields: dict[Id, FieldIn]
    describes: SubjectId | None = None
    about: SubjectId | None = None
    several: Boolean = False
    ends: FieldId | None = None
    span: list[FieldId] | None = None
    once_per: list[Annotated[Id, named(Named.COLUMN, Named.FIELD)]] = []
    checks: dict[Id, ConstraintIn] = {}
    filled_by: ListOf[RoleId] = []
    label: ListOf[FieldId] = []
    group_by: ListOf[FieldId] = []
    plate: FieldId | None = None
    icon: Text = "description"
    same_when: dict[Id, SameIn] = {}
    quality: QualityIn | None = None


class ClassFile(Versioned):
    """A column of every subject over time: the first case that fits."""

    class_: Id = Field(alias="class")
    of: SubjectId
    first_of: dict[Id, Condition]
    titles: dict[Id, TextIn] = {}


__all__ = ["ChoiceIn", "ClassFile", "ConstraintIn", "FieldIn", "FormFile", "ListOf", "TotalIn"]

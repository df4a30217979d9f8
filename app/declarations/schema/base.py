"""What the models of all kinds share: strictness, scalar types, dated figures, titles, clauses, sources, conditions."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, time
from fractions import Fraction
from typing import Annotated, Any, ClassVar, TypeVar

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Discriminator,
    GetJsonSchemaHandler,
    InstanceOf,
    ValidationInfo,
    WithJsonSchema,
    model_validator,
)
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, PydanticCustomError

from app.declarations import scalars
from app.declarations.located import LocatedMap
from app.declarations.suggest import unknown_name, wrong_value
from app.domain.core.values import Length
from app.domain.problem import Problem, Where
from app.services.drafting.described import Leaf, Named, Sort

T = TypeVar("T")

MAP = "(mapping)"
LIST = "(list)"
SCALAR = "(scalar)"


def _shape(value: object) -> str:
    if isinstance(value, dict):
        return MAP
    return LIST if isinstance(value, list) else SCALAR


BY_SHAPE = Discriminator(_shape)
"""Chooses a union's branch, tagged MAP, LIST or SCALAR, so that only the faults of the one that was meant show."""

_SCALAR = ["string", "number", "boolean"]


@dataclass(slots=True)
class Noted:
    """Collects faults whose place the data itself knows. Passed to pydantic as the validation's context."""

    problems: list[Problem] = field(default_factory=list)

    def unknown(self, name: str, where: Where, known: Iterable[str], what: str = "key") -> None:
        """Note a name that isn't among the `known` ones, with the nearest of them."""
        self.problems.append(unknown_name(name, where, known, what))

    def wrong(self, reason: str, where: Where, what: str) -> None:
        """Note a value of the wrong sort, standing at the key `what`."""
        self.problems.append(wrong_value(reason, where, what))


def noted(info: ValidationInfo) -> Noted:
    """Return the collector of this validation."""
    return info.context if isinstance(info.context, Noted) else Noted()


class Model(BaseModel):
    """A mapping of a file. Unknown keys are noted with their place and left out, so that all other faults show too."""

    model_config = ConfigDict(
        extra="forbid", strict=True, frozen=True, populate_by_name=False, protected_namespaces=()
    )

    planned: ClassVar[frozenset[str]] = frozenset()
    """Keys of the language that this version doesn't evaluate: refused by name rather than misread."""

    @classmethod
    def known_keys(cls) -> tuple[str, ...]:
        """Return the keys that a file may use here."""
        return tuple(info.alias or name for name, info in cls.model_fields.items())

    @model_validator(mode="before")
    @classmethod
    def _note_unknown_keys(cls, data: Any, info: ValidationInfo) -> Any:
        if not isinstance(data, LocatedMap):
            raise PydanticCustomError("expected", "expected", {"expected": "mapping"})
        known = cls.known_keys()
        for key in data:
            if key in known:
                continue
            if key in cls.planned:
                noted(info).problems.append(Problem("E107", data.key_places[key], {"what": key}))
            else:
                noted(info).unknown(key, data.key_places[key], known)
        return {key: value for key, value in data.items() if key in known}

    @classmethod
    def __get_pydantic_json_schema__(cls, core: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        """Leave pydantic's made-up titles out: an editor shows the key already."""
        schema = handler(core)
        resolved = handler.resolve_ref_schema(schema)
        resolved.pop("title", None)
        for one in resolved.get("properties", {}).values():
            one.pop("title", None)
        return schema


def _reads(parse: Callable[[object], object]) -> BeforeValidator:
    def read(value: object) -> object:
        try:
            return parse(value)
        except scalars.ScalarError as fault:
            raise PydanticCustomError("expected", "expected", {"expected": fault.expected}) from None

    return BeforeValidator(read)


@dataclass(frozen=True, slots=True)
class Words:
    """Reads a word out of a closed list; its fault names the words, the nearest is suggested.

    `planned` are words (or the keys of a mapping) of the language that this version doesn't carry out: E107.
    """

    words: tuple[str, ...]
    planned: tuple[str, ...] = ()

    def __call__(self, value: object) -> object:
        """Return the word. Raises PydanticCustomError."""
        word = next(iter(value), None) if isinstance(value, LocatedMap) else value
        if word in self.planned:
            raise PydanticCustomError("planned", "planned", {"word": word})
        if not isinstance(value, str):
            raise PydanticCustomError("expected", "expected", {"expected": "text"})
        if value not in self.words:
            raise PydanticCustomError("word", "word", {"known": self.words})
        return value


def one_of(*words: str, planned: tuple[str, ...] = ()) -> BeforeValidator:
    """Return a validator for a word out of a closed list."""
    return BeforeValidator(Words(words, planned))


def _schema(kinds: list[str] | str, description: str, pattern: str | None = None) -> WithJsonSchema:
    found: dict[str, Any] = {"type": kinds, "description": description}
    if pattern:
        found["pattern"] = pattern
    return WithJsonSchema(found)


def named(*names: Named) -> Leaf:
    """Say of a value what it is the name of, the likeliest first, so that an editor can offer those that there are."""
    return Leaf(Sort.NAME, names=names)


Text = Annotated[str, _reads(scalars.parse_text), _schema(_SCALAR, "A text."), Leaf(Sort.TEXT)]
Id = Annotated[
    str,
    _reads(scalars.parse_id),
    _schema("string", "An id: ASCII, snake_case.", "^[a-z][a-z0-9_]{0,59}$"),
    Leaf(Sort.ID),
]
TableId = Annotated[
    str,
    _reads(scalars.parse_table),
    _schema(
        "string", "A table: an id, or an id and a part.", r"^[a-z][a-z0-9_]{0,59}(\.[a-z][a-z0-9_]{0,59})?$"
    ),
    named(Named.TABLE),
]
Integer = Annotated[
    int,
    _reads(scalars.parse_integer),
    _schema(["integer", "string"], "A whole number."),
    Leaf(Sort.INTEGER),
]
Number = Annotated[
    InstanceOf[int] | InstanceOf[Fraction],
    _reads(scalars.parse_number),
    _schema(["number", "string"], "An exact number: 3, 0.5, 1/2, 50%."),
    Leaf(Sort.NUMBER),
]
Boolean = Annotated[
    bool, _reads(scalars.parse_boolean), _schema("boolean", "true or false."), Leaf(Sort.BOOLEAN)
]
Day = Annotated[
    date, _reads(scalars.parse_date), _schema("string", "A day, such as 2025-03-17."), Leaf(Sort.DAY)
]
Month = Annotated[
    int,
    _reads(scalars.parse_month),
    _schema(["integer", "string"], "A month: 1 to 12, or its English name."),
    Leaf(Sort.TEXT),
]
Clock = Annotated[
    time,
    _reads(scalars.parse_time),
    _schema("string", "A time of day, such as 09:30."),
    Leaf(Sort.CLOCK),
]
LengthOf = Annotated[
    InstanceOf[Length],
    _reads(scalars.parse_length),
    _schema("string", "A length: 30 minutes, 3 days, 5 working_days, 6 months."),
    Leaf(Sort.LENGTH),
]


ItemName = Annotated[
    str,
    _reads(scalars.parse_item),
    _schema(_SCALAR, "The name of an item of a document."),
    named(Named.ITEM),
]
Expression = Annotated[Text, Leaf(Sort.EXPRESSION)]
FormId = Annotated[Id, named(Named.FORM)]
DutyId = Annotated[Id, named(Named.DUTY)]
SheetId = Annotated[Id, named(Named.SHEET)]
ProcedureId = Annotated[Id, named(Named.PROCEDURE)]
RoleId = Annotated[Id, named(Named.ROLE)]
CalendarId = Annotated[Id, named(Named.CALENDAR)]
SubjectId = Annotated[Id, named(Named.SUBJECT)]
LevelId = Annotated[Id, named(Named.LEVEL)]
FieldId = Annotated[Id, named(Named.FIELD)]
StateId = Annotated[Id, named(Named.STATE)]
MethodId = Annotated[Id, named(Named.METHOD)]
ColumnId = Annotated[Id, named(Named.COLUMN)]
ColumnText = Annotated[Text, named(Named.COLUMN)]
EachText = Annotated[Text, named(Named.EACH)]
SpacingText = Annotated[Text, named(Named.SPACING)]


def as_list(value: object) -> object:
    """Return a list, of one member where one value stands alone."""
    return value if isinstance(value, list) else [value]


ListOf = Annotated[list[T], BeforeValidator(as_list)]
"""One value, or a list of them."""


def _texts(value: object) -> object:
    if isinstance(value, str):
        return {"zh": value}
    return value


TextIn = Annotated[
    dict[str, Text],
    BeforeValidator(_texts),
    WithJsonSchema(
        {
            "description": "A text by language (zh, en, es, …), or one text in the source language.",
            "anyOf": [
                {"type": "string"},
                {"type": "object", "additionalProperties": {"type": "string"}},
            ],
        }
    ),
    Leaf(Sort.TEXTS),
]


def _condition(value: object) -> object:
    if not isinstance(value, str | LocatedMap):
        raise PydanticCustomError("expected", "expected", {"expected": "condition"})
    return value


Condition = Annotated[
    Any,
    AfterValidator(_condition),
    WithJsonSchema(
        {
            "description": "A condition: column to value or words (is, not, one_of, none_of, at_least, at_most, over, "
            "under, has, has_any, filled, known, before, after), any, all, none; or an expression.",
            "anyOf": [{"type": "object"}, {"type": "string"}],
        }
    ),
    Leaf(Sort.CONDITION),
]

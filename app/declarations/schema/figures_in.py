"""Dated figures (`times: 1`, `{2012-01-01: 1, 2025-01-01: 2}`, `{value, origin, why, open}`) and spacings (`every`)."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from typing import Annotated, Any

from pydantic import (
    BeforeValidator,
    Discriminator,
    Field,
    GetCoreSchemaHandler,
    Tag,
    ValidationInfo,
    WithJsonSchema,
)
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from app.declarations import scalars
from app.declarations.located import LocatedList, LocatedMap
from app.declarations.schema.base import (
    BY_SHAPE,
    MAP,
    SCALAR,
    Clock,
    Model,
    Noted,
    SpacingText,
    noted,
    one_of,
)
from app.domain.core.values import Value
from app.domain.kinds.common import Origin
from app.domain.problem import Where
from app.domain.workdays import WEEKDAYS
from app.services.drafting.described import Leaf, Sort

_EXPLAINED = ("value", "origin", "why", "open")


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure as declared: values by date (ascending, the first possibly without), and where it comes from."""

    values: tuple[tuple[date | None, Value], ...]
    origin: Origin = Origin.TEXT
    why: str = ""
    at_least: Value = None
    at_most: Value = None
    one_of: tuple[Value, ...] = ()
    percent: bool = False
    """Whether the file says it, or its bounds, in per cent."""

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        """Pydantic sees finished figures only; it needn't look into them."""
        return core_schema.is_instance_schema(cls)


def _read_figure(data: object, info: ValidationInfo, parse: Callable[[object], Value]) -> Figure:
    figure = _read(data, info, parse)
    return replace(figure, percent=True) if _says_percent(data) else figure


def _says_percent(data: object) -> bool:
    """Whether a figure, one of its values by date or what lower levels may make of it is written in per cent."""
    if isinstance(data, LocatedMap):
        return any(_says_percent(one) for key, one in data.items() if key not in ("why", "origin"))
    if isinstance(data, LocatedList):
        return any(map(_says_percent, data))
    return isinstance(data, str) and data.rstrip().endswith("%")


def _read(data: object, info: ValidationInfo, parse: Callable[[object], Value]) -> Figure:
    if not isinstance(data, LocatedMap):
        try:
            return Figure(((None, parse(data)),))
        except scalars.ScalarError as fault:
            raise PydanticCustomError("expected", "expected", {"expected": fault.expected}) from None
    notes = noted(info)
    if not any(key in data for key in _EXPLAINED):
        return Figure(_dated(data, notes, parse))
    for key in data:
        if key not in _EXPLAINED:
            notes.unknown(key, data.key_places[key], _EXPLAINED)
    if "value" not in data:
        raise PydanticCustomError("missing", "missing", {"name": "value"})
    value = data["value"]
    if isinstance(value, LocatedMap):
        values = _dated(value, notes, parse)
    else:
        values = ((None, _one(value, data.value_places["value"], "value", notes, parse)),)
    origin = data.get("origin", "text")
    if origin not in ("text", "assumed"):
        notes.unknown(str(origin), data.value_places["origin"], ("text", "assumed"), "word")
        origin = "text"
    return Figure(values, Origin(str(origin)), str(data.get("why", "")), *_open(data, notes, parse))


def _dated(
    data: LocatedMap, notes: Noted, parse: Callable[[object], Value]
) -> tuple[tuple[date | None, Value], ...]:
    found: list[tuple[date | None, Value]] = []
    for key, value in data.items():
        try:
            since = scalars.parse_date(key)
        except scalars.ScalarError:
            notes.wrong("dated", data.key_places[key], key)
            continue
        found.append((since, _one(value, data.value_places[key], key, notes, parse)))
    if not data:
        notes.wrong("dated", data.where, "value")
    return tuple(sorted(found, key=lambda pair: pair[0] or date.min)) or ((None, 0),)


def _one(value: object, where: Where, what: str, notes: Noted, parse: Callable[[object], Value]) -> Value:
    try:
        return parse(value)
    except scalars.ScalarError as fault:
        notes.wrong(fault.expected, where, what)
        return 0


def _open(
    data: LocatedMap, notes: Noted, parse: Callable[[object], Value]
) -> tuple[Value, Value, tuple[Value, ...]]:
    """Return what lower levels may choose: at least, at most, one of these; nothing of all that: they may not."""
    bounds = data.get("open")
    if bounds is None:
        return None, None, ()
    if not isinstance(bounds, LocatedMap):
        notes.wrong("mapping", data.value_places["open"], "open")
        return None, None, ()
    found: dict[str, Value] = {}
    choices: tuple[Value, ...] = ()
    for key, value in bounds.items():
        if key in ("at_least", "at_most"):
            found[key] = _one(value, bounds.value_places[key], key, notes, parse)
        elif key == "one_of" and isinstance(value, LocatedList):
            choices = tuple(
                _one(one, value.places[number], key, notes, parse) for number, one in enumerate(value)
            )
        elif key == "one_of":
            notes.wrong("list", bounds.value_places[key], key)
        else:
            notes.unknown(key, bounds.key_places[key], ("at_least", "at_most", "one_of"))
    return found.get("at_least"), found.get("at_most"), choices


def _figure(parse: Callable[[object], Value]) -> BeforeValidator:
    def read(data: Any, info: ValidationInfo) -> Any:
        return _read_figure(data, info, parse)

    return BeforeValidator(read)


def _figure_schema(scalar: dict[str, Any]) -> WithJsonSchema:
    dated = {"type": "object", "patternProperties": {"^[0-9]{4}-[0-9]{2}-[0-9]{2}$": scalar}}
    return WithJsonSchema(
        {
            "description": "A figure: one value, values by the date since which they hold, or a value with its origin.",
            "anyOf": [
                scalar,
                {**dated, "additionalProperties": False, "minProperties": 1},
                {
                    "type": "object",
                    "additionalProperties": False,
                    "required": ["value"],
                    "properties": {
                        "value": {"anyOf": [scalar, dated]},
                        "origin": {"enum": ["text", "assumed"]},
                        "why": {"type": "string"},
                        "open": {
                            "type": "object",
                            "additionalProperties": False,
                            "properties": {
                                "at_least": scalar,
                                "at_most": scalar,
                                "one_of": {"type": "array", "items": scalar, "minItems": 1},
                            },
                        },
                    },
                },
            ],
        }
    )


Whole = Annotated[
    Figure,
    _figure(scalars.parse_integer),
    _figure_schema({"type": ["integer", "string"]}),
    Leaf(Sort.COUNT_FIGURE),
]
Places = Annotated[
    Figure,
    _figure(scalars.parse_places),
    _figure_schema({"type": ["number", "string"]}),
    Leaf(Sort.NUMBER_FIGURE),
]
"""How many of a ranking: a share of them, or so many."""
Amount = Annotated[
    Figure,
    _figure(scalars.parse_number),
    _figure_schema({"type": ["number", "string"]}),
    Leaf(Sort.NUMBER_FIGURE),
]
Long = Annotated[
    Figure, _figure(scalars.parse_length), _figure_schema({"type": "string"}), Leaf(Sort.LENGTH_FIGURE)
]
Limit = Annotated[
    Figure, _figure(scalars.parse_clock), _figure_schema({"type": "string"}), Leaf(Sort.LENGTH_FIGURE)
]
"""A length of a deadline's clock, which may also be working hours or minutes."""


def _given(value: Any) -> str:
    return "(many)" if isinstance(value, list) else "(figure)"


Given = Annotated[
    Annotated[Amount, Tag("(figure)")] | Annotated[list[Amount], Tag("(many)")],
    Discriminator(_given),
]
"""A figure, or a list of them: what a plugin's option takes."""


class EverySpecial(Model):
    """A spacing that a word can't say: one day of each week, times of a day."""

    day: Annotated[str, one_of(*WEEKDAYS)] | None = None
    of: Annotated[str, one_of("week")] | None = None
    if_holiday: Annotated[str, one_of("next_working_day_same_week", "previous", "skip")] | None = None
    times_of_day: list[Clock] | None = None
    times_from: Clock | None = Field(None, alias="from")


EveryIn = Annotated[Annotated[SpacingText, Tag(SCALAR)] | Annotated[EverySpecial, Tag(MAP)], BY_SHAPE]
"""A spacing: `quarter`, `2 months`, `half_day of working_days`, a calendar's unit, or a mapping."""

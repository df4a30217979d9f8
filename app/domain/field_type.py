"""Field types: what a question's widget stores. The built-in ones are plugins like everybody's."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Any, Literal

from app.domain.core.json_values import LONGEST_TEXT, from_json
from app.domain.core.values import Kind, Type, Unknown, Value
from app.domain.kinds.common import Texts
from app.domain.kinds.form import Field

Clean = Callable[[Field, object], object]
"""Returns the JSON that is stored for what was given, None for nothing. Raises AnswerError."""


class AnswerError(Exception):
    """An answer that can't be stored: `code` of a problem and the figures of its text, never what was typed."""

    def __init__(self, code: str, **values: str | int) -> None:
        """Keep both."""
        super().__init__(code)
        self.code = code
        self.values = values


OnDay = Callable[[object, date], None]
"""Looks at a cleaned answer on the day it is submitted, in the place's zone. Raises AnswerError."""


@dataclass(frozen=True, slots=True)
class XForm:
    """What a type is called in XLSForm: the word of the column `type`, and its `appearance`.

    `lists` tells what follows the word: the name of a list of choices (`own`), or a file of what is referred to.
    """

    type: str
    appearance: str = ""
    lists: Literal["", "own", "file"] = ""


@dataclass(frozen=True, slots=True)
class Part:
    """Something that an answer tells besides itself, to expressions `question.part`: its type, and what reads it.

    `read` takes the answer as it is stored or typed; it returns a mark for one that tells nothing. `titles` are what
    the choices of a part are called that is one.
    """

    type: Type
    read: Callable[[str], Value]
    titles: Mapping[str, Texts] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class FieldType:
    """A type of field: `kind` is what it is to expressions, `clean` reads an answer.

    `options` names what a form may set for it, each with the Python type that the value must have. `unit` is what its
    answers count, where the form names none. `xform` is the type's name in XLSForm, None where it has none; `on_day`
    refuses what can't be on a day. `parts` are what an answer tells besides itself, by name.
    """

    id: str
    kind: Kind
    clean: Clean
    options: Mapping[str, type] = field(default_factory=dict)
    unit: Texts = field(default_factory=dict)
    xform: XForm | None = None
    on_day: OnDay | None = None
    parts: Mapping[str, Part] = field(default_factory=dict)


FieldTypes = Mapping[str, FieldType]
"""The field types at hand, by id."""


def typed_json(field: Field, raw: object) -> object:
    """Return `raw` if the core reads it as the field's type, None for blank. Raises AnswerError (E702, E705)."""
    data = raw.strip() if isinstance(raw, str) else raw
    if field.type.kind is Kind.TEXT and isinstance(data, str) and len(data) <= LONGEST_TEXT:
        return data or None  # what most answers of most forms are
    try:
        value = from_json(_open(field.type), data, field.id)
    except ValueError as fault:
        raise AnswerError(_CODES.get(str(fault), "E702")) from None
    return None if isinstance(value, Unknown) else data


_CODES = {"too_long": "E705", "not_a_choice": "E703"}


@lru_cache(maxsize=1_000)
def _open(own: Type) -> Type:
    return Type(own.kind, own.choices, own.ordered, own.to, own.currency, may_be_unknown=True)


def whole_option(field: Field, name: str, otherwise: int) -> int:
    """Return an option of the field that is a whole number, or `otherwise` where it isn't set."""
    value: Any = field.options.get(name, otherwise)
    try:
        return int(value)
    except (TypeError, ValueError):
        return otherwise

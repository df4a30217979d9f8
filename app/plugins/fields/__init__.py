"""The built-in field types, a package each: `data` reads answers, `widget` asks for them."""

from collections.abc import Callable, Iterable, Mapping
from importlib import import_module
from typing import Any, Final

from app.domain.field_type import FieldType
from app.hookspecs import hookimpl

TYPES: Final = (
    "text",
    "long_text",
    "address",
    "integer",
    "number",
    "money",
    "date",
    "time",
    "datetime",
    "period",
    "boolean",
    "choice",
    "choices",
    "ref",
    "refs",
    "place",
    "phone",
    "id_card",
    "photo",
    "duration",
    "rating",
    "file",
    "signature",
    "location",
    "track",
    "code",
    "note",
    "repeat",
)
"""A new type adds its package and a line here."""


@hookimpl
def gridbook_field_types() -> Iterable[FieldType]:
    """Return the built-in types."""
    return [import_module(f"{__name__}.{name}.data").TYPE for name in TYPES]


@hookimpl
def gridbook_field_controls() -> Mapping[str, Callable[..., Any]]:
    """Return their controls."""
    return {name: import_module(f"{__name__}.{name}.widget").control for name in TYPES}

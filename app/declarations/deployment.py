"""What plugins give to loading: types of fields, official days. Apart, since a kept load is read without a schema."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final, NamedTuple

from app.domain.core.values import Kind, Type
from app.domain.kinds.common import Texts
from app.domain.workdays import OfficialDays

CalendarSource = Callable[[str, range], OfficialDays]
"""Gives the official days of a country (`cn`) in a range of years. Raises KeyError for one that it doesn't know."""


PICKED: Final = frozenset({Kind.CHOICE, Kind.CHOICES})
"""Core types of questions that are answered out of a list."""
REFERRING: Final = frozenset({Kind.REF, Kind.REFS})
"""Core types of questions whose answer points at something."""


class FieldSort(NamedTuple):
    """What a form may say of a type of field: its core type, its options with the type of each value, its unit.

    `parts` are what an answer tells besides itself, with their types. `plugin` brings it; "" is never switched off.
    """

    kind: Kind
    options: Mapping[str, type] = MappingProxyType({})
    unit: Texts = MappingProxyType({})
    parts: Mapping[str, Type] = MappingProxyType({})
    plugin: str = ""

    @property
    def needs(self) -> tuple[str, ...]:
        """The keys that a question of this type can't do without."""
        return ("from",) if self.kind in PICKED else ("to",) if self.kind in REFERRING else ()


_LENGTH: Final[Mapping[str, type]] = {"max_length": int}
_FILES: Final[Mapping[str, type]] = {"max_count": int, "max_mb": int}
_CARD: Final[Mapping[str, Type]] = {
    "born": Type(Kind.DATE),
    "sex": Type(Kind.CHOICE, ("male", "female")),
    "sort": Type(Kind.CHOICE, ("citizen", "permit_hmt", "permit_foreign")),
}
_PHONE: Final[Mapping[str, Type]] = {"sort": Type(Kind.CHOICE, ("mobile", "landline", "service", "abroad"))}
_POSITION: Final[Mapping[str, type]] = {"max_accuracy": int}
FIELD_TYPES: Final[Mapping[str, FieldSort]] = {
    "text": FieldSort(Kind.TEXT, _LENGTH),
    "long_text": FieldSort(Kind.TEXT, _LENGTH),
    "integer": FieldSort(Kind.INTEGER),
    "number": FieldSort(Kind.NUMBER),
    "money": FieldSort(Kind.MONEY),
    "date": FieldSort(Kind.DATE),
    "time": FieldSort(Kind.TIME),
    "datetime": FieldSort(Kind.INSTANT),
    "boolean": FieldSort(Kind.BOOLEAN),
    "choice": FieldSort(Kind.CHOICE),
    "choices": FieldSort(Kind.CHOICES),
    "ref": FieldSort(Kind.REF),
    "refs": FieldSort(Kind.REFS),
    "place": FieldSort(Kind.REF),
    "period": FieldSort(Kind.PERIOD, {"unit": str}),
    "phone": FieldSort(Kind.TEXT, parts=_PHONE),
    "id_card": FieldSort(Kind.TEXT, parts=_CARD),
    "photo": FieldSort(Kind.DATA, _FILES),
    "address": FieldSort(Kind.TEXT, _LENGTH),
    "duration": FieldSort(Kind.INTEGER, unit={"zh": "分钟", "en": "minutes", "es": "minutos"}),
    "rating": FieldSort(Kind.INTEGER, {"most": int}),
    "file": FieldSort(Kind.DATA, _FILES),
    "signature": FieldSort(Kind.DATA),
    "location": FieldSort(Kind.DATA, _POSITION),
    "track": FieldSort(Kind.DATA, _POSITION),
    "code": FieldSort(Kind.TEXT, _LENGTH),
    "note": FieldSort(Kind.DATA),
    "repeat": FieldSort(Kind.DATA),
}
"""The built-in field types."""

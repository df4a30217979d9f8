"""What is stored: the text without blanks around it."""

from typing import Final

from app.domain.core.values import Kind
from app.domain.field_type import AnswerError, FieldType, XForm, typed_json, whole_option
from app.domain.kinds.form import Field

LONGEST: Final = 300
"""The most characters, unless the form sets `max_length`."""


def clean(field: Field, raw: object) -> object:
    """Return the text. Raises AnswerError E705 for one that is too long."""
    limit = whole_option(field, "max_length", LONGEST)
    if isinstance(raw, str) and len(raw.strip()) > limit:
        raise AnswerError("E705", limit=limit)
    return typed_json(field, raw)


TYPE = FieldType("address", Kind.TEXT, clean, {"max_length": int}, xform=XForm("text"))

"""What is stored: the text that the code says."""

from typing import Final

from app.domain.core.values import Kind
from app.domain.field_type import AnswerError, FieldType, XForm, typed_json, whole_option
from app.domain.kinds.form import Field

LONGEST: Final = 500
"""The most characters, unless the form sets `max_length`."""


def clean(field: Field, raw: object) -> object:
    """Return the text. Raises AnswerError E702 for control characters, E705 for one that is too long."""
    limit = whole_option(field, "max_length", LONGEST)
    data = typed_json(field, raw)
    if not isinstance(data, str):
        return None
    if len(data) > limit:
        raise AnswerError("E705", limit=limit)
    if not data.isprintable():
        raise AnswerError("E702")
    return data


TYPE = FieldType("code", Kind.TEXT, clean, {"max_length": int}, xform=XForm("barcode"))

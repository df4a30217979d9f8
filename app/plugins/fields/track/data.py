"""What is stored: the positions on the way, in the order in which they were passed."""

from typing import Final

from app.domain.core.values import Kind
from app.domain.field_type import AnswerError, FieldType, XForm, whole_option
from app.domain.kinds.form import Field
from app.domain.position import position

MOST: Final = 1_000
"""The most positions: eight hours with one each half a minute."""


def clean(field: Field, raw: object) -> object:
    """Return the positions. Raises AnswerError E702; E717 for too many; E724 as a location does."""
    if raw is None or raw in ("", []):
        return None
    if not isinstance(raw, list):
        raise AnswerError("E702")
    if len(raw) > MOST:
        raise AnswerError("E717", limit=MOST)
    most_off = whole_option(field, "max_accuracy", 0) or None
    return [position(item, most_off) for item in raw]


TYPE = FieldType("track", Kind.DATA, clean, {"max_accuracy": int}, xform=XForm("geotrace"))

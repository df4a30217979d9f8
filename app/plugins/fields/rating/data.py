"""What is stored: a whole number from 1 to the scale's most."""

from typing import Final

from app.domain.core.values import Kind
from app.domain.field_type import AnswerError, FieldType, XForm, whole_option
from app.domain.kinds.form import Field

MOST: Final = 5
HIGHEST: Final = 10
"""A scale of more steps is a number to type in."""


def most_of(field: Field) -> int:
    """Return the highest step of the field's scale."""
    return min(max(whole_option(field, "most", MOST), 2), HIGHEST)


def clean(field: Field, raw: object) -> object:
    """Return the step. Raises AnswerError E702, E703 for one that the scale doesn't have."""
    if raw is None or raw == "":
        return None
    if isinstance(raw, bool) or not isinstance(raw, int | str):
        raise AnswerError("E702")
    text = str(raw).strip()
    if not (text.isascii() and text.isdecimal()):
        raise AnswerError("E702")
    if len(text) > 2 or not 1 <= int(text) <= most_of(field):  # noqa: PLR2004 - 10 is the highest
        raise AnswerError("E703")
    return int(text)


TYPE = FieldType("rating", Kind.INTEGER, clean, {"most": int}, xform=XForm("range", "rating"))

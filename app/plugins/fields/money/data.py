"""What is stored: the exact decimal, as text."""

from app.domain.core.values import Kind
from app.domain.field_type import FieldType, XForm, typed_json
from app.domain.kinds.form import Field


def clean(field: Field, raw: object) -> object:
    """Return the number as text: `3.5`; a decimal comma is one too. Raises AnswerError E702."""
    return typed_json(field, raw.replace(",", ".") if isinstance(raw, str) else raw)


TYPE = FieldType("money", Kind.MONEY, clean, xform=XForm("decimal"))

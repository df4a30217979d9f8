"""A note stores nothing."""

from app.domain.core.values import Kind
from app.domain.field_type import FieldType, XForm
from app.domain.kinds.form import Field


def clean(field: Field, raw: object) -> object:
    """Return None, whatever came."""
    del field, raw
    return None


TYPE = FieldType("note", Kind.DATA, clean, xform=XForm("note"))

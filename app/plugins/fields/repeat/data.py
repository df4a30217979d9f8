"""What is stored: a list of rows, each with answers to the repeat's own questions, which are looked at one by one."""

from collections.abc import Mapping

from app.domain.core.values import Kind
from app.domain.field_type import AnswerError, FieldType, XForm
from app.domain.kinds.form import Field


def clean(field: Field, raw: object) -> object:
    """Return the rows; None for none. Raises AnswerError E702 for what isn't a list of rows."""
    del field
    if raw in (None, "", []):
        return None
    if not isinstance(raw, list) or not all(isinstance(row, Mapping) for row in raw):
        raise AnswerError("E702")
    return raw


TYPE = FieldType("repeat", Kind.DATA, clean, xform=XForm("begin_repeat"))

"""What is stored: a JSON number."""

from app.domain.core.values import Kind
from app.domain.field_type import AnswerError, FieldType, XForm, typed_json
from app.domain.kinds.form import Field


def clean(field: Field, raw: object) -> object:
    """Return the whole number. Raises AnswerError E702 for anything else."""
    data = typed_json(field, raw)
    if isinstance(data, str):
        if not data.lstrip("+-").isdecimal():
            raise AnswerError("E702")
        return int(data)
    return data


TYPE = FieldType("integer", Kind.INTEGER, clean, xform=XForm("integer"))

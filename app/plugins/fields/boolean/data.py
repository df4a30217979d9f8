"""What is stored: true or false."""

from app.domain.core.values import Kind
from app.domain.field_type import FieldType, XForm, typed_json
from app.domain.kinds.form import Field


def clean(field: Field, raw: object) -> object:
    """Return true or false; the words are taken too, as files and addresses write them. Raises AnswerError E702."""
    data = typed_json(field, raw)
    return data == "true" if isinstance(data, str) else data


TYPE = FieldType("boolean", Kind.BOOLEAN, clean, xform=XForm("select_one", "quick", lists="own"))

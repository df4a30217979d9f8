"""What is stored: digits, with a leading + where there is one."""

import re
from typing import Final

from app.domain.core.values import Kind
from app.domain.field_type import AnswerError, FieldType, XForm, typed_json
from app.domain.kinds.form import Field

_SHAPE: Final = re.compile(r"\+?[0-9]{3,20}")
_BETWEEN: Final = str.maketrans("", "", " -()（）")


def clean(field: Field, raw: object) -> object:
    """Return the number without what stands between its digits. Raises AnswerError E714."""
    data = typed_json(field, raw)
    if not isinstance(data, str):
        return None
    digits = data.translate(_BETWEEN)
    if _SHAPE.fullmatch(digits) is None:
        raise AnswerError("E714")
    return digits


TYPE = FieldType("phone", Kind.TEXT, clean, xform=XForm("text", "numbers"))

"""What is stored: whole minutes, so that rules can add and compare them."""

import re
from typing import Final

from app.domain.core.values import Kind
from app.domain.field_type import AnswerError, FieldType, XForm
from app.domain.kinds.form import Field

LONGEST: Final = 100_000
"""The most minutes: about ten weeks."""
_SHAPE: Final = re.compile(r"(?:([0-9]{1,5}):([0-5][0-9]))|([0-9]{1,6})")


def clean(field: Field, raw: object) -> object:
    """Return the minutes of a whole number or of `1:30`. Raises AnswerError E702, E712."""
    del field
    if raw is None or (isinstance(raw, str) and not raw.strip()):
        return None
    if isinstance(raw, bool) or not isinstance(raw, int | str):
        raise AnswerError("E702")
    match = _SHAPE.fullmatch(str(raw).strip())
    if match is None:
        raise AnswerError("E702")
    hours, minutes, alone = match.groups()
    found = int(alone) if alone else int(hours) * 60 + int(minutes)
    if found > LONGEST:
        raise AnswerError("E712", bound=str(LONGEST))
    return found


TYPE = FieldType(
    "duration",
    Kind.INTEGER,
    clean,
    unit={"zh": "分钟", "en": "minutes", "es": "minutos"},
    xform=XForm("integer"),
)

"""What is stored: a period's label; with the option `unit` of that unit alone."""

from app.domain.core.values import Kind
from app.domain.field_type import AnswerError, FieldType, XForm, typed_json
from app.domain.kinds.form import Field
from app.domain.period import UNITS, parse_period


def clean(field: Field, raw: object) -> object:
    """Return the label. Raises AnswerError E702 for what names no period, or one of another unit."""
    data = typed_json(field, raw)
    wanted = field.options.get("unit")
    if not isinstance(data, str) or wanted is None:
        return data
    try:
        unit = parse_period(data).unit
    except ValueError:  # one of a calendar's own units, or none
        unit = "" if wanted in UNITS else str(wanted)
    if unit != wanted:
        raise AnswerError("E702")
    return data


TYPE = FieldType("period", Kind.PERIOD, clean, {"unit": str}, xform=XForm("date", "month-year"))

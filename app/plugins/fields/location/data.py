"""What is stored: latitude and longitude, how far off the device may be, and whether it was the device."""

from app.domain.core.values import Kind
from app.domain.field_type import FieldType, XForm, whole_option
from app.domain.kinds.form import Field
from app.domain.position import position


def clean(field: Field, raw: object) -> object:
    """Return the position. Raises AnswerError E702; E724 where the form's `max_accuracy` (m) is exceeded."""
    if raw is None or raw == "":
        return None
    return position(raw, whole_option(field, "max_accuracy", 0) or None)


TYPE = FieldType("location", Kind.DATA, clean, {"max_accuracy": int}, xform=XForm("geopoint"))

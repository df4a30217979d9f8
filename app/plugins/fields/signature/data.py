"""What is stored: the drawing as one PNG among the files, like a photograph."""

from typing import Final

from app.domain.core.values import Kind
from app.domain.field_type import FieldType, XForm
from app.domain.files import file_list
from app.domain.kinds.form import Field

PNG: Final = frozenset({"image/png"})
_LARGEST_MB: Final = 1


def clean(field: Field, raw: object) -> object:
    """Return the drawing. Raises AnswerError E702, E715 (not a PNG), E716 (too large), E717 (more than one)."""
    return file_list(field, raw, PNG, 1, _LARGEST_MB)


TYPE = FieldType("signature", Kind.DATA, clean, xform=XForm("image", "signature"))

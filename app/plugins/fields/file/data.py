"""What is stored: for each file its SHA-256, name, type and size; the content lies apart."""

from typing import Final

from app.domain.contents import DOCUMENTS, IMAGES
from app.domain.core.values import Kind
from app.domain.field_type import FieldType, XForm
from app.domain.files import file_list
from app.domain.kinds.form import Field

MOST: Final = 4
LARGEST_MB: Final = 10
ACCEPTED: Final = IMAGES | DOCUMENTS


def clean(field: Field, raw: object) -> object:
    """Return the list of files. Raises AnswerError E702, E715 (of another type), E716 (too large), E717 (too many)."""
    return file_list(field, raw, ACCEPTED, MOST, LARGEST_MB)


TYPE = FieldType("file", Kind.DATA, clean, {"max_count": int, "max_mb": int}, xform=XForm("file"))

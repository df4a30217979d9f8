"""What is stored: as the core reads it."""

from app.domain.core.values import Kind
from app.domain.field_type import FieldType, XForm, typed_json

TYPE = FieldType("choice", Kind.CHOICE, typed_json, xform=XForm("select_one", lists="own"))

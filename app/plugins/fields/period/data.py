"""What is stored: as the core reads it."""

from app.domain.core.values import Kind
from app.domain.field_type import FieldType, typed_json

TYPE = FieldType("period", Kind.PERIOD, typed_json)

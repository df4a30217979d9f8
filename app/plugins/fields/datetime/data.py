"""What is stored: as the core reads it."""

from app.domain.core.values import Kind
from app.domain.field_type import FieldType, XForm, typed_json

TYPE = FieldType("datetime", Kind.INSTANT, typed_json, xform=XForm("dateTime"))

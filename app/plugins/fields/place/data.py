"""What is stored: the id of a place of the level that `to` names."""

from app.domain.core.values import Kind
from app.domain.field_type import FieldType, XForm, typed_json

TYPE = FieldType(
    "place", Kind.REF, typed_json, xform=XForm("select_one_from_file", "autocomplete", lists="file")
)

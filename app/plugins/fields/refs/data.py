"""What is stored: the ids, each once, in the order of the form."""

from app.domain.core.values import Kind
from app.domain.field_type import FieldType, XForm, typed_json
from app.domain.kinds.form import Field


def clean(field: Field, raw: object) -> object:
    """Return the list of ids; an empty one is an answer. Raises AnswerError E702, E703."""
    data = typed_json(field, raw)
    if not isinstance(data, list):
        return None
    order = {name: at for at, name in enumerate(field.type.choices)}
    return sorted(dict.fromkeys(data), key=lambda name: order.get(name, len(order)))


TYPE = FieldType("refs", Kind.REFS, clean, xform=XForm("select_multiple_from_file", "minimal", lists="file"))

"""The answer that opens a conditional question, in words."""

from app.domain.core.expressions import All, Binary, Call, Expression, Literal, Name, Operator, Some
from app.domain.kinds.form import Field, Form
from app.i18n import Translator


def opener(t: Translator, form: Form, item: Field) -> str:
    """Return the words of the answer that opens a question; empty where a usual answer does.

    A question that stands open with the form's defaults isn't worth a rule that says why.
    """
    if item.relevant is None:
        return ""
    found = [words for words in (_atom(t, form, part) for part in _atoms(item.relevant)) if words]
    return t.listed(found)


def _atoms(expression: Expression) -> list[Expression]:
    match expression:
        case All(parts) | Some(parts):
            return [atom for part in parts for atom in _atoms(part)]
        case _:
            return [expression]


def _atom(t: Translator, form: Form, atom: Expression) -> str:
    match atom:
        case Binary(Operator.EQUAL, Name((field,)), Literal(value)) | Call(
            "has", (Name((field,)), Literal(value))
        ):
            asked = form.field(field)
            if asked is None or (isinstance(asked.default, Literal) and asked.default.value == value):
                return ""
            if isinstance(value, bool):
                return t.text(asked.title) if value else ""
            return next((t.text(choice.title) for choice in asked.choices if choice.id == value), "")
        case Name((field,)):
            asked = form.field(field)
            return "" if asked is None else t.text(asked.title)
        case Binary(Operator.MORE, Call("size", (Name((field,)),)), Literal()) | Call(
            "known" | "filled", (Name((field,)),)
        ):
            asked = form.field(field)
            return "" if asked is None else t.text(asked.title)
        case _:
            return ""

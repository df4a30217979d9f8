"""The answer that opens a conditional question, in words."""

from collections.abc import Callable

from app.domain.core.expressions import All, Binary, Call, Expression, Literal, Name, Operator, Some
from app.domain.kinds.form import Field
from app.i18n import Translator

Find = Callable[[str], Field | None]
"""Returns the question of an id, None where there is none."""


def opener(t: Translator, find: Find, item: Field) -> str:
    """Return the words of the answer that opens a question; empty where a usual answer does. `find` knows the others.

    A question that stands open with the form's defaults isn't worth a rule that says why.
    """
    if item.relevant is None:
        return ""
    found = [words for words in (_atom(t, find, part) for part in _atoms(item.relevant)) if words]
    return t.listed(found)


def _atoms(expression: Expression) -> list[Expression]:
    match expression:
        case All(parts) | Some(parts):
            return [atom for part in parts for atom in _atoms(part)]
        case _:
            return [expression]


def _atom(t: Translator, find: Find, atom: Expression) -> str:
    match atom:
        case Binary(Operator.EQUAL, Name((field,)), Literal(value)) | Call(
            "has", (Name((field,)), Literal(value))
        ):
            asked = find(field)
            if asked is None or (isinstance(asked.default, Literal) and asked.default.value == value):
                return ""
            if isinstance(value, bool):
                return _answered(t, asked, yes=value)
            return next((t.text(choice.title) for choice in asked.choices if choice.id == value), "")
        case Name((field,)):
            asked = find(field)
            return "" if asked is None else _answered(t, asked, yes=True)
        case Binary(Operator.MORE, Call("size", (Name((field,)),)), Literal()) | Call(
            "known" | "filled", (Name((field,)),)
        ):
            asked = find(field)
            return "" if asked is None else t.text(asked.title)
        case _:
            return ""


def _answered(t: Translator, asked: Field, *, yes: bool) -> str:
    """Return a question of yes or no with the answer: its title alone would say that the question was chosen."""
    title = t.text(asked.title)
    return t("form-opened-yes" if yes else "form-opened-no", title=title) if title else ""

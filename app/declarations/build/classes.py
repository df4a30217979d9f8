"""Classes: a column of a subject over time."""

from app.declarations.build.context import SPAN, Context
from app.declarations.located import At
from app.declarations.schema.forms import ClassFile
from app.domain.kinds.classes import ClassCase, Classification


def build_class(context: Context, model: ClassFile, at: At) -> Classification:
    """Return a class; its conditions read the subject's columns over time."""
    if model.of not in context.names.subjects:
        context.unknown(model.of, at / "of", context.names.subjects, "described")
    columns = context.tables.subject(model.of)
    for form in context.names.subjects.get(model.of, ()):
        context.depends(form, at / "of")
    cases = tuple(
        ClassCase(
            name,
            context.condition(condition, at / "first_of" / name, columns, SPAN),
            model.titles.get(name, {}),
        )
        for name, condition in model.first_of.items()
    )
    return Classification(context.heading(model, at), model.of, cases)

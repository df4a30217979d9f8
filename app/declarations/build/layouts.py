"""Printed lists: the columns are held to the form's fields."""

from collections.abc import Mapping

from app.declarations.build.context import Context
from app.declarations.located import At
from app.declarations.schema.layouts import LayoutFile
from app.domain.kinds.form import Form
from app.domain.kinds.layout import OWN_COLUMNS, Layout, LayoutColumn


def build_layout(context: Context, model: LayoutFile, at: At, forms: Mapping[str, Form]) -> Layout:
    """Return a layout; notes a form or a column that there isn't, and a width that is none."""
    form = forms.get(model.form)
    if form is None:
        context.unknown(model.form, at / "form", context.names.of("form"), "form")
    if not model.columns:
        context.note("E106", at.where, name="columns")
    found = []
    for number, given in enumerate(model.columns):
        where = at / "columns" / number
        name = given if isinstance(given, str) else given.column
        named = where if isinstance(given, str) else where / "column"
        known = () if form is None else (*(item.id for item in form.fields), *OWN_COLUMNS)
        if known and name not in known:
            context.unknown(name, named, known, "column")
        if isinstance(given, str):
            found.append(LayoutColumn(name, {}, 1))
            continue
        if given.width < 1:
            context.wrong("not_an_integer", (where / "width").where, "width")
        found.append(LayoutColumn(name, given.title, given.width))
    return Layout(context.heading(model, at), model.form, tuple(found), tuple(model.signatures), model.print)

"""Flags: which check over which entries, with which figures and answers."""

from collections.abc import Mapping

from app.declarations.build.context import Context, source_table
from app.declarations.build.methods import given_options
from app.declarations.build.plugged import is_kept, item_used
from app.declarations.located import At
from app.declarations.schema.flags import FlagFile
from app.domain.core.expressions import paths_in
from app.domain.kinds.common import Source
from app.domain.kinds.flag import Flag
from app.domain.kinds.form import Form
from app.domain.plausibility import CHECKS, Check


def build_flag(context: Context, model: FlagFile, at: At, forms: Mapping[str, Form]) -> Flag:
    """Return a flag. Its sources are forms, of which conditions read what stands in an entry itself."""
    sources = []
    for number, one in enumerate(model.of):
        listed = isinstance((at / "of").value, list)
        where = at / "of" / number if listed else at / "of"
        source = context.source(one, where, wanted=None)
        table, named = source_table(one, where)
        if table not in forms and context.tables.columns(table) is not None:
            context.unknown(table, named, forms, "form")
        for path in paths_in(source.where):
            if len(path) > 1:
                context.note("E107", (where / "where").where, what=".".join(path))
        sources.append(source)
    check = item_used(context, CHECKS, model.check, at / "check")
    if check is None and not is_kept(context, CHECKS, model.check):
        return Flag(context.heading(model, at), tuple(sources), model.check)
    given = None if check is None else given_options(check.options, model.given, at, context)
    fields = tuple(_fields(context, model, at, sources, forms, check))
    _apart(context, model, at, sources, forms)
    lists = (
        frozenset(option.id for option in check.options if option.many) if check is not None else frozenset()
    )
    heading = context.heading(model, at)
    return Flag(heading, tuple(sources), model.check, given or (), lists, fields, tuple(model.apart))


def _fields(
    context: Context,
    model: FlagFile,
    at: At,
    sources: list[Source],
    forms: Mapping[str, Form],
    check: Check | None,
) -> list[tuple[str, str]]:
    """Return the fields that the check reads: those that are named, else all of the types that it looks at."""
    reads = frozenset() if check is None else check.reads
    found = [
        (source.table, item.id)
        for source in sources
        if source.table in forms
        for item in forms[source.table].fields
        if item.widget in reads and (not model.fields or item.id in model.fields)
    ]
    known = {item.id for source in sources if source.table in forms for item in forms[source.table].fields}
    for name in model.fields:
        where = at / "fields"
        if name not in known:
            context.unknown(name, where, known, "field")
        elif not any(field == name for _, field in found):
            context.wrong("field_of_check", where.where, name)
    if reads and not found and not model.fields and known:
        context.note("E106", at.where, name="fields")
    return found


def _apart(
    context: Context, model: FlagFile, at: At, sources: list[Source], forms: Mapping[str, Form]
) -> None:
    """Note a column by which places are told apart that whom the entries are about doesn't have."""
    abouts = {
        forms[source.table].about or forms[source.table].describes
        for source in sources
        if source.table in forms
    }
    for name in model.apart:
        for about in sorted(filter(None, abouts)):
            columns = context.tables.columns_of_reference(about)
            if columns and name not in columns:
                context.unknown(name, at / "apart", columns, "column")

"""What a form says of its register: when two records may be one, and what a good record is."""

from collections.abc import Iterable

from app.declarations.build.context import Context, source_table
from app.declarations.build.spacing import every_of
from app.declarations.located import At
from app.declarations.schema.forms import FormFile
from app.declarations.schema.registers import FreshIn, QualityIn, SameMap
from app.domain.core.values import Kind
from app.domain.kinds.common import Parameter, Source
from app.domain.kinds.form import Form
from app.domain.kinds.register import Quality, SameWhen

_COMPARED = frozenset({Kind.TEXT, Kind.DATE, Kind.CHOICE, Kind.REF, Kind.INTEGER})
_NEARLY = frozenset({Kind.TEXT})


def same_of(context: Context, form: Form, model: FormFile, at: At) -> tuple[SameWhen, ...]:
    """Return when two records of the form may be one."""
    found = []
    for key, data in model.same_when.items():
        here = at / "same_when" / key
        if isinstance(data, SameMap):
            one = SameWhen(key, tuple(data.same), tuple(data.alike), data.title)
            _compared(context, form, one.same, here / "same", _COMPARED)
            _compared(context, form, one.alike, here / "alike", _NEARLY)
        else:
            one = SameWhen(key, tuple(data) if isinstance(data, list) else (data,))
            _compared(context, form, one.same, here, _COMPARED)
        if not one.same:
            context.note("E106", here.key, name="same")
        found.append(one)
    if found and form.describes is None:
        context.wrong("register", (at / "same_when").key)
    return tuple(found)


def _compared(context: Context, form: Form, names: Iterable[str], at: At, kinds: frozenset[Kind]) -> None:
    """Note names that are no field, and fields whose answers can't be compared in this way."""
    own = [item.id for item in form.fields]
    for name in names:
        item = form.field(name)
        if item is None:
            context.unknown(name, at, own, "field")
        elif item.type.kind not in kinds:
            context.wrong("text_field" if kinds == _NEARLY else "compared", at.where, name)


def quality_of(
    context: Context, form: Form, model: FormFile, at: At, units: frozenset[str]
) -> Quality | None:
    """Return what is wanted of the form's register, or None."""
    wanted, at = model.quality, at / "quality"
    if wanted is None:
        return None
    if form.describes is None:
        context.wrong("register", at.key)
        return None
    if not wanted.known and wanted.fresh is None:
        context.note("E106", at.key, name="known")
    own = [item.id for item in form.fields]
    for name in wanted.known:
        if form.field(name) is None:
            context.unknown(name, at / "known", own, "field")
    within, sources = _fresh(context, form, wanted, at)
    return Quality(every_of(context, wanted.every, at / "every", units), tuple(wanted.known), within, sources)


def _fresh(
    context: Context, form: Form, wanted: QualityIn, at: At
) -> tuple[Parameter | None, tuple[Source, ...]]:
    if wanted.fresh is None or form.describes is None:
        return None, ()
    fresh: FreshIn = wanted.fresh
    at = at / "fresh"
    sources = []
    for number, one in enumerate(fresh.confirmed_by):
        here = at / "confirmed_by" / number
        table, named_at = source_table(one, here)
        if table in context.tables.forms:
            sources.append(context.source(one, here, wanted=form.describes))
        else:
            context.unknown(table, named_at, context.tables.forms, "form")
    return context.parameter(fresh.within, at / "within", Kind.LENGTH), tuple(sources)

"""What meets a duty: its sources, and the ways in which their rows count. Each way is one that a plugin brings."""

from collections.abc import Iterator

from app.declarations.build.context import Context
from app.declarations.build.duty_parts import share_faults
from app.declarations.build.fitting import number_wanted
from app.declarations.build.methods import given_options
from app.declarations.build.plugged import is_kept, item_used
from app.declarations.located import At, LocatedMap
from app.declarations.schema.duties import MetByMap, QuorumIn
from app.domain.core.values import Kind
from app.domain.kinds.common import Parameter
from app.domain.kinds.counting import COUNTINGS, EACH
from app.domain.kinds.duty import MetBy, Way
from app.domain.kinds.links import WORKER

_Figures = tuple[tuple[str, tuple[Parameter, ...]], ...]


def met_by_of(context: Context, data: object, at: At, wanted: str) -> MetBy:
    """Return what counts, with the ways in which it does."""
    source = context.source(data, at, wanted=wanted)
    if not isinstance(data, MetByMap):
        return MetBy(source)
    return MetBy(source, tuple(_ways(context, data, source.table, at)))


def _ways(context: Context, data: MetByMap, table: str, at: At) -> Iterator[Way]:
    """Yield the ways that are said, in the order in which they are applied."""
    if data.minutes is not None or data.together:
        least = data.minutes.at_least if data.minutes is not None else None
        figure = context.parameter(least, at / "minutes" / "at_least", Kind.INTEGER)
        yield Way("together" if data.together else "session", _figures("at_least", figure))
    if data.quorum is not None:
        yield _quorum(context, data.quorum, table, at / "quorum")
    if data.method is not None:
        way = _by_method(context, data, table, at)
        if way is not None:
            yield way
    if data.counts is not None:
        yield Way(EACH, _figures("counts", context.parameter(data.counts, at / "counts", Kind.NUMBER)))


def _figures(option: str, figure: Parameter | None) -> _Figures:
    return () if figure is None else ((option, (figure,)),)


def _by_method(context: Context, data: MetByMap, table: str, at: At) -> Way | None:
    """Return a way of a plugin, or None after a fault that was noted. E102, E103, E106, E127 as of a sheet's method."""
    name = data.method or ""
    counting = item_used(context, COUNTINGS, name, at / "method")
    if counting is None:
        return Way(name) if is_kept(context, COUNTINGS, name) else None
    if counting.keyed:
        context.unknown(name, at / "method", (), "counting")
        return None
    columns = context.tables.columns(table) or {}
    of = context.expression(data.of, at / "of", columns)
    number_wanted(context, of, at / "of")
    if data.of is None and counting.of:
        context.note("E106", at.key, name="of")
    figures = given_options(counting.options, data.given or {}, at, context)
    own = context.plugins.settings(COUNTINGS.owner(name), counting.settings)
    return None if figures is None else Way(name, (*figures, *own), of=of, title=dict(counting.title))


def _quorum(context: Context, model: QuorumIn, table: str, at: At) -> Way:
    """Return how many of whom must have been there."""
    columns = context.tables.columns(table) or {}
    for key, column in (("present", model.present), ("excused", model.excused)):
        if column is None or not columns:
            continue
        own = columns.get(column)
        if own is None:
            context.unknown(column, _said(at, key), columns, "column")
        elif own.kind is not Kind.REFS or own.to != WORKER:
            context.wrong("refs_wanted", _said(at, key).where, column)
    roles = context.names.of("role")
    named = [("role", model.role), *(("roles", role) for role in model.roles)]
    for key, role in named:
        if role is not None and role not in roles:
            context.unknown(role, at / key, roles, "role")
    if (model.at_least is not None and model.share is not None) or (
        model.share is not None and model.role is None
    ):
        context.wrong("quorum", at.where, "quorum")
    share = context.parameter(model.share, at / "share", Kind.NUMBER)
    share_faults(context, share, at / "share")
    figures = {
        "at_least": context.parameter(model.at_least, at / "at_least", Kind.INTEGER),
        "share": share,
    }
    names = {
        "present": (model.present,),
        "role": (model.role,),
        "excused": (model.excused,),
        "roles": tuple(role for role in model.roles if role in roles),
    }
    return Way(
        "quorum",
        tuple((option, (one,)) for option, one in figures.items() if one is not None),
        tuple((option, tuple(one for one in given if one)) for option, given in names.items()),
    )


def _said(at: At, key: str) -> At:
    """Return the cursor of a key where it is written; of a default, what it is the default of."""
    value = at.value
    return at / key if isinstance(value, LocatedMap) and key in value else at

"""Parts of duties that not every duty has: pauses, extensions, series, quorums, rosters, and the order among duties."""

from collections.abc import Sequence
from fractions import Fraction
from typing import Final

from app.declarations.build.context import Context, source_table
from app.declarations.build.spacing import every_of
from app.declarations.located import At
from app.declarations.schema.common import SourceMap
from app.declarations.schema.duties import (
    DutyEverySpecial,
    DutyFile,
    ExtensionIn,
    GiveIn,
    PauseIn,
    SeriesIn,
)
from app.declarations.schema.figures_in import Figure
from app.domain.core.values import Kind, Length, Unit
from app.domain.kinds.common import Parameter
from app.domain.kinds.duty import Extension, Pause, Roster, Series
from app.domain.kinds.duty_ties import refers_to_one, way_of
from app.domain.kinds.links import WORKER, has_link

UNITS: Final = (Unit.DAYS, Unit.WORKING_DAYS, Unit.WEEKS, Unit.MONTHS, Unit.YEARS)
COUNTABLE: Final = frozenset(Unit) - {Unit.MONTHS, Unit.YEARS}


def wanted_of(context: Context, sources: Sequence[object], ways: Sequence[str], at: At) -> str:
    """Return which of `ways` ties all of the sources: what the duty's event is, or whom it is about."""
    rows = []
    for source in sources:
        table, _ = source_table(source, at)
        rows.append((context.tables.schema(table), source.link if isinstance(source, SourceMap) else None))
    return way_of(rows, [(refers, "") for refers in ways])[0] if rows else ways[0]


def tied_or_worker(context: Context, data: object, at: At, ways: Sequence[str]) -> str:
    """Return what rows are tied to: one of `ways`, else (where they say nothing of these) whoever owes the duty."""
    table, _ = source_table(data, at)
    schema = context.tables.schema(table)
    places = any(refers in context.names.levels for refers in ways)
    return (
        wanted_of(context, [data], ways, at)
        if places or any(has_link(schema, refers) for refers in ways)
        else WORKER
    )


# ---- clocks --------------------------------------------------------------------------------------------------------
def pause_of(context: Context, name: str, model: PauseIn, at: At, ways: Sequence[str]) -> Pause:
    """Return a pause: `from` and `until`, or `during`."""
    pair = (model.since is not None, model.until is not None)
    if pair != ((False, False) if model.during is not None else (True, True)):
        context.wrong("pause_parts", at.where, name)
    sources = {}
    for key, data in (("from", model.since), ("until", model.until), ("during", model.during)):
        if data is not None:
            where = at / key
            wanted = (
                tied_or_worker(context, data, where, ways)
                if key == "during"
                else wanted_of(context, [data], ways, where)
            )
            sources[key] = context.source(data, where, wanted=wanted)
    during = sources.get("during")
    columns = context.tables.columns(during.table) if during is not None else None
    if columns and "end" not in columns:
        context.wrong("span_form", (at / "during").where, name)
    in_all = context.parameter(model.in_all, at / "in_all", Kind.LENGTH)
    _countable(context, in_all, at / "in_all")
    return Pause(
        name,
        sources.get("from"),
        sources.get("until"),
        during,
        context.parameter(model.at_most, at / "at_most", Kind.LENGTH),
        in_all,
    )


def _countable(context: Context, parameter: Parameter | None, at: At) -> None:
    for _, value in parameter.values if parameter is not None else ():
        if isinstance(value, Length) and value.unit not in COUNTABLE:
            context.wrong("countable", at.where, at.name)


def extension_of(context: Context, model: ExtensionIn, at: At, ways: Sequence[str]) -> Extension:
    """Return what moves a deadline: by a column of whole numbers, or by a length."""
    source = context.source(model, at, wanted=wanted_of(context, [model], ways, at))
    if (model.column is None) == (model.by is None):
        context.wrong("column_or_by", at.where, "extended_by")
    columns = context.columns_of(source)
    if model.column is not None and columns:
        own = columns.get(model.column)
        if own is None:
            context.unknown(model.column, at / "column", columns, "column")
        elif own.kind is not Kind.INTEGER:
            context.wrong("integer_wanted", (at / "column").where, model.column)
    return Extension(
        source,
        model.column,
        context.parameter(model.by, at / "by", Kind.LENGTH),
        context.parameter(model.at_most, at / "at_most", Kind.LENGTH),
        context.parameter(model.in_all, at / "in_all", Kind.LENGTH),
        context.parameter(model.total, at / "total", Kind.LENGTH),
    )


# ---- windows -------------------------------------------------------------------------------------------------------
def series_of(context: Context, model: SeriesIn | None, at: At) -> Series | None:
    """Return a series, or None when there is none: offsets in one unit, and how many days may be given."""
    if model is None:
        return None
    given = [(unit, tuple(offsets)) for unit in UNITS if (offsets := getattr(model, unit.value))]
    if len(given) != 1 or any(offset < 0 for offset in given[0][1]):
        context.wrong("series", at.where, "series")
        return Series(Unit.DAYS, (0,))
    ((unit, offsets),) = given
    give = model.give
    before, after = (give.before, give.after) if isinstance(give, GiveIn) else (give, give)
    for length in (before, after):
        if length is not None and length.unit is not Unit.DAYS:
            context.wrong("days", (at / "give").where, "give")
    return Series(
        unit,
        tuple(sorted(set(offsets))),
        before.number if before is not None else 0,
        after.number if after is not None else 0,
    )


def roster_of(context: Context, every: object, at: At, wanted: str, units: frozenset[str]) -> Roster | None:
    """Return the roster of a spacing, or None when it has none."""
    if not isinstance(every, DutyEverySpecial) or every.roster is None:
        return None
    where = at / "roster"
    table, _ = source_table(every.roster, where)
    link = every.roster.link if isinstance(every.roster, SourceMap) else None
    says = link is not None or refers_to_one(context.tables.schema(table), wanted)
    # Rows that refer to nobody concern all who were at their place.
    own = says or wanted in context.names.levels
    source = context.source(every.roster, where, wanted=wanted if own else None)
    each = None if every.each is None else every_of(context, every.each, at / "each", units)
    return Roster(source, each)


# ---- what counts ---------------------------------------------------------------------------------------------------
def share_faults(context: Context, share: Parameter | None, at: At) -> None:
    """Note a share that isn't over zero and at most the whole."""
    for _, value in share.values if share is not None else ():
        if not isinstance(value, int | Fraction) or not 0 < value <= 1:
            context.wrong("share", at.where, at.name)


def earlier_of(context: Context, model: DutyFile, at: At) -> tuple[str, ...]:
    """Return the duties that take their entries before this one: those before it in `among`."""
    if not model.among:
        return ()
    known = context.names.of("duty")
    for number, other in enumerate(model.among):
        if other not in known:
            context.unknown(
                other, at / "among" / number if len(model.among) > 1 else at / "among", known, "table"
            )
            return ()
        other_model = known[other].model
        if isinstance(other_model, DutyFile) and (other_model.uses != "once" or _rolls(other_model)):
            context.wrong("among", (at / "among").where, other)
            return ()
    if model.uses != "once" or model.duty not in model.among:
        context.wrong("among", (at / "among").where, model.duty)
        return ()
    earlier = tuple(model.among[: model.among.index(model.duty)])
    for other in earlier:
        context.depends(other, at / "among")
    return earlier


def _rolls(model: DutyFile) -> bool:
    spacings = (model.every, *(tier.every for tier in model.tiers.values()))
    return any(isinstance(one, DutyEverySpecial) and one.rolling is not None for one in spacings)


def only_figure(figure: Figure | None) -> bool:
    """Whether a figure is 1 for all time, or isn't given."""
    return figure is None or all(value == 1 for _, value in figure.values)

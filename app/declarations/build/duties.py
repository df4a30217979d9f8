"""Duties."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from operator import itemgetter
from typing import TYPE_CHECKING

from app.declarations.build.context import SPAN, Context, source_table
from app.declarations.build.spacing import membership_of, occurrences_a_year, optional_every
from app.declarations.checks.figures import dates_of
from app.declarations.located import At, LocatedList
from app.declarations.names import WORKER
from app.declarations.schema.duties import DutyFile, MetByMap, TierIn, WaiverMap
from app.declarations.tables import Columns
from app.domain.core.expressions import TRUE
from app.domain.core.values import Column, Kind, Schema
from app.domain.kinds.common import Parameter
from app.domain.kinds.duty import Covers, Duty, MetBy, SubQuota, Tier, Waiver
from app.domain.kinds.links import has_link
from app.domain.workdays import Every

if TYPE_CHECKING:
    from fractions import Fraction


def build_duty(context: Context, model: DutyFile, at: At, units: frozenset[str]) -> Duty:
    """Return a duty, its references resolved and its conditions typed."""
    each, columns, wanted = context.each(model.for_each, at / "for_each")
    on = "at" if each.source is not None else SPAN
    role, column = _owner(context, model, at, columns)
    rows = _Rows(columns, wanted, on)
    every = optional_every(context, model.every, at / "every", units)
    times = context.parameter(model.times, at / "times", Kind.INTEGER)
    tiers = tuple(
        _tier(context, name, tier, at / "tiers" / name, rows, units) for name, tier in model.tiers.items()
    )
    if model.tiers_by == "strictest":
        tiers = _strictest_first(context, tiers, every, times, at)
    duty = Duty(
        heading=context.heading(model, at),
        for_each=each,
        condition=context.condition(model.where, at / "where", columns, on),
        owed_by_role=role,
        owed_by_column=column,
        every=every,
        within=context.parameter(model.within, at / "within", Kind.LENGTH),
        times=times,
        met_by=_met_by(context, model.met_by, at / "met_by", wanted),
        of_which=_sub_quotas(context, model, at),
        tiers=tiers,
        due_if=membership_of(context, model.due_if, at / "due_if"),
        late_until=context.parameter(model.late_until, at / "late_until", Kind.LENGTH),
        waived_by=tuple(
            _waiver(context, waiver, _member(at / "waived_by", number), wanted)
            for number, waiver in enumerate(model.waived_by)
        ),
        minutes_each=context.parameter(model.minutes_each, at / "minutes_each", Kind.NUMBER),
    )
    _complete(context, duty, at)
    return duty


def _member(at: At, number: int) -> At:
    """Return the cursor of a member; one value may stand for a list of one."""
    data: object = at.data
    for part in at.path:
        data = data[part] if isinstance(data, dict | list) else None  # type: ignore[index]
    return at / number if isinstance(data, LocatedList) else at


def _owner(context: Context, model: DutyFile, at: At, columns: Columns) -> tuple[str | None, str | None]:
    """Return the role that owes the duty, or the column that says who does."""
    owner = model.owed_by
    if owner is None:
        return None, None
    if owner in context.names.of("role"):
        return owner, None
    if owner in columns:
        return None, owner
    if not columns:
        return None, None  # what it is for isn't known, which is noted
    context.unknown(owner, at / "owed_by", [*context.names.of("role"), *columns], "role")
    return None, None


@dataclass(frozen=True, slots=True)
class _Rows:
    """What a duty is for: the columns of its rows, what these refer to, and when ages are reckoned."""

    columns: Columns
    wanted: str
    on: str


def _tier(context: Context, name: str, model: TierIn, at: At, rows: _Rows, units: frozenset[str]) -> Tier:
    return Tier(
        id=name,
        condition=context.condition(model.where, at / "where", rows.columns, rows.on),
        every=optional_every(context, model.every, at / "every", units),
        within=context.parameter(model.within, at / "within", Kind.LENGTH),
        times=context.parameter(model.times, at / "times", Kind.INTEGER),
        met_by=_met_by(context, model.met_by, at / "met_by", rows.wanted),
        title=model.title,
    )


def _strictest_first(
    context: Context, tiers: tuple[Tier, ...], every: Every | None, times: Parameter | None, at: At
) -> tuple[Tier, ...]:
    """Return tiers by how often they fall due in a year, most often first; equal ones in their order.

    What can't be compared is refused: deadlines, units of a calendar's own, an order that changes with a date.
    """
    figures = (times, *(tier.times for tier in tiers))
    days = dates_of(figure for figure in figures if figure is not None)
    first, *later = (_by_frequency(tiers, every, times, day) for day in days)
    if first is None or any(order != first for order in later):
        context.note("E107", (at / "tiers_by").where, what="tiers_by: strictest")
        return tiers
    return first


def _by_frequency(
    tiers: tuple[Tier, ...], every: Every | None, times: Parameter | None, day: date
) -> tuple[Tier, ...] | None:
    """Return tiers in their order by the figures of `day`, or None where one can't be compared."""
    found: list[tuple[Fraction, Tier]] = []
    for tier in tiers:
        often = occurrences_a_year(tier.every or every, tier.times or times, day)
        if often is None:
            return None
        found.append((often, tier))
    return tuple(tier for _, tier in sorted(found, key=itemgetter(0), reverse=True))


def _met_by(context: Context, sources: Sequence[object], at: At, wanted: str) -> tuple[MetBy, ...]:
    return tuple(
        _one_met_by(context, source, _member(at, number), wanted) for number, source in enumerate(sources)
    )


def _one_met_by(context: Context, data: object, at: At, wanted: str) -> MetBy:
    source = context.source(data, at, wanted=wanted)
    if not isinstance(data, MetByMap):
        return MetBy(source)
    minutes = data.minutes.at_least if data.minutes else None
    if data.counts is not None and len(data.counts.values) > 1:
        context.note("E107", (at / "counts").where, what="counts: {…}")  # a weight by date
    return MetBy(
        source,
        minutes=context.parameter(minutes, at / "minutes" / "at_least", Kind.INTEGER),
        together=data.together,
        counts=context.parameter(data.counts, at / "counts", Kind.NUMBER),
    )


def _sub_quotas(context: Context, model: DutyFile, at: At) -> tuple[SubQuota, ...]:
    """Return the sub-quotas; their conditions read the columns that all counted sources have in common."""
    sources = [*model.met_by, *(source for tier in model.tiers.values() for source in tier.met_by)]
    tables = [context.tables.source_columns(source) for source in sources]
    common = {
        name: own
        for name, own in (tables[0] if tables else {}).items()
        if all(other.get(name) == own for other in tables[1:])
    }
    return tuple(
        SubQuota(
            name,
            context.condition(quota.where, at / "of_which" / name / "where", common),
            context.required(quota.at_least, at / "of_which" / name / "at_least", Kind.INTEGER),
        )
        for name, quota in model.of_which.items()
    )


def _waiver(context: Context, data: object, at: At, wanted: str) -> Waiver:
    # Rows that say nothing of the subject are those of whoever owes it: a household's visit, its leader's leave.
    columns = context.tables.columns(source_table(data, at)[0]) or {}
    schema = Schema(tuple(Column(name, own) for name, own in columns.items()), ())
    places = wanted in context.names.levels
    source = context.source(data, at, wanted=wanted if places or has_link(schema, wanted) else WORKER)
    if not isinstance(data, WaiverMap):
        return Waiver(source)
    columns = context.tables.columns(source.table) or {}
    if data.covers is not None and columns and "end" not in columns:
        context.wrong("span_form", (at / "covers").where)
    return Waiver(
        source,
        covers=Covers(data.covers) if data.covers else None,
        times=context.parameter(data.times, at / "times", Kind.INTEGER),
    )


def _complete(context: Context, duty: Duty, at: At) -> None:
    """Note what a duty lacks: how often or by when, and what meets it."""
    variants = duty.tiers or (Tier("", TRUE),)
    for tier in variants:
        where = at / "tiers" / tier.id if tier.id else at
        every, within = tier.every or duty.every, tier.within or duty.within
        if every is None and within is None:
            context.note("E106", where.key if tier.id else at.where, name="every")
        elif every is not None and within is not None:
            context.wrong("every_or_within", where.key if tier.id else at.where)
        elif within is not None and duty.for_each.source is None and duty.for_each.level != "?":
            context.wrong("events", (at / "for_each").where)
        if not (tier.met_by or duty.met_by):
            context.note("E106", where.key if tier.id else at.where, name="met_by")

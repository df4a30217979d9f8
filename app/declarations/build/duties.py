"""Duties."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from app.declarations.build.context import SPAN, Context
from app.declarations.build.counting import met_by_of
from app.declarations.build.duty_parts import (
    earlier_of,
    extension_of,
    only_figure,
    pause_of,
    roster_of,
    series_of,
    share_faults,
    tied_or_worker,
    wanted_of,
)
from app.declarations.build.going_on import rolls_on
from app.declarations.build.spacing import membership_of, occurrences_a_year, optional_every, seconds_about
from app.declarations.checks.figures import dates_of
from app.declarations.columns import Columns, alike
from app.declarations.located import At
from app.declarations.schema.duties import DueIf, DutyFile, OfWhich, TierIn, WaiverMap
from app.declarations.schema.figures_in import Figure
from app.domain.core.expressions import TRUE
from app.domain.core.types import marked
from app.domain.core.values import Kind, Length
from app.domain.kinds.common import Each, Parameter, Source
from app.domain.kinds.counting import weighs
from app.domain.kinds.duty import Covers, Duty, MetBy, Prorating, Starts, SubQuota, Tier, Waiver
from app.domain.kinds.links import WORKER
from app.domain.workdays import Every


def build_duty(context: Context, model: DutyFile, at: At, units: frozenset[str]) -> Duty:
    """Return a duty, its references resolved and its conditions typed."""
    each, columns, wanted = context.each(model.for_each, at / "for_each")
    also, columns = _further_events(context, model, at, columns)
    on = "at" if each.source is not None else SPAN
    role, column = _owner(context, model, at, columns)
    rows = _Rows(columns, _ways(each, columns, wanted), on)
    every = optional_every(context, model.every, at / "every", units)
    times = _times(context, model.times, at / "times")
    within = context.parameter(model.within, at / "within", Kind.LENGTH)
    tiers = tuple(
        _tier(context, name, tier, at / "tiers" / name, rows, units) for name, tier in model.tiers.items()
    )
    roster = roster_of(context, model.every, at / "every", wanted, units)
    orders: tuple[Order, ...] = ()
    if model.tiers_by == "strictest":
        orders = _strictest_first(context, tiers, (every, within, times), at)
    duty = Duty(
        heading=context.heading(model, at),
        for_each=each,
        condition=context.condition(model.where, at / "where", columns, on),
        owed_by_role=role,
        owed_by_column=column,
        every=roster.every if roster is not None and roster.every is not None else every,
        within=within,
        times=times,
        met_by=_met_by(context, model.met_by, at / "met_by", rows.ways),
        of_which=_sub_quotas(context, model, at),
        tiers=tiers,
        due_if=membership_of(context, model.due_if, at / "due_if"),
        late_until=context.parameter(model.late_until, at / "late_until", Kind.LENGTH),
        waived_by=tuple(
            _waiver(context, waiver, (at / "waived_by").member(number), rows.ways)
            for number, waiver in enumerate(model.waived_by)
        ),
        minutes_each=context.parameter(model.minutes_each, at / "minutes_each", Kind.NUMBER),
        prorate=_prorating(model),
        series=series_of(context, model.series, at / "series"),
        pauses=tuple(
            pause_of(context, name, pause, at / "pauses" / name, rows.ways)
            for name, pause in model.pauses.items()
        ),
        extended_by=None
        if model.extended_by is None
        else extension_of(context, model.extended_by, at / "extended_by", rows.ways),
        also=also,
        starts=Starts(model.starts),
        roster=roster,
        once=model.uses == "once",
        before=earlier_of(context, model, at),
        orders=orders,
        goes_on=rolls_on(context, model, at),
    )
    _complete(context, duty, at)
    _fits(context, duty, model, at)
    return duty


def _further_events(
    context: Context, model: DutyFile, at: At, columns: Columns
) -> tuple[tuple[Source, ...], Columns]:
    """Return the sources of events beside the first, and the columns that all of them have, of one type."""
    if not isinstance(model.for_each, list):
        return (), columns
    found = []
    for number, one in enumerate(model.for_each[1:], 1):
        source = context.source(one, at / "for_each" / number, wanted=None)
        found.append(source)
        own = context.columns_of(source)
        columns = {
            name: marked(kind, own[name])
            for name, kind in columns.items()
            if name in own and alike(kind, own[name])
        }
    return tuple(found), columns


def _ways(each: Each, columns: Columns, wanted: str) -> tuple[str, ...]:
    """Return what a duty's rows may refer to: its subject; its event, whom that is about, or who owes it."""
    if each.source is None:
        return (wanted,)
    about = next((columns[name].to for name in ("subject", "about") if name in columns), None)
    group = columns.get(each.source.link or "")
    event = wanted if "id" in columns else about
    ways = (event, group.to if group is not None else None, about, WORKER)
    return tuple(dict.fromkeys(way for way in ways if way is not None))


def _prorating(model: DutyFile) -> Prorating | None:
    return Prorating(model.due_if.round) if isinstance(model.due_if, DueIf) and model.due_if.prorate else None


def _owner(context: Context, model: DutyFile, at: At, columns: Columns) -> tuple[str | None, str | None]:
    """Return the role that owes the duty, or the column that says who does."""
    owner = model.owed_by
    if owner is None:
        return None, None
    if owner in context.names.of("role"):
        return owner, None
    if owner in columns:
        if columns[owner].kind not in (Kind.REF, Kind.REFS):
            context.wrong("ref_wanted", (at / "owed_by").where, owner)
        return None, owner
    if not columns:
        return None, None  # what it is for isn't known, which is noted
    context.unknown(owner, at / "owed_by", [*context.names.of("role"), *columns], "role")
    return None, None


@dataclass(frozen=True, slots=True)
class _Rows:
    """What a duty is for: the columns of its rows, what these refer to, and when ages are reckoned."""

    columns: Columns
    ways: tuple[str, ...]
    on: str


def _times(context: Context, figure: Figure | None, at: At) -> Parameter | None:
    """Return how often something is owed, noting a figure below nought: it would be met before anything is done."""
    if figure is not None and any(isinstance(one, int) and one < 0 for _, one in figure.values):
        context.wrong("negative", at.where, "times")
    return context.parameter(figure, at, Kind.INTEGER)


def _tier(context: Context, name: str, model: TierIn, at: At, rows: _Rows, units: frozenset[str]) -> Tier:
    return Tier(
        id=name,
        condition=context.condition(model.where, at / "where", rows.columns, rows.on),
        every=optional_every(context, model.every, at / "every", units),
        within=context.parameter(model.within, at / "within", Kind.LENGTH),
        times=_times(context, model.times, at / "times"),
        met_by=_met_by(context, model.met_by, at / "met_by", rows.ways),
        title=model.title,
        series=series_of(context, model.series, at / "series"),
    )


Order = tuple[date | None, tuple[str, ...]]
_Common = tuple[Every | None, Parameter | None, Parameter | None]


def _strictest_first(context: Context, tiers: tuple[Tier, ...], common: _Common, at: At) -> tuple[Order, ...]:
    """Return, by the day since which it holds, the order of tiers by how often they fall due in a year.

    Of deadlines the shortest goes first, equal ones in their order. What can't be compared is refused: a calendar's own
    units, series, deadlines beside spacings.
    """
    every, within, times = common
    figures = (within, times, *(tier.within for tier in tiers), *(tier.times for tier in tiers))
    days = dates_of(figure for figure in figures if figure is not None)
    found: list[Order] = []
    for day in days:
        strict = [
            _strictness(tier.every or every, tier.within or within, tier.times or times, day)
            for tier in tiers
        ]
        comparable = [one for one in strict if one is not None]
        if len(comparable) < len(tiers) or len({kind for kind, _ in comparable}) > 1:
            context.wrong("comparable", (at / "tiers_by").where, "tiers_by")
            return ()
        ranked = sorted(zip(comparable, tiers, strict=True), key=lambda one: one[0][1], reverse=True)
        order = tuple(tier.id for _, tier in ranked)
        if not found or found[-1][1] != order:
            found.append((day if found else None, order))
    return tuple(found)


def _strictness(
    every: Every | None, within: Parameter | None, times: Parameter | None, day: date
) -> tuple[str, Fraction] | None:
    """Return what is compared and how strict it is by the figures of `day`, or None where that can't be said."""
    if within is not None:
        limit = within.on(day)
        return ("within", Fraction(-seconds_about(limit))) if isinstance(limit, Length) else None
    often = occurrences_a_year(every, times, day)
    return None if often is None else ("every", often)


def _met_by(context: Context, sources: Sequence[object], at: At, ways: tuple[str, ...]) -> tuple[MetBy, ...]:
    wanted = wanted_of(context, sources, ways, at)
    return tuple(
        met_by_of(context, source, at.member(number), wanted) for number, source in enumerate(sources)
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
        _sub_quota(context, name, quota, at / "of_which" / name, common)
        for name, quota in model.of_which.items()
    )


def _sub_quota(context: Context, name: str, quota: OfWhich, at: At, common: Columns) -> SubQuota:
    if (quota.at_least is None) == (quota.share is None):
        context.wrong("at_least_or_share", at.where, name)
    share = context.parameter(quota.share, at / "share", Kind.NUMBER)
    share_faults(context, share, at / "share")
    return SubQuota(
        name,
        context.condition(quota.where, at / "where", common),
        context.parameter(quota.at_least, at / "at_least", Kind.INTEGER),
        share,
    )


def _waiver(context: Context, data: object, at: At, ways: tuple[str, ...]) -> Waiver:
    # Rows that say nothing of the subject are those of whoever owes it: a household's visit, its leader's leave.
    source = context.source(data, at, wanted=tied_or_worker(context, data, at, ways))
    if not isinstance(data, WaiverMap):
        return Waiver(source)
    columns = context.tables.columns(source.table) or {}
    if data.covers is not None and columns and "end" not in columns:
        context.wrong("span_form", (at / "covers").where)
    return Waiver(
        source,
        covers=Covers(data.covers) if data.covers else None,
        times=_times(context, data.times, at / "times"),
    )


def _complete(context: Context, duty: Duty, at: At) -> None:
    """Note what a duty lacks: how often or by when, and what meets it."""
    variants = duty.tiers or (Tier("", TRUE),)
    for tier in variants:
        where = at / "tiers" / tier.id if tier.id else at
        here = where.key if tier.id else at.where
        every, within = tier.every or duty.every, tier.within or duty.within
        given = [one for one in (every, within, tier.series or duty.series) if one is not None]
        if not given:
            context.note("E106", here, name="every")
        elif len(given) > 1:
            context.wrong("every_or_within", here)
        elif every is None and duty.for_each.source is None and duty.for_each.level != "?":
            context.wrong("events", (at / "for_each").where)
        if not (tier.met_by or duty.met_by):
            context.note("E106", here, name="met_by")


def _grouped(context: Context, duty: Duty, model: DutyFile, at: At) -> None:
    """Note events of which nothing says which belong together, where one of several starts the clock."""
    if duty.starts is Starts.EACH or duty.for_each.source is None:
        return
    sources = (duty.for_each.source, *duty.also)
    for number, source in enumerate(sources):
        columns = context.columns_of(source)
        about = next((columns[name].to for name in ("subject", "about") if name in columns), None)
        if source.link is None and about is None:
            where = at / "for_each" / number if isinstance(model.for_each, list) else at / "for_each"
            context.wrong("starts_link", where.where, "starts")


def _fits(context: Context, duty: Duty, model: DutyFile, at: At) -> None:
    """Note what doesn't go together."""
    events = duty.for_each.source is not None
    limits = any(tier.within or duty.within for tier in duty.tiers or (Tier(""),))
    for key, given, fits in (
        ("pauses", bool(duty.pauses), events and limits),
        ("extended_by", duty.extended_by is not None, events and limits),
        ("starts", duty.starts is not Starts.EACH, events),
    ):
        if given and not fits:
            context.wrong("only_deadlines", (at / key).key, key)
    _grouped(context, duty, model, at)
    member = duty.membership.rule
    if duty.prorate is not None and (events or member in {"at_start", "at_end"}):
        context.wrong("prorate", (at / "due_if").where, "prorate")
    figures = (model.times, *(tier.times for tier in model.tiers.values()))
    ways = (*duty.met_by, *(met for tier in duty.tiers for met in tier.met_by))
    weighed = any(weighs(met) for met in ways)
    rolls = any(tier.every and tier.every.rolling for tier in (*duty.tiers, Tier("", every=duty.every)))
    if rolls and (
        weighed or duty.of_which or duty.once or duty.prorate or not all(map(only_figure, figures))
    ):
        context.wrong("rolling", (at / "every").where if model.every is not None else at.where, "rolling")
    tier_rosters = any(tier.every == Every("") for tier in duty.tiers)
    if tier_rosters or (duty.every == Every("") and duty.roster is None):
        context.wrong("spacing", at.where, "every")

"""From a regulation to its plan: every definition expanded, each after those whose tables it reads."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Final, TypeVar

from app.domain.core.plan import Plan, SourceTable
from app.domain.core.values import Schema
from app.domain.kinds.appraisal import Appraisal, Part
from app.domain.kinds.appraisal_plan import expand_appraisal
from app.domain.kinds.class_plan import expand_classes
from app.domain.kinds.common import Ties
from app.domain.kinds.duty import Duty
from app.domain.kinds.duty_plan import expand_duty
from app.domain.kinds.expansion import Expansion
from app.domain.kinds.indicator import Indicator
from app.domain.kinds.indicator_plan import expand_indicator
from app.domain.kinds.lookback import widened
from app.domain.kinds.needs import Around, Definition, Leads, days_of, needs, spacings_of
from app.domain.kinds.procedure import Procedure
from app.domain.kinds.procedure_plan import expand_procedure
from app.domain.kinds.quality_plan import expand_quality
from app.domain.kinds.role_plan import expand_role
from app.domain.kinds.rule import Rule
from app.domain.kinds.rule_plan import expand_rule
from app.domain.kinds.sheet import Item, Sheet
from app.domain.kinds.sheet_plan import expand_sheet
from app.domain.kinds.spine import place_tables
from app.domain.kinds.table import Table, sources_of
from app.domain.kinds.table_plan import expand_table
from app.domain.kinds.version_plan import expand_succession
from app.domain.kinds.versions import Succession
from app.domain.period import Period
from app.domain.regulation import Regulation
from app.domain.windows import windows
from app.domain.workdays import Every
from app.domain.zones import date_of, start_of_day

T = TypeVar("T")
WHOLE: Final[Leads] = {}
"""The leads in a period that is made of whole windows of every spacing."""


class CycleError(Exception):
    """Definitions that read each other's tables in a circle; `ids` names them in order."""

    def __init__(self, ids: tuple[str, ...]) -> None:
        """Keep the ids."""
        super().__init__(" → ".join(ids))
        self.ids = ids


def plan_of(regulation: Regulation, sources: tuple[SourceTable, ...], leads: Leads = WHOLE) -> Plan:
    """Return the plan of all definitions over the `sources`. Raises CycleError and AmbiguousLinkError.

    `leads`: by how many days the windows of a spacing reach over the ends of the period that is evaluated (`leads_in`).
    """
    every_source = (*sources, *place_tables(regulation))
    tables = {source.name: Schema(source.columns, source.key) for source in every_source}
    into = Expansion(regulation, tables, [])
    for subject in dict.fromkeys(item.of for item in regulation.classes.values()):
        expand_classes(subject, [item for item in regulation.classes.values() if item.of == subject], into)
    for role in regulation.roles.values():
        expand_role(role, into)
    for form in regulation.forms.values():
        expand_quality(form, into)
    ordered = in_order(regulation)
    for definition in ordered:
        _expand(definition, into)
    found = definitions(regulation)
    owners = {definition.id: tuple(_owners(definition, found)) for definition in ordered}
    need = needs(ordered, found, owners, leads)
    return Plan(every_source, widened(into.derivations, need, found, into, leads))


def leads_in(regulation: Regulation, period: Period) -> dict[Every | str, Around]:
    """Return by how many days windows of a spacing reach over the period's ends, of those that do.

    Before it begins the first that ends in it; after it ends the last that has begun in it. A balance goes back to the
    day since which its sheet is in force.
    """
    found: dict[Every | str, Around] = {}
    for every in {every for one in definitions(regulation).values() for every in spacings_of(one)}:
        if not every.unit or every.rolling is not None or every.method:
            continue  # no windows of the calendar
        zone, end = regulation.calendar.zone, period.end
        here = windows(every, regulation.calendar, period.start, end)
        later = windows(every, regulation.calendar, end, end + timedelta(days=days_of(every)))
        begun = [window for window in later if date_of(zone, window.start) < end]
        first = date_of(zone, here[0].start) if here else period.start
        last = max((window.end for window in begun), default=start_of_day(zone, end))
        around = Around(max((period.start - first).days, 0), (date_of(zone, last) - end).days)
        if any(around):
            found[every] = around
    for sheet in regulation.sheets.values():
        since = sheet.heading.since
        if sheet.wallet is not None and since is not None and since < period.start:
            found[sheet.id] = Around((period.start - since).days)
    return found


def _owners(definition: Definition, found: Mapping[str, Definition]) -> Iterator[str]:
    """Yield the ids of the definitions that a definition reads."""
    for table in reads(definition):
        owner = table if table in found else table.split(".")[0]
        if owner in found:
            yield owner


def _expand(definition: Definition, into: Expansion) -> None:
    match definition:
        case Duty():
            expand_duty(definition, into)
        case Indicator():
            expand_indicator(definition, into)
        case Rule():
            expand_rule(definition, into)
        case Sheet():
            expand_sheet(definition, into)
        case Table():
            expand_table(definition, into)
        case Procedure():
            expand_procedure(definition, into)
        case Succession():
            expand_succession(definition, into)
        case _:
            expand_appraisal(definition, into)


def definitions(regulation: Regulation) -> dict[str, Definition]:
    """Return all definitions that have a table of their own, by id, in declared order."""
    return {
        **regulation.procedures,
        **regulation.tables,
        **regulation.duties,
        **regulation.indicators,
        **regulation.rules,
        **regulation.sheets,
        **regulation.appraisals,
        **regulation.successions,
    }


def in_order(regulation: Regulation) -> list[Definition]:
    """Return the definitions, each after those that it reads. Raises CycleError."""
    found = definitions(regulation)
    done: dict[str, Definition] = {}
    path: list[str] = []

    def visit(definition_id: str) -> None:
        if definition_id in done:
            return
        if definition_id in path:
            raise CycleError((*path[path.index(definition_id) :], definition_id))
        path.append(definition_id)
        for other in reads(found[definition_id]):
            owner = other if other in found else other.split(".")[0]
            if owner in found:
                visit(owner)
        path.pop()
        done[definition_id] = found[definition_id]

    for definition_id in found:
        visit(definition_id)
    return list(done.values())


def reads(definition: Definition) -> Iterator[str]:
    """Yield the names of the tables that a definition reads."""
    match definition:
        case Duty():
            yield from _duty_reads(definition)
        case Indicator():
            yield definition.of.table
            if definition.against is not None:
                yield definition.against.table
            if definition.sample is not None:
                yield definition.sample.draw.table
        case Rule():
            yield from _rule_reads(definition)
        case Procedure():
            yield from (definition.matter, *(move.form for move in definition.moves))
        case Table():
            yield from (source.table for source in sources_of(definition))
        case Succession():
            yield from definition.versions
        case Sheet():
            yield from _sheet_reads(definition)
        case _:
            yield from _appraisal_reads(definition)


def _rule_reads(rule: Rule) -> Iterator[str]:
    if rule.for_each.source is not None:
        yield rule.for_each.source.table
    yield from (fact.source.table for fact in rule.facts if fact.source is not None)
    yield from rule.before
    if rule.select is not None:
        yield from _draws(rule.select.ties)


def _appraisal_reads(appraisal: Appraisal) -> Iterator[str]:
    yield from _part_reads(appraisal.parts)
    yield from (override.finding for override in appraisal.overrides)
    if appraisal.bonus is not None:
        yield appraisal.bonus
    for grade in appraisal.grades:
        if grade.quota is not None:
            yield from _draws(grade.quota.ties)


def _draws(ties: Ties) -> Iterator[str]:
    if ties.draw is not None:
        yield ties.draw.table


def _duty_reads(duty: Duty) -> Iterator[str]:
    yield from duty.before
    if duty.for_each.source is not None:
        yield duty.for_each.source.table
    for source in duty.also:
        yield source.table
    if duty.roster is not None:
        yield duty.roster.source.table
    if duty.extended_by is not None:
        yield duty.extended_by.source.table
    for pause in duty.pauses:
        yield from (source.table for source in (pause.begins, pause.ends, pause.during) if source is not None)
    for met in (*duty.met_by, *(met for tier in duty.tiers for met in tier.met_by)):
        yield met.source.table
    for waiver in duty.waived_by:
        yield waiver.source.table


def _sheet_reads(sheet: Sheet) -> Iterator[str]:
    for item in (*sheet.items, *sheet.bonus):
        yield from _item_reads(item)
    if sheet.prorate is not None and sheet.prorate.source is not None:
        yield sheet.prorate.source.table
    if sheet.wallet is not None:
        yield from (spending.source.table for spending in sheet.wallet.spent_by)


def _item_reads(item: Item) -> Iterator[str]:
    for source in (item.requires, item.vetoed_by):
        if source is not None:
            yield source.table
    for line in item.lines:
        if line.source is not None:
            yield line.source.table
        if line.share_of is not None:
            yield line.share_of
        if line.mark is not None:
            yield line.mark.form
    for child in item.items:
        yield from _item_reads(child)


def _part_reads(parts: tuple[Part, ...]) -> Iterator[str]:
    for part in parts:
        if part.table is not None:
            yield part.table
        sources = (part.source, part.correction.source if part.correction is not None else None)
        yield from (source.table for source in sources if source is not None)
        for table, _ in part.only_if:
            yield table
        yield from _part_reads(part.parts)


def limited(regulation: Regulation, tables: Iterable[str]) -> Regulation:
    """Return the regulation with only those definitions that `tables` are made of, in declared order.

    Their rows are the same, since a table follows from those that it reads alone.
    """
    found = definitions(regulation)
    kept: set[str] = set()
    left = list(tables)
    while left:
        table = left.pop()
        owner = table if table in found else table.split(".")[0]
        if owner in found and owner not in kept:
            kept.add(owner)
            left.extend(reads(found[owner]))

    def of(group: Mapping[str, T]) -> dict[str, T]:
        return {key: definition for key, definition in group.items() if key in kept}

    return replace(
        regulation,
        procedures=of(regulation.procedures),
        tables=of(regulation.tables),
        duties=of(regulation.duties),
        indicators=of(regulation.indicators),
        rules=of(regulation.rules),
        sheets=of(regulation.sheets),
        appraisals=of(regulation.appraisals),
        successions=of(regulation.successions),
    )

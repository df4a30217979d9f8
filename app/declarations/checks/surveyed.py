"""What the checks look at: the finished regulation, and where its parts stand in their files."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from app.declarations.located import At
from app.domain.core.expressions import COMPARISONS, All, Binary, Expression, Literal, Name, Operator
from app.domain.core.regions import Between
from app.domain.kinds.appraisal import Appraisal, Part
from app.domain.kinds.common import Each, Source
from app.domain.kinds.duty import Duty
from app.domain.kinds.form import Field
from app.domain.kinds.indicator import Indicator
from app.domain.kinds.rule import Rule
from app.domain.kinds.sheet import Item, Line, Sheet
from app.domain.kinds.table import Fill, Gather, Table
from app.domain.problem import Where
from app.domain.regulation import Regulation

if TYPE_CHECKING:
    from app.domain.core.values import Value

_COUNTS = ("needed", "counted", "possible", "short")
"""Columns of a duty's rows that are never negative."""


@dataclass(frozen=True, slots=True)
class Surveyed:
    """A finished regulation with a cursor into the file of each definition that has no fault of its own."""

    regulation: Regulation
    cursors: Mapping[str, At]

    def sound(self, definition_id: str) -> bool:
        """Whether a definition's file has no fault: what was left out of a faulty one must not look like a finding."""
        return definition_id in self.cursors

    def at(self, definition_id: str) -> At:
        """Return the cursor at the top of a definition's file."""
        return self.cursors[definition_id]

    def bounds(self, table: str) -> dict[str, Between]:
        """Return what the columns of a table lie between, as far as its definition says."""
        regulation = self.regulation
        table = regulation.latest(table)
        form, _, part = table.partition(".")
        if form in regulation.forms:
            rows = (item.columns for item in regulation.forms[form].repeats if item.id == part)
            return form_bounds(regulation.forms[form].fields if not part else next(rows, ()))
        if table in regulation.duties:
            return dict.fromkeys(_COUNTS, Between(0))
        if table in regulation.indicators:
            share = regulation.indicators[table].measure == "share"
            return {"part": Between(0), "whole": Between(0), "value": Between(0, 1) if share else Between()}
        if table in regulation.rules:
            rule = regulation.rules[table]
            counted = [fact.id for fact in rule.facts if fact.function in ("count", "distinct", "streak")]
            return {**self.each_bounds(rule.for_each), **dict.fromkeys(counted, Between(0))}
        return {}

    def each_bounds(self, each: Each) -> dict[str, Between]:
        """Return the bounds of the columns of what a definition has a row for."""
        if each.source is not None:
            return self.bounds(each.source.table)
        return self.subject_bounds(each.subject) if each.subject is not None else {}

    def subject_bounds(self, subject: str) -> dict[str, Between]:
        """Return the bounds of a described subject's columns."""
        found: dict[str, Between] = {}
        for form in self.regulation.forms.values():
            if form.describes == subject:
                found.update(form_bounds(form.fields))
        return found


def form_bounds(fields: Iterable[Field]) -> dict[str, Between]:
    """Return what the answers of questions lie between by their constraints."""
    found: dict[str, Between] = {}
    for field in fields:
        least: Value = None
        most: Value = None
        for constraint in field.constraints:
            match constraint.condition:
                case Binary(Operator.AT_LEAST, Name((name,)), Literal(value)) if name == field.id:
                    least = value
                case Binary(Operator.AT_MOST, Name((name,)), Literal(value)) if name == field.id:
                    most = value
        if least is not None or most is not None:
            found[field.id] = Between(least, most)
    return found


def items_of(items: Iterable[Item], at: At) -> Iterator[tuple[Item, At]]:
    """Yield the items of a sheet, sections before what is in them, with their places."""
    for item in items:
        yield item, at / item.id
        yield from items_of(item.items, at / item.id / "items")


def lines_of(items: Iterable[Item], at: At, own: At) -> Iterator[tuple[Line, At, Item]]:
    """Yield the lines of a sheet with their places; those that stand in the sheet itself are found at `own`."""
    for item, where in items_of(items, at):
        inside = where / "lines" if item.id != own.root or _has(at, item.id) else own / "lines"
        for line in item.lines:
            yield line, inside / line.id, item


def _has(at: At, name: str) -> bool:
    data: object = at.data
    for part in (*at.path, name):
        if not isinstance(data, dict) or part not in data:
            return False
        data = data[part]
    return True


def sources_of(surveyed: Surveyed, definition_id: str) -> Iterator[tuple[Source, At]]:
    """Yield every source of a definition with its place."""
    regulation, at = surveyed.regulation, surveyed.at(definition_id)
    if definition_id in regulation.duties:
        yield from _duty_sources(regulation.duties[definition_id], at)
    elif definition_id in regulation.indicators:
        yield from _indicator_sources(regulation.indicators[definition_id], at)
    elif definition_id in regulation.rules:
        yield from _rule_sources(regulation.rules[definition_id], at)
    elif definition_id in regulation.sheets:
        yield from _sheet_sources(regulation.sheets[definition_id], at)
    elif definition_id in regulation.appraisals:
        yield from _appraisal_sources(regulation.appraisals[definition_id], at)
    elif definition_id in regulation.tables:
        yield from _table_sources(regulation.tables[definition_id], at)


def _appraisal_sources(appraisal: Appraisal, at: At) -> Iterator[tuple[Source, At]]:
    for part, where in parts_of(appraisal.parts, at / "parts"):
        if part.source is not None:
            yield part.source, where / "from"
        if part.correction is not None and part.correction.source is not None:
            yield part.correction.source, at / "corrected_by"


def parts_of(parts: Iterable[Part], at: At) -> Iterator[tuple[Part, At]]:
    """Yield the parts of an appraisal, each before those that it is made of, with their places."""
    for part in parts:
        yield part, at / part.id
        yield from parts_of(part.parts, at / part.id / "parts")


def _table_sources(table: Table, at: At) -> Iterator[tuple[Source, At]]:
    for rows in table.rows:
        if rows.source is not None:
            yield rows.source, at / "from"
    for step in table.steps:
        if isinstance(step, Gather | Fill) and step.rows.source is not None:
            yield step.rows.source, at / "steps"


def _indicator_sources(indicator: Indicator, at: At) -> Iterator[tuple[Source, At]]:
    yield indicator.of, at / "of"
    if indicator.against is not None:
        yield indicator.against, at / "against"


def _rule_sources(rule: Rule, at: At) -> Iterator[tuple[Source, At]]:
    if rule.for_each.source is not None:
        yield rule.for_each.source, at / "for_each"
    for fact in rule.facts:
        if fact.source is not None:
            yield fact.source, at / "facts" / fact.id


def _sheet_sources(sheet: Sheet, at: At) -> Iterator[tuple[Source, At]]:
    for word, items in (("items", sheet.items), ("bonus", sheet.bonus)):
        for line, where, _ in lines_of(items, at / word, at):
            if line.source is not None:
                yield line.source, where
        for item, where in items_of(items, at / word):
            if item.requires is not None:
                yield item.requires, where / "requires"
            if item.vetoed_by is not None:
                yield item.vetoed_by, where / "vetoed_by"
    if sheet.prorate is not None and sheet.prorate.source is not None:
        yield sheet.prorate.source, at / "prorate"
    for spending in sheet.wallet.spent_by if sheet.wallet is not None else ():
        yield spending.source, at / "wallet" / "spent_by"


def _duty_sources(duty: Duty, at: At) -> Iterator[tuple[Source, At]]:
    if duty.for_each.source is not None:
        yield duty.for_each.source, at / "for_each"
    for source in duty.also:
        yield source, at / "for_each"
    for met in duty.met_by:
        yield met.source, at / "met_by"
    for tier in duty.tiers:
        for met in tier.met_by:
            yield met.source, at / "tiers" / tier.id / "met_by"
    for waiver in duty.waived_by:
        yield waiver.source, at / "waived_by"
    if duty.roster is not None:
        yield duty.roster.source, at / "roster"
    yield from _clock_sources(duty, at)


def _clock_sources(duty: Duty, at: At) -> Iterator[tuple[Source, At]]:
    """Yield what stops and moves a duty's clock."""
    for pause in duty.pauses:
        given = (("from", pause.begins), ("until", pause.ends), ("during", pause.during))
        for word, found in given:
            if found is not None:
                yield found, at / "pauses" / pause.id / word
    if duty.extended_by is not None:
        yield duty.extended_by.source, at / "extended_by"


def conjuncts(condition: Expression) -> tuple[Expression, ...]:
    """Return the parts that must all hold."""
    return condition.parts if isinstance(condition, All) else (condition,)


def compared(part: Expression) -> tuple[str, Operator, Fraction] | None:
    """Return the column, the operator and the number of `column < 3`; None for anything else."""
    match part:
        case Binary(operator, Name((column,)), Literal(int() | Fraction() as value)) if (
            operator in COMPARISONS and not isinstance(value, bool)
        ):
            return column, operator, Fraction(value)
        case _:
            return None


def where_of(at: At, *parts: str) -> Where:
    """Return the place of the first of `parts` that stands under the cursor; else the cursor's own."""
    for part in parts:
        if _has(at, part):
            return (at / part).where
    return at.where

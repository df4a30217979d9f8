"""Looking back: rows of earlier windows, computed as far as something in the period needs them, and no results.

A run of months, a change against the month before or a part that is carried over reads windows that ended before the
period. What they are made of is worked out over a longer time, in a table of its own (`x@`); the result table keeps the
rows of the period. An earlier result that was published is used as published.

A window that ends in the period and began before it, such as the year of a December, reads rows from its beginning on.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from app.domain.core.expressions import Call, Expression
from app.domain.core.plan import (
    Aggregate,
    Allot,
    Derivation,
    During,
    Expand,
    From,
    Locate,
    Set,
    Step,
    Tally,
    Within,
)
from app.domain.core.values import Kind, Length, Schema, Type, Unit
from app.domain.kinds.appraisal import Appraisal, Part
from app.domain.kinds.common import Parameter
from app.domain.kinds.duty import Duty
from app.domain.kinds.expansion import Expansion
from app.domain.kinds.indicator import Indicator
from app.domain.kinds.procedure import Procedure
from app.domain.kinds.rule import Rule
from app.domain.kinds.sheet import Sheet
from app.domain.kinds.table import Table, Windows, sources_of
from app.domain.kinds.tree import (
    BOOLEAN,
    TEXT,
    both,
    choose,
    constant,
    equal,
    known_here,
    name,
    negated,
    text,
)
from app.domain.kinds.versions import Succession, whole_of
from app.domain.workdays import Every

Definition = Procedure | Table | Duty | Indicator | Rule | Sheet | Appraisal | Succession

PUBLICATION = "publication"
DAILY = Every("day")
_YEAR = 366
_DAYS = {"day": 1, "week": 7, "month": 31, "quarter": 92, "half_year": 184, "year": _YEAR, "working_day": 7}
_UNIT_DAYS = {Unit.WORKING_DAYS: 7, Unit.WEEKS: 7, Unit.MONTHS: 31, Unit.YEARS: _YEAR}


def wide_table(table: str) -> str:
    """Return the name of the table that holds the rows of earlier windows too."""
    return f"{table}@"


def days_of(every: Every | None) -> int:
    """Return at least how many days a window of a spacing and the way to the next one take."""
    if every is None:
        return _YEAR
    if every.of_working_days or every.unit == "half_day":
        return _DAYS["working_day"]
    return _DAYS.get(every.unit, _YEAR) * every.number


def window_days(definition: Definition, found: Mapping[str, Definition]) -> int:
    """Return at least how many days a window of a definition takes."""
    match definition:
        case Duty():
            spacings = [tier.every or definition.every for tier in definition.tiers] or [definition.every]
            return max(map(days_of, spacings))
        case Table():
            spacings = [step.every for step in definition.steps if isinstance(step, Windows)]
            own = max(map(days_of, spacings), default=0)
            read = (found[source.table] for source in sources_of(definition) if source.table in found)
            return max((own, *(window_days(one, found) for one in read)))
        case Procedure():
            return 0
        case Succession():
            return max(window_days(found[version], found) for version in definition.versions)
        case Rule():
            source = definition.for_each.source
            if source is not None and source.table in found:
                return window_days(found[source.table], found)
            return days_of(definition.every)
        case _:
            return days_of(definition.every)


def spacings_of(definition: Definition) -> Iterator[Every]:
    """Yield the spacings of the calendar's windows that a definition has rows for."""
    every: list[Every | None] = []
    match definition:
        case Duty():
            every = [definition.every, *(tier.every for tier in definition.tiers)]
        case Table():
            every = [step.every for step in definition.steps if isinstance(step, Windows)]
        case Procedure() | Succession():
            return
        case _:
            every = [definition.every]
    yield from (one for one in every if one is not None)


def needs(
    ordered: Iterable[Definition],
    found: Mapping[str, Definition],
    reads: Mapping[str, tuple[str, ...]],
    leads: Mapping[Every, int],
) -> dict[str, int]:
    """Return how many days before the period each definition's rows are needed; those that aren't are left out.

    `ordered` are all definitions, each after those that it reads (`reads`: ids of definitions). `leads`: by how many
    days the first window of a spacing begins before the period; whatever has such a window reads rows from then on.
    """
    need: dict[str, int] = {}
    ordered = tuple(ordered)
    for definition in reversed(ordered):
        for table, days in _wanted(definition, found):
            need[table] = max(need.get(table, 0), days)
        begun = lead_of(definition, found, leads)
        for other in reads[definition.id] if begun else ():
            if not _of_all_time(found[other], found):
                need[other] = max(need.get(other, 0), begun)
        own = need.get(definition.id, 0)
        if own:
            before = own + window_days(definition, found) + _recent_days(definition)
            for other in reads[definition.id]:
                need[other] = max(need.get(other, 0), before)
    for definition in ordered:
        # The rows of all versions are made as one duty's are, of tables that are longer where a version's is.
        days = max((need.get(version, 0) for version in _versions(definition)), default=0)
        if days:
            need[definition.id] = max(need.get(definition.id, 0), days)
    return need


def _of_all_time(definition: Definition, found: Mapping[str, Definition]) -> bool:
    """Whether a definition has its rows whatever the period is: those of entries, as they are."""
    match definition:
        case Procedure():
            return True
        case Succession():
            return all(_of_all_time(found[version], found) for version in definition.versions)
        case Table():
            owners = [_owner_of(source.table, found) for source in sources_of(definition)]
            windows = any(isinstance(step, Windows) for step in definition.steps)
            return not windows and all(_of_all_time(found[one], found) for one in owners if one in found)
        case _:
            return False


def _versions(definition: Definition) -> tuple[str, ...]:
    return definition.versions if isinstance(definition, Succession) else ()


def lead_of(definition: Definition, found: Mapping[str, Definition], leads: Mapping[Every, int]) -> int:
    """Return by how many days the first of a definition's windows begins before the period.

    A rule over another definition's rows has that one's windows.
    """
    match definition:
        case Rule() if definition.for_each.source is not None:
            of = found.get(_owner_of(definition.for_each.source.table, found))
            return 0 if of is None else lead_of(of, found, leads)
        case Succession():
            return max(lead_of(found[version], found, leads) for version in definition.versions)
        case _:
            return max((leads.get(every, 0) for every in spacings_of(definition)), default=0)


def _wanted(definition: Definition, found: Mapping[str, Definition]) -> Iterator[tuple[str, int]]:
    """Yield what a definition itself looks back at: the table and the days."""
    days = window_days(definition, found)
    match definition:
        case Duty() if fills_earlier(definition):
            yield definition.id, max(days, _YEAR) + grace_days(definition)
        case Rule() if looks_back(definition):
            for fact in definition.facts:
                owner = "" if fact.source is None else _owner_of(fact.source.table, found)
                if fact.within is not None and owner in found:
                    yield owner, _longest_days(fact.within)
            source = definition.for_each.source
            of = definition.id if source is None else source.table
            if of in found:
                for fact in definition.facts:
                    if fact.looks_back:
                        restart = days_of(fact.every) if fact.every is not None else 0
                        yield of, days * fact.back + restart
        case Indicator() if definition.change is not None:
            yield definition.id, days
        case Appraisal() if carries(definition):
            yield definition.id, days
        case _:
            return


def fills_earlier(duty: Duty) -> bool:
    """Whether an entry of the period may still fill a window that ended before it: grace runs after windows.

    Which entries that window took before depends on the windows before it, as far as somebody was late in all of them:
    a year is looked back at.
    """
    return duty.late_until is not None and duty.for_each.source is None and not _rolling(duty)


def _rolling(duty: Duty) -> bool:
    spacings = [tier.every or duty.every for tier in duty.tiers] or [duty.every]
    return all(every is not None and every.rolling is not None for every in spacings)


def grace_days(duty: Duty) -> int:
    """Return at least how many days the longest grace of a duty takes."""
    lengths = () if duty.late_until is None else duty.late_until.values
    return max((_length_days(value) for _, value in lengths if isinstance(value, Length)), default=0)


def _recent_days(definition: Definition) -> int:
    """Return at least how many days before its row a rule counts other rows."""
    facts = definition.facts if isinstance(definition, Rule) else ()
    return max((_longest_days(fact.within) for fact in facts if fact.within is not None), default=0)


def _longest_days(parameter: Parameter) -> int:
    return max(_length_days(value) for _, value in parameter.values if isinstance(value, Length))


def _owner_of(table: str, found: Mapping[str, Definition]) -> str:
    return table if table in found else table.split(".", maxsplit=1)[0]


def _length_days(length: Length) -> int:
    return 1 + length.number * _UNIT_DAYS.get(length.unit, 1)


def looks_back(rule: Rule) -> bool:
    """Whether a rule counts rows up to each one, or of a time before it."""
    return any(fact.looks_back or fact.within is not None for fact in rule.facts)


def carries(appraisal: Appraisal) -> bool:
    """Whether a missing part takes its value from the window before."""

    def nested(parts: tuple[Part, ...]) -> bool:
        return any(part.missing == "carry" or nested(part.parts) for part in parts)

    return "carry" in {appraisal.missing, appraisal.not_applicable} or nested(appraisal.parts)


# ---- the plan --------------------------------------------------------------------------------------------------------
def widened(
    derivations: Iterable[Derivation],
    need: Mapping[str, int],
    found: Mapping[str, Definition],
    into: Expansion,
    leads: Mapping[Every, int],
) -> tuple[Derivation, ...]:
    """Return the derivations with those that are needed earlier made over the longer time, beside their results.

    `need` and `leads` are those of `needs`.
    """
    derived = list(derivations)
    own = {one.table: _owner(one, found) for one in derived}
    results = ("", ".items", ".lines")
    wide = {f"{definition}{part}" for definition in need for part in results} & own.keys()
    # A declared table without instants has no earlier rows to tell from those of the period.
    wide = {table for table in wide if table not in into.regulation.tables or "at" in into.tables[table]}
    begun = {own[one.table] for one in derived if any(isinstance(step, During) for step in one.steps)}
    made: list[Derivation] = []
    for one in derived:
        definition = own[one.table]
        days = need.get(definition, 0)
        reader = found.get(definition)
        backwards = days > 0 or (isinstance(reader, Rule) and looks_back(reader))
        backwards = backwards or (reader is not None and lead_of(reader, found, leads) > 0)
        steps = tuple(_step(step, days, wide if backwards else frozenset()) for step in one.steps)
        if one.table not in wide:
            made.append(replace(one, steps=steps))
            continue
        schema = into.tables[one.table]
        published = _published(one.table, schema, found, into)
        made.append(replace(one, table=wide_table(one.table), steps=steps))
        if published:
            made[-1] = replace(made[-1], table=f"{one.table}.computed#")
            kept = tuple(column.name for column in schema.columns)
            again = (From((made[-1].table,)), *published)
            made.append(Derivation(wide_table(one.table), again, one.definition, kept))
        made.append(
            Derivation(
                one.table,
                (
                    From((wide_table(one.table),)),
                    _in_period(schema, found[definition], begun=definition in begun),
                ),
                one.definition,
                tuple(column.name for column in schema.columns),
            )
        )
    return tuple(made)


def _owner(derivation: Derivation, found: Mapping[str, Definition]) -> str:
    return _owner_of(derivation.definition, found)


def _step(step: Step, days: int, wide: Iterable[str]) -> Step:
    """Return a step over the longer time, reading the longer tables."""

    def longer(table: str) -> str:
        return wide_table(table) if table in wide else table

    match step:
        case Expand() | Locate() | During() | Within() if days:
            return replace(step, before=days)
        case From():
            return replace(step, tables=tuple(map(longer, step.tables)))
        case Tally() | Allot():
            return replace(step, of=longer(step.of))
        case _:
            return step


def _in_period(schema: Schema, definition: Definition, *, begun: bool) -> Step:
    """Return the step that keeps the results: the rows of the period; of limits also those that begin in it."""
    if begun and "start" in schema and "at" in schema:
        return During(DAILY, "start", "at", "seen_in")
    every = None if isinstance(definition, Duty | Table | Procedure | Succession) else definition.every
    return Within(DAILY, "at") if "at" in schema else Within(every or DAILY, "period")


def _published(
    table: str, schema: Schema, found: Mapping[str, Definition], into: Expansion
) -> tuple[Step, ...]:
    """Return the steps that put what was published of an earlier window in the place of what is computed of it."""
    definition = found.get(table)
    if not isinstance(definition, Appraisal) or PUBLICATION not in into.tables:
        return ()
    published = into.tables[PUBLICATION]
    steps: list[Step] = [
        Within(DAILY, "at", "now"),
        Tally(
            PUBLICATION,
            (("about", "subject"), ("period", "period")),
            tuple(
                Aggregate(f"published_{column}", "last", name(column, published.type_of(column)), own)
                for column, own in _PUBLISHED.items()
            ),
            None,
            equal(name("of", TEXT), text(whole_of(table))),
        ),
    ]
    columns: list[tuple[str, Expression, Type]] = []
    for column in _PUBLISHED:
        own = schema.type_of(column)
        there = name(f"published_{column}", own)
        earlier = both(negated(name("now", BOOLEAN)), known_here(there))
        columns.append((column, choose(earlier, there, name(column, own), own), own))
    own = schema.type_of("state")
    any_of_them = both(
        negated(name("now", BOOLEAN)),
        Call("known", (name("published_grade", schema.type_of("grade")),), BOOLEAN),
        Call("applies", (name("published_grade", schema.type_of("grade")),), BOOLEAN),
    )
    columns.append(("state", choose(any_of_them, constant("computed", own), name("state", own), own), own))
    return (*steps, Set(tuple(columns)))


_PUBLISHED: Mapping[str, Type] = {
    "score": Type(Kind.NUMBER, may_be_unknown=True, may_be_na=True),
    "grade": Type(Kind.TEXT, may_be_unknown=True, may_be_na=True),
}

"""How far beyond the period the rows of each definition are needed, so that no row hangs on which period is asked for.

A run of months, a change against the month before or a part that is carried over reads windows that ended before the
period. A window that ends in the period and began before it, such as the year of a December, reads rows from its
beginning on; a limit that runs into the period, those since what started it. And what can still be done after its
window, or is taken by a window that ends later, reads rows of after the period.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Final, NamedTuple

from app.domain.core.values import Length, Unit
from app.domain.kinds.appraisal import Appraisal, Part
from app.domain.kinds.common import Parameter
from app.domain.kinds.duty import Duty, Series
from app.domain.kinds.indicator import Indicator
from app.domain.kinds.procedure import Procedure
from app.domain.kinds.rule import Rule
from app.domain.kinds.sheet import Sheet
from app.domain.kinds.table import Table, Windows, sources_of
from app.domain.kinds.versions import Succession
from app.domain.workdays import Every

Definition = Procedure | Table | Duty | Indicator | Rule | Sheet | Appraisal | Succession

_YEAR: Final = 366
_DAYS: Final = {
    "day": 1,
    "week": 7,
    "month": 31,
    "quarter": 92,
    "half_year": 184,
    "year": _YEAR,
    "working_day": 7,
}
_UNIT_DAYS: Final = {
    Unit.WORKING_HOURS: 7,
    Unit.WORKING_DAYS: 7,
    Unit.WEEKS: 7,
    Unit.MONTHS: 31,
    Unit.YEARS: _YEAR,
}
_A_DAY: Final = {Unit.MINUTES: 24 * 60, Unit.HOURS: 24}
"""How many of a unit make a day."""


class Around(NamedTuple):
    """How many days before the period, and how many after it."""

    before: int = 0
    beyond: int = 0


Leads = Mapping[Every | str, Around]
"""By how many days windows reach over the period's ends: of each spacing, and of each sheet whose balance goes back."""


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
            return reach_days(definition, found) or max(map(days_of, spacings))
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
    leads: Leads,
) -> dict[str, Around]:
    """Return how many days before and after the period each definition's rows are needed; who needs none is left out.

    `ordered` are all definitions, each after those that it reads (`reads`: ids of definitions). `leads`: by how many
    days the windows of a spacing reach over the period's ends; whatever has such a window reads rows of all of it.
    """
    need: dict[str, Around] = {}
    ordered = tuple(ordered)

    def want(table: str, before: int, beyond: int = 0) -> None:
        wanted = _most([need.get(table, Around()), Around(before, beyond)])
        if any(wanted):
            need[table] = wanted

    for definition in reversed(ordered):
        for table, days in _wanted(definition, found):
            want(table, days)
        around = _looked_at(definition, found, leads)
        own = need.get(definition.id, Around())
        before = own.before and own.before + window_days(definition, found) + _recent_days(definition)
        beyond = own.beyond and own.beyond + around.beyond
        for other in reads[definition.id]:
            if not of_all_time(found[other], found):
                want(other, *around)
            want(other, before, beyond)
        for other in definition.before if isinstance(definition, Duty) else ():
            reached = Around(max(around.before, before), max(around.beyond, beyond))
            want(other, *_taken_of(found[other], reached, found, leads))
    for definition in ordered:
        # The rows of all versions are made as one duty's are, of tables that are longer where a version's is.
        want(definition.id, *_most(need.get(version, Around()) for version in _versions(definition)))
    return need


def _most(several: Iterable[Around]) -> Around:
    """Return as much as any of them wants."""
    before = beyond = 0
    for one in several:
        before, beyond = max(before, one.before), max(beyond, one.beyond)
    return Around(before, beyond)


def _taken_of(taker: Definition, reached: Around, found: Mapping[str, Definition], leads: Leads) -> Around:
    """Return how far the rows of a duty are needed that may take entries of the time `reached` around the period.

    Such an entry may lie in a window of the taker that ends later, and may be late for one that ended before.
    """
    late = max((late_days(duty) for duty in _duties(taker, found)), default=0)
    eventful = any(reach_days(duty, found) for duty in _duties(taker, found))
    longer = window_days(taker, found) if eventful or reached.beyond else 0
    return Around(reached.before + late, reached.beyond + longer or edges_of(taker, found, leads).beyond)


def of_all_time(definition: Definition, found: Mapping[str, Definition]) -> bool:
    """Whether a definition has its rows whatever the period is: those of entries, as they are."""
    match definition:
        case Procedure():
            return True
        case Succession():
            return all(of_all_time(found[version], found) for version in definition.versions)
        case Table():
            owners = [owner_of(source.table, found) for source in sources_of(definition)]
            windows = any(isinstance(step, Windows) for step in definition.steps)
            return not windows and all(of_all_time(found[one], found) for one in owners if one in found)
        case _:
            return False


def _versions(definition: Definition) -> tuple[str, ...]:
    return definition.versions if isinstance(definition, Succession) else ()


def edges_of(definition: Definition, found: Mapping[str, Definition], leads: Leads) -> Around:
    """Return by how many days a definition's windows of the calendar reach over the period's ends.

    A rule over another definition's rows has that one's windows.
    """
    match definition:
        case Rule() if definition.for_each.source is not None:
            of = found.get(owner_of(definition.for_each.source.table, found))
            return Around() if of is None else edges_of(of, found, leads)
        case Succession():
            return _most(edges_of(found[version], found, leads) for version in definition.versions)
        case _:
            return _most(leads.get(every, Around()) for every in spacings_of(definition))


def around_of(definition: Definition, found: Mapping[str, Definition], leads: Leads) -> Around:
    """Return how many days before and after the period the rows lie that a definition's own rows of it look at.

    From the beginning of what ends in the period, to when what has begun in it can no longer be done.
    """
    before = edges_of(definition, found, leads).before
    match definition:
        case Duty():
            reach = reach_days(definition, found)
            return Around(max(before, reach), reach + late_days(definition))
        case Rule() if definition.for_each.source is not None:
            of = found.get(owner_of(definition.for_each.source.table, found))
            return Around(before if of is None else around_of(of, found, leads).before)
        case Succession():
            return _most(around_of(found[version], found, leads) for version in definition.versions)
        case Sheet():
            return Around(max(before, leads.get(definition.id, Around()).before))
        case _:
            return Around(before)


def looks_around(definition: Definition, found: Mapping[str, Definition], leads: Leads) -> bool:
    """Whether a definition's rows of the period look at rows outside it."""
    takes = isinstance(definition, Duty) and any(
        edges_of(found[other], found, leads).beyond for other in definition.before
    )
    return takes or any(_looked_at(definition, found, leads))


def _looked_at(definition: Definition, found: Mapping[str, Definition], leads: Leads) -> Around:
    """Return how far a definition's rows of the period look around; several versions' rows are theirs as they are."""
    return Around() if isinstance(definition, Succession) else around_of(definition, found, leads)


def reach_days(duty: Duty, found: Mapping[str, Definition]) -> int:
    """Return at least how many days pass from what begins an occurrence to its limit; 0 where the calendar has both."""
    tiers = duty.tiers or (None,)
    lengths: list[int] = []
    for tier in tiers:
        within = tier.within if tier is not None and tier.within is not None else duty.within
        series = tier.series if tier is not None and tier.series is not None else duty.series
        every = tier.every if tier is not None and tier.every is not None else duty.every
        lengths += [_longest_days(within)] if within is not None else []
        lengths += [_series_days(series)] if series is not None else []
        lengths += [_length_days(every.rolling)] if every is not None and every.rolling is not None else []
    if duty.roster is not None and duty.roster.every is None:
        lengths.append(_YEAR)
    if not lengths:
        return 0
    held = _YEAR if duty.pauses or duty.extended_by is not None else 0
    return max(lengths) + held + _closing_days(duty, found)


def _series_days(series: Series) -> int:
    return max(_length_days(Length(offset, series.unit)) for offset in series.offsets) + series.after


def _closing_days(duty: Duty, found: Mapping[str, Definition]) -> int:
    """Return at least how many days after its own limit an occurrence starts another duty: as it is closed."""
    sources = () if duty.for_each.source is None else (duty.for_each.source, *duty.also)
    owners = [owner_of(source.table, found) for source in sources]
    begun = [one for owner in owners if owner in found for one in _duties(found[owner], found)]
    return max(map(late_days, begun), default=0)


def late_days(duty: Duty) -> int:
    """Return at least how many days after its limit an occurrence can still be done; a year where there is no end."""
    endless = duty.late_until is None and (
        duty.within is not None or any(tier.within is not None for tier in duty.tiers)
    )
    return _YEAR if endless else grace_days(duty)


def _duties(definition: Definition, found: Mapping[str, Definition]) -> Iterator[Duty]:
    """Yield a duty, or those that are the versions of one."""
    for one in (found[version] for version in _versions(definition)):
        yield from _duties(one, found)
    if isinstance(definition, Duty):
        yield definition


def _wanted(definition: Definition, found: Mapping[str, Definition]) -> Iterator[tuple[str, int]]:
    """Yield what a definition itself looks back at: the table and the days."""
    days = window_days(definition, found)
    match definition:
        case Duty() if fills_earlier(definition):
            yield definition.id, max(days, _YEAR) + grace_days(definition)
        case Rule() if looks_back(definition):
            for fact in definition.facts:
                owner = "" if fact.source is None else owner_of(fact.source.table, found)
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


def owner_of(table: str, found: Mapping[str, Definition]) -> str:
    """Return the id of the definition that a table belongs to."""
    return table if table in found else table.split(".", maxsplit=1)[0]


def _length_days(length: Length) -> int:
    """Return at least how many days a length takes; of a working day at least an hour is worked."""
    match length.unit:
        case Unit.MINUTES | Unit.HOURS:
            return 2 + length.number // _A_DAY[length.unit]
        case Unit.WORKING_MINUTES:
            return 7 * (2 + length.number // 60)
        case unit:
            return 1 + length.number * _UNIT_DAYS.get(unit, 1)


def looks_back(rule: Rule) -> bool:
    """Whether a rule counts rows up to each one, or of a time before it."""
    return any(fact.looks_back or fact.within is not None for fact in rule.facts)


def carries(appraisal: Appraisal) -> bool:
    """Whether a missing part takes its value from the window before."""

    def nested(parts: tuple[Part, ...]) -> bool:
        return any(part.missing == "carry" or nested(part.parts) for part in parts)

    return "carry" in {appraisal.missing, appraisal.not_applicable} or nested(appraisal.parts)

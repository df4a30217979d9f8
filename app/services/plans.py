"""Plans of regulations and layouts of their tables, made once for all that is evaluated by the same definitions."""

from collections import OrderedDict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from threading import Lock
from typing import Final

from app.domain.core.layout import Cuts, Layout
from app.domain.core.plan import Plan, SourceTable
from app.domain.core.rowwise import Calendars
from app.domain.kinds.needs import owner_of
from app.domain.kinds.planning import definitions, leads_in, plan_of
from app.domain.kinds.spine import place_tables
from app.domain.period import Period
from app.domain.regulation import Regulation

_MOST: Final = 32
"""Plans that a process remembers, and layouts."""

_lock = Lock()
_known: OrderedDict[tuple[object, ...], tuple[Regulation, Plan]] = OrderedDict()
_laid: OrderedDict[tuple[object, ...], tuple[Plan, object, Layout]] = OrderedDict()

_cutting = Lock()
_cut: OrderedDict[tuple[object, ...], tuple[Plan, object, Cuts]] = OrderedDict()


@dataclass(frozen=True, slots=True)
class Among:
    """A larger regulation of which one is a part (`limited`), so that many parts have one plan; and tables to look at.

    Of the larger one's tables there are the part's then, those of the definitions that the part has, and what all
    these are made of: helping tables of roles, classes and forms are left out unless something reads them.
    """

    whole: Regulation
    tables: tuple[str, ...]


def shared_plan(regulation: Regulation, sources: tuple[SourceTable, ...], period: Period) -> Plan:
    """Return the plan of a regulation over the tables of its forms, as `plan_of` does and raising what it raises.

    Cases, periods, suppositions and closings go by the very same definitions, each with places of its own: of those a
    plan sees the levels and what their profiles tell; of the period, which windows began before it. Thread-safe.
    """
    leads = leads_in(regulation, period)
    key = (*_key(regulation), frozenset(leads.items()))
    with _lock:
        found = _known.get(key)
        if found is not None:
            _known.move_to_end(key)
            return found[1]
    plan = plan_of(regulation, sources, leads)
    with _lock:
        _known[key] = (
            regulation,
            plan,
        )  # the regulation too: while it lives no other value has its definitions' ids
        if len(_known) > _MOST:
            _known.popitem(last=False)
    return plan


def shared_layout(plan: Plan, calendars: Calendars, calendar: object, period: Period) -> Layout:
    """Return how the tables of a plan follow from each other, as `Layout` lays them out. Thread-safe.

    `calendars` are those of `calendar` in `period`; plan and calendar are known by identity.
    """
    key = (id(plan), id(calendar), period)
    with _lock:
        found = _laid.get(key)
        if found is not None:
            _laid.move_to_end(key)
            return found[2]
    layout = Layout(plan, calendars)
    with _lock:
        _laid[key] = (
            plan,
            calendar,
            layout,
        )  # plan and calendar too: while they live no others have their ids
        if len(_laid) > _MOST:
            _laid.popitem(last=False)
    return layout


def shared_part(
    plan: Plan,
    calendars: Calendars,
    calendar: object,
    period: Period,
    part: Regulation,
    tables: Iterable[str],
) -> Layout:
    """Return of a larger regulation's plan the layout of a part of it, and of `tables` (see `Among`). Thread-safe.

    The others are as in `shared_layout`.
    """
    key = (id(plan), id(calendar), period)
    with _cutting:
        found = _cut.get(key)
        if found is None:
            found = _cut[key] = (plan, calendar, Cuts(plan, calendars))
        _cut.move_to_end(key)
        if len(_cut) > _MOST:
            _cut.popitem(last=False)
        return found[2].of((*tables, *_tables_of(plan, part)))


def _tables_of(plan: Plan, part: Regulation) -> Iterator[str]:
    found = definitions(part)
    for derivation in plan.derivations:
        # What ends in a mark helps others, and is there where one that is looked at reads it.
        if owner_of(derivation.definition, found) in found and not derivation.table.endswith(("@", "#")):
            yield derivation.table


def _key(regulation: Regulation) -> tuple[object, ...]:
    """Return what plans differ by: definitions by identity, since they are frozen and large, and what places tell."""
    groups = (regulation.forms, regulation.classes, regulation.roles, definitions(regulation))
    return (
        tuple((name, id(definition)) for group in groups for name, definition in group.items()),
        place_tables(regulation),
        tuple(dict.fromkeys(place.level for place in regulation.places.places.values())),
    )

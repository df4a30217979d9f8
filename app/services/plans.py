"""Plans of regulations, each worked out once for all that is evaluated by the same definitions."""

from collections import OrderedDict
from threading import Lock
from typing import Final

from app.domain.core.plan import Plan, SourceTable
from app.domain.kinds.planning import definitions, plan_of
from app.domain.kinds.spine import place_tables
from app.domain.regulation import Regulation

_MOST: Final = 32
"""Plans that a process remembers."""

_lock = Lock()
_known: OrderedDict[tuple[object, ...], tuple[Regulation, Plan]] = OrderedDict()


def shared_plan(regulation: Regulation, sources: tuple[SourceTable, ...]) -> Plan:
    """Return the plan of a regulation over the tables of its forms, as `plan_of` does and raising what it raises.

    Cases, periods, suppositions and closings go by the very same definitions, each with places of its own: of those a
    plan sees the levels and what their profiles tell. Thread-safe.
    """
    key = _key(regulation)
    with _lock:
        found = _known.get(key)
        if found is not None:
            _known.move_to_end(key)
            return found[1]
    plan = plan_of(regulation, sources)
    with _lock:
        _known[key] = (
            regulation,
            plan,
        )  # the regulation too: while it lives no other value has its definitions' ids
        if len(_known) > _MOST:
            _known.popitem(last=False)
    return plan


def _key(regulation: Regulation) -> tuple[object, ...]:
    """Return what plans differ by: definitions by identity, since they are frozen and large, and what places tell."""
    groups = (regulation.forms, regulation.classes, regulation.roles, definitions(regulation))
    return (
        tuple((name, id(definition)) for group in groups for name, definition in group.items()),
        place_tables(regulation),
        tuple(dict.fromkeys(place.level for place in regulation.places.places.values())),
    )

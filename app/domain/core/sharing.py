"""Which tables two plans have in common: derived by the same steps from tables that are the same."""

from collections.abc import Collection
from dataclasses import replace

from app.domain.core.plan import Allot, Derivation, From, Plan, SourceTable, Step, Tally


def tables_read(step: Step) -> tuple[str, ...]:
    """Return the tables that a step reads beside the rows that it is given."""
    match step:
        case From(tables):
            return tables
        case Tally(of) | Allot(of):
            return (of,)
        case _:
            return ()


def same_tables(one: Plan, other: Plan, sources: Collection[str]) -> frozenset[str]:
    """Return the names of the tables that have the same rows in both plans; `sources` are those that are read."""
    known = {derivation.table: derivation for derivation in one.derivations}
    same = set(sources)
    for derivation in other.derivations:
        reads = {name for step in derivation.steps for name in tables_read(step)}
        if known.get(derivation.table) == derivation and reads <= same:
            same.add(derivation.table)
    return frozenset(same)


def rest_of(plan: Plan, same: Collection[str], schemas: Collection[SourceTable]) -> Plan:
    """Return a plan of the derivations that aren't among `same`; what they read of those stands among its sources."""
    left: tuple[Derivation, ...] = tuple(item for item in plan.derivations if item.table not in same)
    read = {name for item in left for step in item.steps for name in tables_read(step)}
    return replace(plan, sources=tuple(item for item in schemas if item.name in read), derivations=left)

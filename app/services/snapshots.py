"""An evaluation's tables as they stood at one moment, to be held against others while the evaluation goes on."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from app.domain.core.delta import Row, getter
from app.domain.core.plan import Plan
from app.domain.core.values import Schema
from app.domain.identity import Identity
from app.domain.kinds.planning import definitions
from app.domain.kinds.procedure import out_of_order
from app.domain.kinds.role import ineligible
from app.domain.kinds.sheet_plan import items_table, lines_table
from app.domain.kinds.versions import whole_of
from app.domain.kinds.wallet_plan import moves_table, wallet_table
from app.domain.period import Period
from app.domain.regulation import Regulation


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The tables of an evaluation as they stood: what is applied to it later doesn't show here.

    `tables` holds schemas and rows. Rows never change, so only the lists are copied, and what nobody looks up by key
    never gets keys.
    """

    regulation: Regulation
    period: Period
    as_of: datetime
    plan: Plan
    tables: Mapping[str, tuple[Schema, Sequence[Row]]]
    excluded: tuple[tuple[str, str], ...]
    identity: Identity
    _by_key: dict[str, Mapping[object, Row]] = field(default_factory=dict, repr=False, compare=False)

    def has(self, table: str) -> bool:
        """Whether there is a table of this name."""
        return table in self.tables

    def schema(self, table: str) -> Schema:
        """Return a table's schema. KeyError for a table that there isn't."""
        return self.tables[table][0]

    def listed(self, table: str) -> Sequence[Row]:
        """Return a table's rows in no order. KeyError for a table that there isn't."""
        return self.tables[table][1]

    def rows(self, table: str) -> Mapping[object, Row]:
        """Return a table's rows by key. KeyError for a table that there isn't."""
        if table not in self._by_key:
            schema, rows = self.tables[table]
            key = getter(schema, schema.key)
            self._by_key[table] = {key(row): row for row in rows}
        return self._by_key[table]

    def result_tables(self) -> dict[str, str]:
        """Return the names of the result tables with the kind of their definition, in declared order."""
        return result_tables(self.regulation, self.has)


def result_tables(regulation: Regulation, has: Callable[[str], bool]) -> dict[str, str]:
    """Return the names of the result tables that there are, with the kind of their definition, in declared order."""
    # Who was appointed comes first: all else is owed by holders.
    found = {table: "role" for table in map(ineligible, regulation.roles) if has(table)}
    known = definitions(regulation)
    for name in known:
        if whole_of(name) != name:
            continue  # the rows of a version are those of the definition that it is a version of
        kind = type(known[regulation.latest(name)]).__name__.lower()
        for table in (
            name,
            out_of_order(name),
            items_table(name),
            lines_table(name),
            wallet_table(name),
            moves_table(name),
        ):
            if has(table):
                found[table] = kind
    return found

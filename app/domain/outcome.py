"""The outcome of an evaluation: every result table, as values and as canonical JSON."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from app.domain.core.json_values import SAME, outcome_json
from app.domain.core.values import Schema, Value

Row = tuple[Value, ...]
FORMAT = 1
"""The version of the outcome's JSON; it grows when a reader of the old one would misread the new one."""


@dataclass(frozen=True, slots=True)
class ResultTable:
    """A derived table: rows in the order of their keys."""

    name: str
    kind: str
    schema: Schema
    rows: tuple[Row, ...]

    def records(self) -> list[dict[str, Value]]:
        """Return the rows as mappings from column to value."""
        names = [column.name for column in self.schema.columns]
        return [dict(zip(names, row, strict=True)) for row in self.rows]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What follows from entries, one revision, a period and an as-of instant: nothing else went into it."""

    place: str
    period: str
    as_of: datetime
    revision: str
    ledger: str
    tables: Mapping[str, ResultTable]
    excluded: Sequence[tuple[str, str]] = field(default=())

    def to_json(self) -> dict[str, Any]:
        """Return the outcome as JSON data (docs/schema/outcome.json)."""
        return {**self.head(), "tables": {name: table_json(table) for name, table in self.tables.items()}}

    def head(self) -> dict[str, Any]:
        """Return everything but the tables as JSON data."""
        return {
            "format": FORMAT,
            "place": self.place,
            "period": self.period,
            "as_of": outcome_json(self.as_of),
            "revision": self.revision,
            "ledger": self.ledger,
            "excluded": [{"entry": entry, "reason": reason} for entry, reason in self.excluded],
        }


def table_json(table: ResultTable) -> dict[str, Any]:
    """Return a table as JSON data."""
    return {
        "kind": table.kind,
        "columns": [column.name for column in table.schema.columns],
        "rows": [
            [value if value.__class__ in SAME else outcome_json(value) for value in row] for row in table.rows
        ],
    }

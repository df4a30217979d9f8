"""The outcome of an evaluation: every result table, as values and as canonical JSON."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

import orjson

from app.domain.core.json_values import SAME, outcome_json
from app.domain.core.values import Kind, Schema, Value
from app.domain.entry import canonical_json

Row = tuple[Value, ...]
_WRITTEN: Final = orjson.OPT_UTC_Z | orjson.OPT_PASSTHROUGH_DATACLASS
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
        return {**self._head(), "tables": {name: _table_json(table) for name, table in self.tables.items()}}

    def _head(self) -> dict[str, Any]:
        return {
            "format": FORMAT,
            "place": self.place,
            "period": self.period,
            "as_of": outcome_json(self.as_of),
            "revision": self.revision,
            "ledger": self.ledger,
            "excluded": [{"entry": entry, "reason": reason} for entry, reason in self.excluded],
        }

    def text(self) -> str:
        """Return the canonical JSON text: the same input gives the same bytes.

        It is put together table by table, since the whole as JSON data takes several times its size; "tables" is the
        last of the keys in their order.
        """
        tables = ",".join(
            f"{canonical_json(name)}:{_table_text(self.tables[name])}" for name in sorted(self.tables)
        )
        return f'{canonical_json(self._head())[:-1]},"tables":{{{tables}}}}}'


def _table_text(table: ResultTable) -> str:
    """Return the canonical JSON of a table, its values written as they lie there: an outcome has a million."""
    columns = [column.name for column in table.schema.columns]
    if any(column.type.kind is Kind.TIME for column in table.schema.columns):
        return canonical_json(_table_json(table))  # orjson drops zeros from the fractions of a second
    try:
        return orjson.dumps(
            {"columns": columns, "kind": table.kind, "rows": table.rows},
            default=outcome_json,
            option=_WRITTEN,
        ).decode()
    except orjson.JSONEncodeError:  # a number of over 64 bits
        return canonical_json(_table_json(table))


def _table_json(table: ResultTable) -> dict[str, Any]:
    return {
        "kind": table.kind,
        "columns": [column.name for column in table.schema.columns],
        "rows": [
            [value if value.__class__ in SAME else outcome_json(value) for value in row] for row in table.rows
        ],
    }

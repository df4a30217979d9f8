"""What two outcomes say differently: rows by table and key, column by column."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from app.domain.entry import canonical_json

Json = Mapping[str, Any]


class Kind(StrEnum):
    """What became of a row."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class Difference:
    """A row that differs, with its key and each column that does: (name, before, after), as an outcome's JSON says it.

    `row` is the row as it is now, or as it was when it is there no more.
    """

    table: str
    kind: Kind
    key: tuple[Any, ...]
    columns: tuple[tuple[str, Any, Any], ...]
    row: Mapping[str, Any]


def differences(before: Json, after: Json, keys: Mapping[str, tuple[str, ...]]) -> Iterator[Difference]:
    """Yield what differs between two outcomes as JSON data, in the order of tables and keys.

    `keys` names by table the columns that tell its rows apart; a table without them has the columns that both have.
    """
    for table in dict.fromkeys((*after, *before)):
        old, new = before.get(table), after.get(table)
        names = [item["columns"] for item in (old, new) if item is not None]
        common = [name for name in names[0] if all(name in other for other in names)]
        key = [name for name in keys.get(table, ()) if name in common] or common
        yield from _of_table(table, _rows(old, key), _rows(new, key))


Rows = dict[str, tuple[tuple[Any, ...], dict[str, Any]]]


def _rows(table: Json | None, key: list[str]) -> Rows:
    """Return rows by the text of their key, with the key and the values by column."""
    found: Rows = {}
    if table is not None:
        for values in table["rows"]:
            row = dict(zip(table["columns"], values, strict=True))
            own = tuple(row[name] for name in key)
            found[canonical_json(own)] = own, row
    return found


def _of_table(table: str, before: Rows, after: Rows) -> Iterator[Difference]:
    for text in sorted({*before, *after}):
        if text not in after:
            key, row = before[text]
            yield Difference(table, Kind.REMOVED, key, tuple((n, v, None) for n, v in row.items()), row)
        elif text not in before:
            key, row = after[text]
            yield Difference(table, Kind.ADDED, key, tuple((n, None, v) for n, v in row.items()), row)
        else:
            (_, old), (key, new) = before[text], after[text]
            names = dict.fromkeys((*old, *new))
            changed = tuple(
                (name, old.get(name), new.get(name)) for name in names if old.get(name) != new.get(name)
            )
            if changed:
                yield Difference(table, Kind.CHANGED, key, changed, new)

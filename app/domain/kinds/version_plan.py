"""The expansion of versions: the tables of an id hold the rows of all definitions that follow one another under it."""

from typing import Final

from app.domain.core.plan import Derivation, From, Rekey
from app.domain.core.values import Schema
from app.domain.kinds.expansion import Expansion
from app.domain.kinds.versions import Succession

PARTS: Final = ("", ".items", ".lines", ".wallet", ".moves")
"""The tables that definitions have, by what follows their id."""


def expand_succession(succession: Succession, into: Expansion) -> None:
    """Add the tables that hold the rows of all versions: the columns that they have in common, under their key."""
    for part in PARTS:
        names = tuple(name + part for name in succession.versions if name + part in into.tables)
        if not names:
            continue
        kept = _key(into.tables[names[0]], into.tables[names[-1]])
        columns = tuple(
            column.name
            for column in into.tables[names[0]].columns
            if all(column.name in into.tables[name] for name in names)
        )
        read = _rows_behind(names, into)
        into.add(Derivation(succession.id + part, (From(read, columns), Rekey(kept)), succession.id, columns))


def _key(first: Schema, last: Schema) -> tuple[str, ...]:
    """Return the key that tells the rows of all versions apart."""
    return first.key if first.key == last.key else tuple(name for name in first.key if name in last)


def _rows_behind(names: tuple[str, ...], into: Expansion) -> tuple[str, ...]:
    """Return the versions' tables; of duties those of their tiers, so that the whole is made as one duty's is."""
    derived = {one.table: one for one in into.derivations}
    found: list[str] = []
    for name in names:
        start = derived[name].steps[0]
        found += start.tables if name in into.regulation.duties and isinstance(start, From) else [name]
    return tuple(found)

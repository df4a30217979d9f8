"""What a duty's rows know besides the columns of its table: what they took, when they close. Made for who asks."""

from typing import Final

from app.domain.core.plan import Derivation, From, Rekey, Unnest
from app.domain.core.values import Kind, Type
from app.domain.kinds.expansion import Expansion

KEY: Final = ("subject", "window", "tier")
TAKES: Final = "takes"
MAY_TAKE: Final = "may_take"
TAKEN: Final = "taken"


def detail_table(duty: str, column: str, columns: tuple[str, ...], into: Expansion) -> str:
    """Add and return a table of a duty's rows with `columns`; `column` names it.

    It goes the same way as the duty's own table, so that only its end is new. Raises KeyError for a duty that isn't
    expanded yet.
    """
    (own,) = (one for one in into.derivations if one.table == duty)
    read = own.steps[0]
    tiers = read.tables if isinstance(read, From) else ()
    names = []
    for one in tuple(into.derivations):
        if one.table in tiers:
            names.append(f"{one.table}{column}")
            into.add(Derivation(names[-1], one.steps, duty, columns))
    table = f"{duty}.{column}#"
    into.add(Derivation(table, (From(tuple(names), columns), Rekey(KEY)), duty))
    return table


def taken_table(duty: str, column: str, into: Expansion) -> str:
    """Add and return the table of the entries (keys of their rows, as TAKEN) that meet a duty."""
    rows = detail_table(duty, column, (*KEY, column), into)
    table = f"{duty}.{column}.{TAKEN}#"
    into.add(Derivation(table, (From((rows,)), Unnest(TAKEN, Type(Kind.DATA), column)), duty))
    return table

"""Whether a column fits the part that it plays where no expression says so: what is taken of it, or ranked by it.

Such a column stands bare in a text (`column: minutes`, `by: points`): only its place says which type is wanted. A form
that asks otherwise later is at fault here, and not only once there are entries.
"""

from typing import Final

from app.declarations.build.context import Context
from app.declarations.columns import Columns
from app.declarations.located import At
from app.domain.core.aggregates import AGGREGATES, plain_name
from app.domain.core.expressions import Expression
from app.domain.core.types import LISTS, type_of
from app.domain.core.values import NUMERIC, Kind

_OF_CONDITIONS: Final = frozenset({"all", "any"})
_WITHOUT_ORDER: Final = LISTS | {Kind.TEXT, Kind.REF, Kind.DATA}


def number_wanted(context: Context, of: Expression | None, at: At) -> bool:
    """Whether what is looked at is a number, or has a fault of its own; anything else is noted at `at` (E103)."""
    if of is None or type_of(of).kind in NUMERIC:
        return True
    context.wrong("number_wanted", at.where, at.name)
    return False


def number_taken(context: Context, function: str | None, of: Expression | None, at: At) -> None:
    """Note (E103, at `at`) that an aggregate of `of` gives no figure: what it is taken of is of the wrong sort."""
    name = plain_name(function or "")
    if of is None or name not in AGGREGATES:
        return
    given = AGGREGATES[name].result(type_of(of))
    if name in _OF_CONDITIONS:
        if given is None:
            context.wrong("boolean_wanted", at.where, at.name)
    elif given is None or given.kind not in NUMERIC:
        context.wrong("number_wanted", at.where, at.name)


def ranked_by(context: Context, name: str, at: At, columns: Columns) -> None:
    """Note a column that isn't there (E102), or that puts rows in no order (E103)."""
    own = columns.get(name)
    if own is None:
        context.unknown(name, at, columns, "column")
    elif own.kind in _WITHOUT_ORDER:
        context.wrong("not_ordered", at.where, name)

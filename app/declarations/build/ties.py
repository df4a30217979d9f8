"""What becomes of those who are tied: a policy, further columns, or a draw."""

from app.declarations.build.context import Context
from app.declarations.build.fitting import ranked_by
from app.declarations.columns import Columns
from app.declarations.located import At
from app.declarations.schema.figures import TiesMap
from app.domain.kinds.common import Ties


def groups_of(context: Context, names: list[str], at: At, columns: Columns) -> tuple[str, ...]:
    """Return the columns that part a ranking into groups; a path follows references (`place.kind`)."""
    for number, name in enumerate(names):
        first, *path = name.split(".")
        own = columns.get(first)
        for part in path:
            own = None if own is None else context.tables.follow(own, part)
        if own is None and columns:
            context.unknown(name, at / number if len(names) > 1 else at, columns, "column")
    return tuple(names)


def ties_of(context: Context, data: object, at: At, columns: Columns, *, descending: bool) -> Ties:
    """Return the policy for ties. Columns without a direction are compared in that of the ranking."""
    if isinstance(data, str) and data != "lot":
        return Ties(data)
    draws: object = "draw"
    if isinstance(data, TiesMap):
        if bool(data.by) == (data.lot is not None):
            context.note("E106", at.where, name="by")
            return Ties()
        for column in data.by:
            ranked_by(context, column, at / "by", columns)
        if isinstance(data.by, dict):
            return Ties("by", tuple((column, word == "highest") for column, word in data.by.items()))
        if data.by:
            return Ties("by", tuple((column, descending) for column in data.by))
        draws, at = data.lot, at / "lot"
    draw = context.source(draws, at, wanted=None)
    found = context.columns_of(draw)
    for column in ("seed", "period"):
        if found and column not in found:
            context.unknown(column, at, found, "column")
    return Ties("lot", draw=draw)

"""The step of declared tables that goes over rows in an order."""

from dataclasses import replace

from app.declarations.build.in_order import InOrder
from app.declarations.build.table_columns import PERIOD, TEXT, Made
from app.declarations.located import At
from app.declarations.schema.tables import SequenceIn
from app.domain.core.expressions import Call, Expression, Literal, Name
from app.domain.core.functions import PERIOD_UNITS
from app.domain.core.types import LISTS
from app.domain.core.values import Kind
from app.domain.kinds.table import Order, TableStep


def in_sequence(made: Made, model: SequenceIn, at: At) -> list[TableStep]:
    """Return the step that adds what is computed over the rows of a group in order."""
    for name in model.within:
        if name not in made.columns:
            made.context.unknown(name, at / "within", made.columns, "column")
    order = _order(made, model, at / "order")
    if not order:
        return []
    reader = InOrder(made.context, made.columns, made.on, order[0][0])
    reader.read(model.columns, at / "set")
    since = _since(made, model, at, order[0][0])
    if model.since is None and any(item.function == "running" for item in reader.found):
        made.context.note("E114", (at / "set").where, what="running", reason="running")
    if not made.take(reader.types(), at / "set"):
        return []
    within = tuple(name for name in model.within if name in made.columns)
    return [Order(within, order, tuple(reader.found), tuple(reader.made), since)]


def _order(made: Made, model: SequenceIn, at: At) -> tuple[tuple[str, bool], ...]:
    found = []
    for number, one in enumerate(model.order):
        pairs = one.items() if isinstance(one, dict) else [(one, "up")]
        for name, way in pairs:
            if name not in made.columns:
                made.context.unknown(name, at / number, made.columns, "column")
            elif way not in ("up", "down"):
                made.context.unknown(way, at / number, ("up", "down"), "word")
            elif made.columns[name].kind in LISTS:
                made.context.wrong("not_ordered", (at / number).where, name)
            else:
                found.append((name, way == "down"))
    return tuple(found)


def _since(made: Made, model: SequenceIn, at: At, first: str) -> Expression | None:
    """Return the period with which running totals begin anew: that of the first column that orders the rows."""
    if model.since is None:
        return None
    if model.since not in PERIOD_UNITS:
        made.context.unknown(model.since, at / "since", PERIOD_UNITS, "no_unit")
        return None
    own = made.columns[first]
    if own.kind not in {Kind.DATE, Kind.INSTANT}:
        made.context.wrong("instant_wanted", (at / "since").where, first)
        return None
    marks = replace(PERIOD, may_be_unknown=own.may_be_unknown, may_be_na=own.may_be_na)
    return Call("period_of", (Name((first,), own), Literal(model.since, TEXT)), marks)

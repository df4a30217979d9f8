"""Where time alone changes what a condition on a subject's spans says: ages and lengths of time against constants.

Each such comparison cuts a span at one instant that can be reckoned: a birthday.
"""

from collections.abc import Iterable, Iterator
from fractions import Fraction
from math import ceil, floor

from app.domain.core.expressions import All, Binary, Call, Expression, Literal, Name, Not, Operator, Some
from app.domain.core.plan import Cut, CutAt, Derivation, From
from app.domain.core.values import Kind
from app.domain.kinds.expansion import Expansion

_MIRRORED = {
    Operator.LESS: Operator.MORE,
    Operator.MORE: Operator.LESS,
    Operator.AT_LEAST: Operator.AT_MOST,
    Operator.AT_MOST: Operator.AT_LEAST,
}


def cuts_of(conditions: Iterable[Expression]) -> tuple[CutAt, ...]:
    """Return where conditions change with time, each once: the column of a date, the unit, how many of it."""
    return tuple(dict.fromkeys(cut for tree in conditions for cut in _cuts(tree)))


def _cuts(tree: Expression) -> Iterator[CutAt]:
    match tree:
        case All(parts) | Some(parts) | Call(_, parts):
            for part in parts:
                yield from _cuts(part)
        case Not(part):
            yield from _cuts(part)
        case Binary(operator, Call() as call, Literal(value)):
            yield from _of_call(operator, call, value)
        case Binary(operator, Literal(value), Call() as call):
            yield from _of_call(_MIRRORED.get(operator, operator), call, value)
        case _:
            return


def _of_call(operator: Operator, call: Call, value: object) -> Iterator[CutAt]:
    match call:
        case Call("age", (Name((column,)), *_)):
            unit = "years"
        case Call("elapsed", (Name((column,)), Literal(str(unit)), *_)):
            pass
        case _:
            return
    if isinstance(value, bool) or not isinstance(value, int | Fraction):
        return
    if operator in {Operator.AT_LEAST, Operator.LESS}:
        numbers = {ceil(value)}
    elif operator in {Operator.MORE, Operator.AT_MOST}:
        numbers = {floor(value) + 1}
    else:
        numbers = {ceil(value), floor(value) + 1}
    for number in sorted(numbers):
        yield column, unit, number


def cut_spans(spans: str, table: str, conditions: Iterable[Expression], into: Expansion) -> str:
    """Return the table of spans cut where time changes what the conditions say; the spans themselves if nowhere."""
    schema = into.tables[spans]
    cuts = tuple(
        cut
        for cut in cuts_of(conditions)
        if cut[0] in schema and schema.type_of(cut[0]).kind in {Kind.DATE, Kind.INSTANT}
    )
    if not cuts:
        return spans
    into.add(Derivation(table, (From((spans,)), Cut(cuts)), table))
    return table

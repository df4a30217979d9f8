"""What a row is worth: a line's amount as an expression, and the dated figures that it reads."""

from app.domain.core.expressions import Binary, Call, Expression, Operator
from app.domain.core.methods import PREFIX
from app.domain.core.types import type_of, unmarked
from app.domain.core.values import NUMERIC, Kind, NotApplicable, Type
from app.domain.kinds.common import Parameter
from app.domain.kinds.expansion import Figure, figure
from app.domain.kinds.sheet import Amount, Applied, Band, Check
from app.domain.kinds.tree import (
    BOOLEAN,
    NUMBER,
    choose,
    constant,
    divided,
    equal,
    less,
    minus,
    name,
    number,
    plus,
    text,
    times,
)

POINTS = Type(Kind.NUMBER, may_be_unknown=True, may_be_na=True)


def worth(amount: Amount) -> tuple[Expression, list[Figure]]:
    """Return what a row is worth, without a sign, and the dated figures that the expression reads."""
    figures: list[Figure] = []
    return _worth(amount, figures), figures


def _read(parameter: Parameter, figures: list[Figure], beside: Expression | None = None) -> Expression:
    """Return a reading of a dated figure, noting the column that it needs; money stands beside money."""
    own = NUMBER
    if beside is not None and type_of(beside).kind is Kind.MONEY:
        own = unmarked(type_of(beside))
    if parameter.constant:
        return constant(parameter.values[0][1], own)
    column = f"figure{len(figures)}"
    figures.append(figure(column, parameter, 0, own))
    return name(column, own)


def _worth(amount: Amount, figures: list[Figure]) -> Expression:
    if amount.figure is not None:
        return _read(amount.figure, figures)
    if amount.expression is not None:
        return amount.expression
    if amount.checks:
        total: Expression = number(0)
        for check in amount.checks:
            total = plus(total, _checked(check, figures))
        return total
    of = amount.of
    if of is None:
        message = "an amount by table needs a value"
        raise ValueError(message)
    if amount.gives:
        return _by_choice(of, amount.gives, figures)
    if amount.bands:
        return _banded(of, amount.bands, figures)
    if amount.method is not None:
        return _by_method(of, amount.method, figures)
    if amount.slabs:
        return _slabs(of, amount.slabs, figures)
    return _steps(amount, of, figures)


def _by_choice(of: Expression, gives: tuple[tuple[str, Parameter], ...], figures: list[Figure]) -> Expression:
    found: Expression = constant(NotApplicable("no_amount"), POINTS)
    for choice, parameter in reversed(gives):
        found = choose(equal(of, text(choice)), _read(parameter, figures), found, POINTS)
    return found


def _banded(of: Expression, bands: tuple[Band, ...], figures: list[Figure]) -> Expression:
    found: Expression = constant(NotApplicable("no_amount"), POINTS)
    for band in reversed(bands):
        given = _read(band.gives, figures)
        if band.under is not None:
            found = choose(less(of, _read(band.under, figures, of)), given, found, POINTS)
        elif band.to is not None:
            reaches = Binary(Operator.AT_MOST, of, _read(band.to, figures, of), BOOLEAN)
            found = choose(reaches, given, found, POINTS)
        else:
            found = given
    return found


def _slabs(of: Expression, slabs: tuple[Band, ...], figures: list[Figure]) -> Expression:
    """Return the sum of each slab's share of the part of the value that lies in it."""
    total: Expression = number(0)
    lower: Expression = number(0)
    for slab in slabs:
        bound = slab.to or slab.under
        upper = None if bound is None else _read(bound, figures, of)
        reached = of if upper is None else Call("min", (of, upper), POINTS)
        part = Call("max", (minus(reached, lower), number(0)), POINTS)
        total = plus(total, times(part, _read(slab.gives, figures)))
        lower = upper or lower
    return total


def _by_method(of: Expression, applied: Applied, figures: list[Figure]) -> Expression:
    """Return the call of a method: the value, then each option's figures, a list after how many it has."""
    arguments = [of]
    for option, parameters in applied.given:
        if option in applied.lists:
            arguments.append(number(len(parameters)))
        arguments += [_read(parameter, figures) for parameter in parameters]
    return Call(f"{PREFIX}{applied.method}", tuple(arguments), POINTS)


def _checked(check: Check, figures: list[Figure]) -> Expression:
    """Return what one field of a checklist gives; one that wasn't asked gives nothing."""
    field = check.field
    if check.choices:
        given = _by_choice(field, check.choices, figures)
    elif check.gives is None:
        message = "a check gives points"
        raise ValueError(message)
    elif type_of(field).kind in NUMERIC:
        given = times(field, _read(check.gives, figures))
    else:
        given = choose(field, _read(check.gives, figures), number(0), POINTS)
    return choose(Call("applies", (field,), BOOLEAN), given, number(0), POINTS)


def _steps(amount: Amount, of: Expression, figures: list[Figure]) -> Expression:
    steps = amount.steps
    if steps is None:
        message = "an amount says what it gives"
        raise ValueError(message)
    bound = _read(steps.bound, figures, of)
    distance = minus(bound, of) if steps.below else minus(of, bound)
    reached = divided(Call("max", (distance, number(0)), POINTS), _read(steps.each, figures, of))
    rounding = {"whole": "floor", "started": "ceil"}.get(steps.count)
    counted = reached if rounding is None else Call(rounding, (reached,), POINTS)
    return times(counted, _read(steps.gives, figures))

"""What the tests of expressions share: a schema with every kind of column, rows, trees, a naive evaluator."""

from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from math import ceil, floor
from typing import Any
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from app.domain.core import functions
from app.domain.core.expressions import (
    COMPARISONS,
    All,
    Binary,
    Call,
    Expression,
    Literal,
    Name,
    Not,
    Operator,
    Some,
)
from app.domain.core.functions import Context
from app.domain.core.numbers import round_to
from app.domain.core.types import type_of
from app.domain.core.values import (
    Column,
    Kind,
    Length,
    NotApplicable,
    Schema,
    Span,
    Type,
    Unit,
    Unknown,
    Value,
)

LEVELS = ("community", "office", "city", "province")
TAGS = ("alone", "disabled", "orphan")


class FiveDays:
    """A calendar whose working days are Monday to Friday."""

    def is_working_day(self, day: date) -> bool:
        return day.weekday() < 5

    def period_of(self, day: date, unit: str) -> str:
        return f"{day.year}" if unit == "year" else day.isoformat()

    def span_of(self, period: str) -> Span:
        year = int(period[:4])
        return Span(datetime(year, 1, 1, tzinfo=UTC), datetime(year + 1, 1, 1, tzinfo=UTC))


CONTEXT = Context(ZoneInfo("Asia/Shanghai"), FiveDays())

BASE: Mapping[str, Type] = {
    "count": Type(Kind.INTEGER),
    "value": Type(Kind.NUMBER),
    "pay": Type(Kind.MONEY, currency="CNY"),
    "note": Type(Kind.TEXT),
    "lake": Type(Kind.BOOLEAN),
    "level": Type(Kind.CHOICE, choices=LEVELS, ordered=True),
    "state": Type(Kind.CHOICE, choices=("met", "missed")),
    "tags": Type(Kind.CHOICES, choices=TAGS),
    "subject": Type(Kind.REF, to="household"),
    "by": Type(Kind.REF, to="worker"),
    "crew": Type(Kind.REFS, to="worker"),
    "at": Type(Kind.INSTANT),
    "born": Type(Kind.DATE),
    "noon": Type(Kind.TIME),
    "window": Type(Kind.PERIOD),
    "away": Type(Kind.SPANS),
    "limit": Type(Kind.LENGTH),
    "photo": Type(Kind.DATA),
    "on": Type(Kind.DATE),
}


def _twice(name: str, own: Type) -> list[tuple[str, Type]]:
    marked = Type(
        own.kind, own.choices, own.ordered, own.to, own.currency, may_be_unknown=True, may_be_na=True
    )
    return [(name, own), (f"{name}_if", marked)]


TYPES: dict[str, Type] = dict(pair for name, own in BASE.items() for pair in _twice(name, own))
"""Each column twice: `count` always has a value, `count_if` may be unknown, n/a or None."""

SCHEMA = Schema(tuple(Column(name, own) for name, own in TYPES.items()), ("count",))

_dates = st.dates(date(1999, 1, 1), date(2030, 12, 31))
_since = datetime(1999, 1, 1, tzinfo=UTC)
_instants = st.integers(0, 32 * 365 * 24 * 60).map(lambda minutes: _since + timedelta(minutes=minutes))
_numbers = st.fractions(-50, 50, max_denominator=6).map(
    lambda value: int(value) if value.denominator == 1 else value
)


@st.composite
def _spans(draw: st.DrawFn) -> tuple[Span, ...]:
    start, length, more = draw(_instants), draw(st.integers(1, 500)), draw(st.booleans())
    first = Span(start, start + timedelta(hours=length))
    second = Span(start + timedelta(hours=length + 9), None if more else start + timedelta(hours=length + 40))
    return draw(st.sampled_from([(), (first,), (first, second)]))


_values: dict[str, st.SearchStrategy[Value]] = {
    "count": st.integers(-20, 20),
    "value": _numbers,
    "pay": _numbers,
    "note": st.sampled_from(["", "a", "met", "长"]),
    "lake": st.booleans(),
    "level": st.sampled_from(LEVELS),
    "state": st.sampled_from(["met", "missed"]),
    "tags": st.lists(st.sampled_from(TAGS), unique=True).map(tuple),
    "subject": st.sampled_from(["h1", "h2"]),
    "by": st.sampled_from(["w1", "w2"]),
    "crew": st.lists(st.sampled_from(["w1", "w2"]), unique=True).map(tuple),
    "at": _instants,
    "born": _dates,
    "noon": st.times().map(lambda value: value.replace(microsecond=0)),
    "window": st.sampled_from(["2024", "2025"]),
    "away": _spans(),
    "limit": st.builds(Length, st.integers(1, 9), st.sampled_from(list(Unit))),
    "photo": st.just('{"sha256":"00"}'),
    "on": _dates,
}


def _column(name: str) -> st.SearchStrategy[Value]:
    base = name.removesuffix("_if")
    if base == name:
        return _values[name]
    gone = st.sampled_from([Unknown(name), NotApplicable(name), None])
    return st.one_of(_values[base], gone)


rows: st.SearchStrategy[tuple[Value, ...]] = st.tuples(*[_column(name) for name in TYPES])


# ---- trees, untyped, each over the columns of its kind
def _names(*bases: str) -> st.SearchStrategy[Expression]:
    return st.sampled_from([Name((name,)) for base in bases for name in (base, f"{base}_if")])


def _text(value: str) -> Expression:
    return Literal(value, Type(Kind.TEXT))


def _number_literal(value: Any) -> Expression:
    return Literal(value, Type(Kind.INTEGER if isinstance(value, int) else Kind.NUMBER))


_some_date = _dates.map(lambda day: _text(day.isoformat()))
_some_instant = _instants.map(lambda at: _text(at.isoformat()))
_order = st.sampled_from(sorted(COMPARISONS))
_equality = st.sampled_from([Operator.EQUAL, Operator.UNEQUAL])
_sums = st.sampled_from([operator for operator in Operator if operator not in COMPARISONS])


def _compare(
    left: st.SearchStrategy[Expression],
    right: st.SearchStrategy[Expression],
    order: st.SearchStrategy[Operator],
) -> st.SearchStrategy[Expression]:
    straight = st.builds(Binary, order, left, right)
    return st.one_of(straight, st.builds(Binary, order, right, left))


def _call(function: str, *arguments: st.SearchStrategy[Expression]) -> st.SearchStrategy[Expression]:
    return st.builds(lambda *given: Call(function, given), *arguments)


def _unit(*units: str) -> st.SearchStrategy[Expression]:
    return st.sampled_from(units).map(_text)


_when = st.one_of(_names("born", "at", "on"), _some_date, _some_instant)
_range = st.one_of(
    _names("away", "window"), st.just(Call("overlap", (Name(("away_if",)), Name(("window",)))))
)


def _numeric(inner: st.SearchStrategy[Expression], booleans: st.SearchStrategy[Expression]) -> Any:
    positive = st.sampled_from([1, 5, Fraction(1, 10)]).map(_number_literal)
    return st.one_of(
        st.builds(Binary, _sums, inner, inner),
        _call("min", inner, inner),
        _call("max", inner, inner, inner),
        _call("max", inner),
        *(_call(function, inner) for function in ("abs", "floor", "ceil")),
        _call("round", inner, positive),
        _call("if", booleans, inner, inner),
        _call("or_else", inner, inner),
    )


_plain_numbers = st.one_of(
    _names("count", "value"),
    _numbers.map(_number_literal),
    _call("size", _names("tags", "crew", "note", "away")),
    _call("age", _names("born")),
    _call("age", _names("born"), _names("on", "at")),
    _call("elapsed", _when, _unit("days", "weeks", "months", "years", "hours", "minutes")),
    _call("elapsed", _when, _unit("days", "hours"), _when),
    _call("days_in", _range),
    _call("days_in", _range, _unit("days", "working_days")),
    _call("days_in", _names("born"), _names("on"), _unit("working_days")),
    _call("days_in", _names("at"), _names("at")),
    _call("hours_in", _range),
    _call("hours_in", _names("at"), _names("at")),
)

_atoms = st.one_of(
    _names("lake"),
    st.sampled_from(
        [Literal(True, Type(Kind.BOOLEAN)), Literal(False, Type(Kind.BOOLEAN)), All(()), Some(())]
    ),
    _compare(_names("note", "state"), st.sampled_from(["met", "missed"]).map(_text), _equality),
    _compare(_names("level"), st.one_of(_names("level"), st.sampled_from(LEVELS).map(_text)), _order),
    _compare(_names("born", "on", "at"), st.one_of(_names("born", "at"), _some_date), _order),
    _compare(_names("at"), _some_instant, _order),
    _compare(_names("noon"), st.one_of(_names("noon"), st.just(_text("12:30"))), _order),
    _compare(_names("pay"), st.one_of(_names("pay"), _numbers.map(_number_literal)), _order),
    _compare(_names("by"), st.one_of(_names("by"), st.just(_text("w1"))), _equality),
    _compare(_names("window"), st.one_of(_names("window"), st.just(_text("2025"))), _equality),
    _compare(_names("lake"), st.sampled_from(["true", "false"]).map(_text), _equality),
    _compare(_call("weekday", _when), st.sampled_from(["monday", "sunday"]).map(_text), _equality),
    _compare(
        st.builds(
            Binary,
            st.just(Operator.ADD),
            _names("born"),
            st.just(Literal(Length(3, Unit.WORKING_DAYS), Type(Kind.LENGTH))),
        ),
        _names("on"),
        _order,
    ),
    _compare(
        st.builds(
            Binary,
            st.just(Operator.ADD),
            _names("at"),
            st.just(Literal(Length(3, Unit.HOURS), Type(Kind.LENGTH))),
        ),
        _names("at"),
        _order,
    ),
    _compare(_call("max", _names("born"), _some_date), _names("on"), _order),
    _call("has", _names("tags"), st.one_of(st.sampled_from(TAGS).map(_text), _names("level"))),
    _call("has", _names("crew"), st.one_of(st.just(_text("w1")), _names("by"))),
    *(_call(word, _names(*BASE)) for word in ("known", "applies", "filled")),
)


def _condition(inner: st.SearchStrategy[Expression], numbers: st.SearchStrategy[Expression]) -> Any:
    parts = st.lists(inner, max_size=3).map(tuple)
    return st.one_of(
        st.builds(All, parts),
        st.builds(Some, parts),
        st.builds(Not, inner),
        _call("if", inner, inner, inner),
        _call("or_else", inner, inner),
        _call("known", numbers),
        _compare(numbers, numbers, _order),
    )


def _whole(strategy: st.SearchStrategy[Expression]) -> st.SearchStrategy[Expression]:
    """One alternative among others: `one_of` would take a strategy's own alternatives apart, and leaves would win."""
    return strategy.map(lambda tree: tree)


def _deeper(
    depth: int,
) -> tuple[st.SearchStrategy[Expression], st.SearchStrategy[Expression]]:
    numbers: st.SearchStrategy[Expression] = _plain_numbers
    conditions: st.SearchStrategy[Expression] = st.one_of(_atoms, _compare(numbers, numbers, _order))
    for _ in range(depth):
        numbers, conditions = (
            st.one_of(_whole(_plain_numbers), _whole(_numeric(numbers, conditions))),
            st.one_of(_whole(_atoms), _whole(_condition(conditions, numbers))),
        )
    return _numeric(numbers, conditions), _condition(conditions, numbers)


numbers, conditions = _deeper(2)
"""Untyped trees over SCHEMA: numbers, and conditions with every function in them."""


# ---- the naive evaluator: the rules of the marks, read off their definition, by direct recursion over a type
def naive(tree: Expression, row: Mapping[str, Value], context: Context = CONTEXT) -> Value:
    match tree:
        case Literal(value):
            return value
        case Name(path):
            return row[".".join(path)]
        case All(parts):
            return _first_of([naive(part, row, context) for part in parts], decisive=False)
        case Some(parts):
            return _first_of([naive(part, row, context) for part in parts], decisive=True)
        case Not(part):
            return _strict([naive(part, row, context)], lambda value: not value)
        case Binary(operator, left, right):
            values = [naive(left, row, context), naive(right, row, context)]
            return _strict(values, lambda one, other: _operate(operator, one, other, tree, context))
        case Call(function, arguments):
            return _called(function, arguments, row, context)


def _mark(value: Value) -> Value:
    return NotApplicable("empty") if value is None else value


def _first_of(values: list[Value], *, decisive: bool) -> Value:
    values = [_mark(value) for value in values]
    if any(value is decisive for value in values):
        return decisive
    for kind in (Unknown, NotApplicable):
        for value in values:
            if isinstance(value, kind):
                return value
    return not decisive


def _strict(values: list[Value], function: Callable[..., Value]) -> Value:
    values = [_mark(value) for value in values]
    for kind in (Unknown, NotApplicable):
        for value in values:
            if isinstance(value, kind):
                return value
    return function(*values)


def _operate(operator: Operator, one: Any, other: Any, tree: Binary, context: Context) -> Value:
    own = type_of(tree.left)
    if own.kind is Kind.CHOICE and operator not in (Operator.EQUAL, Operator.UNEQUAL):
        one, other = own.choices.index(one), own.choices.index(other)
    if isinstance(other, Length):
        exact = other.unit in (Unit.MINUTES, Unit.HOURS)
        return functions.time_later(one, other) if exact else functions.days_later(one, other, context)
    if operator in (Operator.DIVIDE, Operator.REMAINDER) and other == 0:
        return NotApplicable("empty")
    table: dict[Operator, Callable[[], Any]] = {
        Operator.ADD: lambda: one + other,
        Operator.SUBTRACT: lambda: one - other,
        Operator.MULTIPLY: lambda: one * other,
        Operator.DIVIDE: lambda: Fraction(one) / Fraction(other),
        Operator.REMAINDER: lambda: one - other * _towards_zero(Fraction(one) / Fraction(other)),
        Operator.EQUAL: lambda: one == other,
        Operator.UNEQUAL: lambda: one != other,
        Operator.LESS: lambda: one < other,
        Operator.AT_MOST: lambda: one <= other,
        Operator.MORE: lambda: one > other,
        Operator.AT_LEAST: lambda: one >= other,
    }
    result: Value = table[operator]()
    return result


def _hours_in(spans: functions.Spans) -> Value:
    return functions.hours_in(spans, CONTEXT)


def _towards_zero(value: Fraction) -> int:
    return floor(value) if value >= 0 else ceil(value)


def _called(
    function: str, arguments: tuple[Expression, ...], row: Mapping[str, Value], context: Context
) -> Value:
    if function == "if":
        test = _mark(naive(arguments[0], row, context))
        return naive(arguments[1 if test else 2], row, context) if isinstance(test, bool) else test
    values = [naive(argument, row, context) for argument in arguments]
    if function == "or_else":
        return values[1] if isinstance(values[0], Unknown) else values[0]
    if function == "known":
        return not isinstance(values[0], Unknown)
    if function == "applies":
        return not isinstance(_mark(values[0]), NotApplicable)
    between = len(arguments) > 1 and type_of(arguments[1]).kind in (Kind.DATE, Kind.INSTANT)
    days: Callable[..., Value] = functions.days_between if between else functions.days_in
    hours: Callable[..., Value] = functions.hours_between if between else _hours_in
    table: dict[str, Callable[..., Any]] = {
        "min": lambda *given: min(given),
        "max": lambda *given: max(given),
        "abs": abs,
        "floor": floor,
        "ceil": ceil,
        "round": round_to,
        "size": len,
        "has": lambda many, one: one in many,
        "age": lambda born, on: functions.age(born, on, context),
        "elapsed": lambda start, unit, on: functions.elapsed(start, unit, on, context),
        "date_of": lambda at: functions.date_of(at, context),
        "weekday": lambda at: functions.weekday(at, context),
        "overlap": lambda one, other: functions.overlap(one, other, context),
        "days_in": lambda *given: days(*given, context),
        "hours_in": hours,
    }
    return _strict(values, table[function])

"""Expressions as one generated Python function a schema: the hot path of every evaluation.

A row is looked at without an interpreter in between: positions of columns are written into the source,
constants are bound to names, parts that can't hold a mark become plain Python operators. No text of a user
ever enters the source.
"""

import math
from collections.abc import Callable, Sequence
from fractions import Fraction
from functools import lru_cache
from types import CodeType, FunctionType
from typing import Any, Final, TypeVar

from app.domain.core.expressions import All, Binary, Call, Expression, Literal, Name, Not, Operator, Some
from app.domain.core.functions import MARKS, NEED_CONTEXT, PLAIN, Context, as_mark, first_mark, number_out
from app.domain.core.methods import PREFIX, method_function
from app.domain.core.numbers import round_to
from app.domain.core.typecheck import typed_for
from app.domain.core.types import type_of
from app.domain.core.values import NUMERIC, Kind, Length, Mark, NotApplicable, Schema, Unit, Unknown, Value

T = TypeVar("T")
R = TypeVar("R")
Row = tuple[Value, ...]
Compiled = Callable[[Row, Context], Row]
Condition = Callable[[Row, Context], bool | Mark]

FRACTIONS: Final = NUMERIC - {Kind.INTEGER}
_DEEPEST: Final = 25
"""How many parentheses may nest before a part gets a statement of its own: Python's parser takes 200."""

_BASE: Final[dict[str, Any]] = {
    "MARKS": MARKS,
    "Fraction": Fraction,
    "Unknown": Unknown,
    "AWAY": frozenset({NotApplicable, type(None)}),
    "as_mark": as_mark,
    "first_mark": first_mark,
    "number_out": number_out,
    "round_to": round_to,
    "floor": math.floor,
    "ceil": math.ceil,
    **PLAIN,
    **NEED_CONTEXT,
}


@lru_cache(maxsize=4096)
def _code(source: str) -> CodeType:
    """Return the code of a function's text: definitions alike, and each further evaluation, have the same texts."""
    return compile(source, "<expressions>", "exec")


def compiled(expressions: Sequence[Expression], schema: Schema) -> Compiled:
    """Return a function from a row of `schema` and a context to the values of `expressions`, in order.

    Numbers come out as int where they are whole. A column whose type admits a mark may hold None, which
    counts as n/a(`empty`). Trees are typed here against `schema` once more, so what only a wider row could
    hold a mark for costs nothing. Raises UntypedError when one doesn't fit.
    """
    return _compiled(tuple(expressions), schema)


@lru_cache(maxsize=4096)
def _compiled(expressions: tuple[Expression, ...], schema: Schema) -> Compiled:
    """Do so once: further evaluations of a regulation have the same expressions over the same columns."""
    writer = Writer(schema)
    values = [writer.output(tree) for tree in typed_for(expressions, schema)]
    return writer.function(f"({''.join(f'{value}, ' for value in values)})")


def with_context(function: Callable[[T, Context], R], context: Context) -> Callable[[T], R]:
    """Return `function`, made by `compiled`, of the row alone: without a call between, since there are many rows.

    Raises TypeError for a function that `compiled` hasn't made.
    """
    if not isinstance(function, FunctionType):
        raise TypeError("a compiled function is wanted")
    return FunctionType(function.__code__, function.__globals__, argdefs=(context,))


def condition(expression: Expression, schema: Schema) -> Condition:
    """Return a function from a row of `schema` and a context to true, false or the mark of a condition.

    Raises UntypedError when it isn't a condition over these columns.
    """
    writer = Writer(schema)
    (tree,) = typed_for([expression], schema, Kind.BOOLEAN)
    return writer.function(writer.value(tree))


def _may_be_away(expression: Expression) -> bool:
    own = type_of(expression)
    return own.may_be_unknown or own.may_be_na


class Writer:
    """Writes the body of one function: statements first, then the expression that is returned."""

    def __init__(self, schema: Schema) -> None:
        self._schema = schema
        self._globals = dict(_BASE)
        self._lines: list[str] = []
        self._count = 0
        self._columns: dict[int, str] = {}

    def function(self, result: str) -> Callable[[Row, Context], Any]:
        """Return the finished function."""
        loads = [f"{name} = row[{at}]" for at, name in self._columns.items()]
        body = "\n ".join([*loads, *self._lines, f"return {result}"])
        made: Callable[[Row, Context], Any] = self._defined(f"def made(row, context):\n {body}\n")
        return made

    def _defined(self, source: str) -> Any:  # noqa: ANN401 - a function of whatever its text takes
        """Return the function `made` of a text."""
        # Of our own making: positions and names that this class numbers, and operators of a closed list.
        exec(_code(source), self._globals)  # noqa: S102
        return self._globals["made"]

    def output(self, tree: Expression) -> str:
        """Return the code of a result, whole numbers as int."""
        code = self.value(tree)
        if type_of(tree).kind not in FRACTIONS:
            return code
        if code.isidentifier():
            return f"({code} if {code}.__class__ is not Fraction else number_out({code}))"
        name = self._name()
        return f"({name} if ({name} := {code}).__class__ is not Fraction else number_out({name}))"

    def value(self, tree: Expression) -> str:
        """Return the code of `tree`: an atom, or an expression in parentheses."""
        match tree:
            case Literal(value):
                return self._constant(value)
            case Name(path):
                return self._column(self._schema.position(".".join(path)))
            case All(parts):
                return self._joined(parts, "and", stop=False)
            case Some(parts):
                return self._joined(parts, "or", stop=True)
            case Not(part):
                return self._not(part)
            case Binary():
                return self._binary(tree)
            case _:
                return self._call(tree)

    # ---- parts
    def _constant(self, value: Value) -> str:
        if value is True or value is False:
            return str(value)
        name = f"k{len(self._globals)}"
        self._globals[name] = value
        return name

    def _column(self, position: int) -> str:
        return self._columns.setdefault(position, f"c{position}")

    def _name(self) -> str:
        self._count += 1
        return f"t{self._count}"

    def _shallow(self, code: str) -> str:
        """Return `code`, or the variable that holds it when it nests too deep.

        It is then computed before its turn, which changes nothing: every expression is total and without effect.
        """
        if code.count("(") < _DEEPEST:
            return code
        depth = deepest = 0
        for sign in code:
            depth += (sign == "(") - (sign == ")")
            deepest = max(deepest, depth)
        if deepest < _DEEPEST:
            return code
        name = self._name()
        self._lines.append(f"{name} = {code}")
        return name

    def _over(self, parts: Sequence[Expression], make: Callable[..., str]) -> str:
        """Return the code that `make` writes of the operands' codes, guarded by those that may be away."""
        codes, guards, away = [], [], []
        for part in parts:
            code = self._shallow(self.value(part))
            if _may_be_away(part):
                name = self._name()
                guards.append(f"(({name} := {code}).__class__ in MARKS)")
                away.append(name)
                code = name
            codes.append(code)
        made = make(*codes)
        if not away:
            return f"({made})"
        mark = f"as_mark({away[0]})" if len(away) == 1 else f"first_mark({', '.join(away)})"
        # `|`, not `or`: every operand is looked at, since a later unknown goes before an earlier n/a.
        return f"({mark} if {' | '.join(guards)} else {made})"

    def _joined(self, parts: Sequence[Expression], word: str, *, stop: bool) -> str:
        """All (`stop` False) and Some (True): a part that is `stop` decides, else a mark, else the other value."""
        if not parts:
            return str(not stop)
        if not any(_may_be_away(part) for part in parts):
            return f"({f' {word} '.join(self._shallow(self.value(part)) for part in parts)})"
        tests, away = [], []
        for part in parts:
            code = self._shallow(self.value(part))
            if _may_be_away(part):
                name = self._name()
                away.append(name)
                tests.append(f"({name} := {code}) is {stop}")
            else:
                tests.append(code if stop else f"not {code}")
        present = " and ".join(f"{name} is {not stop}" for name in away)
        mark = f"first_mark({', '.join(away)})"
        return f"({stop} if {' or '.join(tests)} else {not stop} if {present} else {mark})"

    def _not(self, part: Expression) -> str:
        return self._over([part], lambda code: f"not {code}")

    # ---- operators
    def _binary(self, tree: Binary) -> str:
        left, right, operator = tree.left, tree.right, tree.operator
        if operator in {Operator.DIVIDE, Operator.REMAINDER}:
            return self._division(tree)
        if isinstance(right, Literal) and isinstance(right.value, Length):
            exact = right.value.unit in {Unit.MINUTES, Unit.HOURS}
            name, more = ("time_later", "") if exact else ("days_later", ", context")
            return self._over([left, right], lambda day, length: f"{name}({day}, {length}{more})")
        kind = type_of(left)
        if kind.kind is Kind.CHOICE and operator not in {Operator.EQUAL, Operator.UNEQUAL}:
            ranks = self._constant_object({choice: rank for rank, choice in enumerate(kind.choices)})
            return self._over([left, right], lambda one, other: f"{ranks}[{one}] {operator} {ranks}[{other}]")
        return self._over([left, right], lambda one, other: f"{one} {operator} {other}")

    def _constant_object(self, value: object) -> str:
        name = f"k{len(self._globals)}"
        self._globals[name] = value
        return name

    def _division(self, tree: Binary) -> str:
        name = "divide" if tree.operator is Operator.DIVIDE else "remainder"
        return self._over([tree.left, tree.right], lambda one, other: f"{name}({one}, {other})")

    # ---- calls
    def _call(self, tree: Call) -> str:
        function, arguments = tree.function, tree.arguments
        match function:
            case "if":
                return self._if(*arguments)
            case "or_else":
                return self._or_else(*arguments)
            case "known" | "applies":
                return self._there(function, arguments[0])
            case "has":
                return self._over(arguments, lambda many, one: f"{one} in {many}")
            case "round":
                return self._over(arguments, lambda value, to: f"round_to({value}, {to})")
            case "size":
                return self._over(arguments, lambda value: f"len({value})")
            case "min" | "max" if len(arguments) == 1:
                return self.value(arguments[0])
            case "min" | "max" | "abs" | "floor" | "ceil":
                return self._over(arguments, lambda *values: f"{function}({', '.join(values)})")
            case _ if function.startswith(PREFIX):
                method = self._constant_object(method_function(function.removeprefix(PREFIX)))
                return self._over(arguments, lambda *values: f"{method}({', '.join(values)})")
            case _:
                return self._with_context(function, arguments)

    def _with_context(self, function: str, arguments: Sequence[Expression]) -> str:
        ends = type_of(arguments[1]).kind if len(arguments) > 1 else None
        if ends in {Kind.DATE, Kind.INSTANT} and function in {"days_in", "hours_in"}:
            function = function.replace("_in", "_between")
        more = ("context",) if function in NEED_CONTEXT else ()
        return self._over(arguments, lambda *values: f"{function}({', '.join((*values, *more))})")

    def _if(self, test: Expression, one: Expression, other: Expression) -> str:
        code, yes, no = (self._shallow(self.value(part)) for part in (test, one, other))
        if not _may_be_away(test):
            return f"({yes} if {code} else {no})"
        name = self._name()
        return f"({yes} if ({name} := {code}) is True else {no} if {name} is False else as_mark({name}))"

    def _or_else(self, value: Expression, instead: Expression) -> str:
        code, other = self._shallow(self.value(value)), self._shallow(self.value(instead))
        if not type_of(value).may_be_unknown:
            return code
        name = self._name()
        return f"({other} if ({name} := {code}).__class__ is Unknown else {name})"

    def _there(self, function: str, part: Expression) -> str:
        if not _may_be_away(part):
            return "True"
        code = self._shallow(self.value(part))
        return (
            f"({code}.__class__ is not Unknown)" if function == "known" else f"({code}.__class__ not in AWAY)"
        )

"""Functions over rows in order: `consecutive(day)`, `running(points, 0, 100)`, `100 - running(spent)`.

Each call becomes a column of its own, and the rest an expression over these columns.
"""

from dataclasses import dataclass, field, replace

from app.declarations.build.aggregates import rebuilt, typed_over
from app.declarations.build.context import Context
from app.declarations.cel import parse_expression
from app.declarations.columns import Columns
from app.declarations.located import At
from app.declarations.parsed import Parsed, checked
from app.domain.core.expressions import Call, Expression, Literal, Name
from app.domain.core.plan import Running
from app.domain.core.types import type_of
from app.domain.core.values import NUMERIC, Kind, Length, Type, Value

INTEGER = Type(Kind.INTEGER)
NUMBER = Type(Kind.NUMBER)
BOOLEAN = Type(Kind.BOOLEAN)
UNITS = ("minutes", "hours", "days", "working_days", "weeks", "months", "years")


@dataclass(slots=True)
class InOrder:
    """Reads the columns of a sequence; `first` is the column that the rows are ordered by."""

    context: Context
    columns: Columns
    on: str
    first: str
    found: list[Running] = field(default_factory=list)
    made: list[tuple[str, Expression, Type]] = field(default_factory=list)

    def read(self, columns: dict[str, object], at: At) -> None:
        """Read each column; faults are noted at their place."""
        for name, data in columns.items():
            if not isinstance(data, str):
                self.context.wrong("text", (at / name).where, name)
                continue
            parsed = parse_expression(data, (at / name).where)
            self.context.note_all(parsed.problems)
            if parsed.expression is not None:
                self._column(name, parsed, at / name)

    def types(self) -> Columns:
        """Return the columns that the step adds."""
        return {
            **{item.name: item.type for item in self.found if "#" not in item.name},
            **{name: own for name, _, own in self.made},
        }

    def _column(self, name: str, parsed: Parsed, at: At) -> None:
        before = len(self.found)
        tree = self._without_calls(name, parsed, parsed.expression)
        if tree is None:
            return
        if isinstance(tree, Name) and tree.path == (f"{name}#1",):
            self.found[-1] = replace(self.found[-1], name=name)
            return
        if len(self.found) == before:
            self.context.unknown(
                at.root if not isinstance(tree, Call) else tree.function, at, sorted(FUNCTIONS), "no_function"
            )
            return
        columns = {**self.columns, **{item.name: item.type for item in self.found}}
        self.made += typed_over(self.context, name, tree, parsed, columns, self.on)

    def _without_calls(self, name: str, parsed: Parsed, tree: Expression | None) -> Expression | None:
        match tree:
            case None:
                return None
            case Call(function, arguments) if function in FUNCTIONS:
                return self._call(name, function, arguments, parsed, tree)
            case Name((function,)) if function in FUNCTIONS and function not in self.columns:
                return self._call(name, function, (), parsed, tree)
            case _:
                return rebuilt(tree, parsed, lambda part: self._without_calls(name, parsed, part))

    def _call(
        self, name: str, function: str, arguments: tuple[Expression, ...], parsed: Parsed, node: Expression
    ) -> Expression | None:
        least, most = FUNCTIONS[function]
        options: tuple[tuple[str, Value], ...] = ()
        if function in ("gap", "consecutive") and arguments:
            last = arguments[-1]
            if isinstance(last, Name) and last.path[0] in UNITS and last.path[0] not in self.columns:
                options, arguments = (("unit", last.path[0]),), arguments[:-1]
        if not least <= len(arguments) <= most:
            self._refuse("wrong_number_of_arguments", parsed, node)
            return None
        if function == "spaced":
            (length,) = arguments
            if not isinstance(length, Literal) or not isinstance(length.value, Length):
                self._refuse("length_wanted", parsed, node)
                return None
            options, arguments = (("length", length.value),), ()
        if function in ("spaced", "gap"):
            arguments = (Name((self.first,)),)
        typed = [self._typed(parsed, argument) for argument in arguments]
        if any(part is None for part in typed):
            return None
        parts = tuple(part for part in typed if part is not None)
        own = _in_order(function, parts)
        if isinstance(own, str):
            self._refuse(own, parsed, node)
            return None
        count = sum(item.name.startswith(f"{name}#") for item in self.found)
        column = f"{name}#{count + 1}"
        self.found.append(Running(column, function, parts, own, options))
        return Name((column,))

    def _typed(self, parsed: Parsed, tree: Expression) -> Expression | None:
        typed, problems = checked(
            Parsed(tree, parsed.where, (), parsed.places),
            self.columns,
            None,
            resolve=self.context.tables.follow,
            on=self.on,
        )
        self.context.note_all(problems)
        return typed

    def _refuse(self, reason: str, parsed: Parsed, node: Expression) -> None:
        what = (
            node.function if isinstance(node, Call) else ".".join(node.path) if isinstance(node, Name) else ""
        )
        self.context.wrong(reason, parsed.where_of(node), what)


FUNCTIONS: dict[str, tuple[int, int]] = {
    "ordinal": (0, 0),
    "previous": (1, 1),
    "next": (1, 1),
    "gap": (0, 0),
    "streak": (1, 1),
    "consecutive": (1, 2),
    "running": (1, 3),
    "spaced": (1, 1),
    "rank": (1, 1),
    "tied": (1, 1),
    "total": (1, 1),
    "since": (1, 1),
}
"""How many arguments each takes, an option of `gap`, `consecutive` and `spaced` aside."""


def _in_order(function: str, parts: tuple[Expression, ...]) -> Type | str:
    """Return the type of a function over rows in order; the reason (a stable word) for arguments that won't do."""
    if not parts:
        return INTEGER
    types = [type_of(part) for part in parts]
    first = types[0]
    fault = _fault(function, types)
    if fault is not None:
        return fault
    unknown = any(own.may_be_unknown for own in types)
    absent = function == "gap" or any(own.may_be_na for own in types)
    match function:
        case "previous" | "next":
            return replace(first, may_be_na=True)
        case "rank" | "tied" | "gap":
            return replace(INTEGER, may_be_unknown=unknown, may_be_na=absent)
        case "spaced":
            return replace(BOOLEAN, may_be_unknown=unknown, may_be_na=absent)
        case "running":
            return replace(first if first.kind is Kind.MONEY else NUMBER, may_be_unknown=unknown)
        case "total":
            return INTEGER
        case _:
            return replace(INTEGER, may_be_unknown=unknown)


def _fault(function: str, types: list[Type]) -> str | None:
    first, *more = types
    match function:
        case "running":
            fits, reason = all(own.kind in NUMERIC for own in types), "number_wanted"
        case "streak" | "since":
            fits, reason = first.kind is Kind.BOOLEAN, "boolean_wanted"
        case "consecutive":
            if any(own.kind is not Kind.BOOLEAN for own in more):
                return "boolean_wanted"
            fits, reason = first.kind in {Kind.DATE, Kind.INSTANT, Kind.PERIOD}, "date_wanted"
        case "gap" | "spaced":
            fits, reason = first.kind in {Kind.DATE, Kind.INSTANT}, "instant_wanted"
        case _:
            return None
    return None if fits else reason

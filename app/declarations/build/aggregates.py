"""Expressions over many rows: `first(at)`, `sum(minutes) / 60`, `count(channel == "home")`.

Each call of an aggregate becomes a column of its own, and the rest an expression
over these columns; a value that holds none would have to choose among several rows, which is a fan-out (E112).
"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from app.declarations.build.context import Context
from app.declarations.build.plugged import aggregate_used, aggregates_here
from app.declarations.cel import parse_expression
from app.declarations.columns import Columns
from app.declarations.located import At, LocatedMap
from app.declarations.parsed import Parsed, checked
from app.domain.core.aggregates import AGGREGATES
from app.domain.core.expressions import (
    TRUE,
    Call,
    Expression,
    Literal,
    Name,
    parts_of,
    readings_in,
    with_parts,
)
from app.domain.core.plan import Aggregate
from app.domain.core.types import type_of
from app.domain.core.values import Kind, Type

Made = tuple[tuple[str, Expression, Type], ...]
BOOLEAN = Type(Kind.BOOLEAN)
TRUTH = Literal(value=True, type=BOOLEAN)
FALSITY = Literal(value=False, type=BOOLEAN)

_OF_CONDITIONS = ("all", "any")
UNKNOWN_NUMBER = Type(Kind.NUMBER, may_be_unknown=True, may_be_na=True)
"""The type of what a plugin that couldn't be started would give."""


@dataclass(slots=True)
class Aggregates:
    """Reads the columns of a tally, a group or an allotment: `other` are the columns of the rows that are aggregated.

    `own` are those that stand beside the aggregates; `undecided` is leave_out, count_in or None. `doubted`: it may be
    unknown which rows there are.
    """

    context: Context
    other: Columns
    own: Columns
    on: str
    undecided: str | None = None
    doubted: bool = False
    found: list[Aggregate] = field(default_factory=list)
    made: list[tuple[str, Expression, Type]] = field(default_factory=list)

    def read(self, columns: dict[str, object], at: At) -> None:
        """Read each column; faults are noted at their place."""
        for name, data in columns.items():
            if isinstance(data, LocatedMap):
                self._mapping(name, data, at / name)
            elif isinstance(data, str):
                self._text(name, data, at / name)

    def types(self) -> Columns:
        """Return the columns that the step adds."""
        hidden = {item.name for item in self.found if "#" in item.name}
        aggregated = {item.name: item.type for item in self.found if item.name not in hidden}
        return {**aggregated, **{name: own for name, _, own in self.made}}

    # ---- forms
    def _mapping(self, name: str, data: LocatedMap, at: At) -> None:
        """Read `{sum: minutes, where: {channel: home}}`."""
        functions = [key for key in data if key != "where"]
        known = [key for key in functions if key in AGGREGATES]
        if known:
            here = aggregates_here(self.context)
            for key in functions:
                if key not in known:
                    self.context.unknown(key, at / key, (*here, "where"), "key", key=True)
        if len(functions) != 1:
            if not functions or len(known) > 1:
                self.context.note("E106", at.key, name="count")
            return
        (function,) = functions
        condition = self.context.condition(data.get("where"), at / "where", self.other, self.on)
        text = data[function]
        argument = None
        if function != "count" or (isinstance(text, str) and text not in ("", "rows")):
            if not isinstance(text, str):
                self.context.wrong("text", (at / function).where, function)
                return
            parsed = parse_expression(text, (at / function).where)
            argument = self._typed(parsed, parsed.expression)
            if argument is None:
                return
        self._add(name, function, argument, condition, at)

    def _text(self, name: str, text: str, at: At) -> None:
        parsed = parse_expression(text, at.where)
        if parsed.expression is None:
            self.context.note_all(parsed.problems)
            return
        before = len(self.found)
        tree = self._without_calls(name, parsed, parsed.expression, at)
        if tree is None:
            return
        if isinstance(tree, Name) and tree.path == (f"{name}#1",):
            self.found[-1] = replace(self.found[-1], name=name)
            return
        for column in readings_in(tree):
            if column.path[0] in self.other and column.path[0] not in self.own:
                self.context.note(
                    "E112", parsed.where_of(column), what=".".join(column.path), reason="aggregate"
                )
                return
        if len(self.found) == before:
            self.context.note("E112", at.where, what=text[:60], reason="aggregate")
            return
        columns = {**self.own, **{item.name: item.type for item in self.found}}
        self.made += typed_over(self.context, name, tree, parsed, columns, self.on)

    def _without_calls(self, name: str, parsed: Parsed, tree: Expression, at: At) -> Expression | None:
        """Return the tree with a column in place of each aggregate; None after a fault."""
        match tree:
            case Call(function, arguments) if _is_aggregate(function) and len(arguments) <= 1:
                argument: Expression | None = None
                if arguments:
                    argument = self._typed(parsed, arguments[0])
                    if argument is None:
                        return None
                if function == "count" and argument is not None:
                    return self._column(name, function, None, argument, at)
                return self._column(name, function, argument, TRUE, at)
            case Name((("count" | "spans") as function,)) if function not in self.own:
                return self._column(name, function, None, TRUE, at)
            case _:
                return rebuilt(tree, parsed, lambda part: self._without_calls(name, parsed, part, at))

    def _column(
        self, name: str, function: str, argument: Expression | None, condition: Expression, at: At
    ) -> Expression | None:
        count = sum(item.name.startswith(f"{name}#") for item in self.found)
        column = f"{name}#{count + 1}"
        return Name((column,)) if self._add(column, function, argument, condition, at) else None

    def _typed(self, parsed: Parsed, tree: Expression | None) -> Expression | None:
        """Return an argument typed over the aggregated rows, or None after a fault."""
        part = Parsed(tree, parsed.where, parsed.problems, parsed.places)
        typed, problems = checked(part, self.other, None, resolve=self.context.tables.follow, on=self.on)
        self.context.note_all(problems)
        return typed

    # ---- aggregates
    def _add(
        self, name: str, function: str, argument: Expression | None, condition: Expression, at: At
    ) -> bool:
        taken = aggregate_used(self.context, function, at / function, key=True)
        if taken is None:
            return False
        of = None if argument is None else type_of(argument)
        own = AGGREGATES[function].result(of) if function in AGGREGATES else UNKNOWN_NUMBER
        if own is None or not _is_condition(condition):
            reason = "boolean_wanted" if function in (*_OF_CONDITIONS, "count") else "number_wanted"
            self.context.wrong(
                reason if argument or function == "count" else "list_wanted", at.where, function
            )
            return False
        condition = self._policy(condition, argument)
        unsure = type_of(condition).may_be_unknown or (
            argument is not None and type_of(argument).may_be_unknown
        )
        unsure = self.doubted or (unsure and self.undecided is None)
        own = replace(own, may_be_unknown=own.may_be_unknown or unsure)
        self.found.append(Aggregate(name, taken, argument, own, condition))
        return True

    def _policy(self, condition: Expression, argument: Expression | None) -> Expression:
        """Return the condition with what is undecided left out or counted in."""
        if self.undecided is None:
            return condition
        if type_of(condition).may_be_unknown:
            instead = TRUTH if self.undecided == "count_in" else FALSITY
            condition = Call(
                "or_else", (condition, instead), replace(type_of(condition), may_be_unknown=False)
            )
        if argument is not None and type_of(argument).may_be_unknown:
            known = Call("known", (argument,), BOOLEAN)
            return known if condition == TRUE else Call("if", (known, condition, FALSITY), type_of(condition))
        return condition


def _is_condition(condition: Expression) -> bool:
    return type_of(condition).kind is Kind.BOOLEAN


def _is_aggregate(name: str) -> bool:
    return name in AGGREGATES and AGGREGATES[name].written


# ---- trees ---------------------------------------------------------------------------------------------------------
def typed_over(
    context: Context, name: str, tree: Expression, parsed: Parsed, columns: Columns, on: str
) -> Made:
    """Return a column that is made of the columns which stand for calls, or none after faults that were noted."""
    part = Parsed(tree, parsed.where, (), parsed.places)
    typed, problems = checked(part, columns, None, resolve=context.tables.follow, on=on)
    context.note_all(problems)
    return () if typed is None else ((name, typed, type_of(typed)),)


def rebuilt(
    tree: Expression, parsed: Parsed, change: Callable[[Expression], Expression | None]
) -> Expression | None:
    """Return `tree` with its parts changed, standing where it stood; None as soon as a part is."""
    parts = list(parts_of(tree))
    changed = [change(part) for part in parts]
    if any(part is None for part in changed):
        return None
    if all(new is old for new, old in zip(changed, parts, strict=True)):
        return tree
    found = with_parts(tree, [part for part in changed if part is not None])
    where = parsed.where_of(tree)
    if isinstance(parsed.places, dict):
        parsed.places[id(found)] = where
    return found

"""Questions in order, a form's or those of a repeat's rows, with their conditions compiled once.

They are compiled over their own answers and what stands around them: an entry's own columns and the subject's, and in a
row the answers of the form. A condition that reads what isn't at hand counts as unknown.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final, Self

from app.domain.asked import Columns
from app.domain.core.aggregates import function_of
from app.domain.core.chosen_rows import Getter
from app.domain.core.compiled import Compiled, compiled
from app.domain.core.compiled import condition as compile_condition
from app.domain.core.expressions import Expression, Name, readings_in
from app.domain.core.functions import Context
from app.domain.core.typecheck import UntypedError
from app.domain.core.values import Column, Kind, Schema, Type, Unknown, Value
from app.domain.field_type import FieldTypes
from app.domain.kinds.common import Texts
from app.domain.kinds.form import Constraint, Field, Total

ANSWERS: Final = "answers"
"""What the columns of a form are called in a condition over what can be picked: `building == answers.building`."""

SOURCE: Final = "zh"
"""The language that every title has."""

_TEXT: Final = Type(Kind.TEXT)


@dataclass(frozen=True, slots=True)
class Words:
    """Whose words stand in for choices and references where a text begins with one.

    `titles` are those of choices around the questions, by what has them and the question: `subject.kind`,
    `household.kind`. `called` tells what somebody or something is called, by its type and its id.
    """

    language: str = SOURCE
    titles: Mapping[str, Mapping[str, Texts]] = field(default_factory=dict)
    called: Callable[[str, str], Texts | str] | None = None

    def name(self, to: str, one: str) -> str:
        """Return what a reference is called in the reader's language, its id where nobody knows."""
        found = one if self.called is None else self.called(to, one)
        return found if isinstance(found, str) else found.get(self.language) or found.get(SOURCE) or one


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What questions stand in: the types of the columns around them, field types, the calendar, what registers hold."""

    around: Mapping[str, Type]
    types: FieldTypes
    context: Context
    columns: Columns
    words: Words = Words()


class CompiledQuestions:
    """The questions of a form or of a row, compiled."""

    inner: dict[str, Self]

    def __init__(
        self: Self, fields: tuple[Field, ...], where: Surroundings, checks: tuple[Constraint, ...] = ()
    ) -> None:
        """Compile; `checks` are those of the whole form."""
        self.fields = fields
        self.types = where.types
        self.context = where.context
        self._columns = where.columns
        own = {item.id: opened(item.type) for item in fields}
        trees = [*_trees(fields), *(check.condition for check in checks)]
        self.reads = {item.id: self._read_of(item, trees) for item in fields}
        paths = {
            ".".join(name.path): opened(name.type or _TEXT) for reads in self.reads.values() for name in reads
        }
        columns = {**where.around, **own, **paths}
        self.schema = Schema(tuple(Column(name, kind) for name, kind in columns.items()), ())
        self.at_of = {column.name: at for at, column in enumerate(self.schema.columns)}
        # What is the same for all submissions is made once: an import has thousands of them.
        self.blank = tuple(Unknown(column.name) for column in self.schema.columns[len(where.around) :])
        self.open_types = own
        self.positions = {
            to: {column.name: at for at, column in enumerate(where.columns(to))}
            for to in {item.type.to or "" for item in fields}
        }
        self.missing = {item.id: Unknown(item.id) for item in fields}
        self.retired = {item.id: {choice.id for choice in item.choices if choice.retired} for item in fields}
        self.relevant = {item.id: self.condition(item.relevant) for item in fields if item.relevant}
        self.amounts = {item.id: self.amount(item.calculation) for item in fields if item.calculation}
        self.default_of = {item.id: self.amount(item.default) for item in fields if item.default}
        self.default_words = {
            item.id: {
                one: titles.get(where.words.language) or titles.get(SOURCE) or one
                for one, titles in found.items()
            }
            for item in fields
            if (found := self._chosen_in(item, where.words.titles))
        }
        self.words = where.words
        self.default_names = {item.id: to for item in fields if (to := _named_in(item))}
        self.constraints = {item.id: self.checks(item.constraints) for item in fields}
        self.cascades = {
            item.id: tuple(
                (choice.id, None if choice.where is None else self.condition(choice.where))
                for choice in item.choices
            )
            for item in fields
            if any(choice.where is not None for choice in item.choices)
        }
        self.pickings = {item.id: self._picking(item) for item in fields if item.where is not None}
        inner = replace(where, around=columns)
        self.inner = {item.id: self._rows_of(item, inner) for item in fields if item.columns}
        self.totals = {
            item.id: _totalling(item.total, self.inner[item.total.of])
            for item in fields
            if item.total is not None
        }
        self.whole = self.checks(checks)

    def _rows_of(self, item: Field, inner: Surroundings) -> Self:
        return type(self)(item.columns, inner)

    def _read_of(self, item: Field, trees: Sequence[Expression]) -> tuple[Name, ...]:
        """Return what conditions read of what a question refers to, or of its answer's parts."""
        kind = self.types.get(item.widget)
        if item.type.kind is not Kind.REF and not (kind and kind.parts):
            return ()
        found = {name.path: name for tree in trees for name in readings_in(tree)}
        return tuple(name for path, name in found.items() if len(path) > 1 and path[0] == item.id)

    def _chosen_in(self, item: Field, around: Mapping[str, Mapping[str, Texts]]) -> Mapping[str, Texts]:
        """Return what the choices are called that a text begins with, nothing where it begins with none."""
        if item.type.kind is not Kind.TEXT or not isinstance(item.default, Name):
            return {}
        first, *rest = item.default.path
        of = next((one for one in self.fields if one.id == first), None)
        if of is None:
            return around.get(".".join(item.default.path), {})
        if not rest:
            return {choice.id: choice.title for choice in of.choices}
        if of.type.kind is Kind.REF:
            return around.get(f"{of.type.to}.{rest[0]}", {})
        kind = self.types.get(of.widget)
        part = kind.parts.get(rest[0]) if kind is not None else None
        return {} if part is None else part.titles

    def condition(self, expression: Expression) -> Any:  # noqa: ANN401 - a compiled condition, or None
        """Return a condition compiled over these columns; None for one that reads what isn't at hand."""
        try:
            return compile_condition(expression, self.schema)
        except UntypedError:
            return None

    def test(self, holds: Any, row: tuple[Value, ...]) -> Value:  # noqa: ANN401 - what `condition` returned
        """Return whether a compiled condition holds for a row; unknown where it couldn't be compiled."""
        found: Value = Unknown() if holds is None else holds(row, self.context)
        return found

    def amount(self, expression: Expression) -> Compiled | None:
        """Return an amount compiled over these columns; None for one that reads what isn't at hand."""
        try:
            return compiled([expression], self.schema)
        except UntypedError:
            return None

    def value_of(self, amount: Compiled | None, row: Sequence[Value]) -> Value:
        """Return what an amount comes to for a row; unknown where it couldn't be compiled."""
        if amount is None:
            return Unknown()
        (value,) = amount(tuple(row), self.context)
        return Unknown() if value is None else value

    def checks(self, constraints: tuple[Constraint, ...]) -> list[tuple[Constraint, Any]]:
        """Return constraints with their conditions compiled; without those that read what isn't at hand."""
        made = [(check, self.condition(check.condition)) for check in constraints]
        return [(check, holds) for check, holds in made if holds is not None]

    def _picking(self, item: Field) -> Any:  # noqa: ANN401 - a compiled condition, or None
        if item.where is None or not self._columns(item.type.to or ""):
            return None
        try:
            return compile_condition(item.where, self._beside(item))
        except UntypedError:
            return None

    def beside(self, item: Field, part: Expression) -> Compiled:
        """Return a part of a reference's condition compiled over what can be picked and the answers.

        Raises UntypedError for one that reads what isn't at hand.
        """
        return compiled([part], self._beside(item))

    def _beside(self, item: Field) -> Schema:
        own = tuple(replace(one, type=opened(one.type)) for one in self._columns(item.type.to or ""))
        around = tuple(Column(f"{ANSWERS}.{one.name}", one.type) for one in self.schema.columns)
        return Schema(own + around, ())


# ---- parts -------------------------------------------------------------------------------------------------------
def opened(own: Type) -> Type:
    """Return the type of an answer while it is given: it may be missing yet, or not be asked."""
    return replace(own, may_be_unknown=True, may_be_na=True)


def _named_in(item: Field) -> str | None:
    """Return the type of what a text begins with a reference to, None for one that begins with anything else."""
    own = getattr(item.default, "type", None)
    return own.to if item.type.kind is Kind.TEXT and own is not None and own.kind is Kind.REF else None


def _trees(fields: Sequence[Field]) -> Iterator[Expression]:
    """Yield the conditions and amounts of questions, those of rows among them."""
    for item in fields:
        checks = (check.condition for check in item.constraints)
        where = (choice.where for choice in item.choices)
        own = (item.relevant, item.calculation, item.default, item.total.where if item.total else None)
        yield from (tree for tree in (*own, *checks, *where) if tree is not None)
        yield from _trees(item.columns)


def _totalling(total: Total, rows: CompiledQuestions) -> Callable[[Sequence[tuple[Value, ...]]], Value]:
    """Return what works a total out of the rows' values."""
    argument = None if total.column is None else rows.schema.position(total.column)
    holds = None if total.where is None else rows.condition(total.where)
    function = function_of(total.function)
    last = len(rows.schema.columns)
    getter = Getter(argument, last, lambda row: row)

    def work_out(found: Sequence[tuple[Value, ...]]) -> Value:
        told = [(*row, True if total.where is None else rows.test(holds, row)) for row in found]
        return function(getter.over(told), None, None)

    return work_out

"""Neighbouring steps that add columns or drop rows by expressions, as one compiled function over a batch of rows.

One loop instead of one a step, and one tuple a row instead of one a step and row.
"""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Final

from app.domain.core.compiled import Writer
from app.domain.core.delta import Row
from app.domain.core.expressions import TRUE, Expression
from app.domain.core.functions import Context
from app.domain.core.plan import LastInstant, Law, Rekey, Set, Step, Tag, Where
from app.domain.core.shapes import after
from app.domain.core.typecheck import typed_for
from app.domain.core.values import Schema

Fused = Callable[[list[Row], Context], list[Row]]
SMALLEST: Final = timedelta(microseconds=1)
"""The resolution of instants."""


def is_fusible(step: Step) -> bool:
    """Whether a step needs no more than a row and constants."""
    if isinstance(step, Law):
        return all(len(values) == 1 for _, values, _ in step.columns)
    return isinstance(step, Where | Set | LastInstant | Tag | Rekey)


@lru_cache(maxsize=4096)
def fused(steps: tuple[Step, ...], schema: Schema) -> Fused:
    """Return fusible `steps` over rows of `schema` as a function from rows and a context to rows.

    Raises UntypedError for an expression that doesn't fit, TypeError for a step that can't be fused.
    """
    if all(isinstance(step, Rekey) for step in steps):
        return lambda rows, _context: rows
    writer = _LoopWriter(schema)
    for step in steps:
        writer.step(step)
    return writer.loop()


@lru_cache(maxsize=4096)
def extended(condition: Expression, expressions: tuple[Expression, ...], schema: Schema) -> Fused:
    """Return a function from rows to those for which `condition` is true, with the values of `expressions` behind each.

    One of both at least does something. Raises UntypedError for an expression that doesn't fit.
    """
    writer = _LoopWriter(schema)
    if condition != TRUE:
        writer.step(Where(condition))
    writer.append(expressions)
    return writer.loop()


class _LoopWriter(Writer):
    """Writes the body of a loop over rows. Columns that steps have added are variables of the loop."""

    def __init__(self, schema: Schema) -> None:
        super().__init__(schema)
        self._width = len(schema.columns)
        self._made: dict[int, str] = {}
        self._more: list[str] = []

    def append(self, expressions: Sequence[Expression]) -> None:
        """Write values that stand behind the columns of a row, without a name."""
        trees = typed_for(expressions, self._schema)
        self._more += [self._kept(self.output(tree)) for tree in trees]

    def step(self, step: Step) -> None:
        """Write one step more."""
        behind = after(step, self._schema, {})
        match step:
            case Where(condition, held):
                self._where(condition, held, behind)
            case Set(columns):
                trees = typed_for([expression for _, expression, _ in columns], self._schema)
                codes = [self._kept(self.output(tree)) for tree in trees]
                for (name, _, _), code in zip(columns, codes, strict=True):
                    self._made[behind.position(name)] = code
            case Law(_, columns):
                for name, values, _ in columns:
                    self._made[behind.position(name)] = self._constant(values[0][1])
            case LastInstant(name, of):
                self._made[behind.position(name)] = self._kept(self._just_before(of))
            case Tag(name, prefix):
                self._made[behind.position(name)] = self._kept(self._key(prefix))
            case Rekey():
                pass
            case _:
                message = f"not a step that fuses: {type(step).__name__}"
                raise TypeError(message)
        self._schema = behind

    def loop(self) -> Fused:
        """Return the finished function."""
        row = self._row()
        loads = [f"{name} = row[{at}]" for at, name in self._columns.items()]
        body = "\n  ".join([*loads, *self._lines, f"add({row})"])
        head = "def made(rows, context):\n found = []\n add = found.append\n for row in rows:"
        made: Fused = self._defined(f"{head}\n  {body}\n return found\n")
        return made

    def _column(self, position: int) -> str:
        return self._made.get(position) or super()._column(position)

    def _kept(self, code: str) -> str:
        """Return a variable that holds the value of `code`, which may be one already."""
        if code.isidentifier():
            return code
        name = self._name()
        self._lines.append(f"{name} = {code}")
        return name

    def _where(self, condition: Expression, held: str | None, behind: Schema) -> None:
        (tree,) = typed_for([condition], self._schema)
        code = self.value(tree)
        if held is None:
            self._lines.append(f"if {code} is not True: continue")
            return
        truth = self._kept(code)
        self._lines.append(f"if {truth} is not True and {truth}.__class__ is not Unknown: continue")
        self._made[behind.position(held)] = self._kept(f"({truth} is not True)")

    def _just_before(self, of: str) -> str:
        value = self._column(self._schema.position(of))
        smallest, instant = self._constant_object(SMALLEST), self._constant_object(datetime)
        earlier = f"({value} - {smallest})"
        if not self._schema.type_of(of).may_be_na:
            return earlier
        return f"({earlier} if isinstance({value}, {instant}) else {value})"

    def _key(self, prefix: str | None) -> str:
        values = [self._column(self._schema.position(name)) for name in self._schema.key]
        if prefix is None:
            return f"({''.join(f'{value}, ' for value in values)})"
        parts = [self._constant(prefix), *(f"str({value})" for value in values)]
        return f'"/".join(({", ".join(parts)}))'

    def _row(self) -> str:
        """Return the code of the finished row: the old one with what came, or one anew where columns were replaced."""
        size = len(self._schema.columns)
        if not self._made:
            return f"row + ({''.join(f'{code}, ' for code in self._more)})" if self._more else "row"
        if min(self._made) >= self._width:
            return f"row + ({''.join(f'{self._made[at]}, ' for at in range(self._width, size))})"
        values = [self._made.get(at) or f"row[{at}]" for at in range(size)]
        return f"({', '.join(values)})"

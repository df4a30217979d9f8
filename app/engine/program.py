"""A question's shape, compiled once: scales, rulesets for the worker, and the shadow's steps."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from app.domain.core.expressions import All, Expression, Not, Some
from app.domain.core.truth import Atom, NotEngineFormError, Truth, read_atom
from app.domain.core.values import Column, Type
from app.engine.formulas import Marks, Translator
from app.engine.limits import EngineLimits, Fault, fault
from app.engine.lowering import Rules
from app.engine.rulesets import rulesets_of
from app.engine.scales import Scale, scales_of
from app.services.ports import Condition, Question

_DEPTH: Final = 200  # the language allows 200 nodes

ShapeKey = tuple[str, tuple[Column, ...], tuple[Condition, ...]]


@dataclass(frozen=True, slots=True)
class Shape:
    """What conditions ask: the columns that they name (with their positions in a row), and their atoms."""

    conditions: tuple[Condition, ...]
    columns: tuple[str, ...]
    positions: tuple[int, ...]
    types: Mapping[str, Type]
    scales: tuple[Scale, ...]
    atoms: tuple[Atom, ...]


@dataclass(frozen=True, slots=True)
class Program:
    """Passes of rulesets (JSON). Output 2i is where condition i is true, 2i+1 where it is unknown."""

    key: int
    passes: list[Any]


def shape_of(question: Question) -> Shape:
    """Read a question's conditions. Raises DecisionError (`malformed`) for what the port doesn't allow."""
    types = {column.name: column.type for column in question.columns}
    positions = {column.name: at for at, column in enumerate(question.columns)}
    rules = [condition.rule for condition in question.conditions]
    if len(types) != len(question.columns) or len(set(rules)) != len(rules):
        raise fault(Fault.MALFORMED, f"{question.table}: a name stands twice")
    atoms: dict[Atom, None] = {}
    for condition in question.conditions:
        about = f"{question.table}: {condition.rule}"
        try:
            of_condition = dict.fromkeys(_atoms(condition.expression))
        except NotEngineFormError as error:
            raise fault(Fault.MALFORMED, f"{about}: {error}") from None
        if any(atom.column not in types for atom in of_condition):
            raise fault(Fault.MALFORMED, f"{about} reads a column that isn't there")
        atoms.update(of_condition)
    try:
        scales = tuple(scales_of(atoms, types).values())
    except (TypeError, ValueError) as error:
        raise fault(Fault.MALFORMED, f"{question.table}: {error}") from None
    named = tuple(dict.fromkeys(atom.column for atom in atoms))
    return Shape(
        question.conditions,
        named,
        tuple(positions[name] for name in named),
        {name: types[name] for name in named},
        scales,
        tuple(atoms),
    )


def compiled(shape: Shape, marks: Marks, key: int, limits: EngineLimits) -> Program:
    """Compile a shape for rows that have these marks."""
    by_key = scales_of(shape.atoms, shape.types)
    numbers = {scale: at for at, scale in enumerate(by_key)}
    columns: dict[str, int] = {}
    for at, scale in enumerate(shape.scales):
        columns.setdefault(scale.column, at)
    translator = Translator(by_key, numbers, columns, marks)
    column_of = {at: columns[scale.column] for at, scale in enumerate(shape.scales)}
    rules = Rules(limits, column_of, outputs=2 * len(shape.conditions))
    for at, condition in enumerate(shape.conditions):
        rules.add(translator.sure(condition.expression), 2 * at)
        rules.add(translator.possible(condition.expression), 2 * at + 1)
    tops = {at: scale.top for at, scale in enumerate(shape.scales)}
    return Program(key, [rulesets_of(of_pass, tops, limits) for of_pass in rules.by_pass()])


def _atoms(expression: Expression, depth: int = 0) -> Iterator[Atom]:
    if depth > _DEPTH:
        raise NotEngineFormError("nested too deeply")
    match expression:
        case All(parts) | Some(parts):
            for part in parts:
                yield from _atoms(part, depth + 1)
        case Not(part):
            yield from _atoms(part, depth + 1)
        case _:
            atom = read_atom(expression)
            if not isinstance(atom, Truth):
                yield atom


def shape_key(question: Question) -> ShapeKey:
    """Return what a shape depends on. Raises DecisionError (`malformed`) for trees too deep to be walked."""
    key = question.table, question.columns, question.conditions
    try:
        hash(key)
    except RecursionError:
        raise fault(Fault.MALFORMED, f"{question.table}: nested too deeply") from None
    return key

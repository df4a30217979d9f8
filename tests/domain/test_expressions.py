"""The compiled form of an expression says what the definition of its marks says, whatever the row."""

from fractions import Fraction

from hypothesis import given

from app.domain.core.compiled import compiled, condition
from app.domain.core.engine_form import engine_form
from app.domain.core.expressions import Binary, Call, Expression, Literal, Name
from app.domain.core.typecheck import typed
from app.domain.core.types import type_of
from app.domain.core.values import Column, NotApplicable, Schema, Unknown, Value
from tests.domain.expression_trees import CONTEXT, SCHEMA, TYPES, conditions, naive, numbers, rows
from tests.fakes.examples import examples


def _typed(tree: Expression) -> Expression:
    made, faults = typed(tree, TYPES)
    assert not faults
    return made


def _as_mapping(row: tuple[Value, ...], schema: Schema = SCHEMA) -> dict[str, Value]:
    return {column.name: value for column, value in zip(schema.columns, row, strict=True)}


@examples(60)
@given(conditions, rows)
def test_a_compiled_condition_is_what_direct_evaluation_gives(
    tree: Expression, row: tuple[Value, ...]
) -> None:
    result = condition(tree, SCHEMA)(row, CONTEXT)
    wanted = naive(_typed(tree), _as_mapping(row))
    assert result == wanted
    assert type(result) is type(wanted)


@examples(60)
@given(numbers, rows)
def test_a_compiled_number_is_what_direct_evaluation_gives(tree: Expression, row: tuple[Value, ...]) -> None:
    (result,) = compiled([tree], SCHEMA)(row, CONTEXT)
    assert result == naive(_typed(tree), _as_mapping(row))
    assert not isinstance(result, float)
    assert not isinstance(result, Fraction) or result.denominator > 1


@given(conditions, numbers, rows)
def test_a_mark_occurs_only_where_the_type_says_so(
    one: Expression, other: Expression, row: tuple[Value, ...]
) -> None:
    for tree, value in zip((one, other), compiled([one, other], SCHEMA)(row, CONTEXT), strict=True):
        own = type_of(_typed(tree))
        assert own.may_be_unknown or not isinstance(value, Unknown)
        assert own.may_be_na or own.may_be_unknown or not (value is None or isinstance(value, NotApplicable))


@given(conditions)
def test_typing_a_typed_tree_changes_nothing(tree: Expression) -> None:
    made = _typed(tree)
    assert _typed(made) == made


@examples(60)
@given(conditions, rows)
def test_the_engine_form_with_its_columns_means_the_same(tree: Expression, row: tuple[Value, ...]) -> None:
    made = _typed(tree)
    form = engine_form(tree, SCHEMA)
    extra = compiled([part for _, part, _ in form.columns], SCHEMA)(row, CONTEXT)
    wider = Schema((*SCHEMA.columns, *(Column(name, own) for name, _, own in form.columns)), SCHEMA.key)
    assert condition(form.expression, wider)((*row, *extra), CONTEXT) == condition(made, SCHEMA)(row, CONTEXT)


@given(conditions)
def test_the_engine_form_holds_atoms_only(tree: Expression) -> None:
    form = engine_form(tree, SCHEMA)
    assert form == engine_form(_typed(tree), SCHEMA)
    assert len({part for _, part, _ in form.columns}) == len(form.columns)
    for atom in _atoms(form.expression):
        match atom:
            case Name((_,)) | Binary(_, Name((_,)), Literal()) | Call("has", (Name((_,)), Literal())):
                pass
            case Call("known" | "applies", (Name((_,)),)):
                pass
            case _:
                raise AssertionError(atom)


def _atoms(tree: Expression) -> list[Expression]:
    if hasattr(tree, "parts"):
        return [atom for part in tree.parts for atom in _atoms(part)]
    return _atoms(tree.part) if hasattr(tree, "part") else [tree]

"""Engine form: what stays an atom, what becomes a column, what folds away."""

import pytest

from app.declarations.cel import parse_expression
from app.domain.core.engine_form import FALSE, engine_form
from app.domain.core.expressions import TRUE
from app.domain.core.typecheck import UntypedError
from app.domain.core.values import Column, Kind, Schema, Type
from app.domain.core.written import written
from app.domain.problem import Where
from tests.domain.expression_trees import SCHEMA


def split(text: str, schema: Schema = SCHEMA) -> tuple[str, list[str]]:
    tree = parse_expression(text, Where("test")).expression
    assert tree is not None
    form = engine_form(tree, schema)
    return written(form.expression), [f"{name}: {written(part)}" for name, part, _ in form.columns]


@pytest.mark.parametrize(
    ("text", "atoms", "columns"),
    [
        ('state == "met" && count > 3', 'state == "met" && count > 3', []),
        ("3 < count", "count > 3", []),
        ("3 == count", "count == 3", []),
        ('level >= "city"', 'level >= "city"', []),
        ("lake == false", "!lake", []),
        ("!!lake", "lake", []),
        ("count + 1 > 3", "x1 > 3", ["x1: count + 1"]),
        ("count > value", "x1", ["x1: count > value"]),
        ("3 > 2", "x1", ["x1: 3 > 2"]),
        ("count + 1 > 3 || count + 1 < 0", "x1 > 3 || x1 < 0", ["x1: count + 1"]),
        ("age >= 80 && count % 2 == 0", "x1 >= 80 && x2 == 0", ["x1: age(born, on)", "x2: count % 2"]),
        ('has(tags, "alone")', 'has(tags, "alone")', []),
        ("has(tags, level)", "x1", ["x1: has(tags, level)"]),
        ("known(count_if)", "known(count_if)", []),
        ("known(count_if + 1)", "known(x1)", ["x1: count_if + 1"]),
        ("applies(count_if)", "applies(count_if)", []),
        ("if(lake, lake_if, false)", "x1", ["x1: if(lake, lake_if, false)"]),
        ('at > "2025-01-01"', 'x1 > "2025-01-01"', ["x1: date_of(at)"]),
        ("lake && (lake_if && count > 3)", "lake && lake_if && count > 3", []),
        ("lake || known(count)", "true", []),
        ("lake && applies(count)", "lake", []),
        ("lake && !known(count)", "false", []),
        ("!(lake && false)", "true", []),
    ],
)
def test_a_condition_splits_into_atoms_and_columns(text: str, atoms: str, columns: list[str]) -> None:
    assert split(text) == (atoms, columns)


def test_a_dotted_path_becomes_a_column() -> None:
    schema = Schema((Column("subject.risk", Type(Kind.TEXT)), Column("x1", Type(Kind.TEXT))), ())
    assert split('subject.risk == "high"', schema) == ('x2 == "high"', ["x2: subject.risk"])


def test_what_is_always_true_has_no_parts() -> None:
    assert engine_form(TRUE, SCHEMA).expression == TRUE
    assert engine_form(FALSE, SCHEMA).expression == FALSE


def test_a_condition_over_other_columns_is_refused() -> None:
    with pytest.raises(UntypedError):
        split("nowhere > 3")

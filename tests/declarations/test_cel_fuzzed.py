"""Whatever stands where an expression belongs: a tree whose text reads back, or a located fault."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.declarations.cel import parse_expression
from app.declarations.parsed import checked
from app.domain.core.compiled import compiled
from app.domain.core.types import WILD, type_of
from app.domain.core.values import Column, Kind, Schema
from app.domain.core.written import written
from app.domain.problem import Where
from app.i18n.translator import Translator
from tests.declarations.community import loaded
from tests.domain.expression_trees import CONTEXT, SCHEMA, TYPES, rows
from tests.fakes.examples import examples

HERE = Where("rules/a.yaml", 7, 11)
TRANSLATORS = [Translator(language) for language in ("zh", "en", "es")]
WORDS = [
    *TYPES, "true", "false", "min", "max", "abs", "round", "size", "has", "if", "or_else", "known", "applies", "filled",
    "age", "elapsed", "days_in", "hours_in", "overlap", "date_of", "weekday", "hash", "subject", "subject.risk",
    "a.b.c",
    "+", "-", "*", "/", "%", "==", "!=", "<", "<=", ">", ">=", "&&", "||", "!", "(", ")", ",", ".", "?", ":", "[", "]",
    "{", "}", "'", '"', "'x'", '"2025-01-01"', "\\", "0", "1", "0.5", "50%", "1/0", "3 days", "5 working_days", "days",
    "months", "9" * 30, "0." + "3" * 60, "１", "（", "户", "\x00", "\ud800", "\u202e", "\n", " ", "1e9", "0x1",
    "__import__",
]  # fmt: skip
ANY = st.one_of(
    st.text(st.characters(exclude_categories=()), max_size=60),
    st.lists(st.sampled_from(WORDS), max_size=25).map(" ".join),
    st.lists(st.sampled_from(WORDS), max_size=25).map("".join),
)


@examples(80)
@given(ANY, rows)
def test_any_text_is_a_tree_that_reads_back_or_faults_with_a_place(
    text: str, row: tuple[object, ...]
) -> None:
    parsed = parse_expression(text, HERE)
    tree, problems = checked(parsed, TYPES, None)
    assert (tree is None) == bool(problems)
    for problem in problems:
        assert problem.where is not None
        assert (problem.where.path, problem.where.line >= HERE.line) == (HERE.path, True)
        for translator in TRANSLATORS:
            told = translator.problem(problem)
            assert told.what
            assert told.remedy
    if tree is not None and type_of(tree) != WILD:
        again, faults = checked(parse_expression(written(tree), HERE), TYPES, None)
        assert not faults
        assert again == tree
        compiled([tree], SCHEMA)(row, CONTEXT)  # type: ignore[arg-type]


HOSTILE = {
    "parentheses": "(" * 100_000,
    "matched parentheses": "(" * 900 + "1" + ")" * 900,
    "signs": "-" * 1_999 + "1",
    "negations": "!" * 1_000 + "true",
    "calls": "min(" * 400 + "1" + ")" * 400,
    "arguments": "max(" + ",".join("1" * 800) + ")",
    "dots": ".".join("a" * 999),
    "digits": "9" * 1_999,
    "decimals": "0." + "1" * 1_900,
    "products": "*".join(["999999999999999"] * 99),
    "quotients": "/".join(["7"] * 99),
    "quotes": "'" * 1_999,
    "escapes": "'" + "\\" * 1_998,
    "nul": "a\x00b",
    "surrogate": "'\udfff'",
    "right to left": "\u202e1 + 1",
    "spaces": " " * 1_999 + "1",
    "lines": "\n" * 1_500 + "?",
    "million": "a" * 1_000_000,
    "length": "9" * 500 + " days",
    "percent": "1" + "%" * 1_000,
    "comparisons": "1<" * 600 + "1",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_texts_are_answered_at_once(name: str) -> None:
    started = time.perf_counter()
    tree, problems = checked(parse_expression(HOSTILE[name], HERE), {"a": TYPES["count"]}, None)
    assert (tree is None) == bool(problems)
    if tree is not None:
        compiled([tree], Schema((Column("a", TYPES["count"]),), ()))((1,), CONTEXT)
    assert time.perf_counter() - started < 5


@pytest.mark.parametrize(
    "name", [name for name, text in HOSTILE.items() if "\ud800" not in text and "\x00" not in text]
)
def test_a_hostile_text_in_a_file_is_a_located_fault_of_that_file(name: str) -> None:
    quoted = (
        HOSTILE[name]
        .replace("\\", "\\\\")
        .replace('"', '\\"')
        .replace("\n", "\\n")
        .replace("\u202e", "\\u202e")
    )
    quoted = quoted.replace("\udfff", "?")
    text = f'rule: new\nfor_each: visit\nwhen: "{quoted}"\nthen: {{finding: new}}\n'
    result = loaded({"rules/new.yaml": text})
    assert result.regulation is None
    assert {problem.where.path for problem in result.problems if problem.where} == {"rules/new.yaml"}
    assert {problem.code for problem in result.problems} <= {"E102", "E103", "E104", "E105"}


def test_no_expression_reaches_what_isnt_declared() -> None:
    for text in (
        "__import__('os')",
        "count.__class__",
        "at.year",
        "open('x')",
        "self",
        "globals()",
        "subject.risk.x",
    ):
        tree, problems = checked(parse_expression(text, HERE), TYPES, None)
        assert tree is None
        assert [problem.code for problem in problems] == ["E102"]


def test_a_product_grows_no_further_than_its_text() -> None:
    tree, problems = checked(parse_expression("*".join(["count"] * 90), HERE), TYPES, Kind.NUMBER)
    assert tree is not None
    assert not problems
    (found,) = compiled([tree], Schema((Column("count", TYPES["count"]),), ()))((10**15,), CONTEXT)
    assert found == 10 ** (15 * 90)

"""docs/expressions.md: everything that the language of expressions has, and examples that are true."""

import re
from datetime import UTC, date, datetime
from fractions import Fraction
from importlib.resources import files
from pathlib import Path

import pytest

from app.declarations.cel import DEEPEST, MOST_CHARACTERS, MOST_NODES, parse_expression
from app.domain.calendar_context import context_of
from app.domain.core.compiled import compiled
from app.domain.core.json_values import outcome_json
from app.domain.core.numbers import BOUND
from app.domain.core.signatures import SIGNATURES
from app.domain.core.typecheck import typed
from app.domain.core.values import Column, Kind, NotApplicable, Schema, Type, Unknown, Value
from app.domain.problem import Where
from app.domain.workdays import Calendar

PAGE = (Path(__file__).parents[2] / "docs" / "expressions.md").read_text(encoding="utf-8")
ROW: dict[str, tuple[Type, Value]] = {
    "count": (Type(Kind.INTEGER), 3),
    "value": (Type(Kind.NUMBER), Fraction(29, 4)),
    "gone": (Type(Kind.NUMBER, may_be_unknown=True), Unknown("gone")),
    "none": (Type(Kind.NUMBER, may_be_na=True), NotApplicable("none")),
    "channel": (Type(Kind.CHOICE, choices=("home", "phone")), "home"),
    "tags": (Type(Kind.CHOICES, choices=("alone", "disabled")), ("alone",)),
    "yes": (Type(Kind.BOOLEAN), True),
    "name": (Type(Kind.TEXT), "Lin"),
    "born": (Type(Kind.DATE), date(1940, 5, 1)),
    "at": (Type(Kind.INSTANT), datetime(2025, 3, 17, 1, 30, tzinfo=UTC)),
    "end": (Type(Kind.INSTANT), datetime(2025, 3, 17, 4, 0, tzinfo=UTC)),
    "day": (Type(Kind.DATE), date(2025, 3, 17)),
    "window": (Type(Kind.PERIOD), "2025"),
}
CONTEXT = context_of(Calendar("cn", "Asia/Shanghai"))
SCHEMA = Schema(tuple(Column(name, own) for name, (own, _) in ROW.items()), ())


def cells(line: str) -> list[str]:
    return [cell.strip().replace("\\|", "|") for cell in re.split(r"(?<!\\)\|", line)[1:-1]]


def tables() -> list[list[str]]:
    """The rows of the page's tables, without heads."""
    lines = PAGE.splitlines()
    return [
        cells(line)
        for number, line in enumerate(lines)
        if line.startswith("|")
        and not line.startswith("|---")
        and not "".join(lines[number + 1 : number + 2]).startswith("|---")
    ]


EXAMPLES = [
    (row[-2].strip("`"), row[-1])
    for row in tables()
    if len(row) > 2 and re.fullmatch("`.*`", row[-2]) and row[-1] and "`" not in row[-1]
]


def test_the_page_has_examples() -> None:
    assert len(EXAMPLES) > 40


@pytest.mark.parametrize(("text", "said"), EXAMPLES)
def test_every_example_gives_what_the_page_says(text: str, said: str) -> None:
    parsed = parse_expression(text, Where("x"))
    assert parsed.expression is not None, parsed.problems
    tree, faults = typed(parsed.expression, {name: own for name, (own, _) in ROW.items()}, on="at")
    assert not faults
    (found,) = compiled([tree], SCHEMA)(tuple(value for _, value in ROW.values()), CONTEXT)
    match found:
        case Unknown():
            assert said == "unknown"
        case NotApplicable():
            assert said == "n/a"
        case bool():
            assert said == str(found).lower()
        case _:
            assert said == str(outcome_json(found))


def test_the_row_of_the_examples_is_the_one_on_the_page() -> None:
    told = {row[0].strip("`"): row[2] for row in tables() if len(row) == 3 and row[0].strip("`") in ROW}
    assert told.keys() == ROW.keys()


def test_every_function_is_on_the_page_with_an_example_that_calls_it() -> None:
    told = {
        row[0].strip("`"): row[2] for row in tables() if len(row) == 4 and row[0].strip("`") in SIGNATURES
    }
    assert told.keys() == SIGNATURES.keys()
    for name, example in told.items():
        assert f"{name}(" in example


def test_every_part_of_the_grammar_is_on_the_page_with_an_example() -> None:
    grammar = files("app.declarations").joinpath("cel.lark").read_text(encoding="utf-8")
    terminals = set(re.findall(r"^([A-Z]+)[.0-9]*:", grammar, re.MULTILINE))
    made = set(re.findall(r"->\s*([a-z]+)", grammar)) - {"length", "number", "string"}  # one terminal each
    rows = [row for row in tables() if len(row) == 4 and row[0].strip("`") not in SIGNATURES]
    told = {name for row in rows for name in re.findall(r"`(\w+)`", row[1])}
    assert (terminals | made) - {"LPAR"} == told


def test_the_limits_are_those_of_the_page() -> None:
    said = f"{MOST_CHARACTERS:,} characters and {MOST_NODES} parts, and nests at most {DEEPEST} deep"
    assert said in " ".join(PAGE.split())
    assert BOUND == 10**15

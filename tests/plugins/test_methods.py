"""A plugin brings a method: a sheet computes an amount by it, its options checked like everything that a text says."""

from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from typing import Any

import pytest

from app.domain.core import methods
from app.domain.core.methods import Method, Option, method_function
from app.domain.core.values import NotApplicable, Unknown
from app.engine import DurableDecider
from app.hookspecs import hookimpl
from app.i18n import Translator
from app.plugins.methods import BETWEEN
from app.services.reasons.phrases import say
from app.services.reasons.sentences import Sentences
from tests.declarations.community import official
from tests.fakes.loading import load
from tests.plugins.conftest import Install
from tests.services.declared import LEADER, PLACE, files_of, regulation_of, told

SHEET = """
plugins: {more: {}}
---
sheet: merit
for_each: role leader
every: year
lines:
  good: {add: {of: points, AMOUNT}, for_each: mark, where: {kind: good}}
"""


def power(of: Any, given: Mapping[str, Any]) -> Any:
    return given["times"] * of ** given["to"]


POWER = Method(
    "power", (Option("to", default=2, at_least=1), Option("times")), power, title={"en": "the power"}
)
BROKEN = Method("broken", (), lambda of, _given: of.nothing)  # type: ignore[union-attr]
INEXACT = Method("inexact", (), lambda _of, _given: 0.5)  # type: ignore[arg-type, return-value]
NONE = Method("none", (), lambda _of, _given: NotApplicable("no_amount"))


class More:
    """An installed package's plugin."""

    @hookimpl
    def gridbook_methods(self) -> list[Method]:
        return [POWER, BROKEN, INEXACT, NONE]


@pytest.fixture
def more(install: Install) -> None:
    """All plugins, with one more."""
    install(more=More())


def marks(*points: str) -> str:
    return f"{LEADER}\n" + "".join(
        f"- {{form: mark, at: 2025-02-0{day}, by: o1, subject: w1, kind: good, points: {value}}}\n"
        for day, value in enumerate(points, 1)
    )


def points(amount: str, *given: str) -> list[Any]:
    return told(SHEET.replace("AMOUNT", amount), marks(*given)).column("merit", "points")


def faults(amount: str) -> list[str]:
    found = load(PLACE, files_of(SHEET.replace("AMOUNT", amount)), official)
    return [
        f"{one.code} {one.values.get('what', one.values.get('name'))}"
        for one in found.problems
        if one.is_error
    ]


@pytest.mark.usefixtures("more")
def test_a_regulation_computes_by_a_plugins_method_and_exactly() -> None:
    assert points("method: power, with: {times: 1/3}", "2", "1/2") == [Fraction(17, 12)]
    assert points("method: power, with: {times: {2012-01-01: 1, 2025-02-02: 3}, to: 3}", "2", "2") == [32]


@pytest.mark.usefixtures("more")
def test_the_rules_engine_decides_the_same_rows() -> None:
    decider = DurableDecider()
    try:
        case = told(SHEET.replace("AMOUNT", "method: power, with: {times: 1}"), marks("3"), decider=decider)
        assert case.column("merit", "points") == [9]
    finally:
        decider.close()


@pytest.mark.usefixtures("more")
def test_marks_are_looked_after_and_a_plugins_fault_makes_the_amount_unknown() -> None:
    assert points("method: power, with: {times: 1}", "") == [Unknown("points")]
    assert points("method: broken", "1") == [Unknown("broken")]
    assert points("method: inexact", "1") == [Unknown("inexact")]
    assert method_function("none")(1) == NotApplicable("no_amount")
    assert method_function("gone")(1) == Unknown("gone")


@pytest.mark.parametrize(
    ("amount", "found"),
    [
        ("method: powr, with: {times: 1}", ["E102 powr"]),
        ("method: power, with: {time: 1}", ["E106 times", "E102 time"]),
        ("method: power", ["E106 times"]),
        ("method: power, with: {times: [1, 2]}", ["E127 times"]),
        ("method: power, with: {times: 1, to: 0}", ["E127 to"]),
        ("method: between, with: {at: 3, gives: [1, 2]}", ["E127 at"]),
        ("method: between, with: {at: [3], gives: [1]}", ["E127 at", "E127 gives"]),
        ("method: between, with: {at: [3, 2], gives: [1, 2]}", ["E127 at"]),
        ("method: between, with: {at: [1, 2], gives: [1, 2, 3]}", ["E127 gives"]),
        ("method: between, with: {at: [{2012-01-01: 1, 2025-06-01: 9}, 2], gives: [1, 2]}", ["E127 at"]),
    ],
)
@pytest.mark.usefixtures("more")
def test_what_a_text_gives_a_method_is_checked_at_its_place(amount: str, found: list[str]) -> None:
    assert faults(amount) == found


@pytest.mark.usefixtures("more")
def test_a_method_takes_numbers() -> None:
    declared = SHEET.replace(
        "of: points, AMOUNT", "of: kind, method: between, with: {at: [1, 2], gives: [1, 2]}"
    )
    found = load(PLACE, files_of(declared), official)
    assert [one.code for one in found.problems if one.is_error] == ["E103"]


@pytest.mark.usefixtures("more")
def test_with_belongs_to_a_method() -> None:
    assert faults("gives: {a: 1}, with: {times: 1}") != []


@pytest.mark.parametrize(
    ("value", "amount"), [("50", 0), ("60", 0), ("70", Fraction(5, 2)), ("80", 5), ("90", 10), ("120", 15)]
)
def test_the_line_between_points_is_followed_exactly(value: str, amount: Any) -> None:
    assert points("method: between, with: {at: [60, 80, 100], gives: [0, 5, 15]}", value) == [amount]


def test_the_built_in_method_comes_through_the_hook() -> None:
    assert list(methods.METHODS) == [BETWEEN.id]
    assert methods.METHODS.owner(BETWEEN.id) == "methods"


@pytest.mark.parametrize(
    ("language", "said"),
    [("zh", "以“分点插值”计（at：60、80；gives：0、5）"), ("en", "by the line between points over")],
)
def test_the_sentence_of_a_line_names_the_method_and_its_figures(language: str, said: str) -> None:
    files = files_of(SHEET.replace("AMOUNT", "method: between, with: {at: [60, 80], gives: [0, 5]}"))
    regulation = regulation_of(files)
    (item,) = regulation.sheets["merit"].items
    sentence = Sentences(regulation, date(2025, 3, 1)).line(item.lines[0], item)
    assert said in say(sentence, Translator(language))


def test_money_by_a_method_must_be_rounded_since_it_may_have_no_last_decimal() -> None:
    declared = SHEET.replace("AMOUNT", "method: between, with: {at: [0, 3], gives: [0, 10]}").replace(
        "every: year", "every: year\nunit: CNY"
    )
    codes = {one.code for one in load(PLACE, files_of(declared), official).problems}
    assert "E124" in codes
    rounded = declared.replace("unit: CNY", "unit: CNY\nround: {to: 0.01}")
    assert "E124" not in {one.code for one in load(PLACE, files_of(rounded), official).problems}

"""A plugin brings an aggregate: an indicator measures by it and a rule takes it as a fact, marks looked after."""

from collections.abc import Iterator
from functools import reduce

import pluggy
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app import plugins
from app.declarations.load import load
from app.domain.core import aggregates
from app.domain.core.aggregation import Aggregation
from app.domain.core.values import NotApplicable, Unknown
from app.hookspecs import hookimpl
from app.plugins.aggregates import RANGE
from tests.declarations.community import official
from tests.services.declared import PLACE, files_of, told

PRODUCT = Aggregation(
    "product",
    start=lambda: 1,
    add=lambda state, value: state * value,
    merge=lambda one, other: one * other,
    finish=lambda state: state,
)
DECLARED = """
indicator: unevenness
per: role leader
every: year
measure: product
of: mark
column: points
empty: not_applicable
---
rule: uneven
for_each: role leader
every: year
facts: {spread: {product: mark, column: points}}
when: {spread: {over: 3}}
then: {finding: uneven}
"""


class Products:
    """An installed package's plugin."""

    @hookimpl
    def gridbook_aggregates(self) -> list[Aggregation]:
        return [PRODUCT]


@pytest.fixture
def manager() -> Iterator[pluggy.PluginManager]:
    """All plugins, with one more; afterwards the language is as it was."""
    before = dict(aggregates.FUNCTIONS)
    found = plugins.load(others=False)
    found.register(Products(), "products")
    plugins.bring_aggregates(found)
    yield found
    aggregates.FUNCTIONS.clear()
    aggregates.FUNCTIONS.update(before)


def marks(*points: str) -> str:
    return "".join(
        f"- {{form: mark, at: 2025-02-0{day}, by: w9, subject: w1, kind: good, points: {value}}}\n"
        for day, value in enumerate(points, 1)
    )


@pytest.mark.usefixtures("manager")
def test_an_indicator_measures_by_it_and_a_rule_takes_it() -> None:
    case = told(DECLARED, marks("1", "7/2", "2"))
    assert case.column("unevenness", "value") == [7]
    assert case.column("uneven", "spread") == [7]


@pytest.mark.usefixtures("manager")
def test_the_range_that_comes_along_is_the_distance_of_the_greatest_and_the_least() -> None:
    case = told(DECLARED.replace("product", "range"), marks("1", "7/2", "5"))
    assert case.column("unevenness", "value") == [4]


@pytest.mark.usefixtures("manager")
def test_marks_are_looked_after_by_the_language() -> None:
    assert told(DECLARED, marks("1", "")).column("unevenness", "value") == [Unknown("points")]
    assert told(DECLARED).column("unevenness", "value") == [NotApplicable("empty")]


def test_without_the_plugin_its_word_is_refused_with_what_there_is() -> None:
    # What was read of a text is kept in the process, whose plugins don't change: another text is read anew.
    found = load(PLACE, files_of(DECLARED.replace("points\n", "points # anew\n")), official)
    assert found.regulation is None
    assert {problem.where.path for problem in found.problems if problem.where and problem.is_error} >= {
        "rules/unevenness.yaml"
    }


def test_a_plugin_cannot_replace_what_is_built_in() -> None:
    with pytest.raises(ValueError, match="sum"):
        aggregates.bring([Aggregation("sum", int, max, max, int)])


@pytest.mark.parametrize("one", [RANGE, PRODUCT], ids=lambda one: one.id)
@given(values=st.lists(st.integers(-9, 9), min_size=1, max_size=9), cut=st.integers(0, 10))
def test_states_that_are_merged_give_what_the_whole_gives(
    one: Aggregation, values: list[int], cut: int
) -> None:
    left, right = (reduce(one.add, part, one.start()) for part in (values[:cut], values[cut:]))
    assert one.finish(one.merge(left, right)) == one.of(values)

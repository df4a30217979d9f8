"""A plugin brings an aggregate: an indicator measures by it and a rule takes it as a fact, marks looked after."""

from dataclasses import replace
from functools import reduce

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.core.aggregates import AGGREGATES
from app.domain.core.aggregation import Aggregation, ValuesAggregation
from app.domain.core.values import NotApplicable, Unknown
from app.domain.plugin import faults
from app.hookspecs import hookimpl
from app.plugins.aggregates.values import RANGE, VALUES
from tests.declarations.community import official
from tests.fakes.loading import load
from tests.plugins.conftest import Install
from tests.services.declared import PLACE, files_of, told

PRODUCT = Aggregation(
    "product",
    start=lambda: 1,
    add=lambda state, value: state * value,
    merge=lambda one, other: one * other,
    finish=lambda state: state,
)
DECLARED = """
plugins: {products: {}}
---
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
def products(install: Install) -> None:
    """All plugins, with one more."""
    install(products=Products())


def marks(*points: str) -> str:
    return "".join(
        f"- {{form: mark, at: 2025-02-0{day}, by: w9, subject: w1, kind: good, points: {value}}}\n"
        for day, value in enumerate(points, 1)
    )


@pytest.mark.usefixtures("products")
def test_an_indicator_measures_by_it_and_a_rule_takes_it() -> None:
    case = told(DECLARED, marks("1", "7/2", "2"))
    assert case.column("unevenness", "value") == [7]
    assert case.column("uneven", "spread") == [7]


@pytest.mark.usefixtures("products")
def test_the_range_that_comes_along_is_the_distance_of_the_greatest_and_the_least() -> None:
    case = told(DECLARED.replace("product", "range"), marks("1", "7/2", "5"))
    assert case.column("unevenness", "value") == [4]


@pytest.mark.usefixtures("products")
def test_marks_are_looked_after_by_the_language() -> None:
    assert told(DECLARED, marks("1", "")).column("unevenness", "value") == [Unknown("points")]
    assert told(DECLARED).column("unevenness", "value") == [NotApplicable("empty")]


def test_without_the_plugin_its_word_is_refused_with_what_there_is() -> None:
    declared = DECLARED.replace("plugins: {products: {}}\n---\n", "")
    found = [one for one in load(PLACE, files_of(declared), official).problems if one.is_error]
    assert [(one.code, one.values["what"], str(one.where)) for one in found] == [
        ("E102", "product", "rules/uneven.yaml:4:18"),
        ("E102", "product", "rules/unevenness.yaml:4:10"),
    ]


def test_a_plugin_cannot_replace_what_another_brings_and_both_are_told(install: Install) -> None:
    class Sums:
        """Claims a name that is taken."""

        @hookimpl
        def gridbook_aggregates(self) -> list[Aggregation]:
            return [replace(PRODUCT, id="sum")]

    install(sums=Sums())
    assert [(one.code, *one.values.values()) for one in faults()] == [("W581", "sum", "aggregates", "sums")]
    assert AGGREGATES.owner("sum") == "aggregates"


def test_a_percentile_goes_by_what_a_place_sets_and_its_figures_stand_in_the_definition() -> None:
    indicator = DECLARED.split("---")[1].replace("product", "percentile")
    points = marks("1", "2", "3", "4")
    assert told(indicator, points).column("unevenness", "value") == [4]
    half = told(f"plugins: {{aggregates: {{with: {{percent: 50}}}}}}\n---{indicator}", points)
    assert half.column("unevenness", "value") == [2]
    assert half.regulation.indicators["unevenness"].measure == "percentile{percent=50}"


@given(values=st.lists(st.integers(-9, 9), min_size=1, max_size=9), percent=st.integers(0, 100))
def test_at_least_so_many_percent_lie_at_or_below_a_percentile_and_it_is_the_least_such_value(
    values: list[int], percent: int
) -> None:
    (one,) = [one for one in VALUES if one.id == "percentile"]
    assert isinstance(one, ValuesAggregation)
    assert one.by is not None
    found = one.by({"percent": percent}).of(values)
    reaching = [
        value for value in values if sum(other <= value for other in values) * 100 >= percent * len(values)
    ]
    assert found == min(reaching)


@pytest.mark.parametrize("one", [RANGE, PRODUCT], ids=lambda one: one.id)
@given(values=st.lists(st.integers(-9, 9), min_size=1, max_size=9), cut=st.integers(0, 10))
def test_states_that_are_merged_give_what_the_whole_gives(
    one: Aggregation, values: list[int], cut: int
) -> None:
    left, right = (reduce(one.add, part, one.start()) for part in (values[:cut], values[cut:]))
    assert one.finish(one.merge(left, right)) == one.of(values)

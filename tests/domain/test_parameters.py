"""Figures of definitions, found and replaced wherever they stand."""

from app.domain.core.values import Kind, Type
from app.domain.kinds.common import Each, Heading, Parameter
from app.domain.kinds.duty import Duty, Tier
from app.domain.kinds.parameters import parameters_of, with_parameter
from app.domain.workdays import Every


def figure(path: str, value: int = 1) -> Parameter:
    return Parameter(path, ((None, value),), Type(Kind.INTEGER))


TIMES, INNER = figure("a/times"), figure("a/tiers/b/times")
DUTY = Duty(
    Heading("a"),
    Each(subject="household"),
    every=Every("month"),
    times=TIMES,
    tiers=(Tier("b", times=INNER), Tier("c")),
)


def test_every_figure_is_found_in_its_order() -> None:
    assert list(parameters_of(DUTY)) == [TIMES, INNER]


def test_one_figure_is_replaced_and_the_rest_is_the_same() -> None:
    changed = with_parameter(DUTY, INNER, figure("a/tiers/b/times", 2))
    assert [found.values[0][1] for found in parameters_of(changed)] == [1, 2]
    assert changed.tiers[1] is DUTY.tiers[1]
    assert changed.heading is DUTY.heading
    assert DUTY.tiers[0].times is INNER


def test_a_figure_that_isnt_there_changes_nothing() -> None:
    assert with_parameter(DUTY, figure("a/times"), figure("a/times", 2)) is DUTY


def test_a_figure_itself_can_be_replaced() -> None:
    other = figure("x", 3)
    assert with_parameter(TIMES, TIMES, other) is other

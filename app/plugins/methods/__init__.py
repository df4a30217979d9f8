"""The built-in methods of amounts, as a plugin like everybody's."""

from collections.abc import Mapping
from fractions import Fraction
from itertools import pairwise
from typing import Any

from app.domain.core.methods import Method, Option
from app.domain.core.values import Number
from app.hookspecs import hookimpl


def _between(of: Number, given: Mapping[str, Any]) -> Number:
    """Return the amount on the straight line between the two points that `of` lies between; outside, the nearest's."""
    at, gives = given["at"], given["gives"]
    if of <= at[0]:
        return gives[0]  # type: ignore[no-any-return]
    for (low, one), (high, other) in pairwise(zip(at, gives, strict=True)):
        if of <= high:
            return one + (other - one) * Fraction(of - low) / (high - low)  # type: ignore[no-any-return]
    return gives[-1]  # type: ignore[no-any-return]


def _fits(given: Mapping[str, Any]) -> str | None:
    at, gives = given["at"], given["gives"]
    if any(low >= high for low, high in pairwise(at)):
        return "at"
    return None if len(at) == len(gives) else "gives"


BETWEEN = Method(
    "between",
    (Option("at", many=True, least=2), Option("gives", many=True, least=2)),
    _between,
    _fits,
    {"zh": "分点插值", "en": "the line between points", "es": "la recta entre puntos"},
)
"""Amounts that rise or fall evenly between given points: 60 gives 0, 80 gives 5, 100 gives 15, and 90 gives 10."""


@hookimpl
def gridbook_methods() -> list[Method]:
    """The line between points."""
    return [BETWEEN]

"""Exact numbers: reading, writing, rounding. `1/2`, `0.5` and `50%` are one value; nothing is a float."""

import re
from fractions import Fraction
from typing import Final

from app.domain.core.values import Number

BOUND: Final = 10**15
"""The largest magnitude (inclusive) of a number that is read, and of its denominator."""

LONGEST: Final = 80
"""The most characters that a number may be written with."""

_DECIMAL = re.compile(r"([+-]?)([0-9]+)(?:\.([0-9]+))?(%?)")
_FRACTION = re.compile(r"([+-]?[0-9]+)\s*/\s*([0-9]+)")


def normal(value: Number) -> Number:
    """Return `value` as an int where it is whole: equal numbers then look the same in every output."""
    # By its class: `isinstance` of a Fraction goes through an abstract base class, ten times as slow.
    return value.numerator if value.__class__ is not int and value.denominator == 1 else value


def parse_number(text: str) -> Number:
    """Return the number that `text` says: `3`, `-0.5`, `50%`, `1/2`.

    Raises ValueError whose text is a stable code: `not_a_number`, `too_long` (over LONGEST characters),
    `too_big` (beyond BOUND) or `zero_denominator`.
    """
    text = text.strip()
    if len(text) > LONGEST:
        raise ValueError("too_long")
    if match := _DECIMAL.fullmatch(text):
        sign, whole, decimals, percent = match.groups()
        digits = decimals or ""
        value = Fraction(int(sign + whole + digits), 10 ** len(digits) * (100 if percent else 1))
    elif match := _FRACTION.fullmatch(text):
        numerator, denominator = (int(part) for part in match.groups())
        if denominator == 0:
            raise ValueError("zero_denominator")
        value = Fraction(numerator, denominator)
    else:
        raise ValueError("not_a_number")
    if abs(value) > BOUND or value.denominator > BOUND:
        raise ValueError("too_big")
    return normal(value)


def format_number(value: Number, digits: int | None = None) -> str:
    """Return the shortest exact decimal of `value` (`97.6`), or the fraction where no decimal ends (`11/12`).

    With `digits` the value is first rounded to so many decimals, halves away from zero; no zeros are
    appended.
    """
    if digits is not None:
        value = round_to(value, Fraction(1, 10**digits))
    if value.denominator == 1:
        return str(value.numerator)
    places = _decimals(value.denominator)
    if places is None:
        return f"{value.numerator}/{value.denominator}"
    scaled = str(abs(value.numerator) * 10**places // value.denominator).rjust(places + 1, "0")
    return f"{'-' if value < 0 else ''}{scaled[:-places]}.{scaled[-places:]}"


def _decimals(denominator: int) -> int | None:
    """Return how many decimals 1/denominator needs, or None when they don't end."""
    twos = fives = 0
    while denominator % 2 == 0:
        denominator //= 2
        twos += 1
    while denominator % 5 == 0:
        denominator //= 5
        fives += 1
    return max(twos, fives) if denominator == 1 else None


def round_to(value: Number, to: Number, half: str = "up") -> Number:
    """Return the multiple of `to` (over 0) that is nearest to `value`.

    Halves go away from zero (`up`), towards zero (`down`) or to the even multiple (`even`), as
    `app.domain.kinds.common.Rounding` names them. Raises ValueError for another `half` or a `to` that isn't
    over 0.
    """
    if to <= 0 or half not in {"up", "down", "even"}:
        raise ValueError("bad_rounding")
    steps = Fraction(value) / to
    whole = abs(steps.numerator) // steps.denominator
    rest = abs(steps) - whole
    middle = Fraction(1, 2)
    up = rest > middle or (rest == middle and (half == "up" or (half == "even" and whole % 2 == 1)))
    multiple = (whole + up) * to
    return normal(-multiple if steps < 0 else multiple)

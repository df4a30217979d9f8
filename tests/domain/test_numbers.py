"""Numbers are exact: what is read is what is written, and nothing rounds unless it is asked to."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.core.numbers import BOUND, format_number, normal, parse_number, round_to


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("3", 3),
        (" -3 ", -3),
        ("+3", 3),
        ("0.5", Fraction(1, 2)),
        ("-0.5", Fraction(-1, 2)),
        ("1/2", Fraction(1, 2)),
        ("-1 / 2", Fraction(-1, 2)),
        ("4/2", 2),
        ("50%", Fraction(1, 2)),
        ("12.5%", Fraction(1, 8)),
        ("100%", 1),
        ("0012", 12),
        (str(BOUND), BOUND),
    ],
)
def test_a_half_is_one_value_however_it_is_written(text: str, value: int | Fraction) -> None:
    result = parse_number(text)
    assert result == value
    assert type(result) is type(value)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "not_a_number"),
        ("three", "not_a_number"),
        ("1e5", "not_a_number"),
        ("1_000", "not_a_number"),
        ("٣", "not_a_number"),
        (".5", "not_a_number"),
        ("1/2%", "not_a_number"),
        ("1/0", "zero_denominator"),
        (str(BOUND + 1), "too_big"),
        ("0.0000000000000001", "too_big"),
        ("1" * 81, "too_long"),
    ],
)
def test_what_is_no_number_says_why(text: str, reason: str) -> None:
    with pytest.raises(ValueError, match=f"^{reason}$"):
        parse_number(text)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (97, "97"),
        (Fraction(488, 5), "97.6"),
        (Fraction(11, 12), "11/12"),
        (Fraction(-1, 8), "-0.125"),
        (Fraction(-1, 3), "-1/3"),
        (Fraction(1, 1000), "0.001"),
        (Fraction(4, 2), "2"),
        (Fraction(21, 20), "1.05"),
    ],
)
def test_a_number_is_written_as_the_shortest_exact_text(value: int | Fraction, text: str) -> None:
    assert format_number(value) == text


@pytest.mark.parametrize(
    ("value", "digits", "text"),
    [
        (Fraction(2, 3), 2, "0.67"),
        (Fraction(1, 8), 2, "0.13"),
        (Fraction(-1, 8), 2, "-0.13"),
        (Fraction(5, 2), 0, "3"),
        (7, 2, "7"),
    ],
)
def test_declared_digits_round_halves_away_from_zero(value: int | Fraction, digits: int, text: str) -> None:
    assert format_number(value, digits) == text


@given(st.fractions(-1000, 1000, max_denominator=10_000))
def test_what_is_written_reads_back_as_the_same_number(value: Fraction) -> None:
    assert parse_number(format_number(value)) == normal(value)


@pytest.mark.parametrize(
    ("half", "values"),
    [("up", (3, -3, 2, 4)), ("down", (2, -2, 1, 3)), ("even", (2, -2, 2, 4))],
)
def test_a_half_goes_where_it_is_declared_to_go(half: str, values: tuple[int, ...]) -> None:
    halves = (Fraction(5, 2), Fraction(-5, 2), Fraction(3, 2), Fraction(7, 2))
    assert tuple(round_to(value, 1, half) for value in halves) == values


@given(st.fractions(-100, 100, max_denominator=50), st.sampled_from([1, 5, Fraction(1, 10), Fraction(1, 3)]))
def test_rounding_gives_the_nearest_multiple(value: Fraction, to: int | Fraction) -> None:
    result = round_to(value, to)
    assert Fraction(result) % to == 0
    assert abs(result - value) <= Fraction(to) / 2


@pytest.mark.parametrize(("to", "half"), [(0, "up"), (-1, "up"), (1, "sideways")])
def test_rounding_to_nothing_is_refused(to: int, half: str) -> None:
    with pytest.raises(ValueError, match=r"^bad_rounding$"):
        round_to(3, to, half)

"""Quotation marks within quotation marks."""

import pytest

from app.i18n import nested


@pytest.mark.parametrize(
    ("said", "set_right"),
    [
        ("符合““办理进展”的条数不少于 1”时，记为“越级”", "符合“‘办理进展’的条数不少于 1”时，记为“越级”"),
        ("“甲”、“乙”", "“甲”、“乙”"),
        ("where “the number of “Steps” isn’t 0”", "where “the number of ‘Steps’ isn’t 0”"),
        ("cumple «el número de «Pasos»»", "cumple «el número de “Pasos”»"),
        ("cumple «el número de “Pasos”»", "cumple «el número de “Pasos”»"),
    ],
)
def test_quotes_within_quotes_are_of_the_other_sort(said: str, set_right: str) -> None:
    assert nested(said) == set_right
    assert nested(set_right) == set_right


def test_the_innermost_of_three_are_as_the_outermost() -> None:
    assert nested("“甲“乙“丙”””") == "“甲‘乙“丙”’”"


@pytest.mark.parametrize("said", ["“甲", "甲”“乙“", "«“»”", "", "“‘甲’”"])
def test_quotes_that_dont_pair_up_stay_as_they_are(said: str) -> None:
    assert nested(said) == said

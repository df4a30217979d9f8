"""A field's options are those of its type, each of the sort that the type wants."""

import pytest

from app.domain.field_type import whole_option
from tests.declarations.community import loaded, told

PATH = "forms/tour.yaml"


def tour(field: str) -> dict[str, str]:
    return {PATH: f"form: tour\nfields:\n  seen: {{{field}}}\n"}


def test_options_of_a_type_are_read_as_it_wants_them() -> None:
    regulation = loaded(tour("type: photo, options: {max_count: 2}")).regulation
    assert regulation is not None
    field = regulation.forms["tour"].field("seen")
    assert field is not None
    assert field.options == {"max_count": 2}
    assert whole_option(field, "max_count", 4) == 2


@pytest.mark.parametrize(
    ("field", "expected"),
    [
        ("type: photo, options: {max_count: many}", f"{PATH}:3:44 E103"),
        ("type: photo, options: {max_count: 1/2}", f"{PATH}:3:44 E103"),
        ("type: photo, options: {max_count: [2]}", f"{PATH}:3:44 E103"),
        ("type: photo, options: {max_cuont: 2}", f"{PATH}:3:33 E102"),
        ("type: date, options: {max_count: 2}", f"{PATH}:3:32 E102"),
        ("type: integer, max_length: 3", f"{PATH}:3:25 E102"),
    ],
)
def test_an_option_of_the_wrong_sort_or_that_the_type_hasnt_is_refused(field: str, expected: str) -> None:
    assert told(loaded(tour(field))) == [expected]


def test_a_mistyped_option_has_a_suggestion() -> None:
    (problem,) = loaded(tour("type: photo, options: {max_cuont: 2}")).problems
    assert problem.suggestion == "max_count"


def test_of_a_type_that_isnt_there_only_that_is_told() -> None:
    assert told(loaded(tour("type: foto, options: {max_count: many}"))) == [f"{PATH}:3:16 E102"]


def test_the_unit_of_a_period_says_which_it_takes_and_that_of_a_number_what_it_counts() -> None:
    form = "form: f\nfields: {m: {type: period, unit: year}, n: {type: integer, unit: 户}}\n"
    regulation = loaded({"forms/f.yaml": form}).regulation
    assert regulation is not None
    found = [(one.id, one.unit, one.options) for one in regulation.forms["f"].fields]
    assert found == [("m", {}, {"unit": "year"}), ("n", {"zh": "户"}, {})]

"""What goes along to the browser to narrow lists by: the trees say, evaluated, what the server offers."""

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.core.values import NotApplicable, Unknown, Value
from app.domain.narrowing import narrowing
from app.domain.portable import NotPortableError, Tree, constant
from tests.domain.test_form_rows import People, about_people
from tests.domain.test_submission import NOW, facts, logic

CASCADE = """\
  district: {type: choice, from: [east, west]}
  n: {type: integer}
  day: {type: date}
  tags: {type: choices, from: [big, wet]}
  sure: {type: boolean}
  street:
    type: choice
    from:
      lake: {title: 湖滨路, where: {district: east}}
      hill: {title: 山前路, where: "district != 'east' && !(n < 3)"}
      dam: {title: 坝, where: "has(tags, 'wet') || sure"}
      late: {title: 晚, where: day >= date}
      here: {title: 这里, where: "date == '2026-11-22'"}
      ring: {title: 环路}
      old: {title: 旧, retired: true}
"""
ANSWERS = st.fixed_dictionaries(
    {},
    optional={
        "district": st.sampled_from(["east", "west"]),
        "n": st.sampled_from([2, 3]),
        "day": st.sampled_from(["2026-11-21", "2026-11-22"]),
        "tags": st.sampled_from([[], ["wet"], ["big", "wet"]]),
        "sure": st.booleans(),
    },
)
COMPARE: Mapping[str, Callable[[Any, Any], bool]] = {
    "==": lambda a, b: a == b,
    "!=": lambda a, b: a != b,
    "<": lambda a, b: a < b,
    "<=": lambda a, b: a <= b,
    ">": lambda a, b: a > b,
    ">=": lambda a, b: a >= b,
    "has": lambda a, b: b in a,
}


def value(tree: Tree, answers: Mapping[str, Any], columns: list[Any]) -> Any:
    """Work a tree out as static/narrow.js does."""
    word, *parts = tree
    if word == "is":
        return parts[0]
    if word == "answer":
        return answers.get(parts[0])
    if word == "column":
        return columns[parts[0]]
    told = [value(part, answers, columns) for part in parts]
    if word in {"all", "some"}:
        decides = word == "some"
        return decides if decides in told else None if None in told else not decides
    if None in told:
        return None
    return not told[0] if word == "not" else COMPARE[word](*told)


@settings(max_examples=60)
@given(ANSWERS, st.sampled_from([0, 1]))
def test_choices_narrowed_in_the_browser_are_those_that_the_server_offers(
    answers: dict[str, Any], ago: int
) -> None:
    form, known = logic(CASCADE), facts(NOW - timedelta(days=ago))
    street = form.form.field("street")
    assert street is not None
    found = narrowing(form, "", street, known, ())
    assert found is not None
    left = tuple(choice for choice, tree in found["choices"].items() if value(tree, answers, []) is True)
    assert left == form.asked(answers, known).offered["street"]


PICKED = """\
  least: {type: integer}
  who: {type: ref, to: person, where: age >= answers.least && born < '2020-01-01'}
  pairs:
    type: repeat
    fields:
      since: {type: date}
      one: {type: ref, to: person, where: born < answers.since || answers.least > 90}
"""


@given(st.sampled_from([None, 20, 60, 99]), st.sampled_from([None, "1990-01-01", "2024-01-01"]))
def test_what_a_reference_can_be_is_the_same_in_the_browser(least: int | None, since: str | None) -> None:
    form, known = about_people(PICKED)
    row = {} if since is None else {"since": since}
    answers: dict[str, Any] = {"pairs": [row]} | ({} if least is None else {"least": least})
    for repeat, name, path, own in (
        ("", "who", "who", answers),
        ("pairs", "one", "pairs.1.one", {**answers, **row}),
    ):
        fields = form.questions.inner[repeat].fields if repeat else form.form.fields
        item = next(one for one in fields if one.id == name)
        found = narrowing(form, repeat, item, known, ["p-1", "p-2", "gone"])
        assert found is not None
        left = [one for one, columns in found["rows"].items() if value(found["where"], own, columns) is True]
        fits = form.picker(path, answers, known)
        assert left == [one for one, columns in People.ROWS.items() if fits(columns)]


@pytest.mark.parametrize(
    "street",
    [
        "from: [a, b]",
        "from: {a: {title: A, where: n * 2 > 3}}",
        "from: {a: {title: A, where: price > 3}}",
        "from: {a: {title: A, where: twice == 4}}",
        "from: {a: {title: A, where: known(n)}}",
        "from: {a: {title: A, where: n > 3.5}}",
        "from: {a: {title: A, where: n > 1 || price > 3}}",
        "from: {a: {title: A, where: \"card.sex == 'male'\"}}",
        "from: {a: {title: A, where: \"n > 1 && subject.left_on == '2026-01-01'\"}}",
    ],
)
def test_a_list_that_nothing_narrows_or_that_the_browser_cannot_narrow_stays_as_it_was(street: str) -> None:
    form = logic(
        "  n: {type: integer}\n  price: {type: money}\n  card: {type: id_card}\n"
        "  twice: {type: integer, calculation: n * 2}\n"
        f"  street: {{type: choice, {street}}}\n"
    )
    item = form.form.field("street")
    assert item is not None
    assert narrowing(form, "", item, facts(), ()) is None


@pytest.mark.parametrize(("hidden", "is_told"), [({"born"}, False), ({"phone"}, True)])
def test_what_is_hidden_of_records_never_stands_in_a_page(hidden: set[str], is_told: bool) -> None:
    form, known = about_people(PICKED)
    item = form.form.field("who")
    assert item is not None
    assert (narrowing(form, "", item, known, ["p-1"], hidden) is not None) is is_told


def test_a_choice_that_hangs_on_a_hidden_answer_of_the_subject_is_left_to_the_server() -> None:
    form = logic(
        "  n: {type: integer}\n"
        "  street: {type: choice, from: {a: {title: A, where: \"n > 1 && subject.left_on == '2026-01-01'\"}}}\n"
    )
    item = form.form.field("street")
    assert item is not None
    assert narrowing(form, "", item, facts(), (), {"left_on"}) is None


def test_without_a_register_no_reference_is_narrowed() -> None:
    form, _ = about_people(PICKED)
    item = form.form.field("who")
    assert item is not None
    assert narrowing(form, "", item, facts(), ["p-1"]) is None


@pytest.mark.parametrize(
    ("given_", "told"),
    [
        (Unknown("x"), None),
        (NotApplicable("x"), None),
        (None, None),
        ("east", "east"),
        (True, True),
        (3, 3),
        (Fraction(6, 2), 3),
        (date(2026, 1, 2), "2026-01-02"),
        (("a", "b"), ["a", "b"]),
    ],
)
def test_a_constant_is_json(given_: Value, told: object) -> None:
    assert constant(given_) == told


def test_what_json_has_no_word_for_is_no_constant() -> None:
    with pytest.raises(NotPortableError):
        constant(facts().at)

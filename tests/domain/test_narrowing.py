"""What goes along to the browser to open questions and narrow lists by: it says what the server says."""

from collections.abc import Mapping
from datetime import date, timedelta
from fractions import Fraction
from functools import cache
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.core.expressions import Call, Name
from app.domain.core.values import Kind, NotApplicable, Type, Unknown, Value
from app.domain.kinds.form import Field
from app.domain.narrowing import narrowing, opening
from app.domain.portable import NotPortableError, Tree, constant, portable
from app.domain.submission import FormLogic
from tests.domain.test_form_rows import People, about_people
from tests.domain.test_submission import NOW, facts, logic
from tests.fakes.examples import examples
from tests.fakes.narrowing import GONE, value

CASCADE = """\
  district: {type: choice, from: [east, west]}
  n: {type: integer}
  day: {type: date}
  price: {type: money}
  street:
    type: choice
    from:
      lake: {title: 湖滨路, where: {district: east}}
      hill: {title: 山前路, where: "district != 'east' && !(n < 3)"}
      dam: {title: 坝, where: "has(tags, 'wet') || sure"}
      late: {title: 晚, where: day >= date}
      here: {title: 这里, where: "date == '2026-11-22'"}
      dear: {title: 贵, where: "n > 2.5 && price >= 12.5 && known(n)"}
      ring: {title: 环路}
      old: {title: 旧, retired: true}
  tags: {type: choices, from: [big, wet]}
  sure: {type: boolean}
"""
ANSWERS = st.fixed_dictionaries(
    {},
    optional={
        "district": st.sampled_from(["east", "west"]),
        "n": st.sampled_from([2, 3]),
        "day": st.sampled_from(["2026-11-21", "2026-11-22"]),
        "tags": st.sampled_from([[], ["wet"], ["big", "wet"]]),
        "sure": st.booleans(),
        "price": st.sampled_from(["3", "12.50", "12.49", "13"]),
    },
)


def asked_in_the_browser(
    trees: Mapping[str, Tree], fields: tuple[Field, ...], answers: Mapping[str, Any], path: str = ""
) -> dict[str, Any]:
    """Go through questions as static/opening.js does: return the answers, GONE of those that aren't asked."""
    found = dict(answers)
    for one in fields:
        tree = trees.get(path + one.id)
        if tree is not None and value(tree, found, []) is not True:
            found[one.id] = GONE
    return found


@examples(60)
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


OPENING = """\
  kind: {type: choice, from: [a, b, c]}
  sure: {type: boolean, relevant: {kind: {one_of: [a, b]}}}
  tags: {type: choices, from: [x, y], relevant: "sure || kind == 'c'"}
  more: {type: text, relevant: {tags: {filled: true}}}
  why: {type: text, relevant: "filled(more) && !(sure == false)"}
  bill: {type: file, relevant: "!filled(more)"}
  seen: {type: boolean, relevant: "filled(bill) || has(tags, 'x')"}
  today: {type: text, relevant: "known(sure) && date == '2026-11-22'"}
  kin:
    type: repeat
    relevant: {kind: {one_of: [a, c]}}
    fields:
      age: {type: integer}
      old: {type: boolean, relevant: "age >= 60 && kind != 'b'"}
      how: {type: text, relevant: old}
  last: {type: text, relevant: "filled(kin)"}
"""


@cache
def opening_form() -> FormLogic:
    return logic(OPENING)


OPENED = st.fixed_dictionaries(
    {},
    optional={
        "kind": st.sampled_from("abc"),
        "sure": st.booleans(),
        "tags": st.sampled_from([[], ["x"], ["y"], ["x", "y"]]),
        "more": st.just("told"),
        "bill": st.sampled_from([[], [{"sha256": "0" * 64}]]),
        "kin": st.lists(
            st.fixed_dictionaries({}, optional={"age": st.sampled_from([59, 60]), "old": st.booleans()}),
            max_size=2,
        ),
    },
)


@examples(80)
@given(OPENED, st.sampled_from([0, 1]))
def test_questions_opened_in_the_browser_are_those_that_the_server_asks(
    answers: dict[str, Any], ago: int
) -> None:
    form, known = opening_form(), facts(NOW - timedelta(days=ago))
    trees = opening(form, known)
    assert set(trees) == {
        *(item.id for item in form.form.fields if item.id != "kind"),
        "kin.old",
        "kin.how",
    }
    asked, told = form.asked(answers, known), asked_in_the_browser(trees, form.form.fields, answers)
    assert {item.id for item in form.form.fields if told.get(item.id) is not GONE} == asked.relevant
    inner = form.questions.inner["kin"].fields
    for row, own in zip(answers.get("kin", []), asked.rows["kin"], strict=False):
        if "kin" not in asked.relevant:
            continue
        within = asked_in_the_browser(trees, inner, {**told, **row}, "kin.")
        assert {one.id for one in inner if within.get(one.id) is not GONE} == own.relevant


@pytest.mark.parametrize(
    "condition",
    [
        "date == '2026-11-22'",
        "after == 'x'",
        "twice > 3",
        "n * 2 > 3",
        "card.sex == 'male'",
        "n > 1 && subject.left_on == '2026-01-01'",
        "n > 0.12345678",
    ],
)
def test_what_the_browser_cannot_tell_or_has_nothing_to_do_with_is_left_to_the_server(condition: str) -> None:
    form = logic(
        "  n: {type: integer}\n  card: {type: id_card}\n  twice: {type: integer, calculation: n * 2}\n"
        f'  asked: {{type: text, relevant: "{condition}"}}\n'
        "  after: {type: text}\n  sum: {type: integer, calculation: n * 3, relevant: n > 1}\n"
    )
    assert opening(form, facts(), {"left_on"}) == {}


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
        "from: {a: {title: A, where: twice == 4}}",
        "from: {a: {title: A, where: n > 1 || price * 2 > 3}}",
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
        (Fraction(25, 2), 12.5),
        (date(2026, 1, 2), "2026-01-02"),
        (("a", "b"), ["a", "b"]),
    ],
)
def test_a_constant_is_json(given_: Value, told: object) -> None:
    assert constant(given_) == told


def test_an_answer_that_the_browser_does_not_have_is_not_asked_of_it() -> None:
    known = Call("known", (Name(("secret",), Type(Kind.TEXT)),), Type(Kind.BOOLEAN))
    with pytest.raises(NotPortableError):
        portable(known, {("secret",): None}, lambda part: [part])


@pytest.mark.parametrize(
    "given_", [NOW, 10**15, Fraction(1, 3), Fraction(10**16, 1), Fraction(10**10 * 2 + 1, 2)]
)
def test_what_json_has_no_exact_word_for_is_no_constant(given_: Value) -> None:
    with pytest.raises(NotPortableError):
        constant(given_)

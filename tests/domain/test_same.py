"""Which records may be of one subject."""

from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.kinds.register import SameWhen
from app.domain.same import LARGEST, Pair, Proposed, masked, nearly, plain, proposed

NUMBER = SameWhen("number", ("id_card",))
PHONE = SameWhen("phone", ("phone",), ("name",))


def found(
    records: Mapping[str, Mapping[str, object]],
    *rules: SameWhen,
    distinct: frozenset[frozenset[str]] = frozenset(),
) -> Proposed:
    return proposed(records, rules, distinct)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("１１０-105", "110105"),
        ("湖滨路 12 号", "湖滨路12号"),
        ("Ａ座", "a 座"),
        ("138 0000-0000", "13800000000"),
    ],
)
def test_what_does_not_matter_is_left_out_of_the_comparison(one: str, other: str) -> None:
    assert plain(one) == plain(other)


def test_equal_answers_are_proposed_with_the_rules_that_say_so_the_surest_first() -> None:
    records = {
        "b": {"id_card": "1", "phone": "5", "name": "王芳"},
        "a": {"id_card": "1", "phone": "5", "name": "王 芳"},
        "c": {"phone": "5", "name": "王芬"},
        "d": {"phone": "5", "name": "李国庆"},
    }
    pairs = found(records, NUMBER, PHONE).pairs
    assert pairs == (
        Pair("a", "b", ("number", "phone")),
        Pair("a", "c", ("phone",)),
        Pair("b", "c", ("phone",)),
    )


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("王建国", "王建囯", True),
        ("王芳", "王芬", True),
        ("王芳", "李敏", False),
        ("王建国", "王芳", False),
        ("a", "b", False),
    ],
)
def test_a_third_of_a_name_may_differ(one: str, other: str, expected: bool) -> None:
    assert nearly(one, other) is expected


def test_who_lacks_an_answer_is_not_compared_by_it() -> None:
    assert found({"a": {"phone": " "}, "b": {"phone": ""}, "c": {}}, PHONE, NUMBER).pairs == ()
    assert found({"a": {"phone": "1"}, "b": {"phone": "1", "name": "x"}}, PHONE).pairs == ()


def test_two_of_which_somebody_said_that_they_are_two_are_not_proposed_again() -> None:
    records = {name: {"id_card": "1"} for name in "abc"}
    pairs = found(records, NUMBER, distinct=frozenset({frozenset("ab")})).pairs
    assert [(pair.one, pair.other) for pair in pairs] == [("a", "c"), ("b", "c")]


def test_what_very_many_have_in_common_is_told_and_proposes_nothing() -> None:
    records = {f"p{n:03}": {"id_card": "0 0"} for n in range(LARGEST + 1)}
    result = found(records, NUMBER)
    assert result.pairs == ()
    assert [(one.rule, one.answers, one.records) for one in result.common] == [
        ("number", ("0 0",), LARGEST + 1)
    ]


def test_of_a_sensitive_answer_no_more_than_the_last_characters_are_shown() -> None:
    assert masked("11010519491231002X") == "**************002X"
    assert masked("王芳") == "**"


@given(
    records=st.dictionaries(
        st.text("abcdef", min_size=1, max_size=3),
        st.fixed_dictionaries(
            {},
            optional={
                "phone": st.sampled_from("123"),
                "name": st.sampled_from(["x", "xy", "y"]),
                "id_card": st.sampled_from("12"),
            },
        ),
        max_size=12,
    )
)
def test_blocks_find_what_comparing_all_pairs_finds(records: dict[str, dict[str, object]]) -> None:
    def naive(one: str, other: str) -> tuple[str, ...]:
        left, right = records[one], records[other]
        number = "id_card" in left and left["id_card"] == right.get("id_card")
        phone = "phone" in left and left["phone"] == right.get("phone")
        name = "name" in left and "name" in right and nearly(str(left["name"]), str(right["name"]))
        return (*(("number",) if number else ()), *(("phone",) if phone and name else ()))

    wanted = {(one, other): naive(one, other) for one in records for other in records if one < other}
    pairs = found(records, NUMBER, PHONE).pairs
    assert {(pair.one, pair.other): pair.rules for pair in pairs} == {
        key: rules for key, rules in wanted.items() if rules
    }

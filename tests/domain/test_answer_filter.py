"""An entry's answer to one question, held to what somebody looks for."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from app.domain.answer_filter import AnswerFilter


@pytest.mark.parametrize(
    ("wanted", "answer", "holds"),
    [
        ({"words": "漏水"}, "厨房漏水了", True),
        ({"words": "LEAK kitchen"}, "Kitchen: ｌｅａｋ", True),
        ({"words": "leak roof"}, "Kitchen: leak", False),
        ({"words": "leak"}, None, False),
        ({}, "", False),
        ({}, "anything", True),
        ({"words": "a.png"}, [{"name": "a.png", "size": 3}], True),
        ({"low": Decimal(10)}, 10, True),
        ({"low": Decimal(10)}, 9, False),
        ({"high": Decimal("0.1")}, "0.1", True),
        ({"high": Decimal("0.1")}, "0.10000000000000000001", False),
        ({"low": Decimal(1), "high": Decimal(3)}, 2, True),
        ({"low": Decimal(1), "high": Decimal(3)}, 4, False),
        ({"low": Decimal(1)}, "not a number", False),
        ({"low": Decimal(1)}, "NaN", False),
        ({"low": Decimal(1)}, True, False),
        ({"low": date(2026, 1, 1)}, "2026-01-01", True),
        ({"low": date(2026, 1, 1)}, "2025-12-31", False),
        ({"high": date(2026, 1, 31)}, "2026-01-31T23:59:00+08:00", True),
        ({"high": date(2026, 1, 31)}, "soon", False),
        ({"one_of": ("home", "phone")}, "phone", True),
        ({"one_of": ("home",)}, "phone", False),
        ({"one_of": ("illness",)}, ["money", "illness"], True),
        ({"one_of": ("illness",)}, [], False),
        ({"one_of": ("true",)}, True, True),
        ({"one_of": ("false",)}, False, True),
        ({"one_of": ("false",)}, None, False),
        ({"missing": True}, None, True),
        ({"missing": True}, [], True),
        ({"missing": True}, "home", False),
        ({"missing": True, "one_of": ("home",)}, "home", True),
        ({"missing": True, "one_of": ("home",)}, "phone", False),
        ({"missing": True, "one_of": ("home",)}, None, True),
        ({}, "home", True),
        ({}, None, False),
    ],
)
def test_an_answer_fits_or_not(wanted: dict[str, Any], answer: object, holds: bool) -> None:
    assert AnswerFilter("asked", **wanted).holds(answer) is holds


def test_the_order_in_which_an_answer_s_parts_were_told_makes_no_difference() -> None:
    wanted = AnswerFilter("n", low=Decimal(0))
    assert wanted.holds({"a": 1, "b": "word"}) == wanted.holds({"b": "word", "a": 1})


def test_a_question_is_held_to_what_was_answered_under_its_earlier_names_too() -> None:
    wanted = AnswerFilter("spent", low=Decimal(30), was=("minutes", "took"))
    told: list[dict[str, object]] = [{"spent": 40}, {"minutes": 40}, {"spent": None, "took": 40}]
    assert all(wanted.fits(one) for one in told)
    assert not any(wanted.fits(one) for one in ({"spent": 20, "minutes": 40}, {"other": 40}, {}))

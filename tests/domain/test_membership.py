"""Membership: entries cut a subject's time, an end closes it, a later entry opens it again."""

from datetime import UTC, datetime, timedelta
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from app.domain.core.values import Kind, Type
from app.domain.kinds.common import Heading
from app.domain.kinds.form import Field, Form
from app.domain.membership import Statement, history, posts_fields

ZERO = datetime(2025, 1, 1, tzinfo=UTC)
TIMELINE = range(14)


def at(day: int) -> datetime:
    return ZERO + timedelta(days=day)


def said(day: int, name: str, ends: int | None = None) -> Statement:
    return Statement(at(day), name, None if ends is None else at(ends))


def states(*statements: Statement) -> list[tuple[int, int | None, str]]:
    return [
        (
            (state.start - ZERO).days,
            None if state.end is None else (state.end - ZERO).days,
            state.statement.id,
        )
        for state in history(statements)
    ]


def naive(statements: list[Statement]) -> list[str | None]:
    """Let each statement, in order, write what holds on every day from its own on; an end wipes what follows it."""
    line: list[str | None] = [None for _ in TIMELINE]
    for statement in sorted(statements, key=lambda item: (item.at, item.id)):
        start = (statement.at - ZERO).days
        end = len(line) if statement.ends is None else (statement.ends - ZERO).days
        for day in TIMELINE:
            if start <= day < end:
                line[day] = statement.id
            elif day >= min(start, end):
                line[day] = None
    return line


STATEMENTS = st.lists(
    st.builds(said, st.integers(0, 9), st.sampled_from("abcdefgh"), st.one_of(st.none(), st.integers(0, 12))),
    max_size=6,
    unique_by=lambda item: item.id,
)


@given(statements=STATEMENTS)
def test_states_agree_with_writing_day_by_day(statements: list[Statement]) -> None:
    line: list[str | None] = [None for _ in TIMELINE]
    for state in history(statements):
        for day in TIMELINE:
            if state.start <= at(day) and (state.end is None or at(day) < state.end):
                assert line[day] is None
                line[day] = state.statement.id
    assert line == naive(statements)


@given(statements=STATEMENTS, order=st.randoms(use_true_random=False))
def test_the_order_of_arrival_makes_no_difference(statements: list[Statement], order: Random) -> None:
    shuffled = list(statements)
    order.shuffle(shuffled)
    assert history(shuffled) == history(statements)


def test_successive_entries_cut_a_subjects_time() -> None:
    assert states(said(0, "a"), said(5, "b")) == [(0, 5, "a"), (5, None, "b")]


def test_an_end_closes_and_a_later_entry_opens_again() -> None:
    assert states(said(0, "a", ends=3), said(6, "b")) == [(0, 3, "a"), (6, None, "b")]


def test_an_entry_before_a_known_end_says_anew_whether_there_is_one() -> None:
    assert states(said(0, "a", ends=8), said(4, "b")) == [(0, 4, "a"), (4, None, "b")]


def test_an_end_that_is_told_late_cuts_what_came_before() -> None:
    assert states(said(0, "a"), said(9, "b", ends=4)) == [(0, 4, "a")]
    assert states(said(0, "a"), said(6, "b"), said(9, "c", ends=4)) == [(0, 4, "a")]


def test_of_two_entries_at_one_instant_the_later_id_holds() -> None:
    assert states(said(2, "b"), said(2, "a")) == [(2, None, "b")]


def test_an_end_at_its_own_start_leaves_nothing() -> None:
    assert states(said(2, "a", ends=2)) == []


def test_nothing_said_is_no_history() -> None:
    assert states() == []


def form(describes: str | None, **refs: str) -> Form:
    fields = tuple(Field(name, "ref", Type(Kind.REF, to=to), {}) for name, to in refs.items())
    return Form(Heading("some_form"), fields, describes=describes)


def test_the_form_of_appointments_is_found_by_what_it_declares() -> None:
    assert posts_fields(form("holder", person="worker", post="role")) == ("person", "post")


def test_other_forms_hold_no_posts() -> None:
    assert posts_fields(form("household", person="worker", post="role")) is None
    assert posts_fields(form("holder", person="worker")) is None
    assert posts_fields(form("holder", post="role")) is None
    assert posts_fields(form(None)) is None

"""Membership over time: the history of a described subject, cut into spans by its successive entries.

A form with `describes: x` makes each of its entries a new state of one x, from the entry's `at` until the
next one's. The date in its `ends` field ends the subject at the first instant of that day, in the place's
zone (so the day itself is not part of it). What an entry says holds against the entries before it: an end
that lies before the entry's own `at` cuts the earlier states too. An entry that comes after the end opens the
subject again. Of entries with one `at` the one with the later id holds; the others have no time and are left
out.

Appointments are nothing special: the form with `describes: holder` (a reserved word of the language) has a
field that refers to a worker and one that refers to a role, and each of its subjects is one appointment at
the entry's place.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from app.domain.core.values import Kind, Value
from app.domain.kinds.form import Form
from app.domain.spans import NEVER

HOLDER = "holder"
"""What the form of appointments describes, and the name of the table of those who hold a post."""


@dataclass(frozen=True, slots=True)
class Statement:
    """What an entry says of a subject: from `at` on `content` holds; the subject ends at `ends`, if given.

    `post` is the worker, role and place of an appointment, and empty for other subjects.
    """

    at: datetime
    id: str
    ends: datetime | None = None
    content: tuple[Value, ...] = ()
    post: tuple[Value, ...] = ()


@dataclass(frozen=True, slots=True)
class State:
    """A subject's state in [start, end), `end` None being open, by the statement that it comes from."""

    start: datetime
    end: datetime | None
    statement: Statement


@dataclass(frozen=True, slots=True)
class Joined:
    """Two records that somebody said, at an instant, to be one: what is said from then on is said of the whole."""

    kept: "Record"
    absorbed: "Record"
    at: datetime


Record = str | Joined
"""A record by its id, or those that were put together step by step."""


def members(record: Record) -> tuple[str, ...]:
    """Return the ids of the records that are one, each kept one before what it absorbed."""
    return (record,) if isinstance(record, str) else (*members(record.kept), *members(record.absorbed))


def history_of(
    record: Record, statements: Callable[[str], Iterable[Statement]], until: datetime = NEVER
) -> list[State]:
    """Return the states of records that are one, by what was said of each before `until`.

    Of what was told before they were one, the kept record's word holds (`filled`). What is told later is told of both:
    who moves out then has moved out, though the absorbed record never said so.
    """
    if isinstance(record, str):
        return history(one for one in statements(record) if one.at < until)
    since = min(record.at, until)
    found = filled(*(history_of(one, statements, since) for one in (record.kept, record.absorbed)))
    later = (one for name in members(record) for one in statements(name) if since <= one.at < until)
    return history(later, found)


def history(statements: Iterable[Statement], before: Iterable[State] = ()) -> list[State]:
    """Return the states of one subject, ascending and disjoint, whatever the order of its statements.

    `before` are states that were told of before all of them.
    """
    found: list[State] = list(before)
    for statement in sorted(statements, key=lambda item: (item.at, item.id)):
        at, ends = statement.at, statement.ends
        if ends is None or ends > at:
            _cut(found, at)
            found.append(State(at, ends, statement))
        else:
            _cut(found, ends)
    return found


def _cut(states: list[State], at: datetime) -> None:
    """End the states at `at`, dropping those that have no time left."""
    while states and (states[-1].end or NEVER) > at:
        last = states.pop()
        if last.start < at:
            states.append(State(last.start, at, last.statement))
            return


def filled(first: list[State], second: list[State]) -> list[State]:
    """Return the states of `first`, and those of `second` in the time in which `first` has none, in order.

    Of two records of one subject the one that is kept says what holds wherever it says anything.
    """
    found = list(first)
    for state in second:
        start = state.start
        for taken in first:
            if start < taken.start and start < (state.end or NEVER):
                end = taken.start if state.end is None else min(state.end, taken.start)
                found.append(State(start, end, state.statement))
            start = max(start, taken.end or NEVER)
        if start < (state.end or NEVER):
            found.append(State(start, state.end, state.statement))
    return sorted(found, key=lambda state: state.start)


def posts_fields(form: Form) -> tuple[str, str] | None:
    """Return the fields of worker and role, if `form` is the form of appointments; else None."""
    worker, role = _reference(form, "worker"), _reference(form, "role")
    return None if form.describes != HOLDER or worker is None or role is None else (worker, role)


def _reference(form: Form, to: str) -> str | None:
    """Return the id of the first field of `form` that refers to one `to`, or None."""
    return next((item.id for item in form.fields if item.type.kind is Kind.REF and item.type.to == to), None)

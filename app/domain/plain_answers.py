"""Checks of many submissions of one form: each answer by itself once, what is asked together once for answers alike.

A table has thousands of rows and few different buildings, sorts and numbers. This tells of a row that it is plainly
right, and what is stored of it; of every other one it says nothing, and the row is checked as any submission is. So
what a fault is, and how it is told, is decided in one place only (`FormLogic.check`).
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from app.domain.asked import Facts
from app.domain.core.expressions import Expression, readings_in
from app.domain.field_type import AnswerError
from app.domain.kinds.form import Field
from app.domain.submission import LARGEST, FormLogic, length_of

MOST: Final = 10_000
"""How many different combinations of answers are remembered."""

_MOMENTS: Final = (("at",), ("date",), ("recorded_at",))
"""What conditions may read besides answers: it is the same for all rows of one time."""


@dataclass(frozen=True, slots=True)
class Plain:
    """An answer that is right by itself: what was given, what is stored, and the same as a key."""

    name: str
    given: object
    value: object
    key: object


class PlainAnswers:
    """The answers to one form on one day; `of` makes it."""

    def __init__(self, logic: FormLogic, together: frozenset[str], day: date) -> None:
        """Keep the logic; what decides about other questions is read `together`, `day` is today."""
        self._logic = logic
        self._day = day
        fields = logic.form.fields
        self._fields = {item.id: item for item in fields}
        self._longest = LARGEST // (2 * max(1, len(fields)))
        self._together = tuple(item.id for item in fields if item.id in together)
        self._own = {item.id: tuple(_own_checks(logic, item)) for item in fields}
        self._wanted = tuple(
            item.id
            for item in fields
            if not item.is_worked_out and (item.required or not self._holds(item, None))
        )
        self._worked_out = tuple(item.id for item in fields if item.is_worked_out)
        self._seen: dict[tuple[object, ...], tuple[frozenset[str], Mapping[str, Any]]] = {}
        self._moments = tuple(name for (name,) in _MOMENTS if name in together and name not in self._fields)
        self._times: dict[datetime, tuple[object, ...] | None] = {}

    @classmethod
    def of(cls, logic: FormLogic, day: date) -> "PlainAnswers | None":
        """Return the checks of a form; None for one with rows, or whose conditions read more than answers and time."""
        form = logic.form
        names = {item.id for item in form.fields}
        if any(item.columns or item.where is not None for item in form.fields):
            return None
        together: set[str] = {item.id for item in form.fields if item.id in logic.questions.cascades}
        for item, tree in _conditions(logic):
            read = {name.path for name in readings_in(tree)}
            if any(path[0] not in names and path not in _MOMENTS for path in read):
                return None
            if item is None or read != {(item.id,)}:
                together |= {path[0] for path in read}
        return cls(logic, frozenset(together), day)

    def answer(self, name: str, given: object) -> Plain | None:
        """Return an answer that is right by itself, in JSON; None for one of which that isn't sure."""
        item = self._fields.get(name)
        if item is None or item.is_worked_out or length_of(given) > self._longest:
            return None
        try:
            value = self._logic.checks.clean(item, given, None)
            self._logic.checks.on_day(item, value, self._day)
        except AnswerError:
            return None
        if value is None or not self._holds(item, value):
            return None
        return Plain(name, given, value, to_key(value))

    def stored(self, answers: Sequence[Plain], facts: Facts) -> dict[str, Any] | None:
        """Return what is stored of a row with these answers, in the form's order; None where it isn't plainly right."""
        moment = self._moment(facts)
        if moment is None:
            return None
        cleaned = {one.name: one.value for one in answers}
        keys = {one.name: one.key for one in answers}
        together = (*(keys.get(name) for name in self._together), *moment)
        found = self._seen.get(together)
        if found is None:
            given = {one.name: one.given for one in answers}
            checked = self._logic.check(given, facts)
            if checked.faults:
                return None
            asked = self._logic.asked(cleaned, facts)
            hidden = frozenset(name for name in self._fields if name not in asked.relevant)
            found = self._remember(together, hidden, checked.answers)
        hidden, worked_out = found
        if not hidden.isdisjoint(cleaned):
            return None
        if any(name not in cleaned and name not in hidden for name in self._wanted):
            return None
        both = {**cleaned, **worked_out}
        return {name: both[name] for name in self._fields if name in both}

    def _remember(
        self, together: tuple[object, ...], hidden: frozenset[str], answers: Mapping[str, Any]
    ) -> tuple[frozenset[str], Mapping[str, Any]]:
        if len(self._seen) >= MOST:
            self._seen.clear()
        found = hidden, {name: answers[name] for name in self._worked_out if name in answers}
        self._seen[together] = found
        return found

    def _moment(self, facts: Facts) -> tuple[object, ...] | None:
        """Return what conditions read of an entry's time; None for a time of which there can't be one."""
        if facts.at not in self._times:
            if len(self._times) >= MOST:
                self._times.clear()
            read = self._logic.moment(facts)
            self._times[facts.at] = (
                None if self._logic.untimely(facts) else tuple(read[name] for name in self._moments)
            )
        return self._times[facts.at]

    def _holds(self, item: Field, data: object) -> bool:
        """Whether an answer keeps those constraints that read nothing else."""
        if not self._own[item.id]:
            return True
        questions = self._logic.questions
        row = list(self._logic.blank)
        row[questions.at_of[item.id]] = questions.read(item, data)
        return not any(holds(tuple(row), questions.context) is False for holds in self._own[item.id])


# ---- parts -------------------------------------------------------------------------------------------------------
def _conditions(logic: FormLogic) -> Iterator[tuple[Field | None, Expression]]:
    """Yield all that is asked of answers together; with its question, where it is a constraint of one."""
    for item in logic.form.fields:
        yield from ((item, check.condition) for check in item.constraints)
        where = (choice.where for choice in item.choices)
        yield from ((None, tree) for tree in (item.relevant, item.calculation, *where) if tree is not None)
    yield from ((None, check.condition) for check in logic.form.checks)


def _own_checks(logic: FormLogic, item: Field) -> Iterator[Any]:
    for check, holds in logic.questions.constraints[item.id]:
        if {name.path for name in readings_in(check.condition)} == {(item.id,)}:
            yield holds


def to_key(value: object) -> object:
    """Return JSON as what can be looked up: equal data gives equal keys."""
    match value:
        case list():
            return tuple(map(to_key, value))
        case Mapping():
            return tuple(sorted((name, to_key(inner)) for name, inner in value.items()))
        case _:
            return value

"""From raw answers to an entry's answers: what a form asks, and what is wrong with what was given.

Pure: the page asks the same function on each change that the server asks at submission. Rules:

- a question is relevant only while its condition is true; unknown isn't (the language's §relevance);
- the answer of a question that isn't relevant is dropped, or kept where the form says `when_hidden: keep`;
- a constraint or check refuses only what surely breaks it: unknown and n/a pass;
- calculations and relevance see the answers before them, in the form's order, hidden ones as n/a.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any, Final

from app.domain.answer_checks import AnswerChecks
from app.domain.asked import Asked, Checked, Columns, Facts, Fault, Register, Subject
from app.domain.calendar_context import context_of
from app.domain.compiled_questions import Surroundings, Words, opened
from app.domain.core.values import Column, NotApplicable, Unknown, Value
from app.domain.field_type import FieldTypes
from app.domain.kinds.form import Form
from app.domain.problem import Problem
from app.domain.questions import Questions, known
from app.domain.source_rows import history_columns, moment_columns
from app.domain.workdays import Calendar
from app.domain.zones import date_of

__all__ = ["Asked", "Checked", "Facts", "Fault", "FormLogic", "Register", "Subject"]

LARGEST: Final = 200_000
"""The most characters that all texts of one submission may have together."""

SUBJECT: Final = "subject"


_EARLIEST: Final = datetime(1900, 1, 1, tzinfo=UTC)
"""Nothing that is told happened before: an earlier year is a slip of the finger."""


def reckoned(facts: Facts) -> Facts:
    """Return the facts as of now where there may be no such day in the place's zone; the time is refused by itself."""
    return facts if _EARLIEST <= facts.at <= facts.now else replace(facts, at=facts.now)


class FormLogic:
    """A form's conditions, compiled once for all submissions about one type of subject."""

    def __init__(
        self,
        form: Form,
        calendar: Calendar,
        types: FieldTypes,
        subject: tuple[Column, ...] = (),
        columns: Columns = lambda to: (),  # noqa: ARG005 - nothing is known of anything
        words: Words = Words(),  # noqa: B008 - a frozen value
    ) -> None:
        """Compile; `columns` are those of what references point at, `words` are those that defaults are in."""
        self.form = form
        self._calendar = calendar
        around = {column.name: column.type for column in moment_columns(form)}
        if form.describes is not None:
            around = {**{column.name: column.type for column in history_columns(form)}, **around}
        around |= {f"{SUBJECT}.{column.name}": opened(column.type) for column in subject}
        own = {item.id for item in form.fields}
        around = {name: kind for name, kind in around.items() if name not in own}
        where = Surroundings(around, types, context_of(calendar), columns, words)
        self.questions = Questions(form.fields, where, form.checks)
        self.checks = AnswerChecks(self.questions)
        self._around = {name: at for at, name in enumerate(around)}
        self.blank: tuple[Value, ...] = (*map(Unknown, around), *self.questions.blank)

    @property
    def zone(self) -> str:
        """The zone whose days the form's dates are."""
        return self._calendar.zone

    @property
    def calendar(self) -> Calendar:
        """The calendar whose periods the form's are."""
        return self._calendar

    # ---- asking ---------------------------------------------------------------------------------------------------
    def asked(self, answers: Mapping[str, Any], facts: Facts) -> Asked:
        """Return what is relevant with these answers (JSON; a missing one is unknown), and all values."""
        return self.questions.ask(self.row(facts), answers, facts.register)

    def defaults(self, facts: Facts, given: Mapping[str, Any]) -> dict[str, Any]:
        """Return the answers, as JSON, that a blank form starts with; `given` ones stand."""
        return self.questions.defaults(self.row(facts), given, facts.register)

    def new_row(self, repeat: str, answers: Mapping[str, Any], facts: Facts) -> dict[str, Any]:
        """Return the answers, as JSON, that a row added to a repeat starts with."""
        inner = self.questions.inner[repeat]
        row = list(self.asked(answers, facts).held)
        return inner.defaults([*row, *inner.blank], {}, facts.register)

    def followed(
        self,
        before: Mapping[str, Any],
        after: Mapping[str, Any],
        facts: Facts,
        facts_before: Facts | None = None,
    ) -> dict[str, Any]:
        """Return the answers that change along, since their defaults read what has changed; None for none any more.

        Only an answer that stands as its default left it follows: what somebody typed is never written over.
        """
        return self.questions.followed(
            (self.row(facts_before or facts), before), (self.row(facts), after), facts.register
        )

    def picker(
        self, path: str, answers: Mapping[str, Any], facts: Facts
    ) -> Callable[[tuple[Value, ...]], bool]:
        """Return whether what stands in a register can be picked with these answers; `path` as a fault's `field`.

        Unknown is no: what isn't sure isn't offered.
        """
        place = self.asked(answers, facts).at(path)
        if place is None:
            return lambda candidate: False  # noqa: ARG005 - a row that isn't there
        asked, name = place
        repeat = path.partition(".")[0] if "." in path else ""
        questions = self.questions.inner[repeat] if repeat else self.questions
        return lambda candidate: questions.fits(name, asked.held, candidate)

    # ---- checking -------------------------------------------------------------------------------------------------
    def check(self, raw: Mapping[str, Any], facts: Facts, before: Mapping[str, Any] | None = None) -> Checked:
        """Return the answers to store and every fault. `before` are those of what is corrected or changed.

        An answer that stands as it did before isn't refused for what its type says of it today.

        Codes: E701 an answer is missing, E702 it (or the time) can't be read, E703 it isn't a choice (any more),
        E704 a constraint, E705 too long, E706 the time lies ahead, E708 the form isn't in force, E709 there is no
        such question, E711 and E712 a bound, E761 a choice that other answers rule out, E762 and E763 too few and too
        many rows; and those of field types.
        """
        faults = [*self.untimely(facts)]
        facts = reckoned(facts)
        faults += [] if self.checks.knows(raw) else [Fault(Problem("E709"))]
        if length_of(raw) > LARGEST:
            return Checked({}, (*faults, Fault(Problem("E705", values={"limit": LARGEST}))))
        old = before or {}
        cleaned, wrong = self.checks.cleaned(raw, old, date_of(self._calendar.zone, facts.now))
        asked = self.asked(cleaned, facts)
        # What is hidden is neither missing nor wrong: it wasn't asked.
        faults += [fault for path, fault in wrong.items() if _is_asked(asked, path)]
        answers = self.checks.kept(cleaned, asked)
        faults += self.checks.broken(cleaned, asked, wrong, old)
        faults += self.checks.broken_whole(asked)
        late = date_of(self._calendar.zone, facts.at) < date_of(self._calendar.zone, facts.now)
        return Checked(answers, tuple(faults), late)

    def untimely(self, facts: Facts) -> list[Fault]:
        """Return why there can't be an entry of that time: E702, E706, E708."""
        if facts.at > facts.now:
            return [Fault(Problem("E706"))]
        if facts.at < _EARLIEST:
            return [Fault(Problem("E702"))]
        day = date_of(self._calendar.zone, facts.at)
        since, until = self.form.heading.since, self.form.heading.until
        if (since is not None and day < since) or (until is not None and day >= until):
            return [Fault(Problem("E708"))]
        return []

    def moment(self, facts: Facts) -> dict[str, Value]:
        """Return what conditions may read of an entry's time."""
        return {"at": facts.at, "date": date_of(self._calendar.zone, facts.at), "recorded_at": facts.now}

    def row(self, facts: Facts) -> list[Value]:
        """Return the values of all columns that conditions see, before anything is answered."""
        own: dict[str, Value] = {
            "id": "",
            **self.moment(facts),
            "by": facts.by,
            "subject": facts.subject_id or NotApplicable("no_subject"),
            "place": facts.place,
        }
        if facts.subject is not None:
            pairs = zip(facts.subject.columns, facts.subject.values, strict=True)
            own |= {f"{SUBJECT}.{column.name}": known(value, column.name) for column, value in pairs}
        row: list[Value] = list(self.blank)
        for name, value in own.items():
            at = self._around.get(name)
            if at is not None:
                row[at] = value
        return row


def _is_asked(asked: Asked, path: str) -> bool:
    """Whether the question of a path is asked, and the repeat around it."""
    repeat, _, rest = path.partition(".")
    if not rest:
        return repeat in asked.relevant
    inside = asked.at(path)
    return repeat in asked.relevant and (inside is None or not inside[1] or inside[1] in inside[0].relevant)


def length_of(data: object) -> int:
    """Return how many characters of text there are in JSON data."""
    match data:
        case str():
            return len(data)
        case Mapping():
            texts = sum(len(item) for item in data.values() if item.__class__ is str)
            others = sum(length_of(item) for item in data.values() if item.__class__ is not str)
            return sum(map(length_of, data)) + texts + others
        case list() | tuple():
            return sum(map(length_of, data))
        case _:
            return 0

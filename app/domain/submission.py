"""From raw answers to an entry's answers: what a form asks, and what is wrong with what was given.

Pure: the page asks the same function on each change that the server asks at submission. Rules:

- a question is relevant only while its condition is true; unknown isn't (the language's §relevance);
- the answer of a question that isn't relevant is dropped, or kept where the form says `when_hidden: keep`;
- a constraint or check refuses only what surely breaks it: unknown and n/a pass;
- calculations and relevance see the answers before them, in the form's order, hidden ones as n/a.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from typing import Any, Final

from app.domain.calendar_context import context_of
from app.domain.core.compiled import Compiled, compiled
from app.domain.core.compiled import condition as compile_condition
from app.domain.core.expressions import Binary, Expression, Literal
from app.domain.core.json_values import from_json, outcome_json, to_json
from app.domain.core.numbers import format_number
from app.domain.core.typecheck import UntypedError
from app.domain.core.types import type_of
from app.domain.core.values import Column, Kind, NotApplicable, Schema, Type, Unknown, Value
from app.domain.field_type import AnswerError, FieldTypes
from app.domain.kinds.common import Texts
from app.domain.kinds.form import Constraint, Field, Form, WhenHidden
from app.domain.problem import Problem
from app.domain.source_answers import NOT_RELEVANT
from app.domain.source_rows import history_columns, moment_columns
from app.domain.workdays import Calendar
from app.domain.zones import date_of

LARGEST: Final = 200_000
"""The most characters that all texts of one submission may have together."""

SUBJECT: Final = "subject"


_EARLIEST: Final = datetime(1900, 1, 1, tzinfo=UTC)
"""Nothing that is told happened before: an earlier year is a slip of the finger."""


@dataclass(frozen=True, slots=True)
class Subject:
    """What is known of the subject that a form is about: the columns of its history and their values at `at`."""

    columns: tuple[Column, ...]
    values: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Facts:
    """What a form's conditions may read besides its answers. `at` and `now` are aware instants in UTC."""

    at: datetime
    now: datetime
    by: str
    place: str
    subject_id: str | None = None
    subject: Subject | None = None


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong: `message` holds the form's own words where it has some, else the problem's count."""

    problem: Problem
    message: Texts = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Asked:
    """What the form asks now: the relevant questions by id, and the values of all, calculated ones included."""

    relevant: frozenset[str]
    values: Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class Checked:
    """What becomes of a submission: the answers to store, what is wrong, whether it is told late (a day or more)."""

    answers: Mapping[str, Any]
    faults: tuple[Fault, ...]
    late: bool = False


class FormLogic:
    """A form's conditions, compiled once for all submissions about one type of subject."""

    def __init__(
        self, form: Form, calendar: Calendar, types: FieldTypes, subject: tuple[Column, ...] = ()
    ) -> None:
        """Compile. A condition that reads what isn't at hand here counts as unknown."""
        self.form = form
        self._calendar = calendar
        self._context = context_of(calendar)
        self._types = types
        columns = {column.name: column.type for column in moment_columns(form)}
        if form.describes is not None:
            columns = {**{column.name: column.type for column in history_columns(form)}, **columns}
        columns |= {f"{SUBJECT}.{column.name}": _open(column.type) for column in subject}
        columns |= {item.id: _open(item.type) for item in form.fields}
        self._schema = Schema(tuple(Column(name, own) for name, own in columns.items()), ())
        # What is the same for all submissions is made once: an import has thousands of them.
        self._blank = tuple(Unknown(column.name) for column in self._schema.columns)
        self._at = {column.name: at for at, column in enumerate(self._schema.columns)}
        self._retired = {
            item.id: {choice.id for choice in item.choices if choice.retired} for item in form.fields
        }
        self._missing = {item.id: Unknown(item.id) for item in form.fields}
        self._open = {item.id: _open(item.type) for item in form.fields}
        self._relevant = {item.id: self._condition(item.relevant) for item in form.fields if item.relevant}
        self._amounts = {item.id: self._amount(item.calculation) for item in form.fields if item.calculation}
        self._defaults = {item.id: self._amount(item.default) for item in form.fields if item.default}
        self._constraints = {item.id: self._checks(item.constraints) for item in form.fields}
        self._whole = self._checks(form.checks)

    @property
    def zone(self) -> str:
        """The zone whose days the form's dates are."""
        return self._calendar.zone

    # ---- asking ---------------------------------------------------------------------------------------------------
    def asked(self, values: Mapping[str, Value], facts: Facts) -> Asked:
        """Return what is relevant with these answers (a missing one is unknown), and all values."""
        row = self._row(facts)
        relevant: set[str] = set()
        for item in self.form.fields:
            at = self._at[item.id]
            row[at] = values.get(item.id, self._missing[item.id])
            if item.id in self._amounts:
                row[at] = self._value_of(self._amounts[item.id], row)
            condition = self._relevant.get(item.id)
            if item.relevant is None or (condition and condition(tuple(row), self._context) is True):
                relevant.add(item.id)
            else:
                row[at] = NOT_RELEVANT
        found = {item.id: row[self._at[item.id]] for item in self.form.fields}
        return Asked(frozenset(relevant), found)

    def defaults(self, facts: Facts, given: Mapping[str, Any]) -> dict[str, Any]:
        """Return the answers, as JSON, that a blank form starts with; `given` ones stand."""
        answers = dict(given)
        row = self._row(facts)
        for item in self.form.fields:
            at = self._at[item.id]
            if item.id not in answers and item.id in self._defaults:
                value = to_json(self._value_of(self._defaults[item.id], row))
                if value is not None:
                    answers[item.id] = value
            row[at] = self.read(item, answers.get(item.id))
        return answers

    def read(self, item: Field, data: Any) -> Value:  # noqa: ANN401 - JSON is any of its types
        """Return an answer as the value that conditions see; unknown for what can't be read (yet)."""
        if data is None:
            return self._missing[item.id]
        if item.type.kind is Kind.DATA:
            return Unknown(item.id) if data in ([], "") else "file"
        try:
            return from_json(self._open[item.id], data, item.id)
        except ValueError:
            return Unknown(item.id)

    def values(self, answers: Mapping[str, Any]) -> dict[str, Value]:
        """Return all answers as values."""
        return {item.id: self.read(item, answers.get(item.id)) for item in self.form.fields}

    # ---- checking -------------------------------------------------------------------------------------------------
    def check(self, raw: Mapping[str, Any], facts: Facts, before: Mapping[str, Any] | None = None) -> Checked:
        """Return the answers to store and every fault. `before` are those of the entry that is corrected.

        Codes: E701 an answer is missing, E702 it (or the time) can't be read, E703 it isn't a choice (any more),
        E704 a constraint, E705 too long, E706 the time lies ahead, E708 the form isn't in force, E709 there is no
        such question, E711 and E712 a bound; and those of field types.
        """
        faults = [*self._about(facts)]
        if faults and not _EARLIEST <= facts.at <= facts.now:  # there may be no such day in the place's zone
            facts = replace(facts, at=facts.now)
        unknown = [name for name in raw if name not in self._open]
        faults += [Fault(Problem("E709"))] if unknown else []
        if _length(raw) > LARGEST:
            return Checked({}, (*faults, Fault(Problem("E705", values={"limit": LARGEST}))))
        cleaned, wrong = self._cleaned(raw, before or {}, date_of(self._calendar.zone, facts.now))
        asked = self.asked(
            {item.id: self.read(item, cleaned.get(item.id)) for item in self.form.fields}, facts
        )
        # What is hidden is neither missing nor wrong: it wasn't asked.
        faults += [fault for name, fault in wrong.items() if name in asked.relevant]
        answers = {**self._kept(cleaned, asked)}
        faults += [
            Fault(Problem("E701", field=item.id))
            for item in self.form.fields
            if item.required
            and item.id in asked.relevant
            and item.id not in wrong
            and item.calculation is None
            and cleaned.get(item.id) is None
        ]
        faults += self._broken(asked, facts, frozenset(wrong))
        late = date_of(self._calendar.zone, facts.at) < date_of(self._calendar.zone, facts.now)
        return Checked(answers, tuple(faults), late)

    def _about(self, facts: Facts) -> list[Fault]:
        if facts.at > facts.now:
            return [Fault(Problem("E706"))]
        if facts.at < _EARLIEST:
            return [Fault(Problem("E702"))]
        day = date_of(self._calendar.zone, facts.at)
        since, until = self.form.heading.since, self.form.heading.until
        if (since is not None and day < since) or (until is not None and day >= until):
            return [Fault(Problem("E708"))]
        return []

    def _cleaned(
        self, raw: Mapping[str, Any], before: Mapping[str, Any], day: date
    ) -> tuple[dict[str, Any], dict[str, Fault]]:
        cleaned: dict[str, Any] = {}
        wrong: dict[str, Fault] = {}
        for item in self.form.fields:
            if item.calculation is not None or item.id not in raw:
                continue
            try:
                value = self._clean(item, raw[item.id], before.get(item.id))
                self._on_day(item, value, day)
            except AnswerError as fault:
                wrong[item.id] = Fault(Problem(fault.code, values=fault.values, field=item.id))
                continue
            if value is not None:
                cleaned[item.id] = value
        return cleaned, wrong

    def _clean(self, item: Field, raw: object, before: object) -> object:
        kind = self._types.get(item.widget)
        if kind is None:
            raise AnswerError("E702")
        value = kind.clean(item, raw)
        retired = self._retired[item.id]
        if retired and retired & _words(value) - _words(before):
            raise AnswerError("E703")
        return value

    def _on_day(self, item: Field, value: object, day: date) -> None:
        kind = self._types.get(item.widget)
        if kind is not None and kind.on_day is not None and value is not None:
            kind.on_day(value, day)

    def _kept(self, cleaned: Mapping[str, Any], asked: Asked) -> dict[str, Any]:
        kept: dict[str, Any] = {}
        for item in self.form.fields:
            if item.calculation is not None:
                value = asked.values[item.id]
                if not isinstance(value, Unknown | NotApplicable):
                    kept[item.id] = outcome_json(value)
            elif item.id in cleaned and (item.id in asked.relevant or item.when_hidden is WhenHidden.KEEP):
                kept[item.id] = cleaned[item.id]
        return kept

    def _broken(self, asked: Asked, facts: Facts, wrong: frozenset[str]) -> list[Fault]:
        row = self._row(facts)
        for name, value in asked.values.items():
            row[self._at[name]] = value
        held = tuple(row)
        faults = []
        for item in self.form.fields:
            if item.id not in asked.relevant or item.id in wrong:
                continue
            for check, holds in self._constraints[item.id]:
                if holds(held, self._context) is False:
                    faults.append(Fault(_problem(check, item.id), check.message))
                    break
        for check, holds in self._whole:
            if holds(held, self._context) is False:
                faults.append(Fault(Problem("E704"), check.message))
        return faults

    # ---- rows and conditions --------------------------------------------------------------------------------------
    def _row(self, facts: Facts) -> list[Value]:
        own: dict[str, Value] = {
            "id": "",
            "at": facts.at,
            "date": date_of(self._calendar.zone, facts.at),
            "recorded_at": facts.now,
            "by": facts.by,
            "subject": facts.subject_id or NotApplicable("no_subject"),
            "place": facts.place,
        }
        if facts.subject is not None:
            pairs = zip(facts.subject.columns, facts.subject.values, strict=True)
            own |= {f"{SUBJECT}.{column.name}": _value(value, column.name) for column, value in pairs}
        row: list[Value] = list(self._blank)
        for name, value in own.items():
            at = self._at.get(name)
            if at is not None:
                row[at] = value
        return row

    def _condition(self, expression: Expression) -> Any:  # noqa: ANN401 - a compiled condition, or None
        try:
            return compile_condition(expression, self._schema)
        except UntypedError:
            return None

    def _amount(self, expression: Expression) -> Compiled | None:
        try:
            return compiled([expression], self._schema)
        except UntypedError:
            return None

    def _value_of(self, amount: Compiled | None, row: list[Value]) -> Value:
        if amount is None:
            return Unknown()
        (value,) = amount(tuple(row), self._context)
        return Unknown() if value is None else value

    def _checks(self, constraints: tuple[Constraint, ...]) -> list[tuple[Constraint, Any]]:
        made = [(check, self._condition(check.condition)) for check in constraints]
        return [(check, holds) for check, holds in made if holds is not None]


def _open(own: Type) -> Type:
    return replace(own, may_be_unknown=True, may_be_na=True)


def _value(value: Value, name: str) -> Value:
    return Unknown(name) if value is None else value


def _problem(check: Constraint, name: str) -> Problem:
    """Return the problem of a broken constraint: a bound names its figure."""
    match check.condition:
        case Binary(_, _, Literal(int() as bound)) if not check.message:
            pass
        case Binary(_, _, Literal() as right) if not check.message and type_of(right).kind is Kind.NUMBER:
            bound = right.value  # type: ignore[assignment]
        case _:
            return Problem("E704", field=name)
    code = {"at_least": "E711", "at_most": "E712"}.get(check.id, "E704")
    return Problem(code, values={"bound": format_number(bound)}, field=name)


def _length(data: object) -> int:
    """Return how many characters of text there are in JSON data."""
    match data:
        case str():
            return len(data)
        case Mapping():
            texts = sum(len(item) for item in data.values() if item.__class__ is str)
            others = sum(_length(item) for item in data.values() if item.__class__ is not str)
            return sum(map(_length, data)) + texts + others
        case list() | tuple():
            return sum(map(_length, data))
        case _:
            return 0


def _words(answer: object) -> set[str]:
    """Return the texts of an answer: what is chosen, if it is a choice; of pictures there are none."""
    items = answer if isinstance(answer, list) else [answer]
    return {item for item in items if isinstance(item, str)}

"""How an entry becomes rows: the columns of a form's tables, and a reader prepared once for each form."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Any, Final

from app.domain.core.json_values import from_json
from app.domain.core.values import Column, Kind, NotApplicable, Type, Unknown, Value
from app.domain.entry import Entry
from app.domain.kinds.form import Field, Form
from app.domain.zones import date_of, start_of_day

Row = tuple[Value, ...]

INSTANT: Final = Type(Kind.INSTANT)
PLACE: Final = Type(Kind.REF, to="place")
NO_SUBJECT: Final = NotApplicable("no_subject")
NOT_RELEVANT: Final = NotApplicable("not_relevant")

_REPEATED: Final = frozenset({Kind.CHOICE, Kind.REF, Kind.DATE, Kind.PERIOD, Kind.LENGTH, Kind.TIME})
"""Kinds whose texts come again and again in a ledger, so that each is read once."""
_LISTS: Final = frozenset({Kind.CHOICES, Kind.REFS})


class UnreadableError(Exception):
    """An entry that doesn't fit its table: `reason` is a stable code, `field` names the answer at fault."""

    def __init__(self, reason: str, field: str = "") -> None:
        """Keep both; neither holds what a person has typed."""
        super().__init__(reason)
        self.reason = reason
        self.field = field


def subject_type(form: Form) -> str | None:
    """Return the type of the form's subject, which it describes or is about; None when it has none."""
    return form.describes or form.about


def answer_type(field: Field) -> Type:
    """Return the type of a field's column, with the marks that an answer left out leaves there.

    A required field is always answered, unless it wasn't asked: then it is n/a. Another one may be unknown.
    """
    return replace(
        field.type,
        may_be_unknown=field.type.may_be_unknown or not field.required,
        may_be_na=field.type.may_be_na or (field.required and field.relevant is not None),
    )


def moment_columns(form: Form) -> tuple[Column, ...]:
    """Return the columns of the form's moment table.

    They are `id, at, date, recorded_at, by, subject, place`, then the answers. With a span, the instants
    `start` and `end` stand before the answers; `end` is None for what goes on. These names are reserved: an
    answer of one of them is left out.
    """
    own = _moment_own(form)
    return own + tuple(Column(item.id, answer_type(item)) for item in _kept(form, own))


def history_columns(form: Form) -> tuple[Column, ...]:
    """Return the columns of a described subject's history: `subject, start, end, id, place`, then answers.

    `end` is None for what goes on; `id` is the entry that the state comes from. The names are reserved as
    above.
    """
    own = _history_own(form)
    return own + tuple(Column(item.id, answer_type(item)) for item in _kept(form, own))


def _moment_own(form: Form) -> tuple[Column, ...]:
    about = subject_type(form)
    own = (
        Column("id", Type(Kind.REF, to=form.id)),
        Column("at", INSTANT),
        Column("date", Type(Kind.DATE)),
        Column("recorded_at", INSTANT),
        Column("by", Type(Kind.REF, to="worker")),
        Column("subject", Type(Kind.REF, to=about, may_be_na=about is None)),
        Column("place", PLACE),
    )
    return own if form.span is None else (*own, Column("start", INSTANT), Column("end", INSTANT))


def _history_own(form: Form) -> tuple[Column, ...]:
    return (
        Column("subject", Type(Kind.REF, to=form.describes)),
        Column("start", INSTANT),
        Column("end", INSTANT),
        Column("id", Type(Kind.REF, to=form.id)),
        Column("place", PLACE),
    )


def _kept(form: Form, own: tuple[Column, ...]) -> list[Field]:
    taken = {column.name for column in own}
    return [item for item in form.fields if item.id not in taken]


class EntryReader:
    """Reads the entries of one form; what depends on the form alone is worked out once."""

    def __init__(self, form: Form, zone: str) -> None:
        """Prepare a reader of each answer. `zone` makes days of instants and instants of days.

        Raises KeyError when `span` or `ends` of the form name no field of it.
        """
        self._zone = zone
        self._has_subject = subject_type(form) is not None
        self._readers = [_reader(item) for item in form.fields]
        places = {item.id: position for position, item in enumerate(form.fields)}
        self._span = None if form.span is None else (places[form.span[0]], places[form.span[1]])
        self._ends = None if form.ends is None else places[form.ends]
        self._in_moment = [places[item.id] for item in _kept(form, _moment_own(form))]
        self._in_history = [places[item.id] for item in _kept(form, _history_own(form))]

    def subjects(self, entry: Entry) -> tuple[str | NotApplicable, ...]:
        """Return the subjects of an entry, each once; n/a for a form that has none.

        Raises UnreadableError(`subject_missing`) where the form wants one.
        """
        if not self._has_subject:
            return (entry.subject or NO_SUBJECT,)
        if entry.subjects:
            return tuple(dict.fromkeys(((entry.subject,) if entry.subject else ()) + entry.subjects))
        if entry.subject:
            return (entry.subject,)
        raise UnreadableError("subject_missing")

    def answers(self, entry: Entry) -> Row:
        """Return the answers in the order of the form's fields.

        Raises UnreadableError with the codes of `app.domain.core.json_values` for one that isn't of its type.
        """
        given = entry.answers
        return tuple([read(given) for read in self._readers])

    def moment(self, entry: Entry, answers: Row) -> Callable[[Value], Row]:
        """Return a function from a subject to the row of the moment table.

        Raises UnreadableError(`span_reversed`) for a span that ends before it starts.
        """
        zone, at = self._zone, entry.at
        head = (entry.id, at, date_of(zone, at), entry.recorded_at, entry.by)
        tail = tuple([answers[position] for position in self._in_moment])
        place: Row = (entry.place,)
        if self._span is not None:
            place = (entry.place, *self._span_of(entry, answers))
        return lambda subject: (*head, subject, *place, *tail)

    def content(self, answers: Row) -> Row:
        """Return the answers that stand in a row of the history."""
        return tuple([answers[position] for position in self._in_history])

    def ends(self, answers: Row) -> datetime | None:
        """Return the instant at which the described subject ends (exclusive), if the entry says so."""
        return None if self._ends is None else self._instant(answers[self._ends])

    def _span_of(self, entry: Entry, answers: Row) -> tuple[datetime, datetime | None]:
        """Return the span of an entry that lasts: from its `at` without a start, open without an end."""
        first, last = self._span or (0, 0)
        start, end = self._instant(answers[first]) or entry.at, self._instant(answers[last])
        if end is not None and end < start:
            raise UnreadableError("span_reversed")
        return start, end

    def _instant(self, value: Value) -> datetime | None:
        """Return the instant that an answer names, for a date the first of its day; else None."""
        if isinstance(value, datetime):
            return value
        return start_of_day(self._zone, value) if isinstance(value, date) else None


def _reader(item: Field) -> Callable[[Mapping[str, Any]], Value]:
    """Return a function from an entry's answers to the value of one of them."""
    name, wanted = item.id, replace(item.type, may_be_unknown=True)
    missing: Value = NOT_RELEVANT if item.required and item.relevant is not None else Unknown(name)
    repeated, lists = item.type.kind in _REPEATED, item.type.kind in _LISTS
    seen: dict[object, Value] = {}

    def convert(data: object) -> Value:
        try:
            value = from_json(wanted, data, name)
        except ValueError as fault:
            raise UnreadableError(str(fault), name) from None
        return missing if isinstance(value, Unknown) else value

    def read(answers: Mapping[str, Any]) -> Value:
        data = answers.get(name)
        if data is None:
            return missing
        if repeated and isinstance(data, str):
            key: object = data
        elif lists and isinstance(data, list) and all(isinstance(part, str) for part in data):
            key = tuple(data)
        else:
            return convert(data)
        if key not in seen:
            seen[key] = convert(data)
        return seen[key]

    return read

"""How an entry becomes rows: the columns of a form's tables, and a reader prepared once for each form."""

from bisect import bisect_right
from collections.abc import Sequence
from datetime import date, datetime
from functools import cached_property, lru_cache
from typing import Final

from app.domain.core.values import Column, Kind, NotApplicable, Type, Value
from app.domain.entry import Entry
from app.domain.kinds.form import Field, Form
from app.domain.kinds.form_versions import in_version, present
from app.domain.source_answers import (
    Read,
    ReadAll,
    UnreadableError,
    answer_reader,
    answer_type,
    column_reader,
)
from app.domain.zones import date_of, start_of_day

Row = tuple[Value, ...]

ROW: Final = "nth"
"""The column of a repeat's rows that counts them within their entry."""

SUBJECT: Final = 5
"""Where the subject stands in every row of a moment table."""

INSTANT: Final = Type(Kind.INSTANT)
OPEN_END: Final = Type(Kind.INSTANT, may_be_na=True)
"""The end of a span: None for what goes on, which expressions take for n/a."""
PLACE: Final = Type(Kind.REF, to="place")
NO_SUBJECT: Final = NotApplicable("no_subject")


def subject_type(form: Form) -> str | None:
    """Return the type of the form's subject, which it describes or is about; None when it has none."""
    return form.describes or form.about


def moment_columns(form: Form) -> tuple[Column, ...]:
    """Return the columns of the form's moment table.

    They are `id, at, date, recorded_at, by, subject, place`, then the answers. With a span, the instants
    `start` and `end` stand before the answers; `end` is None for what goes on. These names are reserved: an
    answer of one of them is left out.
    """
    own = own_columns(form)
    return own + tuple(Column(item.id, answer_type(item)) for item in _kept(form, own))


def rows_table(form: str, repeat: str) -> str:
    """Return the name of the table of a repeat's rows."""
    return f"{form}.{repeat}"


def row_columns(form: Form, repeat: Field) -> tuple[Column, ...]:
    """Return the columns of a repeat's rows: those of the entry, `nth` (from 1), then the row's own answers.

    `id` is the entry's, so that what else it says is a dot away: `id.channel`.
    """
    own = (*own_columns(form), Column(ROW, Type(Kind.INTEGER)))
    return own + tuple(Column(item.id, answer_type(item)) for item in repeat.columns)


def history_columns(form: Form) -> tuple[Column, ...]:
    """Return the columns of a described subject's history: `subject, start, end, id, place`, then answers.

    `end` is None for what goes on; `id` is the entry that the state comes from. The names are reserved as
    above.
    """
    own = _history_own(form)
    return own + tuple(Column(item.id, answer_type(item)) for item in _kept(form, own))


def own_columns(form: Form) -> tuple[Column, ...]:
    """Return the columns of the moment table that stand before the answers."""
    return _moment_own(form.id, subject_type(form), form.span is not None)


@lru_cache(1024)  # each of a form's tables and readers asks, in each evaluation
def _moment_own(form: str, about: str | None, spans: bool) -> tuple[Column, ...]:  # noqa: FBT001 - a key
    own = (
        Column("id", Type(Kind.REF, to=form)),
        Column("at", INSTANT),
        Column("date", Type(Kind.DATE)),
        Column("recorded_at", INSTANT),
        Column("by", Type(Kind.REF, to="worker")),
        Column("subject", Type(Kind.REF, to=about, may_be_na=about is None)),
        Column("place", PLACE),
    )
    return (*own, Column("start", INSTANT), Column("end", OPEN_END)) if spans else own


def _history_own(form: Form) -> tuple[Column, ...]:
    return _span_own(form.id, form.describes)


@lru_cache(1024)
def _span_own(form: str, described: str | None) -> tuple[Column, ...]:
    return (
        Column("subject", Type(Kind.REF, to=described)),
        Column("start", INSTANT),
        Column("end", OPEN_END),
        Column("id", Type(Kind.REF, to=form)),
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
        self._asked = form
        self._form = form if form.versions or any(item.was for item in form.fields) else None
        self._since = [one.heading.since or date.min for one in form.versions]
        places = {item.id: position for position, item in enumerate(form.fields)}
        self._span = None if form.span is None else (places[form.span[0]], places[form.span[1]])
        self._ends = None if form.ends is None else places[form.ends]
        kept = [places[item.id] for item in _kept(form, own_columns(form))]
        self._in_moment = kept if len(kept) < len(form.fields) else None
        self._in_history = [places[item.id] for item in _kept(form, _history_own(form))]

    # A regulation has dozens of forms, and a case or a new entry is of one or two: each is prepared once it is read.
    @cached_property
    def _readers(self) -> list[Read]:
        return [answer_reader(item) for item in self._asked.fields]

    @cached_property
    def _columns(self) -> list[ReadAll]:
        return [column_reader(item) for item in self._asked.fields]

    @cached_property
    def _versions(self) -> list[list[Read]]:
        form = self._asked
        return [
            [answer_reader(item) for item in in_version(form, number)] for number in range(len(form.versions))
        ]

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
        """Return the answers in the order of the form's fields, by the version in force on the day of the entry.

        Raises UnreadableError with the codes of `app.domain.core.json_values` for one that isn't of its type.
        """
        given, readers = entry.answers, self._readers
        if self._form is not None:
            given = present(self._form, given)
            if self._since:
                begun = bisect_right(self._since, date_of(self._zone, entry.at))
                readers = self._versions[max(begun - 1, 0)]
        return tuple([read(given) for read in readers])

    def rows(self, entries: Sequence[Entry]) -> list[tuple[Row, Row]] | None:
        """Return for each entry its row of the moment table and its answers, as the methods for one give them.

        None where they have to be asked one by one: where an entry has several subjects, an answer can't be read, or
        each is read by the version of its day.
        """
        if self._form is not None or any(entry.subjects for entry in entries):
            return None
        try:
            subjects = [self.subjects(entry)[0] for entry in entries]
            given = [entry.answers for entry in entries]
            columns = [read(given) for read in self._columns]
            answers: list[Row] = list(zip(*columns, strict=True)) if columns else [()] * len(entries)
            found = []
            for entry, subject, own in zip(entries, subjects, answers, strict=True):
                before, after = self.moment(entry, own)
                found.append(((*before, subject, *after), own))
        except UnreadableError:
            return None
        return found

    def moment(self, entry: Entry, answers: Row) -> tuple[Row, Row]:
        """Return what stands before and after the subject in the entry's rows of the moment table.

        Raises UnreadableError(`span_reversed`) for a span that ends before it starts.
        """
        at = entry.at
        before = (entry.id, at, date_of(self._zone, at), entry.recorded_at, entry.by)
        kept = answers if self._in_moment is None else tuple([answers[place] for place in self._in_moment])
        if self._span is None:
            return before, (entry.place, *kept)
        return before, (entry.place, *self._span_of(entry, answers), *kept)

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

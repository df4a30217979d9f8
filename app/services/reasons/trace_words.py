"""Explanations in lines for people who don't read files: rows by titles and names instead of ids and columns."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime, timedelta
from fractions import Fraction
from typing import Final

from app.domain.core.values import Kind, NotApplicable, Schema, Type, Unknown, Value
from app.domain.kinds.common import Texts
from app.domain.kinds.duty import State, state_of
from app.domain.kinds.planning import definitions
from app.domain.regulation import Regulation
from app.domain.zones import date_of
from app.services.reasons.paths import BETWEEN, Members, inside, members_in
from app.services.reasons.period_words import period_words
from app.services.reasons.phrases import Listed, Phrase, Said
from app.services.reasons.records import Record

Reference = Callable[[str, str], Said]
"""Returns what something is called, by what it is and its id."""

_COLUMNS: Final = (
    "about", "subject", "owner", "period", "window", "item", "line", "grade", "rank", "points", "bonus", "max",
    "total", "score", "state", "needed", "counted", "short", "due", "value", "part", "whole",
)  # fmt: skip
"""The columns that every definition of a kind has and that say something, in the order in which they are told."""
_STATES: Final = frozenset(state.value for state in State)


class TraceWords:
    """Puts rows, figures and definitions of one regulation into words; `named` names people, places and subjects."""

    def __init__(self, regulation: Regulation, named: Reference) -> None:
        """Look at its definitions."""
        self._regulation = regulation
        self._definitions = definitions(regulation)
        self._named = named
        self._members: dict[str, Members] = {}

    def definition(self, name: str) -> Said:
        """Return what a definition or a form is called; its id where it has no title."""
        latest = self._regulation.latest(name)
        found = self._definitions.get(latest)
        form = self._regulation.forms.get(name)
        title: Texts = found.heading.title if found is not None else form.heading.title if form else {}
        return title or name

    def row(self, table: str, record: Record, schema: Schema, *, careful: bool) -> Phrase:
        """Return a row by its definition's title and its columns; `careful`: nothing of what people answered."""
        name = table.partition(".")[0]
        told = tuple(self._told(name, record, schema, careful=careful))
        what = self.definition(name)
        return (
            Phrase("trace-told-row", {"what": what, "values": Listed(told)})
            if told
            else Phrase("trace-told-alone", {"what": what})
        )

    def _told(self, name: str, record: Record, schema: Schema, *, careful: bool) -> Iterator[Said]:
        form = self._regulation.forms.get(name)
        if form is not None and careful:
            return
        if form is not None:
            for item in form.fields:
                value = record.get(item.id)
                if item.title and not item.sensitive and value is not None and not _is_mark(value):
                    said = self._value(value, schema.type_of(item.id), {c.id: c.title for c in item.choices})
                    yield Phrase("trace-told", {"column": item.title, "value": said})
            return
        for column in _COLUMNS:
            value = record.get(column)
            if value is None or isinstance(value, NotApplicable) or column not in schema:
                continue
            if column == "state" and isinstance(value, str) and value not in _STATES:
                continue  # how an item came about is said by what follows
            yield Phrase(
                "trace-told",
                {
                    "column": Phrase(f"trace-column-{column}"),
                    "value": self._cell(name, column, value, schema),
                },
            )

    def _cell(self, name: str, column: str, value: Value, schema: Schema) -> Said:
        if column in ("period", "window") and isinstance(value, str):
            return period_words(value, self._regulation.calendar)
        if column == "item" and isinstance(value, str):
            return self._item(name, tuple(value.split("/")))
        if column == "grade" and isinstance(value, str):
            appraisal = self._regulation.appraisals.get(self._regulation.latest(name))
            grades = () if appraisal is None else appraisal.grades
            return next((one.title for one in grades if one.id == value and one.title), value)
        if column == "due" and isinstance(value, datetime):  # the last day on which it can be done
            return date_of(self._regulation.calendar.zone, value - timedelta(microseconds=1))
        return self._value(value, schema.type_of(column), {})

    def _value(self, value: Value, own: Type, choices: Mapping[str, Texts]) -> Said:
        match value:
            case Unknown():
                return Phrase("trace-is-unknown")
            case bool():
                return Phrase("trace-yes" if value else "trace-no")
            case datetime():
                return date_of(self._regulation.calendar.zone, value)
            case int() | Fraction() | date():
                return value
            case str():
                if own.kind is Kind.REF and own.to:
                    return self._named(own.to, value)
                return (
                    Phrase(f"state-{state_of(value).value}")
                    if value in _STATES
                    else choices.get(value) or value
                )
            case tuple():
                return Listed(tuple(self._value(one, own, choices) for one in value))
            case _:
                return str(value)

    # ---- paths -------------------------------------------------------------------------------------------------------
    def path(self, path: str) -> Said:
        """Return what a figure's path leads through, by titles: what has none by its own name."""
        name = path.partition("/")[0]
        if name not in self._members:
            self._members[name] = members_in(name, self._regulation)
        within = inside(path, self._members[name])
        steps = within.items if isinstance(within, Listed) else ()
        return Listed((self.definition(name), *steps), BETWEEN)

    def line(self, sheet: str, item: str, line: str) -> Said:
        """Return a line of a sheet by the titles on the way to it."""
        return self.path(f"{sheet}/{item}/{line}")

    def _item(self, sheet: str, path: tuple[str, ...]) -> Said:
        whole = self.path("/".join((sheet, *path)))
        return Listed(whole.items[1:], BETWEEN) if isinstance(whole, Listed) else whole


def _is_mark(value: Value) -> bool:
    return isinstance(value, Unknown | NotApplicable)

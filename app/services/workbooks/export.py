"""A list as a table: the described subjects as of an instant, or the entries of a form; what goes out can come in."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any, Final, Protocol
from zoneinfo import ZoneInfo

from app.domain.core.values import Kind
from app.domain.entry import Entry, standing
from app.domain.kinds.form import Field, Form
from app.domain.kinds.form_versions import present
from app.domain.kinds.links import WORKER
from app.domain.zones import date_of
from app.i18n import HANT, SOURCE
from app.i18n.translator import Translator
from app.services.doers import Doers
from app.services.money import Money
from app.services.workbooks.flat import answer_at, flat_fields, rows_there
from app.services.workbooks.register import Register
from app.services.workbooks.workbook import CellValue

Seen = Callable[[Entry], bool]
"""Whether a reader may see an entry."""

_KEPT: Final = 15
"""The digits that a spreadsheet's numbers keep."""


@dataclass(frozen=True, slots=True)
class Table:
    """A list: its name, the titles of its columns, its rows with each cell as what it is."""

    name: str
    titles: tuple[str, ...]
    rows: tuple[tuple[CellValue, ...], ...]


class RowWriter(Protocol):
    """Takes the rows of a list as they come, for a list that is too long for memory. Blocking, but short each time."""

    def row(self, cells: Sequence[CellValue]) -> None:
        """Write one row."""
        ...

    def close(self) -> None:
        """Finish the file."""
        ...


@dataclass(frozen=True, slots=True)
class Reader:
    """What a reader may see: which entries, and who is told to have done what (None: everything)."""

    seen: Seen = lambda _: True
    doers: Doers | None = None


OPERATOR = Reader()
"""Whoever runs the place reads it all."""


def table_of(
    register: Register,
    form: Form,
    as_of: datetime,
    t: Translator,
    *,
    sensitive: bool,
    entries: bool = False,
    reader: Reader = OPERATOR,
) -> Table:
    """Return the subjects that a form describes as they were at `as_of`.

    If it describes nothing, or with `entries`, these are the form's standing entries until then. Sensitive
    answers come along only where `sensitive` says so; files and notes never do. `reader` narrows to its part.
    """
    words = Words(register, t)
    as_register = form.describes is not None and not entries
    told = [entry for entry in listed(register, form, as_of, entries=entries) if reader.seen(entry)]
    fields = [
        item
        for item in flat_fields(form, rows_there(form, told))
        if item.type.kind is not Kind.DATA and (sensitive or not item.sensitive)
    ]
    own: tuple[str, ...] = (t("workbook-column-subject"),)
    if not as_register:
        own = (t("workbook-column-at"), t("workbook-column-by"), *own)
    rows = tuple(_row(entry, form, fields, (words, reader.doers), as_register=as_register) for entry in told)
    if as_register:
        rows = tuple(sorted(rows, key=lambda row: tuple(map(str, row[1:]))))
    return Table(t.text(form.heading.title) or form.id, (*own, *_titles(fields, own, t)), rows)


def listed(register: Register, form: Form, as_of: datetime, *, entries: bool = False) -> Sequence[Entry]:
    """Return the newest entry of each subject that a form describes and that is there at `as_of`.

    If it describes nothing, or with `entries`, the form's standing entries until then.
    """
    stands = standing(_concerned(register, form), register.now)
    told = [entry for entry in stands if entry.form == form.id and entry.at <= as_of]
    if form.describes is None or entries:
        return told
    day = date_of(register.community.regulation.calendar.zone, as_of).isoformat()
    latest = {entry.subject: entry for entry in told}
    return [entry for entry in latest.values() if not _ended(form, entry, day)]


def _concerned(register: Register, form: Form) -> Iterable[Entry]:
    entries = register.community.entries.values()
    return (entry for entry in entries if entry.form == form.id or entry.supersedes is not None)


def _ended(form: Form, entry: Entry, day: str) -> bool:
    ended = present(form, entry.answers).get(form.ends or "")
    return isinstance(ended, str) and ended <= day


def _titles(fields: Iterable[Field], own: tuple[str, ...], t: Translator) -> Iterator[str]:
    """Yield the questions' titles; one that another column has too is followed by the question's id."""
    seen = set(own)
    for item in fields:
        title = t.text(item.title) or item.id
        yield title if title not in seen else f"{title} ({item.id})"
        seen.add(title)


def _row(
    entry: Entry,
    form: Form,
    fields: Iterable[Field],
    told: tuple["Words", Doers | None],
    *,
    as_register: bool,
) -> tuple[CellValue, ...]:
    words, doers = told
    said = present(form, entry.answers)
    answers = tuple(words.cell(item, answer_at(said, item.id)) for item in fields)
    if as_register:
        return (entry.subject, *answers)
    about = form.describes or form.about or ""
    who = words.references(about, entry) if form.describes is None else entry.subject
    by = None if doers is not None and doers.hides(entry) else words.reference(WORKER, entry.by)
    return (words.moment(entry.at), by, who, *answers)


class Words:
    """Answers as cells: days as days, numbers as numbers, choices and references as people call them."""

    def __init__(self, register: Register, t: Translator) -> None:
        self._register = register
        self._t = t
        self._zone = ZoneInfo(register.community.regulation.calendar.zone)
        self._between = "、" if t.language in {SOURCE, HANT} else "; "

    def cell(self, item: Field, data: Any) -> CellValue:  # noqa: ANN401 - JSON is any of its types
        """Return the cell of an answer."""
        if data is None or data == []:
            return None
        titles = {choice.id: self._t.text(choice.title) or choice.id for choice in item.choices}
        items = [str(one) for one in (data if isinstance(data, list) else [data])]
        match item.type.kind:
            case Kind.CHOICE | Kind.CHOICES:
                return self._between.join(titles.get(one, one) for one in items)
            case Kind.REF | Kind.REFS:
                return self._between.join(self.reference(item.type.to or "", one) or "" for one in items)
            case Kind.BOOLEAN:
                return bool(data)
            case _:
                return self._plain(item.type.kind, data)

    def references(self, about: str, entry: Entry) -> str | None:
        """Return whom an entry is about, all of them; an import reads them as they are written."""
        named = (self.reference(about, one) for one in (entry.subject, *entry.subjects) if one)
        return self._between.join(filter(None, named)) or None

    def _plain(self, kind: Kind, data: Any) -> CellValue:  # noqa: ANN401 - JSON is any of its types
        text = str(data)
        try:
            match kind:
                case Kind.DATE:
                    return date.fromisoformat(text)
                case Kind.INSTANT:
                    return self.moment(datetime.fromisoformat(text))
                case Kind.TIME:
                    return time.fromisoformat(text)
                case Kind.INTEGER | Kind.NUMBER | Kind.MONEY if sum(map(str.isdigit, text)) <= _KEPT:
                    amount = Money.of(text) if kind is Kind.MONEY else None
                    if isinstance(amount, Money):
                        return amount
                    return int(text) if text.lstrip("-").isdigit() else float(text)
        except ValueError:
            pass  # as an older form had it
        return text

    def moment(self, at: datetime) -> datetime:
        """Return an instant as the clocks of the place show it."""
        return at.astimezone(self._zone).replace(tzinfo=None, microsecond=0)

    def reference(self, to: str, name: str | None) -> str | None:
        """Return what a reference is called, or its id where that wouldn't lead back to it."""
        if name is None:
            return None
        register = self._register
        place = register.community.regulation.places.places.get(name)
        role = register.community.regulation.roles.get(name) if to == "role" else None
        label = register.labels.all(to).get(name)
        if label is not None:
            shown = " ".join(filter(None, (label.plate, label.name)))
        elif role is not None:
            shown = self._t.text(role.heading.title)
        else:
            shown = "" if place is None else self._t.text(place.title)
        return shown if shown and tuple(register.find(to, shown)) == (name,) else name

"""Cases: given entries and expected rows, read with the types of their forms and tables."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from app.declarations import scalars
from app.declarations.build.context import Context
from app.declarations.build.world import read_profile
from app.declarations.located import At
from app.declarations.schema.cases import CaseIn, CasePlace
from app.domain.core.expressions import Literal
from app.domain.core.json_values import read_text, to_json
from app.domain.core.types import read_literal
from app.domain.core.values import Kind, NotApplicable, Type, Unknown, Value
from app.domain.entry import Entry
from app.domain.kinds.case import Case, Expected
from app.domain.kinds.flag import ROWS
from app.domain.kinds.form import Field, Form
from app.domain.place import Place, PlaceTree, profile_types
from app.domain.source_forms import GIVEN
from app.domain.source_rows import subject_type

_MOST_REPEATS = 10_000
_ENTRY_KEYS = (
    "form",
    "id",
    "at",
    "by",
    "subject",
    "subjects",
    "place",
    "recorded_at",
    "supersedes",
    "repeat",
    "excluded",
)
_LISTS = (Kind.CHOICES, Kind.REFS)
_NOBODY = "nobody"
_DAY: Final = re.compile(r"\{day:([0-9]{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01]))\}")
_MONTH: Final = re.compile(r"\{month:([0-9]{4})-(0[1-9]|1[0-2])\}")
FLAGGED: Final = {column.name: column.type for column in ROWS.columns}
"""What a case may expect of a flag."""
_MARKS: Final[Mapping[str, Value]] = {"unknown": Unknown(), "n/a": NotApplicable()}
"""How a mark is expected in a column that holds no text, whatever its reason."""


def _numbered(text: str, number: int) -> str:
    """Return a text of the `number`th repeated entry.

    `{n}` is its number, `{day:2025-03-01}` a day later each time, `{month:2025-03}` the first of a month later.
    """
    numbered = _DAY.sub(lambda found: _days_on(found[1], number - 1), text.replace("{n}", str(number)))
    return _MONTH.sub(lambda found: _months_on(int(found[1]), int(found[2]), number - 1), numbered)


def _months_on(year: int, month: int, later: int) -> str:
    """Return the first day of so many months later; after the last year that there is, a text that is no date."""
    years, months = divmod(month - 1 + later, 12)
    return f"{year + years:04}-{months + 1:02}-01"


def _days_on(text: str, days: int) -> str:
    """Return the date that many days on; what is no date stays, and is told of where it is read."""
    try:
        return (date.fromisoformat(text) + timedelta(days=days)).isoformat()
    except (ValueError, OverflowError):
        return text


def _several(data: object, number: int) -> tuple[str, ...]:
    """Return the subjects of an entry that is about several."""
    members = data if isinstance(data, list) else []
    return tuple(_numbered(str(one), number) for one in members)


def build_case(
    context: Context,
    model: CaseIn,
    at: At,
    forms: Mapping[str, Form],
    zone: ZoneInfo,
    items: Sequence[str] = (),
) -> Case | None:
    """Return a case, or None when its instant can't be read (noted). `items` are those that its file names."""
    as_of = _instant(context, model.as_of, at / "as_of", zone)
    if as_of is None:
        return None
    levels = {name: one.level if isinstance(one, CasePlace) else one for name, one in model.places.items()}
    reader = _Given(context, forms, zone, levels, {})
    entries: list[Entry] = []
    for number, data in enumerate(model.given):
        entries += reader.read(data, at / "given" / number, len(entries))
    root = next(iter(reader.places), "")
    return Case(
        title=model.case,
        as_of=as_of,
        period=model.period,
        given=tuple(entry if entry.place else replace(entry, place=root) for entry in entries),
        expect=tuple(
            _expected(context, data, at / "expect" / number, zone) for number, data in enumerate(model.expect)
        ),
        places=tuple(sorted(reader.places.items(), key=lambda pair: (pair[0].count("/"), pair[0]))),
        where=at.where,
        items=(*items, *(model.clause.items if model.clause else ())),
        facts=tuple(_facts(context, model, at / "places")),
        excluded=frozenset(reader.excluded.items()),
        called=model.called,
    )


def _facts(context: Context, model: CaseIn, at: At) -> Iterator[tuple[str, tuple[tuple[str, Value], ...]]]:
    """Yield what a case tells of its places; a fact that no place's file tells, or tells as another sort, is noted."""
    known = context.tables.profile
    for place, one in model.places.items():
        if not isinstance(one, CasePlace) or not one.profile:
            continue
        told = read_profile(one.profile)
        sorts = profile_types(PlaceTree.of([Place(place, one.level, {}, told)]))
        for name in told:
            where = at / place / "profile" / name
            if name not in known:
                context.unknown(name, where, known, "column", key=True)
            elif sorts[name].kind is not known[name].kind:
                context.wrong("shape", where.where, name)
        yield place, tuple(told.items())


def _instant(context: Context, text: object, at: At, zone: ZoneInfo) -> datetime | None:
    try:
        return scalars.parse_instant(text, zone)
    except scalars.ScalarError:
        context.wrong("not_an_instant", at.where, str(at.path[-1]))
        return None


@dataclass(slots=True)
class _Given:
    """Reads given entries. `places` grows by those that entries name without a declaration.

    `excluded` are the reasons why entries don't count, by their ids, where the case says so.
    """

    context: Context
    forms: Mapping[str, Form]
    zone: ZoneInfo
    places: dict[str, str]
    excluded: dict[str, str]

    def read(self, data: Mapping[str, object], at: At, before: int) -> Iterator[Entry]:
        """Yield the entries of one row, `repeat` times; ids that aren't given are numbered from `before` on."""
        name = data.get("form")
        if not isinstance(name, str):
            self.context.note("E106", at.where, name="form")
            return
        if name in self.context.names.levels and name not in self.forms:
            if isinstance(subject := data.get("subject"), str):
                self.places.setdefault(subject, name)
            return
        form = self.forms.get(name)
        if form is None:
            self.context.unknown(name, at / "form", self.forms, "form")
            return
        if "at" not in data:
            self.context.note("E106", at.where, name="at")
            return
        for number in range(1, self._times(data, at) + 1):
            given = data["at"]
            given = _numbered(given, number) if isinstance(given, str) else given
            when = _instant(self.context, given, at / "at", self.zone)
            if when is None:
                return
            entry = self._entry(data, at, form, when, number, before + number)
            if isinstance(reason := data.get("excluded"), str):
                self.excluded[entry.id] = reason
            yield entry

    def _times(self, data: Mapping[str, object], at: At) -> int:
        if "repeat" not in data:
            return 1
        try:
            return min(scalars.parse_integer(data["repeat"]), _MOST_REPEATS)
        except scalars.ScalarError:
            self.context.wrong("not_an_integer", (at / "repeat").where, "repeat")
            return 1

    def _entry(
        self, data: Mapping[str, object], at: At, form: Form, when: datetime, number: int, position: int
    ) -> Entry:
        def text(key: str) -> str | None:
            value = data.get(key)
            return _numbered(value, number) if isinstance(value, str) else None

        day = when.astimezone(self.zone).date()
        form, asked = form.version_on(day), form.on(day)
        about = subject_type(form)
        subject = text("subject")
        answers: dict[str, object] = {}
        for key, value in data.items():
            field = form.field(key)
            if field is not None and (key not in _ENTRY_KEYS or key == "place"):
                answers[key] = (
                    self._rows(value, field, at / key, number)
                    if field.columns
                    else self._answer(value, field.type, at / key, number)
                )
            elif key == about:
                subject = subject or text(key)
            elif key not in _ENTRY_KEYS:
                known = [*_ENTRY_KEYS, *(item.id for item in form.fields)]
                self.context.unknown(key, at / key, known, "field", key=True)
        _fill(asked, answers)
        recorded = (
            _instant(self.context, data["recorded_at"], at / "recorded_at", self.zone)
            if "recorded_at" in data
            else None
        )
        place = text("place") or ""
        self._note_places(form, place, subject, answers)
        return Entry(
            id=text("id") or f"given-{position:05d}",
            place=place,
            form=form.id,
            at=when,
            by=text("by") or _NOBODY,
            recorded_at=recorded or when,
            answers=answers,
            subject=subject,
            source=GIVEN,
            supersedes=text("supersedes"),
            subjects=_several(data.get("subjects"), number),
        )

    def _rows(self, value: object, repeat: Field, at: At, number: int) -> list[dict[str, object]]:
        """Return the rows of a repeat, each with its answers as JSON."""
        columns = {item.id: item.type for item in repeat.columns}
        found: list[dict[str, object]] = []
        for position, row in enumerate(value if isinstance(value, list) else [value]):
            here = at / position
            if not isinstance(row, Mapping):
                self.context.wrong("mapping", here.where, repeat.id)
                continue
            for name in row.keys() - columns.keys():
                self.context.unknown(name, here / name, columns, "field", key=True)
            known = {name: one for name, one in row.items() if name in columns}
            found.append(
                {name: self._answer(one, columns[name], here / name, number) for name, one in known.items()}
            )
        return found

    def _answer(self, value: object, own: Type, at: At, number: int) -> object:
        """Return an answer as JSON: lists of texts, integers and truths as such, the rest as text."""
        if own.kind in _LISTS:
            members = value if isinstance(value, list) else [value]
            member = Type(Kind.CHOICE if own.kind is Kind.CHOICES else Kind.REF, choices=own.choices)
            return [self._scalar(item, member, at, number) for item in members if item != ""]
        return self._scalar(value, own, at, number)

    def _scalar(self, value: object, own: Type, at: At, number: int) -> object:
        if not isinstance(value, str):
            if own.kind is not Kind.DATA:
                self.context.wrong("text", at.where, str(at.path[-1]))
            return value
        text = _numbered(value, number)
        try:
            if own.kind is Kind.INSTANT:
                return scalars.parse_instant(text, self.zone).isoformat()
            return to_json(read_text(own, text)) if own.kind is not Kind.DATA else text
        except ValueError as fault:
            if own.kind is Kind.CHOICE:
                self.context.unknown(text, at, own.choices, "not_a_choice")
            else:
                self.context.wrong(str(fault), at.where, str(at.path[-1]))
            return None

    def _note_places(
        self, form: Form, place: str, subject: str | None, answers: Mapping[str, object]
    ) -> None:
        """Note the places that an entry names: its own by the role's level, those of its answers by their type."""
        levels = self.context.names.levels
        if form.about in levels and subject:
            self.places.setdefault(subject, str(form.about))
        for field in form.fields:
            value = answers.get(field.id)
            if field.type.kind is Kind.REF and field.type.to in levels and isinstance(value, str):
                self.places.setdefault(value, str(field.type.to))
        if place and place not in self.places:
            self.places[place] = self._level_of_role(form, answers)

    def _level_of_role(self, form: Form, answers: Mapping[str, object]) -> str:
        for field in form.fields:
            if field.type.to == "role":
                document = self.context.names.of("role").get(str(answers.get(field.id)))
                level = getattr(document.model, "level", None) if document else None
                if isinstance(level, str):
                    return level
        return "community"


def _fill(form: Form, answers: dict[str, object]) -> None:
    """Add what a case needn't repeat: a required answer left out has the field's constant default, a text a dash.

    Other required answers (a date, a reference, a list) stay missing, since a case must say what decides it.
    """
    for field in form.fields:
        if not field.required or field.relevant is not None or field.id in answers:
            continue
        if isinstance(field.default, Literal):
            answers[field.id] = to_json(field.default.value)
        elif field.type.kind is Kind.TEXT:
            answers[field.id] = "–"


def _expected(context: Context, data: Mapping[str, object], at: At, zone: ZoneInfo) -> Expected:
    table = data.get("in")
    rows: int | None = None
    wanted: list[tuple[str, Value]] = []
    if not isinstance(table, str):
        context.note("E106", at.where, name="in")
        return Expected("", (), None, at.where)
    columns = FLAGGED if table in context.names.of("flag") else context.tables.columns(table)
    if columns is None:
        context.unknown(table, at / "in", context.names.tables(), "table")
        return Expected(table, (), None, at.where)
    for key, value in data.items():
        where = at / key
        if key == "in":
            continue
        if key == "rows":
            try:
                rows = scalars.parse_integer(value)
            except scalars.ScalarError:
                context.wrong("not_an_integer", where.where, key)
        elif key not in columns:
            context.unknown(key, where, columns, "column", key=True)
        else:
            wanted.append((key, _value(context, value, columns[key], where, zone)))
    return Expected(table, tuple(wanted), rows, at.where)


def _value(context: Context, value: object, own: Type, at: At, zone: ZoneInfo) -> Value:
    if not isinstance(value, str):
        context.wrong("text", at.where, str(at.path[-1]))
        return None
    if value in _MARKS and own.kind is not Kind.TEXT:
        return _MARKS[value]
    try:
        if own.kind is Kind.INSTANT:
            return scalars.parse_instant(value, zone)  # a day or a time without an offset are the place's
        return read_literal(value, own).value
    except ValueError as fault:
        if str(fault) == "not_a_choice":
            context.unknown(value, at, own.choices, "not_a_choice")
        else:
            context.wrong(str(fault), at.where, str(at.path[-1]))
        return None

"""What people call things: the names of subjects, workers, places and entries, from what the forms declare."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from app.domain.core.values import Kind, NotApplicable, Schema, Unknown
from app.domain.kinds.common import Texts
from app.domain.kinds.form import Field, Form
from app.domain.regulation import Regulation
from app.domain.source_histories import history_table
from app.services.as_known import Tables


@dataclass(frozen=True, slots=True)
class SubjectLabel:
    """How a subject is shown: `name`, the text on its door plate, the groups that lists put it in, its place.

    It has been there (without a break) `since`, `until` it left or will; `entry` told its present state. `sort` is
    its answer to what says its sort, for those who may see that.
    """

    id: str
    name: str
    plate: str
    groups: tuple[str, ...]
    place: str
    present: bool = True
    since: datetime | None = field(default=None, compare=False)
    until: datetime | None = field(default=None, compare=False)
    entry: str = field(default="", compare=False)
    sort: str = field(default="", compare=False)


class Labels:
    """Names as of now, read from the described subjects' histories."""

    def __init__(self, evaluation: Tables, now: datetime) -> None:
        """Look at one community's tables; names are those in force at `now`, or the last ones."""
        self._evaluation = evaluation
        self._regulation = evaluation.regulation
        self._now = now
        self._subjects: dict[str, Mapping[str, SubjectLabel]] = {}
        self._reading: set[str] = set()

    @property
    def now(self) -> datetime:
        """The instant of which the names are."""
        return self._now

    @property
    def regulation(self) -> Regulation:
        """The regulation whose forms name things."""
        return self._regulation

    def form_of(self, subject: str) -> Form | None:
        """Return the form that describes `subject` (a type of subject), or None."""
        return next((form for form in self._regulation.forms.values() if form.describes == subject), None)

    def all(self, subject: str) -> Mapping[str, SubjectLabel]:
        """Return the labels of all subjects of a type, by id; none for a type that no form describes."""
        if subject not in self._subjects:
            self._reading.add(
                subject
            )  # two registers that name each other by each other: the second by its id
            self._subjects[subject] = self._read(subject)
            self._reading.discard(subject)
        return self._subjects[subject]

    def of(self, subject: str, subject_id: str) -> SubjectLabel:
        """Return one subject's label, for a merged one that of whom it was merged into; an unknown one has its id."""
        known = self.all(subject)
        return (
            known.get(subject_id)
            or known.get(self._evaluation.identity.lead(subject, subject_id))
            or SubjectLabel(subject_id, subject_id, "", (), "", present=False)
        )

    def entry(self, form_id: str, entry_id: str) -> Texts:
        """Return an entry in words: its form's title, and the plate of whom it is about; never the id."""
        form = self._regulation.forms[form_id]
        plate = ""
        if form.about is not None and self._evaluation.has(form_id):
            row = self._evaluation.rows(form_id).get(entry_id)
            at = self._evaluation.schema(form_id).position("subject") if row is not None else 0
            plate = self.of(form.about, str(row[at])).plate if row is not None else ""
        return {language: f"{title} {plate}".strip() for language, title in form.heading.title.items()}

    def place(self, place_id: str) -> Texts:
        """Return the title of a place; an unknown one is shown by the last part of its id."""
        place = self._regulation.places.places.get(place_id)
        return place.title if place is not None else {"zh": place_id.rpartition("/")[2]}

    def _read(self, subject: str) -> dict[str, SubjectLabel]:
        form = self.form_of(subject)
        table = history_table(subject)
        if form is None or not self._evaluation.has(table):
            return {}
        schema = self._evaluation.schema(table)
        latest: dict[str, tuple[Any, ...]] = {}
        ends: dict[tuple[str, Any], Any] = {}
        at, start, end = (schema.position(name) for name in ("subject", "start", "end"))
        for row in self._evaluation.rows(table).values():
            known = latest.get(row[at])
            ends[row[at], row[end]] = row[start]
            if row[start] <= self._now and (known is None or known[start] < row[start]):
                latest[row[at]] = row
        grid = next((f.id for f in form.fields if f.type.to in self._levels()), "place")
        asked = sort_field(form)
        sort = () if asked is None else (asked.id,)
        found = {}
        for key, row in latest.items():
            since = row[start]
            while (key, since) in ends and ends[key, since] < since:
                since = ends[key, since]
            found[key] = SubjectLabel(
                key,
                self._named(form, row, schema) or key,
                _joined(row, schema, (form.plate,) if form.plate else ()),
                tuple(_text(row[schema.position(name)]) for name in form.group_by if name in schema),
                _text(row[schema.position(grid)]) or _text(row[schema.position("place")]),
                row[end] is None or row[end] > self._now,
                since,
                row[end],
                str(row[schema.position("id")]),
                _joined(row, schema, sort),
            )
        return found

    def _named(self, form: Form, row: tuple[Any, ...], schema: Schema) -> str:
        """Return what the form's `label` says; what it refers to in another register goes by its name there."""
        words = []
        for name in form.label or self._referring(form):
            if name not in schema:
                continue
            word = _text(row[schema.position(name)])
            to = schema.type_of(name).to
            if word and to and to not in self._reading and self.form_of(to) is not None:
                word = self.of(to, word).name
            words.append(word)
        return " ".join(filter(None, words))

    def _referring(self, form: Form) -> tuple[str, ...]:
        """Return the first reference to a register that has to be answered: a post goes by its holder."""
        return tuple(
            item.id
            for item in form.fields
            if item.required
            and item.type.kind is Kind.REF
            and item.type.to not in self._reading
            and self.form_of(item.type.to or "") is not None
        )[:1]

    def _levels(self) -> set[str]:
        return {place.level for place in self._regulation.places.places.values()}


def sort_field(form: Form) -> Field | None:
    """Return the question that says of what sort a record is: the first single choice that has to be answered.

    A role that has to be picked says so, too.

    None where records have a door plate, which tells them apart.
    """
    if form.plate is not None:
        return None
    sorts = (
        item.required and (item.type.kind is Kind.CHOICE or item.type.to == "role") for item in form.fields
    )
    return next((item for item, says in zip(form.fields, sorts, strict=True) if says), None)


def _joined(row: tuple[Any, ...], schema: Schema, names: tuple[str, ...]) -> str:
    return " ".join(filter(None, (_text(row[schema.position(name)]) for name in names if name in schema)))


def _text(value: object) -> str:
    return "" if value is None or isinstance(value, Unknown | NotApplicable) else str(value)

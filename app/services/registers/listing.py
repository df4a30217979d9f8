"""A register as a list: who is in it at an instant, filtered, in pages, with what is owed now."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Final

from app.domain.core.values import NotApplicable, Unknown
from app.domain.kinds.common import Texts
from app.domain.kinds.duty import Duty, State
from app.domain.zones import date_of, start_of_day
from app.services.as_known import Tables
from app.services.evaluate import Evaluation
from app.services.labels import Labels, SubjectLabel
from app.services.occurrences import OPEN, Occurrence, occurrences, urgency
from app.services.registers.facts import Subjects
from app.services.registers.left_behind import LeftBehind
from app.services.registers.natural import natural
from app.services.registers.sorts import sort_of

PAGE: Final = 40


class Who(StrEnum):
    """Which part of a register: those in it, those who came or left this month, those who are gone."""

    PRESENT = "present"
    CAME = "came"
    LEFT = "left"
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class Query:
    """Which subjects: `text` in name, plate or groups; in `place`; `value` of the class `klass`; `late`: open ones.

    `on` is the day at whose end the register is looked at (None: now), `known` the day by whose end it was recorded.
    """

    about: str
    text: str = ""
    place: str = ""
    klass: str = ""
    value: str = ""
    late: bool = False
    offset: int = 0
    who: Who = Who.PRESENT
    on: date | None = None
    known: date | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """A subject in the list, with the worst state of what is owed to it now; `since` when it has been in the register.

    `until` is the last day for those who left, or will. `sort` is what sort of record it is. `may_move`: the day hangs
    on days off that aren't published yet.
    """

    label: SubjectLabel
    group: str
    place: Texts
    state: State | None
    duty: Texts
    day: date | None
    since: date | None = None
    until: date | None = None
    sort: Texts = field(default_factory=dict)
    may_move: bool = False


@dataclass(frozen=True, slots=True)
class Page:
    """A page of the list. `places` and `classes` are what can be filtered by, id → title; `own` is one's own place.

    `counts` says how many there are of each part, whatever is filtered. `past`: it isn't the register as of now.
    `duplicates` and `quality`: the form says when two records may be one, and what a good one is. `left` tells of those
    that are in places which are there no more. `moves`: its records are somebody's who comes and leaves.
    """

    rows: tuple[Row, ...]
    total: int
    title: Texts
    form: str
    may_add: bool
    places: Mapping[str, Texts]
    own: str
    classes: Mapping[str, Mapping[str, Texts]]
    today: date
    counts: Mapping[Who, int]
    past: bool = False
    duplicates: bool = False
    quality: bool = False
    left: tuple[LeftBehind, ...] = ()
    moves: bool = True


class Register:
    """One register as an actor sees it at an instant."""

    def __init__(self, seen: Subjects, about: str, tables: Tables, at: datetime, *, past: bool) -> None:
        """Look at `tables` at `at`; with `past` the actor sees only what it sees at present too."""
        self._seen = seen
        self._about = about
        self._tables = tables
        self._at = at
        self._past = past
        self._labels = Labels(tables, at)
        regulation = seen.regulation
        self._zone = regulation.calendar.zone
        day = date_of(self._zone, at)
        self._month = start_of_day(self._zone, day.replace(day=1))

    def visible(self) -> list[SubjectLabel]:
        """Return all that ever were in the register by then and that the actor sees."""
        return [label for label in self._labels.all(self._about).values() if self._sees(label)]

    def _sees(self, label: SubjectLabel) -> bool:
        if not self._seen.sees(label.place or self._seen.regulation.place.id):
            return False
        return not self._past or self._seen.exists(self._about, label.id)

    def belongs(self, label: SubjectLabel, who: Who) -> bool:
        """Whether a subject is in this part of the register."""
        since, until = label.since or self._at, label.until
        match who:
            case Who.PRESENT:
                return label.present
            case Who.CAME:
                return label.present and since >= self._month
            case Who.LEFT:
                return not label.present and until is not None and until >= self._month
            case Who.GONE:
                return not label.present

    def counts(self, labels: Iterable[SubjectLabel]) -> dict[Who, int]:
        """Return how many subjects there are in each part."""
        found = dict.fromkeys(Who, 0)
        for label in labels:
            for who in Who:
                found[who] += self.belongs(label, who)
        return found

    def places(self, labels: Iterable[SubjectLabel]) -> dict[str, Texts]:
        """Return the places in which the subjects are, id → title."""
        used = {label.place for label in labels if label.present and label.place}
        return {place: self._labels.place(place) for place in sorted(used)}

    def found(
        self, labels: Iterable[SubjectLabel], query: Query, worst: Mapping[str, Occurrence]
    ) -> list[SubjectLabel]:
        """Return the subjects that the query wants, by place, group and plate."""
        classes = classes_at(self._tables, self._seen, self._about, self._at).get(query.klass, {})
        wanted = query.text.casefold().split()
        kept = [
            label
            for label in labels
            if self.belongs(label, query.who)
            and _matches(label, wanted)
            and (not query.place or self._seen.regulation.places.contains(query.place, label.place))
            and (not query.klass or classes.get(label.id) == query.value)
            and (not query.late or label.id in worst)
        ]
        kept.sort(key=by_door)
        return kept

    def row(self, label: SubjectLabel, item: Occurrence | None) -> Row:
        """Return a subject as the list shows it."""
        return Row(
            label,
            " ".join(label.groups),
            self._labels.place(label.place),
            item.state if item else None,
            self._seen.regulation.duties[item.duty].heading.title if item else {},
            item.last_day(self._zone) if item else None,
            None if label.since is None else date_of(self._zone, label.since),
            None if label.until is None else date_of(self._zone, label.until - timedelta(microseconds=1)),
            sort_of(self._seen, self._about, label),
            item is not None and item.may_move(self._seen.regulation),
        )


def _matches(label: SubjectLabel, wanted: list[str]) -> bool:
    if not wanted:
        return True
    text = " ".join((label.name, label.plate, *label.groups)).casefold()
    return all(word in text for word in wanted)


def by_door(label: SubjectLabel) -> tuple[object, ...]:
    """Return a key that puts subjects in the order in which one walks by: place, group, door plate, name."""
    return label.place, natural(" ".join(label.groups)), natural(label.plate), label.name


def duties_about(evaluation: Evaluation, about: str) -> Iterator[Duty]:
    """Yield the duties that are owed to such subjects."""
    for duty in evaluation.regulation.duties.values():
        if evaluation.has(duty.id) and evaluation.schema(duty.id).type_of("subject").to == about:
            yield duty


def worst(seen: Subjects, about: str, now: datetime) -> dict[str, Occurrence]:
    """Return, by subject, the open occurrence that is due first; late ones before others."""
    found: dict[str, Occurrence] = {}
    for duty in duties_about(seen.evaluation, about):
        for item in occurrences(seen.evaluation, duty):
            if item.state not in OPEN or item.start > now:
                continue
            known = found.get(item.of)
            if known is None or _urgency(item) < _urgency(known):
                found[item.of] = item
    return found


def _urgency(item: Occurrence) -> tuple[int, bool, datetime]:
    """Return a key that puts what is late before what is due, and what stands still behind both."""
    return urgency(item.state), item.due is None, item.due or item.start


def classes_at(tables: Tables, seen: Subjects, about: str, at: datetime) -> dict[str, dict[str, str]]:
    """Return, by class, each subject's case at an instant; none where only the registers are known."""
    table = f"{about}.classes#"
    if not tables.has(table):
        return {}
    schema = tables.schema(table)
    declared = [item.heading.id for item in seen.regulation.classes.values() if item.of == about]
    names = [name for name in declared if name in schema]
    key, start, end = (schema.position(name) for name in ("subject", "start", "end"))
    found: dict[str, dict[str, str]] = {name: {} for name in names}
    for row in tables.rows(table).values():
        if row[start] <= at and (row[end] is None or at < row[end]):
            for name in names:
                value = row[schema.position(name)]
                if not isinstance(value, Unknown | NotApplicable):
                    found[name][row[key]] = str(value)
    return found


def class_titles(seen: Subjects, about: str) -> dict[str, dict[str, Texts]]:
    """Return, by class of such subjects, what its cases are called."""
    return {
        item.heading.id: {case.id: case.title or {"zh": case.id} for case in item.first_of}
        for item in seen.regulation.classes.values()
        if item.of == about
    }

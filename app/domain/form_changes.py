"""What another regulation makes of the answers that there are: which it reads as before, otherwise, or no more."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum

from app.domain.core.values import NotApplicable, Unknown, Value
from app.domain.entry import Entry
from app.domain.kinds.common import Texts
from app.domain.kinds.form import Field, Form
from app.domain.problem import Where
from app.domain.regulation import Regulation
from app.domain.renamed_questions import Renamed, renamed
from app.domain.source_answers import UnreadableError
from app.domain.source_rows import EntryReader, Row

MISSING = "answer_missing"
"""Why an entry is left out that wasn't asked what is required now."""


class Fate(StrEnum):
    """What becomes of an answer, or of an entry that lacks one."""

    NEW = "new"  # the question is new: it is unknown in the entry
    CARRIED = "carried"  # the question has another name: its answer goes on
    OTHERWISE = "otherwise"  # the answer is read as another value
    GONE = "gone"  # nobody asks it any more: the answer stays in the entry and is read by nothing
    LEFT_OUT = "left_out"  # the entry can't be read by the new form: it counts nowhere


@dataclass(frozen=True, slots=True)
class QuestionChange:
    """How many entries a question's change touches, and how; `reason` says why entries are left out.

    `question` is empty where the whole form is gone; `where` is the place of the question, or of the form, in its file.
    """

    question: str
    fate: Fate
    entries: int
    reason: str = ""
    where: Where | None = None
    title: Texts = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class FormChange:
    """What becomes of the standing entries of a form, `entries` in all; `renamed`: what may be old questions."""

    form: str
    title: Texts
    entries: int
    questions: tuple[QuestionChange, ...]
    renamed: tuple[Renamed, ...] = ()

    @property
    def left_out(self) -> int:
        """How many entries count nowhere any more."""
        return sum(one.entries for one in self.questions if one.fate is Fate.LEFT_OUT)


def form_changes(before: Regulation, after: Regulation, standing: Iterable[Entry]) -> tuple[FormChange, ...]:
    """Return what `after` makes otherwise of the entries that stand, by form; none where it reads them as before."""
    entries: dict[str, list[Entry]] = {}
    for entry in standing:
        entries.setdefault(entry.form, []).append(entry)
    found = []
    for name, old in before.forms.items():
        given = entries.get(name, [])
        new = after.forms.get(name)
        if not given or new == old:
            continue
        if new is None:
            gone = QuestionChange("", Fate.LEFT_OUT, len(given), "form_gone", old.heading.where)
            found.append(FormChange(name, old.heading.title, len(given), (gone,)))
            continue
        zones = before.calendar.zone, after.calendar.zone
        questions = tuple(_questions(old, new, given, zones))
        if questions:
            names = _renamed(old, new)
            found.append(FormChange(name, new.heading.title, len(given), questions, names))
    return tuple(found)


def _questions(
    old: Form, new: Form, entries: Iterable[Entry], zones: tuple[str, str]
) -> Iterator[QuestionChange]:
    was, now = EntryReader(old, zones[0]), EntryReader(new, zones[1])
    pairs = list(_pairs(old, new))
    counted: Counter[tuple[str, Fate, str]] = Counter()
    for entry in entries:
        read = _read(was, entry)
        if read is None:
            continue  # it counted nowhere before
        try:
            again = now.answers(entry)
        except UnreadableError as fault:
            counted[fault.field, Fate.LEFT_OUT, fault.reason] += 1
            continue
        for (before, after), (one, other) in zip(pairs, _values(pairs, old, new, read, again), strict=True):
            fate = _fate(before, after, one, other)
            if fate is not None:
                counted[(after or before or old.fields[0]).id, fate, ""] += 1
    asked = {item.id: item for item in (*old.fields, *new.fields)}
    for (name, fate, reason), number in counted.items():
        item = asked.get(name)
        where, title = (None, {}) if item is None else (item.stands, item.title)
        yield QuestionChange(name, fate, number, reason, where, title)


Pair = tuple[Field | None, Field | None]


def _pairs(old: Form, new: Form) -> Iterator[Pair]:
    """Yield each question as it was and as it is; None where there was, or is, none."""
    taken = set()
    for item in new.fields:
        same = next((one for one in old.fields if set(one.names) & set(item.names)), None)
        if same is not None:
            taken.add(same.id)
        yield same, item
    for item in old.fields:
        if item.id not in taken:
            yield item, None


def _renamed(old: Form, new: Form) -> tuple[Renamed, ...]:
    pairs = tuple(_pairs(old, new))
    return renamed(
        (one for one, other in pairs if one is not None and other is None),
        (other for one, other in pairs if one is None and other is not None),
    )


def _values(pairs: Iterable[Pair], old: Form, new: Form, was: Row, now: Row) -> Iterator[tuple[Value, Value]]:
    before = {item.id: value for item, value in zip(old.fields, was, strict=True)}
    after = {item.id: value for item, value in zip(new.fields, now, strict=True)}
    for one, other in pairs:
        yield before.get(one.id if one else ""), after.get(other.id if other else "")


def _fate(before: Field | None, after: Field | None, was: Value, now: Value) -> Fate | None:
    if before is None:
        return Fate.NEW if isinstance(now, Unknown) else None
    if isinstance(was, Unknown | NotApplicable) or was is None:
        return None
    if after is None:
        return Fate.GONE
    if was != now:
        return Fate.OTHERWISE
    return Fate.CARRIED if before.id != after.id else None


def _read(reader: EntryReader, entry: Entry) -> Row | None:
    try:
        return reader.answers(entry)
    except UnreadableError:
        return None

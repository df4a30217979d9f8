"""What an import holds its rows against: the described subjects as they are, and what references can mean."""

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from app.domain.core.values import Column
from app.domain.entry import Entry, standing
from app.domain.kinds.common import Texts
from app.domain.kinds.form import Form
from app.domain.kinds.form_versions import present
from app.domain.source_histories import history_table
from app.domain.submission import Subject
from app.domain.zones import date_of
from app.services.canonical import canonical_json
from app.services.labels import Labels
from app.services.live import Community
from app.services.picking import Standing
from app.services.workbooks.cells import folded

Key = tuple[str, ...]


def key_of(answers: Mapping[str, Any], fields: Sequence[str]) -> Key | None:
    """Return what a subject is known by, as it is compared; None while a part of it is missing."""
    parts = []
    for name in fields:
        value = answers.get(name)
        if value is None or value == "":
            return None
        parts.append(folded(value) if isinstance(value, str) else canonical_json(value))
    return tuple(parts) or None


class Register:
    """A community as it was when an import began; indexes are built once, for all rows."""

    def __init__(self, community: Community, now: datetime) -> None:
        """Look at one community as of `now`."""
        self.community = community
        self.now = now
        self.labels = Labels(community.evaluation, now)
        self.standing = Standing(community, now)
        self._latest: dict[str, dict[str, Entry]] = {}
        self._began: dict[str, dict[str, datetime]] = {}
        self._found: dict[str, dict[str, list[str]]] = {}
        self._answers: dict[tuple[str, str], Sequence[str]] = {}
        self._histories: dict[str, dict[str, list[tuple[Any, ...]]]] = {}
        self._moments: dict[str, dict[tuple[str | None, str, int], list[Entry]]] = {}
        self._keys: dict[tuple[str, Key], dict[Key, list[str]]] = {}

    # ---- described subjects ------------------------------------------------------------------------------------
    def latest(self, form: Form) -> Mapping[str, Entry]:
        """Return, by subject, the newest standing entry of the form that describes it."""
        if form.id not in self._latest:
            self._latest[form.id] = {
                entry.subject: entry for entry in self.standing_of(form.id) if entry.subject is not None
            }
        return self._latest[form.id]

    def known_by(self, form: Form, fields: Sequence[str], key: Key) -> Sequence[str]:
        """Return the subjects that are there now and known by these values."""
        whose = (form.id, tuple(fields))
        if whose not in self._keys:
            index: dict[Key, list[str]] = {}
            for subject, entry in self.latest(form).items():
                own = key_of(present(form, entry.answers), fields)
                if own is not None and not self._gone(form, entry):
                    index.setdefault(own, []).append(subject)
            self._keys[whose] = index
        return self._keys[whose].get(key, ())

    def began(self, form: Form, subject: str | None) -> datetime | None:
        """Return from when a subject is recorded, None where it isn't yet."""
        if form.id not in self._began:
            begins = self._began[form.id] = {}
            for one in self.standing_of(form.id):
                if one.subject is not None:
                    begins[one.subject] = min(one.at, begins.get(one.subject, one.at))
        return self._began[form.id].get(subject or "")

    def at_the_same_time(self, entry: Entry) -> Sequence[Entry]:
        """Return what stands of the entry's form about the same subject, by the same person, in the same second."""
        if entry.form not in self._moments:
            index: dict[tuple[str | None, str, int], list[Entry]] = {}
            for one in self.standing_of(entry.form):
                index.setdefault(_moment(one), []).append(one)
            self._moments[entry.form] = index
        return self._moments[entry.form].get(_moment(entry), ())

    def standing_of(self, form: str) -> Iterable[Entry]:
        """Return the standing entries of a form, in order."""
        # What stands is decided among an entry and those that supersede it: others needn't be sorted.
        entries = self.community.entries.values()
        concerned = [entry for entry in entries if entry.supersedes is not None or entry.form == form]
        return (entry for entry in standing(concerned, self.now) if entry.form == form)

    def _gone(self, form: Form, entry: Entry) -> bool:
        ended = present(form, entry.answers).get(form.ends or "")
        today = date_of(self.community.regulation.calendar.zone, self.now)
        return isinstance(ended, str) and ended <= today.isoformat()

    def columns(self, about: str | None) -> tuple[Column, ...]:
        """Return the columns of a described subject's history; none for what no form describes."""
        evaluation = self.community.evaluation
        table = history_table(about or "")
        return evaluation.schema(table).columns if about and evaluation.has(table) else ()

    def state(self, about: str, subject: str, at: datetime) -> Subject | None:
        """Return the columns of the subject in force at `at`, else None."""
        columns = self.columns(about)
        if not columns:
            return None
        evaluation = self.community.evaluation
        schema = evaluation.schema(history_table(about))
        start, end = schema.position("start"), schema.position("end")
        if about not in self._histories:
            key = schema.position("subject")
            rows: dict[str, list[tuple[Any, ...]]] = {}
            for row in evaluation.rows(history_table(about)).values():
                rows.setdefault(str(row[key]), []).append(row)
            self._histories[about] = rows
        for row in self._histories[about].get(subject, ()):
            if row[start] <= at and (row[end] is None or at < row[end]):
                return Subject(columns, row)
        return None

    # ---- references --------------------------------------------------------------------------------------------
    def find(self, to: str, text: str) -> Sequence[str]:
        """Return the ids of what a text can mean: an id, else what is called so and there, else what was once."""
        asked = to, text
        if asked not in self._answers:
            self._answers[asked] = self._find(to, text)
        return self._answers[asked]

    def _find(self, to: str, text: str) -> Sequence[str]:
        if to not in self._found:
            index: dict[str, list[str]] = {}
            for words, name in self._called(to):
                names = index.setdefault(folded(words), [])
                if name not in names:
                    names.append(name)
            index.pop("", None)
            self._found[to] = index
        exact = unicodedata.normalize("NFC", text)
        if self._is(to, exact):
            return (exact,)
        found = self._found[to].get(folded(text), ())
        present = self.labels.all(to)
        there = [name for name in found if name not in present or present[name].present]
        return there or found

    def choices(self, to: str | None) -> tuple[Texts, ...]:
        """Return what can be written where one of few is meant: places and posts, which no register holds."""
        regulation = self.community.regulation
        if to == "role":
            return tuple(role.heading.title or {"zh": role.id} for role in regulation.roles.values())
        return tuple(
            one.title or {"zh": one.id}
            for one in regulation.places.within(regulation.place.id)
            if one.level == to
        )

    def _is(self, to: str, name: str) -> bool:
        regulation, evaluation = self.community.regulation, self.community.evaluation
        if to == "role":
            return name in regulation.roles
        if self.labels.form_of(to) is not None:
            return name in self.labels.all(to)
        place = regulation.places.places.get(name)
        if place is not None:
            return place.level == to
        return evaluation.has(to) and any(
            key == name or (isinstance(key, tuple) and key[0] == name) for key in evaluation.rows(to)
        )

    def _called(self, to: str) -> Iterable[tuple[str, str]]:
        regulation = self.community.regulation
        if to == "role":
            for role in regulation.roles.values():
                yield from ((title, role.id) for title in role.heading.title.values())
            return
        if self.labels.form_of(to) is not None:
            for label in self.labels.all(to).values():
                yield label.plate, label.id
                yield label.name, label.id
                yield f"{label.plate}{label.name}", label.id
                yield "".join((*label.groups, label.plate)), label.id
            return
        for place in regulation.places.within(regulation.place.id):
            if place.level == to:
                yield from ((title, place.id) for title in place.title.values())
                yield place.id.rpartition("/")[2], place.id


def _moment(entry: Entry) -> tuple[str | None, str, int]:
    return entry.subject, entry.by, int(entry.at.timestamp())

"""A described subject as it is at an instant: whether it is there, its columns, what it is called."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from app.domain.answer_rows import renamed
from app.domain.core.values import Column
from app.domain.entry import Entry
from app.domain.kinds.common import Texts
from app.domain.kinds.form import Form
from app.domain.kinds.form_versions import present
from app.domain.kinds.links import WORKER
from app.domain.source_histories import history_table
from app.domain.submission import Subject
from app.domain.zones import date_of
from app.i18n import LANGUAGES
from app.i18n.formats import day_of_year
from app.services.actor import Actor
from app.services.labels import Labels, SubjectLabel
from app.services.live import Community
from app.services.people import sees_place
from app.services.registers.natural import natural


class Subjects:
    """What the forms' references can point at, in one community at one instant, as one actor sees it."""

    def __init__(self, community: Community, actor: Actor, now: datetime) -> None:
        """Look at the tables as they are."""
        self.community = community
        self.regulation = community.regulation
        self.evaluation = community.evaluation
        self.actor = actor
        self.now = now
        self.labels = Labels(community.evaluation, now)

    def columns(self, about: str | None) -> tuple[Column, ...]:
        """Return the columns of a described subject's history; none for what no form describes."""
        table = history_table(about or "")
        return self.evaluation.schema(table).columns if about and self.evaluation.has(table) else ()

    def state(self, about: str, subject: str, at: datetime) -> Subject | None:
        """Return the columns of the subject in force at `at`, else None."""
        columns = self.columns(about)
        if not columns:
            return None
        table = history_table(about)
        schema = self.evaluation.schema(table)
        key, start, end = (schema.position(name) for name in ("subject", "start", "end"))
        for row in self.evaluation.rows(table).values():
            if row[key] == subject and row[start] <= at and (row[end] is None or at < row[end]):
                return Subject(columns, row)
        return None

    def exists(self, about: str, subject: str) -> bool:
        """Whether there is such a subject that the actor may see."""
        if self._described(about):
            label = self.labels.all(about).get(subject)
            if about == WORKER and label is not None and subject == self.actor.person:
                return True
            return label is not None and self.sees(label.place or self.regulation.place.id)
        place = self.regulation.places.places.get(subject)
        if place is not None:
            return place.level == about and self._reaches(subject)
        if self.regulation.latest(about) in self.regulation.rules:
            return any(finding == subject for finding, _ in self._findings(about))
        return self.evaluation.has(about) and any(
            key == subject or (isinstance(key, tuple) and key[0] == subject)
            for key in self.evaluation.rows(about)
        )

    def sees(self, place: str) -> bool:
        """Whether the actor sees what belongs to a place."""
        return sees_place(self.actor, place, self.regulation)

    def _reaches(self, place: str) -> bool:
        """Whether a place is the actor's, below it, or one that it lies in, up to the community."""
        tree = self.regulation.places
        return self.sees(place) or (
            tree.contains(place, self.actor.post.place) and tree.contains(self.regulation.place.id, place)
        )

    def _described(self, about: str) -> bool:
        return self.labels.form_of(about) is not None

    def led(self, form: Form, answers: Mapping[str, Any]) -> dict[str, Any]:
        """Return answers that name the records which stand for those that they named: some were merged since."""
        identity = self.evaluation.identity
        return renamed(form, answers, identity.lead) if identity.leads else dict(answers)

    def exists_as_reference(self, to: str, ref: str) -> bool:
        """Whether a reference points at something that is there: colleagues and roles are everybody's to name."""
        if to == "role":
            return ref in self.regulation.roles
        if to == WORKER:
            return ref in self.labels.all(WORKER)
        return self.exists(to, ref)

    def there(self, ref: str, at: datetime) -> bool:
        """Whether something isn't a place that hadn't begun at an instant, or had ended."""
        tree = self.regulation.places
        return ref not in tree.places or tree.there(ref, date_of(self.regulation.calendar.zone, at))

    def options(self, to: str, most: int = 400) -> dict[str, Texts | str]:
        """Return what a reference can be, id → words, present ones that the actor sees, in the order of their words."""
        if to == "role":
            return {role.id: role.heading.title for role in self.regulation.roles.values()}
        if self._described(to):
            found = [label for label in self.labels.all(to).values() if label.present]
            own = [label for label in found if self.sees(label.place or self.regulation.place.id)]
            if to == WORKER:  # colleagues are no secret: a meeting lists them all
                own = found
            own.sort(key=_in_order)
            return {label.id: " ".join(filter(None, (label.plate, label.name))) for label in own}
        places = [
            place for place in self.regulation.places.within(self.regulation.place.id) if place.level == to
        ]
        if places:
            here = (place for place in places if self.there(place.id, self.now))
            return {place.id: place.title for place in here if self._reaches(place.id)}
        return dict(self._entries(to, most))

    def _entries(self, form_id: str, most: int) -> Iterator[tuple[str, Texts | str]]:
        """Yield the newest standing entries of a form that the actor may see, by what their `label` says."""
        form = self.regulation.forms.get(form_id)
        if form is None:
            yield from self._findings(form_id)
            return
        for entry in self.standing_entries(form, most):
            yield entry.id, self.entry_words(form, entry)

    def _findings(self, rule: str) -> Iterator[tuple[str, Texts]]:
        """Yield the findings of a rule that are about the actor or at a place that the actor sees: id, words."""
        if self.regulation.latest(rule) not in self.regulation.rules or not self.evaluation.has(rule):
            return
        schema = self.evaluation.schema(rule)
        key, about, at, place = (schema.position(name) for name in ("id", "about", "at", "place"))
        of = schema.type_of("about").to or ""
        for row in sorted(self.evaluation.rows(rule).values(), key=lambda row: row[at], reverse=True):
            if row[about] == self.actor.person or (isinstance(row[place], str) and self.sees(row[place])):
                who = self.labels.of(of, str(row[about]))
                words = " ".join(filter(None, (who.plate, who.name)))
                day = date_of(self.regulation.calendar.zone, row[at])
                yield (
                    str(row[key]),
                    {language: f"{words} {day_of_year(day, language)}".strip() for language in LANGUAGES},
                )

    def standing_entries(self, form: Form, most: int) -> list[Entry]:
        """Return the newest standing entries of a form that the actor may see, newest first."""
        schema = self.evaluation.schema(form.id)
        at, key, about = (schema.position(name) for name in ("at", "id", "subject"))
        rows = sorted(self.evaluation.rows(form.id).values(), key=lambda row: row[at], reverse=True)
        found: list[Entry] = []
        for row in rows:
            entry = self.community.entries.get(row[key])
            if entry is None or not self._sees_subject(form, row[about], entry):
                continue
            found.append(entry)
            if len(found) >= most:
                break
        return found

    def _sees_subject(self, form: Form, subject: object, entry: Entry) -> bool:
        about = form.describes or form.about
        if entry.by == self.actor.person:
            return True
        if about and self._described(about):
            return self.exists(about, str(subject))
        return self.sees(entry.place)

    def entry_words(self, form: Form, entry: Entry) -> Texts | str:
        """Return an entry in a few words: the answers of the form's `label`, else what it is and its day."""
        said = present(form, entry.answers)
        words = " ".join(str(said.get(name, "")) for name in form.label)
        about = form.describes or form.about
        who = self.labels.of(about, entry.subject).plate if about and entry.subject else ""
        found = " ".join(filter(None, (who, words))).strip()
        day = date_of(self.regulation.calendar.zone, entry.at)
        return found or {
            language: f"{title} {day_of_year(day, language)}"
            for language, title in form.heading.title.items()
        }

    def name(self, to: str | None, ref: Any) -> Texts | str:  # noqa: ANN401 - an id of JSON
        """Return what a reference is called."""
        ref = str(ref)
        if to == "role" and ref in self.regulation.roles:
            return self.regulation.roles[ref].heading.title
        if to and self._described(to):
            return self.labels.of(to, ref).name
        place = self.regulation.places.places.get(ref)
        if place is not None:
            return place.title
        form = self.regulation.forms.get(to or "")
        entry = self.community.entries.get(ref)
        return self.entry_words(form, entry) if form is not None and entry is not None else ref


def _in_order(label: SubjectLabel) -> tuple[object, ...]:
    return tuple(map(natural, label.groups)), natural(label.plate), label.name

"""Which subjects and people belong to a part of a community, and who may see which part."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from app.domain.entry import Entry
from app.domain.kinds.form import Form
from app.domain.membership import HOLDER
from app.domain.regulation import Regulation
from app.services.actor import Actor, Permission
from app.services.evaluate import Evaluation
from app.services.labels import Labels


@dataclass(frozen=True, slots=True)
class Part:
    """A place with all below it: its places, who and what is at home there, and who holds or held a post there."""

    places: frozenset[str]
    subjects: frozenset[str]
    people: frozenset[str]

    def holds(self, entry: Entry) -> bool:
        """Whether an entry belongs to this part; the store's Belonging says the same."""
        return (
            entry.place in self.places
            or not self.subjects.isdisjoint((entry.subject or "", *entry.subjects))
            or (entry.subject is None and entry.by in self.people)
        )


def part_of(place: str, evaluation: Evaluation, labels: Labels) -> Part:
    """Return the part of a community at `place` and below."""
    regulation = evaluation.regulation
    places = frozenset(found.id for found in regulation.places.within(place))
    kinds = {form.describes for form in regulation.forms.values() if form.describes}
    subjects = {
        label.id for kind in sorted(kinds) for label in labels.all(kind).values() if label.place in places
    }
    schema = evaluation.schema(HOLDER)
    worker, at = schema.position("worker"), schema.position("place")
    people = {str(row[worker]) for row in evaluation.rows(HOLDER).values() if row[at] in places}
    return Part(places, frozenset(subjects | places | people), frozenset(people))


def covers_all(actor: Actor, regulation: Regulation) -> bool:
    """Whether the actor sees the whole community."""
    return actor.may(Permission.SEE_PLACE) or regulation.places.contains(
        actor.post.place, regulation.place.id
    )


def seer(actor: Actor, evaluation: Evaluation, labels: Labels) -> Callable[[Entry], bool]:
    """Return whether the actor may see an entry of its community: its own, its part's, or all.

    The actor's part is read once, when it is first asked about: for who asks about many entries.
    """
    regulation = evaluation.regulation
    whole = covers_all(actor, regulation)
    part = cache(lambda: part_of(actor.post.place, evaluation, labels))

    def sees(entry: Entry) -> bool:
        if not regulation.places.contains(regulation.place.id, entry.place):
            return False
        return whole or entry.by == actor.person or part().holds(entry)

    return sees


def may_see(actor: Actor, entry: Entry, evaluation: Evaluation, labels: Labels) -> bool:
    """Whether the actor may see this one entry, as `seer` says."""
    return seer(actor, evaluation, labels)(entry)


def may_change(actor: Actor, entry: Entry, form: Form | None) -> bool:
    """Whether the actor may correct or withdraw an entry: its own, or others' by its post; forms that are gone stay."""
    return form is not None and (actor.may(Permission.CORRECT) or entry.by == actor.person)

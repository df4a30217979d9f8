"""What the parts of a place's report look at: one evaluation, its places, and how both are called."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any

from app.domain.kinds.common import CitedText, Heading
from app.domain.membership import HOLDER
from app.domain.period import parse_period
from app.domain.place import Place
from app.i18n import Translator
from app.i18n.citing import cited_shortly
from app.services.appraising.opened import Opened
from app.services.appraising.standings import held
from app.services.community import LEVEL
from app.services.prints.report import COMMUNITY, STREET
from app.services.reasons.records import records
from app.services.reasons.sentences import Sentences
from app.services.registers.natural import natural


@dataclass(frozen=True, slots=True)
class ReportSources:
    """What a report is made from; `ledger` is the hash of the entries.

    Without `names` nothing goes along that is of anybody by id: what is attached says what the pages say.
    """

    opened: Opened
    ledger: str
    now: datetime
    names: bool = True


class Scene:
    """One place in one period, in a reader's language."""

    def __init__(self, sources: ReportSources, t: Translator) -> None:
        """Look at the place at which the evaluation is; `parts` are the places right below it, in natural order."""
        self.opened = sources.opened
        self.now = sources.now
        self.t = t
        self.regulation = self.opened.regulation
        self.evaluation = self.opened.evaluation
        self.place = self.regulation.place
        self.tree = self.regulation.places
        self.day = parse_period(self.opened.period, self.regulation.calendar).start
        self.sentences = Sentences(self.regulation, self.day)
        self.kind = COMMUNITY if self.place.level == LEVEL else STREET
        self.used: dict[str, CitedText] = {}
        below = [one for one in self.tree.within(self.place.id) if one.parent == self.place.id]
        self.parts: list[Place] = sorted(below, key=lambda one: natural(one.id))

    def title(self, place: str) -> str:
        """Return what a place is called."""
        return self.t.text(self.opened.labels.place(place)) or place.rpartition("/")[2]

    def in_force(self, items: Iterable[Any]) -> list[Any]:
        """Return the definitions that hold at any time of the period and have rows."""
        period = self.evaluation.period
        last = date.fromordinal(period.end.toordinal() - 1)
        return [
            item
            for item in items
            if item.heading.holds(period.start, last) and next(records(self.evaluation, item.id), None)
        ]

    def clause(self, heading: Heading) -> str:
        """Return short title and number of a definition's clause, empty without one; its document is `used` then."""
        clause = heading.clause
        if clause is not None and clause.of is not None and self.t.text(clause.of.title):
            self.used.setdefault(clause.of.id, clause.of)
        return cited_shortly(self.t, clause)

    def lies(self, place: object, part: Place) -> bool:
        """Whether a cell names a place that is `part` or lies in it."""
        return isinstance(place, str) and self.tree.contains(part.id, place)

    @cached_property
    def posts(self) -> Mapping[str, str]:
        """Where everybody's last post was, by worker."""
        workers = {str(row["worker"]) for row in records(self.evaluation, HOLDER)}
        found = {}
        for worker in workers:
            posts = held(self.opened, worker)
            if posts:
                found[worker] = str(posts[-1]["place"])
        return found


class ScenePart:
    """A part of the report of one scene."""

    def __init__(self, scene: Scene) -> None:
        """Look at it."""
        self.scene = scene
        self.t = scene.t
        self.opened = scene.opened
        self.regulation = scene.regulation
        self.evaluation = scene.evaluation

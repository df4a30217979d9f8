"""The duties of a place's report: how many occurrences were owed, met, late and missed, by place."""

from collections import Counter
from collections.abc import Iterator, Mapping
from fractions import Fraction
from functools import cached_property
from typing import Final

from app.domain.kinds.duty import State
from app.services.occurrences import Occurrence, occurrences
from app.services.prints.report import PrintedCounts, PrintedDuty
from app.services.prints.report_scene import ScenePart

_DONE: Final = (State.MET, State.LATE)
_PENDING: Final = (State.DUE, State.OVERDUE, State.UNDECIDED)


class Duties(ScenePart):
    """What became of the duties of one scene."""

    @cached_property
    def counts(self) -> Mapping[str, Mapping[str, Counter[State]]]:
        """What became of each duty's occurrences, by place below; "" for those that are of the whole place.

        What is owed for an event is of the place where the one is at home whom it is about, else of the owner's post.
        """
        found: dict[str, dict[str, Counter[State]]] = {}
        for duty in self.scene.in_force(self.regulation.duties.values()):
            own = found[duty.id] = {}
            for one in occurrences(self.evaluation, duty):
                if one.state is not State.UPCOMING:
                    own.setdefault(self._part_of(one), Counter())[one.state] += 1
        return found

    def _part_of(self, one: Occurrence) -> str:
        event = one.of_type in self.regulation.forms
        about = self.opened.labels.of(one.about_type, one.about).place if event and one.about else ""
        for place in (one.place, about, self.scene.posts.get(one.owner, "") if event else ""):
            part = next((part.id for part in self.scene.parts if self.scene.lies(place, part)), "")
            if part:
                return part
        return ""

    @cached_property
    def _together(self) -> Mapping[str, Counter[State]]:
        found: dict[str, Counter[State]] = {}
        for own in self.counts.values():
            for part, counted in own.items():
                found.setdefault(part, Counter()).update(counted)
        return found

    def whole(self) -> PrintedDuty:
        """Return what became of all duties together."""
        return self._duty(self.t("print-duties-all"), "", self._together)

    def all(self) -> Iterator[PrintedDuty]:
        """Yield what became of each duty, by place."""
        for name, counted in self.counts.items():
            if counted:
                duty = self.regulation.duties[name]
                yield self._duty(
                    self.t.text(duty.heading.title) or name, self.scene.clause(duty.heading), counted
                )

    def _duty(self, title: str, clause: str, counted: Mapping[str, Counter[State]]) -> PrintedDuty:
        rows = [
            self._row(self.scene.title(one.id), counted[one.id])
            for one in self.scene.parts
            if one.id in counted
        ]
        if "" in counted and rows:
            rows.append(self._row(self.t("print-place-itself"), counted[""]))
        whole: Counter[State] = sum(counted.values(), Counter())
        return PrintedDuty(title, clause, (*rows, self._row(self.t("print-all-places"), whole)))

    def _row(self, name: str, counted: Counter[State]) -> PrintedCounts:
        t = self.t
        done = sum(counted[one] for one in _DONE)
        ended = done + counted[State.MISSED]
        return PrintedCounts(
            place=name,
            owed=t.number(counted.total()),
            met=t.number(counted[State.MET]),
            late=t.number(counted[State.LATE]),
            missed=t.number(counted[State.MISSED]),
            waived=t.number(counted[State.WAIVED]),
            open=t.number(sum(counted[one] for one in _PENDING)),
            share=f"{t.number(Fraction(done * 100, ended))}%" if ended else "—",
        )

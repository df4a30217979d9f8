"""Who may still change what of an appraisal's year: corrections, withdrawals, and what undoes one.

The year as it was put up and decided stays as it was seen: a mark and a summary are changed by who gave them alone, and
nothing is once the year is frozen.
"""

from app.domain.core.expressions import names_in
from app.domain.entry import Entry
from app.domain.kinds.procedure import Procedure
from app.domain.problem import Problem
from app.domain.submission import Fault
from app.services.actor import Actor
from app.services.year.reading import YearReader
from app.services.year_forms import ITEM, LINE, PERIOD, excuses_of, marks_of, summaries_of


class Changed:
    """A standing entry of the year of one appraisal that somebody is about to change."""

    def __init__(self, reader: YearReader, actor: Actor, old: Entry) -> None:
        """Look at what stands."""
        self._reader = reader
        self._actor = actor
        self._old = old
        self._regulation = reader.opened.regulation

    def faults(self, new: Entry | None) -> list[Fault]:
        """Return why the entry can't become `new`, or can't be taken back (None)."""
        if self._reader.frozen:
            return [_change_fault("frozen")]
        refused = self._refused()
        if refused is None and new is not None and self._moved(new):
            refused = _change_fault("moved")
        return [] if refused is None else [refused]

    def _refused(self) -> Fault | None:
        """Return why nobody, or not this actor, may change the entry."""
        form, appraisal, reader = self._old.form, self._reader.appraisal, self._reader
        if form in marks_of(appraisal, self._regulation):
            if self._actor.person != self._old.by:
                return _change_fault("another")
            return None if reader.takes_marks else _change_fault("passed")
        if form in summaries_of(appraisal):
            if self._actor.person not in {self._old.by, self._old.subject}:
                return _change_fault("another")
            return None if reader.public_since is None else _change_fault("public")
        if form in excuses_of(appraisal):
            return None if reader.takes_excuses else _change_fault("passed")
        appeals = reader.record.appeal_course
        if appeals is not None and form == appeals.matter:
            return self._of_appeal()
        if appeals is not None and any(move.form == form for move in appeals.moves):
            return self._of_decision(appeals)
        return _change_fault("passed") if self._passed() else None

    def _of_appeal(self) -> Fault | None:
        record = next((one for one in self._reader.record.appeals if one.entry.id == self._old.id), None)
        if self._actor.person != self._old.by:
            return _change_fault("another")
        return None if record is None or record.is_open else _change_fault("decided")

    def _of_decision(self, appeals: Procedure) -> Fault | None:
        move = next(move for move in appeals.moves if move.form == self._old.form)
        appeal = self._reader.opened.community.entries.get(str(self._old.answers.get(move.link)))
        if appeal is not None and self._actor.person in {appeal.subject, appeal.by}:
            return _change_fault("concerned")
        posts = {role for one in appeals.moves if one.form == self._old.form for role in one.by}
        return None if not posts or not self._actor.post.roles.isdisjoint(posts) else _change_fault("post")

    def _passed(self) -> bool:
        """Whether something of the year came after a step, or after its opening, and rests on it."""
        passed = self._reader.passed
        if self._old.id not in passed:
            return False
        return passed[-1] != self._old.id or bool(self._reader.record.appeals)

    def _moved(self, new: Entry) -> bool:
        """Whether a correction is of another year, line, matter or step than what it corrects."""
        fixed = {PERIOD, ITEM, LINE}
        for procedure in (self._reader.course, self._reader.record.appeal_course):
            for move in procedure.moves if procedure is not None else ():
                if move.form == self._old.form:
                    fixed.add(move.link)
                    fixed |= set(names_in(move.condition)) if procedure is self._reader.course else set()
        return any(new.answers.get(name) != self._old.answers.get(name) for name in fixed)


def _change_fault(reason: str) -> Fault:
    return Fault(Problem("E785", values={"reason": reason}))

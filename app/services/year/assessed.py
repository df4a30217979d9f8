"""Whom an appraisal's year is about: who is assessed in it, who holds a post here, and who still does."""

from datetime import datetime
from functools import cached_property

from app.domain.kinds.appraisal import Appraisal
from app.domain.kinds.common import Texts
from app.domain.membership import HOLDER
from app.services.appraising.opened import Opened
from app.services.appraising.standings import name_of
from app.services.reasons.records import Record, records


class Assessed:
    """Reads whom one year of an appraisal is about."""

    def __init__(self, opened: Opened, appraisal: Appraisal, now: datetime) -> None:
        """Look at an evaluation of the year as of `now`."""
        self._opened = opened
        self._appraisal = appraisal
        self._now = now
        self._regulation = opened.regulation

    @cached_property
    def assessed(self) -> tuple[str, ...]:
        """The ids of those who are assessed this year, in the order of their ids; who isn't eligible is left out."""
        rows = records(self._opened.evaluation, self._appraisal.id)
        found = {
            str(row["about"])
            for row in rows
            if row["period"] == self._opened.period and row["state"] != "not_eligible"
        }
        return tuple(sorted(found))

    @cached_property
    def posts(self) -> list[Record]:
        """The appointments that hold now."""
        return [
            row
            for row in records(self._opened.evaluation, HOLDER)
            if row["start"] <= self._now and (row["end"] is None or self._now < row["end"])
        ]

    def holds(self, person: str, roles: tuple[str, ...], at: datetime) -> bool:
        """Whether somebody held one of some posts here at an instant."""
        return any(
            row["worker"] == person
            and row["role"] in roles
            and row["start"] <= at
            and (row["end"] is None or at < row["end"])
            for row in records(self._opened.evaluation, HOLDER)
        )

    def is_there(self, about: str) -> bool:
        """Whether somebody who is assessed still holds a post here: who has left is asked for nothing any more."""
        own = {row[name] for row in self.posts for name in ("worker", "subject")}
        return about in self._regulation.places.places or about in own

    def name(self, about: str) -> Texts | str:
        """Return what somebody, or a place that is assessed, is called."""
        return name_of(self._opened, about)

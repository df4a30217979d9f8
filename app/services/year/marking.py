"""Who has to mark whom in an appraisal's year, by which line and for which window, and who has done it."""

from collections.abc import Iterator
from datetime import datetime
from functools import cached_property

from app.domain.entry import Entry
from app.domain.kinds.sheet import Sheet
from app.domain.period import parse_period
from app.domain.zones import start_of_day
from app.services.appraising.opened import Opened
from app.services.appraising.record import RecordReader
from app.services.appraising.standings import worker_of
from app.services.appraising.windows import windows_of
from app.services.reasons.records import records
from app.services.year.assessed import Assessed
from app.services.year.views import Marking
from app.services.year_forms import PERIOD


class MarkingReader:
    """Reads who marks whom in one year of an appraisal."""

    def __init__(self, opened: Opened, record: RecordReader, whom: Assessed, now: datetime) -> None:
        """Look at the records of an evaluation of the year as of `now`."""
        self._opened = opened
        self._record = record
        self._whom = whom
        self._now = now
        self._regulation = opened.regulation

    @cached_property
    def assessors(self) -> tuple[str, ...]:
        """The ids of those who hold a post that gives marks here, in the order of their ids."""
        roles = {role for _, _, _, line in self._record.mark_lines() if line.mark for role in line.mark.by}
        return tuple(sorted({str(row["worker"]) for row in self._whom.posts if row["role"] in roles}))

    def of(self, assessor: str) -> Iterator[Marking]:
        """Yield what an assessor has to mark: of each line those assessed at the assessor's place or below.

        Only a post that the line names gives one; nobody marks himself unless the line says so. A sheet of shorter
        windows is marked for each of them, once it has begun.
        """
        tree = self._regulation.places
        for sheet, path, item, line in self._record.mark_lines():
            mark = line.mark
            if mark is None:
                continue
            places = [
                row["place"]
                for row in self._whom.posts
                if row["worker"] == assessor and row["role"] in mark.by
            ]
            whom = tuple(
                about
                for about in self._whom.assessed
                if any(tree.contains(place, self._record.place_of(about)) for place in places)
                and (about == assessor) <= (mark.own != "never")
                and (about == assessor or mark.own != "only")
            )
            if whom:
                title = line.title or item.title or {"zh": item.id}
                for window in self._begun(sheet):
                    given = self._given(mark.form, assessor, window)
                    excused = self._excused(assessor, whom, window)
                    yield Marking(line, sheet.id, window, path, title, whom, given, excused)

    def _excused(self, assessor: str, whom: tuple[str, ...], window: str) -> frozenset[str]:
        """Return whom an assessor needn't mark in a window."""
        year, own = self._opened.period, {about: (about, worker_of(self._opened, about)) for about in whom}
        return frozenset(
            about
            for about in whom
            if any(one.covers(assessor, own[about], window, year) for one in self._record.excuses)
        )

    def marked_by(self, assessor: str) -> frozenset[str]:
        """Return whom somebody has to mark: the ids of those assessed, and of the people behind them."""
        found = {about for one in self.of(assessor) for about in one.whom}
        return frozenset(found | {worker_of(self._opened, about) for about in found})

    def _begun(self, sheet: Sheet) -> Iterator[str]:
        """Yield the windows of a sheet in the year that have begun."""
        calendar = self._regulation.calendar
        for label in windows_of(sheet, self._opened.evaluation.period, calendar):
            window = parse_period(label, calendar)
            if label == self._opened.period or start_of_day(calendar.zone, window.start) <= self._now:
                yield label

    def _given(self, form: str, assessor: str, window: str) -> frozenset[str]:
        return frozenset(
            entry.subject for entry in self.marks_by(form, assessor, window) if entry.subject is not None
        )

    def marks_by(self, form: str, assessor: str, window: str) -> Iterator[Entry]:
        """Yield the standing entries by which an assessor has given marks in a window of this year."""
        for row in records(self._opened.evaluation, form):
            entry = self._opened.community.entries.get(str(row["id"]))
            if entry is not None and row["by"] == assessor and row.get(PERIOD) == window:
                yield entry

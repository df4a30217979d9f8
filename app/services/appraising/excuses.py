"""Assessors who are excused from marking: for good reasons, written down, so that a year doesn't wait for them.

An excuse takes an obligation away and nothing else: what a missing mark means stays with the line's own policy (`take`,
`empty`), and a mark that is given all the same counts.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from app.domain.kinds.appraisal import Appraisal
from app.domain.kinds.common import Texts
from app.domain.kinds.links import WORKER
from app.domain.kinds.sheet import Mark
from app.domain.membership import HOLDER
from app.services.appraising.opened import Opened
from app.services.appraising.standings import name_of
from app.services.reasons.records import records, text_or_none
from app.services.year_forms import PERIOD, WHOM, excuses_of


@dataclass(frozen=True, slots=True)
class Excuse:
    """An assessor who needn't mark: `whom` (an id, with `whom_name`), or "" anybody. `by` is who excused, in words.

    `entry` is the entry that says so, which can be withdrawn; `period` the window that it is for, or the year.
    """

    entry: str
    period: str
    assessor: str
    name: Texts | str
    whom: str
    whom_name: Texts | str
    reason: str
    at: datetime
    by: str

    def covers(self, assessor: str, about: tuple[str, ...], window: str, year: str) -> bool:
        """Whether it excuses an assessor from marking who is known by any of the ids `about`, in a window of `year`."""
        return (
            self.assessor == assessor
            and (not self.whom or self.whom in about)
            and self.period in {window, year}
        )


def excuses(opened: Opened, appraisal: Appraisal) -> Iterator[Excuse]:
    """Yield the standing excuses of an appraisal's year, oldest first."""
    for form in excuses_of(appraisal):
        found = (row for row in records(opened.at_work, form) if opened.holds(row.get(PERIOD)))
        for row in sorted(found, key=lambda row: (row["at"], str(row["id"]))):
            assessor, whom = str(row.get("subject") or ""), text_or_none(row.get(WHOM)) or ""
            yield Excuse(
                str(row["id"]),
                str(row[PERIOD]),
                assessor,
                name_of(opened, assessor),
                whom,
                name_of(opened, whom) if whom else "",
                text_or_none(row.get("reason")) or "",
                row["at"],
                opened.labels.of(WORKER, str(row["by"])).name,
            )


def marks_there(opened: Opened, assessor: str, mark: Mark, place: str, at: datetime) -> bool:
    """Whether somebody held a post at an instant that gives a mark to who works at a place."""
    tree = opened.regulation.places
    return any(
        row["worker"] == assessor
        and row["role"] in mark.by
        and row["start"] <= at
        and (row["end"] is None or at < row["end"])
        and tree.contains(row["place"], place)
        for row in records(opened.at_work, HOLDER)
    )

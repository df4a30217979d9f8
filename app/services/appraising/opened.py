"""A year of a community, opened by somebody who may look at it: running, or as it was closed."""

from dataclasses import dataclass, replace
from datetime import date, datetime

from app.domain.kinds.appraisal import Appraisal
from app.domain.regulation import Regulation
from app.domain.zones import date_of
from app.services.actor import Actor
from app.services.appraising.closing import Closing
from app.services.appraising.windows import lies_in
from app.services.evaluate import Evaluation
from app.services.labels import Labels
from app.services.live import Community
from app.services.reasons.records import records
from app.services.year_forms import PERIOD

MOST_YEARS = 5
"""How many years back a score can be asked for."""


@dataclass(frozen=True, slots=True)
class Opened:
    """An evaluation that an actor may look at; `since` is the day of the first record of work.

    Of a closed year it is the one that was closed, under its own regulation. `today` has the tables of the same year as
    they are now, where they are others: the course of a year goes on after its results stand. `ledger` is the hash of
    the entries that a closed year follows from.
    """

    actor: Actor
    community: Community
    evaluation: Evaluation
    period: str
    labels: Labels
    since: date | None = None
    today: Evaluation | None = None
    ledger: str = ""

    @property
    def regulation(self) -> Regulation:
        """The regulation in force, or under which the year was closed."""
        return self.community.regulation

    @property
    def at_work(self) -> Evaluation:
        """The tables of the year with all that has been recorded since."""
        return self.evaluation if self.today is None else self.today

    def holds(self, label: object) -> bool:
        """Whether an answer names this period, or a window in it."""
        return isinstance(label, str) and lies_in(label, self.evaluation.period, self.regulation.calendar)


async def as_shown(closing: Closing | None, opened: Opened, now: datetime) -> Opened:
    """Return a year as it is shown: a closed one as it was closed. Raises ProblemError E592, DecisionError."""
    place = opened.community.place
    closed = None if closing is None else await closing.closed(place, opened.period)
    if closing is None or closed is None:
        return opened
    tables = await closing.tables(opened.community, closed)
    return replace(
        opened,
        community=replace(opened.community, regulation=tables.regulation),
        evaluation=tables,
        labels=Labels(tables, now),
        today=opened.evaluation,
        ledger=closed.ledger,
    )


def never_opened(opened: Opened, appraisal: Appraisal | None, now: datetime) -> bool:
    """Whether a year that is over never went through its appraisal's course: what is worked out of it is no result."""
    course = None if appraisal is None else opened.regulation.procedures.get(appraisal.course or "")
    if course is None or date_of(opened.regulation.calendar.zone, now) < opened.evaluation.period.end:
        return False
    return all(row.get(PERIOD) != opened.period for row in records(opened.at_work, course.matter))


def years_of(opened: Opened, now: datetime) -> tuple[str, ...]:
    """Return the years that can be looked at, the newest first: since the first record of work, five at most."""
    last = date_of(opened.regulation.calendar.zone, now).year
    since = opened.since.year if opened.since is not None else last
    first = max(min(since, last), last - MOST_YEARS + 1)
    return tuple(str(year) for year in range(last, first - 1, -1))

"""What a year asks of somebody now: one's summary, marks to give; and that the results are public, until when."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from app.domain.kinds.appraisal import Appraisal
from app.domain.kinds.common import Texts
from app.services.appraising.opened import Opened
from app.services.appraising.standings import abouts
from app.services.year.reading import YearReader


@dataclass(frozen=True, slots=True)
class OwnTask:
    """Something that a year asks of somebody, or tells. `sort`: form, marks, excused, public.

    `year` is the entry that opened the year, `at` the instant at which its present stage (`public`: publicity) began;
    `form` and `title` are the form that is wanted, `n` how many wait for a mark, `until` when the term of appeals ends.
    Of an excuse from marking, `year` is its entry, `at` when it was given, `whom` who needn't be marked, "" where
    nobody need be.
    """

    sort: str
    appraisal: Appraisal
    period: str
    year: str
    at: datetime
    form: str = ""
    title: Texts | None = None
    n: int = 0
    until: datetime | None = None
    whom: Texts | str = ""


def own_tasks(opened: Opened, now: datetime) -> Iterator[OwnTask]:
    """Yield what a year that is under way asks of the actor, by appraisal."""
    person = opened.actor.person
    own = set(abouts(opened, person))
    for appraisal in opened.regulation.appraisals.values():
        reader = YearReader(opened, appraisal, now)
        if not reader.year or reader.frozen or reader.since is None:
            continue
        about = (appraisal, opened.period, reader.year)
        stage = appraisal.stage(reader.state)
        for name in stage.each:
            form = opened.regulation.forms[name]
            if any(one.person in own for one in reader.unfilled(form)):
                title = form.heading.title or {"zh": form.id}
                yield OwnTask("form", *about, reader.since, form.id, title)
        left = sum(len(one.left) for one in reader.marking.of(person)) if stage.marked else 0
        if left:
            yield OwnTask("marks", *about, reader.since, n=left)
        for one in reader.record.excuses:
            if one.assessor == person:
                excused = (appraisal, opened.period, one.entry, one.at)
                yield OwnTask("excused", *excused, whom=one.whom_name)
        since, until = reader.public_since, reader.appeals_until
        if since is not None and until is not None and now < until and own & set(reader.whom.assessed):
            yield OwnTask("public", *about, since, until=until)

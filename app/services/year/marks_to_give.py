"""The marks that an assessor has to give in a year, by line: whom, within which bounds, and what was given already."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from app.domain.core.values import Number
from app.domain.kinds.common import Texts
from app.services.appraising.opened import Opened
from app.services.year.holds import number_of
from app.services.year.reading import YearReader
from app.services.year.views import Marking, bounds


@dataclass(frozen=True, slots=True)
class ToMark:
    """Somebody whom the actor has to mark. `points` and `reason` are those that stand, of the entry `entry`.

    `excused`: the mark needn't be given.
    """

    about: str
    name: Texts | str
    place: Texts
    points: Number | None
    reason: str
    given: bool
    entry: str = ""
    excused: bool = False

    @property
    def waits(self) -> bool:
        """Whether the mark is still to be given."""
        return not self.given and not self.excused


@dataclass(frozen=True, slots=True)
class MarkSheet:
    """A line of marks that the actor has to give. `plain` are the bounds within which no reason is asked.

    `period` is the window that they are for: the year, or a part of it. `decimals`: how many a mark may have, None any.
    """

    appraisal: str
    period: str
    form: str
    title: Texts
    line: Texts
    least: Number
    most: Number
    plain: tuple[Number, Number] | None
    decimals: int | None
    reason: str
    anonymous: bool
    people: tuple[ToMark, ...]
    open: bool


def mark_sheets(opened: Opened, now: datetime) -> Iterator[MarkSheet]:
    """Yield what the actor has to mark, by appraisal and line."""
    for appraisal in opened.regulation.appraisals.values():
        reader = YearReader(opened, appraisal, now)
        for one in reader.marking.of(opened.actor.person):
            yield _mark_sheet(reader, one)


def _mark_sheet(reader: YearReader, one: Marking) -> MarkSheet:
    opened, mark = reader.opened, one.mark
    least, most = bounds(mark)
    plain = None if mark.plain is None else [_figure(figure.values[-1][1]) for figure in mark.plain]
    given = {
        entry.subject: entry for entry in reader.marking.marks_by(mark.form, opened.actor.person, one.period)
    }
    people = []
    for about in one.whom:
        entry = given.get(about)
        answers = {} if entry is None else dict(entry.answers)
        people.append(
            ToMark(
                about,
                reader.whom.name(about),
                opened.labels.place(reader.record.place_of(about)),
                None if entry is None else _figure(answers.get("points")),
                str(answers.get(mark.reason or "reason") or ""),
                entry is not None,
                "" if entry is None else entry.id,
                about in one.excused,
            )
        )
    return MarkSheet(
        reader.appraisal.id,
        one.period,
        mark.form,
        reader.appraisal.heading.title or {"zh": reader.appraisal.id},
        one.title,
        least,
        most,
        None if plain is None else (plain[0], plain[1]),
        mark.decimals,
        mark.reason or "reason",
        mark.anonymous,
        tuple(people),
        reader.takes_marks,
    )


def _figure(value: object) -> Number:
    return number_of(value) or 0

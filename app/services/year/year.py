"""The year of an appraisal as people walk through it: the board, the next step, appeals, marks, what is still open.

Everything that changes something is an entry of a declared form and goes through Submissions; here it is only found out
which form, with which answers. Each call checks what the actor may do.
"""

import asyncio
from collections import OrderedDict
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from app.domain.core.numbers import format_number
from app.domain.core.values import Number
from app.domain.kinds.common import Texts
from app.domain.kinds.procedure import Procedure
from app.domain.kinds.versions import whole_of
from app.domain.problem import Problem, ProblemError
from app.services.actor import ActorRef, DeniedError, Permission
from app.services.appraising.closing import Closing
from app.services.appraising.excuses import Excuse
from app.services.appraising.opened import Opened
from app.services.appraising.record import RecordReader
from app.services.appraising.record_views import AppealRecord, AppraisalRecord
from app.services.appraising.scores import ScoresService
from app.services.appraising.standings import Standing, require_sight, standing, standings, worker_of
from app.services.appraising.supposing import Supposition
from app.services.appraising.trends import Trends
from app.services.form_views import Wanted
from app.services.people import require
from app.services.ports import Clock, Progress
from app.services.reasons.evidence import Evidence
from app.services.year.effects import (
    Outlook,
    Touched,
    decision_tables,
    open_tables,
    outlook_of,
    touched_by,
)
from app.services.year.holds import Held
from app.services.year.marks_to_give import MarkSheet, mark_sheets
from app.services.year.own_tasks import OwnTask, own_tasks
from app.services.year.reading import YearReader
from app.services.year.views import Missing, StageView, Step
from app.services.year_forms import ITEM, LINE, PERIOD, contested_part, excuses_of, given_back

_KEPT: Final = 4
"""How many suppositions are kept ready."""


@dataclass(frozen=True, slots=True)
class Board:
    """Where the year of an appraisal stands. `opening` is the form by which it is opened, "" once it is.

    `may` are the ids of the steps that the actor's post may take. `sealed`: the outcome is kept as it was frozen; a
    year whose steps came by an import is frozen and not sealed. `excuses` are those of assessors; `may_excuse` are the
    appraisals, of those that share the course, in which the actor may excuse one now; `without_marks` is what the lines
    give somebody whom nobody marks (as `Line.empty`). `left_unopened` is the year before, where it should have been
    opened first; "" otherwise, and for who can't open it.
    """

    appraisal: str
    period: str
    stages: tuple[StageView, ...]
    state: str
    missing: tuple[Missing, ...]
    steps: tuple[Step, ...]
    may: frozenset[str]
    may_open: bool
    opening: str
    appeals: tuple[AppealRecord, ...]
    may_decide: bool
    appeals_until: datetime | None
    frozen: bool
    sealed: bool = False
    excuses: tuple[Excuse, ...] = ()
    may_excuse: frozenset[str] = frozenset()
    without_marks: tuple[str, ...] = ()
    left_unopened: str = ""


@dataclass(frozen=True, slots=True)
class AppealView:
    """An appeal with its line, what became of it, and whom the decision touched."""

    appraisal: str
    period: str
    record: AppealRecord
    person: str
    name: Texts | str
    touched: tuple[Touched, ...]
    may_decide: bool
    why_not: str
    most: Number | None = None
    """How many points a decision can still give back; None where it stands, or nothing bounds it."""
    of_part: bool = False
    """Whether these are points of a part that is no sheet: out of a hundred, before its weight."""


@dataclass(frozen=True, slots=True)
class PersonYear:
    """What somebody's page of a year has beside the score."""

    record: AppraisalRecord
    reader: YearReader = field(repr=False)
    may_appeal: bool
    appeals_until: datetime | None
    summary: str
    touched: tuple[tuple[AppealRecord, tuple[Touched, ...]], ...]

    def item(self, sheet: str, path: str) -> str:
        """Return how an appeal names an item of a sheet; "" where the sheet isn't one that the score is made of.

        What follows from the score, such as a reward in money, is contested with what it follows from.
        """
        own = whole_of(sheet)
        return f"{own}/{path}" if any(whole_of(one.id) == own for one in self.reader.record.sheets) else ""

    def part(self, path: str) -> str:
        """Return how an appeal names the part of the score at `path` (ids, by `/`); "" where none can be made."""
        item = f"{whole_of(self.reader.appraisal.id)}/{path}"
        return item if contested_part(self.reader.appraisal, item) is not None else ""


class YearService:
    """Shows the year to those whom it concerns; what is recorded goes through Submissions."""

    def __init__(
        self, scores: ScoresService, trends: Trends, clock: Clock, closing: Closing | None = None
    ) -> None:
        """Keep what opens evaluations, the trends, the clock, and what closes years."""
        self._closing = closing
        self._scores = scores
        self._trends = trends
        self._clock = clock
        self._ready: OrderedDict[tuple[Any, ...], Supposition] = OrderedDict()
        self._lock = asyncio.Lock()

    # ---- the board ------------------------------------------------------------------------------------------------
    async def board(self, ref: ActorRef, appraisal: str, period: str | None = None) -> Board | None:
        """Return where a year stands; None for an appraisal that there isn't, or one without a course.

        To everybody once the results are public, before that to who may appraise. Raises DeniedError, ProblemError
        E511.
        """
        reader = await self._reader(ref, appraisal, period)
        if reader is None or reader.course is None:
            return None
        opened = reader.opened
        if reader.public_since is None:
            require(opened.actor, Permission.APPRAISE)
        manages = opened.actor.may(Permission.APPRAISE)
        steps = reader.steps()
        missing: list[Missing] = []
        for step in steps:
            missing += [one for one in step.missing if one not in missing]
        may_open = _may(reader, reader.course.matter, ())
        return Board(
            appraisal,
            opened.period,
            reader.stages(),
            reader.state,
            tuple(missing) if manages else (),
            steps if manages else (),
            frozenset(step.id for step in steps if _may(reader, step.form, step.roles)),
            may_open,
            "" if reader.year else reader.course.matter,
            reader.record.appeals if manages else (),
            self._decides(reader) is not None,
            reader.appeals_until,
            reader.frozen,
            await self._is_sealed(reader),
            reader.record.excuses if manages else (),
            frozenset(
                one.appraisal.id for one in reader.sharing() if manages and _excuse_form(one) is not None
            ),
            tuple(dict.fromkeys(line.empty for _, _, _, line in reader.record.mark_lines())),
            reader.left_unopened if may_open else "",
        )

    async def _is_sealed(self, reader: YearReader) -> bool:
        place = reader.opened.community.place
        return (
            self._closing is not None and await self._closing.closed(place, reader.opened.period) is not None
        )

    async def seal(self, ref: ActorRef, appraisal: str, period: str) -> None:
        """Keep the outcome of a frozen year for good, where its steps came by an import. Raises as `Closing.close`.

        Raises DeniedError, ProblemError E707 for a year that isn't frozen.
        """
        reader = await self._known(ref, appraisal, period)
        require(reader.opened.actor, Permission.APPRAISE)
        if self._closing is None or not reader.frozen:
            raise ProblemError(Problem("E707"))
        await self._closing.close(reader.opened.community.place, period, reader.opened.actor.person)

    async def step(self, ref: ActorRef, appraisal: str, period: str, step: str) -> Wanted:
        """Return the form of a step with the answers that it begins with. Raises DeniedError, ProblemError E707."""
        reader = await self._known(ref, appraisal, period)
        require(reader.opened.actor, Permission.APPRAISE)
        if reader.course is not None and step == "open" and not reader.year:
            return Wanted(reader.course.matter, answers={PERIOD: period})
        found = next((one for one in reader.steps() if one.id == step), None)
        if found is None:
            raise ProblemError(Problem("E707"))
        return Wanted(found.form, answers=found.answers)

    async def excuse(self, ref: ActorRef, appraisal: str, period: str, assessor: str) -> Wanted:
        """Return the form by which an assessor is excused. Raises DeniedError, ProblemError E707 where none is now."""
        reader = await self._known(ref, appraisal, period)
        require(reader.opened.actor, Permission.APPRAISE)
        form = _excuse_form(reader)
        if form is None or assessor not in reader.marking.assessors:
            raise ProblemError(Problem("E707"))
        return Wanted(form, assessor, answers={PERIOD: period})

    # ---- one person -----------------------------------------------------------------------------------------------
    async def person(
        self, ref: ActorRef, person: str | None = None, period: str | None = None, of: str = ""
    ) -> PersonYear | None:
        """Return what belongs to somebody's year (None: one's own); None where no appraisal is about them.

        `of` names one of several appraisals that the person stands in, as `Standing.key` does: here and below.

        Without the trend, which takes longer. Raises DeniedError `not_permitted`, ProblemError E511.
        """
        opened, found = await self._sighted(ref, person, period, of)
        if found is None:
            return None
        appraisal, about = found.appraisal, found.about
        reader = YearReader(opened, appraisal, self._clock())
        record = reader.record.record(about)
        stage = appraisal.stage(reader.state)
        own = person in (None, opened.actor.person)
        has = {one.form_id for one in record.summaries}
        wanted = next((form for form in stage.each if form not in has), "") if own else ""
        decided = [one for one in record.appeals if one.decision is not None]
        touched = tuple([(one, await self._touched(reader, one)) for one in decided])
        until = reader.appeals_until
        return PersonYear(
            record,
            reader,
            own and until is not None and self._clock() < until and not reader.frozen,
            until,
            wanted,
            touched,
        )

    async def trend(
        self,
        ref: ActorRef,
        person: str | None = None,
        period: str | None = None,
        of: str = "",
        progress: Progress | None = None,
    ) -> AppraisalRecord | None:
        """Return somebody's record with the trend over the months. Raises as `person`, DecisionError.

        `progress` is called with (done, of), in a thread, while months are worked out that aren't known yet.
        """
        opened, found = await self._sighted(ref, person, period, of)
        if found is None:
            return None
        trend = await self._trends.of(opened, progress)
        own = trend.get((found.appraisal.id, found.about), ())
        return RecordReader(opened, found.appraisal).record(found.about, own)

    async def outlook(
        self,
        ref: ActorRef,
        person: str | None = None,
        period: str | None = None,
        of: str = "",
        progress: Progress | None = None,
    ) -> Outlook | None:
        """Return what would change somebody's score until the year's end; None where it is over. Raises as `person`.

        `progress` is called with (done, of), in a thread.
        """
        opened, found = await self._sighted(ref, person, period, of)
        if found is None or YearReader(opened, found.appraisal, self._clock()).is_over:
            return None
        appraisal, about = found.appraisal, found.about
        tables = open_tables(opened, appraisal)
        async with self._lock:
            ready = await self._supposition(opened, tables, (appraisal.id,), _half(progress, 0))
            with self._scores.held(opened):
                after = _half(progress, 1)
                return await asyncio.to_thread(outlook_of, opened, appraisal, about, ready, after)

    async def summary(self, ref: ActorRef, period: str, form: str) -> Wanted:
        """Return the form that everybody assessed fills in, for oneself. Raises DeniedError, ProblemError E707."""
        opened = await self._scores.open(ref, period)
        found = [
            one
            for one in standings(opened, opened.actor.person)
            if form in {name for stage in one.appraisal.stages for name in stage.each}
        ]
        if not found:
            raise ProblemError(Problem("E707"))
        waits = (one for one in found if _waits(YearReader(opened, one.appraisal, self._clock()), form, one))
        return Wanted(form, next(waits, found[0]).about, answers={PERIOD: period})

    # ---- appeals --------------------------------------------------------------------------------------------------
    async def appeal(
        self, ref: ActorRef, period: str, item: str, line: str = "", of: str = ""
    ) -> tuple[Wanted, tuple[Texts, ...], Number | None, Evidence | None]:
        """Return the form of an appeal against an item of one's own score, the item in words and its points.

        `period` is the year, or the window of it that the item stands in. With `line` against a single row there, which
        comes along. Raises DeniedError, ProblemError E707 where there is no such item or row.
        """
        opened = await self._scores.open(ref, period)
        found = standing(opened, opened.actor.person, of)
        if found is None or of not in {"", found.key}:
            raise ProblemError(Problem("E707"))
        reader = RecordReader(opened, found.appraisal)
        course, points = reader.appeal_course, reader.points(item, found.about, period)
        if course is None or points is None:
            raise ProblemError(Problem("E707"))
        row = reader.row(item, line, found.about, period) if line else None
        if line and row is None:
            raise ProblemError(Problem("E707"))
        answers = {PERIOD: period, ITEM: item, **({LINE: line} if line else {})}
        return Wanted(course.matter, found.about, answers=answers), reader.titles(item, period), points, row

    async def standing_appeal(
        self, ref: ActorRef, period: str, item: str, line: str = "", of: str = ""
    ) -> str:
        """Return one's own appeal against an item or a row there that waits for its answer; "" none.

        Raises as `appeal`.
        """
        opened = await self._scores.open(ref, period)
        found = standing(opened, opened.actor.person, of)
        appeals = () if found is None else RecordReader(opened, found.appraisal).record(found.about).appeals
        waiting = (one for one in appeals if one.is_open and (one.item, one.period) == (item, period))
        return next((one.entry.id for one in waiting if one.line == line), "")

    async def appealed(self, ref: ActorRef, entry: str) -> AppealView:
        """Return an appeal: to whom it concerns, and to who may appraise or decide. Raises DeniedError, E720."""
        reader, record = await self._appeal(ref, entry)
        actor = reader.opened.actor
        subject = record.entry.subject or ""
        course = self._decides(reader)
        if subject != actor.person and course is None:
            require(actor, Permission.APPRAISE)
        own = actor.person in {subject, record.entry.by}
        stored = reader.opened.community.entries.get(record.entry.id)
        return AppealView(
            reader.appraisal.id,
            reader.opened.period,
            record,
            subject,
            reader.whom.name(subject),
            await self._touched(reader, record),
            course is not None and record.is_open and not own,
            "own" if own else "post" if course is None else "" if record.is_open else "decided",
            Held(reader, stored).left() if record.is_open and stored is not None else None,
            contested_part(reader.appraisal, record.item) is not None,
        )

    async def seen_by(self, ref: ActorRef, entry: str) -> AppealView | None:
        """Return an appeal that is the actor's, touches it, or on which it may decide; None for others' affairs.

        Raises DeniedError when nobody acts.
        """
        try:
            reader, record = await self._appeal(ref, entry)
        except ProblemError:
            return None
        actor = reader.opened.actor
        course = self._decides(reader)
        own = actor.person in {record.entry.subject, record.entry.by}
        touched = await self._touched(reader, record) if record.decision is not None else ()
        may_decide = course is not None and record.is_open and not own
        if not own and not may_decide and not any(one.about == actor.person for one in touched):
            return None
        subject = record.entry.subject or ""
        return AppealView(
            reader.appraisal.id,
            reader.opened.period,
            record,
            subject,
            reader.whom.name(subject),
            touched,
            may_decide,
            "",
        )

    async def decision(self, ref: ActorRef, entry: str) -> Wanted:
        """Return the form of a decision on an appeal. Raises DeniedError, ProblemError E707."""
        reader, record = await self._appeal(ref, entry)
        course = self._decides(reader)
        if course is None or reader.opened.actor.person in {record.entry.subject, record.entry.by}:
            raise DeniedError("not_permitted")
        move = next(one for one in course.moves if record.state in one.from_states)
        form = reader.opened.regulation.forms[move.form]
        same = {
            item.id: record.entry.answers[item.id]
            for item in form.fields
            if item.id in (PERIOD, ITEM, LINE) and item.id in record.entry.answers
        }
        if record.row is not None and record.row.cost is not None:  # what the row cost is what it gives back
            names = given_back(reader.appraisal, reader.opened.regulation)
            same |= dict.fromkeys(names, format_number(record.row.cost))
        return Wanted(move.form, record.entry.subject, answers={**same, move.link: record.entry.id})

    async def _appeal(self, ref: ActorRef, entry: str) -> tuple[YearReader, AppealRecord]:
        opened = await self._scores.open(ref, None)
        stored = opened.community.entries.get(entry)
        period = None if stored is None else stored.answers.get(PERIOD)
        if stored is None or not isinstance(period, str):
            raise ProblemError(Problem("E720"))
        opened = await self._scores.open(ref, period)
        for appraisal in opened.regulation.appraisals.values():
            reader = YearReader(opened, appraisal, self._clock())
            found = next((one for one in reader.record.appeals if one.entry.id == entry), None)
            if found is not None:
                return reader, found
        raise ProblemError(Problem("E720"))

    def _decides(self, reader: YearReader) -> Procedure | None:
        """Return the course of appeals if the actor's post may decide on them."""
        course = reader.record.appeal_course
        if course is None:
            return None
        return course if any(_may(reader, move.form, move.by) for move in course.moves) else None

    async def _touched(self, reader: YearReader, record: AppealRecord) -> tuple[Touched, ...]:
        decision = None if record.decision is None else reader.record.entry(record.decision.entry)
        if decision is None or record.change is None:
            return ()
        async with self._lock:
            wanted = decision_tables(reader.opened, reader.appraisal)
            ready = await self._supposition(reader.opened, (decision.form,), wanted)
            with self._scores.held(reader.opened):
                return await asyncio.to_thread(touched_by, reader.opened, reader.appraisal, decision, ready)

    # ---- marks ----------------------------------------------------------------------------------------------------
    async def marks(self, ref: ActorRef, period: str | None = None) -> tuple[MarkSheet, ...]:
        """Return what the actor has to mark in a year, by line. Raises DeniedError, ProblemError E511."""
        opened = await self._scores.open(ref, period)
        return tuple(mark_sheets(opened, self._clock()))

    async def own_tasks(self, ref: ActorRef, period: str) -> tuple[OwnTask, ...]:
        """Return what a year asks of the actor now. Raises DeniedError, ProblemError E511."""
        return tuple(own_tasks(await self._scores.open(ref, period), self._clock()))

    # ---- parts ----------------------------------------------------------------------------------------------------
    async def _sighted(
        self, ref: ActorRef, person: str | None, period: str | None, of: str
    ) -> tuple[Opened, Standing | None]:
        """Return the year of somebody whom the actor may see, and the appraisal that the person stands in."""
        opened = await self._scores.open(ref, period)
        who = person or opened.actor.person
        require_sight(opened, who)
        return opened, standing(opened, who, of)

    async def _reader(self, ref: ActorRef, appraisal: str, period: str | None) -> YearReader | None:
        opened = await self._scores.open(ref, period)
        found = opened.regulation.appraisals.get(appraisal)
        return None if found is None else YearReader(opened, found, self._clock())

    async def _known(self, ref: ActorRef, appraisal: str, period: str) -> YearReader:
        found = await self._reader(ref, appraisal, period)
        if found is None or found.course is None:
            raise ProblemError(Problem("E707"))
        return found

    async def _supposition(
        self,
        opened: Opened,
        changed: tuple[str, ...],
        wanted: tuple[str, ...],
        progress: Progress | None = None,
    ) -> Supposition:
        """Return a supposition that is ready to be asked; the lock is held."""
        community = opened.community
        key = (community.place, opened.period, opened.regulation.revision, community.number, changed, wanted)
        found = self._ready.pop(key, None)
        if found is None:
            with self._scores.held(opened):
                found = await asyncio.to_thread(Supposition, opened.evaluation, changed, wanted, progress)
        self._ready[key] = found
        while len(self._ready) > _KEPT:
            self._ready.popitem(last=False)
        return found


def _half(progress: Progress | None, half: int) -> Progress | None:
    """Return what tells the progress of the first (0) or the second half (1) of something; None where nobody asks."""
    return None if progress is None else lambda done, of: progress(half * of + done, 2 * of)


def _waits(reader: YearReader, form: str, stands: Standing) -> bool:
    """Whether a form is asked for now of who stands in an appraisal, and isn't there yet."""
    if form not in reader.appraisal.stage(reader.state).each:
        return False
    asked, person = reader.opened.regulation.forms[form], worker_of(reader.opened, stands.about)
    return any(one.person in {stands.about, person} for one in reader.unfilled(asked))


def _excuse_form(reader: YearReader) -> str | None:
    """Return the form by which the actor's post may excuse assessors now, or None."""
    forms = excuses_of(reader.appraisal) if reader.takes_excuses else ()
    return next((form for form in forms if _may(reader, form, ())), None)


def _may(reader: YearReader, form: str, roles: tuple[str, ...]) -> bool:
    """Whether the actor's post may fill in a form, and is one of the posts of a step."""
    own = reader.opened.actor.post.roles
    filled_by = reader.opened.regulation.forms[form].filled_by
    return (not filled_by or not own.isdisjoint(filled_by)) and (not roles or not own.isdisjoint(roles))

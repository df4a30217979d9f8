"""Where an appraisal's year stands: its stages, the steps that lead on, and what is missing before the next.

Read from the tables of an evaluation of that year alone; nothing is checked and nothing is changed here.
"""

from collections.abc import Iterator
from datetime import date, datetime
from functools import cached_property
from typing import Any

from app.domain.calendar_context import context_of
from app.domain.clocks import advance
from app.domain.core.compiled import condition
from app.domain.core.values import Length
from app.domain.kinds.appraisal import Appraisal, Stage
from app.domain.kinds.common import Parameter, Source, Texts
from app.domain.kinds.form import Form
from app.domain.kinds.links import WORKER
from app.domain.kinds.procedure import Move, Procedure, out_of_order
from app.domain.kinds.sheet import Sheet
from app.domain.zones import date_of
from app.services.appraising.opened import Opened
from app.services.appraising.record import RecordReader
from app.services.appraising.standings import worker_of
from app.services.appraising.windows import windows_of
from app.services.doers import anonymous_forms
from app.services.occurrences import fixed_answers
from app.services.reasons.records import Record, records
from app.services.registers.facts import Subjects
from app.services.year.assessed import Assessed
from app.services.year.marking import MarkingReader
from app.services.year.views import Missing, StageView, Step
from app.services.year_forms import PERIOD, course_of


class YearReader:
    """Reads the year of one appraisal; those that share its course are asked together what is missing."""

    def __init__(self, opened: Opened, appraisal: Appraisal, now: datetime) -> None:
        """Look at an evaluation of the year as of `now`."""
        self.opened = self._opened = opened
        self.appraisal = appraisal
        self.now = self._now = now
        self._regulation = opened.regulation
        self.record = RecordReader(opened, appraisal)
        self.whom = Assessed(opened, appraisal, now)
        self.marking = MarkingReader(opened, self.record, self.whom, now)
        self._subjects = Subjects(opened.community, opened.actor, now)

    # ---- the course -----------------------------------------------------------------------------------------------
    @cached_property
    def course(self) -> Procedure | None:
        """The procedure that the year goes through, or None."""
        return course_of(self.appraisal, self._regulation)

    @cached_property
    def year(self) -> str:
        """The entry that opened the year, the first if there are several; "" while nobody has."""
        return next((key for key in self._matters(self.course)), "")

    def _matters(self, procedure: Procedure | None) -> Iterator[str]:
        """Yield the matters of a procedure that are of this year, oldest first."""
        if procedure is None:
            return
        rows = records(self._opened.at_work, procedure.matter)
        own = procedure is self.course
        found = [row for row in rows if (self._is_year if own else self._opened.holds)(row.get(PERIOD))]
        yield from (str(row["id"]) for row in sorted(found, key=lambda row: (row["at"], str(row["id"]))))

    def _is_year(self, label: object) -> bool:
        """Whether an answer names the year itself."""
        return label == self._opened.period

    def windows(self, sheet: Sheet) -> tuple[str, ...]:
        """Return the windows of a sheet in the year, the earliest first."""
        return windows_of(sheet, self._opened.evaluation.period, self._regulation.calendar)

    def _states(self, procedure: Procedure, matter: str) -> list[Record]:
        rows = (row for row in records(self._opened.at_work, procedure.id) if row["matter"] == matter)
        return sorted(rows, key=lambda row: row["nth"])

    @cached_property
    def state(self) -> str:
        """The state that the year is in; "" while it hasn't been opened."""
        passed = self._passed
        return str(passed[-1]["state"]) if passed else ""

    @cached_property
    def _passed(self) -> list[Record]:
        return self._states(self.course, self.year) if self.course is not None and self.year else []

    @property
    def since(self) -> datetime | None:
        """When the state began that the year is in; None while it hasn't been opened."""
        return self._passed[-1]["start"] if self._passed else None

    def stages(self) -> tuple[StageView, ...]:
        """Return the stages in order: those that are over, the present one, those to come."""
        course = self.course
        if course is None:
            return tuple(
                StageView(one.id, one.title or {"zh": one.id}, None, None, None, None, "", "")
                for one in self.appraisal.stages
            )
        states = list(course.states)
        at = states.index(self.state) if self.state in states else -1
        last = {str(row["state"]): row for row in self._passed}
        return tuple(
            self._stage(course, state, number, at, last.get(state)) for number, state in enumerate(states)
        )

    def _stage(self, course: Procedure, state: str, number: int, at: int, row: Record | None) -> StageView:
        stage = self.appraisal.stage(state)
        lasts = self.appraisal.lasts(stage)
        reached = row is not None and number <= at
        since = row["start"] if row is not None and reached else None
        return StageView(
            state,
            stage.title or course.states[state] or {"zh": state},
            None if number > at else number == at,
            since,
            None if lasts is None or since is None else self.end_of(lasts, since),
            None if lasts is None else _days(lasts),
            self._opened.labels.of(WORKER, str(row["by"])).name if row is not None and reached else "",
            str(row["entry"]) if row is not None and reached else "",
        )

    def end_of(self, length: Parameter, since: datetime) -> datetime | None:
        """Return the instant at which a length of days from `since` has passed."""
        value = length.on(date_of(self._regulation.calendar.zone, since))
        return advance(since, value, self._regulation.calendar) if isinstance(value, Length) else None

    @cached_property
    def public_since(self) -> datetime | None:
        """When everybody first saw the results; None while nobody does. A year without stages is public once over."""
        public = {stage.id for stage in self.appraisal.stages if stage.public}
        found = [row["start"] for row in self._passed if str(row["state"]) in public]
        return found[-1] if found else None

    @cached_property
    def appeals_until(self) -> datetime | None:
        """Until when one can appeal (exclusive); None while the term hasn't begun, or none is declared."""
        appeal = self.appraisal.appeal
        if appeal is None or appeal.course is None or self.public_since is None:
            return None
        return self.end_of(appeal.within, self.public_since)

    # ---- the next step --------------------------------------------------------------------------------------------
    def steps(self) -> tuple[Step, ...]:
        """Return the steps that lead away from where the year stands, in declared order."""
        course = self.course
        if course is None or not self.year:
            return ()
        return tuple(self.step(course, move) for move in course.moves if self.state in move.from_states)

    def step(self, course: Procedure, move: Move) -> Step:
        """Return a step with what stands in its way: one that leads back needs nothing."""
        form = self._regulation.forms[move.form]
        states = list(course.states)
        back = states.index(move.to) < states.index(self.state) if self.state in states else False
        target = self.appraisal.stage(move.to)
        return Step(
            move.id,
            move.title or course.states[move.to] or {"zh": move.id},
            move.to,
            form.id,
            {**fixed_answers(move.condition, form), move.link: self.year},
            move.by,
            () if back else tuple(self.missing(move.to)),
            target.freezes,
            back,
        )

    def missing(self, to: str = "") -> Iterator[Missing]:
        """Yield what the stage that the year is in still asks for, in every appraisal that shares its course.

        What several ask for (an appeal that waits, days that haven't passed) is named once.
        """
        named: list[Missing] = []
        for reader in self.sharing():
            for one in reader.lacking(reader.appraisal.stage(self.state), to):
                if one not in named:
                    named.append(one)
                    yield one

    def sharing(self) -> Iterator["YearReader"]:
        """Yield the readers of all appraisals that go through this course in this year, itself first."""
        yield self
        for other in self._regulation.appraisals.values():
            if (
                other.id != self.appraisal.id
                and other.course == self.appraisal.course
                and self.course is not None
            ):
                yield YearReader(self._opened, other, self._now)

    def lacking(self, stage: Stage, to: str) -> Iterator[Missing]:
        """Yield what is missing before a stage of this appraisal is left for the state `to`."""
        for form in stage.each:
            yield from self.unfilled(self._regulation.forms[form])
        for source in stage.none:
            yield from self._left(source)
        if stage.marked:
            yield from self._unmarked()
        for name in stage.settled:
            yield from self._strays(self._regulation.procedures[self._regulation.latest(name)])
            yield from self._unsettled(self._regulation.procedures[self._regulation.latest(name)])
        view = next((one for one in self.stages() if one.id == stage.id), None)
        if view is not None and view.until is not None and self._now < view.until:
            yield Missing("lasts", view.title, until=view.until)
        if self.appraisal.stage(to).freezes and not self.is_over:
            yield Missing("period", self.appraisal.heading.title or {"zh": self.appraisal.id})

    @cached_property
    def passed(self) -> list[str]:
        """The entries that led the year on, in order: the one that opened it first."""
        return [str(row["entry"]) for row in self._passed]

    @property
    def takes_marks(self) -> bool:
        """Whether marks are given now: before the year is opened, and where no stage asks for them or this one does."""
        stages = [stage.id for stage in self.appraisal.stages if stage.marked]
        return not self.frozen and (not stages or not self.year or self.state in stages)

    @property
    def takes_excuses(self) -> bool:
        """Whether assessors can still be excused: until the last stage that asks for marks is over."""
        course, marked = self.course, [stage.id for stage in self.appraisal.stages if stage.marked]
        if course is None or not self.year or self.frozen:
            return not self.frozen
        states = list(course.states)
        return any(states.index(self.state) <= states.index(one) for one in marked if one in states)

    @property
    def frozen(self) -> bool:
        """Whether the year has been in a stage that freezes it."""
        return any(self.appraisal.stage(str(row["state"])).freezes for row in self._passed)

    @property
    def is_over(self) -> bool:
        """Whether the year itself has ended."""
        today = date_of(self._regulation.calendar.zone, self._now)
        return today >= self._opened.evaluation.period.end

    @property
    def left_unopened(self) -> str:
        """The year before, which nobody opened, while this one runs and isn't opened either; "" otherwise.

        A year with records of less than its half is left in peace: a ledger that begins in autumn says too little.
        """
        opened, course = self._opened, self.course
        before = opened.evaluation.period.start.year - 1
        if (
            course is None
            or self.year
            or self.is_over
            or opened.since is None
            or opened.since > date(before, 7, 1)
        ):
            return ""
        rows = records(opened.at_work, course.matter)
        return "" if any(row.get(PERIOD) == str(before) for row in rows) else str(before)

    # ---- what may be missing --------------------------------------------------------------------------------------
    def unfilled(self, form: Form) -> Iterator[Missing]:
        """Yield those who are assessed, and still there, without an entry of a form for the year."""
        rows = records(self._opened.evaluation, form.id)
        has = {row.get("subject") for row in rows if row.get(PERIOD) == self._opened.period}
        for about in self.whom.assessed:
            if about not in has and self.whom.is_there(about):
                yield Missing(
                    "form",
                    form.heading.title or {"zh": form.id},
                    self.whom.name(about),
                    worker_of(self._opened, about),
                    form.id,
                )

    def _left(self, source: Source) -> Iterator[Missing]:
        """Yield the rows of the year that may not be left."""
        evaluation = self._opened.evaluation
        if not evaluation.has(source.table):
            return
        schema = evaluation.schema(source.table)
        holds = condition(source.where, schema)
        context = context_of(self._regulation.calendar)
        at = {column.name: number for number, column in enumerate(schema.columns)}
        for key, row in sorted(evaluation.rows(source.table).items(), key=lambda item: str(item[0])):
            if PERIOD in at and not self._opened.holds(row[at[PERIOD]]):
                continue
            if holds(row, context) is not True:
                continue
            yield self._row(source.table, row, at, key)

    def _row(self, table: str, row: tuple[Any, ...], at: dict[str, int], key: object) -> Missing:
        """Return a row in words: whom it is about, and where that is looked at."""
        schema = self._opened.evaluation.schema(table)
        of, whom = "", ""
        for column in ("about", "subject"):
            if column in at and isinstance(row[at[column]], str):
                of, whom = schema.type_of(column).to or "", row[at[column]]
                break
        hidden = table in anonymous_forms(self._regulation)
        owner = next(
            (
                row[at[name]]
                for name in ("owner", "by")
                if name in at and isinstance(row[at[name]], str) and not hidden
            ),
            "",
        )
        person = whom if of == WORKER else owner
        entry = self._opened.community.entries.get(str(key[0]) if isinstance(key, tuple) else str(key))
        title = self._title(table)
        who = self.whom.name(whom) if of == WORKER else self._subjects.name(of, whom) if whom else ""
        if entry is not None and of == WORKER:
            return Missing("row", title, who, person, entry.id, "entry")
        return Missing("row", title, who, person, whom if of != WORKER else "", of)

    def _title(self, table: str) -> Texts:
        name = self._regulation.latest(table.partition(".")[0])
        kinds: tuple[Any, ...] = (
            self._regulation.forms,
            self._regulation.duties,
            self._regulation.appraisals,
            self._regulation.sheets,
            self._regulation.indicators,
            self._regulation.rules,
            self._regulation.tables,
            self._regulation.procedures,
        )
        found: Texts = next((kind[name].heading.title for kind in kinds if name in kind), {})
        return found or {"zh": table}

    def _unmarked(self) -> Iterator[Missing]:
        """Yield the assessors who haven't marked all whom they have to."""
        for assessor in self.marking.assessors:
            left = [about for one in self.marking.of(assessor) for about in one.left]
            if left:
                whom = tuple(self.whom.name(about) for about in dict.fromkeys(left))
                yield Missing(
                    "marks",
                    self.appraisal.heading.title,
                    self.whom.name(assessor),
                    assessor,
                    n=len(left),
                    whom=whom,
                    appraisal=self.appraisal.id,
                )

    def _unsettled(self, procedure: Procedure) -> Iterator[Missing]:
        """Yield the matters of the year from whose state a step still leads on."""
        leading = {state for move in procedure.moves for state in move.from_states}
        for matter in self._matters(procedure):
            states = self._states(procedure, matter)
            entry = self._opened.community.entries.get(matter)
            if states and entry is not None and str(states[-1]["state"]) in leading:
                title = procedure.heading.title or {"zh": procedure.id}
                who = self.whom.name(entry.subject) if entry.subject else ""
                yield Missing("appeal", title, who, entry.subject or "", matter)

    def _strays(self, procedure: Procedure) -> Iterator[Missing]:
        """Yield the steps on matters of the year that count nothing and wait to be withdrawn.

        Those that came when nothing allowed them, and those that only repeat an earlier one.
        """
        links = {move.form: move.link for move in procedure.moves}
        matters = set(self._matters(procedure))
        strays = [str(row["entry"]) for row in records(self._opened.evaluation, out_of_order(procedure.id))]
        strays += [entry for entry, reason in self._opened.evaluation.excluded() if reason == "once_per"]
        for name in strays:
            entry = self._opened.community.entries.get(name)
            if entry is not None and entry.answers.get(links.get(entry.form, "")) in matters:
                who = self.whom.name(entry.subject) if entry.subject else ""
                yield Missing("stray", self._title(entry.form), who, entry.subject or "", name, "entry")


def _days(length: Parameter) -> int | None:
    value = length.values[-1][1]
    return value.number if isinstance(value, Length) else None

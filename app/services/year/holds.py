"""What an entry of an appraisal's year may say: a step, a mark, an appeal, a decision.

A step waits until nothing is missing; a mark keeps its bounds; an appeal keeps its term; nobody decides on himself.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from fractions import Fraction

from app.domain.core.numbers import format_number, parse_number
from app.domain.core.values import Number
from app.domain.entry import Entry
from app.domain.kinds.procedure import Move, Procedure
from app.domain.kinds.sheet import Line, Mark, Sheet
from app.domain.kinds.sheet_plan import items_table
from app.domain.kinds.versions import whole_of
from app.domain.problem import Problem
from app.domain.submission import Fault
from app.domain.zones import date_of
from app.services.appraising.composition import HUNDRED
from app.services.appraising.standings import abouts
from app.services.reasons.evidence import Evidence
from app.services.reasons.records import number_or_none
from app.services.year.reading import YearReader
from app.services.year.views import bounds, to_type
from app.services.year_forms import ITEM, LINE, PERIOD, WHOM, contested_part, excuses_of, given_back


class Held:
    """One entry, held against the year of one appraisal; `old` is the entry that it corrects."""

    def __init__(self, reader: YearReader, entry: Entry, old: Entry | None = None) -> None:
        """Look at an entry."""
        self._reader = reader
        self._entry = entry
        self._old = old
        self._opened = reader.opened
        self.period = reader.opened.period
        self._window = str(entry.answers.get(PERIOD, self.period))

    def faults(self) -> list[Fault]:
        """Return why the entry can't be."""
        steps = [] if self._old is not None else [*self._step(), *self._opening()]
        excuse = self._excuse()
        return [*steps, *self._mark(), *excuse, *self._appeal(self._reader.now), *self._decision()]

    def on_paper(self) -> list[Fault]:
        """Return why a row of a file can't be: what it says, whatever has come before or after it.

        Steps aren't held to what is missing, nor marks to the stage: paper comes in any order.
        """
        marks = [fault for fault in self._mark() if fault.problem.values.get("reason") != "stage"]
        excuses = [fault for fault in self._excuse() if fault.problem.values.get("reason") != "stage"]
        return [*self._opening(), *marks, *excuses, *self._appeal(self._entry.at), *self._decision()]

    def once(self) -> Iterator[tuple[tuple[object, ...], Fault]]:
        """Yield what the rows of one file may say once, with what is wrong with a second."""
        course = self._reader.record.appeal_course
        if course is None:
            return
        if self._entry.form == course.matter:
            about = (self._window, self._entry.answers.get(ITEM), self._entry.answers.get(LINE) or "")
            yield ("appeal", self._entry.subject, *about), _appeal_fault("twice")
        for move in course.moves:
            if move.form == self._entry.form:
                yield ("decision", self._entry.answers.get(move.link)), _decision_fault("decided")
                return

    # ---- steps ----------------------------------------------------------------------------------------------------
    def _moves(self, course: Procedure | None) -> Iterator[Move]:
        """Yield the step that an entry is from where the year stands."""
        if course is None or not self._reader.year:
            return
        for step in self._reader.steps():
            fixed = {**step.answers}
            if step.form == self._entry.form and all(
                self._entry.answers.get(name) == value for name, value in fixed.items()
            ):
                yield next(move for move in course.moves if move.id == step.id)

    def freezes(self) -> bool:
        """Whether the entry begins a stage that freezes the year."""
        moves = self._moves(self._reader.course)
        return any(self._reader.appraisal.stage(move.to).freezes for move in moves)

    def _step(self) -> Iterator[Fault]:
        course = self._reader.course
        for move in self._moves(course) if course is not None else ():
            missing = self._reader.step(course, move).missing if course is not None else ()
            if missing:
                yield _step_fault("missing", len(missing))
            return

    def _opening(self) -> Iterator[Fault]:
        """Yield that a year was opened already."""
        course, reader = self._reader.course, self._reader
        if (
            course is not None
            and self._entry.form == course.matter
            and reader.year not in ("", self._entry.id)
        ):
            yield _step_fault("opened")

    # ---- marks ----------------------------------------------------------------------------------------------------
    def _mark(self) -> Iterator[Fault]:
        """Yield what is wrong with a mark; several lines may take theirs from one form, and one that fits is enough.

        Where none does, what the line says that the post is for comes before what others say.
        """
        if self._entry.subject not in self._reader.whom.assessed:
            return
        found = []
        for sheet, line in self._lines():
            fault = None if line.mark is None else self._of_line(sheet, line.mark)
            if fault is None:
                return
            found.append(fault)
        others = ("post", "own", "others")
        yield from sorted(found, key=lambda fault: fault.problem.values.get("reason") in others)[:1]

    def _lines(self) -> Iterator[tuple[Sheet, Line]]:
        for sheet, _, _, line in self._reader.record.mark_lines():
            if line.mark is not None and line.mark.form == self._entry.form:
                yield sheet, line

    def _of_line(self, sheet: Sheet, mark: Mark) -> Fault | None:
        """Return what is wrong with a mark of one line."""
        if PERIOD in self._entry.answers and self._window not in self._reader.windows(sheet):
            return _mark_fault("window", PERIOD, windows=self._reader.windows(sheet))
        points = number_of(self._entry.answers.get("points"))
        least, most = bounds(mark)
        own = self._entry.subject == self._entry.by
        if own and mark.own == "never":
            return _mark_fault("own")
        if not own and mark.own == "only":
            return _mark_fault("others")
        if points is None or not least <= points <= most:
            return _mark_fault("bounds", "points", least=least, most=most)
        if not self._short_enough(points, mark):
            return _mark_fault("decimals", "points", decimals=mark.decimals or 0)
        reason = str(self._entry.answers.get(mark.reason or "", "") or "").strip()
        low, high = (number_or_none(one.values[-1][1]) or 0 for one in mark.plain or (mark.least, mark.least))
        if mark.reason is not None and not reason and not (mark.plain and low <= points <= high):
            return _mark_fault("reason", mark.reason, least=low, most=high)
        if mark.by and not self._reader.whom.holds(self._entry.by, mark.by, self._entry.at):
            return _mark_fault("post")
        if self._reader.frozen:
            return _mark_fault("frozen")
        return None if self._reader.takes_marks else _mark_fault("stage")

    def _short_enough(self, points: Number, mark: Mark) -> bool:
        """Whether a mark has no more decimals than its line wants; one that stood may stay while the rest changes."""
        if mark.decimals is None or (Fraction(points) * 10**mark.decimals).denominator == 1:
            return True
        return self._old is not None and number_of(self._old.answers.get("points")) == points

    def _excuse(self) -> list[Fault]:
        """Return what is wrong with an excuse from marking."""
        if self._entry.form not in excuses_of(self._reader.appraisal):
            return []
        assessor, whom = self._entry.subject or "", self._entry.answers.get(WHOM)
        if assessor == self._entry.by:
            return [_excuse_fault("own")]
        if self._reader.frozen or not self._reader.takes_excuses:
            return [_excuse_fault("frozen" if self._reader.frozen else "stage")]
        marks = {about for one in self._excusing() for about in one.marking.marked_by(assessor)}
        if not marks:
            return [_excuse_fault("nobody")]
        return [_excuse_fault("whom", WHOM)] if whom and whom not in marks else []

    def _excusing(self) -> Iterator[YearReader]:
        """Yield the readers of all appraisals that take excuses from the entry's form."""
        for other in self._opened.regulation.appraisals.values():
            if self._entry.form in excuses_of(other):
                yield YearReader(self._opened, other, self._reader.now)

    # ---- appeals --------------------------------------------------------------------------------------------------
    def _appeal(self, now: datetime) -> Iterator[Fault]:
        """Yield what is wrong with an appeal that is made `now`; a correction has no term of its own."""
        course = self._reader.record.appeal_course
        if course is None or self._entry.form != course.matter or not self._concerned():
            return
        reader, until = self._reader, self._reader.appeals_until
        if self._entry.subject != self._entry.by:
            yield _appeal_fault("others")
        elif self._item() is None or (self._line and self._row() is None):
            yield _appeal_fault("item")
        elif self._old is not None:
            return
        elif until is None:
            yield _appeal_fault("early")
        elif now >= until or reader.frozen:
            yield self._dated()
        elif any(
            one.is_open
            and one.item == self._entry.answers.get(ITEM)
            and one.line == self._line
            and one.period == self._window
            and one.entry.subject == self._entry.subject
            for one in reader.record.appeals
        ):
            yield _appeal_fault("twice")

    def _concerned(self) -> bool:
        """Whether the entry is about somebody who is assessed here, or names a line of a sheet of this appraisal."""
        named = str(self._entry.answers.get(ITEM, "")).partition("/")[0]
        regulation, appraisal = self._opened.regulation, self._reader.appraisal
        if named in {whole_of(appraisal.id), *(whole_of(sheet.id) for sheet in self._reader.record.sheets)}:
            return True
        return not any(named == whole_of(one) for one in (*regulation.sheets, *regulation.appraisals))

    def _item(self) -> tuple[Number, Number | None] | None:
        """Return the points and the maximum of the item that the entry names, of the person; None: no such one."""
        own = str(self._entry.answers.get(ITEM, ""))
        name, _, rest = own.partition("/")
        subject = self._entry.subject or ""
        if contested_part(self._reader.appraisal, own) is not None:
            found = (
                self._reader.record.points(own, one, self._window) for one in abouts(self._opened, subject)
            )
            score = next((one for one in found if one is not None), None)
            return None if score is None else (score, HUNDRED)
        for sheet in self._reader.record.sheets:
            table = items_table(sheet.id)
            if whole_of(sheet.id) != name or not self._opened.evaluation.has(table):
                continue
            schema = self._opened.evaluation.schema(table)
            for about in abouts(self._opened, subject):
                row = self._opened.evaluation.rows(table).get((about, self._window, rest))
                points = None if row is None else number_or_none(row[schema.position("points")])
                if row is not None and points is not None:
                    return points, number_or_none(row[schema.position("max")])
        return None

    def _dated(self) -> Fault:
        """Return that the term is over, and its last day."""
        until = self._reader.appeals_until or self._reader.now
        last = date_of(self._opened.regulation.calendar.zone, until - timedelta(microseconds=1))
        return _appeal_fault("late", day=last.isoformat())

    # ---- decisions ------------------------------------------------------------------------------------------------
    def _decision(self) -> Iterator[Fault]:
        course = self._reader.record.appeal_course
        moves = [move for move in course.moves if move.form == self._entry.form] if course is not None else []
        if not moves:
            return
        appeal = self._opened.community.entries.get(str(self._entry.answers.get(moves[0].link)))
        record = next(
            (one for one in self._reader.record.appeals if appeal and one.entry.id == appeal.id), None
        )
        if appeal is None or record is None:
            return
        points = self._given(self._entry)
        if self._entry.by in {appeal.subject, appeal.by}:
            yield _decision_fault("own")
        elif (
            any(self._entry.answers.get(name) != appeal.answers.get(name) for name in (ITEM, PERIOD))
            or self._line != record.line
            or self._entry.subject != appeal.subject
        ):
            yield _decision_fault("astray")
        elif self._old is None and not record.is_open:
            yield _decision_fault("decided")
        elif points is not None:
            left = self.left()
            if points <= 0 or (left is not None and points > left):
                yield _decision_fault("points", most=left or 0)

    def left(self) -> Number | None:
        """Return how many points a decision can give back: what the row cost, and no more than the item lacks.

        Asked of an appeal it is what one on it could. None: nothing bounds it.
        What the decision that is corrected gave back counts as lacking. Of a share (17 of 18 of 25 points) it is the
        next hundredth, which can be typed; no item goes beyond its maximum.
        """
        item, row = self._item(), self._row()
        cost = None if row is None else row.cost
        if item is None or item[1] is None:
            return None if cost is None else to_type(cost)
        before = None if self._old is None else self._given(self._old)
        lacking = Fraction(item[1]) - Fraction(item[0]) + Fraction(before or 0)
        return to_type(lacking if cost is None else min(Fraction(cost), lacking))

    @property
    def _line(self) -> str:
        """The row of the item that the entry names, "" the whole item."""
        return str(self._entry.answers.get(LINE) or "")

    def _row(self) -> Evidence | None:
        item = str(self._entry.answers.get(ITEM, ""))
        subject = self._entry.subject or ""
        return self._reader.record.row(item, self._line, subject, self._window) if self._line else None

    def _given(self, decision: Entry) -> Number | None:
        """Return how many points a decision gives, by the figure that the sheets take from it; None: none."""
        names = given_back(self._reader.appraisal, self._opened.regulation)
        found = (number_of(decision.answers.get(name)) for name in names)
        return next((one for one in found if one is not None), None)


def _step_fault(reason: str, n: int = 0) -> Fault:
    return Fault(Problem("E781", values={"reason": reason, "n": n}))


def _mark_fault(
    reason: str,
    field: str = "",
    *,
    least: Number = 0,
    most: Number = 0,
    windows: tuple[str, ...] = (),
    decimals: int = 0,
) -> Fault:
    values: dict[str, str | int] = {
        "reason": reason,
        "least": format_number(least),
        "most": format_number(most),
        "windows": ", ".join(windows),
        "decimals": decimals,
    }
    return Fault(Problem("E782", field=field or None, values=values))


def _excuse_fault(reason: str, field: str = "") -> Fault:
    return Fault(Problem("E786", field=field or None, values={"reason": reason}))


def _appeal_fault(reason: str, day: str = "") -> Fault:
    return Fault(Problem("E783", values={"reason": reason, "day": day}))


def _decision_fault(reason: str, most: Number = 0) -> Fault:
    return Fault(Problem("E784", values={"reason": reason, "most": format_number(most)}))


def number_of(value: object) -> Number | None:
    """Return a figure, or an answer that is one; None for anything else."""
    if isinstance(value, int | Fraction) and not isinstance(value, bool):
        return value
    try:
        return parse_number(value) if isinstance(value, str) else None
    except ValueError:
        return None

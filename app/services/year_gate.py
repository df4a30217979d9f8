"""What the year of an appraisal forbids: said when a form is sent in, before anything is stored.

A step waits until nothing is missing; a mark keeps its bounds; an appeal keeps its term; nobody decides on himself.
What comes in by an import isn't refused: the rules leave out what they don't allow, and procedures find what came out
of order.
"""

from collections.abc import Iterator
from datetime import timedelta
from fractions import Fraction

from app.domain.core.expressions import names_in
from app.domain.core.numbers import format_number, parse_number
from app.domain.core.values import Number
from app.domain.entry import Entry
from app.domain.kinds.appraisal import Appraisal
from app.domain.kinds.procedure import Move, Procedure
from app.domain.kinds.sheet import CORRECTED
from app.domain.kinds.sheet_plan import items_table
from app.domain.kinds.versions import whole_of
from app.domain.problem import Problem
from app.domain.submission import Fault
from app.domain.zones import date_of
from app.services.actor import Actor
from app.services.appraisal_record import ITEM, PERIOD, walk
from app.services.closing import Closing
from app.services.labels import Labels
from app.services.live import Community, LiveCommunities
from app.services.ports import Clock
from app.services.records import number_or_none
from app.services.scores import Opened, abouts
from app.services.year_reading import YearReader, bounds


class YearGate:
    """Holds entries that belong to an appraisal's year against it, and closes a period whose stage freezes it."""

    def __init__(self, live: LiveCommunities, clock: Clock, closing: Closing | None = None) -> None:
        """Keep what evaluates years, and what closes them."""
        self._live = live
        self._clock = clock
        self._closing = closing

    async def faults(self, community: Community, actor: Actor, entry: Entry) -> list[Fault]:
        """Return why an entry can't be sent in: E781 (a step), E782 (a mark), E783 (an appeal), E784 (a decision)."""
        faults: list[Fault] = []
        for reader in await self._readers(community, actor, entry):
            faults += _Held(reader, entry).faults()
        return _each_once(faults)

    async def before(self, community: Community, actor: Actor, entry: Entry) -> None:
        """Close the year whose stage an entry begins, if that stage freezes it. Raises as `Closing.close`.

        The outcome is there before the step is: where the process dies in between, the step is taken again.
        """
        for reader in await self._readers(community, actor, entry):
            held = _Held(reader, entry)
            if self._closing is not None and held.freezes():
                await self._closing.close(community.place, held.period, actor.person)
                return

    async def _readers(self, community: Community, actor: Actor, entry: Entry) -> list[YearReader]:
        """Return the readers of the appraisals to whose year an entry belongs."""
        regulation = community.regulation
        found = [one for one in regulation.appraisals.values() if entry.form in forms_of(one, community)]
        period = period_of(community, found, entry)
        if not found or not period:
            return []
        evaluation = await self._live.other_period(community.place, period)
        now = self._clock()
        opened = Opened(actor, community, evaluation, period, Labels(evaluation, now))
        return [YearReader(opened, one, now) for one in found]


def forms_of(appraisal: Appraisal, community: Community) -> set[str]:
    """Return the forms whose entries belong to an appraisal's year: of its course, its appeals and its marks."""
    regulation = community.regulation
    found: set[str] = set()
    courses = (appraisal.course, appraisal.appeal.course if appraisal.appeal is not None else None)
    for name in courses:
        procedure = None if name is None else regulation.procedures.get(regulation.latest(name))
        if procedure is not None:
            found |= {procedure.matter, *(move.form for move in procedure.moves)}
    for sheet in regulation.sheets.values():
        for _, item in walk(sheet):
            found |= {line.mark.form for line in item.lines if line.mark is not None}
    return found


def period_of(community: Community, appraisals: list[Appraisal], entry: Entry) -> str:
    """Return the year that an entry is of: as it says itself, or as the matter says of which it is a step; "" none."""
    own = entry.answers.get(PERIOD)
    if isinstance(own, str):
        return own
    for appraisal in appraisals:
        procedure = community.regulation.procedures.get(community.regulation.latest(appraisal.course or ""))
        for move in procedure.moves if procedure is not None else ():
            matter = community.entries.get(str(entry.answers.get(move.link)))
            found = None if matter is None else matter.answers.get(PERIOD)
            if move.form == entry.form and isinstance(found, str):
                return found
    return ""


class _Held:
    """One entry, held against the year of one appraisal."""

    def __init__(self, reader: YearReader, entry: Entry) -> None:
        self._reader = reader
        self._entry = entry
        self._opened = reader.opened
        self.period = reader.opened.period

    def faults(self) -> list[Fault]:
        """Return why the entry can't be."""
        return [*self._step(), *self._opening(), *self._mark(), *self._appeal(), *self._decision()]

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
        """Yield what is wrong with a mark; several lines may take theirs from one form, and one that fits is enough."""
        if self._entry.subject not in self._reader.assessed:
            return
        lines = [
            line
            for _, _, _, line in self._reader.record.mark_lines()
            if line.mark and line.mark.form == self._entry.form
        ]
        found = []
        for line in lines:
            mark = line.mark
            if mark is None:
                continue
            points = number_of(self._entry.answers.get("points"))
            least, most = bounds(mark)
            own = self._entry.subject == self._entry.by
            reason = str(self._entry.answers.get(mark.reason or "", "") or "").strip()
            plain = (
                None
                if mark.plain is None
                else tuple(number_or_none(one.values[-1][1]) or 0 for one in mark.plain)
            )
            if own and mark.own == "never":
                found.append(_mark_fault("own"))
            elif not own and mark.own == "only":
                found.append(_mark_fault("others"))
            elif points is None or not least <= points <= most:
                found.append(_mark_fault("bounds", "points", least=least, most=most))
            elif mark.reason is not None and not reason and not (plain and plain[0] <= points <= plain[1]):
                low, high = plain or (0, 0)
                found.append(_mark_fault("reason", mark.reason, least=low, most=high))
            elif self._entry.by not in self._reader.assessors and mark.by:
                found.append(_mark_fault("post"))
            elif self._reader.frozen:
                found.append(_mark_fault("frozen"))
            else:
                return
        yield from found[:1]

    # ---- appeals --------------------------------------------------------------------------------------------------
    def _appeal(self) -> Iterator[Fault]:
        course = self._reader.record.appeal_course
        if course is None or self._entry.form != course.matter or not self._concerned():
            return
        reader, until = self._reader, self._reader.appeals_until
        if self._entry.subject != self._entry.by:
            yield _appeal_fault("others")
        elif self._item() is None:
            yield _appeal_fault("item")
        elif until is None:
            yield _appeal_fault("early")
        elif reader.now >= until or reader.frozen:
            yield self._dated()
        elif any(
            one.is_open
            and one.item == self._entry.answers.get(ITEM)
            and one.entry.subject == self._entry.subject
            for one in reader.record.appeals
        ):
            yield _appeal_fault("twice")

    def _concerned(self) -> bool:
        """Whether the entry is about somebody who is assessed here, or names a line of a sheet of this appraisal."""
        named = str(self._entry.answers.get(ITEM, "")).partition("/")[0]
        return named in {whole_of(sheet.id) for sheet in self._reader.record.sheets} or not any(
            named == whole_of(sheet.id) for sheet in self._opened.regulation.sheets.values()
        )

    def _item(self) -> tuple[Number, Number | None] | None:
        """Return the points and the maximum of the item that the entry names, of the person; None: no such one."""
        name, _, rest = str(self._entry.answers.get(ITEM, "")).partition("/")
        subject = self._entry.subject or ""
        for sheet in self._reader.record.sheets:
            table = items_table(sheet.id)
            if whole_of(sheet.id) != name or not self._opened.evaluation.has(table):
                continue
            schema = self._opened.evaluation.schema(table)
            for about in abouts(self._opened, subject):
                row = self._opened.evaluation.rows(table).get((about, self.period, rest))
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
        if appeal is None or not any(one.entry.id == appeal.id for one in self._reader.record.appeals):
            return
        points = self._given()
        if self._entry.by in {appeal.subject, appeal.by}:
            yield _decision_fault("own")
        elif (
            any(self._entry.answers.get(name) != appeal.answers.get(name) for name in (ITEM, PERIOD))
            or self._entry.subject != appeal.subject
        ):
            yield _decision_fault("astray")
        elif points is not None:
            item = self._item()
            left = None if item is None or item[1] is None else Fraction(item[1]) - Fraction(item[0])
            if points <= 0 or (left is not None and points > left):
                yield _decision_fault("points", most=left or 0)

    def _given(self) -> Number | None:
        """Return how many points a decision gives, by the figure that the sheets take from it; None: none."""
        lines = (
            line for sheet in self._reader.record.sheets for _, item in walk(sheet) for line in item.lines
        )
        for line in lines:
            tree = None if line.amount is None else line.amount.expression
            if line.id == CORRECTED and tree is not None:
                found = [number_of(self._entry.answers.get(name)) for name in names_in(tree)]
                return next((one for one in found if one is not None), None)
        return None


def _step_fault(reason: str, n: int = 0) -> Fault:
    return Fault(Problem("E781", values={"reason": reason, "n": n}))


def _mark_fault(reason: str, field: str = "", least: Number = 0, most: Number = 0) -> Fault:
    values = {"reason": reason, "least": format_number(least), "most": format_number(most)}
    return Fault(Problem("E782", field=field or None, values=values))


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


def _each_once(faults: list[Fault]) -> list[Fault]:
    return [fault for number, fault in enumerate(faults) if fault not in faults[:number]]

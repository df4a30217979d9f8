"""Reads what belongs to somebody's year beside the score: summary, marks, appeals, the others' median.

Read from the tables of an evaluation alone, for the pages and for the print alike; nothing is checked here.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cached_property

from app.domain.core.values import Number
from app.domain.entry import Entry
from app.domain.files import files_in
from app.domain.kinds.appraisal import Appraisal, Part
from app.domain.kinds.appraisal_plan import corrections_table
from app.domain.kinds.common import Texts
from app.domain.kinds.form import Form
from app.domain.kinds.links import WORKER
from app.domain.kinds.procedure import Procedure
from app.domain.kinds.sheet import CORRECTED, Item, Line, Mark, Sheet
from app.domain.kinds.sheet_plan import items_table, lines_table
from app.domain.kinds.versions import whole_of
from app.services.appraising.composition import Composition
from app.services.appraising.excuses import Excuse, excuses, marks_there
from app.services.appraising.medians import Medians, median_of
from app.services.appraising.opened import Opened
from app.services.appraising.part_reasons import part_reason
from app.services.appraising.record_views import (
    AppealRecord,
    AppraisalRecord,
    Evidence,
    MarkGiven,
    TrendPoint,
    Written,
)
from app.services.appraising.standings import Standing, abouts, posts_in, worker_of
from app.services.clearance import EVERYTHING, NOTHING_SENSITIVE
from app.services.reasons.evidence import Evidence as Row
from app.services.reasons.period_words import period_title
from app.services.reasons.reasons import Reasons
from app.services.reasons.records import Record, number_or_none, records, text_or_none
from app.services.registers.facts import Subjects
from app.services.told import facts
from app.services.year_forms import (
    LINE,
    PERIOD,
    appeals_of,
    contested_part,
    contested_parts,
    item_titles,
    lines_by_mark,
    sheets_of,
    summaries_of,
)


class RecordReader:
    """Reads the records of those assessed in one year; what they share is read once."""

    def __init__(self, opened: Opened, appraisal: Appraisal) -> None:
        """Look at an evaluation."""
        self._opened = opened
        self._appraisal = appraisal
        self._evaluation = opened.evaluation
        self._regulation = opened.regulation
        self._read: dict[tuple[str, str, str], tuple[Row, ...]] = {}
        self._name = Subjects(opened.community, opened.actor, opened.labels.now).name

    def record(self, about: str, trend: tuple[TrendPoint, ...] = ()) -> AppraisalRecord:
        """Return what belongs to the year of one person (or place)."""
        return AppraisalRecord(
            about,
            self._opened.period,
            self._scores.get(about),
            tuple(self._summaries(about)),
            tuple(self.marks(about)),
            tuple(one for one in self.appeals if one.entry.subject == about),
            trend,
            median_of(list(self._scores.values())),
            tuple(self._medians.against(about)),
            tuple(self._excused(about)),
        )

    # ---- entries in words -----------------------------------------------------------------------------------------
    def entry(self, entry_id: str) -> Entry | None:
        """Return an entry of the community."""
        return self._opened.community.entries.get(entry_id)

    def written(self, form: Form, entry: Entry, *, anonymous: bool = False) -> Written:
        """Return an entry in words; sensitive answers only where the reader may see them."""
        cleared = EVERYTHING if entry.by == self._opened.actor.person else NOTHING_SENSITIVE
        told = facts(form, entry.answers, self._name, cleared)
        by = "" if anonymous else self._opened.labels.of(WORKER, entry.by).name
        files = tuple(
            Evidence(
                str(one.get("name", "")),
                str(one["sha256"]),
                str(one.get("type", "")),
                _whole(one.get("size")),
            )
            for item in form.fields
            if cleared.reads(item)
            for one in files_in(entry.answers.get(item.id))
        )
        named = {one for one in entry.answers if any(files_in(entry.answers[one]))} if files else set()
        told = tuple(one for one in told if one.field not in named)  # beside the files: how many there are
        return Written(entry.id, form.id, form.heading.title or {"zh": form.id}, entry.at, by, told, files)

    def _of_year(self, form: str) -> Iterator[Record]:
        """Yield the rows of a form's entries that name this year, or a window of it, oldest first."""
        found = (row for row in records(self._evaluation, form) if self._opened.holds(row.get(PERIOD)))
        yield from sorted(found, key=lambda row: (row["at"], str(row["id"])))

    def _summaries(self, about: str) -> Iterator[Written]:
        for form_id in summaries_of(self._appraisal):
            form = self._regulation.forms[form_id]
            for row in self._of_year(form_id):
                entry = self.entry(str(row["id"]))
                if entry is not None and row.get("subject") == about:
                    yield self.written(form, entry)

    # ---- marks ----------------------------------------------------------------------------------------------------
    def mark_lines(self) -> Iterator[tuple[Sheet, tuple[str, ...], Item, Line]]:
        """Yield the lines by marks of the sheets that the appraisal rests on, with their items."""
        return lines_by_mark(self._appraisal, self._regulation)

    def marks(self, about: str) -> Iterator[MarkGiven]:
        """Yield the marks on somebody, by item, oldest first.

        Where several lines take theirs from one form a mark stands with those that count it, else with the first.
        """
        lines = [(*found, self._counted(about, *found)) for found in self.mark_lines()]
        told: set[str] = {key for *_, keys in lines for key in keys}
        for sheet, path, item, line, keys in lines:
            mark = line.mark
            if mark is None:
                continue
            for row in self._of_year(mark.form):
                key = str(row["id"])
                if row.get("subject") != about or (key in told and key not in keys):
                    continue
                told.add(key)
                reason = text_or_none(row.get(mark.reason or "reason"))
                yield MarkGiven(
                    key,
                    sheet.id,
                    str(row[PERIOD]),
                    path,
                    line.id,
                    item.title or {"zh": item.id},
                    row["at"],
                    "" if mark.anonymous else self._opened.labels.of(WORKER, str(row["by"])).name,
                    number_or_none(row.get("points")),
                    _bound(mark.least.values[-1][1]),
                    _bound(mark.most.values[-1][1]),
                    reason or "",
                    key in keys,
                )

    def _counted(
        self, about: str, sheet: Sheet, path: tuple[str, ...], _item: Item, line: Line
    ) -> frozenset[str]:
        """Return the ids of the entries that a line counts of somebody."""
        table = lines_table(sheet.id)
        return frozenset(
            _first(row["row"])
            for row in (records(self._evaluation, table) if self._evaluation.has(table) else ())
            if row["about"] == about and row["item"] == "/".join(path) and row["line"] == line.id
        )

    @cached_property
    def excuses(self) -> tuple[Excuse, ...]:
        """The excuses of the year, oldest first."""
        return tuple(excuses(self._opened, self._appraisal))

    def _excused(self, about: str) -> Iterator[Excuse]:
        """Yield the excuses of those who would have marked somebody, and haven't."""
        own = (about, worker_of(self._opened, about))
        for one in self.excuses:
            marks = [
                line.mark
                for _, _, _, line in self.mark_lines()
                if line.mark is not None
                and one.covers(one.assessor, own, one.period, self._opened.period)
                and marks_there(self._opened, one.assessor, line.mark, self.place_of(about), one.at)
                and self._may_mark(one.assessor, own, line.mark)
            ]
            forms = {mark.form for mark in marks}
            gave = any(
                row["by"] == one.assessor and row.get("subject") == about
                for form in forms
                for row in self._of_year(form)
            )
            if marks and not gave:
                hidden = any(mark.anonymous for mark in marks)
                yield replace(one, assessor="", name="", reason="") if hidden else one

    @staticmethod
    def _may_mark(assessor: str, own: tuple[str, ...], mark: Mark) -> bool:
        """Whether a line takes a mark by somebody on oneself, or on others."""
        return mark.own != "never" if assessor in own else mark.own != "only"

    # ---- appeals --------------------------------------------------------------------------------------------------
    @cached_property
    def appeals(self) -> tuple[AppealRecord, ...]:
        """The appeals of the year against lines of this appraisal's sheets, oldest first."""
        course = self.appeal_course
        if course is None:
            return ()
        ids = {whole_of(self._appraisal.id), *(whole_of(sheet.id) for sheet in self.sheets)}
        found = (self.appeal(course, row) for row in self._of_year(course.matter))
        return tuple(one for one in found if one is not None and one.item.partition("/")[0] in ids)

    @property
    def appeal_course(self) -> Procedure | None:
        """The procedure that appeals go through, or None."""
        return appeals_of(self._appraisal, self._regulation)

    def appeal(self, course: Procedure, row: Record) -> AppealRecord | None:
        """Return an appeal with what became of it."""
        entry = self.entry(str(row["id"]))
        if entry is None:
            return None
        state, decided = self._states.get(entry.id, (course.begins, ""))
        item = text_or_none(row.get("item")) or ""
        line = text_or_none(row.get(LINE)) or ""
        period = str(row[PERIOD])
        decision = self.entry(decided)
        form = None if decision is None else self._regulation.forms.get(decision.form)
        written = None if decision is None or form is None else self.written(form, decision)
        return AppealRecord(
            entry,
            item,
            period,
            line,
            self.titles(item, period),
            self.row(item, line, entry.subject or "", period) if line else None,
            self.written(self._regulation.forms[course.matter], entry),
            state,
            course.states.get(state, {}) or {"zh": state},
            any(state in move.from_states for move in course.moves),
            written,
            self._corrections.get(decided),
        )

    @cached_property
    def _states(self) -> Mapping[str, tuple[str, str]]:
        """The state that each appeal is in, and the entry that led to it, unless it is the appeal itself."""
        course = self.appeal_course
        last: dict[str, Record] = {}
        for row in records(self._evaluation, course.id) if course is not None else ():
            known = last.get(row["matter"])
            if known is None or known["nth"] < row["nth"]:
                last[row["matter"]] = row
        return {
            matter: (str(row["state"]), "" if row["entry"] == matter else str(row["entry"]))
            for matter, row in last.items()
        }

    @cached_property
    def _corrections(self) -> Mapping[str, Number]:
        """The points by which an entry corrects an item, by its id."""
        found: dict[str, Number] = {}
        for sheet in self.sheets:
            for row in records(self._evaluation, lines_table(sheet.id)):
                points = number_or_none(row["points"])
                if row["line"] == CORRECTED and points is not None:
                    found[_first(row["row"])] = points
        for path, _ in self._contested:
            table = corrections_table(self._appraisal.id, path)
            for row in records(self._evaluation, table) if self._evaluation.has(table) else ():
                points = number_or_none(row["points"])
                if points is not None:
                    found[_first(row["row"])] = points
        return found

    @cached_property
    def _contested(self) -> tuple[tuple[tuple[str, ...], Part], ...]:
        """The parts of the score that are contested as such, with their paths."""
        return tuple(contested_parts(self._appraisal))

    def points(self, item: str, about: str, period: str) -> Number | None:
        """Return the points of an item that is named `sheet/section/item`; None where somebody has none there.

        Of a part that is named `appraisal/part` its score out of 100.
        """
        part = contested_part(self._appraisal, item)
        if part is not None:
            made = Composition(self._evaluation, self._appraisal, about, period)
            return made.score(*part) if period == self._opened.period else None
        name, _, rest = item.partition("/")
        found = (
            number_or_none(rows[about]["points"])
            for (sheet, window, own), rows in self._points.items()
            if whole_of(sheet) == name and window == period and own == rest and about in rows
        )
        return next(found, None)

    def row(self, item: str, line: str, subject: str, period: str) -> Row | None:
        """Return a row behind an item of somebody's score that cost something, by the name that appeals give it."""
        return next((row for row in self._rows(item, subject, period) if row.ref == line), None)

    def _rows(self, item: str, subject: str, period: str) -> tuple[Row, ...]:
        key = (item, subject, period)
        if key not in self._read:
            name, _, rest = item.partition("/")
            found: tuple[Row, ...] = self._part_rows(*key)
            for sheet in self.sheets:
                for about in abouts(self._opened, subject) if whole_of(sheet.id) == name else ():
                    reason = Reasons(self._evaluation, sheet.id, about, period).reason(tuple(rest.split("/")))
                    found += () if reason is None else reason.rows
            self._read[key] = found
        return self._read[key]

    def _part_rows(self, item: str, subject: str, period: str) -> tuple[Row, ...]:
        """Return the rows behind a part of somebody's score; none where the item names none."""
        part = contested_part(self._appraisal, item)
        if part is None:
            return ()
        reasons = (
            part_reason(self._evaluation, self._appraisal, about, period, part[0])
            for about in abouts(self._opened, subject)
        )
        return tuple(row for reason in reasons if reason is not None for row in reason.rows)

    def titles(self, item: str, period: str) -> tuple[Texts, ...]:
        """Return the words of an item that is named `sheet/section/item`, from the section down.

        Before them those of its window, where that is shorter than the year.
        """
        found = item_titles(self._appraisal, self._regulation, item)
        if not found:
            name = item.partition("/")[0]
            sheet = self._regulation.sheets.get(self._regulation.latest(name))
            return ((sheet.heading.title if sheet is not None else {}) or {"zh": item},)
        of_a_part = contested_part(self._appraisal, item) is not None
        return found if of_a_part or period == self._opened.period else (period_title(period), *found)

    # ---- the others' median ---------------------------------------------------------------------------------------
    @cached_property
    def sheets(self) -> tuple[Sheet, ...]:
        """The sheets that the appraisal rests on, as they are in the year, in the order of its parts."""
        return sheets_of(self._appraisal, self._regulation)

    @cached_property
    def _scores(self) -> Mapping[str, Number]:
        rows = records(self._evaluation, self._appraisal.id)
        own = (row for row in rows if row["period"] == self._opened.period)
        return {row["about"]: score for row in own if (score := number_or_none(row["score"])) is not None}

    @cached_property
    def _points(self) -> Mapping[tuple[str, str, str], Mapping[str, Record]]:
        """The rows of each item of the sheets, by sheet, window and item, then by whom they are about."""
        found: dict[tuple[str, str, str], dict[str, Record]] = {}
        for sheet in self.sheets:
            for row in records(self._evaluation, items_table(sheet.id)):
                if self._opened.holds(row["period"]):
                    key = (sheet.id, row["period"], row["item"])
                    found.setdefault(key, {})[row["about"]] = row
        return found

    @cached_property
    def _medians(self) -> Medians:
        places = {about: self.place_of(about) for about in self._scores}
        return Medians(self._opened, self.sheets, places, self._points)

    def place_of(self, about: str) -> str:
        """Return where somebody works, or the place itself that is assessed."""
        if about in self._regulation.places.places:
            return about
        posts = posts_in(self._opened, Standing(self._appraisal, about))
        return posts[-1]["place"] if posts else ""


def record_of(
    opened: Opened, appraisal: Appraisal, about: str, trend: tuple[TrendPoint, ...] = ()
) -> AppraisalRecord:
    """Return what belongs to the year of one person; for many read them by one RecordReader."""
    return RecordReader(opened, appraisal).record(about, trend)


def _first(key: object) -> str:
    """Return the first value of a row's key: of an entry's row its id."""
    return str(key[0]) if isinstance(key, tuple) else str(key)


def _whole(value: object) -> int:
    return value if isinstance(value, int) else 0


def _bound(value: object) -> Number:
    found = number_or_none(value)
    return 0 if found is None else found

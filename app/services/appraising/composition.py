"""How a score is made up: each part with its weight and score, those that it is made of, and its windows.

Read from the tables of an evaluation: what isn't a column of the appraisal is read from the rows that a part takes.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Final

from app.domain.calendar_context import context_of
from app.domain.core.compiled import condition
from app.domain.core.expressions import TRUE
from app.domain.core.numbers import normal
from app.domain.core.values import NotApplicable, Number
from app.domain.kinds.appraisal import Appraisal, Part
from app.domain.kinds.appraisal_plan import corrections_table
from app.domain.kinds.common import Texts
from app.domain.kinds.links import link_column
from app.domain.kinds.spine import spine_of
from app.domain.period import parse_period
from app.services.appraising.windows import lies_in, named
from app.services.evaluate import Evaluation
from app.services.reasons.period_words import period_title
from app.services.reasons.records import Record, as_record, number_or_none, records, text_or_none
from app.services.year_forms import part_at

HUNDRED: Final = 100


_ROLL_UPS: Final[Mapping[str, Callable[[list[Fraction]], Fraction]]] = {
    "average": lambda known: sum(known, Fraction(0)) / len(known),
    "sum": lambda known: sum(known, Fraction(0)),
    "best": max,
    "worst": min,
    "last": lambda known: known[-1],
}


@dataclass(frozen=True, slots=True)
class PartRow:
    """A row that a part takes its score from: the table, its key, its window, and the score out of 100."""

    table: str
    key: object
    period: str
    record: Record
    score: Number | None


@dataclass(frozen=True, slots=True)
class PartView:
    """A part of a score, or one of the windows of a part. `depth` 0: at the top.

    `weight` is the share of what it stands in (None: none of its own), `score` out of 100 (None: unknown, or it doesn't
    apply: `state` says which). `sheet` names the score sheet that it is, as `SheetView.name`; "" where its own reason
    tells what it is.
    """

    path: tuple[str, ...]
    title: Texts
    weight: Number | None
    score: Number | None
    depth: int
    sheet: str = ""
    leaf: bool = True
    state: str = "not_computable"


class Composition:
    """Reads the parts of one score in one year."""

    def __init__(self, evaluation: Evaluation, appraisal: Appraisal, about: str, period: str) -> None:
        """Look at the appraisal of `about` in `period`."""
        self._evaluation = evaluation
        self._appraisal = appraisal
        self._about = about
        self._period = period
        self._calendar = evaluation.regulation.calendar
        self._whole = parse_period(period, self._calendar)
        row = evaluation.rows(appraisal.id).get((about, period))
        self._row: Record = {} if row is None else as_record(evaluation, appraisal.id, row)

    @property
    def start(self) -> date:
        """The first day of the year, whose law its weights are read by."""
        return self._whole.start

    def parts(self) -> tuple[PartView, ...]:
        """Return the parts in order, each before those that it is made of and its windows."""
        return tuple(self._parts(self._appraisal.parts, ()))

    def find(self, path: tuple[str, ...]) -> Part | None:
        """Return the part that `path` names, by its id and those of the parts that it stands in."""
        return part_at(self._appraisal, path)

    def score(self, path: tuple[str, ...], part: Part) -> Number | None:
        """Return a part's score out of 100."""
        if len(path) == 1:
            return number_or_none(self._row.get(f"part_{part.id}"))
        measured = self.measured(path, part)
        given = [number_or_none(row["points"]) for row in self.corrections(path, part)]
        known = [Fraction(one) for one in given if one is not None]
        if measured is None or len(known) < len(given):
            return None
        return normal(
            min(max(measured + sum(known), Fraction(0)), max(Fraction(measured), Fraction(HUNDRED)))
        )

    def corrections(self, path: tuple[str, ...], part: Part) -> tuple[Record, ...]:
        """Return the rows by which a part was corrected afterwards, the earliest first."""
        table = corrections_table(self._appraisal.id, path)
        if part.correction is None or not self._evaluation.has(table):
            return ()
        mine = (
            row
            for row in records(self._evaluation, table)
            if (row["about"], row["period"]) == (self._about, self._period)
        )
        return tuple(sorted(mine, key=lambda row: (row["at"], str(row["row"]))))

    def measured(self, path: tuple[str, ...], part: Part) -> Number | None:
        """Return a part's score out of 100 by its own rows, before anything corrected it."""
        if part.parts:
            return self._weighed(
                [(one.weight.on(self.start), self.score((*path, one.id), one)) for one in part.parts]
            )
        rows = self.rows(part)
        if part.shares:
            return self._weighed([(self.share(part, row), row.score) for row in rows])
        if part.roll_up == "pool":
            return self._pooled(rows)
        known = [Fraction(row.score) for row in rows if row.score is not None]
        if not known or len(known) < len(rows):
            return None
        return normal(_ROLL_UPS[part.roll_up or "last"](known))

    def share(self, part: Part, row: PartRow) -> Number | None:
        """Return the share that a window has of its part; None where windows have none of their own."""
        found = (one.on(self.start) for key, one in part.shares if row.period.rpartition("-")[2] == key)
        return number_or_none(next(found, None))

    @staticmethod
    def _weighed(parts: list[tuple[object, Number | None]]) -> Number | None:
        """Return the sum of scores by their weights; None where one isn't known: policies are the appraisal's."""
        total = Fraction(0)
        for weight, score in parts:
            share = number_or_none(weight)
            if share is None or score is None:
                return None
            total += Fraction(share) * Fraction(score)
        return normal(total) if parts else None

    def _pooled(self, rows: tuple[PartRow, ...]) -> Number | None:
        """Return what is counted of all windows together, of all that there is, out of a hundred."""
        counted, whole = Fraction(0), Fraction(0)
        for row in rows:
            part, of = _counts(row.record)
            if part is None or of is None:
                return None
            counted, whole = counted + Fraction(part), whole + Fraction(of)
        return normal(counted * HUNDRED / whole) if whole else None

    def _parts(self, parts: tuple[Part, ...], above: tuple[str, ...]) -> Iterator[PartView]:
        for part in parts:
            path = (*above, part.id)
            rows = () if part.parts else self.rows(part)
            several = len(rows) > 1
            weight = number_or_none(part.weight.on(self.start))
            sheet = self._sheet(rows[0]) if len(rows) == 1 else ""
            yield PartView(
                path,
                part.title or {"zh": part.id},
                weight,
                self.score(path, part),
                len(above),
                sheet,
                not part.parts,
                self.state(path, part),
            )
            yield from self._parts(part.parts, path)
            for row in rows if several else ():
                share = self.share(part, row)
                title = period_title(row.period)
                yield PartView(
                    (*path, row.period), title, share, row.score, len(path), self._sheet(row), leaf=False
                )

    def _sheet(self, row: PartRow) -> str:
        """Return the name of the sheet that a row is the whole of, "" where it is none."""
        regulation = self._evaluation.regulation
        own = next((one for one in regulation.versions(row.table) if self._has(one, row.period)), "")
        return named(own, row.period, self._period) if own in regulation.sheets else ""

    def _has(self, table: str, period: str) -> bool:
        return self._evaluation.has(table) and (self._about, period) in self._evaluation.rows(table)

    def rows(self, part: Part) -> tuple[PartRow, ...]:
        """Return the rows that a part takes its score from, the earliest window first; of entries of a form none."""
        table = part.table or ""
        if not self._evaluation.has(table) or part.source is not None:
            return ()
        schema = self._evaluation.schema(table)
        link = link_column(schema, spine_of(self._appraisal.for_each, self._evaluation.regulation).refers)
        at, when = schema.position(link), schema.position("period")
        holds = None if part.where == TRUE else condition(part.where, schema)
        context = context_of(self._calendar)
        found = []
        for key, row in self._evaluation.rows(table).items():
            own = row[at] == self._about and isinstance(row[when], str)
            if not own or not self._takes(part, row[when]):
                continue
            if holds is None or holds(tuple(row), context) is True:
                record = as_record(self._evaluation, table, row)
                found.append(PartRow(table, key, row[when], record, self._of_hundred(table, record)))
        return tuple(
            sorted(found, key=lambda one: (parse_period(one.period, self._calendar).start, str(one.key)))
        )

    def _takes(self, part: Part, window: str) -> bool:
        """Whether a part takes rows of a window: of the year itself, or of those in it where it rolls them up."""
        if part.roll_up is None and not part.shares:
            return window == self._period
        return lies_in(window, self._whole, self._calendar)

    def _of_hundred(self, table: str, record: Record) -> Number | None:
        """Return a row's score out of 100, as the appraisal takes it."""
        regulation = self._evaluation.regulation
        sort = regulation.latest(table)
        if sort in regulation.sheets:
            points, most = number_or_none(record["points"]), number_or_none(record["max"])
            return None if points is None or not most else normal(Fraction(points) * HUNDRED / Fraction(most))
        if sort in regulation.indicators:
            value = number_or_none(record["value"])
            share = regulation.indicators[sort].measure in {"share", "rate"}
            return value if value is None or not share else normal(Fraction(value) * HUNDRED)
        return number_or_none(record.get("score"))

    def state(self, path: tuple[str, ...], part: Part) -> str:
        """Return a part's state: computed, or why it has no score."""
        if self.score(path, part) is not None:
            return "computed"
        value = self._row.get(f"part_{part.id}") if len(path) == 1 else None
        return "not_applicable" if isinstance(value, NotApplicable) else "not_computable"

    def gates(self, part: Part) -> Iterator[tuple[str, bool | None]]:
        """Yield the tables on which it hangs whether a part counts at all, and whether it does."""
        for table, where in part.only_if:
            if not self._evaluation.has(table):
                continue
            schema = self._evaluation.schema(table)
            holds = condition(where, schema)
            context = context_of(self._calendar)
            at = schema.position("period")
            answers = [
                holds(tuple(row), context) is True
                for row in self._evaluation.rows(table).values()
                if text_or_none(row[at]) == self._period and self._concerns(table, row)
            ]
            yield table, any(answers) if answers else None

    def gate(self, table: str) -> Record | None:
        """Return the row of a table on which it hangs whether a part counts, None where there isn't just one."""
        schema = self._evaluation.schema(table)
        names = [column.name for column in schema.columns]
        found = [
            dict(zip(names, row, strict=True))
            for row in self._evaluation.rows(table).values()
            if text_or_none(row[schema.position("period")]) == self._period and self._concerns(table, row)
        ]
        return found[0] if len(found) == 1 else None

    def _concerns(self, table: str, row: tuple[object, ...]) -> bool:
        """Whether a row is about whom the score is about, or about a place (there is one of them above everybody)."""
        schema = self._evaluation.schema(table)
        about = row[schema.position("about")]
        return about == self._about or schema.type_of("about").to == "place"


def _counts(record: Record) -> tuple[Number | None, Number | None]:
    """Return what a row counts, and of how much: points of the most, or a part of a whole."""
    names = ("points", "max") if "points" in record else ("part", "whole")
    first, second = (number_or_none(record.get(name)) for name in names)
    return first, second

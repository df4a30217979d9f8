"""What another regulation would have made of the same entries: totals first, then whom it touches.

A comparison of two evaluations and nothing else: the numbers follow from rows that differ, and each row is named, so
that its lineage can be asked for on both sides.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from app.domain.core.delta import Key
from app.domain.core.numbers import normal
from app.domain.core.values import Number
from app.domain.kinds.appraisal import Grade
from app.domain.kinds.duty import State, state_of
from app.domain.regulation import Regulation
from app.domain.row_changes import Record, Results, RowChange, Whom, row_changes
from app.domain.workload import Workload, workload

_VALUE: Final[Mapping[str, str]] = {"sheet": "total", "appraisal": "score", "indicator": "value"}


@dataclass(frozen=True, slots=True)
class Pair:
    """A figure before and after."""

    before: Number
    after: Number

    @property
    def more(self) -> Number:
        """By how much it is more; below zero: less."""
        return normal(Fraction(self.after) - Fraction(self.before))


@dataclass(frozen=True, slots=True)
class DutyTotal:
    """How many occurrences of a duty's tier there are, in all and by state."""

    duty: str
    tier: str
    count: Pair
    states: tuple[tuple[State, Pair], ...]


@dataclass(frozen=True, slots=True)
class FindingTotal:
    """How many findings a rule makes."""

    rule: str
    count: Pair


@dataclass(frozen=True, slots=True)
class ScoreTotal:
    """A sheet, an appraisal or an indicator: its sum over all, and how many have less or more than before.

    `unit` is what a sheet counts in (`points`, a currency, hours), "" for others. `count`: for how many it is known.
    """

    table: str
    kind: str
    unit: str
    sum: Pair
    count: Pair
    lower: int
    higher: int
    grades: tuple[tuple[str, Pair], ...] = ()


@dataclass(frozen=True, slots=True)
class ScoreChange:
    """A result of somebody that differs; None: there is none, or it isn't known."""

    table: str
    kind: str
    key: Key
    period: str
    unit: str
    before: Number | None
    after: Number | None
    grades: tuple[str | None, str | None] = (None, None)
    ranks: tuple[int | None, int | None] = (None, None)

    @property
    def more(self) -> Number | None:
        """By how much it is more; None where one side isn't known."""
        if self.before is None or self.after is None:
            return None
        return normal(Fraction(self.after) - Fraction(self.before))


@dataclass(frozen=True, slots=True)
class Touched:
    """Somebody for whom rows differ: results, findings that come and go, how many occurrences they owe."""

    whom: Whom
    scores: tuple[ScoreChange, ...]
    findings: tuple[tuple[str, Pair], ...]
    owed: Pair
    missed: Pair
    changes: tuple[RowChange, ...]

    @property
    def loss(self) -> Number:
        """The largest fall of an appraisal, else of a sheet, as a positive number; below zero: a gain."""
        for kind in ("appraisal", "sheet"):
            moves = [one.more for one in self.scores if one.kind == kind and one.more is not None]
            if moves:
                fall = min(moves, key=Fraction)
                return normal(-Fraction(fall if fall < 0 else max(moves, key=Fraction)))
        return 0


@dataclass(frozen=True, slots=True)
class Impact:
    """Everything that would be otherwise. `touched` has those who lose most first."""

    duties: tuple[DutyTotal, ...]
    workload: Workload
    findings: tuple[FindingTotal, ...]
    scores: tuple[ScoreTotal, ...]
    touched: tuple[Touched, ...]
    changes: tuple[RowChange, ...]

    def of(self, whom: Whom) -> Touched | None:
        """Return what is otherwise for somebody; None for whom nothing is."""
        return next((one for one in self.touched if one.whom == whom), None)


def impact_of(before: Results, after: Results, worked_out: Collection[str] | None = None) -> Impact:
    """Return what differs between two evaluations of the same entries and period.

    `worked_out` names the tables that can differ, where that is known.
    """
    changes = tuple(row_changes(before, after, worked_out))
    touched = _touched(changes, before.regulation, after.regulation)
    return Impact(
        tuple(_duties(before, after, _changed(changes, "duty"))),
        workload(before, after),
        tuple(_findings(before, after, _changed(changes, "rule"))),
        tuple(_scores(before, after, changes)),
        tuple(sorted(touched, key=lambda one: (-Fraction(one.loss), -Fraction(one.missed.more), one.whom))),
        changes,
    )


def _changed(changes: Iterable[RowChange], kind: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(change.table for change in changes if change.kind == kind))


def _records(results: Results, table: str) -> Iterator[Record]:
    if results.has(table):
        names = [column.name for column in results.schema(table).columns]
        for row in results.rows(table).values():
            yield dict(zip(names, row, strict=True))


# ---- totals ----------------------------------------------------------------------------------------------------------
def _duties(before: Results, after: Results, tables: Iterable[str]) -> Iterator[DutyTotal]:
    for table in tables:
        one, other = (
            Counter((str(row["tier"]), state_of(row["state"])) for row in _records(side, table))
            for side in (before, after)
        )
        for tier in sorted({tier for tier, _ in (*one, *other)}):
            states = tuple(
                (state, Pair(one[tier, state], other[tier, state]))
                for state in State
                if one[tier, state] or other[tier, state]
            )
            if any(pair.more for _, pair in states):
                count = Pair(
                    sum(int(pair.before) for _, pair in states), sum(int(pair.after) for _, pair in states)
                )
                yield DutyTotal(table, tier, count, states)


def _findings(before: Results, after: Results, tables: Iterable[str]) -> Iterator[FindingTotal]:
    for table in tables:
        counts = [sum(1 for _ in _records(side, table)) for side in (before, after)]
        yield FindingTotal(table, Pair(*counts))


def _scores(before: Results, after: Results, changes: Iterable[RowChange]) -> Iterator[ScoreTotal]:
    moved: dict[str, list[RowChange]] = {}
    for change in changes:
        if _is_score(change):
            moved.setdefault(change.table, []).append(change)
    for table, own in moved.items():
        kind, column = own[0].kind, _VALUE[own[0].kind]
        sides = [
            [number for row in _records(side, table) if (number := _number(row.get(column))) is not None]
            for side in (before, after)
        ]
        moves = [_score(change, before.regulation, after.regulation).more for change in own]
        yield ScoreTotal(
            table,
            kind,
            _unit(table, before.regulation, after.regulation),
            Pair(*(normal(sum(map(Fraction, side), Fraction(0))) for side in sides)),
            Pair(*map(len, sides)),
            sum(1 for more in moves if more is not None and more < 0),
            sum(1 for more in moves if more is not None and more > 0),
            tuple(_grades(before, after, table)) if kind == "appraisal" else (),
        )


def _grades(before: Results, after: Results, table: str) -> Iterator[tuple[str, Pair]]:
    one, other = (
        Counter(_text(row.get("grade")) for row in _records(side, table)) for side in (before, after)
    )
    names = [grade.id for side in (after, before) for grade in _appraisal_grades(side.regulation, table)]
    for name in dict.fromkeys(names):
        if one[name] or other[name]:
            yield name, Pair(one[name], other[name])


def _appraisal_grades(regulation: Regulation, table: str) -> tuple[Grade, ...]:
    found = regulation.appraisals.get(regulation.latest(table))
    return () if found is None else found.grades


# ---- whom it touches -------------------------------------------------------------------------------------------------
def _touched(changes: Iterable[RowChange], before: Regulation, after: Regulation) -> Iterator[Touched]:
    of: dict[Whom, list[RowChange]] = {}
    for change in changes:
        for whom in change.concerns:
            of.setdefault(whom, []).append(change)
    for whom, own in of.items():
        found = _touch(whom, tuple(own), before, after)
        if found.scores or found.findings or found.owed.more or found.missed.more:
            yield found


def _touch(whom: Whom, own: tuple[RowChange, ...], before: Regulation, after: Regulation) -> Touched:
    findings: dict[str, list[int]] = {}
    owed, missed = [0, 0], [0, 0]
    for change in own:
        for at, record in enumerate((change.before, change.after)):
            if record is None:
                continue
            if change.kind == "rule" and whom.id in (record.get("about"), record.get("owner")):
                findings.setdefault(change.table, [0, 0])[at] += 1
            if change.kind == "duty" and record.get("owner") == whom.id:
                owed[at] += 1
                missed[at] += state_of(record["state"]) is State.MISSED
    return Touched(
        whom,
        tuple(_score(change, before, after) for change in own if _is_score(change)),
        tuple((rule, Pair(*counts)) for rule, counts in findings.items() if counts[0] != counts[1]),
        Pair(*owed),
        Pair(*missed),
        own,
    )


def _is_score(change: RowChange) -> bool:
    """Whether a changed row is a result: not an item or line of a sheet, and not one that differs in nothing told."""
    column = _VALUE.get(change.kind)
    if column is None or "." in change.table:
        return False
    told = (column, "grade", "rank")
    sides = [
        {} if side is None else {name: side.get(name) for name in told}
        for side in (change.before, change.after)
    ]
    return sides[0] != sides[1]


def _score(change: RowChange, before: Regulation, after: Regulation) -> ScoreChange:
    column = _VALUE[change.kind]
    old, new = change.before or {}, change.after or {}
    row = change.after or change.before or {}
    return ScoreChange(
        change.table,
        change.kind,
        change.key,
        str(row.get("period", "")),
        _unit(change.table, before, after),
        _number(old.get(column)),
        _number(new.get(column)),
        (_text(old.get("grade")), _text(new.get("grade"))),
        (_whole(old.get("rank")), _whole(new.get("rank"))),
    )


def _unit(table: str, before: Regulation, after: Regulation) -> str:
    for regulation in (after, before):
        found = regulation.sheets.get(regulation.latest(table))
        if found is not None:
            return found.unit
    return ""


def _number(value: object) -> Number | None:
    return normal(value) if isinstance(value, int | Fraction) and not isinstance(value, bool) else None


def _whole(value: object) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def _text(value: object) -> str | None:
    return value if isinstance(value, str) else None

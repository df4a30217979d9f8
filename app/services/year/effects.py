"""What a decision changed, for everybody whom it touches, and what is still open in the year with its worth.

Both are asked of the rules themselves: the rows are taken out, or put in, and what follows is worked out again
(`supposing`). Nothing is estimated.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Final

from app.domain.core.delta import Row
from app.domain.core.numbers import normal
from app.domain.core.values import Number
from app.domain.entry import Entry
from app.domain.kinds.appraisal import Appraisal
from app.domain.kinds.common import Texts
from app.domain.kinds.duty import State
from app.domain.kinds.sheet import Sheet
from app.services.appraising.behind import behind, measured
from app.services.appraising.opened import Opened
from app.services.appraising.record import RecordReader
from app.services.appraising.standings import abouts, name_of
from app.services.appraising.supposing import Supposition, Swap
from app.services.occurrences import tier_title
from app.services.ports import Progress
from app.services.reasons.records import number_or_none, text_or_none
from app.services.year_forms import every_part, walk

OPEN: Final = (State.UPCOMING.value, State.DUE.value, State.OVERDUE.value)
"""The states in which a duty can still be met, or missed."""


@dataclass(frozen=True, slots=True)
class Money:
    """What a sheet in money gives somebody, before and after."""

    title: Texts
    unit: str
    before: Number | None
    after: Number | None


@dataclass(frozen=True, slots=True)
class Touched:
    """Somebody whose result a decision changed: score, grade and rank before and after, and money where it moved."""

    about: str
    name: Texts | str
    before: Number | None
    after: Number | None
    grade_before: Texts | None
    grade_after: Texts | None
    rank_before: int | None
    rank_after: int | None
    money: tuple[Money, ...] = ()


@dataclass(frozen=True, slots=True)
class Prospect:
    """Open occurrences of one duty: how many there are, and what lies between doing and missing all of them, or one.

    `form` meets the duty, `subject` is the first that is due; both "" where there is none.
    """

    duty: str
    title: Texts
    tier: Texts
    count: int
    one: Number
    all: Number
    overdue: int


@dataclass(frozen=True, slots=True)
class Outlook:
    """What would change a score until the year's end: with everything open done, or missed, and each duty's part."""

    now: Number | None
    best: Number | None
    worst: Number | None
    best_grade: Texts | None
    worst_grade: Texts | None
    prospects: tuple[Prospect, ...]


# ---- decisions -----------------------------------------------------------------------------------------------------
def touched_by(
    opened: Opened, appraisal: Appraisal, decision: Entry, ready: Supposition
) -> tuple[Touched, ...]:
    """Return everybody whose result would be otherwise without a decision, whom it concerns first. Blocking.

    `ready` is a Supposition over the decision's form; see `decision_tables`.
    """
    table = opened.evaluation.rows(decision.form)
    swaps: list[Swap] = [(row, None) for key, row in table.items() if _entry_of(key) == decision.id]
    if not swaps:
        return ()
    after = _standing(opened, appraisal, ready)
    with ready.supposing({decision.form: swaps}):
        before = _standing(opened, appraisal, ready)
    found = [
        _touched(opened, about, before.get(about), after.get(about))
        for about in sorted({*before, *after})
        if before.get(about) != after.get(about)
    ]
    return tuple(sorted(found, key=lambda one: (one.about != decision.subject, one.about)))


def decision_tables(opened: Opened, appraisal: Appraisal) -> tuple[str, ...]:
    """Return the tables that a decision's effect is read from: the appraisal's, and the sheets in money."""
    return (appraisal.id, *(sheet.id for sheet in _in_money(opened)))


def _in_money(opened: Opened) -> Iterator[Sheet]:
    for sheet in opened.regulation.sheets.values():
        if sheet.unit.isupper() and opened.evaluation.has(sheet.id):
            yield sheet


@dataclass(frozen=True, slots=True)
class _Standing:
    score: Number | None
    grade: Texts | None
    rank: int | None
    money: tuple[tuple[Texts, str, Number | None], ...]


def _standing(opened: Opened, appraisal: Appraisal, ready: Supposition) -> dict[str, _Standing]:
    grades = {grade.id: grade.title or {"zh": grade.id} for grade in appraisal.grades}
    sheets = list(_in_money(opened))
    found: dict[str, _Standing] = {}
    for row in _of(ready, appraisal.id, opened.period):
        money = tuple(
            (
                sheet.heading.title or {"zh": sheet.id},
                sheet.unit,
                _points(ready, sheet.id, row["about"], opened.period),
            )
            for sheet in sheets
        )
        rank = number_or_none(row["rank"])
        grade = text_or_none(row["grade"])
        found[str(row["about"])] = _Standing(
            number_or_none(row["score"]),
            None if grade is None else grades.get(grade),
            None if rank is None else int(rank),
            money,
        )
    return found


def _of(ready: Supposition, table: str, period: str) -> Iterator[dict[str, Any]]:
    names = [column.name for column in ready.schema(table).columns]
    for row in ready.rows(table).values():
        record = dict(zip(names, row, strict=True))
        if record["period"] == period:
            yield record


def _points(ready: Supposition, sheet: str, about: object, period: str) -> Number | None:
    row = ready.rows(sheet).get((about, period))
    return None if row is None else number_or_none(row[ready.schema(sheet).position("points")])


def _touched(opened: Opened, about: str, before: _Standing | None, after: _Standing | None) -> Touched:
    one, other = before or _NOTHING, after or _NOTHING
    known = {title_of(title): points for title, _, points in one.money}
    money = tuple(
        Money(title, unit, known.get(title_of(title)), points)
        for title, unit, points in other.money
        if known.get(title_of(title)) != points
    )
    return Touched(
        about,
        name_of(opened, about),
        one.score,
        other.score,
        one.grade,
        other.grade,
        one.rank,
        other.rank,
        money,
    )


def title_of(title: Texts) -> str:
    """Return what tells two titles apart."""
    return "\0".join(f"{language}:{words}" for language, words in sorted(title.items()))


_NOTHING = _Standing(None, None, None, ())


def _entry_of(key: object) -> str:
    return str(key[0]) if isinstance(key, tuple) else str(key)


# ---- what is still open --------------------------------------------------------------------------------------------
def open_tables(opened: Opened, appraisal: Appraisal) -> tuple[str, ...]:
    """Return the duties on which a score rests, by what lines of its sheets, and its parts, count or measure."""
    regulation = opened.regulation
    lines = (
        line
        for sheet in RecordReader(opened, appraisal).sheets
        for _, item in walk(sheet)
        for line in item.lines
    )
    names = [name for line in lines for name in behind(regulation, line)]
    names += [name for part in every_part(appraisal.parts) for name in measured(regulation, part.table or "")]
    found = dict.fromkeys(
        one for name in names for one in regulation.versions(name) if one in regulation.duties
    )
    return tuple(one for one in found if opened.evaluation.has(one))


def outlook_of(
    opened: Opened,
    appraisal: Appraisal,
    about: str,
    ready: Supposition,
    progress: Progress | None = None,
) -> Outlook:
    """Return what would change somebody's score until the year's end. Blocking.

    `ready` is a Supposition over `open_tables`. Without an open duty best and worst are the score as it is. `progress`
    is called with (done, of) of the duties that are looked at.
    """
    mine = set(abouts(opened, about))
    groups: dict[tuple[str, str], list[tuple[Row, str]]] = {}
    for duty in open_tables(opened, appraisal):
        schema = opened.evaluation.schema(duty)
        at = {name: schema.position(name) for name in ("owner", "state", "tier", "subject")}
        for row in opened.evaluation.rows(duty).values():
            if row[at["state"]] in OPEN and (row[at["owner"]] in mine or row[at["subject"]] in mine):
                groups.setdefault((duty, str(row[at["tier"]])), []).append((row, str(row[at["state"]])))
    done: dict[tuple[str, str], list[Swap]]
    missed: dict[tuple[str, str], list[Swap]]
    done = {
        key: [(row, _as(opened, key[0], row, met=True)) for row, _ in rows] for key, rows in groups.items()
    }
    missed = {
        key: [(row, _as(opened, key[0], row, met=False)) for row, _ in rows] for key, rows in groups.items()
    }
    now = _result(opened, appraisal, about, ready)
    with ready.supposing(_together(done)):
        best = _result(opened, appraisal, about, ready)
    with ready.supposing(_together(missed)):
        worst = _result(opened, appraisal, about, ready)
    prospects = []
    for number, (key, rows) in enumerate(groups.items()):
        if progress is not None:
            progress(number, len(groups))
        others = {other: swaps for other, swaps in done.items() if other != key}
        first = [missed[key][0], *done[key][1:]]
        with ready.supposing(_together({**others, key: first})):
            one = _result(opened, appraisal, about, ready)
        with ready.supposing(_together({**others, key: missed[key]})):
            every = _result(opened, appraisal, about, ready)
        owed = opened.regulation.duties[key[0]]
        prospects.append(
            Prospect(
                owed.id,
                owed.heading.title or {"zh": owed.id},
                tier_title(owed, key[1]),
                len(rows),
                _less(best[0], one[0]),
                _less(best[0], every[0]),
                sum(state == State.OVERDUE.value for _, state in rows),
            )
        )
    prospects.sort(key=lambda found: (-Fraction(found.all), found.duty, str(sorted(found.tier.items()))))
    return Outlook(now[0], best[0], worst[0], best[1], worst[1], tuple(prospects))


def _together(swaps: Mapping[tuple[str, str], list[Swap]]) -> dict[str, list[Swap]]:
    found: dict[str, list[Swap]] = {}
    for (duty, _), pairs in swaps.items():
        found.setdefault(duty, []).extend(pairs)
    return found


def _as(opened: Opened, duty: str, row: Row, *, met: bool) -> Row:
    """Return an occurrence as it will be once it is done, or once it is missed."""
    schema = opened.evaluation.schema(duty)
    values = list(row)
    values[schema.position("state")] = State.MET.value if met else State.MISSED.value
    if met:
        values[schema.position("short")] = 0
        values[schema.position("counted")] = row[schema.position("needed")]
    return tuple(values)


def _result(
    opened: Opened, appraisal: Appraisal, about: str, ready: Supposition
) -> tuple[Number | None, Texts | None]:
    row = ready.rows(appraisal.id).get((about, opened.period))
    if row is None:
        return None, None
    schema = ready.schema(appraisal.id)
    grade = text_or_none(row[schema.position("grade")])
    titles = {one.id: one.title or {"zh": one.id} for one in appraisal.grades}
    return number_or_none(row[schema.position("score")]), None if grade is None else titles.get(grade)


def _less(one: Number | None, other: Number | None) -> Number:
    if one is None or other is None:
        return 0
    return normal(Fraction(one) - Fraction(other))

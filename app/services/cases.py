"""Running a regulation's own cases on the whole stack, and telling what comes out otherwise than expected."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from app.domain.core.delta import Row
from app.domain.core.json_values import outcome_json
from app.domain.core.values import NotApplicable, Schema, Unknown, Value
from app.domain.entry import Entry
from app.domain.kinds.case import Case, Expected
from app.domain.kinds.flag import ROWS
from app.domain.kinds.planning import limited
from app.domain.period import parse_period
from app.domain.place import Place, PlaceTree
from app.domain.problem import Problem
from app.domain.regulation import Regulation
from app.domain.zones import date_of
from app.services.evaluate import Evaluation
from app.services.plans import Among
from app.services.ports import Decider, Progress
from app.services.reasons.told_rows import Recording, Step, ToldRows
from app.services.suspicions import flagged_rows

_IDENTITY = frozenset({"about", "subject", "window", "period", "day", "item"})
"""Columns that say which row is meant, beside a table's key."""

_MOST_SHOWN = 60


@dataclass(frozen=True, slots=True)
class CaseResult:
    """A case and all that came out otherwise; nothing when it passed. `why` has a trace for each of the problems."""

    case: Case
    problems: tuple[Problem, ...]
    why: tuple[tuple[Step, ...], ...] = ()

    @property
    def passed(self) -> bool:
        """Whether everything was as expected."""
        return not self.problems


def chosen(cases: Iterable[Case], names: Sequence[str]) -> list[Case]:
    """Return the cases whose file or title holds one of `names`; all of them without names."""
    return [
        case
        for case in cases
        if not names
        or any(
            name in words for name in names for words in (case.where.path, case.title, *case.called.values())
        )
    ]


def _found_by(case: Case) -> tuple[str, ...]:
    return case.where.path, case.title, *case.called.values()


def run_cases(
    regulation: Regulation, cases: Sequence[Case], decider: Decider, progress: Progress | None = None
) -> list[CaseResult]:
    """Run cases, each on a community of its own with the regulation's definitions. Raises DecisionError.

    Blocking; the worker behind `decider` is shared.
    """
    results = []
    whole = among(regulation, cases) if len(cases) > 1 else None
    for number, case in enumerate(cases, 1):
        results.append(_run(regulation, case, decider, whole))
        if progress is not None:
            progress(number, len(cases))
    return results


def among(regulation: Regulation, cases: Iterable[Case]) -> Regulation:
    """Return the part of a regulation that cases look at: planned once for all of them, and cut to each."""
    return limited(regulation, {expected.table for case in cases for expected in case.expect})


def evaluation_of(
    regulation: Regulation, case: Case, decider: Decider, whole: Regulation | None = None
) -> Evaluation:
    """Return the evaluation of what a case gives. Raises ValueError for a period that there isn't, DecisionError.

    `whole` is what it looks at `among` others that are run with it; the tables are the same.
    """
    places = [_place(regulation, case, key, level) for key, level in case.places] or [regulation.place]
    tables = tuple(expected.table for expected in case.expect)
    there = PlaceTree.of(places)
    own = replace(limited(regulation, tables), place=places[0], places=there)
    larger = None
    if whole is not None and regulation.flags.keys().isdisjoint(
        tables
    ):  # a flag looks at who knows which tables
        larger = Among(replace(whole, place=places[0], places=there), tables)
    evaluation = Evaluation(own, parse_period(case.period, own.calendar), decider, larger)
    evaluation.load(case.given, case.as_of)
    return evaluation


def _place(regulation: Regulation, case: Case, key: str, level: str) -> Place:
    """Return a case's own place: with the facts of the declared one that it is named after, and over these its own."""
    known = regulation.places.places.get(key)
    facts = {} if known is None else known.profile
    return Place(key, level, {}, {**facts, **dict(dict(case.facts).get(key, ()))})


def _run(regulation: Regulation, case: Case, decider: Decider, whole: Regulation | None) -> CaseResult:
    try:
        parse_period(case.period, regulation.calendar)
    except ValueError:
        return CaseResult(case, (Problem("E511", case.where, {"period": case.period[:20]}),), ((),))
    recording = Recording(decider)
    evaluation = evaluation_of(regulation, case, recording, whole)
    left_out = frozenset(evaluation.excluded())
    excluded = [
        Problem("E564", case.where, {"entry": entry, "reason": reason})
        for entry, reason in sorted(left_out - case.excluded)
    ] + [
        Problem("E565", case.where, {"entry": entry, "reason": reason})
        for entry, reason in sorted(case.excluded - left_out)
    ]
    wrong = [
        (expected, problem, rows)
        for expected in case.expect
        for problem, rows in _compared(evaluation, expected, case.given, case.as_of)
    ]
    if not excluded and not wrong:
        return CaseResult(case, ())
    if whole is not None:  # why is told of the case's own tables, which reach no farther than it needs itself
        return _run(regulation, case, decider, None)
    told = ToldRows(evaluation, recording)
    why = [
        () if expected.table in regulation.flags else told.of(expected.table, rows, dict(expected.wanted))
        for expected, _, rows in wrong
    ]
    return CaseResult(
        case, (*excluded, *(problem for _, problem, _ in wrong)), (*(() for _ in excluded), *why)
    )


def _compared(
    evaluation: Evaluation, expected: Expected, given: Sequence[Entry], as_of: datetime
) -> Iterator[tuple[Problem, list[Row]]]:
    """Yield what differs, each with the rows that it is about."""
    flag = evaluation.regulation.flags.get(expected.table)
    if flag is None:
        schema, rows = evaluation.schema(expected.table), list(evaluation.rows(expected.table).values())
    else:
        day = date_of(evaluation.regulation.calendar.zone, as_of)
        schema, rows = ROWS, flagged_rows(evaluation, flag, given, day)
    wanted = dict(expected.wanted)
    if expected.rows is not None:
        found = [row for row in rows if _agrees(row, schema, wanted, wanted)]
        if len(found) != expected.rows:
            values: dict[str, str | int] = {
                "table": expected.table,
                "wanted": expected.rows,
                "found": len(found),
            }
            yield Problem("E563", expected.where, values), found or _nearest(rows, schema, wanted)
        return
    keys = {name for name in wanted if name in schema.key or name in _IDENTITY}
    meant = [row for row in rows if _agrees(row, schema, wanted, keys)]
    if len(meant) != 1:
        said = ", ".join(f"{name}: {_shown(wanted[name])}" for name in sorted(keys))
        which: dict[str, str | int] = {"table": expected.table, "said": said, "found": len(meant)}
        problem = Problem("E561" if not meant else "E562", expected.where, which)
        yield problem, meant or _nearest(rows, schema, {name: wanted[name] for name in keys})
        return
    for name, value in wanted.items():
        found_value = meant[0][schema.position(name)]
        if not _is(found_value, value):
            shown = {"column": name, "wanted": _shown(value), "found": _shown(found_value)}
            yield Problem("E560", expected.where, shown), meant


def _nearest(rows: Iterable[Row], schema: Schema, wanted: Mapping[str, Value]) -> list[Row]:
    """Return the rows that are about the same as the wanted one, as far as any is."""
    whose = [name for name in ("about", "subject") if name in wanted]
    if not whose:
        return []
    return [row for row in rows if _agrees(row, schema, wanted, whose)]


def _agrees(row: Row, schema: Schema, wanted: Mapping[str, Value], names: Iterable[str]) -> bool:
    return all(_is(row[schema.position(name)], wanted[name]) for name in names)


def _is(found: Value, wanted: Value) -> bool:
    """Whether a row holds what is expected; a mark is expected as such, or by its reason (`state: undecided`)."""
    if isinstance(wanted, Unknown | NotApplicable):
        return type(found) is type(wanted)
    return found == wanted or (isinstance(found, Unknown | NotApplicable) and found.reason == wanted)


def _shown(value: Value) -> str:
    data = outcome_json(value)
    if isinstance(data, dict):
        data = " ".join(str(part) for part in data.values())
    return "–" if data is None else str(data)[:_MOST_SHOWN]

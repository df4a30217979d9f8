"""Figures that no case notices: each is changed a little, and the cases that rest on it run again.

A figure is noticed when a case fails that passed before, with the figure a little larger or a little smaller. Figures
that don't enter the evaluation (a planned duration) are left out.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Final

from app.domain.core.json_values import format_length
from app.domain.core.numbers import format_number, normal
from app.domain.core.values import Kind, Length, Value
from app.domain.kinds.case import Case
from app.domain.kinds.common import Parameter
from app.domain.kinds.parameters import parameters_of, with_parameter
from app.domain.kinds.planning import definitions, limited, plan_of
from app.domain.problem import Problem
from app.domain.regulation import Regulation
from app.domain.sources import SourceTables
from app.services.cases import run_cases
from app.services.ports import Decider, Progress

if TYPE_CHECKING:
    from app.domain.kinds.needs import Definition

CODE: Final = "W211"
_GROUPS: Final = ("tables", "tables", "duties", "indicators", "rules", "sheets", "appraisals")
_TENTH: Final = Fraction(1, 10)


@dataclass(frozen=True, slots=True)
class Nudge:
    """One value of one figure: what it is, and what it is changed to in turn."""

    definition: str
    figure: Parameter
    since: date | None
    value: Value
    to: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Nudged:
    """How many values were changed, and a warning (W211) for each change that no case noticed."""

    tried: int
    problems: tuple[Problem, ...]


def nudges(regulation: Regulation, names: Sequence[str] = ()) -> list[Nudge]:
    """Return the values of all figures that enter the evaluation; with names, of those whose path or file has one."""
    return [
        Nudge(name, figure, since, value, _beside(figure, value))
        for name, definition in definitions(regulation).items()
        for figure in parameters_of(definition)
        if not names or any(part in figure.path or part in _file(figure) for part in names)
        for since, value in figure.values
        if _beside(figure, value)
    ]


def cases_of(regulation: Regulation, wanted: Iterable[Nudge]) -> list[Case]:
    """Return the cases that depend on the definitions of figures, in their order: those that must pass beforehand."""
    depending = _depending(regulation)
    kept = {id(case) for nudge in wanted for case in depending.get(nudge.definition, ())}
    return [case for case in regulation.cases if id(case) in kept]


def run_nudges(
    regulation: Regulation,
    wanted: Sequence[Nudge],
    decider: Decider,
    progress: Progress | None = None,
) -> Nudged:
    """Change each figure and rerun the cases that depend on it, until one notices. Raises DecisionError.

    `cases_of` them must pass beforehand. Blocking; other cases are never run.
    """
    depending = _depending(regulation)
    problems = []
    tried = 0
    for number, nudge in enumerate(wanted, 1):
        if _enters(regulation, nudge):
            tried += 1
            if not _noticed(regulation, nudge, depending.get(nudge.definition, ()), decider):
                problems.append(_problem(nudge))
        if progress is not None:
            progress(number, len(wanted))
    return Nudged(tried, tuple(_unanswered(regulation, problems)))


def _file(figure: Parameter) -> str:
    return figure.where.path if figure.where is not None else ""


# ---- values
def _beside(figure: Parameter, value: Value) -> tuple[Value, ...]:
    """Return the values beside a figure's, the larger one first; none for what isn't a number or a length."""
    if isinstance(value, Length):
        up = replace(value, number=value.number + 1)
        return (up, replace(value, number=value.number - 1)) if value.number > 1 else (up,)
    if isinstance(value, bool) or not isinstance(value, int | Fraction):
        return ()
    if figure.type.kind is Kind.INTEGER:
        return (value + 1, value - 1) if value > 0 else (value + 1,)
    step = abs(Fraction(value)) * _TENTH or Fraction(1)
    return normal(value + step), normal(value - step)


def _shown(value: Value) -> str:
    if isinstance(value, Length):
        return format_length(value)
    return format_number(value) if isinstance(value, int | Fraction) else str(value)


def _with(regulation: Regulation, nudge: Nudge, value: Value) -> Regulation:
    """Return the regulation with one value of one figure changed."""
    figure = nudge.figure
    values = tuple((since, value if since == nudge.since else own) for since, own in figure.values)
    for group in _GROUPS:
        own: Mapping[str, Definition] = getattr(regulation, group)
        if nudge.definition in own:
            changed = with_parameter(own[nudge.definition], figure, replace(figure, values=values))
            groups: dict[str, Any] = {group: {**own, nudge.definition: changed}}
            return replace(regulation, **groups)
    return regulation


def _enters(regulation: Regulation, nudge: Nudge) -> bool:
    """Whether a figure is part of the plan of its definition: what is worked out with it."""
    own = limited(regulation, [nudge.definition])
    changed = limited(_with(regulation, nudge, nudge.to[0]), [nudge.definition])
    sources = SourceTables(own).plan
    return plan_of(own, sources) != plan_of(changed, sources)


# ---- cases
def _depending(regulation: Regulation) -> dict[str, list[Case]]:
    """Return the cases by the definitions that their tables are made of, those first that look at few tables."""
    found: dict[str, list[Case]] = {}
    sized = []
    for case in regulation.cases:
        own = definitions(limited(regulation, [expected.table for expected in case.expect]))
        sized.append((len(own), case, own))
    for _, case, own in sorted(sized, key=lambda one: one[0]):
        for name in own:
            found.setdefault(name, []).append(case)
    return found


def _noticed(regulation: Regulation, nudge: Nudge, cases: Sequence[Case], decider: Decider) -> bool:
    for value in nudge.to:
        changed = _with(regulation, nudge, value)
        for case in cases:
            (result,) = run_cases(changed, [case], decider)
            if not result.passed:
                return True
    return False


# ---- telling
def _problem(nudge: Nudge) -> Problem:
    values: dict[str, str | int] = {
        "what": nudge.figure.path,
        "value": _shown(nudge.value),
        "nudged": _shown(nudge.to[0]),
    }
    return Problem(CODE, nudge.figure.where, values)


def _unanswered(regulation: Regulation, problems: Sequence[Problem]) -> Iterator[Problem]:
    """Yield the problems that the definitions don't acknowledge."""
    headings = {name: definition.heading for name, definition in definitions(regulation).items()}
    for problem in problems:
        path = str(problem.values["what"])
        if not headings[path.split("/", maxsplit=1)[0]].acknowledges(CODE, path):
            yield problem

"""All checks over a finished regulation: of each definition by itself, and of those that are to be held together.

What a check gives of a definition follows from what the definition rests on, so that whoever loads again may keep it.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import Final, TypeVar

from app.declarations.checks import (
    contesting,
    figures,
    groups,
    owing,
    places,
    ranges,
    reach,
    rhythms,
    spans,
    states,
    steps,
    versions,
    worth,
)
from app.declarations.checks.surveyed import Surveyed
from app.declarations.documents import Document
from app.declarations.located import At
from app.domain.problem import Problem
from app.domain.regulation import Regulation

T = TypeVar("T")
Check = Callable[[Surveyed, str], Iterator[Problem]]
Grouping = Callable[[Surveyed], Iterator[tuple[str, ...]]]
Comparison = Callable[[Surveyed, Sequence[str]], Iterator[Problem]]
Keep = Callable[[str, Sequence[str], Callable[[], list[Problem]]], Iterable[Problem]]
"""Gives what a check of some definitions found: from before, where nothing that these rest on has changed."""

Again = Callable[[str, object, Callable[[], list[Problem]]], Iterable[Problem]]
"""Gives what a check found of one built definition alone: from the load before, where it is the same one."""

CHECKS: Final[Mapping[str, tuple[Check, ...]]] = {
    "form": (reach.answers,),
    "class": (reach.classes, spans.times),
    "duty": (
        reach.tiers,
        reach.sources,
        owing.nobody,
        owing.between_tiers,
        owing.quotas,
        owing.unfed,
        rhythms.of_duty,
    ),
    "indicator": (
        reach.sources,
        reach.shares,
        owing.nobody,
        owing.targets,
        owing.unfed,
        rhythms.of_indicator,
    ),
    "rule": (reach.rules, reach.sources, owing.nobody, owing.unfed),
    "sheet": (
        reach.sources,
        reach.vetoes,
        contesting.marks,
        ranges.lines,
        worth.amounts,
        worth.endless,
        worth.unearned,
        worth.balances,
        owing.nobody,
        owing.twice,
        owing.unfed,
        rhythms.of_sheet,
    ),
    "appraisal": (reach.sources, owing.nobody, contesting.appeals, steps.of_a_year),
    "table": (reach.tables, reach.sources, owing.unfed),
    "procedure": (states.of_procedure, owing.handlers, steps.filled_in),
}
"""What is looked at of a definition of each kind."""

COMPARISONS: Final[tuple[tuple[str, Grouping, Comparison], ...]] = (
    ("shadowed", reach.saying_the_same, reach.shadowed),
    ("groups", groups.grouped, groups.of_rules),
    ("ranges", ranges.alike_rules, ranges.rules),
)
"""Which definitions are held to one another, and for what."""


def problems_of(
    regulation: Regulation,
    documents: Iterable[Document],
    faulty: frozenset[str],
    *,
    whole: bool,
    keep: Keep,
    again: Again,
) -> Iterator[Problem]:
    """Yield what a finished regulation gets wrong. `faulty` are the paths of files that have faults of their own.

    Unless the regulation is `whole`, only sums and dates are looked at: a condition that names something of a file
    which can't be read is left out, and the rest of it must not look like a finding.
    """
    for appraisal in regulation.appraisals.values():
        yield from again(
            f"sums of {appraisal.id}", appraisal, partial(_listed, figures.appraisal_faults, appraisal)
        )
    for sheet in regulation.sheets.values():
        yield from again(f"sums of {sheet.id}", sheet, partial(_listed, figures.sheet_faults, sheet))
    for duty in regulation.duties.values():
        yield from again(f"dates of {duty.id}", duty, partial(_listed, figures.changes_inside, duty))
    yield from versions.changes_inside(regulation)
    if not whole:
        return
    yield from _kept(regulation, [one for one in documents if one.path not in faulty], keep)


def _kept(regulation: Regulation, documents: Sequence[Document], keep: Keep) -> Iterator[Problem]:
    """Yield what the checks find that may be kept: of each definition, of those held to one another, of each place."""
    surveyed = Surveyed(regulation, _cursors(documents))
    for document in documents:
        if document.kind in CHECKS:
            yield from keep("each", (document.id,), partial(_of_each, surveyed, document))
    for check, grouping, compare in COMPARISONS:
        for group in grouping(surveyed):
            yield from keep(check, group, partial(_of_group, compare, surveyed, group))
    for document in documents:
        if document.kind == "place":
            yield from keep("facts", (document.path,), partial(_facts, regulation, document))


def _of_each(surveyed: Surveyed, document: Document) -> list[Problem]:
    """Return what the checks of a file's kind find of what it defines.

    The versions of a form and of a class are one definition, of which none of the files' parts is the place.
    """
    if document.versions and document.kind in ("form", "class"):
        return []
    ids = [one.id for one in document.definitions]
    return [problem for check in CHECKS[document.kind] for name in ids for problem in check(surveyed, name)]


def _listed(find: Callable[[T], Iterator[Problem]], of: T) -> list[Problem]:
    return list(find(of))


def _facts(regulation: Regulation, document: Document) -> list[Problem]:
    return list(places.facts(regulation.places, document))


def _of_group(compare: Comparison, surveyed: Surveyed, names: Sequence[str]) -> list[Problem]:
    return list(compare(surveyed, names))


def _cursors(documents: Iterable[Document]) -> Mapping[str, At]:
    return {one.id: one.at for document in documents for one in document.definitions}

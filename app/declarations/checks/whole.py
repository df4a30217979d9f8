"""All checks over a finished regulation, each definition by itself where its file is sound."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Final

from app.declarations.checks import (
    figures,
    groups,
    owing,
    places,
    ranges,
    reach,
    spans,
    states,
    versions,
    worth,
)
from app.declarations.checks.surveyed import Surveyed
from app.declarations.documents import Document
from app.declarations.located import At
from app.domain.problem import Problem
from app.domain.regulation import Regulation

Check = Callable[[Surveyed], Iterator[Problem]]

CHECKS: Final[tuple[Check, ...]] = (
    reach.classes,
    reach.tiers,
    reach.rules,
    reach.sources,
    reach.tables,
    reach.vetoes,
    reach.answers,
    groups.of_rules,
    states.of_procedures,
    ranges.lines,
    ranges.rules,
    worth.amounts,
    worth.endless,
    worth.unearned,
    owing.nobody,
    owing.handlers,
    owing.between_tiers,
    owing.quotas,
    owing.twice,
    owing.unfed,
    spans.times,
)


def problems_of(
    regulation: Regulation, documents: Iterable[Document], faulty: frozenset[str], *, whole: bool
) -> Iterator[Problem]:
    """Yield what a finished regulation gets wrong. `faulty` are the paths of files that have faults of their own.

    Unless the regulation is `whole`, only sums and dates are looked at: a condition that names something of a file
    which can't be read is left out, and the rest of it must not look like a finding.
    """
    for appraisal in regulation.appraisals.values():
        yield from figures.appraisal_faults(appraisal)
    for sheet in regulation.sheets.values():
        yield from figures.sheet_faults(sheet)
    for duty in regulation.duties.values():
        yield from figures.changes_inside(duty)
    yield from versions.changes_inside(regulation)
    if not whole:
        return
    kept = [document for document in documents if document.path not in faulty]
    surveyed = Surveyed(regulation, _cursors(kept))
    for check in CHECKS:
        yield from check(surveyed)
    yield from places.facts(regulation.places, kept)


def _cursors(documents: Iterable[Document]) -> Mapping[str, At]:
    return {one.id: one.at for document in documents for one in document.definitions}

"""A derivation without the conditions that its rows had to meet, so that what they kept out can be told."""

from collections.abc import Mapping
from typing import Final

from app.domain.core.expressions import Expression, Literal, paths_in
from app.domain.core.plan import Allot, Decide, Derivation, Expand, From, Reckon, Set, Step, Tally, Where
from app.domain.core.shapes import BOOLEAN

RELAXED: Final = "?"
"""Behind the name of a derived table: the same with the rows that its conditions keep out."""


def relaxed(derivation: Derivation, others: Mapping[str, Derivation]) -> Derivation:
    """Return a derivation without the conditions on the rows that it starts from.

    Of `others`, by table, those of the same definition help it: what they keep out belongs here too.
    """
    steps: list[Step] = []
    filtering = True
    for step, following in zip(derivation.steps, (*derivation.steps[1:], None), strict=True):
        filtering = filtering and not isinstance(step, Expand | Tally | Allot)
        match step:
            case From(tables, columns):
                wider = tuple(
                    f"{name}{RELAXED}" if _is_part(others.get(name), derivation) else name for name in tables
                )
                steps.append(From(wider, columns))
            case Decide(_, _, held):
                steps += _unheld(held)
            case Where(condition, held) if filtering and not _guards(condition, following):
                steps += _unheld(held)
            case _:
                steps.append(step)
    return Derivation(f"{derivation.table}{RELAXED}", tuple(steps), derivation.definition)


def _is_part(helping: Derivation | None, derivation: Derivation) -> bool:
    return helping is not None and helping.definition == derivation.definition


def _guards(condition: Expression, following: Step | None) -> bool:
    """Whether a condition keeps out the rows for which the step after it has nothing to reckon with."""
    read = {path[0] for path in paths_in(condition)}
    return isinstance(following, Reckon) and not read.isdisjoint(following.columns)


def _unheld(held: str | None) -> list[Step]:
    """Return what stands in the place of a condition that keeps every row."""
    return [] if held is None else [Set(((held, Literal(value=False, type=BOOLEAN), BOOLEAN),))]

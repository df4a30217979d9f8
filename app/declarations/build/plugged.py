"""What texts take from plugins by name: checked against what is on here, with what is set of the plugin."""

from collections.abc import Iterable
from typing import TypeVar

from app.declarations.build.context import Context, is_number
from app.declarations.located import At
from app.declarations.suggest import unknown_name
from app.domain.core.aggregates import AGGREGATES, MISSING, aggregate_name
from app.domain.core.registry import Named, Registry
from app.domain.problem import Problem

T = TypeVar("T", bound=Named)

KEPT = "W219"


def aggregates_here(context: Context) -> list[str]:
    """Return the names of the aggregates that a text may use at the place."""
    return [name for name in context.plugins.named(AGGREGATES) if AGGREGATES[name].written]


def aggregate_used(
    context: Context, name: str, at: At, others: Iterable[str] = (), *, key: bool = False
) -> str | None:
    """Return the name of an aggregate together with what is set of its plugin; None after a fault, noted at `at`.

    `others` are words that might be meant as well. One whose plugin couldn't be started is kept, its results unknown.
    """
    where = at.key if key else at.where
    known = [*others, *aggregates_here(context)]
    if name in AGGREGATES and not AGGREGATES[name].written:
        context.problems.append(unknown_name(name, where, known, "aggregate"))
        return None
    found = context.plugins.used(AGGREGATES, name, where, known)
    if isinstance(found, Problem):
        context.problems.append(found)
        return name + MISSING if found.code == KEPT else None
    settings = context.plugins.settings(AGGREGATES.owner(name), found.settings)
    values = {setting: figure.values[0][1] for setting, (figure,) in settings}
    return aggregate_name(name, {setting: value for setting, value in values.items() if is_number(value)})


def item_used(context: Context, registry: Registry[T], name: str, at: At) -> T | None:
    """Return what a plugin brings under a name, or None after a fault that was noted."""
    found = context.plugins.used(registry, name, at.where)
    if isinstance(found, Problem):
        context.problems.append(found)
        return None
    return found


def is_kept(context: Context, registry: Registry[T], name: str) -> bool:
    """Whether a name that nobody knows may be that of a plugin which couldn't be started: it is kept as it stands."""
    return name not in registry and bool(context.plugins.missing)

"""What names something that gets another id: found by the checker, which tells where the old name is unknown.

So no kind and no key is known by name here: whatever the language lets name a question follows it, and what it hands on
under the same name (a table's columns) is found in the next round.
"""

from collections.abc import Awaitable, Callable, Iterable
from typing import Final

from app.domain.problem import Problem, Where
from app.services.drafting.changes import Files

_ROUNDS: Final = 12
"""How often is looked again: a name is handed on from a form to a table, to the next one, and to a sheet."""

Check = Callable[[Files], Awaitable[Iterable[Problem]]]
Rename = Callable[[str, Problem, str, str], str]
"""Returns a file's text with a name that stands where a problem does as another one."""


async def named_along(
    files: Files,
    renames: Iterable[tuple[str, str]],
    known: Iterable[Problem],
    check: Check,
    rename: Rename,
    own_path: Callable[[str], str | None],
) -> Files:
    """Return files in which names are others already, with every place that named them so and is the place's to change.

    `known` are the problems that there were before: they are somebody else's. What can't be renamed stays as it is, and
    is told as a fault.
    """
    pairs = tuple(renames)
    before = {_spot(problem) for problem in known}
    found = dict(files)
    for _ in range(_ROUNDS):
        now = dict(found)
        new = [one for one in await check(found) if one.where is not None and _spot(one) not in before]
        for problem in sorted(new, key=_place, reverse=True):  # what is changed moves what stands behind it
            path, _line, _column = _place(problem)
            own = own_path(path)
            text = now.get(path) if own is None or own == path else now.get(own, now.get(path))
            if own is None or text is None:
                continue
            changed = text
            for old, name in pairs:
                changed = rename(changed, problem, old, name)
            if changed != text:
                now[own] = changed
        if now == found:
            break
        found = now
    return found


def _place(problem: Problem) -> tuple[str, int, int]:
    where = problem.where or Where("")
    return where.path, where.line, where.column


def _spot(problem: Problem) -> tuple[str, str, int]:
    """Return what a problem is known by again: columns move where a name before it on its line gets longer."""
    path, line, _column = _place(problem)
    return problem.code, path, line

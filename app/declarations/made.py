"""Definitions that were built before: a load takes what it finds here, and leaves what it made.

What is built from equal inputs is equal, so a result is known by the fingerprint of what it rests on.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import ParamSpec, TypeVar

from app.declarations.build.context import Context
from app.domain.kinds.common import Parameter
from app.domain.problem import Problem, Where

P = ParamSpec("P")
R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class Made:
    """What building a definition gave, and what it noted beside; a definition with errors isn't kept."""

    value: object
    problems: tuple[Problem, ...]
    parameters: tuple[Parameter, ...]
    uses: tuple[tuple[str, Where], ...]


@dataclass(slots=True)
class Making:
    """One load's view of what was made before: `known` gives it by fingerprint, `used` is what this load took or made.

    `rebuilt` names the definitions that had to be built and checked, in order.
    """

    known: Callable[[str], Made | None] = field(default=lambda _: None)
    used: dict[str, Made] = field(default_factory=dict)
    rebuilt: list[str] = field(default_factory=list)

    def made(
        self, context: Context, fingerprint: str, build: Callable[P, R], *args: P.args, **options: P.kwargs
    ) -> R:
        """Return what `build` gives for the current definition, from before if nothing that it rests on changed."""
        before = self.known(fingerprint)
        if before is not None:
            self.used[fingerprint] = before
            context.problems += before.problems
            context.parameters += before.parameters
            if before.uses:
                context.uses.setdefault(context.current, []).extend(before.uses)
            return before.value  # type: ignore[return-value]
        noted, figures = len(context.problems), len(context.parameters)
        used = len(context.uses.get(context.current, ()))
        value = build(*args, **options)
        self.rebuilt.append(context.current)
        problems = tuple(context.problems[noted:])
        if not any(problem.is_error for problem in problems):
            self.used[fingerprint] = Made(
                value,
                problems,
                tuple(context.parameters[figures:]),
                tuple(context.uses.get(context.current, ())[used:]),
            )
        return value

"""Definitions that were built before: a load takes what it finds here, and leaves what it made.

What is built from equal inputs is equal, so a result is known by the fingerprint of what it rests on.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import ParamSpec, TypeVar

from app.declarations.build.context import Context
from app.declarations.fingerprints import Found
from app.declarations.stages import Stages
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

    `rebuilt` names the definitions that had to be built and checked, in order. A table is built when another one first
    reads it: what is noted of it isn't the other's. `found` are the fingerprints of an earlier load, then of this one,
    `latest` those of the last load of the same place, with cases or without: by these files are known;
    `stages` what steps of the load before gave.
    """

    known: Callable[[str], Made | None] = field(default=lambda _: None)
    used: dict[str, Made] = field(default_factory=dict)
    rebuilt: list[str] = field(default_factory=list)
    found: Found | None = None
    latest: Found | None = None
    stages: Stages = field(default_factory=Stages)
    _whole: tuple[list[Problem], list[Parameter]] | None = None
    """Where everything is noted, while a definition is built whose own part is noted apart."""

    def made(
        self, context: Context, fingerprint: str, build: Callable[P, R], *args: P.args, **options: P.kwargs
    ) -> R:
        """Return what `build` gives for the current definition, from before if nothing that it rests on changed."""
        before = self.known(fingerprint)
        if before is not None:
            self.used[fingerprint] = before
            problems, parameters = self._whole or (context.problems, context.parameters)
            problems += before.problems
            parameters += before.parameters
            if before.uses:
                context.uses.setdefault(context.current, []).extend(before.uses)
            return before.value  # type: ignore[return-value]
        around = context.problems, context.parameters
        outermost, self._whole = self._whole, self._whole or around
        whole_problems, whole_parameters = self._whole
        context.problems, context.parameters = [], []
        used = len(context.uses.get(context.current, ()))
        value = build(*args, **options)
        self.rebuilt.append(context.current)
        problems, parameters = context.problems, context.parameters
        context.problems, context.parameters = around
        self._whole = outermost
        whole_problems += problems
        whole_parameters += parameters
        if not any(problem.is_error for problem in problems):
            uses = context.uses.get(context.current, ())[used:]
            self.used[fingerprint] = Made(value, tuple(problems), tuple(parameters), tuple(uses))
        return value

    def kept(
        self, fingerprint: str, find: Callable[[], tuple[R, Sequence[Problem]]]
    ) -> tuple[R, Sequence[Problem]]:
        """Return what `find` gives and what is wrong with it, from before if nothing that it rests on changed."""
        before = self.known(fingerprint)
        if before is not None:
            self.used[fingerprint] = before
            return before.value, before.problems  # type: ignore[return-value]
        value, problems = find()
        if not any(problem.is_error for problem in problems):
            self.used[fingerprint] = Made(value, tuple(problems), (), ())
        return value, problems

"""The declared files."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from app.domain.problem import Problem
from app.domain.regulation import Regulation


@dataclass(frozen=True, slots=True)
class Loaded:
    """What loading gave: a regulation unless there are errors, and every problem found, ordered by place.

    `acknowledged` are the warnings that their files answer themselves; they aren't among the problems.
    """

    regulation: Regulation | None
    problems: tuple[Problem, ...]
    files: Mapping[str, str]
    revision: str
    acknowledged: tuple[Problem, ...] = ()


class Declarations(Protocol):
    """Reads the declared files."""

    def read_files(self, place: str) -> Mapping[str, str]:
        """Return the closure of files of a place on disk: path relative to the checkout → text."""
        ...

    def load(self, place: str, files: Mapping[str, str], *, with_cases: bool = True) -> Loaded:
        """Check and build the regulation of these files; never raises for what they say.

        Without cases their files count for the revision's hash only.
        """
        ...

    def places(self) -> list[str]:
        """Return the ids of all communities that are declared on disk, demo ones included."""
        ...

    def create_place(self, place: str, level: str, title: Mapping[str, str], grids: int) -> None:
        """Write the files of a new place with so many grids. Raises ProblemError when the id is taken or not an id."""
        ...

    def remove_place(self, place: str) -> None:
        """Take back what `create_place` wrote, as far as possible; nothing else is touched."""
        ...

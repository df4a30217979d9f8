"""What is wrong with an input, said so that a person can mend it: stable code, place, remedy.

The texts live in the translation catalogues under `problem-<code>` (what is wrong) and `problem-<code>.remedy`
(what to do); a Problem carries only the code and the values that the texts name.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, order=True)
class Where:
    """A place in a file: path relative to the checkout, line and column counted from 1 (0: unknown)."""

    path: str
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        """Return `path:line:column`, without the parts that are unknown."""
        return ":".join([self.path, *(str(n) for n in (self.line, self.column) if n)])


@dataclass(frozen=True, slots=True)
class Problem:
    """One fault: `code` is stable (E102, W203, …), `values` fill the text's slots, `field` names a form's field.

    Values never hold what a person has entered in a sensitive field.
    """

    code: str
    where: Where | None = None
    values: Mapping[str, str | int] = field(default_factory=dict)
    field: str | None = None
    suggestion: str | None = None

    @property
    def is_error(self) -> bool:
        """Whether the problem refuses the input; a warning (W…) doesn't."""
        return self.code.startswith("E")


class ProblemError(Exception):
    """Raised where a caller asked for a whole result and the input is at fault; carries every problem found."""

    def __init__(self, *problems: Problem) -> None:
        """Keep `problems`; the message names their codes only, since it may reach a log."""
        super().__init__(", ".join(problem.code for problem in problems))
        self.problems = problems

"""What is in somebody's way, in a note each, where the caller stands."""

from collections.abc import Iterable

from app.domain.problem import Problem
from app.i18n import Translator
from app.ui.widgets import Note


def problem_notes(t: Translator, problems: Iterable[Problem]) -> None:
    """Draw a note for each problem: what is wrong, where, and what to do."""
    for problem in problems:
        Note(str(t.problem(problem)), "late" if problem.is_error else "due")

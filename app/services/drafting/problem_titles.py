"""What reminders are about, by its title: an admin knows “Home visit”, not `home_visit`.

Errors keep what the file says: what is misspelt there has no title, and what is looked for is the id.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Final

from app.domain.problem import Problem
from app.domain.regulation import Regulation
from app.i18n import ProblemText, Translator
from app.services.reasons.paths import led
from app.services.reasons.phrases import Said, say

_DEFINED: Final = ("what", "one", "other", "form", "by")
"""The values of problems that are a definition or a path into one."""
_POST: Final = "name"

Titles = Mapping[str, Said]
"""What the ids and paths that problems name are called; what isn't in it stands as it is."""


def titles_in(problems: Iterable[Problem], regulation: Regulation | None) -> Titles:
    """Return what the reminders among the problems name, as the regulation calls it; nothing without one."""
    if regulation is None:
        return {}
    found: dict[str, Said] = {}
    for problem in problems:
        if not problem.is_error:
            for value in _values(problem, _DEFINED):
                found.setdefault(value, led(value, regulation))
            for value in _values(problem, (_POST,)):
                if (role := regulation.roles.get(value)) is not None and role.heading.title:
                    found.setdefault(value, role.heading.title)
    return {value: said for value, said in found.items() if said != value}


def problem_words(t: Translator, problem: Problem, titles: Titles) -> ProblemText:
    """Return a problem's words, what it names called by its title."""
    if problem.is_error:
        return t.problem(problem)
    called = {
        key: say(titles[value], t)
        for key in (*_DEFINED, _POST)
        if isinstance(value := problem.values.get(key), str) and value in titles
    }
    return t.problem(replace(problem, values={**problem.values, **called}))


def _values(problem: Problem, keys: Iterable[str]) -> Iterable[str]:
    return (value for key in keys if isinstance(value := problem.values.get(key), str) and value)

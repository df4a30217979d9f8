"""What the checker found, as a list to work through: faults first and one by one, reminders of one kind together."""

from collections.abc import Callable, Iterable, Sequence

from app.domain.problem import Problem
from app.i18n import ProblemText, Translator
from app.ui.frame import Action, button
from app.ui.widgets import box, icon, text

Way = Callable[[Problem], Action | None]
"""Returns what leads to where a problem is mended, None for one that has no place."""

Called = Callable[[str], str]
"""Returns what the file at a path is called; empty where that needn't be said."""

Words = Callable[[Problem], ProblemText]
"""Returns what is wrong and what to do, in the reader's words."""

_MOST_SHOWN = 60


def findings(
    t: Translator,
    problems: Sequence[Problem],
    way: Way,
    called: Called = lambda _path: "",
    told: Words | None = None,
) -> None:
    """Draw them where the caller stands, in their order but for errors, which come first.

    Reminders of one code are one entry that opens: what to do is said once, and each place is a line in it.
    """
    told = told or t.problem
    errors = [one for one in problems if one.is_error]
    for one in errors[:_MOST_SHOWN]:
        _single(t, one, told(one), way, called)
    if len(errors) > _MOST_SHOWN:
        text(t("studio-more", n=len(errors) - _MOST_SHOWN), "meta")
    for alike in _by_code(one for one in problems if not one.is_error):
        if len(alike) == 1 or alike[0].where is None:  # what stands in no file says all that there is to know
            for one in alike[:_MOST_SHOWN]:
                _single(t, one, told(one), way, called)
        else:
            _group(t, [(one, told(one)) for one in alike], way, called)


def _by_code(problems: Iterable[Problem]) -> list[list[Problem]]:
    found: dict[str, list[Problem]] = {}
    for one in problems:
        found.setdefault(one.code, []).append(one)
    return list(found.values())


def _single(t: Translator, problem: Problem, words: ProblemText, way: Way, called: Called) -> None:
    with box(f"sd-problem {'late' if problem.is_error else 'due'}").mark(f"problem {problem.code}"):
        icon("error" if problem.is_error else "warning")
        with box("grow"):
            text(words.what, "strong")
            text(words.remedy, "meta")
            _where(t, problem, called, problem.code)
        _lead(t, problem, way)


def _group(t: Translator, alike: Sequence[tuple[Problem, ProblemText]], way: Way, called: Called) -> None:
    """Draw reminders of one code: how many, what to do about each, and behind that where they are."""
    (problem, first), *_ = alike
    remedies = {words.remedy for _, words in alike}
    with box("fd-group", "details").mark(f"problem {problem.code}") as group:
        with box("sd-problem due", "summary"):
            icon("warning")
            with box("grow"):
                text(t("findings-alike", n=len(alike)), "strong")
                text(first.remedy if len(remedies) == 1 else first.what, "meta")
                text(problem.code, "meta")
            icon("expand_more")
        places = box("fd-places", "ul")

    def show() -> None:
        """Draw the places when somebody opens them: there may be a hundred, and they are found anew at each edit."""
        if places.default_slot.children:
            return
        with places:
            for problem, words in alike[:_MOST_SHOWN]:
                with box("fd-place", "li"):
                    with box("grow"):
                        text(words.what)
                        _where(t, problem, called)
                    _lead(t, problem, way)
            if len(alike) > _MOST_SHOWN:
                text(t("studio-more", n=len(alike) - _MOST_SHOWN), "meta", "li")

    group.on("toggle", show)


def _where(t: Translator, problem: Problem, called: Called, code: str = "") -> None:
    """Draw where a problem is: in what, by its title, and in small print at which place of which file."""
    where = problem.where
    title = called(where.path) if where is not None else ""
    with box("fd-where"):
        if title:
            text(title, "fd-title", "span")
        text(t.dotted(str(where or ""), code), "meta", "span")


def _lead(t: Translator, problem: Problem, way: Way) -> None:
    action = way(problem)
    if action is not None:
        where = str(problem.where or "")
        button(action, "quiet").props["aria-label"] = t.dotted(action.label, where)

"""Did you mean …?"""

from collections.abc import Iterable

from app.domain.core.types import nearest
from app.domain.problem import Problem, Where


def unknown_name(name: str, where: Where | None, known: Iterable[str], what: str) -> Problem:
    """Return the problem of a name that isn't among the `known` ones. `what` says what was named: key, form, column."""
    return Problem("E102", where, {"what": name[:80], "reason": what}, suggestion=nearest(name, known))


def wrong_value(reason: str, where: Where | None, what: object = "") -> Problem:
    """Return the problem of a value of the wrong sort. `reason` says what was wanted, `what` the key it stands at."""
    return Problem("E103", where, {"what": str(what)[:80] or "…", "reason": reason})

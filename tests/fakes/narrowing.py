"""What static/narrow.js does, in Python: the browser's tests hold the script to it, and those of the domain the domain.

Nothing here imports the app, which the browser's tests don't touch.
"""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from app.domain.portable import Tree

GONE = "not asked"
COMPARE: Mapping[str, Callable[[Any, Any], bool]] = {
    "==": lambda a, b: a == b,
    "!=": lambda a, b: a != b,
    "<": lambda a, b: a < b,
    "<=": lambda a, b: a <= b,
    ">": lambda a, b: a > b,
    ">=": lambda a, b: a >= b,
    "has": lambda a, b: b in a,
}


def value(tree: "Tree", answers: Mapping[str, Any], columns: list[Any]) -> Any:
    """Work a tree out as static/narrow.js does: None is unknown, what isn't asked is GONE."""
    word, *parts = tree
    if word == "is":
        return parts[0]
    if word == "answer":
        return typed(answers.get(parts[0]), parts[1])
    if word == "column":
        return columns[parts[0]]
    told = [value(part, answers, columns) for part in parts]
    if word in {"known", "applies"}:
        return told[0] is not (None if word == "known" else GONE)
    if word in {"all", "some"}:
        decides = word == "some"
        return decides if decides in told else None if {None, GONE} & {*told} else not decides
    if any(one is None or one is GONE for one in told):
        return None
    return not told[0] if word == "not" else len(told[0]) if word == "size" else COMPARE[word](*told)


def typed(answer: Any, kind: str) -> Any:
    if answer is None or answer == GONE:
        return answer
    if kind == "data":
        return "there" if answer else None
    return float(answer) if kind == "money" else answer

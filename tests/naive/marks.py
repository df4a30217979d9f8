"""The two marks, and logic with them."""

from collections.abc import Iterable
from typing import Any


class Mark:
    """A value that isn't there."""

    def __init__(self, name: str) -> None:
        """Name it."""
        self.name = name

    def __repr__(self) -> str:
        """Return its name."""
        return self.name


UNKNOWN = Mark("unknown")
NA = Mark("n/a")


def mark_of(values: Iterable[Any]) -> Mark | None:
    """Return the mark that an operation on these values gives: unknown before n/a, or None without marks."""
    seen = list(values)
    if any(value is UNKNOWN for value in seen):
        return UNKNOWN
    return NA if any(value is NA for value in seen) else None


def all_of(truths: Iterable[Any]) -> Any:
    """Return the first present of false, unknown, n/a, true."""
    seen = list(truths)
    for wanted in (False, UNKNOWN, NA):
        if any(truth is wanted for truth in seen):
            return wanted
    return True


def any_of(truths: Iterable[Any]) -> Any:
    """Return the first present of true, unknown, n/a, false."""
    seen = list(truths)
    for wanted in (True, UNKNOWN, NA):
        if any(truth is wanted for truth in seen):
            return wanted
    return False


def opposite(truth: Any) -> Any:
    """Return the opposite; a mark stays."""
    return truth if isinstance(truth, Mark) else not truth

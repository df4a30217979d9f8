"""Texts of declared files as they are kept, whatever somebody typed."""

from typing import Final

from app.domain.problem import Problem, ProblemError

LONGEST: Final = 500_000
"""Characters of a file at most; loading refuses longer ones."""


def sound(text: str) -> str:
    """Return a text as files hold it: lines end with a line feed, and nothing that a file couldn't hold."""
    ended = text.replace("\r\n", "\n").replace("\r", "\n").removeprefix("\ufeff")
    if len(ended) > LONGEST:
        raise ProblemError(Problem("E938", values={"most": LONGEST}))
    return ended.encode("utf-8", "replace").decode().replace("\0", "")

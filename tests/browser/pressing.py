"""What a person does whose press came to nothing: press once more."""

from collections.abc import Callable

from tests.browser.conftest import PATIENCE

_A_WHILE = 15_000
"""Milliseconds after which somebody who sees nothing happen acts again."""


def until_seen(act: Callable[[], object], seen: Callable[[float], object]) -> None:
    """Act, and once more if what follows isn't `seen` (an `expect` with a timeout in milliseconds) after a while.

    A check that ends just then draws rows again, or moves what is under the mouse by a line: a busy machine stretches
    that moment so far that flows meet it.
    """
    act()
    try:
        seen(_A_WHILE)
    except AssertionError:
        act()
        seen(PATIENCE)

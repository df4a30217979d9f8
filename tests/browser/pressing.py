"""What a person does whose dragging came to nothing: drag once more."""

from collections.abc import Callable

from tests.browser.conftest import PATIENCE

_A_WHILE = 15_000
"""Milliseconds after which somebody who sees nothing happen acts again."""


def until_seen(act: Callable[[], object], seen: Callable[[float], object]) -> None:
    """Act, and once more if what follows isn't `seen` (an `expect` with a timeout in milliseconds) after a while.

    A check that ends just then moves what is under the mouse by a line: a busy machine stretches that moment so far
    that flows meet it. A press finds what was drawn again by itself.
    """
    act()
    try:
        seen(_A_WHILE)
    except AssertionError:
        act()
        seen(PATIENCE)

"""What is worked out of a definition alone, kept for all that is evaluated by it."""

from collections.abc import Callable
from typing import Final, Generic, TypeVar

Given = TypeVar("Given")
Made = TypeVar("Made")

_MOST: Final = 1_024
"""Definitions of which something is remembered; a process has a few hundred in use."""


class WorkedOut(Generic[Given, Made]):
    """Makes something of a definition and remembers it, by the definition's identity and what else it depends on.

    Definitions are frozen and large: to compare them takes longer than to work out anew. What is made is shared, so it
    must not change. Several threads may ask; two that ask at once may each make it.
    """

    def __init__(self, make: Callable[[Given, str], Made]) -> None:
        """Take what makes something of a definition and a text: a time zone, say, or nothing."""
        self._make = make
        self._known: dict[tuple[int, str], tuple[Given, Made]] = {}

    def __call__(self, definition: Given, further: str = "") -> Made:
        """Return what is made of a definition. Raises what its making raises."""
        key = (id(definition), further)
        found = self._known.get(key)
        if found is None:
            if len(self._known) >= _MOST:
                self._known.clear()
            # The definition too: while it is kept, no other has its identity.
            found = self._known[key] = (definition, self._make(definition, further))
        return found[1]

"""Steps of a load that rest on few things: what the load before had is taken where these are the very same."""

import operator
from collections.abc import Callable, Sequence
from typing import Any, Final, TypeVar

R = TypeVar("R")

_MOST: Final = 4_096


class Stages:
    """What the steps of the last load gave. Whoever asks must change nothing of what comes."""

    def __init__(self) -> None:
        """Begin without any."""
        self._last: dict[str, tuple[tuple[object, ...], object, Any]] = {}

    def of(self, name: str, objects: Sequence[object], values: object, find: Callable[[], R]) -> R:
        """Return what `find` gives, which rests on `objects` and `values` alone.

        It is taken from before where each object is the same one, and the values are equal.
        """
        last = self._last.get(name)
        if last is not None and _same(last[0], objects) and last[1] == values:
            found: R = last[2]
            return found
        if len(self._last) >= _MOST:
            self._last.clear()
        found = find()
        self._last[name] = tuple(objects), values, found
        return found


def _same(before: tuple[object, ...], now: Sequence[object]) -> bool:
    return len(before) == len(now) and all(map(operator.is_, before, now))

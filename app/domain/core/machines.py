"""State machines as functions over rows in order: which step each row is, and the state after it.

A row's first argument says whether it begins the matter; the others, in the steps' order, whether it is that step.
The first step that it is and that leads away from the state counts. What no step allows moves nothing: n/a
(`out_of_order`); a row of which it isn't known which step it is, too: unknown.
"""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from app.domain.core.delta import Row
from app.domain.core.values import NotApplicable, Unknown, Value

BEGUN: Final = "begun"
STRAY: Final = NotApplicable("out_of_order")
NOT_BEGUN: Final = NotApplicable("not_begun")
Moves = tuple[tuple[str, tuple[str, ...], str], ...]
"""Each step: its id, the states that it leads away from, and the one that it leads to."""


def walk(options: Mapping[str, Value], rows: list[Row]) -> Iterator[tuple[Value, Value]]:
    """Yield for each row the step that it is, and the state after it. `options`: `begins`, a state, and `moves`."""
    moves: Any = options["moves"]
    state: Value = NOT_BEGUN
    for begins, *flags in rows:
        step: Value = STRAY
        if begins is True:
            if state == NOT_BEGUN:
                step, state = BEGUN, options["begins"]
        else:
            step, state = taken(moves, state, flags)
        yield step, state


def taken(moves: Moves, state: Value, flags: list[Value]) -> tuple[Value, Value]:
    """Return the step that a row with these flags is in `state`, and the state after it."""
    for (step, from_states, to), flag in zip(moves, flags, strict=True):
        if flag is False or isinstance(flag, NotApplicable) or state not in from_states:
            continue
        return (flag, state) if isinstance(flag, Unknown) else (step, to)
    return STRAY, state

"""Sequence functions that keep an account: what of each amount counts within limits.

They walk a small group in order, like `running`, of which `clipped` gives the steps instead of the sums.
"""

from typing import Any

from app.domain.core.numbers import normal
from app.domain.core.values import NotApplicable, Unknown, Value

Rows = list[tuple[Any, ...]]


def clipped(rows: Rows) -> list[Value]:
    """Return what each amount adds to the sum of all so far, held within the second and the third argument.

    The sum is clamped, not the amounts: +10 and then -2 give the same as -2 and then +10. An n/a limit is none, an n/a
    amount stays what it is; from an unknown on, every amount is.
    """
    found: list[Value] = []
    total: Any = 0
    counted: Any = 0
    doubt: Unknown | None = None
    for amount, least, most in rows:
        doubt = doubt or next((one for one in (amount, least, most) if isinstance(one, Unknown)), None)
        if doubt is not None or isinstance(amount, NotApplicable):
            found.append(doubt or amount)
            continue
        total += amount
        within = total if isinstance(least, NotApplicable) else max(total, least)
        within = within if isinstance(most, NotApplicable) else min(within, most)
        found.append(normal(within - counted))
        counted = within
    return found

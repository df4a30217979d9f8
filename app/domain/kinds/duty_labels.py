"""How the windows that no calendar names are told apart: by the day on which they begin, the second of a day by number.

They are numbered before the period cuts them: what a window is called doesn't hang on which period is asked for.
"""

from typing import Final

from app.domain.core.plan import Reckon, Running, Sequence, Set, Step
from app.domain.core.values import Kind, Type
from app.domain.kinds.tree import INTEGER, number

PERIOD: Final = Type(Kind.PERIOD)


def day_steps(subject: str, *order: str) -> list[Step]:
    """Return the steps that add `window` to rows with a `start`: of each `subject`, by `start`, then by `order`."""
    by = (("start", False), *((column, False) for column in order))
    return [
        Set((("nth", number(1), INTEGER),)),
        Reckon("window", "day_label", ("start", "nth"), PERIOD),
        Sequence((subject, "window"), by, (Running("nth", "ordinal", (), INTEGER),)),
        Reckon("window", "day_label", ("start", "nth"), PERIOD),
    ]

"""Which definitions a line of a sheet looks at."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from app.domain.kinds.sheet import Line
from app.domain.regulation import Regulation


def definitions_behind(regulation: Regulation, line: Line, day: date) -> Iterator[Any]:
    """Yield the definitions whose rows a line looks at: a duty, an indicator and what it counts, a form.

    A name that changed its meaning stands for the definition in force on `day`.
    """
    table = line.source.table if line.source is not None else line.share_of or ""
    if line.mark is not None:
        table = line.mark.form
    table = regulation.on(table.partition(".")[0], day)
    if table in regulation.indicators:
        of = regulation.on(regulation.indicators[table].of.table, day)
        if of in regulation.duties:
            yield regulation.duties[of]
    for kind in (
        regulation.duties,
        regulation.indicators,
        regulation.rules,
        regulation.forms,
        regulation.tables,
        regulation.procedures,
    ):
        if table in kind:
            yield kind[table]

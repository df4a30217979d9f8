"""What corrects points afterwards: an item's of a sheet, or those of a part of an appraisal that is no sheet."""

from collections.abc import Callable
from dataclasses import replace

from app.declarations.build.context import Context
from app.declarations.located import At
from app.declarations.schema.common import CorrectedMap
from app.domain.core.expressions import TRUE, Name
from app.domain.core.values import Kind, Type
from app.domain.kinds.sheet import CORRECTED, Amount, Line
from app.domain.kinds.tree import both, equal, text


def corrections(context: Context, model: CorrectedMap, at: At, wanted: str) -> Callable[[str], Line] | None:
    """Return what makes the line by which something is corrected, by its name as rows of corrections say it.

    `wanted` is what the rows are tied to. Names are `sheet/section/item` and `appraisal/part/part`.
    """
    source = context.source(model, at, wanted=wanted)
    columns = context.columns_of(source)
    if not columns:
        return None
    if columns.get(model.item, Type(Kind.NUMBER)).kind is not Kind.TEXT:
        texts = [name for name, own in columns.items() if own.kind is Kind.TEXT]
        context.unknown(model.item, at / "item", texts, "column")
        return None
    points = context.expression(model.add, at / "add", columns, Kind.NUMBER)

    def line(item: str) -> Line:
        named = equal(Name((model.item,), columns[model.item]), text(item))
        where = named if source.where == TRUE else both(source.where, named)
        return Line(
            CORRECTED, model.title, amount=Amount(expression=points), source=replace(source, where=where)
        )

    return line

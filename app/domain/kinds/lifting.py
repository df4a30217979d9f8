"""Tying rows to a place: by containment, through the place that each row names."""

from app.domain.core.expressions import TRUE
from app.domain.core.plan import Derivation, From, Set
from app.domain.core.values import Schema, Type
from app.domain.kinds.expansion import Expansion
from app.domain.kinds.spine import REF, Spine, place_steps
from app.domain.kinds.tree import name

PLACE = "place"
LIFTED = "lifted_place"


def lifted_table(table: str, level: str, link: str | None, into: Expansion) -> str:
    """Add and return the rows of `table` with the place of `level` in which each lies, as column LIFTED.

    The row's place is the column `link`, else the one that refers to a place of this level (`grid`, or the subject of
    a form about grids), else `place`.
    """
    schema = into.tables[table]
    column = link or _own_place(schema, level)
    lifted = f"{table}.{column}.{level}#"
    ref = Type(REF, to=PLACE, may_be_na=True)
    at = Spine((), "", "", TRUE, PLACE)
    steps = (
        From((table,)),
        Set((("own_place", name(column, ref), ref),)),
        *place_steps(at, level, schema)[1:],
        Set(((LIFTED, name("post_place", ref), ref),)),
    )
    into.add(Derivation(lifted, steps, table))
    return lifted


def _own_place(schema: Schema, level: str) -> str:
    named = [column.name for column in schema.columns if column.type.kind is REF and column.type.to == level]
    if named:
        return "subject" if "subject" in named else named[0]
    for column in ("about", "subject"):  # the outcome of a place, a record about one
        if column in schema and schema.type_of(column).to == PLACE:
            return column
    return PLACE if PLACE in schema else "subject"

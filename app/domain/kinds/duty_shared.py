"""An entry that fits several sources of one duty counts once: by the source by which it weighs most."""

from collections.abc import Container
from collections.abc import Sequence as Several
from typing import Final

from app.domain.core.expressions import Call
from app.domain.core.plan import Running, Sequence, Set, Step, Tag, Where
from app.domain.core.values import Kind, Schema, Type
from app.domain.kinds.tree import (
    BOOLEAN,
    INTEGER,
    KEYS,
    NUMBER,
    choose,
    name,
    negated,
    number,
)

MAYBE_NUMBER: Final = Type(Kind.NUMBER, may_be_na=True)

ONE: Final = "one"
"""What an entry's rows have in common, whichever source they come from."""

OF: Final = "one_of"
"""Within which sources `ONE` says which rows are the same."""

SURELY: Final = "surely"
"""What an entry weighs by the sources that it surely fits."""


def is_entry(schema: Schema) -> bool:
    """Whether each row is an entry (about a subject), so that its id tells it from all others."""
    return "id" in schema and set(schema.key) <= {"id", "subject", "source"}


def shared(sources: Several[tuple[str, Schema]], forms: Container[str]) -> bool:
    """Whether a row can fit several of these sources: of one table, or tables whose rows are entries.

    An entry is of one of the `forms`: two of them have none in common.
    """
    tables = [table for table, _ in sources]
    entries = [table for table, schema in sources if is_entry(schema)]
    return len(set(tables)) < len(tables) or (
        len(entries) > 1 and any(table not in forms for table in entries)
    )


def one_steps(table: str, schema: Schema, tables: Several[str]) -> list[Step]:
    """Return the steps that say which of the sources' `tables` a row is from, and which row it is."""
    if is_entry(schema):
        return [Set(((OF, number(-1), INTEGER), (ONE, name("id", KEYS), KEYS)))]
    return [Tag(ONE), Set(((OF, number(tables.index(table)), INTEGER),))]


def once_steps(weighs: str) -> list[Step]:
    """Return the steps that keep each entry once: at its greatest weight, with what it surely weighs beside it.

    `weighs` is the column of the weight. Where an entry surely fits one source and perhaps another that weighs more, it
    counts surely with what the first weighs and at best with what the other does.
    """
    within = (OF, ONE, "tie")
    sure = choose(name("unsure", BOOLEAN), number(0), name(weighs, NUMBER), NUMBER)
    # In the order of weight, with the sure one last among equals and then the source that is named first.
    order = ((weighs, False), ("unsure", True), ("source", True))
    columns = (
        Running(SURELY, "running", (number(0), sure), NUMBER),
        Running("fits", "some", (negated(name("unsure", BOOLEAN)),), BOOLEAN),
        Running("heavier", "next", (name(weighs, NUMBER),), MAYBE_NUMBER),
    )
    return [
        Sequence(within, order, columns),
        Where(negated(Call("applies", (name("heavier", MAYBE_NUMBER),), BOOLEAN))),
        Set((("unsure", negated(name("fits", BOOLEAN)), BOOLEAN),)),
    ]

"""Which column ties rows to what a duty is about: its event or subject, else whom the event is about or who owes it."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from app.domain.core.values import Kind, Schema
from app.domain.kinds.common import Source
from app.domain.kinds.expansion import Expansion
from app.domain.kinds.lifting import LIFTED, lifted_table
from app.domain.kinds.links import WORKER, has_link, link_column

OWNER = "owner"


class Whom(NamedTuple):
    """Whom a duty is about: what its subject refers to, and the level when that is a place.

    `others` are further ways to tie rows to it: what they then refer to, and the duty's column that holds it.
    """

    refers: str
    level: str | None = None
    others: tuple[tuple[str, str], ...] = ()

    @property
    def ways(self) -> tuple[tuple[str, str], ...]:
        """All ways, the plainest first."""
        return ((self.refers, "subject"), *self.others)


class Tie(NamedTuple):
    """A table, the column of the duty's rows and the table's column that must be equal; `level` of lifted rows."""

    table: str
    spine: str
    column: str
    level: str | None = None


def refers_to(schema: Schema, refers: str, link: str | None) -> bool:
    """Whether rows say themselves that they are about one `refers`: by the column `link`, or any but `by`."""
    if link is not None:
        return link in schema and schema.type_of(link).to == refers
    return any(column.type.to == refers and column.name not in {"by", "id"} for column in schema.columns)


def refers_to_one(schema: Schema, refers: str) -> bool:
    """Whether a row is about one `refers`: a list of those who came doesn't say so."""
    return any(
        column.type.to == refers and column.type.kind is Kind.REF and column.name not in {"by", "id"}
        for column in schema.columns
    )


def way_of(sources: Iterable[tuple[Schema, str | None]], ways: Sequence[tuple[str, str]]) -> tuple[str, str]:
    """Return the first of `ways` that ties all `sources` (their columns, the link declared), else the first of all."""
    rows = list(sources)
    for refers, column in ways:
        if all(refers_to(schema, refers, link) for schema, link in rows):
            return refers, column
    return ways[0]


def tied(source: Source, whom: Whom, into: Expansion, way: tuple[str, str] | None = None) -> Tie:
    """Return how a source's rows are tied to what the duty is about, by `way` where that is fixed."""
    if whom.level is not None:
        return Tie(lifted_table(source.table, whom.level, source.link, into), "subject", LIFTED, whom.level)
    schema = into.tables[source.table]
    refers, spine = way or way_of([(schema, source.link)], whom.ways)
    return Tie(source.table, spine, link_column(schema, refers, declared=source.link))


def tied_or_owner(source: Source, whom: Whom, into: Expansion) -> Tie:
    """Return the tie of a source whose rows may say nothing of the subject: then they are those of whoever owes it."""
    schema = into.tables[source.table]
    says = has_link(schema, whom.refers) or any(refers_to(schema, refers, None) for refers, _ in whom.others)
    if source.link is None and whom.level is None and not says:
        return Tie(source.table, OWNER, link_column(schema, WORKER))
    return tied(source, whom, into)

"""Which column ties a table's rows to a subject, a worker or a place, where the declaration doesn't say.

A duty's `owner`, a finding's `about`, an entry's `subject`, else the one reference column of the wanted type, else
`by` for workers. Two candidates are an error (E111): guessing here would pay the wrong person.
"""

from app.domain.core.values import Kind, Schema

PREFERRED = ("owner", "about", "subject")
WORKER = "worker"
"""The type of subject that entries name in `by`."""


class AmbiguousLinkError(Exception):
    """More than one column could tie the rows, or none: `candidates` holds their names."""

    def __init__(self, wanted: str, candidates: tuple[str, ...]) -> None:
        """Keep what was wanted and the candidates."""
        super().__init__(wanted)
        self.wanted = wanted
        self.candidates = candidates


def link_column(schema: Schema, wanted: str, *, declared: str | None = None) -> str:
    """Return the column of `schema` that refers to one `wanted`; `declared` wins. Raises AmbiguousLinkError."""
    if declared is not None:
        return declared
    found = tuple(
        column.name
        for column in schema.columns
        if column.type.kind in {Kind.REF, Kind.REFS} and column.type.to == wanted and column.name != "by"
    )
    for name in PREFERRED:
        if name in found:
            return name
    if wanted == WORKER and "by" in schema:
        found = (*found, "by")
    if len(found) == 1:
        return found[0]
    raise AmbiguousLinkError(wanted, found)


def has_link(schema: Schema, wanted: str) -> bool:
    """Whether a column could tie the rows to one `wanted`, or several could."""
    try:
        link_column(schema, wanted)
    except AmbiguousLinkError as fault:
        return bool(fault.candidates)
    return True

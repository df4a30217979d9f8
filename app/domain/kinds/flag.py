"""Flags: entries that a person should look at. They stand beside the evaluation; nothing of it reads one."""

from dataclasses import dataclass
from typing import Final

from app.domain.core.values import Column, Kind, Schema, Type
from app.domain.kinds.common import Heading, Parameter, Source

LOOKED_AT: Final = "flag_looked_at"
"""The form whose entries say that somebody looked at a flag, with what came of it."""

ROWS: Final = Schema(
    (
        Column("by", Type(Kind.REF, to="worker")),
        Column("entries", Type(Kind.INTEGER)),
        Column("first", Type(Kind.REF)),
        Column("figures", Type(Kind.TEXT)),
    ),
    ("first",),
)
"""What a case may expect of a flag: who did the first of the entries, how many there are, which is the first."""


@dataclass(frozen=True, slots=True)
class Flag:
    """A check over the entries of forms, `of`, each with its own condition on an entry's columns.

    `given` are the check's figures; those of the day on which the flag is looked for hold. `fields` are the answers
    that the check may read, by form and id. `apart` are columns of whom an entry is about: entries are in different
    places where one of them differs; without any, where they are about somebody else.
    """

    heading: Heading
    of: tuple[Source, ...]
    check: str
    given: tuple[tuple[str, tuple[Parameter, ...]], ...] = ()
    lists: frozenset[str] = frozenset()
    fields: tuple[tuple[str, str], ...] = ()
    apart: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        """The flag's id."""
        return self.heading.id

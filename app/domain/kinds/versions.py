"""Versions: definitions that follow one another under one id, each in force for its own time.

A version is a whole definition with tables of its own (`seal~pass_fail`). The tables of the id hold the rows of all
versions; which one made a row is in its lineage. Since each keeps the rows that begin while it is in force, and no two
are in force on the same day, no row is there twice.
"""

from dataclasses import dataclass
from datetime import date
from typing import Final

from app.domain.kinds.common import Heading

MARK: Final = "~"
FIRST: Final = "first"
"""The name of the version that stands at the top of a file."""


def version_id(whole: str, version: str) -> str:
    """Return the id of a version of the definition `whole`: no declared id can be the same."""
    return f"{whole}{MARK}{version}"


def whole_of(name: str) -> str:
    """Return the id, or the table, under which others know it: without what tells a version from the others."""
    if MARK not in name:
        return name
    whole, _, rest = name.partition(MARK)
    return whole + "".join(rest.partition(".")[1:])


@dataclass(frozen=True, slots=True)
class Succession:
    """The versions of a definition by their ids, the earliest first; `heading` is that of the first.

    `begins` are the days from which they hold, in the same order; None: from ever.
    """

    heading: Heading
    versions: tuple[str, ...]
    begins: tuple[date | None, ...]

    @property
    def id(self) -> str:
        """The id that all versions share, which is the name of their table."""
        return self.heading.id

    def on(self, day: date) -> str:
        """Return the version in force on `day`: the last that has begun, or the first of all."""
        begun = [
            one
            for one, since in zip(self.versions, self.begins, strict=True)
            if since is None or since <= day
        ]
        return begun[-1] if begun else self.versions[0]

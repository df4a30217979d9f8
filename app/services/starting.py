"""What an empty instance starts with: the first community or the demo, as the interface asks for them."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

from app.domain.kinds.common import Texts
from app.services.ports import Progress


@dataclass(frozen=True, slots=True)
class NewCommunity:
    """What the first page asks for: the community's name, how many grids it has, and who administers it.

    `model` is the community whose regulation it begins from; without one it has the whole base.
    """

    name: str
    grids: int
    language: str
    person: str
    person_name: str
    model: str = ""


CreateCommunity = Callable[[NewCommunity], Awaitable[str]]
"""Writes the place's files and appoints `person` (a new worker id) its administrator; returns the place's id.

Raises ProblemError when the name or the number of grids won't do, or the files can't be written.
"""

StartDemo = Callable[[Progress], Awaitable[None]]
"""Makes the demo communities, their entries and accounts, reporting progress. Raises ProblemError."""


@dataclass(frozen=True, slots=True)
class DemoPerson:
    """Somebody invented whom a visitor of the demo can be: titles are the role's, the place's, the community's.

    `rules`: the post may change the regulation; `appraises`: it sees to the appraisals of the others.
    """

    account: str
    name: str
    role: Texts
    place: Texts
    community: Texts
    rules: bool
    appraises: bool


DemoPeople = Callable[[], Awaitable[Sequence[DemoPerson]]]
"""Returns the demo's people by community, the most interesting first; nobody when the instance isn't a demo."""

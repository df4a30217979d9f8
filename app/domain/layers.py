"""What a level of places lays over those above it: each change with what stood there before."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from app.domain.problem import Where


@dataclass(frozen=True, slots=True)
class Laid:
    """A change of an overlay that holds: its path, the place whose it is, what stood there and stands there now.

    `sort` is `to`, `open`, `off` or `add`; texts are as a file would say them. `over` is what the change says that it
    was laid over, "" where it says nothing. `number` is its place among the changes of its file, `title` what people
    call that which is added.
    """

    path: str
    layer: str
    sort: str
    before: str
    after: str
    why: str
    over: str
    where: Where
    number: int
    title: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Stood:
    """A definition of a place's own that stands for one above: that one's mark, and the one on record ("": none)."""

    id: str
    layer: str
    mark: str
    over: str
    path: str

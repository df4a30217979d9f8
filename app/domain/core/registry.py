"""What plugins bring, by name. The built-in ones bring theirs in the same way; there is nothing beside it."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Generic, NamedTuple, Protocol, TypeVar


class Named(Protocol):
    """What has a name of its own."""

    @property
    def id(self) -> str:
        """The name under which texts, or the expansions, ask for it."""


T = TypeVar("T", bound=Named)


class Claim(NamedTuple):
    """A name that two plugins claim: `holder` has it, `other` doesn't get it."""

    sort: str
    name: str
    holder: str
    other: str


class Registry(Mapping[str, T], Generic[T]):
    """What plugins brought of one sort, by name: the first that claims a name has it, whoever claims it too is told."""

    def __init__(self, sort: str) -> None:
        """Begin without anything; `sort` is the word for what is registered."""
        self.sort = sort
        self._items: dict[str, tuple[str, T]] = {}
        self._claims: list[Claim] = []

    def bring(self, plugin: str, items: Iterable[T]) -> None:
        """Register what a plugin brings."""
        for one in items:
            holder, _ = self._items.setdefault(one.id, (plugin, one))
            if holder != plugin:
                self._claims.append(Claim(self.sort, one.id, holder, plugin))

    def clear(self) -> None:
        """Forget everything: the plugins are loaded anew."""
        self._items.clear()
        self._claims.clear()

    def owner(self, name: str) -> str:
        """Return the plugin that brought what has a name. Raises KeyError for a name that nobody brought."""
        return self._items[name][0]

    @property
    def claims(self) -> tuple[Claim, ...]:
        """What was claimed twice."""
        return tuple(self._claims)

    def __getitem__(self, name: str) -> T:
        """Return what has a name. Raises KeyError for one that nobody brought."""
        return self._items[name][1]

    def __iter__(self) -> Iterator[str]:
        """Go through the names, in the order in which they were brought."""
        return iter(self._items)

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self._items)

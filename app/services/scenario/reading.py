"""A scenario's data with the path to each value, so that a fault can be named where it stands."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date


class ScenarioError(Exception):
    """A scenario says something that can't be generated: `path` is where, `expected` what was wanted there."""

    def __init__(self, path: str, expected: str) -> None:
        """Keep both; the message holds no value of the scenario."""
        super().__init__(f"{path}: {expected}")
        self.path = path
        self.expected = expected


@dataclass(frozen=True, slots=True)
class Node:
    """A value of the scenario (as YAML 1.2 types it) and its path."""

    data: object
    path: str = "scenario"

    def fault(self, expected: str) -> ScenarioError:
        """Return the error that says what was wanted here."""
        return ScenarioError(self.path, expected)

    def mapping(self) -> Mapping[str, object]:
        """Return a mapping with text keys. Raises ScenarioError."""
        if not isinstance(self.data, Mapping):
            raise self.fault("a mapping is needed")
        return {str(key): value for key, value in self.data.items()}

    def __contains__(self, key: str) -> bool:
        """Whether the value is a mapping with this key."""
        return isinstance(self.data, Mapping) and key in self.data

    def __getitem__(self, key: str) -> "Node":
        """Return what stands under `key`. Raises ScenarioError when there is nothing."""
        data = self.data if key in self else self.mapping()  # the keys are made texts where that is needed
        if not isinstance(data, Mapping) or key not in data:
            raise self.fault(f"the key {key} is needed")
        return Node(data[key], f"{self.path}/{key}")

    def get(self, key: str) -> "Node | None":
        """Return what stands under `key`, or None."""
        if key not in self:
            return None
        return self[key]

    def items(self) -> Iterator[tuple[str, "Node"]]:
        """Yield the keys of a mapping and what stands under them. Raises ScenarioError."""
        for key, value in self.mapping().items():
            yield key, Node(value, f"{self.path}/{key}")

    def values(self) -> Iterator["Node"]:
        """Yield what stands under the keys of a mapping. Raises ScenarioError."""
        return (value for _, value in self.items())

    def members(self) -> list["Node"]:
        """Return the members of a list. Raises ScenarioError."""
        if not isinstance(self.data, list | tuple):
            raise self.fault("a list is needed")
        return [Node(value, f"{self.path}/{at}") for at, value in enumerate(self.data)]

    def text(self) -> str:
        """Return a text. Raises ScenarioError."""
        if not isinstance(self.data, str):
            raise self.fault("a text is needed")
        return self.data

    def texts(self) -> tuple[str, ...]:
        """Return a list of texts. Raises ScenarioError."""
        return tuple(member.text() for member in self.members())

    def whole(self) -> int:
        """Return a whole number. Raises ScenarioError."""
        if not isinstance(self.data, int) or isinstance(self.data, bool):
            raise self.fault("a whole number is needed")
        return self.data

    def number(self) -> float:
        """Return a number. Raises ScenarioError."""
        if not isinstance(self.data, int | float) or isinstance(self.data, bool):
            raise self.fault("a number is needed")
        return float(self.data)

    def pair(self) -> tuple[int, int]:
        """Return two whole numbers, the second not below the first. Raises ScenarioError."""
        first, *rest = [member.whole() for member in self.members()]
        if len(rest) != 1 or rest[0] < first:
            raise self.fault("two ascending whole numbers are needed")
        return first, rest[0]

    def day(self) -> date:
        """Return a date. Raises ScenarioError."""
        if isinstance(self.data, date):
            return self.data
        try:
            return date.fromisoformat(self.text())
        except ValueError:
            raise self.fault("a date is needed") from None

    def hours(self) -> tuple[int, int]:
        """Return the minutes of the day at which a span like `09:00-11:30` starts and ends. Raises ScenarioError."""
        start, dash, end = self.text().partition("-")
        try:
            found = _minutes(start), _minutes(end)
        except ValueError:
            raise self.fault("hours like 09:00-11:30 are needed") from None
        if not dash or found[0] > found[1]:
            raise self.fault("hours like 09:00-11:30 are needed")
        return found


def _minutes(text: str) -> int:
    hour, colon, minute = text.strip().partition(":")
    if not colon:
        raise ValueError(text)
    return int(hour) * 60 + int(minute)

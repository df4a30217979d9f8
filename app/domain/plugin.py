"""A plugin as the language knows it: what can be set of it, what it brings, and whether it could be started."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final

from app.domain.core.registry import Claim
from app.domain.core.values import Kind, Number
from app.domain.problem import Problem

SETTABLE: Final = frozenset({Kind.INTEGER, Kind.NUMBER})
"""The kinds that a setting may be of: figures, since they become figures of the definitions that use the plugin."""


@dataclass(frozen=True, slots=True)
class Setting:
    """What a place may set of a plugin: its kind, what it is where nobody sets it, and its bounds (both included).

    Raises ValueError for a kind that can't be set and for a default that doesn't fit.
    """

    id: str
    kind: Kind
    default: Number
    at_least: Number | None = None
    at_most: Number | None = None
    title: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))

    def __post_init__(self) -> None:
        """Refuse what no file could set."""
        if self.kind not in SETTABLE or not self.fits(self.default):
            message = f"no setting can be like this: {self.id}"
            raise ValueError(message)

    def fits(self, value: Number) -> bool:
        """Whether a figure lies within the bounds."""
        low = self.at_least is None or value >= self.at_least
        return low and (self.at_most is None or value <= self.at_most)


@dataclass(frozen=True, slots=True)
class Plugin:
    """A plugin: its name, version ("" for one without a package), whether it comes along, and what can be set of it.

    `failed` is why it couldn't be started, "" where it was; then it brings nothing. `counts` tells whether it brings
    anything that a result can hang on.
    """

    name: str
    version: str = ""
    built_in: bool = False
    settings: Mapping[str, Setting] = field(default_factory=dict)
    failed: str = ""
    counts: bool = True


PLUGINS: Final[dict[str, Plugin]] = {}
"""The plugins of this process, by name: what there is, before any place says which are on."""


CLAIMS: Final[list[Claim]] = []
"""The names that two plugins of this process claim."""


def faults() -> list[Problem]:
    """Return what is wrong with the plugins themselves, whatever place looks at them: W581, W582."""
    twice = [
        Problem("W581", values={"name": one.name, "holder": one.holder, "other": one.other}) for one in CLAIMS
    ]
    failed = [
        Problem("W582", values={"plugin": one.name, "reason": one.failed})
        for one in PLUGINS.values()
        if one.failed
    ]
    return [*twice, *failed]


def identity() -> tuple[tuple[str, str], ...]:
    """Return what there is in terms of what loading hangs on: each plugin with its version, or that it has failed."""
    return tuple(sorted((one.name, one.version if not one.failed else "?") for one in PLUGINS.values()))

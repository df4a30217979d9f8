"""Layers: where each value comes from, and what the levels below may make of it.

Base, district, street and community lie over one another. An upgrade of what lies above never touches an overlay; what
an overlay was laid over stands in it, so that ground that has moved is told (W222).
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Final, Protocol

from app.domain.core.json_values import format_length
from app.domain.core.numbers import format_number
from app.domain.core.values import Length, Value
from app.domain.edits import Data, Edit
from app.domain.kinds.common import Parameter, Texts
from app.domain.kinds.parameters import parameters_of
from app.domain.kinds.planning import definitions
from app.domain.layers import Laid, Stood
from app.domain.problem import Where
from app.domain.regulation import Regulation
from app.services.drafting.publish import whole
from app.services.ports import Loaded

OVERLAY: Final = "overlay.yaml"


class Layering(Protocol):
    """What is asked of the declared files. Blocking."""

    def places(self) -> list[str]:
        """Return the ids of all communities."""
        ...

    def read_files(self, place: str) -> Mapping[str, str]:
        """Return the closure of files of a place."""
        ...

    def load(self, place: str, files: Mapping[str, str], *, with_cases: bool = True) -> Loaded:
        """Check and build."""
        ...

    def laid(self, place: str, files: Mapping[str, str]) -> tuple[list[Laid], tuple[Stood, ...]]:
        """Return what is laid over what."""
        ...

    def edited(self, text: str, edits: Iterable[Edit]) -> str:
        """Return a file's text after edits."""
        ...

    def said(self, text: str) -> Data:
        """Return what a file's text says."""
        ...

    def folder(self, place: str) -> str:
        """Return the folder of a place."""
        ...


@dataclass(frozen=True, slots=True)
class Level:
    """What one level says of a value: what stood there, what it says, why, and where.

    `sort` and `title` are those of `Laid`. `posts` are those that a form gained, by title; by id where it has none.
    """

    layer: str
    before: str
    after: str
    why: str
    where: Where
    sort: str
    title: Mapping[str, str] = field(default_factory=dict)
    posts: tuple[Texts | str, ...] = ()


@dataclass(frozen=True, slots=True)
class Bounds:
    """What may be chosen of a figure, as a file would say it: from, to (both included, "" without), or some values."""

    at_least: str = ""
    at_most: str = ""
    one_of: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Effective:
    """A figure as it holds: its value, the level that it comes from ("": the base) and where that stands.

    `free` says what the levels below may make of it, "" where nothing; `levels` what each said, the highest first.
    """

    path: str
    value: str
    layer: str
    where: Where | None
    free: str
    levels: tuple[Level, ...] = ()
    bounds: Bounds = Bounds()

    @property
    def definition(self) -> str:
        """The id of the definition that it stands in."""
        return self.path.partition("/")[0]

    @property
    def is_open(self) -> bool:
        """Whether a level below may make something else of it."""
        return bool(self.free)


def effective(declared: Layering, place: str) -> tuple[Effective, ...]:
    """Return every figure that may be changed here or was, by path. Raises ProblemError with the files' faults."""
    files = declared.read_files(place)
    return effective_of(declared, place, files, whole(declared.load(place, files, with_cases=False)))


def effective_of(
    declared: Layering, place: str, files: Mapping[str, str], regulation: Regulation
) -> tuple[Effective, ...]:
    """Return every figure that may be changed at a place or was, of these files, whose regulation is known."""
    laid, _ = declared.laid(place, files)
    by_path: dict[str, list[Level]] = {}
    for one in laid:
        by_path.setdefault(one.path, []).append(
            Level(
                one.layer,
                one.before,
                one.after,
                one.why,
                one.where,
                one.sort,
                one.title,
                _posts(declared, one, regulation),
            )
        )
    found = [
        Effective(
            figure.path,
            values_of(figure),
            figure.layer,
            figure.where,
            _free(figure),
            tuple(by_path.pop(figure.path, ())),
            _bounds(figure),
        )
        for figure in figures_of(regulation)
        if figure.layer or _free(figure) or figure.path in by_path
    ]
    for path, levels in by_path.items():  # forms that gain, definitions that are off
        found.append(Effective(path, levels[-1].after, levels[-1].layer, levels[-1].where, "", tuple(levels)))
    return tuple(sorted(found, key=lambda one: one.path))


def _posts(declared: Layering, one: Laid, regulation: Regulation) -> tuple[Texts | str, ...]:
    """Return the posts that a change lets fill in a form; none where it adds something else."""
    if one.sort != "add" or not one.path.endswith("/filled_by"):
        return ()
    given = declared.said(one.after)
    ids = map(str, given if isinstance(given, list) else [given])
    return tuple(
        regulation.roles[id_].heading.title or id_ if id_ in regulation.roles else id_ for id_ in ids
    )


def figures_of(regulation: Regulation) -> Iterator[Parameter]:
    """Yield the figures of all definitions."""
    for definition in definitions(regulation).values():
        yield from parameters_of(definition)


def values_of(figure: Parameter) -> str:
    """Return the values of a figure as a file would say them."""
    if figure.constant:
        return _shown(figure.values[0][1], percent=figure.percent)
    dated = (f"{since or ''}: {_shown(value, percent=figure.percent)}" for since, value in figure.values)
    return "{" + ", ".join(dated) + "}"


def _free(figure: Parameter) -> str:
    bounds = _bounds(figure)
    told = [
        f"{word}: {value}"
        for word, value in (("at_least", bounds.at_least), ("at_most", bounds.at_most))
        if value
    ]
    if bounds.one_of:
        told.append(f"one_of: [{', '.join(bounds.one_of)}]")
    return ", ".join(told)


def _bounds(figure: Parameter) -> Bounds:
    low, high, *choices = (
        "" if one is None else _shown(one, percent=figure.percent)
        for one in (figure.at_least, figure.at_most, *figure.one_of)
    )
    return Bounds(low, high, tuple(choices))


def _shown(value: Value, *, percent: bool = False) -> str:
    if isinstance(value, Length):
        return format_length(value)
    if isinstance(value, bool) or not isinstance(value, int | Fraction):
        return str(value)
    # Of a ranking's places a file may say a share or, from another day on, so many: 3 is not 300 %.
    if percent and (isinstance(value, Fraction) or value in (0, 1)):
        return f"{format_number(value * 100)}%"
    return format_number(value)
